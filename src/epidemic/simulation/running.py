"""Run a plan with one seed, or with many: on threads, or on the machines of a cluster."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from time import perf_counter
from typing import TYPE_CHECKING

from epidemic.simulation.days import live
from epidemic.simulation.encounters import enlarged
from epidemic.simulation.orders import Plan, World
from epidemic.simulation.outcome import Ensemble, Run
from epidemic.simulation.plan import Scenario, compile_plan
from epidemic.simulation.population import Population
from epidemic.simulation.state import State, new_state

if TYPE_CHECKING:
    from distributed import Client

BEYOND = 64
BEFORE = 30


def simulate(population: Population, scenario: Scenario, *, seed: int = 1) -> Run:
    """One run of a scenario. Raises what `compile_plan` raises."""
    return run_plan(population, compile_plan(scenario, population), seed)


def simulate_many(
    population: Population,
    scenario: Scenario,
    *,
    seeds: Iterable[int],
    threads: int | None = None,
    cluster: "Client | None" = None,
) -> Ensemble:
    """A run for each seed, in the order of the seeds, on as many threads as the machine has cores, or on a cluster.

    The plan and the people are shared; each run keeps its own state, about 80 bytes a person. The results depend neither
    on the number of threads nor on the machines. A `cluster` is a client of `dask.distributed` (extra `cluster`) whose
    workers have this package; its workers decide how many runs go on at once, and `threads` is not looked at.
    """
    wanted, started = list(seeds), perf_counter()
    plan = compile_plan(scenario, population)
    if cluster is None:
        with ThreadPoolExecutor(threads or cpu_count() or 1) as pool:
            runs: Sequence[Run] = list(pool.map(lambda seed: run_plan(population, plan, seed), wanted))
    else:
        runs = _run_on(cluster, population, plan, wanted)
    return Ensemble(tuple(wanted), tuple(runs), perf_counter() - started)


def _run_on(cluster: "Client", population: Population, plan: Plan, seeds: list[int]) -> Sequence[Run]:
    """Send people and plan to every worker once, and a seed at a time after them."""
    people, orders = cluster.scatter([population, plan], broadcast=True, hash=False)
    return list(cluster.gather(cluster.map(_run_seed, seeds, population=people, plan=orders, pure=False)))


def _run_seed(seed: int, population: Population, plan: Plan) -> Run:
    return run_plan(population, plan, seed)


def run_plan(population: Population, plan: Plan, seed: int) -> Run:
    """One run of a plan that was compiled for the population."""
    started = perf_counter()
    world, state = World(population.contacts, population.hamlet_commune, plan, seed), _beginning(population, plan)
    day = live(world, state, 0)
    while day < len(plan.areas.phase):
        state = state._replace(agenda=enlarged(state.agenda))
        day = live(world, state, day)
    infected_on, infected_by = (state.bodies[name].copy() for name in ("infected_on", "infected_by"))
    return Run(seed, state.tallies, infected_on, infected_by, perf_counter() - started)


def _beginning(population: Population, plan: Plan) -> State:
    communes, days = len(population.province.communes), len(plan.areas.phase)
    state = new_state(population.people, communes, days, len(plan.campaigns.interval), BEYOND)
    for number, (first, _) in enumerate(plan.campaigns.bounds):
        done = plan.campaigns.already[number]
        people = plan.campaigns.order[first : first + done]
        state.bodies["dose1_on"][people] = -BEFORE - plan.campaigns.interval[number]
        state.bodies["dose2_on"][people] = -BEFORE
        state.ledgers.campaign[number] = done
    return state
