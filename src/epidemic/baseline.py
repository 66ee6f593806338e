"""The forecast that every other has to beat: the last week again, as uncertain as weeks have differed before."""

import numpy as np
from numpy.typing import NDArray

from epidemic.scoring import QUANTILE_LEVELS

Floats = NDArray[np.float64]

PATHS = 4000
SEED = 20210308


def last_week_forecast(weekly: Floats, *, weeks: int = 4, levels: Floats = QUANTILE_LEVELS) -> Floats:
    """Quantiles of the baseline of the European COVID-19 Forecast Hub.

    Parameters
    ----------
    weekly
        Weekly counts up to the origin, shape (weeks so far, places), time first, without gaps.
    weeks
        Target weeks following the last one.

    Returns
    -------
    Shape (weeks, places, levels), not below 0.

    Notes
    -----
    The median is the last count. Around it lie, for a target h weeks ahead, sums of h differences drawn from all
    differences between the weeks so far and their negatives (design: Cramer et al., PNAS 119 (2022)).
    """
    steps = np.diff(weekly, axis=0)
    steps = np.concatenate([steps, -steps]) if len(steps) else np.zeros((1, weekly.shape[1]))
    generator = np.random.default_rng(SEED)
    walks = np.cumsum(steps[generator.integers(0, len(steps), (PATHS, weeks))], axis=1)
    spread = np.moveaxis(np.quantile(np.concatenate([walks, -walks]), levels, axis=0), 0, -1)
    forecast: Floats = np.maximum(weekly[-1][None, :, None] + spread, 0.0)
    return forecast
