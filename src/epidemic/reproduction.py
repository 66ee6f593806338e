"""Instantaneous reproduction number by the method of Cori et al. (2013), for one place or many at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from epidemic.delays import UncertainSerialInterval, discretised_serial_interval
from epidemic.gamma import gamma_cdf, gamma_quantile

Floats = NDArray[np.float64]

QUANTILES = (0.025, 0.5, 0.975)
_BISECTIONS = 60


class IncidenceError(ValueError):
    """Counts that no reproduction number can be estimated from; the message says how to mend them."""


@dataclass(frozen=True, kw_only=True)
class GammaPrior:
    """What is held of R before any case is seen; mean 5 and sd 5, as EpiEstim, so that control is never presumed."""

    mean: float = 5.0
    sd: float = 5.0

    @property
    def shape(self) -> float:
        return (self.mean / self.sd) ** 2

    @property
    def scale(self) -> float:
        return self.sd**2 / self.mean


@dataclass(frozen=True, kw_only=True)
class ReproductionEstimate:
    """Posterior of R by window.

    Attributes
    ----------
    t_start, t_end
        First and last day of each window, counted from 1; shape (windows,).
    mean, sd
        Shape (windows, places), no unit. `nan` where the window ends before one mean serial interval has passed.
    quantiles
        Probability -> values of the same shape.
    """

    t_start: NDArray[np.int64]
    t_end: NDArray[np.int64]
    mean: Floats
    sd: Floats
    quantiles: dict[float, Floats]


def infectiousness(cases: ArrayLike, serial_interval: ArrayLike) -> Floats:
    """Total infectiousness of those infected earlier, Λ(t) = Σ_s w(s) I(t - s).

    Parameters
    ----------
    cases
        All cases, local and imported, by day; shape (days,) or (days, places).
    serial_interval
        Weights by delay in days from 0; shape (delays,).

    Returns
    -------
    Same shape as `cases`, in cases per day; `nan` on the first day, before which nothing is known.
    """
    counts = np.asarray(cases, float)
    weights = np.asarray(serial_interval, float)[: len(counts)]
    total = np.zeros_like(counts)
    for delay in np.flatnonzero(weights):
        total[delay:] += weights[delay] * counts[: len(counts) - delay]
    total[:1] = np.nan
    return total


def estimate_reproduction(
    cases: ArrayLike,
    serial_interval: ArrayLike,
    *,
    window: int = 7,
    imported: ArrayLike | None = None,
    prior: GammaPrior = GammaPrior(),
    quantiles: Sequence[float] = QUANTILES,
) -> ReproductionEstimate:
    """Posterior of the reproduction number over sliding windows.

    Parameters
    ----------
    cases
        New cases by day, local and imported together; shape (days,) or (days, places), time first. `nan` marks a day
        without a report: it counts neither as cases nor as exposure, and infects as the days around it.
    serial_interval
        Weights by delay in days from 0; shape (delays,).
    window
        Days in a window. The first begins on day 2, the day after the first cases, which are taken as imported.
    imported
        Those of `cases` infected elsewhere: they infect, but nobody here infected them. Same shape as `cases`.

    Notes
    -----
    In a window of days t, with a prior of shape a and scale b, R is gamma-distributed with

        shape a + Σ I_local(t),   scale 1 / (1/b + Σ Λ(t)).

    Equal to EpiEstim 2.2 `estimate_R` with `parametric_si` or `non_parametric_si` within 1e-9.
    """
    counts = as_places(cases)
    weights = np.asarray(serial_interval, float)
    t_start, t_end = sliding_windows(len(counts), window)
    shape, scale = _posterior(counts, _local(counts, imported), weights, window, prior)
    early = t_end <= np.arange(len(weights)) @ weights
    shape[early] = scale[early] = np.nan
    return ReproductionEstimate(
        t_start=t_start,
        t_end=t_end,
        mean=shape * scale,
        sd=np.sqrt(shape) * scale,
        quantiles={level: gamma_quantile(level, shape, scale) for level in quantiles},
    )


def estimate_reproduction_uncertain(
    cases: ArrayLike,
    serial_interval: UncertainSerialInterval,
    *,
    generator: np.random.Generator,
    draws: int = 100,
    window: int = 7,
    imported: ArrayLike | None = None,
    prior: GammaPrior = GammaPrior(),
    quantiles: Sequence[float] = QUANTILES,
) -> ReproductionEstimate:
    """Posterior of R averaged over a serial interval that is itself uncertain (EpiEstim's `uncertain_si`).

    EpiEstim samples from each drawn interval's posterior; here the mixture of those posteriors is evaluated exactly,
    so the only chance left is in the `draws` pairs of mean and standard deviation.
    """
    pairs = serial_interval.draw(draws, generator)
    return mix_over_serial_intervals(cases, pairs, window=window, imported=imported, prior=prior, quantiles=quantiles)


def mix_over_serial_intervals(
    cases: ArrayLike,
    pairs: Iterable[tuple[float, float]],
    *,
    window: int = 7,
    imported: ArrayLike | None = None,
    prior: GammaPrior = GammaPrior(),
    quantiles: Sequence[float] = QUANTILES,
) -> ReproductionEstimate:
    """Equal-weight mixture of the posteriors under each (mean, sd) of the serial interval, in days; shapes as above.

    Mean m and variance v of the mixture follow from each part's m_i and v_i: m = E m_i, v = E v_i + Var m_i. A part is
    left out of windows that end before its own mean interval has passed.
    """
    counts = as_places(cases)
    parts = [
        estimate_reproduction(
            counts,
            discretised_serial_interval(len(counts), mean, sd),
            window=window,
            imported=imported,
            prior=prior,
            quantiles=(),
        )
        for mean, sd in pairs
    ]
    means, sds = np.stack([part.mean for part in parts]), np.stack([part.sd for part in parts])
    mean = _mean_of_known(means)
    variance = _mean_of_known(sds**2) + _mean_of_known((means - mean) ** 2)
    return ReproductionEstimate(
        t_start=parts[0].t_start,
        t_end=parts[0].t_end,
        mean=mean,
        sd=np.sqrt(variance),
        quantiles={level: _mixture_quantile(level, means, sds) for level in quantiles},
    )


def sliding_windows(days: int, window: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First and last day, counted from 1, of every window from day 2 on; each shape (windows,)."""
    if window < 1 or days < window + 1:
        raise IncidenceError(
            f"a window of {window} days needs at least {max(window, 1) + 1} days of counts, not {days}: "
            "choose a window that fits"
        )
    t_start = np.arange(2, days - window + 2)
    return t_start, t_start + window - 1


def as_places(cases: ArrayLike) -> Floats:
    """Counts as (days, places); refuses negative ones."""
    counts = np.asarray(cases, float)
    if counts.ndim == 1:
        counts = counts[:, None]
    if np.any(counts < 0):
        raise IncidenceError("no daily count may be negative: put the corrected count, or leave the day empty")
    return counts


def fill_missing_days(counts: Floats) -> Floats:
    """Missing days of each place taken on the straight line between the days around; shape (days, places)."""
    filled = counts.copy()
    days = np.arange(len(counts))
    for place in np.flatnonzero(np.isnan(counts).any(axis=0)):
        known = ~np.isnan(counts[:, place])
        filled[:, place] = np.interp(days, days[known], counts[known, place]) if known.any() else 0.0
    return filled


def _local(counts: Floats, imported: ArrayLike | None) -> Floats:
    if imported is None:
        return counts
    elsewhere = as_places(imported)
    if elsewhere.shape != counts.shape:
        raise IncidenceError("imported cases must be given for the same days and places as all cases")
    if np.any(elsewhere > counts):
        raise IncidenceError("imported cases are part of all cases and cannot outnumber them")
    return counts - np.nan_to_num(elsewhere)


def _posterior(counts: Floats, local: Floats, weights: Floats, window: int, prior: GammaPrior) -> tuple[Floats, Floats]:
    """Shape and scale of the gamma posterior, each (windows, places)."""
    reported = ~np.isnan(counts)
    exposure = infectiousness(fill_missing_days(counts), weights)
    infected = _window_sums(np.where(reported, local, 0.0), window)
    exposed = _window_sums(np.where(reported, exposure, 0.0), window)
    return prior.shape + infected, 1 / (1 / prior.scale + exposed)


def _window_sums(series: Floats, window: int) -> Floats:
    """Sums over each window from day 2 on. Summed afresh, since running differences would lose digits after a peak."""
    total: Floats = np.lib.stride_tricks.sliding_window_view(series[1:], window, axis=0).sum(axis=-1)
    return total


def _mean_of_known(stack: Floats) -> Floats:
    """Mean over the first axis of what is not `nan`; `nan` where nothing is known."""
    known = ~np.isnan(stack)
    with np.errstate(invalid="ignore"):
        mean: Floats = np.where(known, stack, 0.0).sum(axis=0) / known.sum(axis=0)
    return mean


def _mixture_quantile(level: float, means: Floats, sds: Floats) -> Floats:
    """Where the mixture's distribution function reaches `level`: bisection between its parts' own quantiles."""
    shape, scale = (means / sds) ** 2, sds**2 / means
    ends = gamma_quantile(level, shape, scale)
    known = ~np.isnan(ends)
    low = np.where(known, ends, np.inf).min(axis=0)
    high = np.where(known, ends, -np.inf).max(axis=0)
    settled = ~np.isfinite(low)
    low[settled] = high[settled] = 1.0
    safe_shape, safe_scale = np.where(known, shape, 1.0), np.where(known, scale, 1.0)
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        reached = _mean_of_known(np.where(known, gamma_cdf(middle / safe_scale, safe_shape), np.nan)) >= level
        low, high = np.where(reached, low, middle), np.where(reached, middle, high)
        if np.all(high - low <= 1e-11 * high):
            break
    return np.where(settled, np.nan, (low + high) / 2)
