"""Delays in whole days: the serial interval that the reproduction number and the renewal forecast rest on."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from epidemic.gamma import gamma_cdf

Floats = NDArray[np.float64]

# EpiEstim accepts a table whose rounded weights miss one by this much, and uses them as they are.
SUM_TOLERANCE = 0.01


class DelayError(ValueError):
    """A delay that no estimate can rest on; the message says how to mend it."""


def discretised_serial_interval(days: int, mean: float, sd: float) -> Floats:
    """Weights of a serial interval that is gamma-distributed from one day on, by whole days.

    Parameters
    ----------
    days
        Number of weights wanted, for delays 0 to `days - 1`.
    mean, sd
        Of the serial interval, in days; `mean` > 1 and `sd` > 0.

    Returns
    -------
    Weights w, shape (days,); w[0] = 0. They add up to one but for the tail beyond
    `days - 1`, which is cut, not shared out.

    Notes
    -----
    With F_a the distribution function of a gamma of shape a = ((mean-1)/sd)² and scale b = sd²/(mean-1),

        w[k] = k F_a(k) + (k-2) F_a(k-2) - 2 (k-1) F_a(k-1) + a b (2 F_{a+1}(k-1) - F_{a+1}(k-2) - F_{a+1}(k))

    which is the expected share of a day-to-day interval when both infections fall evenly within their days:
    Cori, Ferguson, Fraser, Cauchemez, "A new framework and software to estimate time-varying reproduction numbers
    during epidemics", Am J Epidemiol 178 (2013), web appendix 11.
    """
    if mean <= 1:
        raise DelayError(f"the serial interval's mean must exceed 1 day, not {mean:g}: give it in days")
    if sd <= 0:
        raise DelayError(f"the serial interval's standard deviation must be above 0 days, not {sd:g}")
    shape, scale = ((mean - 1) / sd) ** 2, sd**2 / (mean - 1)
    delay = np.arange(-2.0, days)
    once, again = gamma_cdf(delay, shape, scale), gamma_cdf(delay, shape + 1, scale)
    k, before, now = delay[2:], slice(1, -1), slice(2, None)
    # In this order the terms cancel to exactly 0 where both functions have reached 1; far tails matter for rare cases.
    weights = k * once[now] + (k - 2) * once[:-2] - 2 * (k - 1) * once[before]
    weights = weights + shape * scale * (2 * again[before] - again[:-2] - again[now])
    return np.maximum(weights, 0.0)


def tabulated_serial_interval(delay: ArrayLike, weight: ArrayLike) -> Floats:
    """Weights by delay from a table of (delay in days, weight), in any order; delays without a row weigh nothing."""
    days, weights = np.asarray(delay, float), np.asarray(weight, float)
    _check_table(days, weights)
    table = np.zeros(int(days.max()) + 1)
    table[days.astype(int)] = weights
    if table[0] != 0:
        raise DelayError("the weight of delay 0 must be 0: nobody infects on the day of their own onset")
    return table


def _check_table(days: Floats, weights: Floats) -> None:
    if days.size == 0:
        raise DelayError("the serial interval's table holds no row: give one row for each delay k with its weight w")
    if np.any((days < 0) | (days != np.floor(days))) or np.unique(days).size != days.size:
        raise DelayError("delays must be whole days from 0 up, each once")
    if not np.all(weights >= 0):
        raise DelayError("no weight of the serial interval may be negative or missing")
    if abs(weights.sum() - 1) > SUM_TOLERANCE:
        raise DelayError(f"the weights of the serial interval must add up to 1, not {weights.sum():g}")


@dataclass(frozen=True, kw_only=True)
class TruncatedNormal:
    """A normal quantity (days) known to lie between two bounds."""

    mean: float
    sd: float
    low: float
    high: float

    def draw(self, size: int, generator: np.random.Generator) -> Floats:
        """`size` values, drawn again until within the bounds."""
        if not (self.low < self.mean < self.high and self.sd > 0):
            raise DelayError(
                f"{self.mean:g} days must lie between its bounds {self.low:g} and {self.high:g}, sd above 0"
            )
        drawn = np.empty(0)
        while drawn.size < size:
            fresh = generator.normal(self.mean, self.sd, size)
            drawn = np.concatenate([drawn, fresh[(fresh >= self.low) & (fresh <= self.high)]])
        return drawn[:size]


@dataclass(frozen=True, kw_only=True)
class UncertainSerialInterval:
    """A serial interval whose mean and standard deviation (days) are themselves known only within bounds."""

    mean: TruncatedNormal
    sd: TruncatedNormal

    def draw(self, size: int, generator: np.random.Generator) -> list[tuple[float, float]]:
        """`size` pairs of mean and standard deviation, in days."""
        means, sds = self.mean.draw(size, generator), self.sd.draw(size, generator)
        return list(zip(means.tolist(), sds.tolist(), strict=True))
