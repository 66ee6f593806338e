"""The daily counts of one unit as they were known on a day, and what is still to be reported of the last ones."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from epidemic.nowcast import reporting_triangle

Floats = NDArray[np.float64]

LONGEST_DELAY = 14
"""Days after which a later report is counted as if it had come then."""
TRIANGLE_DAYS = 90
MOST_AT_ONCE = 7
"""A report that tells of more days for the first time is history sent in one go, and says nothing of usual delays."""
TIMELY_DAYS = 14
"""So many days must have been told within the longest delay before a delay can be learned from them."""


class Source(StrEnum):
    """Where daily counts come from."""

    SHEET = "sheet"
    LINE_LIST = "line-list"


@dataclass(frozen=True)
class DailySeries:
    """Daily counts of one unit as known on the day after `last`.

    Attributes
    ----------
    source
        Where they come from.
    last
        The day of the last row.
    counts
        New cases, shape (days,); `nan` without a report.
    imported
        Cases infected elsewhere, beside those of `counts`, shape (days,).
    triangle
        Cases by day and delay until the report, shape (rows, delays), its last row `last`; `nan` where not known yet.
        None where nothing can be said of delays.
    left_out
        Cases of a line list that carry no day and are in no count.
    """

    source: Source
    last: date
    counts: Floats
    imported: Floats
    triangle: Floats | None = None
    left_out: int = 0

    @property
    def first(self) -> date:
        """The day of the first row."""
        return self.last - timedelta(days=len(self.counts) - 1)


@dataclass(frozen=True)
class Told:
    """What a sheet said of one day, and when: counts of the whole day as then known."""

    day: date
    reported_on: date
    cases: int
    imported: int


@dataclass(frozen=True)
class Found:
    """One case of a line list: the day on which it counts, and the day on which it was reported."""

    day: date
    reported_on: date
    imported: bool


def from_sheet(told: Sequence[Told], on: date) -> DailySeries:
    """The series that a sheet's rows make, in the order of day and report; `told` holds nothing after `on`."""
    first, last = told[0].day, on - timedelta(days=1)
    days = (last - first).days + 1
    counts, imported = np.full(days, np.nan), np.zeros(days)
    for row in told:
        counts[(row.day - first).days], imported[(row.day - first).days] = row.cases, row.imported
    return DailySeries(Source.SHEET, last, counts, imported, _triangle_of_versions(told, on))


def _triangle_of_versions(told: Sequence[Told], on: date) -> Floats | None:
    """Cases by day and delay, from how a day's count grew from report to report; a day first told late, or with
    many others at once, says nothing."""
    begin = on - timedelta(days=TRIANGLE_DAYS)
    rows = np.full((TRIANGLE_DAYS, LONGEST_DELAY + 1), np.nan)
    days = {day: versions for day, versions in _by_day(told).items() if day >= begin}
    at_once = Counter(versions[0].reported_on for versions in days.values())
    timely = 0
    for day, versions in days.items():
        first = versions[0].reported_on
        if (first - day).days <= LONGEST_DELAY and at_once[first] <= MOST_AT_ONCE:
            timely += 1
            rows[(day - begin).days] = _increments(versions, day)
            # The reports of the morning itself are known where they came; elsewhere they are still on their way.
            told_now = versions[-1].reported_on == on
            rows[(day - begin).days, (on - day).days + told_now :] = np.nan
    return rows if timely >= TIMELY_DAYS else None


def _by_day(told: Iterable[Told]) -> Mapping[date, list[Told]]:
    days: dict[date, list[Told]] = {}
    for row in told:
        days.setdefault(row.day, []).append(row)
    return days


def _increments(versions: Sequence[Told], day: date) -> Floats:
    """What each delay added. A count that was corrected downwards is taken as never having been above its last value."""
    final, known = versions[-1].cases, 0
    added = np.zeros(LONGEST_DELAY + 1)
    for version in versions:
        now = max(min(version.cases, final), known)
        added[min((version.reported_on - day).days, LONGEST_DELAY)] += now - known
        known = now
    return added


def from_line_list(found: Sequence[Found], on: date, left_out: int) -> DailySeries:
    """The series that a line list's cases make, in the order of their days; `found` holds nothing reported after `on`."""
    first, last = found[0].day, on - timedelta(days=1)
    days = (last - first).days + 1
    counts, imported = np.zeros(days), np.zeros(days)
    for case in found:
        if case.day <= last:
            (imported if case.imported else counts)[(case.day - first).days] += 1
    return DailySeries(Source.LINE_LIST, last, counts, imported, _triangle_of_cases(found, on), left_out)


def _triangle_of_cases(found: Sequence[Found], on: date) -> Floats | None:
    begin = on - timedelta(days=TRIANGLE_DAYS)
    local = [case for case in found if not case.imported and case.day >= begin and case.reported_on < on]
    if len(local) < TIMELY_DAYS:
        return None
    onset = [(case.day - begin).days for case in local]
    report = [(case.reported_on - begin).days for case in local]
    return reporting_triangle(onset, report, days=TRIANGLE_DAYS, longest=LONGEST_DELAY)
