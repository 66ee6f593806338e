"""One small province for all tests of the simulator, and a way to run it."""

from collections.abc import Callable

import numpy as np
import pytest

pytest.importorskip("numba")

from epidemic.simulation import (
    DELTA,
    Ensemble,
    Order,
    Outbreak,
    Park,
    Population,
    Scenario,
    Variant,
    build_population,
    invented_province,
    simulate_many,
)

RunMany = Callable[..., Ensemble]


@pytest.fixture(scope="session")
def population() -> Population:
    """12,000 people in 24 communes and two districts, 1,200 of them to work at two parks."""
    parks = [Park(name="North", commune="X001", workers=800), Park(name="South", commune="X024", workers=400)]
    return build_population(invented_province(12_000, 24, parks=parks), seed=3)


@pytest.fixture(scope="session")
def run_many(population: Population) -> RunMany:
    """Run orders beside an outbreak of 30 for some seeds."""

    def run(*orders: Order, days: int = 60, seeds: int = 6, variant: Variant = DELTA, **how: object) -> Ensemble:
        started = (Outbreak(infected=30), *orders)
        scenario = Scenario(days=days, variants=(variant.with_reproduction(3.0),), orders=started, **how)
        return simulate_many(population, scenario, seeds=range(1, seeds + 1))

    return run


@pytest.fixture(scope="session")
def mean_total() -> Callable[[Ensemble, str], float]:
    """Mean over the seeds of a series' total."""
    return lambda ensemble, name: float(np.mean(ensemble.totals(name)))
