"""What the seeds of a run gave together: bands by day and week, totals, and differences seed by seed.

The simulator is an extra and takes a second to load: it is asked for its names where they are needed, not by every page.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from phaodai.foresight.rules.scenario_scaling import weeks_of

Floats = NDArray[np.float64]

LEVELS = (0.025, 0.25, 0.5, 0.75, 0.975)
"""The median, and the ends of the middle 50% and 95% of the seeds."""
TODAY = 0
"""The place of today's path among the paths of a run."""


def totals_of(daily: NDArray[np.int64]) -> Floats:
    """Of each series the sum of what happened or the highest of what stood: (..., days, series) to (..., series)."""
    from epidemic.simulation.kinds import SERIES, STOCKS

    stocks = np.array([place in STOCKS for place in range(len(SERIES))])
    return np.asarray(np.where(stocks, daily.max(axis=-2), daily.sum(axis=-2)), np.float64)


def summed_runs(
    daily: NDArray[np.int64], communes: NDArray[np.int64], codes: Sequence[str], factor: float
) -> dict[str, Any]:
    """Results of a comparison, in people of the real province.

    Parameters
    ----------
    daily
        Shape (seeds, paths, days, series).
    communes
        Sums of each week, shape (seeds, paths, weeks, communes, series of `PLACE_SERIES`).
    """
    days, paths = daily.shape[2], daily.shape[1]
    totals = totals_of(daily) * factor
    return {
        "levels": LEVELS,
        "days": days,
        "daily": [_bands(daily[:, path] * factor) for path in range(paths)],
        "weeks": [_bands(_by_week(daily[:, path]) * factor) for path in range(paths)],
        "totals": [_bands(totals[:, path]) for path in range(paths)],
        "differences": [_bands(totals[:, path] - totals[:, TODAY]) for path in range(paths)],
        "communes": [_communes(communes[:, path], codes, factor) for path in range(paths)],
    }


def _by_week(daily: NDArray[np.int64]) -> Floats:
    """(seeds, days, series) to (seeds, weeks, series): sums, of stocks the highest day."""
    return np.stack([totals_of(daily[:, first:last]) for first, last in weeks_of(daily.shape[1])], axis=1)


def _bands(values: NDArray[Any]) -> dict[str, Any]:
    """Quantiles over the seeds by series: (seeds, series) to five numbers, (seeds, days, series) to five lists."""
    from epidemic.simulation.kinds import SERIES

    found = np.round(np.quantile(values, LEVELS, axis=0)).astype(np.int64)
    return {name: found[..., place].tolist() for place, name in enumerate(SERIES)}


def _communes(weekly: NDArray[np.int64], codes: Sequence[str], factor: float) -> dict[str, Any]:
    """Means over the seeds for each commune and week, to a tenth."""
    from epidemic.simulation.kinds import PLACE_SERIES

    means = np.round(weekly.mean(axis=0) * factor, 1)
    return {
        code: {name: means[:, at, place].tolist() for place, name in enumerate(PLACE_SERIES)}
        for at, code in enumerate(codes)
    }


def summed_points(totals: Floats, factor: float) -> dict[str, Any]:
    """Results of a frontier from totals of shape (seeds, paths, series)."""
    scaled = totals * factor
    return {
        "levels": LEVELS,
        "totals": [_bands(scaled[:, path]) for path in range(scaled.shape[1])],
        "differences": [_bands(scaled[:, path] - scaled[:, TODAY]) for path in range(scaled.shape[1])],
    }


def undominated(points: Sequence[tuple[float, float]]) -> list[bool]:
    """Which points no other one beats in both figures: those are the frontier."""
    return [not any(other[0] <= one[0] and other[1] <= one[1] and other != one for other in points) for one in points]
