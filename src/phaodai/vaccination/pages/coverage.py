"""Coverage of an area: every population in one table, one of them by unit on the map and in the list, and over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from phaodai.foundation import clock
from phaodai.foundation.asked import whole
from phaodai.foundation.components import Chip, ChipMenu, Chips
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.maps import WIDTH, Projection, rings
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.foundation.sheets import XLSX, write_sheet
from phaodai.rulebook import load
from phaodai.territory.models import Tier, Unit
from phaodai.territory.pages.asking import day_of
from phaodai.territory.pages.drawing import outlines
from phaodai.vaccination.actions.coverage import is_waiting
from phaodai.vaccination.actions.coverage_indicators import keep_indicators
from phaodai.vaccination.law.coverage import population_words
from phaodai.vaccination.law.vocabulary import GROUP as GROUPS
from phaodai.vaccination.models.coverage_figures import coverage_of, doses_by_day
from phaodai.vaccination.pages.coverage_showing import (
    NUMBERS,
    Line,
    by_population,
    curve,
    dose_words,
    sheet_rows,
    units_table,
)
from phaodai.vaccination.rules.coverage import GROUP, POPULATIONS, Covered, Population, population_of

FINEST = 0.4 / WIDTH
TIERS = {"xa": Tier.COMMUNE, "huyen": Tier.DISTRICT}
READ = Permission.VACCINATION_COVERAGE_READ


@dataclass(frozen=True)
class Asked:
    """What the address asks for."""

    unit: Unit
    population: Population
    number: int
    tier: str
    day: date

    def url(self, **changes: Any) -> str:
        """The same page, asked for something else."""
        now = {
            "don-vi": self.unit.pk, "ai": self.population.key, "mui": self.number, "cap": self.tier,
            "ngay": self.day.isoformat(),
        }  # fmt: skip
        return f"{reverse('vaccination-coverage')}?{urlencode({**now, **changes})}"


@page(READ)
def coverage(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The page, or with `?tep=1` its table as a sheet."""
    if "chi-bao" in request.POST:
        return _keep_indicators(request, actor)
    asked = _asked(request, actor)
    units = _units(asked)
    found = coverage_of(units, asked.population, asked.day, NUMBERS)
    if request.GET.get("tep"):
        return _sheet(asked, units, found)
    shown = {
        "asked": asked,
        "chips": _chips(asked),
        "whole": by_population(asked.unit, asked.day, asked.url),
        "table": units_table(units, found, asked.number, _unit_url(asked)),
        "map": _map(units, found, asked.number),
        "curve": curve(doses_by_day(asked.unit.area, asked.population, asked.day), _title(asked)),
        "who": population_words(asked.population),
        "waiting": is_waiting(),
        "over": [unit.name for unit in units if any(one.over for one in found[unit.pk].values())],
        "sheet_url": asked.url(tep=1),
        "left_url": reverse("nguoi-tiem-list") if actor.may(Permission.VACCINATION_SESSION_RUN) else "",
        "may_plan": actor.may(Permission.VACCINATION_PLAN_READ),
        "week": _last_sunday() if actor.may(Permission.CONTAINMENT_INDICATOR_WRITE) else None,
    }
    return render(request, "vaccination/coverage.html", shown)


def _keep_indicators(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Into the indicators of the last whole week, which ended on Sunday."""
    week_ending = _last_sunday()
    kept = keep_indicators(actor=actor, moment=clock.now(), week_ending=week_ending)
    said = {"communes": kept, "day": day_words(week_ending, language())}
    messages.success(request, _("Put into the indicators of the week ending %(day)s: %(communes)d communes.") % said)
    return redirect("vaccination-coverage")


def _last_sunday() -> date:
    today = clock.today()
    return today - timedelta(days=today.isoweekday())


def _asked(request: HttpRequest, actor: Actor) -> Asked:
    area = actor.area
    own = area.commune or area.district or area.province or 0
    wanted = whole(request.GET.get("don-vi")) or own
    unit = Unit.objects.filter(pk=wanted, province_id=area.province).exclude(tier=Tier.HAMLET).first()
    if unit is None:
        raise NotHere(_("There is no unit at this address. Find it by name in the list of the territory."))
    population = population_of(request.GET.get("ai", ""), load().vocabularies[GROUPS].terms)
    number = whole(request.GET.get("mui"), 1)
    tier = request.GET.get("cap", "")
    return Asked(
        unit,
        population or POPULATIONS["adults"],
        number if number in NUMBERS else 1,
        tier if tier in TIERS else "xa",
        min(day_of(request), clock.today()),
    )


def _units(asked: Asked) -> list[Unit]:
    """The communes or districts of the unit; a commune alone stands for itself."""
    if asked.unit.tier == Tier.COMMUNE:
        return [asked.unit]
    tier = TIERS[asked.tier] if asked.unit.tier == Tier.PROVINCE else Tier.COMMUNE
    rows = Unit.objects.as_of(asked.day).within(asked.unit).tier(tier)
    return list(rows.select_related("parent").order_by("sort_key", "code"))


def _chips(asked: Asked) -> Chips:
    groups = [population_of(GROUP + key, [key]) for key in load().vocabularies[GROUPS].terms]
    several = [
        Chip(population_words(one), asked.url(ai=one.key), current=one == asked.population) for one in groups if one
    ]
    people = [
        Chip(population_words(one), asked.url(ai=one.key), current=one == asked.population)
        for one in POPULATIONS.values()
    ]
    doses = [Chip(dose_words(one), asked.url(mui=one), current=one == asked.number) for one in NUMBERS]
    return Chips(
        [*people, ChipMenu(_("Priority group"), several), *doses, *_tier_chips(asked)], _("Who, and which dose")
    )


def _tier_chips(asked: Asked) -> list[Chip]:
    if asked.unit.tier != Tier.PROVINCE:
        return []
    words = {"xa": _("Communes"), "huyen": _("Districts")}
    return [Chip(words[one], asked.url(cap=one), current=one == asked.tier) for one in TIERS]


def _unit_url(asked: Asked) -> Any:
    return lambda unit: asked.url(**{"don-vi": unit.pk})


def _map(units: Sequence[Unit], found: dict[int, dict[int, Covered]], number: int) -> dict[str, Any] | None:
    """Paths of the units that have an outline, shaded by share; None where there is nothing to compare."""
    drawn = outlines(units, FINEST) if len(units) > 1 else []
    if not drawn:
        return None
    projection = Projection.around(ring for _unit, geometry in drawn for ring in rings(geometry))
    shapes = [(Line(unit, found[unit.pk][number]), projection.path(geometry)) for unit, geometry in drawn]
    return {"shapes": shapes, "height": projection.height}


def _title(asked: Asked) -> str:
    return _("%(who)s, %(unit)s") % {"who": population_words(asked.population), "unit": asked.unit.name}


def _sheet(asked: Asked, units: Sequence[Unit], found: dict[int, dict[int, Covered]]) -> HttpResponse:
    header, rows = sheet_rows(units, found)
    title = _("Coverage %(day)s") % {"day": day_words(asked.day, language()).replace("/", "-")}
    answer = HttpResponse(write_sheet(title, header, rows), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="do-bao-phu-{asked.day.isoformat()}.xlsx"'
    return answer
