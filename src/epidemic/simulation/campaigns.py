"""Vaccination campaigns as the numbers that kernels read."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from epidemic.simulation.areas import Gazetteer
from epidemic.simulation.measures import Order, Vaccination
from epidemic.simulation.orders import REMEMBERED_DAYS, Campaigns
from epidemic.simulation.population import Population
from epidemic.simulation.programmes import bits_of, members_of
from epidemic.simulation.randomness import VACCINATION

Ids = NDArray[np.int32]
Singles = NDArray[np.float32]


def campaigns_of(orders: Sequence[Order], days: int, population: Population, gazetteer: Gazetteer) -> Campaigns:
    """All campaigns of a scenario; the protection of the first holds for the vaccine of all."""
    found = [order for order in orders if isinstance(order, Vaccination)]
    queues = [_queue(order, population, gazetteer) for order in found]
    ends = np.cumsum([0, *(len(queue) for queue in queues)])
    return Campaigns(
        order=np.concatenate([*queues, np.empty(0, np.int32)]).astype(np.int32),
        bounds=np.column_stack([ends[:-1], ends[1:]]).astype(np.int64),
        supply=np.array([_supply(order, days) for order in found], np.int64).reshape(len(found), days),
        interval=np.array([order.interval for order in found], np.int64),
        already=np.array(
            [round(order.already * len(queue)) for order, queue in zip(found, queues, strict=True)], np.int64
        ),
        protection=_protection(found[0]) if found else np.zeros((3, 2, REMEMBERED_DAYS), np.float32),
    )


def _queue(order: Vaccination, population: Population, gazetteer: Gazetteer) -> Ids:
    """Who wants to be vaccinated, group by group in the order of priority, mixed within each: the same people for all seeds."""
    inside = gazetteer.hamlets(order.area)[population.people.hamlet]
    generator = np.random.default_rng(VACCINATION)
    willing = inside & (generator.random(population.size) < order.uptake)
    queues = []
    for group in order.groups:
        of_group = willing & members_of(bits_of((group,)), population)
        willing &= ~of_group
        queues.append(generator.permutation(np.flatnonzero(of_group)).astype(np.int32))
    return np.concatenate(queues) if queues else np.empty(0, np.int32)


def _supply(order: Vaccination, days: int) -> NDArray[np.int64]:
    """Doses on each day until the last day of the order or the last dose."""
    day = np.arange(days)
    given = np.where([order.holds_on(int(one)) for one in day], order.doses_a_day, 0.0)
    total = np.minimum(np.cumsum(given), order.doses)
    return np.asarray(np.diff(np.floor(total), prepend=0.0), np.int64)


def _protection(order: Vaccination) -> Singles:
    """By aspect, dose and days since it: full from `delay` days on, before that what the dose before gave."""
    since = np.arange(REMEMBERED_DAYS)
    table = np.empty((3, 2, REMEMBERED_DAYS), np.float32)
    severe = [_given_infection(all_in, against) for all_in, against in zip(order.severe, order.infection, strict=True)]
    for aspect, doses in enumerate((order.infection, order.passing_on, severe)):
        waning = 1.0 if aspect == 2 else 0.5 ** (np.maximum(since - order.delay, 0) / order.half_life)
        for dose in (0, 1):
            before = doses[0] if dose else 0.0
            table[aspect, dose] = np.where(since < order.delay, before, doses[dose] * waning)
    return table


def _given_infection(severe: float, infection: float) -> float:
    """Protection against severe disease of those who are infected in spite of the vaccine."""
    return max(0.0, 1 - (1 - severe) / max(1e-9, 1 - infection))
