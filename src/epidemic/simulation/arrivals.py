"""Infections that come from outside: the outbreak's beginning, and people who arrive from epidemic areas."""

from math import log1p

import numpy as np

from epidemic.simulation.care import confirm
from epidemic.simulation.infection import infect
from epidemic.simulation.kernel import part_kernel, step_kernel
from epidemic.simulation.kinds import ARRIVALS_CAUGHT, ARRIVALS_INFECTED
from epidemic.simulation.orders import World
from epidemic.simulation.randomness import ARRIVALS, below, key_of, uniform
from epidemic.simulation.state import LISTED, State, is_open

FROM_OUTSIDE = -2
TRIES = 30
"""How often somebody else is picked in place of one who cannot be infected; after that an area counts as full."""


@step_kernel
def arrive(world: World, state: State, day: int) -> None:
    """Infect people of the places named, picked evenly; a checkpoint finds some of them at once."""
    coming = world.plan.introductions
    for at in range(len(coming.day)):
        if coming.day[at] != day:
            continue
        key, first, last = key_of(world.seed, ARRIVALS, day), coming.bounds[at, 0], coming.bounds[at, 1]
        number = _poisson(key, at, coming.number[at]) if coming.varies[at] else int(coming.number[at])
        for nth in range(number):
            draw = (at + 1) * 65536 + nth
            person = int(coming.pool[first + below(key, draw, 0, last - first)])
            for again in range(TRIES):
                if not is_open(state, person):
                    person = int(coming.pool[first + below(key, draw, 2 + again, last - first)])
            if is_open(state, person):
                infect(world, state, day, person, FROM_OUTSIDE, int(coming.variant[at]), -1)
                state.tallies.daily[day, ARRIVALS_INFECTED] += 1
                if uniform(key, draw, 1) < coming.caught[at]:
                    state.tallies.daily[day, ARRIVALS_CAUGHT] += 1
                    newest = state.ledgers.size[LISTED] - 1
                    confirm(world, state, day, state.ledgers.infected[newest])
                    state.ledgers.wakes[newest] = day


@part_kernel
def _poisson(key: np.uint64, at: int, mean: float) -> int:
    """How many steps of exponential length fit into the mean."""
    number, passed = 0, -log1p(-uniform(key, at, 2))
    while passed < mean and number < 60_000:
        number += 1
        passed -= log1p(-uniform(key, at, 2 + number))
    return number
