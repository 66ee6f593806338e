"""When syndromic counts of a unit call for somebody to look: which days are above, and which of them are one episode. Pure.

How often this rings in quiet times and how late it is: docs/epidemic-detection.md, where the threshold was chosen.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from epidemic.detection import Detection, Detector, Floats, Method, weekday_factors

THRESHOLD = 3.0
"""Standard deviations above what is usual."""
DETECTOR = Detector(
    method=Method.C2, threshold=THRESHOLD, baseline=28, fewest=7, least_count=3, least_spread=0.5, chance=True
)
HISTORY = timedelta(days=63)
"""Eight weeks for the pattern of weekdays, and the baseline of the oldest day that is judged."""
JUDGED = timedelta(days=5)
"""Days that are judged each time, so that a sheet that comes late still raises its alarm."""
EPISODE = timedelta(days=7)
"""A day above within a week of the last one belongs to the same episode."""
GRACE = timedelta(days=3)
"""So long after an alarm was closed further days of its episode are its own; then the unit rings again."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one unit counted on one day; `asked` out of how many, where that is known."""

    unit: int
    day: date
    count: int
    asked: int | None = None


@dataclass(frozen=True)
class Above:
    """A day of a unit above its limit; figures in people, the statistic in standard deviations."""

    unit: int
    day: date
    count: int
    expected: float
    limit: float
    statistic: float


@dataclass(frozen=True)
class Series:
    """Counts of one source by day and unit, shape (days, units), and what `DETECTOR` says of them."""

    first: date
    units: tuple[int, ...]
    counts: Floats
    found: Detection

    def day(self, place: int) -> date:
        """The day of a row."""
        return self.first + timedelta(days=place)

    def above(self, since: date) -> list[Above]:
        """Days above from a day on, oldest first."""
        places = np.argwhere(self.found.alarm).tolist()
        return [self._above(row, column) for row, column in places if self.day(row) >= since]

    def _above(self, row: int, column: int) -> Above:
        expected, limit, statistic = (
            float(values[row, column]) for values in (self.found.expected, self.found.limit, self.found.statistic)
        )
        count = int(self.counts[row, column])
        return Above(self.units[column], self.day(row), count, expected, limit, statistic)


def judge(told: Iterable[Told], first: date, last: date, *, absent_is_zero: bool = False) -> Series | None:
    """Judge one source in the days from `first` to `last`; None where nobody told anything.

    People asked are taken into account of those units that say how many on every day that they report.
    """
    rows = [one for one in told if first <= one.day <= last]
    if not rows:
        return None
    units = tuple(sorted({one.unit for one in rows}))
    places = {unit: place for place, unit in enumerate(units)}
    shape = ((last - first).days + 1, len(units))
    counts, asked = np.full(shape, 0.0 if absent_is_zero else np.nan), np.full(shape, np.nan)
    for one in rows:
        at = (one.day - first).days, places[one.unit]
        counts[at], asked[at] = one.count, np.nan if one.asked is None else one.asked
    people = _relative(counts, asked)
    scale = people * weekday_factors(counts / people)
    return Series(first, units, counts, DETECTOR.judge(counts, scale))


def _relative(counts: Floats, asked: Floats) -> Floats:
    """People asked as a share of the unit's usual number; 1 for units that do not always say."""
    reported = ~np.isnan(counts)
    always = (~reported | (asked > 0)).all(axis=0)
    usual = np.nansum(np.where(reported, asked, np.nan), axis=0) / np.maximum(reported.sum(axis=0), 1)
    relative: Floats = np.where(always & reported, asked / np.where(usual > 0, usual, 1.0), 1.0)
    return relative


def belongs(day: date, last_above: date, closed_on: date | None) -> bool:
    """Whether a day above belongs to the episode of an alarm whose last day above is known."""
    if closed_on is not None and day > closed_on + GRACE:
        return False
    return day - last_above <= EPISODE
