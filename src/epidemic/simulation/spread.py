"""How the virus passes from one to the other: the walk over the infectious, the thinning, and the factors of measures.

For each infectious person the contacts of all layers stand in a row, each as long as the hazard that bounds its own from above.
Steps of exponential length along that row stop at each contact with its bounding probability, and most people at none. Only
for contacts so found are the measures, the vaccine and the other's state asked, and a coin decides with the ratio of the true
probability to the bound. Measures can only lower it, so that one order more or less changes no random number of another.
Candidates go through in blocks, so that memory is asked for many at once. A uniform number is a multiple of 2^-53, so that 1
minus it is exact, and its logarithm, which is asked for everywhere here, cheaper than log1p.
"""

from math import exp, log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from epidemic.simulation.course import MOST_SUSCEPTIBLE, PROFILE_DAYS
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
from epidemic.simulation.randomness import SITES, SPREADING, key_of, uniform
from epidemic.simulation.state import BLOCK, CANDIDATES, RESIDENTS, UNDER_WAY, UNINFECTED, State
from epidemic.simulation.transmission import MOST_LIKELY

Floats = NDArray[np.float64]


@step_kernel
def transmit(world: World, state: State, day: int) -> None:
    """All infections of a day."""
    ledgers, key = state.ledgers, key_of(world.seed, SPREADING, day)
    bounds, hazards, degrees = ledgers.bounds, ledgers.hazards, ledgers.degrees
    for at in range(ledgers.size[UNDER_WAY]):
        one = ledgers.infected[at]
        since = day - one.infectious_on
        if 0 <= since < PROFILE_DAYS:
            weight, coin = world.plan.course.profile[one.variant, since], uniform(key, one.person, 0)
            # 1 - exp(-reach) <= reach <= one.reach x weight: most people find nobody and need no more.
            if coin < one.reach * weight:
                chances, first = world.plan.transmission[one.variant], -log(1.0 - coin)
                if first < _measure(chances, one.spread * weight, one, bounds, hazards, degrees):
                    _walk(world, state, day, one, key, first, bounds, hazards, degrees)
    _decide(world, state, day)
    if ledgers.size[RESIDENTS] > 0:
        _cross_infect(world, state, day)


@part_kernel
def _measure(chances: Floats, force: float, one: Any, bounds: Floats, hazards: Floats, degrees: Any) -> float:
    """Fill in the bounding probability, its hazard, and the number of contacts of each layer; the row's whole length."""
    degrees[0], degrees[1], degrees[2] = one.household, one.school, one.work
    degrees[3], degrees[4] = one.community, one.gathering
    reach = 0.0
    for layer in range(len(bounds)):
        bound = min(chances[layer] * force * MOST_SUSCEPTIBLE, MOST_LIKELY)
        # x + x^2 is no less than -log(1 - x) up to 0.68, and cheaper.
        hazard = bound * (1.0 + bound)
        bounds[layer], hazards[layer] = bound, hazard
        reach += hazard * degrees[layer]
    return reach


@part_kernel
def _walk(
    world: World,
    state: State,
    day: int,
    one: Any,
    key: np.uint64,
    start: float,
    bounds: Floats,
    hazards: Floats,
    degrees: Any,
) -> None:
    """Note each contact at which a step along the row ends; the next step starts behind it."""
    candidates, size = state.ledgers.candidates, state.ledgers.size
    position, passed, before, draw = start, 0.0, 0, 1
    for layer in range(len(bounds)):
        end = passed + hazards[layer] * degrees[layer]
        while position < end:
            contact = min(int((position - passed) / hazards[layer]), degrees[layer] - 1)
            if size[CANDIDATES] == BLOCK:
                _decide(world, state, day)
            found = candidates[size[CANDIDATES]]
            size[CANDIDATES] += 1
            found.contact, found.person = one.contacts + before + contact, one.person
            found.layer, found.variant = layer, one.variant
            found.chance = bounds[layer] / (1.0 - exp(-hazards[layer]))
            found.coin = uniform(key, one.person, draw)
            position = passed + (contact + 1) * hazards[layer] - log(1.0 - uniform(key, one.person, draw + 1))
            draw += 2
        passed, before = end, before + degrees[layer]


@step_kernel
def _decide(world: World, state: State, day: int) -> None:
    """Let the candidates of a block be infected or not: first who they are, then whether they can be, then the rest."""
    candidates, size, neighbours = state.ledgers.candidates, state.ledgers.size, world.contacts.neighbours
    for at in range(size[CANDIDATES]):
        candidates[at].other = neighbours[candidates[at].contact]
    kept = 0
    for at in range(size[CANDIDATES]):
        if state.open[candidates[at].other]:
            candidates[kept] = candidates[at]
            kept += 1
    for at in range(kept):
        found = candidates[at]
        if state.open[found.other] and found.coin < found.chance * _factor(world, state, day, found):
            infect(world, state, day, int(found.other), int(found.person), int(found.variant), int(found.layer))
    size[CANDIDATES] = 0


@part_kernel
def _factor(world: World, state: State, day: int, found: Any) -> float:
    """What is left of a contact's bounding probability: where it takes place, who is confined, who is protected."""
    areas, layer, phase = world.plan.areas, found.layer, world.plan.areas.phase[day]
    one, other = state.bodies[found.person], state.bodies[found.other]
    near, far = one.hamlet, other.hamlet
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
    share = course.susceptibility[state.bodies[person].band] / MOST_SUSCEPTIBLE
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
    for at in range(ledgers.size[UNDER_WAY]):
        one = ledgers.infected[at]
        since = day - one.infectious_on
        if not 0 <= since < PROFILE_DAYS or state.bodies[one.person].confinement != SITE_QUARANTINE:
            continue
        force = one.spread * plan.course.profile[one.variant, since] * plan.transmission[one.variant, 0]
        hazard, draw = min(force * MOST_SUSCEPTIBLE, MOST_LIKELY) * contacts, 1
        position = -log(1.0 - uniform(key, one.person, 0))
        while position < hazard and draw < 1000:
            other = ledgers.residents[int(uniform(key, one.person, draw) * ledgers.size[RESIDENTS])]
            share = _receptive(world, state, day, other, one.variant) * _passing_on(world, state, day, one.person)
            if state.open[other] and uniform(key, one.person, draw + 1) < share:
                state.tallies.daily[day, CROSS_INFECTIONS] += 1
                infect(world, state, day, int(other), int(one.person), int(one.variant), -1)
            position -= log(1.0 - uniform(key, one.person, draw + 2))
            draw += 3
