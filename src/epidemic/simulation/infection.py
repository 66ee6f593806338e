"""The moment of infection: the course it will take, drawn for the person alone, whatever the day or the scenario."""

from typing import Any

from epidemic.simulation.counting import count_at_home
from epidemic.simulation.course import (
    LATENT,
    MILD,
    ONSET_SEVERE,
    PRESYMPTOMS,
)
from epidemic.simulation.kernel import part_kernel, step_kernel
from epidemic.simulation.kinds import INFECTIONS, INFECTIONS_LAYER, NEVER, PLACE_INFECTIONS, SYMPTOMATIC
from epidemic.simulation.orders import (
    AGAINST_SEVERE,
    REMEMBERED_DAYS,
    World,
)
from epidemic.simulation.randomness import ALWAYS, COURSE, key_of, step, uniform, word
from epidemic.simulation.state import (
    CLOSED,
    LATENT_TOTAL,
    LISTED,
    RECOVERED_TOTAL,
    SUSCEPTIBLE_TOTAL,
    UNDER_WAY,
    UNINFECTED,
    State,
    band_of,
)


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
    size[SUSCEPTIBLE_TOTAL if bodies[person].infected_on == UNINFECTED else RECOVERED_TOTAL] -= 1
    size[UNDER_WAY] += 1
    size[LATENT_TOTAL] += 1
    _begin(world, state, day, person, variant)
    state.standing[person] = band_of(state, person) | CLOSED
    bodies[person].infected_on = day
    bodies[person].infected_by = by
    state.tallies.daily[day, INFECTIONS] += 1
    if layer >= 0:
        state.tallies.daily[day, INFECTIONS_LAYER + layer] += 1
    count_at_home(world, state, day, person, PLACE_INFECTIONS)


@part_kernel
def _begin(world: World, state: State, day: int, person: int, variant: int) -> None:
    """Write the record of the infection; what becomes of the severely ill is decided as it unfolds (see `progress`)."""
    course, key, ledgers = world.plan.course, key_of(world.seed, COURSE, ALWAYS), state.ledgers
    one = ledgers.infected[ledgers.size[LISTED]]
    bits, days, band = word(key, person, 0), course.days[variant], band_of(state, person)
    one.person, one.variant, one.infected_on = person, variant, day
    one.again = state.bodies[person].infected_on != UNINFECTED
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
    _look_ahead(state, one)
    ledgers.wakes[ledgers.size[LISTED]] = wakes_on(world, one, day)
    ledgers.size[LISTED] += 1


@part_kernel
def _look_ahead(state: State, one: Any) -> None:
    """Count on their days what is certain: that the infection becomes infectious, and its symptoms."""
    turning, daily = state.ledgers.turning, state.tallies.daily
    turning[min(one.infectious_on, len(turning) - 1)] += 1
    if one.symptoms_on < len(daily):
        daily[one.symptoms_on, SYMPTOMATIC] += 1


@part_kernel
def wakes_on(world: World, one: Any, day: int) -> int:
    """The next day on which something may happen in an infection; where beds may run out, one is looked for every day."""
    if world.plan.treatment and (one.found or day >= one.severe_on):
        return day + 1
    worse = one.critical_on if day >= one.severe_on else one.severe_on
    return int(min(one.ends_on, one.result_on, worse if day < worse else NEVER))
