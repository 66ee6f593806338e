"""The figures of an area's units on a day as columns: read in two statements, whatever the number of units."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from phaodai.containment.models.indicators import WeeklyIndicator
from phaodai.containment.rules.figures import COUNTS, GIVEN, Column, Criteria, Places, Places2021, facts_of, summed
from phaodai.territory.models import Neighbour, Tier, Unit

SERVE = timedelta(weeks=2)
"""How long the figures of a week serve: levels are published weekly (decision 4800), and one week may come late. A
working rule; no document says when figures are too old."""

NUMBERS = tuple(dict.fromkeys((*COUNTS, *GIVEN, "elderly_from")))
WORDS = "response_capacity"


@dataclass(frozen=True)
class Units:
    """The units of an area on a day as parallel columns, provinces first."""

    ids: list[int]
    codes: list[str]
    names: list[str]
    tiers: NDArray[np.int64]
    parents: list[int | None]
    areas: list[tuple[int, int | None, int | None]]

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def places(self) -> dict[int, int]:
        """Row id to place."""
        return {pk: place for place, pk in enumerate(self.ids)}

    @cached_property
    def above(self) -> Places:
        """The place of the unit above each; -1 where it is not among them."""
        return np.array([self.places.get(pk or 0, -1) for pk in self.parents], dtype=np.int64)

    def land(self) -> Places2021:
        """Who borders whom and who lies below whom."""
        communes = [pk for pk, tier in zip(self.ids, self.tiers.tolist(), strict=True) if tier == Tier.COMMUNE]
        pairs = Neighbour.objects.filter(unit_id__in=communes).values_list("unit_id", "neighbour_id")
        known = [(self.places[one], self.places[other]) for one, other in pairs if other in self.places]
        unit, neighbour = np.array(known, dtype=np.int64).reshape(-1, 2).T
        return Places2021(unit, neighbour, self.above)


def units_of(unit: Unit, on: date) -> Units:
    """`unit` and everything below it down to communes, as they stand on a day."""
    rows = (
        Unit.objects.as_of(on)
        .within(unit)
        .filter(tier__lte=Tier.COMMUNE)
        .order_by("tier", "sort_key", "code")
        .values_list("pk", "code", "name", "tier", "parent_id", "province_id", "district_id", "commune_id")
    )
    columns: Sequence[Any] = list(zip(*rows, strict=True)) or [()] * 8
    ids, codes, names, tiers, parents, *areas = columns
    return Units(
        list(ids), list(codes), list(names), np.array(tiers, dtype=np.int64), list(parents),
        list(zip(*areas, strict=True)),
    )  # fmt: skip


@dataclass(frozen=True)
class Figures:
    """The figures behind the levels of a day, in the order of the units.

    week_ending: the last week counted, None without figures. latest: its columns. cases: of all weeks averaged.
    """

    week_ending: list[date | None]
    latest: dict[str, Column]
    capacity: list[str]
    cases: Column

    def facts(self, criteria: Criteria) -> dict[str, Any]:
        """The facts of the rule, one column each."""
        return {**facts_of(self.latest, self.cases, criteria), WORDS: self.capacity}


def figures_on(units: Units, on: date, weeks: int) -> Figures:
    """The last week that serves, and the cases of `weeks` weeks; a district or province without its own row has the sum
    of its communes, where every one of them sent its figures for the same week."""
    size = len(units)
    week_ending: list[date | None] = [None] * size
    latest = {name: np.full(size, np.nan) for name in NUMBERS}
    capacity, cases, counted = [""] * size, np.zeros(size), np.zeros(size)
    for place, ending, words, *numbers in _rows(units, on, weeks):
        newest = week_ending[place]
        if newest is None and ending > on - SERVE:
            week_ending[place], capacity[place] = ending, words
            for name, value in zip(NUMBERS, numbers, strict=True):
                latest[name][place] = np.nan if value is None else value
        if (newest := week_ending[place]) and newest - ending < timedelta(weeks=weeks):
            cases[place] += np.nan if numbers[0] is None else numbers[0]
            counted[place] += 1
    own = Figures(week_ending, latest, capacity, np.where(counted == weeks, cases, np.nan))
    return _with_sums(units, own)


def _rows(units: Units, on: date, weeks: int) -> list[tuple[Any, ...]]:
    """Place, week, capacity and numbers of each unit's rows, newest week first."""
    rows = WeeklyIndicator.objects.filter(unit_id__in=units.ids).serving(on, weeks, SERVE).order_by("-week_ending")
    return [(units.places[pk], *rest) for pk, *rest in rows.values_list("unit_id", "week_ending", WORDS, *NUMBERS)]


def _with_sums(units: Units, own: Figures) -> Figures:
    """Fill in what districts and the province have from the units directly below them, districts first."""
    week_ending, latest, cases = list(own.week_ending), dict(own.latest), own.cases
    for tier in (Tier.DISTRICT, Tier.PROVINCE):
        without = np.array([ending is None for ending in week_ending]) & (units.tiers == tier)
        weeks = _common_weeks(units, week_ending)
        fits = np.array([bool(week) for week in weeks], dtype=np.bool_) & without
        for name in COUNTS:
            latest[name] = np.where(fits, summed(latest[name], units.above, len(units)), latest[name])
        latest["elderly_from"] = np.where(fits, _one_age(units, latest["elderly_from"]), latest["elderly_from"])
        cases = np.where(fits, summed(cases, units.above, len(units)), cases)
        week_ending = [weeks[i] if fits[i] else ending for i, ending in enumerate(week_ending)]
    return Figures(week_ending, latest, own.capacity, cases)


def _common_weeks(units: Units, endings: list[date | None]) -> list[date | None]:
    """Per unit the week of all units below it, None where they differ or one is missing."""
    below: dict[int, set[date | None]] = {}
    for place, ending in zip(units.above.tolist(), endings, strict=True):
        below.setdefault(place, set()).add(ending)
    common = {place: next(iter(found)) for place, found in below.items() if len(found) == 1}
    return [common.get(place) for place in range(len(units))]


def _one_age(units: Units, ages: Column) -> Column:
    """Per unit the age from which all units below it count their older people, NaN where they differ."""
    mean = summed(ages, units.above, len(units)) / summed(np.ones(len(units)), units.above, len(units))
    return np.where(np.isin(mean, (50.0, 65.0)), mean, np.nan)
