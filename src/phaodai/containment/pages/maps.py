"""The map of levels at any date of a year: outlines once, one digit a unit and day, moved by a slider."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from phaodai.containment.actions.levels import compute_levels
from phaodai.containment.models import LevelDecision
from phaodai.containment.pages.queue import proposals_panel, signable_together
from phaodai.containment.pages.series import Series, assessed, in_force
from phaodai.containment.showing import before_mark, level_mark, map_url, unit_url
from phaodai.foundation import clock
from phaodai.foundation.components import Chip, Chips, Empty
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.maps import WIDTH, MappedUnit, UnitMap
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.rulebook import Rulebook
from phaodai.rulebook.provincial import rulebook_for
from phaodai.territory.models import Tier, Unit
from phaodai.territory.pages.asking import day_of
from phaodai.territory.pages.drawing import outlines

FINEST = 0.4 / WIDTH
"""Bends finer than this share of the map's width cannot be seen."""
TURNED_WITHIN = timedelta(weeks=1)
"""Arrows mark what turned since a week before: levels are published weekly."""
VIEWS = ("ap-dung", "so-lieu")
TIERS = {"xa": Tier.COMMUNE, "huyen": Tier.DISTRICT}


@page(Permission.CONTAINMENT_LEVEL_READ)
def levels(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The levels of the officer's province on `?ngay=`; `xem` says whether as decided or as the figures say."""
    day, view, tier = min(day_of(request), clock.today()), _view(request), _tier(request)
    units = units_of_day(actor, day, TIERS[tier])
    series = _series(units, view, clock.today(), day)
    shown = {
        "day": day,
        "view": view,
        "chips": _chips(day, view, tier),
        "map": _map(units, series, day, tier),
        "rows": _rows(units, series, day),
        "feed_url": f"{reverse('containment-feed')}?{request.GET.urlencode()}",
        "first": series.first,
        "last": series.first + timedelta(days=len(series.days) - 1),
        "offset": (day - series.first).days,
        "steps": len(series.days) - 1,
        "proposals": proposals_panel(actor, clock.now()),
        "together": [(one, before_mark(one), level_mark(one.to_level)) for one in signable_together(actor)],
        "may_assess": actor.may(Permission.CONTAINMENT_LEVEL_ASSESS) and actor.area.district is None,
        "empty": Empty(_("No unit of this tier was in force on %(day)s.") % {"day": day_words(day, language())}),
    }
    return render(request, "containment/levels.html", shown)


@page(Permission.CONTAINMENT_LEVEL_READ)
def feed(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A year of levels for the map of the same address: per day one string with one digit a unit, and the law of each day."""
    day, view, tier = min(day_of(request), clock.today()), _view(request), _tier(request)
    units = units_of_day(actor, day, TIERS[tier])
    series = _series(units, view, clock.today(), day)
    told = {
        "first": series.first.isoformat(),
        "units": [str(pk) for pk in series.units],
        "days": [digits.decode() for digits in series.days],
        "week": TURNED_WITHIN.days,
        "laws": _laws(rulebook_for(actor.area.province), series),
    }
    return JsonResponse(told)


@page(Permission.CONTAINMENT_LEVEL_ASSESS, deed=True)
def assess(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Compute today's levels of the officer's area now instead of at night."""
    from django.contrib import messages
    from django.shortcuts import redirect

    area = actor.area.commune or actor.area.district or actor.area.province
    unit = Unit.objects.filter(pk=area).first() if area else None
    if unit is None:
        raise NotHere(_("Your post has no area whose levels could be computed."))
    done = compute_levels(actor=actor, moment=clock.now(), unit=unit, on=clock.today())
    messages.success(
        request,
        _("%(units)d units assessed, %(proposed)d proposals.") % {"units": done.units, "proposed": done.proposed},
    )
    return redirect(map_url(clock.today()))


def _view(request: HttpRequest) -> str:
    asked = request.GET.get("xem", "")
    if asked in VIEWS:
        return asked
    return VIEWS[0] if LevelDecision.objects.in_force().exists() else VIEWS[1]


def _tier(request: HttpRequest) -> str:
    asked = request.GET.get("cap", "")
    return asked if asked in TIERS else "xa"


def units_of_day(actor: Actor, day: date, tier: Tier) -> list[Unit]:
    """The units of the officer's province on a day."""
    rows = Unit.objects.as_of(day).filter(province_id=actor.area.province).tier(tier)
    return list(rows.select_related("parent").order_by("sort_key", "code"))


def _series(units: Sequence[Unit], view: str, today: date, day: date) -> Series:
    """A year of levels that holds `day`: the last one, or for an older day half a year around it."""
    last = today if today - day < timedelta(days=364) else day + timedelta(days=182)
    read = in_force if view == VIEWS[0] else assessed
    return read([unit.pk for unit in units], last)


def _laws(book: Rulebook, series: Series) -> list[list[Any]]:
    """From which day on which document says how levels are assessed: place of the day, number of the document."""
    found: list[list[Any]] = []
    for place in range(len(series.days)):
        rows = book.table("risk-level.regime", series.first + timedelta(days=place)).rows
        number = rows[0].provision.document.number if rows else ""
        if not found or found[-1][1] != number:
            found.append([place, number])
    return found


def _chips(day: date, view: str, tier: str) -> Chips:
    words = {"ap-dung": _("As decided"), "so-lieu": _("As the figures say")}
    tiers = {"xa": _("Communes"), "huyen": _("Districts")}
    views = [Chip(words[one], map_url(day, xem=one, cap=tier), current=one == view) for one in VIEWS]
    return Chips(
        [*views, *(Chip(tiers[one], map_url(day, xem=view, cap=one), current=one == tier) for one in TIERS)],
        _("What the map shows"),
    )


def _map(units: Sequence[Unit], series: Series, day: date, tier: str) -> UnitMap | None:
    drawn = {unit.pk: geometry for unit, geometry in outlines(units, FINEST)}
    mapped = [_mapped(unit, drawn[unit.pk], series, day, place) for place, unit in enumerate(units) if unit.pk in drawn]
    if not mapped:
        return None
    above = [unit.parent for unit in units if unit.parent] if tier == "xa" else []
    borders = outlines(list({unit.pk: unit for unit in above}.values()), FINEST)
    noun = _("communes") if tier == "xa" else _("districts")
    return UnitMap(
        _("Risk levels"), day_words(day, language()), mapped, [geometry for _unit, geometry in borders],
        [(unit.bare_name, (unit.longitude, unit.latitude)) for unit, _shape in borders if unit.longitude and unit.latitude],
        noun=noun, every_level=True,
    )  # fmt: skip


def _mapped(unit: Unit, geometry: Any, series: Series, day: date, place: int) -> MappedUnit:
    return turned_unit(unit, geometry, series.level(day, place), series.level(day - TURNED_WITHIN, place), day)


def turned_unit(unit: Unit, geometry: Any, now: int, before: int, day: date) -> MappedUnit:
    """A unit with its level, and the one before where it turned."""
    turn = "" if not before or not now or before == now else ("up" if now > before else "down")
    return MappedUnit(unit.name, geometry, now, unit_url(unit.pk, day), turn, before if turn else 0, str(unit.pk))  # type: ignore[arg-type]


def _rows(units: Sequence[Unit], series: Series, day: date) -> list[dict[str, Any]]:
    """The list beside the map, highest level first, otherwise by name."""
    rows = [
        {
            "unit": unit,
            "above": unit.parent.name if unit.parent else "",
            "level": series.level(day, place),
            "url": unit_url(unit.pk, day),
        }
        for place, unit in enumerate(units)
    ]
    return sorted(rows, key=lambda row: -row["level"])
