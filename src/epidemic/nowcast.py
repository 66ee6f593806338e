"""Cases that have happened but are not yet reported, from how late earlier ones came: the reporting triangle."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from epidemic.scoring import QUANTILE_LEVELS

Floats = NDArray[np.float64]

# Pseudo-cases spread evenly over the delays, so that a delay never seen stays possible.
PRIOR_CASES = 1.0
DRAWS = 2000


class TriangleError(ValueError):
    """Counts by delay that are no reporting triangle; the message says how to mend them."""


@dataclass(frozen=True)
class Nowcast:
    """Cases by day of onset, reported so far and in the end.

    Attributes
    ----------
    reported
        Cases known by the last day, shape (days,).
    mean
        Expected cases once all reports are in, shape (days,).
    quantiles
        Shape (days, levels), at `levels`; whole cases, never below `reported`.
    levels
        Shape (levels,).
    completeness
        Share of each day's cases expected to be reported by the last day, shape (days,).
    """

    reported: Floats
    mean: Floats
    quantiles: Floats
    levels: Floats
    completeness: Floats


def reporting_triangle(onset: ArrayLike, report: ArrayLike, *, days: int, longest: int) -> Floats:
    """Cases by day of onset and delay until the report.

    Parameters
    ----------
    onset, report
        Day numbers from 0, one per case, shape (cases,). Reports after day `days - 1` are not known yet and left out.
    days, longest
        Days to cover; longest delay in days to keep, later reports being added to it.

    Returns
    -------
    Shape (days, longest + 1), time first; `nan` where the report would lie after the last day.
    """
    started, told = np.asarray(onset, int), np.asarray(report, int)
    if np.any(told < started):
        raise TriangleError("a case is reported before its onset: exchange or mend the two dates")
    known = (told < days) & (started >= 0)
    triangle = np.zeros((days, longest + 1))
    np.add.at(triangle, (started[known], np.minimum(told - started, longest)[known]), 1)
    delay = np.arange(longest + 1)
    triangle[np.arange(days)[:, None] + delay >= days] = np.nan
    return triangle


def delay_distribution(triangle: ArrayLike, *, recent: int | None = None) -> Floats:
    """Probability of each delay, by the reverse-time hazard; shape (delays,).

    Parameters
    ----------
    triangle
        Shape (days, delays), `nan` where not known yet.
    recent
        Days of report that still count: delays change with the workload. All of them by default.

    Notes
    -----
    With n_d the cases of delay d and N_d those of delay at most d, both over the days on which delay d could be seen,
    the share that is reported at d among those reported by d is g_d = n_d / N_d, and p_d = g_d Π_{e>d} (1 - g_e)
    (Lawless, Can J Stat 22 (1994)), which right truncation does not bias.
    """
    counts = _checked(triangle)
    seen = ~np.isnan(counts) & _reported_within(counts, recent)
    reported = np.nan_to_num(counts)
    prior = PRIOR_CASES / counts.shape[1]
    at = np.where(seen, reported, 0.0).sum(axis=0) + prior
    upto = np.where(seen, np.cumsum(reported, axis=1), 0.0).sum(axis=0) + prior * np.arange(1, counts.shape[1] + 1)
    hazard = at / upto
    hazard[0] = 1.0
    later = np.append(np.cumprod(1 - hazard[:0:-1])[::-1], 1.0)
    probability: Floats = hazard * later
    return probability


def nowcast(
    triangle: ArrayLike,
    *,
    generator: np.random.Generator,
    recent: int | None = None,
    levels: Sequence[float] | Floats = QUANTILE_LEVELS,
) -> Nowcast:
    """Cases by day once all reports are in.

    Parameters
    ----------
    triangle
        Shape (days, delays), `nan` where not known yet; see `reporting_triangle`.
    recent
        As in `delay_distribution`.

    Notes
    -----
    Of a day's cases a share F(D), D being the longest delay seen so far, is reported. With r reported and a prior
    1/sqrt(total), what is missing is negative binomial: r + 1/2 successes of probability F(D). The doubt about F itself
    is a beta with as many cases behind it as the delays were learned from, fewer where delays vary from day to day.
    """
    counts = _checked(triangle)
    probability = delay_distribution(counts, recent=recent)
    reported = np.nansum(counts, axis=1)
    longest_seen = (~np.isnan(counts)).sum(axis=1)
    completeness = np.concatenate([[0.0], np.cumsum(probability)])[longest_seen].clip(1e-6, 1.0)
    strength = _strength(counts, probability)
    whole = completeness > 1 - 1e-9
    share = generator.beta(
        np.maximum(completeness * strength, 1e-3), np.maximum((1 - completeness) * strength, 1e-3), (DRAWS, len(counts))
    )
    share = np.where(whole, 1.0, share.clip(1e-4, 1.0))
    missing = np.where(whole, 0, generator.negative_binomial(reported + 0.5, np.where(whole, 1.0, share)))
    total = reported + missing
    asked = np.asarray(levels, float)
    return Nowcast(reported, total.mean(axis=0), np.quantile(total, asked, axis=0).T, asked, completeness)


def _strength(counts: Floats, probability: Floats) -> float:
    """Cases that a day's completeness is known from: all of those before, but fewer where delays differ between days.

    With independent delays Σ (x - e)² / (e (1 - p)) averages 1; what is above that gives the correlation ρ of a day's
    cases (a Dirichlet-multinomial of n cases has 1 + (n - 1) ρ).
    """
    whole = counts[~np.isnan(counts).any(axis=1)]
    expected = whole.sum(axis=1, keepdims=True) * probability
    usable = expected > 1
    cases = PRIOR_CASES + float(np.nansum(counts))
    if usable.sum() < counts.shape[1]:
        return cases / 4
    excess = max(float(np.mean(((whole - expected) ** 2 / (expected * (1 - probability) + 1e-12))[usable])), 1.0)
    correlation = (excess - 1) / max(float(whole.sum(axis=1).mean()) - 1, 1.0)
    return max(1 / (correlation + excess / cases), 2.0)


def _reported_within(counts: Floats, recent: int | None) -> NDArray[np.bool_]:
    """Which cells were reported in the last `recent` days; shape (days, delays)."""
    report_day = np.arange(len(counts))[:, None] + np.arange(counts.shape[1])
    within: NDArray[np.bool_] = report_day >= (0 if recent is None else len(counts) - recent)
    return within


def _checked(triangle: ArrayLike) -> Floats:
    counts = np.asarray(triangle, float)
    if counts.ndim != 2 or not counts.size:
        raise TriangleError("a reporting triangle has days and delays: give an array of two axes")
    if np.any(counts < 0):
        raise TriangleError("a reporting triangle holds counts: none may be negative")
    return counts
