"""Beds and oxygen of the province: the tiers side by side, free beds by kind with their age, what fills first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from phaodai.care.models import Facility, TreatmentTier
from phaodai.care.models.facilities_counts import FacilityNow, facilities_now
from phaodai.care.pages.facilities_filling import Outlook, assumption_words, outlook_of
from phaodai.care.pages.facilities_map import map_of
from phaodai.care.pages.facilities_past import past_board, past_day
from phaodai.care.pages.facilities_words import Said, age_of, filling_words, oxygen_words, share_words
from phaodai.care.rules.facilities import KINDS, Counted, joined
from phaodai.care.rules.facilities_filling import Filling
from phaodai.foundation import clock
from phaodai.foundation.asked import whole
from phaodai.foundation.components import Content, KeyFigure, KeyFigures, Pager
from phaodai.foundation.formats import fold, number
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.territory.models import Unit

Part = Callable[[Actor, datetime], tuple[str, Content] | None]
"""Title and content for the page, or nothing."""
_parts: list[Part] = []

SHOWN = 40
FIRST = 5
ORDERS = ("day", "trong", "cu", "oxy", "ten")


def add_board_part(part: Part) -> Part:
    """Let a context above show something on this page, such as the day on which its forecast fills the beds."""
    _parts.append(part)
    return part


@dataclass(frozen=True)
class Line:
    """One facility of the list."""

    now: FacilityNow
    filling: Filling | None
    unit: str
    moment: datetime

    @property
    def free(self) -> list[tuple[str, int]]:
        """Free beds by kind, under the head of their column."""
        return [(head, self.now.counted.of(kind).free) for kind, head in zip(KINDS, free_heads(), strict=True)]

    @property
    def age(self) -> Said:
        return age_of(self.now.counted.counted_at, self.moment)

    @property
    def fills(self) -> Said:
        return filling_words(self.filling)

    @property
    def oxygen(self) -> Said:
        return oxygen_words(self.now.oxygen)

    @property
    def share(self) -> str:
        return share_words(self.now)


@dataclass(frozen=True)
class TierShown:
    """One tier of the three."""

    tier: int
    name: str
    facilities: int
    counted: Counted
    filling: Filling | None
    moment: datetime

    @property
    def kinds(self) -> list[tuple[str, int, int]]:
        """Each kind of bed with its free ones and all."""
        names = kind_names()
        return [(names[kind], self.counted.of(kind).free, self.counted.of(kind).beds) for kind in KINDS]

    @property
    def age(self) -> Said:
        return age_of(self.counted.counted_at, self.moment)

    @property
    def fills(self) -> Said:
        return filling_words(self.filling)


def kind_names() -> dict[str, str]:
    """The kinds of bed as a figure names them."""
    return {
        "plain": pgettext("bed", "Plain beds"),
        "oxygen": pgettext("bed", "Oxygen beds"),
        "icu": pgettext("bed", "Intensive-care beds"),
    }


def free_heads() -> list[str]:
    """The heads of the columns of free beds."""
    return [pgettext("bed", "Free: plain"), pgettext("bed", "Free: oxygen"), pgettext("bed", "Free: intensive")]


@page(Permission.CARE_BED_READ)
def board(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Where a patient can be laid now, how old that is, and where beds or oxygen run out first; `?ngay=` is a past day."""
    now, today = clock.now(), clock.today()
    if (day := past_day(request, today)) is not None:
        return past_board(request, actor, day, today)
    everywhere = facilities_now(_open(actor), now)
    outlook = outlook_of(everywhere, now)
    lines = _lines(everywhere, outlook, now)
    order, start = _order(request), whole(request.GET.get("tu"))
    chosen = sorted(_narrowed(lines, request), key=ORDER_KEYS[order])
    context = {
        "figures": _figures(everywhere, now),
        "tiers": _tiers(everywhere, outlook, now),
        "first": _first(lines),
        "free_heads": free_heads(),
        "assumption": assumption_words(outlook),
        "lines": chosen[start : start + SHOWN],
        "orders": _orders(request, order),
        "tier_chips": _tier_chips(request),
        "words": request.GET.get("q", ""),
        "pager": _pager(request, start, len(chosen)),
        "map": map_of(actor, [one.now for one in lines], now) if "ban-do" in request.GET else None,
        "parts": [found for part in _parts if (found := part(actor, now)) is not None],
        "may_manage": actor.may(Permission.CARE_BED_MANAGE),
        "yesterday": today - timedelta(days=1),
    }
    return render(request, "care/facilities_board.html", context)


def _open(actor: Actor) -> list[Facility]:
    return list(Facility.objects.visible_to(actor).open().select_related("place").order_by("sort_key", "pk"))


def _lines(everywhere: Sequence[FacilityNow], outlook: Outlook, now: datetime) -> list[Line]:
    units = Unit.objects.in_bulk({one.facility.commune_id for one in everywhere if one.facility.commune_id})
    found = []
    for one in everywhere:
        unit = units.get(one.facility.commune_id or 0)
        found.append(Line(one, outlook.filling([one], now), unit.name if unit else "", now))
    return found


def _tiers(everywhere: Sequence[FacilityNow], outlook: Outlook, now: datetime) -> list[TierShown]:
    found = []
    for tier in TreatmentTier:
        parts = [one for one in everywhere if one.facility.tier == tier]
        counted, filling = joined(one.counted for one in parts), outlook.filling(parts, now)
        found.append(TierShown(tier.value, str(tier.label), len(parts), counted, filling, now))
    return found


def _first(lines: Sequence[Line]) -> list[Line]:
    """Where beds are full soonest."""
    filling = [one for one in lines if one.filling is not None and one.filling.likely is not None]
    return sorted(filling, key=lambda one: (one.filling.likely, one.now.facility.sort_key))[:FIRST]  # type: ignore[union-attr]


def _fills_at(line: Line) -> date:
    return (line.filling.likely if line.filling else None) or date.max


ORDER_KEYS: dict[str, Any] = {
    "day": lambda one: (_fills_at(one), -(one.now.counted.all.occupancy or 0), one.now.facility.sort_key),
    "trong": lambda one: (-one.now.counted.all.free, one.now.facility.sort_key),
    "cu": lambda one: (one.now.counted.counted_at is not None, one.now.counted.counted_at, one.now.facility.sort_key),
    "oxy": lambda one: (one.now.oxygen is None, _hours(one), one.now.facility.sort_key),
    "ten": lambda one: one.now.facility.sort_key,
}


def _hours(line: Line) -> float:
    left = line.now.oxygen
    return float("inf") if left is None or left.hours is None else left.hours


def _order(request: HttpRequest) -> str:
    asked = request.GET.get("xep", "")
    return asked if asked in ORDERS else ORDERS[0]


def _narrowed(lines: Sequence[Line], request: HttpRequest) -> list[Line]:
    words, tier = fold(request.GET.get("q", "")).split(), whole(request.GET.get("tang"))
    return [
        one
        for one in lines
        if (not tier or one.now.facility.tier == tier) and all(word in one.now.facility.search_key for word in words)
    ]


def _orders(request: HttpRequest, current: str) -> list[dict[str, Any]]:
    labels = {
        "day": _("Full soonest"),
        "trong": _("Most free beds"),
        "cu": _("Oldest figure"),
        "oxy": _("Least oxygen"),
        "ten": _("By name"),
    }
    return [{"label": labels[key], "url": _address(request, xep=key), "current": key == current} for key in ORDERS]


def _tier_chips(request: HttpRequest) -> list[dict[str, Any]]:
    asked = whole(request.GET.get("tang"))
    every = {"label": _("All tiers"), "url": _address(request, tang=""), "current": not asked}
    tiers = [
        {"label": tier.label, "url": _address(request, tang=tier.value), "current": asked == tier.value}
        for tier in TreatmentTier
    ]
    return [every, *tiers]


def _address(request: HttpRequest, **changed: Any) -> str:
    asked = {name: request.GET.get(name, "") for name in ("q", "tang", "xep")} | changed
    return f"?{urlencode({name: value for name, value in asked.items() if value})}"


def _pager(request: HttpRequest, start: int, total: int) -> Pager | None:
    if total <= SHOWN:
        return None
    before = _address(request, tu=max(start - SHOWN, 0)) if start else ""
    after = _address(request, tu=start + SHOWN) if start + SHOWN < total else ""
    return Pager(min(start + SHOWN, total), total, before, after)


def _figures(everywhere: Sequence[FacilityNow], now: datetime) -> KeyFigures:
    counted = joined(one.counted for one in everywhere)
    names = kind_names()
    figures = [
        KeyFigure(
            _("Free: %(kind)s") % {"kind": names[kind].lower()},
            number(counted.of(kind).free, 0, language()),
            f"{reverse('giuong-list')}?loai={kind}",
            _("of %(beds)s") % {"beds": number(counted.of(kind).beds, 0, language())},
        )
        for kind in KINDS
    ]
    old = sum(one.counted.is_old(now) for one in everywhere)
    short = sum(one.oxygen is not None and one.oxygen.alarm for one in everywhere)
    return KeyFigures(
        [
            *figures,
            KeyFigure(
                _("Oxygen below a day"), number(short, 0, language()), "?xep=oxy", _("facilities"), late=short > 0
            ),
            KeyFigure(_("Old figures"), number(old, 0, language()), "?xep=cu", _("facilities"), late=old > 0),
        ]
    )
