"""From a positive test to a bed: isolation, the three tiers of treatment, intensive care and oxygen, all of which run out."""

from typing import Any

from epidemic.simulation.confinement import confine
from epidemic.simulation.counting import count_at_home
from epidemic.simulation.kernel import part_kernel
from epidemic.simulation.kinds import CASES, DEAD, HOME_ISOLATION, HOSPITAL, PLACE_CASES, PLACE_HOSPITAL, TESTS
from epidemic.simulation.orders import ADMITTED, BEDS_TIER_1, ISOLATED, OXYGEN_PLACES, World
from epidemic.simulation.randomness import ADHERENCE, ALWAYS, key_of, uniform
from epidemic.simulation.state import QUEUE_TAIL, WAITING_BEDS, WAITING_OXYGENS, State

HIGHEST_TIER, OXYGEN_SLOT = 3, 4


@part_kernel
def confirm(world: World, state: State, day: int, one: Any) -> None:
    """Make an infection a case: counted, queued for tracing, and isolated where that is ordered."""
    ledgers, person = state.ledgers, one.person
    one.found = 1
    state.tallies.daily[day, CASES] += 1
    count_at_home(world, state, day, person, PLACE_CASES)
    place = ledgers.size[QUEUE_TAIL] % len(ledgers.queue)
    ledgers.queue[place], ledgers.queue_ready[place] = person, day
    ledgers.size[QUEUE_TAIL] += 1
    areas = world.plan.areas
    share = areas.conduct[areas.row[areas.phase[day], state.bodies[person].hamlet], ISOLATED]
    if uniform(key_of(world.seed, ADHERENCE, ALWAYS), person, 3) < share and state.bodies[person].confinement != DEAD:
        confine(state, int(person), HOME_ISOLATION)


@part_kernel
def attend(world: World, state: State, day: int, one: Any) -> None:
    """Admit who is severely ill, and look for a bed and oxygen for as long as the patient needs more than there is."""
    areas = world.plan.areas
    phase = areas.phase[day]
    if day >= one.severe_on and not one.found:
        if areas.conduct[areas.row[phase, state.bodies[one.person].hamlet], ADMITTED] == 0.0:
            return
        state.tallies.daily[day, TESTS] += 1
        confirm(world, state, day, one)
    if one.found:
        _find_bed(world, state, day, one, areas.capacity[phase])
        _find_oxygen(state, day, one, areas.capacity[phase])


@part_kernel
def _find_bed(world: World, state: State, day: int, one: Any, capacity: Any) -> None:
    used, wanted = state.ledgers.used, 3 if day >= one.critical_on else 2 if day >= one.severe_on else 1
    for tier in range(wanted, one.tier, -1):
        if used[tier] < capacity[BEDS_TIER_1 + tier - 1]:
            _move(world, state, day, one, tier)
            break
    if one.tier < wanted and (wanted > 1 or capacity[BEDS_TIER_1] > 0):
        state.ledgers.size[WAITING_BEDS] += 1


@part_kernel
def _move(world: World, state: State, day: int, one: Any, tier: int) -> None:
    used, person = state.ledgers.used, one.person
    used[tier] += 1
    if one.tier:
        used[one.tier] -= 1
    else:
        count_at_home(world, state, day, person, PLACE_HOSPITAL)
    one.tier = tier
    if state.bodies[person].confinement != HOSPITAL:
        confine(state, int(person), HOSPITAL)


@part_kernel
def _find_oxygen(state: State, day: int, one: Any, capacity: Any) -> None:
    if day < one.severe_on or one.oxygen:
        return
    if state.ledgers.used[OXYGEN_SLOT] < capacity[OXYGEN_PLACES]:
        state.ledgers.used[OXYGEN_SLOT] += 1
        one.oxygen = 1
    else:
        state.ledgers.size[WAITING_OXYGENS] += 1


@part_kernel
def discharge(state: State, one: Any) -> None:
    """Give back bed and oxygen."""
    if one.tier:
        state.ledgers.used[one.tier] -= 1
    if one.oxygen:
        state.ledgers.used[OXYGEN_SLOT] -= 1
    one.tier, one.oxygen = 0, 0
