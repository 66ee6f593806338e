"""Who may meet whom: quarantine at a site or at home, isolation, living at the plant, and the release from them."""

from epidemic.simulation.kernel import part_kernel, step_kernel
from epidemic.simulation.kinds import (
    FREE,
    HOME_QUARANTINE,
    ON_SITE,
    PARK_WORKER,
    PLACE_QUARANTINE,
    SITE_QUARANTINE,
    TURNED_AWAY,
)
from epidemic.simulation.orders import (
    QUARANTINE_ADHERENCE,
    QUARANTINED,
    SITE_PLACES,
    World,
)
from epidemic.simulation.randomness import ADHERENCE, ALWAYS, key_of, uniform
from epidemic.simulation.state import LAST_LISTED, NOWHERE, RESIDENTS, UNLISTED, State


@step_kernel
def confine(world: World, state: State, person: int, kind: int) -> None:
    """Change a person's confinement and all counts that follow from it."""
    bodies, ledgers, role = state.bodies, state.ledgers, world.people.role[person]
    before = bodies.confinement[person]
    ledgers.confined[before] -= 1
    ledgers.confined[kind] += 1
    ledgers.away[role] += (kind not in (FREE, ON_SITE)) - (before not in (FREE, ON_SITE))
    if before == SITE_QUARANTINE:
        _leave_site(state, person)
    if kind == SITE_QUARANTINE:
        bodies.place[person] = ledgers.size[RESIDENTS]
        ledgers.residents[ledgers.size[RESIDENTS]] = person
        ledgers.size[RESIDENTS] += 1
    bodies.confinement[person] = kind


@part_kernel
def _leave_site(state: State, person: int) -> None:
    bodies, ledgers = state.bodies, state.ledgers
    ledgers.size[RESIDENTS] -= 1
    last, place = ledgers.residents[ledgers.size[RESIDENTS]], bodies.place[person]
    ledgers.residents[place] = last
    bodies.place[last] = place
    bodies.place[person] = NOWHERE


@part_kernel
def usual(world: World, phase: int, person: int) -> int:
    """Where somebody lives whom nothing confines: free, or at the plant where workers are told to."""
    if world.people.role[person] != PARK_WORKER:
        return FREE
    share = world.plan.areas.on_site[phase, world.people.park[person]]
    return ON_SITE if uniform(key_of(world.seed, ADHERENCE, ALWAYS), person, 1) < share else FREE


@step_kernel
def settle_plants(world: World, state: State, phase: int) -> None:
    """Move workers in or out of their plants when orders change."""
    for person in range(len(world.people.role)):
        if world.people.role[person] == PARK_WORKER and state.bodies.confinement[person] in (FREE, ON_SITE):
            kind = usual(world, phase, person)
            if kind != state.bodies.confinement[person]:
                confine(world, state, person, kind)


@step_kernel
def quarantine(world: World, state: State, day: int, person: int, days: int, at_site: float) -> bool:
    """Quarantine a contact for some days, at a site with probability `at_site` if a place is left; whether it is new.

    Who is isolated or dead is left alone; who sits at home already may be moved to a site, and stays the longer time.
    """
    bodies, phase = state.bodies, world.plan.areas.phase[day]
    conduct = world.plan.areas.conduct[world.plan.areas.row[phase, world.people.hamlet[person]]]
    before, key = bodies.confinement[person], key_of(world.seed, ADHERENCE, ALWAYS)
    if before not in (FREE, ON_SITE, HOME_QUARANTINE) or conduct[QUARANTINED] == 0.0:
        return False
    if uniform(key, person, 0) >= conduct[QUARANTINE_ADHERENCE]:
        return False
    kind = HOME_QUARANTINE
    if uniform(key, person, 2) < at_site:
        full = state.ledgers.size[RESIDENTS] >= world.plan.areas.capacity[phase, SITE_PLACES]
        state.tallies.daily[day, TURNED_AWAY] += full
        kind = HOME_QUARANTINE if full else SITE_QUARANTINE
    if kind != before:
        confine(world, state, person, kind)
    return _keep_until(world, state, day, person, day + days, before)


@part_kernel
def _keep_until(world: World, state: State, day: int, person: int, until: int, before: int) -> bool:
    bodies = state.bodies
    if before != HOME_QUARANTINE:
        bodies.confined_on[person] = day
        bodies.confined_until[person] = until
        hamlet, band = world.people.hamlet[person], min(world.people.age[person] // 10, 8)
        state.tallies.communes[day, world.commune[hamlet], PLACE_QUARANTINE] += 1
        state.tallies.bands[day, band, PLACE_QUARANTINE] += 1
    else:
        bodies.confined_until[person] = max(until, bodies.confined_until[person])
    if bodies.listed[person] == UNLISTED:
        _list(state, person)
    return bool(before != HOME_QUARANTINE)


@part_kernel
def _list(state: State, person: int) -> None:
    until = min(state.bodies.confined_until[person], len(state.ledgers.release) - 1)
    state.bodies.listed[person] = state.ledgers.release[until]
    state.ledgers.release[until] = person


@step_kernel
def release(world: World, state: State, day: int) -> None:
    """Let go whose quarantine ends today; who was told to stay longer is listed again."""
    bodies, phase = state.bodies, world.plan.areas.phase[day]
    person = state.ledgers.release[day]
    while person != LAST_LISTED:
        following = bodies.listed[person]
        bodies.listed[person] = UNLISTED
        if bodies.confinement[person] in (HOME_QUARANTINE, SITE_QUARANTINE):
            if bodies.confined_until[person] > day:
                _list(state, person)
            else:
                confine(world, state, int(person), usual(world, phase, person))
        person = following
    state.ledgers.release[day] = LAST_LISTED
