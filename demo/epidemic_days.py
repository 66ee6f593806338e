"""The days of the epidemic: 120 days of counts by district, which add up to the weeks, as they were reported day after day.

A day's cases are told in part on the day itself, the rest one or two days later. After the last whole week the pace goes on,
but for one district, where the last day holds a cluster: the demonstration then has an early warning to show.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from demo import SEED
from demo.epidemic_weeks import LAST_SUNDAY, WEEKS, Week
from demo.geography import Geography
from demo.streams import stream

LAST_DAY = date(2021, 11, 23)
DAYS = 120
DAY, WEEK = timedelta(days=1), 7
WEEKDAYS = np.array([1.08, 1.12, 1.06, 1.02, 1.0, 0.92, 0.8])
"""Factors from Monday to Sunday: laboratories rest at weekends."""
TOLD = (0.82, 0.14, 0.04)
"""Shares of a day's cases that are reported on the day, the next, the one after."""
CLUSTER, CLUSTER_FACTOR, CLUSTER_LEAST = "Thuận Hòa", 3.0, 9
ARRIVALS_FROM, ARRIVALS_A_DAY = date(2021, 10, 1), 0.25
"""People who lost their work in the south came home in October."""
DEATHS, DEATH_AFTER = 0.006, 14

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class DayReport:
    """What was known of one unit's day on the day of the report."""

    code: str
    day: date
    reported_on: date
    cases: int
    imported: int
    deaths: int


@dataclass(frozen=True)
class _Days:
    """One unit's days: cases by day and delay of the report, shape (days, delays); imported and deaths by day."""

    cases: Counts
    imported: Counts
    deaths: Counts


def make_days(geography: Geography, weeks: Sequence[Week], *, seed: int = SEED) -> list[DayReport]:
    """The reports of every district and of the province."""
    days = {
        district.code: _days_of(
            _weekly(weeks, {commune.code for commune in geography.children[district.code]}),
            stream(seed, "epidemic", "days", district.code),
            cluster=district.bare_name == CLUSTER,
        )
        for district in geography.districts
    }
    parts = list(days.values())
    days[geography.province.code] = _Days(
        np.sum([part.cases for part in parts], axis=0),
        np.sum([part.imported for part in parts], axis=0),
        np.sum([part.deaths for part in parts], axis=0),
    )
    return [report for code, unit in days.items() for report in _reports(code, unit)]


def _weekly(weeks: Sequence[Week], communes: set[str]) -> Counts:
    """Cases of a district by week, the last one ending on the last Sunday."""
    total = np.zeros(WEEKS, dtype=np.int64)
    for week in weeks:
        if week.code in communes:
            total[WEEKS - 1 - (LAST_SUNDAY - week.ending).days // WEEK] += week.cases
    return total


def _days_of(weekly: Counts, rng: np.random.Generator, *, cluster: bool) -> _Days:
    cases = np.concatenate([_spread(weekly, rng), _since_sunday(int(weekly[-1]), rng, cluster=cluster)])
    cases = np.concatenate([np.zeros(DAYS - len(cases), dtype=np.int64), cases])
    from_day = DAYS - 1 - (LAST_DAY - ARRIVALS_FROM).days
    imported = np.where(np.arange(DAYS) >= from_day, rng.poisson(ARRIVALS_A_DAY, DAYS), 0)
    deaths = np.zeros(DAYS, dtype=np.int64)
    deaths[DEATH_AFTER:] = rng.binomial(cases[:-DEATH_AFTER], DEATHS)
    return _Days(rng.multinomial(cases, TOLD), imported, deaths)


def _spread(weekly: Counts, rng: np.random.Generator) -> Counts:
    """Each week's cases over its days, Monday first, along the trend between the middles of the weeks."""
    middles = WEEK * np.arange(len(weekly)) + 3
    trend = np.interp(np.arange(WEEK * len(weekly)), middles, weekly + 0.5).reshape(-1, WEEK) * WEEKDAYS
    shares = trend / trend.sum(axis=1, keepdims=True)
    days: Counts = rng.multinomial(weekly, shares).reshape(-1)
    return days


def _since_sunday(last_week: int, rng: np.random.Generator, *, cluster: bool) -> Counts:
    """The days after the last whole week, at its pace; with a cluster on the last one."""
    days: Counts = rng.poisson(last_week / WEEK * WEEKDAYS[: (LAST_DAY - LAST_SUNDAY).days])
    if cluster:
        days[-1] = max(round(float(days[-1]) * CLUSTER_FACTOR), days[-1] + CLUSTER_LEAST)
    return days


def _reports(code: str, unit: _Days) -> Iterator[DayReport]:
    """The first report of each day, and a later one whenever cases were added by it."""
    known = unit.cases.cumsum(axis=1)
    for place in range(DAYS):
        day = LAST_DAY - (DAYS - 1 - place) * DAY
        for delay in range(min(len(TOLD), DAYS - place)):
            if delay == 0 or unit.cases[place, delay]:
                imported, deaths = int(unit.imported[place]), int(unit.deaths[place])
                yield DayReport(code, day, day + delay * DAY, int(known[place, delay]), imported, deaths)
