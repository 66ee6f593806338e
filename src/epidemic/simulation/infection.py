"""The moment of infection: the course it will take, drawn for the person alone, whatever the day or the scenario."""

from typing import Any

from epidemic.simulation.course import (
    LATENT,
    MILD,
    MOST_SUSCEPTIBLE,
    ONSET_SEVERE,
    PRESYMPTOMS,
)
from epidemic.simulation.kernel import part_kernel, step_kernel
from epidemic.simulation.kinds import HOUSEHOLD, INFECTIONS, INFECTIONS_LAYER, NEVER, PLACE_INFECTIONS
from epidemic.simulation.orders import (
    AGAINST_SEVERE,
    REMEMBERED_DAYS,
    World,
)
from epidemic.simulation.randomness import ALWAYS, COURSE, key_of, step, uniform, word
from epidemic.simulation.state import (
    LATENT_TOTAL,
    RECOVERED_TOTAL,
    SUSCEPTIBLE_TOTAL,
    UNDER_WAY,
    UNINFECTED,
    State,
)
from epidemic.simulation.transmission import MOST_LIKELY


@part_kernel
def protected(world: World, bodies: Any, person: int, day: int, aspect: int) -> float:
    """Protection by vaccine against an aspect of infection on a day, 0 to 1."""
    if len(world.plan.campaigns.interval) == 0:
        return 0.0
    table = world.plan.campaigns.protection
    if bodies[person].dose2_on <= day:
        return float(table[aspect, 1, min(day - bodies[person].dose2_on, REMEMBERED_DAYS - 1)])
    if bodies[person].dose1_on <= day:
        return float(table[aspect, 0, min(day - bodies[person].dose1_on, REMEMBERED_DAYS - 1)])
    return 0.0


@step_kernel
def infect(world: World, state: State, day: int, person: int, by: int, variant: int, layer: int) -> None:
    """Let a person be infected by another (-2: from outside) in a layer (-1: none), and count it."""
    bodies, size = state.bodies, state.ledgers.size
    if bodies[person].infected_on == UNINFECTED:
        size[SUSCEPTIBLE_TOTAL] -= 1
    else:
        size[RECOVERED_TOTAL] -= 1
    state.open[person] = 0
    bodies[person].infected_on = day
    bodies[person].infected_by = by
    size[LATENT_TOTAL] += 1
    _begin(world, state, day, person, variant)
    _count(world, state, day, person, layer)


@part_kernel
def _count(world: World, state: State, day: int, person: int, layer: int) -> None:
    tallies, band = state.tallies, state.bodies[person].band
    tallies.daily[day, INFECTIONS] += 1
    if layer >= 0:
        tallies.daily[day, INFECTIONS_LAYER + layer] += 1
    tallies.communes[day, world.commune[state.bodies[person].hamlet], PLACE_INFECTIONS] += 1
    tallies.bands[day, band, PLACE_INFECTIONS] += 1


@part_kernel
def _begin(world: World, state: State, day: int, person: int, variant: int) -> None:
    """Write the record of the infection; what becomes of it is decided as it unfolds (see `progress`)."""
    course, key = world.plan.course, key_of(world.seed, COURSE, ALWAYS)
    one = state.ledgers.infected[state.ledgers.size[UNDER_WAY]]
    state.ledgers.size[UNDER_WAY] += 1
    bits, days, band = word(key, person, 0), course.days[variant], state.bodies[person].band
    one.person, one.variant = person, variant
    one.spread = course.spread[step(bits, 0)]
    one.infectious_on = day + max(1, days[LATENT, step(bits, 1)])
    one.ends_on = one.infectious_on + days[MILD, step(bits, 2)]
    one.symptoms_on, one.severe_on, one.critical_on, one.result_on = NEVER, NEVER, NEVER, NEVER
    one.dies, one.found, one.tier, one.oxygen = 0, 0, 0, 0
    if uniform(key, person, 1) < course.symptomatic[band]:
        one.symptoms_on = one.infectious_on + days[PRESYMPTOMS, step(bits, 3)]
        one.ends_on = one.symptoms_on + days[MILD, step(bits, 2)]
        spared = 1.0 - protected(world, state.bodies, person, day, AGAINST_SEVERE)
        if uniform(key, person, 2) < course.severe[variant, band] * spared:
            one.severe_on = one.symptoms_on + days[ONSET_SEVERE, step(bits, 4)]
            one.ends_on = NEVER
    _find_contacts(world, one)
    chances = world.plan.transmission[variant]
    met = one.household * chances[0] + one.school * chances[1] + one.work * chances[2]
    met += one.community * chances[3] + one.gathering * chances[4]
    one.reach = met * one.spread * MOST_SUSCEPTIBLE * (1.0 + MOST_LIKELY)


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
