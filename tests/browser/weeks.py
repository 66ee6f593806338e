"""Two weeks of figures and the outlines of the small province, so that there is a map of levels and something to decide."""

from datetime import date, datetime
from typing import Any

from phaodai.containment.actions.levels import compute_levels
from phaodai.containment.models import LevelDecision, WeeklyIndicator
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.scope import SYSTEM
from phaodai.territory.models import Unit, UnitOutline

MORNING = datetime(2021, 11, 24, 5, 50, tzinfo=VIETNAM)
# Commune: cases of the two weeks, older people with a full course of 2,000.
FIGURES = {
    "98001": ((14, 10), 1_599),
    "98002": ((30, 30), 1_800),
    "98101": ((3, 3), 1_800),
    "98102": ((0, 0), 1_800),
}


def tell_figures() -> dict[str, int]:
    """Levels 3, 3, none (the matrix awaits verification) and 1, all but one to decide; row ids of the communes by code."""
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=FIGURES)}
    for place, (code, (cases, elderly)) in enumerate(FIGURES.items()):
        _draw(units[code], place)
        for day, count in zip((14, 21), cases, strict=True):
            _count(units[code], date(2021, 11, day), count, elderly)
    LevelDecision.objects.waiting().update(state=LevelDecision.State.LAPSED)
    province = Unit.objects.get(code="98")
    compute_levels(actor=SYSTEM, moment=MORNING, unit=province, on=MORNING.date())
    return {code: unit.pk for code, unit in units.items()}


def _draw(unit: Unit, place: int) -> None:
    """Four squares in a row."""
    west, south, side = 105.0 + place * 0.1, 21.0, 0.1
    ring = [
        [west, south], [west + side, south], [west + side, south + side], [west, south + side], [west, south],
    ]  # fmt: skip
    UnitOutline.objects.update_or_create(unit=unit, defaults={"geometry": {"type": "Polygon", "coordinates": [ring]}})


def _count(unit: Unit, ending: date, cases: int, elderly_full: int) -> None:
    area: dict[str, Any] = unit.area.columns
    WeeklyIndicator.objects.create(
        unit=unit, code=unit.code, week_ending=ending, community_cases=cases, population=10_000, adults=7_000,
        adults_one_dose=6_500, elderly_from=50, elderly=2_000, elderly_full=elderly_full, treatment_plan=True, **area,
    )  # fmt: skip
