"""A run from the first day to the last, without Python in between, so that runs share the machine's cores as threads."""

from epidemic.simulation.arrivals import arrive
from epidemic.simulation.confinement import release, settle_plants
from epidemic.simulation.exposure import expose
from epidemic.simulation.kernel import part_kernel, run_kernel
from epidemic.simulation.kinds import (
    BEDS_1,
    DIED,
    HEALTH_WORKER,
    HOME_ISOLATION,
    HOME_QUARANTINE,
    INFECTIOUS,
    ISOLATED_HOME,
    KITS,
    LATENT,
    ON_SITE,
    ON_SITE_WORKERS,
    OXYGEN,
    PARK_WORKER,
    PROTECTIVE_SETS,
    PUPIL,
    QUARANTINE_HOME,
    QUARANTINE_SITE,
    RECOVERED,
    SCHOOL_DAYS,
    SITE_QUARANTINE,
    SUSCEPTIBLE,
    TEACHER,
    TESTS,
    TRACING_QUEUE,
    WAITING_BED,
    WAITING_OXYGEN,
    WORKDAYS,
    WORKDAYS_PARKS,
    WORKER,
)
from epidemic.simulation.orders import TRACING_CAPACITY, World
from epidemic.simulation.progress import clear, progress
from epidemic.simulation.spread import transmit
from epidemic.simulation.state import (
    DEAD_TOTAL,
    LATENT_TOTAL,
    QUEUE_HEAD,
    QUEUE_TAIL,
    RECOVERED_TOTAL,
    SUSCEPTIBLE_TOTAL,
    UNDER_WAY,
    WAITING_BEDS,
    WAITING_OXYGENS,
    State,
)
from epidemic.simulation.testing import test
from epidemic.simulation.tracing import trace
from epidemic.simulation.vaccination import vaccinate

# Sets of protective clothing: assumed, for the store room's order list; see the documentation.
SETS_A_BED, SETS_A_TEST, SETS_A_CONTACT = 3.0, 0.05, 0.05


@run_kernel
def live(world: World, state: State, first: int) -> int:
    """Run from a day on to the plan's last; or to the day, which is returned, that needs an agenda of more room."""
    areas = world.plan.areas
    for day in range(first, len(areas.phase)):
        if not expose(world, state):
            return day
        clear(state)
        if areas.on_site.shape[1] > 1 and (day == 0 or areas.phase[day] != areas.phase[day - 1]):
            settle_plants(world, state, areas.phase[day])
        state.ledgers.size[WAITING_BEDS] = 0
        state.ledgers.size[WAITING_OXYGENS] = 0
        vaccinate(world, state, day)
        arrive(world, state, day)
        release(world, state, day)
        progress(world, state, day)
        test(world, state, day)
        trace(world, state, day)
        transmit(world, state, day)
        _note(world, state, day)
    return len(areas.phase)


@part_kernel
def _note(world: World, state: State, day: int) -> None:
    """Write down the stocks at the day's end and what the day cost."""
    daily, size, confined = state.tallies.daily[day], state.ledgers.size, state.ledgers.confined
    daily[SUSCEPTIBLE], daily[LATENT] = size[SUSCEPTIBLE_TOTAL], size[LATENT_TOTAL]
    daily[INFECTIOUS] = size[UNDER_WAY] - size[LATENT_TOTAL]
    daily[RECOVERED], daily[DIED] = size[RECOVERED_TOTAL], size[DEAD_TOTAL]
    traced = world.plan.areas.capacity[world.plan.areas.phase[day], TRACING_CAPACITY] > 0
    daily[TRACING_QUEUE] = size[QUEUE_TAIL] - size[QUEUE_HEAD] if traced else 0
    daily[QUARANTINE_SITE], daily[QUARANTINE_HOME] = confined[SITE_QUARANTINE], confined[HOME_QUARANTINE]
    daily[ISOLATED_HOME], daily[ON_SITE_WORKERS] = confined[HOME_ISOLATION], confined[ON_SITE]
    for tier in range(1, 4):
        daily[BEDS_1 + tier - 1] = state.ledgers.used[tier]
    daily[OXYGEN] = state.ledgers.used[4]
    daily[WAITING_BED], daily[WAITING_OXYGEN] = size[WAITING_BEDS], size[WAITING_OXYGENS]
    daily[TESTS] += state.ledgers.planned_tests[day]
    _note_losses(world, state, day)


@part_kernel
def _note_losses(world: World, state: State, day: int) -> None:
    """Days lost: of everybody where work or school is closed, of who is confined where it is open."""
    daily, away, counts = state.tallies.daily[day], state.ledgers.away, state.ledgers.role_counts
    closed = world.plan.areas.lost[world.plan.areas.phase[day]]
    workers = counts[TEACHER] + counts[WORKER] + counts[HEALTH_WORKER]
    kept = away[TEACHER] + away[WORKER] + away[HEALTH_WORKER]
    parks = counts[PARK_WORKER] * closed[1] + away[PARK_WORKER] * (1 - closed[1])
    daily[WORKDAYS_PARKS] = round(parks)
    daily[WORKDAYS] = round(workers * closed[0] + kept * (1 - closed[0]) + parks)
    daily[SCHOOL_DAYS] = round(counts[PUPIL] * closed[2] + away[PUPIL] * (1 - closed[2]))
    beds = daily[BEDS_1] + daily[BEDS_1 + 1] + daily[BEDS_1 + 2]
    daily[KITS] = daily[TESTS]
    daily[PROTECTIVE_SETS] = round(
        beds * SETS_A_BED + daily[TESTS] * SETS_A_TEST + daily[QUARANTINE_SITE] * SETS_A_CONTACT
    )
