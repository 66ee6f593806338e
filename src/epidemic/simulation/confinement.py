"""Who may meet whom: quarantine at a site or at home, isolation, living at the plant, and the release from them."""

from epidemic.simulation.counting import count_at_home
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
def confine(state: State, person: int, kind: int) -> None:
    """Change a person's confinement and all counts that follow from it."""
    bodies, ledgers, role = state.bodies, state.ledgers, state.bodies[person].role
    before = bodies[person].confinement
    ledgers.confined[before] -= 1
    ledgers.confined[kind] += 1
    ledgers.away[role] += (kind not in (FREE, ON_SITE)) - (before not in (FREE, ON_SITE))
    if before == SITE_QUARANTINE:
        _leave_site(state, person)
    if kind == SITE_QUARANTINE:
        bodies[person].place = ledgers.size[RESIDENTS]
        ledgers.residents[ledgers.size[RESIDENTS]] = person
        ledgers.size[RESIDENTS] += 1
    bodies[person].confinement = kind


@part_kernel
def _leave_site(state: State, person: int) -> None:
    bodies, ledgers = state.bodies, state.ledgers
    ledgers.size[RESIDENTS] -= 1
    last, place = ledgers.residents[ledgers.size[RESIDENTS]], bodies[person].place
    ledgers.residents[place] = last
    bodies[last].place = place
    bodies[person].place = NOWHERE


@part_kernel
def usual(world: World, state: State, phase: int, person: int) -> int:
    """Where somebody lives whom nothing confines: free, or at the plant where workers are told to."""
    if state.bodies[person].role != PARK_WORKER:
        return FREE
    share = world.plan.areas.on_site[phase, state.bodies[person].park]
    return ON_SITE if uniform(key_of(world.seed, ADHERENCE, ALWAYS), person, 1) < share else FREE


@step_kernel
def settle_plants(world: World, state: State, phase: int) -> None:
    """Move workers in or out of their plants when orders change."""
    for person in range(len(state.bodies)):
        if state.bodies[person].role == PARK_WORKER and state.bodies[person].confinement in (FREE, ON_SITE):
            kind = usual(world, state, phase, person)
            if kind != state.bodies[person].confinement:
                confine(state, person, kind)


@step_kernel
def quarantine(world: World, state: State, day: int, person: int, days: int, at_site: float) -> bool:
    """Quarantine a contact for some days, at a site with probability `at_site` if a place is left; whether it is new.

    Who is isolated or dead is left alone; who sits at home already may be moved to a site, and stays the longer time.
    """
    bodies, phase = state.bodies, world.plan.areas.phase[day]
    conduct = world.plan.areas.conduct[world.plan.areas.row[phase, state.bodies[person].hamlet]]
    before, key = bodies[person].confinement, key_of(world.seed, ADHERENCE, ALWAYS)
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
        confine(state, person, kind)
    return _keep_until(world, state, day, person, day + days, before)


@part_kernel
def _keep_until(world: World, state: State, day: int, person: int, until: int, before: int) -> bool:
    bodies = state.bodies
    if before != HOME_QUARANTINE:
        bodies[person].confined_on = day
        bodies[person].confined_until = until
        count_at_home(world, state, day, person, PLACE_QUARANTINE)
    else:
        bodies[person].confined_until = max(until, bodies[person].confined_until)
    if bodies[person].listed == UNLISTED:
        _list(state, person)
    return bool(before != HOME_QUARANTINE)


@part_kernel
def _list(state: State, person: int) -> None:
    until = min(state.bodies[person].confined_until, len(state.ledgers.release) - 1)
    state.bodies[person].listed = state.ledgers.release[until]
    state.ledgers.release[until] = person


@step_kernel
def release(world: World, state: State, day: int) -> None:
    """Let go whose quarantine ends today; who was told to stay longer is listed again."""
    bodies, phase = state.bodies, world.plan.areas.phase[day]
    person = state.ledgers.release[day]
    while person != LAST_LISTED:
        following = bodies[person].listed
        bodies[person].listed = UNLISTED
        if bodies[person].confinement in (HOME_QUARANTINE, SITE_QUARANTINE):
            if bodies[person].confined_until > day:
                _list(state, person)
            else:
                confine(state, int(person), usual(world, state, phase, person))
        person = following
    state.ledgers.release[day] = LAST_LISTED
