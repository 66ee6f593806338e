"""From a forecast of weeks to one of days: the same totals, the usual weekdays, and the chance of single days."""

from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from epidemic.reporting import weekday_shares
from epidemic.scoring import QUANTILE_LEVELS

Floats = NDArray[np.float64]

WEEK = 7
LEVELS = (0.025, 0.25, 0.5, 0.75, 0.975)
"""Ends of the 95% and 50% intervals, and the median."""
PATHS, DRAWS = 200, 20
SEED = 20211124
OFFSET = 0.3
"""Added to cases a day before logarithms, as 3 are to those of a fortnight elsewhere: no day divides by zero."""
LEAST_SPREAD, MOST_SPREAD = 0.02, 2.0
RECENT_WEEKS = 8


@dataclass(frozen=True)
class Growth:
    """Growth of the last week over the one before, per day on the log scale, with its 95% interval."""

    rate: float
    low: float
    high: float

    @property
    def doubling(self) -> float | None:
        """Days in which cases double, negative where they halve; None where the interval holds no growth at all."""
        return log(2) / self.rate if self.low > 0 or self.high < 0 else None


def daily_quantiles(weekly: Floats, counts: Floats) -> Floats:
    """Predictive quantiles by day.

    Parameters
    ----------
    weekly
        Quantiles of the coming weeks, shape (weeks, 23), at `QUANTILE_LEVELS`.
    counts
        Daily counts up to the day before the first of them, shape (days,); `nan` without a report.

    Returns
    -------
    Shape (7 * weeks, 5), at `LEVELS`; whole cases.

    Notes
    -----
    A path is one level of all weeks: its pace runs through the middle of each week, on the log scale, from that of the
    last seven days. A day is the path's pace times its weekday's factor, and a negative binomial count around that with
    the spread that the last eight weeks showed. 200 paths and 20 counts of each from a fixed seed.
    """
    paces = _paths(weekly, _pace(counts[-WEEK:]))
    factors = weekday_shares(counts[-WEEK * RECENT_WEEKS :, None])[:, 0] * WEEK
    expected = paces * np.tile(factors, len(weekly))[:, None]
    drawn = _counted(expected, day_spread(counts))
    quantiles: Floats = np.quantile(drawn, LEVELS, axis=1).T.round()
    return quantiles


def _pace(counts: Floats) -> float:
    return float(np.nanmean(counts)) if not np.isnan(counts).all() else 0.0


def _paths(weekly: Floats, pace: float) -> Floats:
    """Cases a day at an even pace, shape (days, paths)."""
    levels = (np.arange(PATHS) + 0.5) / PATHS
    middles = np.array([-3.0, *(4.0 + WEEK * np.arange(len(weekly)))])
    days = 1.0 + np.arange(WEEK * len(weekly))
    at_level = np.array([np.interp(levels, QUANTILE_LEVELS, week) for week in weekly]) / WEEK
    knots = np.log(np.vstack([np.full(PATHS, pace), at_level]) + OFFSET)
    logs = np.stack([np.interp(days, middles, path) for path in knots.T], axis=1)
    paces: Floats = np.maximum(np.exp(logs) - OFFSET, 0.0)
    return paces


def _counted(expected: Floats, spread: float) -> Floats:
    """Counts around what is expected, shape (days, paths * draws)."""
    generator = np.random.default_rng(SEED)
    mean = np.repeat(expected, DRAWS, axis=1)
    gamma = generator.gamma(1 / spread, spread, mean.shape)
    return generator.poisson(mean * gamma).astype(np.float64)


def day_spread(counts: Floats) -> float:
    """How much single days vary beyond chance: the variance of a day of mean m is m + spread m²."""
    recent = counts[-WEEK * RECENT_WEEKS :]
    if len(recent) < 2 * WEEK:
        return LEAST_SPREAD
    factors = np.resize(np.roll(weekday_shares(recent[:, None])[:, 0], len(recent) % WEEK), len(recent)) * WEEK
    windows = np.lib.stride_tricks.sliding_window_view(recent, WEEK)
    known = ~np.isnan(windows).any(axis=1)
    middle = slice(WEEK // 2, len(recent) - WEEK // 2)
    mean = np.where(known, np.nan_to_num(windows).mean(axis=1), 0.0) * factors[middle]
    excess = np.where(known, (np.nan_to_num(recent[middle]) - mean) ** 2 * WEEK / (WEEK - 1) - mean, 0.0)
    square = float((mean**2).sum())
    return float(np.clip(excess.sum() / square, LEAST_SPREAD, MOST_SPREAD)) if square > 0 else LEAST_SPREAD


def growth_of(counts: Floats) -> Growth | None:
    """Growth from the week before last to the last one; None where either is mostly unreported or neither has a case."""
    weeks = counts[-2 * WEEK :].reshape(-1, WEEK) if len(counts) >= 2 * WEEK else np.full((2, WEEK), np.nan)
    if ((~np.isnan(weeks)).sum(axis=1) <= WEEK // 2).any() or not np.nansum(weeks):
        return None
    before, now = np.nanmean(weeks, axis=1) * WEEK + 0.5
    spread = day_spread(counts) / WEEK
    error = 1.96 * np.sqrt(1 / before + 1 / now + 2 * spread) / WEEK
    rate = float(np.log(now / before) / WEEK)
    return Growth(rate, rate - float(error), rate + float(error))
