"""One day in the lives of the infected: results arrive, illness worsens or ends. Only who is infected is visited."""

from typing import Any

import numpy as np

from epidemic.simulation.care import attend, confirm, discharge
from epidemic.simulation.confinement import confine, usual
from epidemic.simulation.counting import count_at_home
from epidemic.simulation.course import CRITICAL_STAY, ONSET_CRITICAL, ONSET_DEATH, SEVERE_STAY
from epidemic.simulation.infection import wakes_on
from epidemic.simulation.kernel import part_kernel, step_kernel
from epidemic.simulation.kinds import (
    DEAD,
    DEATHS,
    HOME_ISOLATION,
    HOME_QUARANTINE,
    HOSPITAL,
    NEVER,
    PLACE_DEATHS,
    POSITIVE_TESTS,
    RECOVERIES,
    SITE_QUARANTINE,
)
from epidemic.simulation.orders import (
    ADMITTED,
    QUARANTINE_SENSITIVITY,
    WITHOUT_CARE,
    WITHOUT_INTENSIVE_CARE,
    World,
)
from epidemic.simulation.randomness import ALWAYS, COURSE, TESTING, key_of, step, uniform, word
from epidemic.simulation.state import (
    CLOSED,
    CUT_SHORT,
    DEAD_TOTAL,
    EXPOSED,
    LATENT_TOTAL,
    LISTED,
    RECOVERED_TOTAL,
    UNDER_WAY,
    State,
    band_of,
)


@step_kernel
def progress(world: World, state: State, day: int) -> None:
    """Bring every infection under way to this day, if anything may happen in it."""
    ledgers, tests_key = state.ledgers, key_of(world.seed, TESTING, day)
    tested = world.plan.areas.test_days[world.plan.areas.phase[day]] != 0
    ledgers.size[LATENT_TOTAL] -= ledgers.turning[day]
    for at in range(ledgers.size[LISTED]):
        wakes = ledgers.wakes[at]
        if wakes <= day or (tested and wakes != NEVER):
            one = ledgers.infected[at]
            if tested:
                _test_in_quarantine(world, state, day, one, tests_key)
            _unfold(world, state, day, one)
            ledgers.wakes[at] = wakes_on(world, one, day) if day < one.ends_on else NEVER


@step_kernel
def clear(state: State) -> None:
    """Take infections that are over off the list when they have become many; the others move up in order."""
    ledgers, size, kept = state.ledgers, state.ledgers.size, 0
    if size[LISTED] < 2 * size[UNDER_WAY]:
        return
    for at in range(size[LISTED]):
        if ledgers.wakes[at] != NEVER:
            ledgers.infected[kept], ledgers.wakes[kept] = ledgers.infected[at], ledgers.wakes[at]
            kept += 1
    size[LISTED] = size[EXPOSED] = kept


@part_kernel
def _unfold(world: World, state: State, day: int, one: Any) -> None:
    if day == one.result_on or (day >= one.ends_on and one.result_on != NEVER):
        _take_result(world, state, day, one)
    if day < one.ends_on and (one.found or day >= one.severe_on):
        _worsen(world, state, day, one)
    if day >= one.ends_on:
        _finish(world, state, day, one)


@part_kernel
def _test_in_quarantine(world: World, state: State, day: int, one: Any, key: np.uint64) -> None:
    """On the days that the order names; the tests were counted when the contact was quarantined."""
    bodies, areas = state.bodies, world.plan.areas
    if one.found or one.result_on != NEVER or day < one.infectious_on:
        return
    if bodies[one.person].confinement not in (HOME_QUARANTINE, SITE_QUARANTINE):
        return
    since, phase = day - bodies[one.person].confined_on, areas.phase[day]
    if 0 <= since < 63 and (areas.test_days[phase] >> since) & 1:
        sensitivity = areas.conduct[_row(world, state, one.person, day), QUARANTINE_SENSITIVITY]
        if uniform(key, one.person, 40) < sensitivity:
            one.result_on = day + 1


@part_kernel
def _row(world: World, state: State, person: int, day: int) -> int:
    areas = world.plan.areas
    return int(areas.row[areas.phase[day], state.bodies[person].hamlet])


@part_kernel
def _take_result(world: World, state: State, day: int, one: Any) -> None:
    one.result_on = NEVER
    if not one.found:
        state.tallies.daily[day, POSITIVE_TESTS] += 1
        confirm(world, state, day, one)


@part_kernel
def _worsen(world: World, state: State, day: int, one: Any) -> None:
    """Care first, then what becomes of a patient who turns severe or critical today, with or without it."""
    attend(world, state, day, one)
    course, capacity = world.plan.course, world.plan.areas.capacity[world.plan.areas.phase[day]]
    key, band = key_of(world.seed, COURSE, ALWAYS), band_of(state, one.person)
    # Where no treatment is ordered, nothing runs out.
    cared = world.plan.areas.conduct[_row(world, state, one.person, day), ADMITTED] == 0.0
    days = course.days[one.variant]
    if day == one.severe_on:
        risk = course.critical[band] * (1.0 if cared or (one.tier >= 2 and one.oxygen) else capacity[WITHOUT_CARE])
        if uniform(key, one.person, 7) < risk:
            one.critical_on = day + max(1, days[ONSET_CRITICAL, step(word(key, one.person, 8), 0)])
        else:
            one.ends_on = day + max(1, days[SEVERE_STAY, step(word(key, one.person, 8), 1)])
    if day == one.critical_on:
        saved = cared or (one.tier == 3 and one.oxygen)
        risk = course.fatal[band] * (1.0 if saved else capacity[WITHOUT_INTENSIVE_CARE])
        one.dies = uniform(key, one.person, 10) < risk
        stay = days[ONSET_DEATH if one.dies else CRITICAL_STAY, step(word(key, one.person, 8), 2)]
        one.ends_on = day + max(1, stay)


@part_kernel
def _finish(world: World, state: State, day: int, one: Any) -> None:
    """Recovery or death; isolation and treatment end, quarantine runs on to its date."""
    tallies, person = state.tallies, one.person
    discharge(state, one)
    state.ledgers.size[UNDER_WAY] -= 1
    if one.severe_on != NEVER:
        # Encounters were drawn for as long as such an infection might have lasted.
        state.standing[person] |= CUT_SHORT
    if one.dies:
        state.ledgers.size[DEAD_TOTAL] += 1
        tallies.daily[day, DEATHS] += 1
        count_at_home(world, state, day, person, PLACE_DEATHS)
        confine(state, int(person), DEAD)
        return
    state.ledgers.size[RECOVERED_TOTAL] += 1
    tallies.daily[day, RECOVERIES] += 1
    if world.plan.reinfection:
        state.standing[person] &= ~CLOSED
    # Nobody else is isolated or treated.
    if one.found and state.bodies[person].confinement in (HOME_ISOLATION, HOSPITAL):
        confine(state, int(person), usual(world, state, world.plan.areas.phase[day], person))
