"""Test programmes: who is sampled today, within what the laboratory can do, and when the result is there.

Only the infected are visited: tests of the healthy are counted, not drawn, and are always negative (confirmation by a second
test is taken for granted). A test finds whom it samples from the first infectious day on, with the programme's sensitivity.
"""

from typing import Any

from epidemic.simulation.kernel import part_kernel, step_kernel
from epidemic.simulation.kinds import ADULT_BIT, ADULT_FROM, ELDERLY_BIT, ELDERLY_FROM, NEVER, TESTS
from epidemic.simulation.orders import UNLIMITED, Programmes, World
from epidemic.simulation.randomness import TESTING, key_of, uniform
from epidemic.simulation.state import LISTED, State


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
    programmes = world.plan.programmes
    pool, capacity = programmes.pool[number], programmes.capacity[number]
    symptomatic, other = programmes.symptomatic[number], programmes.other[number]
    healthy = programmes.concerned[number] * (other + programmes.alike[number] * symptomatic)
    # Where everybody may be sampled, the ill are among those counted already.
    ill_only, scale, most = other == 0.0, 1.0, UNLIMITED
    if capacity < UNLIMITED:
        ill = _ill(world, state, day, number) * symptomatic if ill_only else 0.0
        scale = min(1.0, capacity * pool / max(healthy + ill, 1e-9))
        most = capacity * pool - healthy * scale if ill_only else UNLIMITED
    sampled, found = _sample(world, state, day, number, scale, most)
    sampled = sampled if ill_only else 0
    tests = (sampled + healthy * scale) / pool
    state.tallies.daily[day, TESTS] += round(tests + _tested_again(tests, found, pool))


@part_kernel
def _ill(world: World, state: State, day: int, number: int) -> int:
    """How many with symptoms might be sampled."""
    count = 0
    for at in range(state.ledgers.size[LISTED]):
        one = state.ledgers.infected[at]
        if day >= one.symptoms_on and _waits_for_test(one, day) and _is_concerned(world, state, one, number):
            count += 1
    return count


@part_kernel
def _tested_again(tests: float, found: int, pool: int) -> float:
    """Single tests of the samples of positive pools, of which there are fewer than positive samples."""
    if pool == 1 or tests <= 0.0:
        return 0.0
    clean = 1.0 - min(1.0, found / (tests * pool))
    return float(tests * (1.0 - clean**pool) * pool)


@part_kernel
def _sample(world: World, state: State, day: int, number: int, scale: float, most: float) -> tuple[int, int]:
    """Sample the infected, up to `most`; how many were, and how many will be positive."""
    programmes, ledgers, sampled, found = world.plan.programmes, state.ledgers, 0, 0
    key = key_of(world.seed, TESTING, day)
    for at in range(ledgers.size[LISTED]):
        one = ledgers.infected[at]
        if day < one.infectious_on or not _waits_for_test(one, day):
            continue
        chance = programmes.symptomatic[number] if day >= one.symptoms_on else programmes.other[number]
        if chance == 0.0 or uniform(key, one.person, 2 * number) >= chance * scale:
            continue
        if sampled >= most or not _is_concerned(world, state, one, number):
            continue
        sampled += 1
        if uniform(key, one.person, 2 * number + 1) < programmes.sensitivity[number]:
            one.result_on = day + programmes.turnaround[number]
            ledgers.wakes[at] = min(ledgers.wakes[at], one.result_on)
            found += 1
    return sampled, found


@part_kernel
def _waits_for_test(one: Any, day: int) -> bool:
    """Still infected, not found yet, and no result under way."""
    return bool(day < one.ends_on and one.found == 0 and one.result_on == NEVER)


@part_kernel
def _is_concerned(world: World, state: State, one: Any, number: int) -> bool:
    """Of the programme's groups and area."""
    programmes: Programmes = world.plan.programmes
    inside = programmes.hamlets[number, state.bodies[one.person].hamlet] == 1
    return bool(inside and groups_of(state, one.person) & programmes.groups[number])
