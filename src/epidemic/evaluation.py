"""How a forecaster would have done on a series, asked week after week with only what was known then."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from epidemic.baseline import last_week_forecast
from epidemic.forecast import forecast_weeks
from epidemic.scoring import Score, score

Floats = NDArray[np.float64]

WEEK = 7
Forecaster = Callable[..., Floats]
Snapshot = Callable[[int], Floats]


@dataclass(frozen=True)
class Evaluation:
    """Scores by weeks ahead, of a forecaster and of the last-value baseline on the same targets.

    Attributes
    ----------
    model, baseline
        One score per week ahead, the first for one week.
    """

    model: tuple[Score, ...]
    baseline: tuple[Score, ...]

    @property
    def relative_wis(self) -> tuple[float, ...]:
        """Weighted interval score over the baseline's, by weeks ahead; below 1 the forecaster is the better one."""
        return tuple(_ratio(ours.wis, theirs.wis) for ours, theirs in zip(self.model, self.baseline, strict=True))

    @property
    def relative_log_wis(self) -> tuple[float, ...]:
        """The same on the log scale."""
        return tuple(
            _ratio(ours.log_wis, theirs.log_wis) for ours, theirs in zip(self.model, self.baseline, strict=True)
        )


def evaluate(
    counts: Floats,
    *,
    weeks: int = 4,
    first: int | None = None,
    every: int = 1,
    forecaster: Forecaster = forecast_weeks,
    as_of: Snapshot | None = None,
) -> Evaluation:
    """Forecast again from each past week's end and score against what came.

    Parameters
    ----------
    counts
        Final daily counts, shape (days, places), time first, `nan` without a report. The last row closes a week.
    weeks
        Weeks ahead.
    first
        Origins begin when this many weeks are known; by default after a third of the series, at least six weeks.
    every
        Weeks from one origin to the next.
    forecaster
        Called with the daily counts known at the origin and `weeks`; returns quantiles (weeks, places, levels).
    as_of
        What was known after so many days, where snapshots were kept; by default the final counts cut there, which
        leaves later corrections in and flatters every forecaster a little.
    """
    counts = counts[len(counts) % WEEK :]
    weekly = weekly_sums(counts)
    start = max(6, len(weekly) // 3) if first is None else first
    origins = range(start, len(weekly), every)
    if not origins:
        raise ValueError(f"{len(weekly)} weeks are too few to evaluate from week {start} on: give a longer series")
    known = as_of or (lambda days: counts[:days])
    ours = np.stack([forecaster(known(WEEK * origin), weeks=weeks) for origin in origins])
    theirs = np.stack([last_week_forecast(weekly_sums(known(WEEK * origin)), weeks=weeks) for origin in origins])
    observed = np.stack([_ahead(weekly, origin, weeks) for origin in origins])
    return Evaluation(*(_by_week(observed, quantiles) for quantiles in (ours, theirs)))


def weekly_sums(counts: Floats) -> Floats:
    """Sums over whole weeks of days, shape (weeks, places); days without a report count 0, as in published totals."""
    sums: Floats = np.nan_to_num(counts).reshape(-1, WEEK, counts.shape[1]).sum(axis=1)
    return sums


def _ahead(weekly: Floats, origin: int, weeks: int) -> Floats:
    """The weeks after the origin, `nan` where the series has ended; shape (weeks, places)."""
    ahead = np.full((weeks, weekly.shape[1]), np.nan)
    seen = weekly[origin : origin + weeks]
    ahead[: len(seen)] = seen
    return ahead


def _by_week(observed: Floats, quantiles: Floats) -> tuple[Score, ...]:
    return tuple(score(observed[:, week], quantiles[:, week]) for week in range(observed.shape[1]))


def _ratio(ours: float, theirs: float) -> float:
    return ours / theirs if theirs > 0 else np.nan
