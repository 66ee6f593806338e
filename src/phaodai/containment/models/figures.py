"""The figures of an area's units on a day as columns: read in a few statements, whatever the number of units."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np
from django.db.models import Q
from numpy.typing import NDArray

from phaodai.containment.models.indicators import WeeklyIndicator
from phaodai.containment.rules.figures import (
    COUNTS,
    GIVEN,
    Column,
    Criteria,
    Places,
    Places2021,
    facts_of,
    share_of,
    summed,
)
from phaodai.territory.models import Neighbour, Tier, Unit

SERVE = timedelta(weeks=2)
"""How long the figures of a week serve: levels are published weekly (decision 4800), and one week may come late. A
working rule; no document says when figures are too old."""

NUMBERS = tuple(dict.fromkeys((*COUNTS, *GIVEN, "elderly_from", "spreading_to")))
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
    """`unit` and everything below it down to communes, and those hamlets that sent figures, as they stand on a day."""
    counted = WeeklyIndicator.objects.filter(unit__tier=Tier.HAMLET).serving(on, 1, SERVE).values("unit")
    rows = (
        Unit.objects.as_of(on)
        .within(unit)
        .filter(Q(tier__lte=Tier.COMMUNE) | Q(pk__in=counted))
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

    def spread(self, units: Units) -> Column:
        """Per unit the share of the units directly below it that a source may reach fast; NaN where nobody said."""
        below = np.bincount(units.above[units.above >= 0], minlength=len(units))
        return np.minimum(share_of(self.latest["spreading_to"], below.astype(float)), 1.0)


def figures_on(units: Units, on: date, weeks: int) -> Figures:
    """The last week that serves, and the cases of `weeks` weeks; a district or province without its own row has the sum
    of its communes, where every one of them sent its figures for the same week."""
    newest = _newest(units, on)
    latest = _columns(newest.values(), [units.places[pk] for pk in newest], len(units))
    week_ending: list[date | None] = [None] * len(units)
    capacity = [""] * len(units)
    for pk, (_unit, ending, words, *_numbers) in newest.items():
        week_ending[units.places[pk]], capacity[units.places[pk]] = ending, words
    own = Figures(week_ending, latest, capacity, _cases(units, newest, on, weeks))
    return _with_sums(units, own)


def _newest(units: Units, on: date) -> dict[int, tuple[Any, ...]]:
    """Per unit its last row that serves: unit, week, capacity and numbers."""
    rows = WeeklyIndicator.objects.filter(unit_id__in=units.ids).serving(on, 1, SERVE)
    last = rows.order_by("unit_id", "-week_ending").distinct("unit_id")
    return {row[0]: row for row in last.values_list("unit_id", "week_ending", WORDS, *NUMBERS)}


def _columns(rows: Iterable[tuple[Any, ...]], places: list[int], length: int) -> dict[str, Column]:
    """The numbers of some units, each column as long as all units; NaN where nothing was counted."""
    columns = {name: np.full(length, np.nan) for name in NUMBERS}
    for name, values in zip(NUMBERS, list(zip(*rows, strict=True))[3:], strict=False):
        columns[name][places] = np.array(values, dtype=np.float64)
    return columns


def _cases(units: Units, newest: Mapping[int, tuple[Any, ...]], on: date, weeks: int) -> Column:
    """Cases of the last `weeks` weeks of each unit; NaN unless every one of them was counted."""
    cases, counted = np.zeros(len(units)), np.zeros(len(units))
    rows = WeeklyIndicator.objects.filter(unit_id__in=list(newest)).serving(on, weeks, SERVE)
    for pk, ending, count in rows.values_list("unit_id", "week_ending", "community_cases"):
        if count is not None and newest[pk][1] - ending < timedelta(weeks=weeks):
            cases[units.places[pk]] += count
            counted[units.places[pk]] += 1
    return np.where(counted == weeks, cases, np.nan)


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
