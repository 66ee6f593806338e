"""Fit the parameters of a simulator whose likelihood nobody can write down: approximate Bayesian computation by rounds.

Population Monte Carlo of Beaumont et al., Biometrika 96 (2009), 983-990, with a fixed number of simulations a round: each
round draws around what the round before kept, keeps what comes nearer than its tolerance, and weighs it by prior over
proposal, so that the draws stand for the posterior given a distance below the last tolerance.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

Distance = Callable[[Floats, int], float]
"""How far a simulation with these parameters (in the order of the prior) and this seed comes from what was seen."""


class CalibrationError(ValueError):
    """A calibration that cannot be run; the message says how to mend it."""


@dataclass(frozen=True)
class Prior:
    """Independent uniform priors: names, and the ends of each; shape (parameters,).

    Raises
    ------
    CalibrationError
        Where ends and names differ in number or a range is empty.
    """

    names: Sequence[str]
    low: Floats
    high: Floats

    def __post_init__(self) -> None:
        if not len(self.names) == len(self.low) == len(self.high) or np.any(self.high <= self.low):
            raise CalibrationError("give each parameter a name, a low end and a higher one")

    def draw(self, count: int, generator: np.random.Generator) -> Floats:
        """Draws, shape (count, parameters)."""
        return generator.uniform(self.low, self.high, (count, len(self.names)))

    def holds(self, draws: Floats) -> NDArray[np.bool_]:
        """Which draws lie inside; shape (draws,)."""
        inside: NDArray[np.bool_] = np.all((draws >= self.low) & (draws <= self.high), axis=1)
        return inside


@dataclass(frozen=True)
class Posterior:
    """Weighted draws.

    Attributes
    ----------
    draws
        Shape (kept, parameters).
    weights
        Sum 1, shape (kept,).
    distances, seeds
        Of the simulation behind each draw.
    tolerances
        The greatest distance kept in each round.
    """

    names: Sequence[str]
    draws: Floats
    weights: Floats
    distances: Floats
    seeds: NDArray[np.int64]
    tolerances: Sequence[float]

    def quantiles(self, levels: Sequence[float]) -> Floats:
        """Weighted quantiles of each parameter, shape (levels, parameters)."""
        return np.stack([weighted_quantiles(column, self.weights, levels) for column in self.draws.T], axis=1)

    @property
    def effective(self) -> float:
        """How many draws of equal weight would say as much."""
        return float(1 / np.sum(self.weights**2))

    def sample(self, count: int, generator: np.random.Generator) -> NDArray[np.int64]:
        """Places of draws chosen by weight, with replacement; shape (count,)."""
        return generator.choice(len(self.draws), size=count, p=self.weights)


def weighted_quantiles(values: Floats, weights: Floats, levels: Sequence[float]) -> Floats:
    """Smallest values at which the weights up to them reach each level; shape (levels,)."""
    order = np.argsort(values)
    reached = np.cumsum(weights[order])
    places = np.searchsorted(reached / reached[-1], levels)
    quantiles: Floats = values[order][np.minimum(places, len(values) - 1)]
    return quantiles


def fit(
    distance: Distance,
    prior: Prior,
    *,
    rounds: int = 4,
    each: int = 500,
    keep: float = 0.2,
    seed: int,
    threads: int = 1,
) -> Posterior:
    """Draw from the posterior: what the last of `fitting` keeps. Parameters and errors as there."""
    *_, found = fitting(distance, prior, rounds=rounds, each=each, keep=keep, seed=seed, threads=threads)
    return found


def fitting(
    distance: Distance,
    prior: Prior,
    *,
    rounds: int = 4,
    each: int = 500,
    keep: float = 0.2,
    seed: int,
    threads: int = 1,
) -> Iterator[Posterior]:
    """What each round keeps, so that a long fit can be watched.

    Parameters
    ----------
    rounds, each
        Rounds, and simulations in each.
    keep
        Share of the first round that is kept. Of later rounds is kept what comes nearer than the median of the round
        before, or half that share where this is more, but nothing farther than the tolerance before: what is known to lie
        beyond that need not be simulated to its end.
    seed
        Of the proposals; each simulation gets a seed of its own, one after the other.
    threads
        On how many threads `distance` is asked; the results are the same.

    Raises
    ------
    CalibrationError
        Where a round would keep too few draws to go on from.
    """
    if rounds < 1 or int(each * keep) < _fewest(prior):
        raise CalibrationError(
            f"keep at least {_fewest(prior)} draws of a round: run more simulations or keep more of them"
        )
    generator, kept = np.random.default_rng(seed), None
    for number in range(rounds):
        draws = prior.draw(each, generator) if kept is None else _propose(kept, prior, each, generator)
        seeds = number * each + np.arange(each)
        with ThreadPoolExecutor(threads) as pool:
            distances = np.array(list(pool.map(distance, draws, seeds.tolist())))
        kept = _keep(draws, distances, seeds, prior, kept, keep)
        yield kept


def _fewest(prior: Prior) -> int:
    """Draws without which no covariance can be told."""
    return 2 * len(prior.names) + 2


def _propose(kept: Posterior, prior: Prior, count: int, generator: np.random.Generator) -> Floats:
    """Draws around what was kept, inside the prior."""
    factor = np.linalg.cholesky(_covariance(kept))
    found = np.empty((0, len(kept.names)))
    while len(found) < count:
        centres = kept.draws[kept.sample(count, generator)]
        moved = centres + generator.standard_normal(centres.shape) @ factor.T
        found = np.concatenate([found, moved[prior.holds(moved)]])
    return found[:count]


def _covariance(kept: Posterior) -> Floats:
    """Twice the weighted covariance of what was kept (Beaumont et al.); a little more, so that it can be inverted."""
    covariance = 2 * np.atleast_2d(np.cov(kept.draws.T, aweights=kept.weights))
    wide: Floats = covariance + np.diag(np.maximum(np.diag(covariance), 1e-12)) * 1e-6
    return wide


def _keep(
    draws: Floats,
    distances: Floats,
    seeds: NDArray[np.int64],
    prior: Prior,
    before: Posterior | None,
    keep: float,
) -> Posterior:
    if before is None:
        tolerance = float(np.quantile(distances, keep))
    else:
        aimed = float(weighted_quantiles(before.distances, before.weights, [0.5])[0])
        tolerance = min(before.tolerances[-1], max(aimed, float(np.quantile(distances, keep / 2))))
    near = distances <= tolerance
    if np.count_nonzero(near) < _fewest(prior):
        raise CalibrationError(
            f"only {np.count_nonzero(near)} draws came nearer than {tolerance:g}: run more simulations"
        )
    weights = np.ones(near.sum()) if before is None else 1 / _density(draws[near], before)
    tolerances = (*(before.tolerances if before else ()), tolerance)
    return Posterior(prior.names, draws[near], weights / weights.sum(), distances[near], seeds[near], tolerances)


def _density(draws: Floats, before: Posterior) -> Floats:
    """Density, but for a constant, with which the draws were proposed; the uniform prior is one as well."""
    inverse = np.linalg.inv(_covariance(before))
    apart = draws[:, None, :] - before.draws[None, :, :]
    squared = np.einsum("ijk,kl,ijl->ij", apart, inverse, apart)
    density: Floats = np.exp(-squared / 2) @ before.weights
    return density
