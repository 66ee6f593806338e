"""How the virus passes from one to the other: the encounters of a day, and what measures leave of them."""

from math import log
from typing import Any

from epidemic.simulation.course import MOST_SUSCEPTIBLE, PROFILE_DAYS
from epidemic.simulation.encounters import LEAF, NO_LEAF, give_back
from epidemic.simulation.infection import infect, protected
from epidemic.simulation.kernel import part_kernel, step_kernel
from epidemic.simulation.kinds import CROSS_INFECTIONS, LEAVING, ON_SITE, SITE_QUARANTINE, TRAVEL, WORK
from epidemic.simulation.orders import (
    AGAINST_INFECTION,
    AGAINST_PASSING_ON,
    CROSS_CONTACTS,
    REMEMBERED_DAYS,
    World,
)
from epidemic.simulation.randomness import SITES, key_of, uniform
from epidemic.simulation.state import CUT_SHORT, LISTED, RESIDENTS, UNINFECTED, State, band_of, is_open
from epidemic.simulation.transmission import MOST_LIKELY


@step_kernel
def transmit(world: World, state: State, day: int) -> None:
    """All infections of a day."""
    agenda = state.agenda
    leaf, written = agenda.newest[day], agenda.written[day]
    while leaf != NO_LEAF:
        _decide(world, state, day, leaf, written)
        leaf, written = give_back(agenda, leaf), LEAF
    if state.ledgers.size[RESIDENTS] > 0:
        _cross_infect(world, state, day)


@step_kernel
def _decide(world: World, state: State, day: int, leaf: int, written: int) -> None:
    """Let the encounters on a leaf infect or not: first who still can, then what is left of each, then the rest."""
    met, able, infecting = state.agenda.encounters[leaf], 0, 0
    for at in range(written):
        if is_open(state, met[at].other) and not state.standing[met[at].person] & CUT_SHORT:
            met[able] = met[at]
            able += 1
    for at in range(able):
        state.ledgers.near[at] = state.bodies[met[at].person].hamlet
        state.ledgers.far[at] = state.bodies[met[at].other].hamlet
    for at in range(able):
        one = met[at]
        left = _factor(world, state, day, one, state.ledgers.near[at], state.ledgers.far[at])
        if one.least < left and state.bodies[one.person].infected_on == one.infected_on:
            met[infecting] = one
            infecting += 1
    for at in range(infecting):
        one = met[at]
        if is_open(state, one.other):
            infect(world, state, day, int(one.other), int(one.person), int(one.variant), int(one.layer))


@part_kernel
def _factor(world: World, state: State, day: int, found: Any, near: int, far: int) -> float:
    """What is left of a contact's bounding probability: where it takes place, who is confined, who is protected."""
    areas, layer, phase = world.plan.areas, found.layer, world.plan.areas.phase[day]
    one, other = state.bodies[found.person], state.bodies[found.other]
    if layer == WORK and one.park and one.park == other.park:
        factor = areas.parks[phase, one.park]
        if one.confinement != ON_SITE:
            factor = min(factor, areas.contact[phase, near, LEAVING])
        if other.confinement != ON_SITE:
            factor = min(factor, areas.contact[phase, far, LEAVING])
    else:
        factor = min(areas.contact[phase, near, layer], areas.contact[phase, far, layer])
        if world.commune[near] != world.commune[far]:
            factor *= min(areas.contact[phase, near, TRAVEL], areas.contact[phase, far, TRAVEL])
    factor *= world.plan.mixing[one.confinement, layer] * world.plan.mixing[other.confinement, layer]
    if factor == 0.0:
        return 0.0
    receptive = _receptive(world, state, day, found.other, found.variant)
    return float(factor * receptive * _passing_on(world, state, day, found.person))


@part_kernel
def _receptive(world: World, state: State, day: int, person: int, variant: int) -> float:
    """Susceptibility by age, vaccine and earlier infection, as a share of the highest."""
    bodies, course = state.bodies, world.plan.course
    share = course.susceptibility[band_of(state, person)] / MOST_SUSCEPTIBLE
    kept = 1.0 - course.escape[variant]
    share *= 1.0 - kept * protected(world, bodies, person, day, AGAINST_INFECTION)
    if world.plan.reinfection and bodies[person].infected_on != UNINFECTED:
        share *= 1.0 - kept * world.plan.natural[min(day - bodies[person].infected_on, REMEMBERED_DAYS - 1)]
    return float(share)


@part_kernel
def _passing_on(world: World, state: State, day: int, person: int) -> float:
    return float(1.0 - protected(world, state.bodies, person, day, AGAINST_PASSING_ON))


@part_kernel
def _cross_infect(world: World, state: State, day: int) -> None:
    """Infections among people in quarantine sites, who each meet some of the others there as closely as at home."""
    ledgers, key, plan = state.ledgers, key_of(world.seed, SITES, day), world.plan
    contacts = plan.areas.capacity[plan.areas.phase[day], CROSS_CONTACTS]
    for at in range(ledgers.size[LISTED]):
        one = ledgers.infected[at]
        since = day - one.infectious_on
        if day >= one.ends_on or not 0 <= since < PROFILE_DAYS:
            continue
        if state.bodies[one.person].confinement != SITE_QUARANTINE:
            continue
        force = one.spread * plan.course.profile[one.variant, since] * plan.transmission[one.variant, 0]
        hazard, draw = min(force * MOST_SUSCEPTIBLE, MOST_LIKELY) * contacts, 1
        position = -log(1.0 - uniform(key, one.person, 0))
        while position < hazard and draw < 1000:
            other = ledgers.residents[int(uniform(key, one.person, draw) * ledgers.size[RESIDENTS])]
            share = _receptive(world, state, day, other, one.variant) * _passing_on(world, state, day, one.person)
            if is_open(state, other) and uniform(key, one.person, draw + 1) < share:
                state.tallies.daily[day, CROSS_INFECTIONS] += 1
                infect(world, state, day, int(other), int(one.person), int(one.variant), -1)
            position -= log(1.0 - uniform(key, one.person, draw + 2))
            draw += 3
