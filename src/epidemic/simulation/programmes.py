"""Test programmes as the numbers that kernels read."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from epidemic.simulation.areas import Gazetteer
from epidemic.simulation.kinds import (
    ADULT_BIT,
    ADULT_FROM,
    ELDERLY_BIT,
    ELDERLY_FROM,
    EVERYONE,
    HEALTH_WORKER,
    PARK_WORKER,
    PUPIL,
    TEACHER,
    WORKER,
)
from epidemic.simulation.measures import Order, Sampling
from epidemic.simulation.orders import UNLIMITED, Programmes
from epidemic.simulation.population import Population

GROUPS = {
    "everyone": EVERYONE,
    "schools": 1 << PUPIL | 1 << TEACHER,
    "teachers": 1 << TEACHER,
    "workers": 1 << WORKER | 1 << PARK_WORKER,
    "parks": 1 << PARK_WORKER,
    "health": 1 << HEALTH_WORKER,
    "elderly": ELDERLY_BIT,
    "adults": ADULT_BIT,
}


def bits_of(groups: Sequence[str]) -> int:
    """Groups as one number of bits."""
    bits = 0
    for group in groups:
        bits |= GROUPS[group]
    return bits


def members_of(bits: int, population: Population) -> NDArray[np.bool_]:
    """Who belongs to one of the groups, shape (people,)."""
    of = population.people
    found = (np.left_shift(1, of.role.astype(np.int64)) & bits) > 0
    if bits & ELDERLY_BIT:
        found |= of.age >= ELDERLY_FROM
    if bits & ADULT_BIT:
        found |= of.age >= ADULT_FROM
    return np.asarray(found)


def programmes_of(orders: Sequence[Order], days: int, population: Population, gazetteer: Gazetteer) -> Programmes:
    """All test programmes of a scenario."""
    found = [order for order in orders if isinstance(order, Sampling)]
    hamlets = [gazetteer.hamlets(order.area) for order in found]
    concerned = [
        int(np.count_nonzero(members_of(bits_of(order.groups), population) & inside[population.people.hamlet]))
        for order, inside in zip(found, hamlets, strict=True)
    ]
    others = [_others(order, people) for order, people in zip(found, concerned, strict=True)]
    return Programmes(
        first=_whole([order.since for order in found]),
        last=_whole([days if order.until is None else order.until for order in found]),
        every=_whole([order.every if order.who == "targeted" else 1 for order in found]),
        symptomatic=np.array(
            [order.share if order.who == "symptomatic" else other for order, other in zip(found, others, strict=True)],
            float,
        ),
        other=np.array(others, float),
        sensitivity=np.array([order.sensitivity for order in found], float),
        capacity=np.minimum(np.array([order.tests_a_day for order in found], float), UNLIMITED),
        pool=_whole([order.pool for order in found]),
        turnaround=_whole([max(1, order.turnaround) for order in found]),
        groups=_whole([bits_of(order.groups) for order in found]),
        hamlets=np.array(hamlets, np.uint8).reshape(len(found), len(population.hamlet_commune)),
        concerned=np.array(concerned, float),
        alike=np.array([order.alike if order.who == "symptomatic" else 0.0 for order in found], float),
    )


def _others(order: Sampling, people: int) -> float:
    """Chance of somebody of the group without symptoms to be sampled on a day of the programme."""
    if order.who == "targeted":
        return order.share
    if order.who == "random":
        return min(1.0, order.tests_a_day * order.pool / max(1, people))
    return 0.0


def _whole(values: Sequence[int]) -> NDArray[np.int64]:
    return np.array(values, np.int64)
