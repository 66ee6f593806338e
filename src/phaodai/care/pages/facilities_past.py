"""The beds of a past day: how many there were, who lay in them, what was free, and what changed about them that day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from phaodai.care.models import BedKind, Facility, TreatmentTier
from phaodai.care.models.facilities_changed import BedChange, bed_changes
from phaodai.care.models.facilities_past import facilities_then
from phaodai.care.rules.facilities import KINDS, Counted, joined
from phaodai.care.rules.facilities_changes import Change
from phaodai.care.rules.facilities_past import Source, Then
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.formats import number, percent
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor

LABELS_SHOWN = 6
EARLIEST = date(2000, 1, 1)
"""No facility of any province was in the program before; an earlier day is a slip of the pen."""


@dataclass(frozen=True)
class PastLine:
    """One facility at the end of a past day."""

    facility: Facility
    then: Then

    @property
    def counted(self) -> Counted:
        return self.then.counted

    @property
    def free(self) -> list[int]:
        """Free beds by kind, in the order of the columns."""
        return [self.counted.of(kind).free for kind in KINDS]

    @property
    def share(self) -> str:
        return share_of(self.counted)

    @property
    def source(self) -> str:
        """Which of the two sources the figure is."""
        return _("bed report") if self.then.taken.source is Source.REPORT else _("bed book")


@dataclass(frozen=True)
class ChangeShown:
    """One line of what changed about beds."""

    change: BedChange
    facility: str = ""

    @property
    def words(self) -> str:
        """What was done with how many beds."""
        one = self.change
        about = {"count": number(len(one.labels), 0, language()), "kind": _kind(one.kind), "before": _kind(one.before)}
        return _sentence(one.what) % about

    @property
    def labels(self) -> str:
        """The first numbers of the beds."""
        shown = ", ".join(self.change.labels[:LABELS_SHOWN])
        return f"{shown} …" if len(self.change.labels) > LABELS_SHOWN else shown


def _kind(kind: str) -> str:
    return str(BedKind(kind).label).lower() if kind else ""


def _sentence(what: Change) -> str:
    return {
        Change.ADDED: _("Beds added: %(count)s (%(kind)s)"),
        Change.CONVERTED: _("Beds converted: %(count)s (%(before)s → %(kind)s)"),
        Change.OPENED: _("Beds in use again: %(count)s (%(kind)s)"),
        Change.UNFIT: _("Beds unfit for use: %(count)s (%(kind)s)"),
        Change.HELD: _("Beds held in reserve: %(count)s (%(kind)s)"),
        Change.CLOSED: _("Beds closed: %(count)s (%(kind)s)"),
    }[what]


def share_of(counted: Counted) -> str:
    """The occupancy in per cent, a dash without beds."""
    share = counted.all.occupancy
    return "–" if share is None else percent(share, 0, language())


def past_day(request: HttpRequest, today: date) -> date | None:
    """The past day that the address asks for; None for none, for today, and for what is no day."""
    try:
        asked = date.fromisoformat(request.GET.get("ngay", ""))
    except ValueError:
        return None
    return asked if EARLIEST <= asked < today else None


def past_board(request: HttpRequest, actor: Actor, day: date, today: date) -> HttpResponse:
    """Beds as they stood at the end of a day, of the facilities that were open."""
    begin = datetime.combine(day, time.min, VIETNAM)
    end = begin + timedelta(days=1) - timedelta(microseconds=1)
    open_then = Facility.objects.visible_to(actor).open_on(day)
    listed = list(open_then.select_related("place").order_by("tier", "sort_key", "pk"))
    then = facilities_then(listed, end)
    lines = [PastLine(one, then[one.pk]) for one in listed]
    names = {one.pk: one.name for one in listed}
    context: dict[str, Any] = {
        "day": day,
        "yesterday": today - timedelta(days=1),
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1),
        "is_last": day + timedelta(days=1) >= today,
        "tiers": [_tier(tier, lines) for tier in TreatmentTier],
        "lines": lines,
        "changes": [ChangeShown(one, names[one.facility]) for one in bed_changes(listed, begin, end)],
    }
    return render(request, "care/facilities_past.html", context)


def _tier(tier: TreatmentTier, lines: Sequence[PastLine]) -> tuple[str, int, Counted, str]:
    parts = [one.counted for one in lines if one.facility.tier == tier]
    counted = joined(parts)
    return str(tier.label), len(parts), counted, share_of(counted)
