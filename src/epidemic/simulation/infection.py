"""The moment of infection: the course it will take, drawn for the person alone, whatever the day or the scenario."""

from typing import Any

import numpy as np

from epidemic.simulation.course import (
    LATENT,
    MILD,
    ONSET_SEVERE,
    PRESYMPTOMS,
    STEPS,
)
from epidemic.simulation.kernel import part_kernel, step_kernel
from epidemic.simulation.kinds import HOUSEHOLD, INFECTIONS, INFECTIONS_LAYER, NEVER, PLACE_INFECTIONS
from epidemic.simulation.orders import (
    AGAINST_SEVERE,
    REMEMBERED_DAYS,
    World,
)
from epidemic.simulation.randomness import ALWAYS, COURSE, key_of, uniform
from epidemic.simulation.state import (
    LATENT_TOTAL,
    RECOVERED_TOTAL,
    SUSCEPTIBLE_TOTAL,
    UNDER_WAY,
    UNINFECTED,
    Bodies,
    State,
)


@part_kernel
def step(key: np.uint64, person: int, draw: int) -> int:
    """A row of a table of quantiles."""
    return int(uniform(key, person, draw) * STEPS)


@part_kernel
def protected(world: World, bodies: Bodies, person: int, day: int, aspect: int) -> float:
    """Protection by vaccine against an aspect of infection on a day, 0 to 1."""
    table = world.plan.campaigns.protection
    if bodies.dose2_on[person] <= day:
        return float(table[aspect, 1, min(day - bodies.dose2_on[person], REMEMBERED_DAYS - 1)])
    if bodies.dose1_on[person] <= day:
        return float(table[aspect, 0, min(day - bodies.dose1_on[person], REMEMBERED_DAYS - 1)])
    return 0.0


@step_kernel
def infect(world: World, state: State, day: int, person: int, by: int, variant: int, layer: int) -> None:
    """Let a person be infected by another (-2: from outside) in a layer (-1: none), and count it."""
    bodies, size = state.bodies, state.ledgers.size
    if bodies.infected_on[person] == UNINFECTED:
        size[SUSCEPTIBLE_TOTAL] -= 1
    else:
        size[RECOVERED_TOTAL] -= 1
    bodies.open[person] = 0
    bodies.infected_on[person] = day
    bodies.infected_by[person] = by
    size[LATENT_TOTAL] += 1
    _begin(world, state, day, person, variant)
    _count(world, state, day, person, layer)


@part_kernel
def _count(world: World, state: State, day: int, person: int, layer: int) -> None:
    tallies, band = state.tallies, min(world.people.age[person] // 10, 8)
    tallies.daily[day, INFECTIONS] += 1
    if layer >= 0:
        tallies.daily[day, INFECTIONS_LAYER + layer] += 1
    tallies.communes[day, world.commune[world.people.hamlet[person]], PLACE_INFECTIONS] += 1
    tallies.bands[day, band, PLACE_INFECTIONS] += 1


@part_kernel
def _begin(world: World, state: State, day: int, person: int, variant: int) -> None:
    """Write the record of the infection; what becomes of it is decided as it unfolds (see `progress`)."""
    course, key = world.plan.course, key_of(world.seed, COURSE, ALWAYS)
    one = state.ledgers.infected[state.ledgers.size[UNDER_WAY]]
    state.ledgers.size[UNDER_WAY] += 1
    days, band = course.days[variant], min(world.people.age[person] // 10, 8)
    one.person, one.variant = person, variant
    one.spread = course.spread[step(key, person, 0)]
    one.infectious_on = day + max(1, days[LATENT, step(key, person, 1)])
    one.ends_on = one.infectious_on + days[MILD, step(key, person, 2)]
    one.symptoms_on, one.severe_on, one.critical_on, one.result_on = NEVER, NEVER, NEVER, NEVER
    one.dies, one.found, one.tier, one.oxygen = 0, 0, 0, 0
    if uniform(key, person, 3) < course.symptomatic[band]:
        one.symptoms_on = one.infectious_on + days[PRESYMPTOMS, step(key, person, 4)]
        one.ends_on = one.symptoms_on + days[MILD, step(key, person, 2)]
        spared = 1.0 - protected(world, state.bodies, person, day, AGAINST_SEVERE)
        if uniform(key, person, 5) < course.severe[variant, band] * spared:
            one.severe_on = one.symptoms_on + days[ONSET_SEVERE, step(key, person, 6)]
            one.ends_on = NEVER
    _find_contacts(world, one)


@part_kernel
def _find_contacts(world: World, one: Any) -> None:
    offsets = world.contacts.offsets
    at = one.person * 5 + HOUSEHOLD
    one.contacts = offsets[at]
    one.household = offsets[at + 1] - offsets[at]
    one.school = offsets[at + 2] - offsets[at + 1]
    one.work = offsets[at + 3] - offsets[at + 2]
    one.community = offsets[at + 4] - offsets[at + 3]
    one.gathering = offsets[at + 5] - offsets[at + 4]
