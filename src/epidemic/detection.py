"""Early aberration detection in daily counts of signs, before any test: C1, C2 and C3 of EARS, many places at once.

Hutwagner et al., "The bioterrorism preparedness and response Early Aberration Reporting System (EARS)", Journal of Urban
Health 80 (2003), i89-i96; the formulas as Fricker, Hegler and Dunfee write them out, Statistics in Medicine 27 (2008),
3407-3429. They need nine days of history and no earlier year, which a source that began this month does not have. Tokars et
al., Emerging Infectious Diseases 15 (2009), 533-539, found C2 better with what `Detector` and `scale` add to it: a longer
baseline, a least standard deviation, weekdays, and the number of people asked.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from epidemic.reporting import weekday_shares

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

WEEK = 7
BEFORE = 2
"""C3 adds what the two days before were above."""


class Method(StrEnum):
    """C1 looks at the seven days before, C2 leaves two days between, C3 adds three days of C2."""

    C1 = "C1"
    C2 = "C2"
    C3 = "C3"


PUBLISHED = {Method.C1: 3.0, Method.C2: 3.0, Method.C3: 2.0}
"""The thresholds of EARS, in standard deviations of the baseline."""
GUARD = {Method.C1: 0, Method.C2: 2, Method.C3: 2}
"""Days left out between the baseline and the day judged, so that a slow rise does not raise what is usual."""


class Judged(IntEnum):
    """Whether a day could be judged, and if not, why."""

    YES = 0
    NO_COUNT = 1
    SHORT_BASELINE = 2


class CountError(ValueError):
    """Counts that cannot be judged; the message says how to mend them."""


@dataclass(frozen=True)
class Detection:
    """What was found of each day and place.

    Attributes
    ----------
    expected, limit
        In people, shape (days, places): what the baseline lets expect, and the count above which a day is unusual.
    statistic
        C1, C2 or C3, in standard deviations. All three are `nan` where a day was not judged.
    alarm
        Days above their limit with at least `least_count` people.
    judged
        `Judged` of each day.
    """

    expected: Floats
    limit: Floats
    statistic: Floats
    alarm: Flags
    judged: NDArray[np.int8]


@dataclass(frozen=True, kw_only=True)
class Detector:
    """How days are judged. As it stands: EARS C2 as published.

    Parameters
    ----------
    threshold
        Standard deviations that are unusual; None: the published one of the method.
    baseline, fewest
        Days that say what is usual, and how many of them must have been reported.
    least_count
        Fewer people than this raise no alarm, whatever is usual.
    least_spread
        The standard deviation is taken to be at least this (people): a baseline of equal days has none.
    chance
        Whether it is also taken to be at least that of a Poisson count, √expected: seven days often look steadier than
        chance lets counts be.
    """

    method: Method = Method.C2
    threshold: float | None = None
    baseline: int = WEEK
    fewest: int = 4
    least_count: int = 0
    least_spread: float = 0.0
    chance: bool = False

    def judge(self, counts: ArrayLike, scale: ArrayLike | None = None) -> Detection:
        """Judge every day of every place.

        Parameters
        ----------
        counts
            People with the sign, shape (days, places), time first; `nan` where nobody reported, which is not zero.
        scale
            What a count is in proportion to, same shape: people asked, factor of the weekday, or their product. Days
            where it is not above 0 count as not reported.

        Raises
        ------
        CountError
            Negative counts, or a scale of another shape.
        """
        counted, scales = _checked(counts, scale)
        rates = counted / scales
        mean, deviation, known = _baseline(rates, self.baseline, GUARD[self.method])
        expected = mean * scales
        spread = self._spread(deviation * scales, expected)
        judged = np.where(np.isnan(rates), Judged.NO_COUNT, np.where(known < self.fewest, Judged.SHORT_BASELINE, 0))
        excess = np.where(judged == Judged.YES, _ratio(counted - expected, spread), np.nan)
        return self._found(counted, expected, spread, excess, judged.astype(np.int8))

    def _spread(self, deviation: Floats, expected: Floats) -> Floats:
        least = np.maximum(self.least_spread, np.sqrt(expected)) if self.chance else self.least_spread
        spread: Floats = np.maximum(deviation, least)
        return spread

    def _found(
        self, counted: Floats, expected: Floats, spread: Floats, excess: Floats, judged: NDArray[np.int8]
    ) -> Detection:
        threshold = PUBLISHED[self.method] if self.threshold is None else self.threshold
        unknown = judged != Judged.YES
        if self.method is Method.C3:
            above = np.maximum(np.nan_to_num(excess, posinf=np.inf) - 1, 0.0)
            before = _sum_before(above)
            statistic = above + before
            limit = expected + (1 + np.maximum(threshold - before, 0.0)) * spread
        else:
            statistic, limit = excess, expected + threshold * spread
        statistic, limit, expected = (np.where(unknown, np.nan, one) for one in (statistic, limit, expected))
        alarm = (np.nan_to_num(statistic, posinf=np.inf) > threshold) & (counted >= self.least_count) & ~unknown
        return Detection(expected, limit, statistic, alarm, judged)


def weekday_factors(counts: ArrayLike) -> Floats:
    """Factor of each day's weekday, mean 1 over a week, shape (days, 1): one pattern for all places together.

    The mean of the places that reported, by `reporting.weekday_shares`; even factors where too little is counted to tell.
    """
    values = np.asarray(counts, dtype=float)
    reported = ~np.isnan(values)
    told = reported.sum(axis=1)
    mean = np.where(told > 0, np.nansum(values, axis=1) / np.maximum(told, 1), np.nan) * values.shape[1]
    shares = weekday_shares(mean[:, None])
    weeks = -(-len(values) // WEEK)
    factors: Floats = np.tile(shares, (weeks, 1))[weeks * WEEK - len(values) :] * WEEK
    return np.maximum(factors, 1e-6)


def _checked(counts: ArrayLike, scale: ArrayLike | None) -> tuple[Floats, Floats]:
    counted = np.asarray(counts, dtype=float)
    if counted.ndim != 2:
        raise CountError(f"counts have {counted.ndim} dimensions; give days by places")
    if np.any(counted < 0):
        raise CountError("a count is below 0; give nan where nobody reported")
    try:
        scales = np.broadcast_to(np.asarray(1.0 if scale is None else scale, dtype=float), counted.shape)
    except ValueError as problem:
        raise CountError(f"the scale has another shape than the counts, {counted.shape}") from problem
    return counted, np.where(scales > 0, scales, np.nan)


def _baseline(rates: Floats, days: int, guard: int) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Mean and standard deviation (n - 1) of the days of each day's baseline that were reported, and how many were."""
    padded = np.concatenate([np.full((days + guard, rates.shape[1]), np.nan), rates])
    windows = np.lib.stride_tricks.sliding_window_view(padded, days, axis=0)[: len(rates)]
    reported = ~np.isnan(windows)
    known = reported.sum(axis=-1)
    mean = np.where(reported, windows, 0.0).sum(axis=-1) / np.maximum(known, 1)
    squares = np.where(reported, (windows - mean[..., None]) ** 2, 0.0).sum(axis=-1)
    return mean, np.sqrt(squares / np.maximum(known - 1, 1)), known


def _ratio(difference: Floats, spread: Floats) -> Floats:
    """Standard deviations above; infinite where a steady baseline is left at all, 0 where it is kept."""
    steady = spread <= 0
    endless = np.where(difference > 0, np.inf, np.where(difference < 0, -np.inf, 0.0))
    return np.where(steady, endless, difference / np.where(steady, 1.0, spread))


def _sum_before(above: Floats) -> Floats:
    total = np.zeros_like(above)
    for back in range(1, BEFORE + 1):
        total[back:] += above[:-back]
    return total
