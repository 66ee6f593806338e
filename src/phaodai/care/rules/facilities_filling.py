"""When beds run out: who lies there now and who is still to come, as a queue in which nobody waits.

With Poisson arrivals and stays of any length the number in beds is exact (Eick, Massey and Whitt 1993, "The physics of the
Mt/G/∞ queue", Operations Research 41(4)): those here now leave one by one, those who come are thinned by who has left
again, and both sums have known means and variances. Stays are taken as exponential, so that only their mean is needed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, sqrt

Z = 1.96
"""Of a two-sided 95% interval."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """How many lie there at the end of a day: the middle and a 95% interval."""

    on: date
    low: float
    middle: float
    high: float
    capacity: int


@dataclass(frozen=True, slots=True)
class Filling:
    """When the beds are full: at the earliest, most likely and at the latest; None beyond the days looked at."""

    earliest: date | None
    likely: date | None
    latest: date | None
    days: tuple[Ahead, ...]

    @property
    def full_now(self) -> bool:
        """Whether they are full already."""
        return bool(self.days) and self.days[0].middle >= self.days[0].capacity


def fills_on(
    *,
    today: date,
    occupied: int,
    capacity: int | Sequence[int],
    arrivals_by_day: Sequence[float] | Sequence[tuple[float, float, float]],
    mean_stay: float,
) -> Filling:
    """When `capacity` beds are full, of which `occupied` are taken today.

    `arrivals_by_day`: expected admissions of tomorrow and each day after, plain or as (low, middle, high) of a forecast's
    95% interval. `capacity`: one number, or one for today and each of those days (planned beds). `mean_stay` in days.
    Raises ValueError for a stay that is not positive, negative counts, or a capacity of another length than the days.
    """
    bands = [_band(one) for one in arrivals_by_day]
    beds = [capacity] * (len(bands) + 1) if isinstance(capacity, int) else list(capacity)
    _refuse(occupied, beds, bands, mean_stay)
    stays = exp(-1 / mean_stay)
    days = [Ahead(today, float(occupied), float(occupied), float(occupied), beds[0])]
    walk = _Walk.begin(occupied)
    for number, band in enumerate(bands, start=1):
        walk = walk.next(band, stays)
        days.append(walk.day(today + timedelta(days=number), beds[number]))
    return Filling(_first(days, "high"), _first(days, "middle"), _first(days, "low"), tuple(days))


@dataclass(frozen=True, slots=True)
class _Walk:
    """The expected number so far: those who were here, and those who came, at the low, middle and high of the arrivals."""

    here: int
    left: float
    came: tuple[float, float, float]

    @classmethod
    def begin(cls, here: int) -> "_Walk":
        return cls(here, 1.0, (0.0, 0.0, 0.0))

    def next(self, band: tuple[float, float, float], stays: float) -> "_Walk":
        low, middle, high = (before * stays + now for before, now in zip(self.came, band, strict=True))
        return _Walk(self.here, self.left * stays, (low, middle, high))

    def day(self, on: date, capacity: int) -> Ahead:
        still, scatter = self.here * self.left, self.here * self.left * (1 - self.left)
        low, middle, high = (still + one for one in self.came)
        return Ahead(
            on,
            max(low - Z * sqrt(scatter + self.came[0]), 0.0),
            middle,
            high + Z * sqrt(scatter + self.came[2]),
            capacity,
        )


def _band(arrivals: float | tuple[float, float, float]) -> tuple[float, float, float]:
    return arrivals if isinstance(arrivals, tuple) else (arrivals, arrivals, arrivals)


def _refuse(occupied: int, beds: Sequence[int], bands: Sequence[tuple[float, float, float]], mean_stay: float) -> None:
    if mean_stay <= 0:
        raise ValueError("the mean stay is a positive number of days")
    if occupied < 0 or any(one < 0 for one in beds) or any(one < 0 for band in bands for one in band):
        raise ValueError("beds and people are counted from zero")
    if len(beds) != len(bands) + 1:
        raise ValueError("the capacity of today and of each day with arrivals is needed")


def _first(days: Sequence[Ahead], edge: str) -> date | None:
    return next((one.on for one in days if getattr(one, edge) >= one.capacity), None)
