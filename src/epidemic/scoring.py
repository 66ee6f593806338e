"""How good a forecast was: weighted interval score, coverage and bias of predictive quantiles."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

# The 23 levels of the forecast hubs: a median and eleven central intervals.
QUANTILE_LEVELS = np.array([0.01, 0.025, *(step / 20 for step in range(1, 20)), 0.975, 0.99])


@dataclass(frozen=True, kw_only=True)
class Score:
    """Means over all forecasts that have been observed.

    Attributes
    ----------
    forecasts
        How many were scored.
    wis
        Weighted interval score in the unit of the counts; 0 is perfect.
    log_wis
        The same on log(1 + count), where a place of a thousand weighs as one of a million.
    coverage_50, coverage_95
        Share of observations within the central 50% and 95% intervals.
    bias
        -1 where every observation lies above the forecast, 1 where every one lies below, 0 where they balance.
    """

    forecasts: int
    wis: float
    log_wis: float
    coverage_50: float
    coverage_95: float
    bias: float


def weighted_interval_score(observed: ArrayLike, quantiles: ArrayLike, levels: ArrayLike = QUANTILE_LEVELS) -> Floats:
    """Weighted interval score, twice the mean pinball loss over the levels.

    Parameters
    ----------
    observed
        Shape (...).
    quantiles
        Shape (..., levels), in the unit of `observed`.
    levels
        Symmetric about a median; shape (levels,).

    Notes
    -----
    With K central intervals of miss rate α_k and the median m,

        WIS = (|y - m| / 2 + Σ_k α_k / 2 · IS_k) / (K + 1/2) = 2 / (2K + 1) Σ_τ (1{y <= q_τ} - τ) (q_τ - y)

    Bracher, Ray, Gneiting, Reich, "Evaluating epidemic forecasts in an interval format", PLoS Comput Biol 17 (2021).
    """
    excess = np.asarray(quantiles, float) - np.asarray(observed, float)[..., None]
    pinball = np.where(excess >= 0, 1 - np.asarray(levels, float), -np.asarray(levels, float)) * excess
    score: Floats = 2 * pinball.mean(axis=-1)
    return score


def interval_coverage(observed: ArrayLike, quantiles: ArrayLike, share: float) -> NDArray[np.bool_]:
    """Whether each observation lies within the central interval of `share`, ends included; shapes as above."""
    low, high = (_at(quantiles, level) for level in ((1 - share) / 2, (1 + share) / 2))
    counts = np.asarray(observed, float)
    return (low <= counts) & (counts <= high)


def quantile_bias(observed: ArrayLike, quantiles: ArrayLike, levels: ArrayLike = QUANTILE_LEVELS) -> Floats:
    """Where each observation lies in its forecast, from -1 (above all of it) to 1 (below all of it); shape (...)."""
    values, counts = np.asarray(quantiles, float), np.asarray(observed, float)[..., None]
    at_most = np.max(np.where(values <= counts, np.asarray(levels, float), 0.0), axis=-1)
    at_least = np.min(np.where(values >= counts, np.asarray(levels, float), 1.0), axis=-1)
    bias: Floats = 1 - (at_most + at_least)
    return bias


def score(observed: ArrayLike, quantiles: ArrayLike) -> Score:
    """All scores, over the forecasts whose observation is known (not `nan`); shapes as in `weighted_interval_score`."""
    counts, values = np.asarray(observed, float), np.asarray(quantiles, float)
    known = ~np.isnan(counts) & ~np.isnan(values).any(axis=-1)
    counts, values = counts[known], values[known]
    if not counts.size:
        return Score(forecasts=0, wis=np.nan, log_wis=np.nan, coverage_50=np.nan, coverage_95=np.nan, bias=np.nan)
    logs = weighted_interval_score(np.log1p(np.maximum(counts, 0)), np.log1p(values))
    return Score(
        forecasts=counts.size,
        wis=float(weighted_interval_score(counts, values).mean()),
        log_wis=float(logs.mean()),
        coverage_50=float(interval_coverage(counts, values, 0.5).mean()),
        coverage_95=float(interval_coverage(counts, values, 0.95).mean()),
        bias=float(quantile_bias(counts, values).mean()),
    )


def _at(quantiles: ArrayLike, level: float) -> Floats:
    position = int(np.argmin(np.abs(QUANTILE_LEVELS - level)))
    values: Floats = np.asarray(quantiles, float)[..., position]
    return values
