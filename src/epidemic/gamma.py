"""Gamma distribution, vectorised over shapes with NumPy alone, so that the estimates need no SciPy.

Accurate to about 1e-12 relative for probabilities between 1e-3 and 1 - 1e-3 and shapes from 0.1 to 1e8, more than the
posterior quantiles of the reproduction number ask for; `tests/epidemic/test_gamma.py` compares with SciPy.
"""

from math import lgamma, log, pi
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

# From here on the integrand is smooth enough for a fixed quadrature; below, the power series needs few terms.
_QUADRATURE_FROM_SHAPE = 60.0
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(48)
# Stirling's correction ln Γ(a) - [(a - 1/2) ln a - a + ln(2π)/2], DLMF 5.11.1.
_STIRLING = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680)
_HALLEY_STEPS = 12
_FRACTION_STEPS = 400


def gamma_cdf(value: ArrayLike, shape: ArrayLike, scale: float = 1.0) -> Floats:
    """Probability that a gamma variable is at most `value`: the incomplete gamma function P(shape, value / scale).

    Parameters
    ----------
    value, shape
        Broadcast together; values below zero have probability 0. `shape` > 0.
    scale
        > 0, in the unit of `value`.
    """
    points, shapes = np.broadcast_arrays(np.asarray(value, float) / scale, np.asarray(shape, float))
    result = np.zeros(points.shape)
    large = (points > 0) & (shapes >= _QUADRATURE_FROM_SHAPE)
    body = (points > 0) & ~large & (points < shapes + 1)
    tail = (points > 0) & ~large & ~body
    result[body] = _cdf_by_series(points[body], shapes[body])
    result[tail] = 1 - _tail_by_fraction(points[tail], shapes[tail])
    result[large] = _cdf_by_quadrature(points[large], shapes[large])
    return result


def gamma_quantile(probability: float, shape: ArrayLike, scale: ArrayLike = 1.0) -> Floats:
    """Value below which a gamma variable falls with the given probability; the inverse of `gamma_cdf`.

    Equal shapes are solved once: posterior shapes of counts are integers plus a prior, so few differ.

    Parameters
    ----------
    probability
        Strictly between 0 and 1.
    shape, scale
        Broadcast together; `nan` stays `nan`.
    """
    shapes = np.asarray(shape, float)
    distinct, position = np.unique(shapes, return_inverse=True)
    solved = np.full(distinct.shape, np.nan)
    known = np.isfinite(distinct)
    solved[known] = _standard_quantile(probability, distinct[known])
    standard: Floats = solved[position].reshape(shapes.shape)
    result: Floats = standard * np.asarray(scale, float)
    return result


def _standard_quantile(probability: float, shapes: Floats) -> Floats:
    """Halley's iteration on P(a, x) = p; Numerical Recipes 3rd ed. 6.2.1 gives the step."""
    points = _first_guess(probability, shapes)
    for _ in range(_HALLEY_STEPS):
        error = gamma_cdf(points, shapes) - probability
        newton = error / np.exp(_log_density(points, shapes))
        step = newton / (1 - 0.5 * np.minimum(1.0, newton * ((shapes - 1) / points - 1)))
        points = np.where(step >= points, 0.5 * points, points - step)
        if np.all(np.abs(step) <= 1e-13 * points):
            break
    return points


def _first_guess(probability: float, shapes: Floats) -> Floats:
    """Wilson and Hilferty's cube for shapes above 1, the leading power of P(a, x) for the lower tail below that."""
    normal = NormalDist().inv_cdf(probability)
    root = 1 - 1 / (9 * shapes) + normal / (3 * np.sqrt(shapes))
    log_power = (log(probability) + np.array([lgamma(shape + 1) for shape in shapes])) / shapes
    return np.where((shapes > 1) & (root > 0.4), shapes * root**3, np.exp(np.clip(log_power, -600.0, 50.0)))


def _cdf_by_series(points: Floats, shapes: Floats) -> Floats:
    """P(a, x) = x^a e^-x / Γ(a+1) * Σ x^n / ((a+1)…(a+n)); DLMF 8.11.4. All terms are positive, so nothing cancels."""
    term = np.ones_like(points)
    total = np.ones_like(points)
    divisor = shapes.copy()
    while np.any(term > 1e-16 * total):
        divisor += 1
        term = term * points / divisor
        total += term
    front = np.exp(_small_log_density(points, shapes)) * points / shapes
    return np.minimum(front * total, 1.0)


def _tail_by_fraction(points: Floats, shapes: Floats) -> Floats:
    """Q(a, x) by Legendre's continued fraction (DLMF 8.9.2), evaluated with Lentz's method."""
    step = 0
    odd = points + 1 - shapes
    numerator, denominator = np.full_like(points, np.inf), 1 / odd
    fraction, change = denominator.copy(), np.zeros_like(points)
    while np.any(np.abs(change - 1) > 4e-16) and step < _FRACTION_STEPS:
        step += 1
        even = -step * (step - shapes)
        odd = odd + 2
        denominator = 1 / (even * denominator + odd)
        numerator = odd + even / numerator
        change = denominator * numerator
        fraction = fraction * change
    return np.exp(_small_log_density(points, shapes)) * points * fraction


def _cdf_by_quadrature(points: Floats, shapes: Floats) -> Floats:
    """Gauss-Legendre over the tail that does not hold the mode, twelve standard deviations far."""
    spread = np.sqrt(shapes)
    upper = points > shapes
    below = shapes - 12 * spread
    far = np.where(upper, points + 12 * spread, np.where((below > 0) & (below < points), below, 0.0))
    half, middle = 0.5 * (far - points), 0.5 * (far + points)
    nodes = middle + half * _NODES[:, None]
    tail = np.abs(half) * (_WEIGHTS @ np.exp(_large_log_density(nodes, shapes)))
    return np.where(upper, 1 - tail, tail)


def _log_density(points: Floats, shapes: Floats) -> Floats:
    """Log of the standard gamma density."""
    result = np.empty_like(points)
    large = shapes >= _QUADRATURE_FROM_SHAPE
    result[large] = _large_log_density(points[large], shapes[large])
    result[~large] = _small_log_density(points[~large], shapes[~large])
    return result


def _small_log_density(points: Floats, shapes: Floats) -> Floats:
    log_gamma = np.array([lgamma(shape) for shape in shapes])
    density: Floats = (shapes - 1) * np.log(points) - points - log_gamma
    return density


def _large_log_density(points: Floats, shapes: Floats) -> Floats:
    """In Stirling's form, whose large terms have cancelled on paper; `points` may have nodes on a first axis."""
    excess = points / shapes - 1
    return -shapes * (excess - np.log1p(excess)) - np.log(points) + 0.5 * np.log(shapes / (2 * pi)) - _stirling(shapes)


def _stirling(shapes: Floats) -> Floats:
    inverse = 1 / shapes
    return sum((c * inverse ** (2 * k + 1) for k, c in enumerate(_STIRLING)), np.zeros_like(shapes))
