"""Test programmes: who is sampled today, within what the laboratory can do, and when the result is there.

Only the infected are visited: tests of the healthy are counted, not drawn, and are always negative (confirmation by a second
test is taken for granted). A test finds whom it samples from the first infectious day on, with the programme's sensitivity.
"""

from typing import Any

from epidemic.simulation.kernel import part_kernel, step_kernel
from epidemic.simulation.kinds import ADULT_BIT, ADULT_FROM, DEAD, ELDERLY_BIT, ELDERLY_FROM, NEVER, TESTS
from epidemic.simulation.orders import Programmes, World
from epidemic.simulation.randomness import TESTING, key_of, uniform
from epidemic.simulation.state import UNDER_WAY, State


@part_kernel
def groups_of(state: State, person: int) -> int:
    """The groups that a person belongs to, as bits."""
    age = state.bodies[person].age
    bits = 1 << int(state.bodies[person].role)
    return bits | (ELDERLY_BIT if age >= ELDERLY_FROM else 0) | (ADULT_BIT if age >= ADULT_FROM else 0)


@step_kernel
def test(world: World, state: State, day: int) -> None:
    """Carry out each programme of the day, in the scenario's order."""
    programmes = world.plan.programmes
    for number in range(len(programmes.first)):
        begun = day - programmes.first[number]
        if begun >= 0 and day <= programmes.last[number] and begun % programmes.every[number] == 0:
            _carry_out(world, state, day, number)


@part_kernel
def _carry_out(world: World, state: State, day: int, number: int) -> None:
    """Where more would be sampled than can be tested, everybody's chance falls alike; who is missed may come tomorrow."""
    programmes, ledgers = world.plan.programmes, state.ledgers
    healthy = programmes.concerned[number] * (
        programmes.other[number] + programmes.alike[number] * programmes.symptomatic[number]
    )
    ill, other = 0.0, healthy
    for at in range(ledgers.size[UNDER_WAY]):
        one = ledgers.infected[at]
        if day >= one.symptoms_on and _may_be_sampled(world, state, one, number):
            ill += programmes.symptomatic[number]
    wanted = (ill + other / programmes.pool[number]) if programmes.pool[number] > 1 else ill + other
    scale = min(1.0, programmes.capacity[number] / max(wanted, 1e-9))
    found = _sample(world, state, day, number, scale)
    again = _tested_again(wanted * scale, found, programmes.pool[number])
    state.tallies.daily[day, TESTS] += round(wanted * scale + again)


@part_kernel
def _tested_again(tests: float, found: int, pool: int) -> float:
    """Single tests of the samples of positive pools, of which there are fewer than positive samples."""
    if pool == 1 or tests <= 0.0:
        return 0.0
    clean = 1.0 - min(1.0, found / (tests * pool))
    return float(tests * (1.0 - clean**pool) * pool)


@part_kernel
def _sample(world: World, state: State, day: int, number: int, scale: float) -> int:
    """Sample the infected; how many samples will be positive."""
    programmes, ledgers, found = world.plan.programmes, state.ledgers, 0
    key = key_of(world.seed, TESTING, day)
    for at in range(ledgers.size[UNDER_WAY]):
        one = ledgers.infected[at]
        if day < one.infectious_on:
            continue
        chance = programmes.symptomatic[number] if day >= one.symptoms_on else programmes.other[number]
        if chance == 0.0 or uniform(key, one.person, 2 * number) >= chance * scale:
            continue
        if not _may_be_sampled(world, state, one, number):
            continue
        if uniform(key, one.person, 2 * number + 1) < programmes.sensitivity[number]:
            one.result_on = day + programmes.turnaround[number]
            found += 1
    return found


@part_kernel
def _may_be_sampled(world: World, state: State, one: Any, number: int) -> bool:
    """Of the programme's groups and area, not found yet, and not waiting for a result."""
    if one.found or one.result_on != NEVER or state.bodies[one.person].confinement == DEAD:
        return False
    programmes: Programmes = world.plan.programmes
    concerned = programmes.hamlets[number, state.bodies[one.person].hamlet] == 1
    return bool(concerned and groups_of(state, one.person) & programmes.groups[number])
