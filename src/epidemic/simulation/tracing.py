"""Tracing: cases are taken in turn, as many a day as the teams can; their contacts found as completely as the order says."""

from epidemic.simulation.confinement import quarantine
from epidemic.simulation.kernel import part_kernel, step_kernel
from epidemic.simulation.kinds import CASES_TRACED, CONTACTS_FIRST, CONTACTS_SECOND, DEAD, HOUSEHOLD, LAYERS
from epidemic.simulation.orders import (
    AT_SITE,
    COMPLETENESS,
    QUARANTINE_DAYS,
    SECOND,
    SECOND_DAYS,
    TRACED,
    TRACING_CAPACITY,
    TRACING_DELAY,
    World,
)
from epidemic.simulation.randomness import TRACING, key_of, uniform
from epidemic.simulation.state import QUEUE_HEAD, QUEUE_TAIL, TRACED_TODAY, State


@step_kernel
def trace(world: World, state: State, day: int) -> None:
    """Trace the cases whose turn has come; the others wait for tomorrow. A case where no tracing is ordered falls out."""
    ledgers, areas, size = state.ledgers, world.plan.areas, state.ledgers.size
    phase = areas.phase[day]
    size[TRACED_TODAY] = 0
    while size[QUEUE_HEAD] < size[QUEUE_TAIL] and size[TRACED_TODAY] < areas.capacity[phase, TRACING_CAPACITY]:
        place = size[QUEUE_HEAD] % len(ledgers.queue)
        person = ledgers.queue[place]
        conduct = areas.row[phase, state.bodies[person].hamlet]
        if areas.conduct[conduct, TRACED]:
            if ledgers.queue_ready[place] + areas.conduct[conduct, TRACING_DELAY] > day:
                break
            size[TRACED_TODAY] += 1
            _trace_case(world, state, day, person, conduct)
        size[QUEUE_HEAD] += 1
    state.tallies.daily[day, CASES_TRACED] += size[TRACED_TODAY]


@part_kernel
def _trace_case(world: World, state: State, day: int, case: int, conduct: int) -> None:
    """Quarantine the contacts found; each person has one coin a day, however often and by whomever they were met."""
    orders, key = world.plan.areas.conduct[conduct], key_of(world.seed, TRACING, day)
    offsets, neighbours = world.contacts.offsets, world.contacts.neighbours
    for layer in range(len(LAYERS)):
        for at in range(offsets[case * 5 + layer], offsets[case * 5 + layer + 1]):
            contact = int(neighbours[at])
            if uniform(key, contact, 0) >= orders[COMPLETENESS + layer] or state.bodies[contact].confinement == DEAD:
                continue
            if quarantine(world, state, day, contact, int(orders[QUARANTINE_DAYS]), orders[AT_SITE]):
                state.tallies.daily[day, CONTACTS_FIRST] += 1
                _plan_tests(world, state, day)
                if orders[SECOND]:
                    _find_second(world, state, day, contact, orders[SECOND], int(orders[SECOND_DAYS]))


@part_kernel
def _plan_tests(world: World, state: State, day: int) -> None:
    """Count a contact's tests of the days ahead."""
    days = world.plan.areas.test_days[world.plan.areas.phase[day]]
    for since in range(63):
        if (days >> since) & 1 and day + since < len(state.ledgers.planned_tests):
            state.ledgers.planned_tests[day + since] += 1


@part_kernel
def _find_second(world: World, state: State, day: int, contact: int, share: float, days: int) -> None:
    """Keep the household of a contact at home for some days (F2)."""
    offsets, key = world.contacts.offsets, key_of(world.seed, TRACING, day)
    for at in range(offsets[contact * 5 + HOUSEHOLD], offsets[contact * 5 + HOUSEHOLD + 1]):
        person = int(world.contacts.neighbours[at])
        if uniform(key, person, 1) < share and quarantine(world, state, day, person, days, 0.0):
            state.tallies.daily[day, CONTACTS_SECOND] += 1
