"""Doses given in the order of priority, as many as there are: second doses that are due come first."""

from epidemic.simulation.kernel import part_kernel, step_kernel
from epidemic.simulation.kinds import DEAD, DOSES_FIRST, DOSES_SECOND, NEVER
from epidemic.simulation.orders import World
from epidemic.simulation.state import State


@step_kernel
def vaccinate(world: World, state: State, day: int) -> None:
    """Give a day's doses of every campaign; doses that nobody is due for stay in store for the next day."""
    campaigns, ledgers = world.plan.campaigns, state.ledgers
    for number in range(len(campaigns.interval)):
        left = campaigns.supply[number, day] + ledgers.stock[number]
        left = _give_second(world, state, day, number, left)
        ledgers.stock[number] = _give_first(world, state, day, number, left)


@part_kernel
def _give_second(world: World, state: State, day: int, number: int, left: int) -> int:
    campaigns, bodies, pointer = world.plan.campaigns, state.bodies, state.ledgers.campaign[number]
    while left > 0 and pointer[1] < pointer[0]:
        person = campaigns.order[campaigns.bounds[number, 0] + pointer[1]]
        if bodies[person].dose1_on + campaigns.interval[number] > day:
            break
        pointer[1] += 1
        if bodies[person].confinement != DEAD and bodies[person].dose2_on == NEVER:
            bodies[person].dose2_on = day
            state.tallies.daily[day, DOSES_SECOND] += 1
            left -= 1
    return left


@part_kernel
def _give_first(world: World, state: State, day: int, number: int, left: int) -> int:
    campaigns, bodies, pointer = world.plan.campaigns, state.bodies, state.ledgers.campaign[number]
    first, last = campaigns.bounds[number]
    while left > 0 and first + pointer[0] < last:
        person = campaigns.order[first + pointer[0]]
        pointer[0] += 1
        if bodies[person].confinement != DEAD and bodies[person].dose1_on == NEVER:
            bodies[person].dose1_on = day
            state.tallies.daily[day, DOSES_FIRST] += 1
            left -= 1
    return left
