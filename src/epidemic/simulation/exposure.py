"""Whom an infected person might infect, and when: drawn once, the day after infection, for all days of infectiousness.

The contacts of all layers stand in a row, each as wide as the hazard that bounds its own from above, and a row for each day of
infectiousness behind the one before. Steps of exponential length along them stop at each contact with its bounding hazard.
What is certain then, whether the other can be infected at all and how susceptible the age is, thins them at once (Lewis and
Shedler 1979, doi:10.1002/nav.3800260304); what is left becomes encounters, at which the measures of their day are asked (see
`spread`). Measures can only lower the hazard, so that one order more or less changes no random number of another; and who is
infected a day later may infect the same people a day later. Candidates go through in blocks, so that memory is asked for many
at once.
"""

from math import exp, log
from typing import Any

import numpy as np

from epidemic.simulation.course import MOST_SUSCEPTIBLE, PROFILE_DAYS
from epidemic.simulation.encounters import has_room, place_for
from epidemic.simulation.kernel import part_kernel, step_kernel
from epidemic.simulation.kinds import HOUSEHOLD, LAYERS
from epidemic.simulation.orders import World
from epidemic.simulation.randomness import ALWAYS, DRAWS, SPREADING, key_of, word
from epidemic.simulation.state import AGE_BAND, BLOCK, CANDIDATES, CLOSED, EXPOSED, LISTED, State
from epidemic.simulation.transmission import MOST_LIKELY

MOST_DRAWS = int(DRAWS)
COIN_BITS, COIN_MASK = np.uint64(24), np.uint64(2**24 - 1)
COIN_UNIT, STEP_UNIT = 2.0**-24, 2.0**-40
"""A word of 64 random bits is a step along the row, of 40, and a coin, of 24."""


@step_kernel
def expose(world: World, state: State) -> bool:
    """Draw the encounters of all who were infected since; False as soon as the agenda needs more room to go on."""
    ledgers, size = state.ledgers, state.ledgers.size
    _know_receptive(world, state)
    usual_key, found_for, first = key_of(world.seed, SPREADING, ALWAYS), size[EXPOSED], 0
    while size[EXPOSED] < size[LISTED]:
        if size[EXPOSED] == found_for:
            first, found_for = found_for, min(found_for + len(ledgers.spans), size[LISTED])
            _find_contacts(world, state, first, found_for)
        if size[CANDIDATES] + MOST_DRAWS > BLOCK:
            if not has_room(state.agenda, BLOCK):
                return False
            _thin(world, state)
        one = ledgers.infected[size[EXPOSED]]
        key = key_of(world.seed, SPREADING, one.infected_on) if one.again else usual_key
        _find_candidates(world, state, one, ledgers.spans[size[EXPOSED] - first], key)
        size[EXPOSED] += 1
    if not has_room(state.agenda, BLOCK):
        return False
    _thin(world, state)
    return True


@part_kernel
def _find_contacts(world: World, state: State, first: int, last: int) -> None:
    """Where in the network the contacts of some infected begin and end."""
    for at in range(first, last):
        place = state.ledgers.infected[at].person * 5 + HOUSEHOLD
        for layer in range(len(LAYERS) + 1):
            state.ledgers.spans[at - first, layer] = world.contacts.offsets[place + layer]


@part_kernel
def _find_candidates(world: World, state: State, one: Any, spans: Any, key: np.uint64) -> None:
    """Step along the rows of all days and note each contact at which a step ends."""
    days = min(PROFILE_DAYS, one.ends_on - one.infectious_on, len(state.agenda.newest) - one.infectious_on)
    if days <= 0:
        return
    width, sums = _measure(world, state, one, spans), world.plan.course.profile_sums[one.variant]
    draw, day, end, bits = 0, 0, width * sums[days], word(key, one.person, 0)
    position, begins, ends = _step(bits), 0.0, width * sums[1]
    while position < end and draw < MOST_DRAWS - 1:
        while position >= ends:
            day += 1
            begins, ends = ends, width * sums[day + 1]
        _note_candidate(world, state, one, day, position - begins, bits)
        draw += 1
        bits = word(key, one.person, draw)
        position += _step(bits)


@part_kernel
def _step(bits: np.uint64) -> float:
    """A step of exponential length."""
    return -log(1.0 - float(bits >> COIN_BITS) * STEP_UNIT)


@part_kernel
def _measure(world: World, state: State, one: Any, spans: Any) -> float:
    """Fill in the row of a day of infectiousness 1; its whole width."""
    chances, row = world.plan.transmission[one.variant], state.ledgers.row
    force, largest, whole = one.spread * MOST_SUSCEPTIBLE, 0.0, 0.0
    for layer in range(len(chances)):
        largest = max(largest, chances[layer])
    # x + x^2 is no less than -log(1 - x) up to 0.68.
    force *= 1.0 + min(largest * force * world.plan.course.peak[one.variant], MOST_LIKELY)
    for layer in range(len(chances)):
        row[layer].contacts, row[layer].degree = spans[layer], spans[layer + 1] - spans[layer]
        row[layer].hazard = chances[layer] * force
        row[layer].begins = whole
        whole += row[layer].hazard * row[layer].degree
    return whole


@part_kernel
def _note_candidate(world: World, state: State, one: Any, day: int, place: float, bits: np.uint64) -> None:
    """Note the contact that stands at a place of a day's row, and the hazard at which it is infected."""
    ledgers, row, daily, layer = state.ledgers, state.ledgers.row, world.plan.course.profile[one.variant, day], 0
    for further in range(1, len(row)):
        layer += place >= row[further].begins * daily
    hazard = row[layer].hazard * daily
    if row[layer].degree == 0:
        return
    found = ledgers.candidates[ledgers.size[CANDIDATES]]
    ledgers.size[CANDIDATES] += 1
    contact = min(int((place - row[layer].begins * daily) / hazard), row[layer].degree - 1)
    found.contact = row[layer].contacts + contact
    found.person, found.infected_on, found.on = one.person, one.infected_on, one.infectious_on + day
    found.layer, found.variant = layer, one.variant
    chance = world.plan.transmission[one.variant, layer] * one.spread * daily * MOST_SUSCEPTIBLE
    found.chance, found.hazard = min(chance, MOST_LIKELY), float(bits & COIN_MASK) * COIN_UNIT * hazard


@step_kernel
def _thin(world: World, state: State) -> None:
    """Make encounters of the candidates of a block who can be infected, but for those whose age alone already saves them."""
    candidates, size, neighbours = state.ledgers.candidates, state.ledgers.size, world.contacts.neighbours
    for at in range(size[CANDIDATES]):
        candidates[at].other = neighbours[candidates[at].contact]
        candidates[at].standing = state.standing[candidates[at].other]
    for at in range(size[CANDIDATES]):
        found = candidates[at]
        most = found.chance * state.ledgers.receptive[found.standing]
        if found.hazard < most * (1.0 + most):
            _write_down(state, found)
    size[CANDIDATES] = 0


@part_kernel
def _know_receptive(world: World, state: State) -> None:
    """Fill in how susceptible somebody of each standing is, as a share of the highest; not at all who is closed for good."""
    for standing in range(len(state.ledgers.receptive)):
        band, closed = standing & AGE_BAND, standing & CLOSED and not world.plan.reinfection
        known = band < len(world.plan.course.susceptibility) and not closed
        share = world.plan.course.susceptibility[band] / MOST_SUSCEPTIBLE if known else 0.0
        state.ledgers.receptive[standing] = share


@part_kernel
def _write_down(state: State, found: Any) -> None:
    leaf, place = place_for(state.agenda, found.on)
    one = state.agenda.encounters[leaf, place]
    one.person, one.other, one.infected_on = found.person, found.other, found.infected_on
    one.layer, one.variant = found.layer, found.variant
    # The hazard -log(1 - chance x least) is that at which the contact is infected.
    one.least = (1.0 - exp(-found.hazard)) / found.chance
