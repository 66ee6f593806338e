"""A province of 1.8 million people for 120 days: CPU seconds, memory, threads; and Covasim beside it.

    python benchmarks/simulation_province.py [--people 1800000] [--runs 3]
    python benchmarks/simulation_province.py --covasim PYTHON [--agents 100000]

PYTHON is the interpreter of an environment of its own that holds `covasim==3.1.6` and `numpy<2`. It is given the people and
contacts that this program made, so that both walk the same network, as many agents as `--agents` says, with like tests,
tracing and quarantine; its CPU seconds are scaled to `--people` in proportion, which favours it: it was slower per agent the
more agents there were.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np

from epidemic.simulation import (
    Biology,
    Closing,
    FiveMeasures,
    Isolation,
    Lockdown,
    Order,
    Outbreak,
    Park,
    Population,
    Quarantine,
    Sampling,
    Scenario,
    ThreeOnTheSpot,
    Tracing,
    Treatment,
    Vaccination,
    Variant,
    build_population,
    compile_plan,
    invented_province,
    run_plan,
    simulate_many,
)
from epidemic.simulation.kinds import HOME_ISOLATION, HOME_QUARANTINE
from epidemic.simulation.orders import Plan

DAYS, SEED = 120, 1
CHANCE, WEIGHTS = 0.016, (3.0, 0.6, 0.6, 0.3, 0.3)
ALIKE = Variant(name="alike", reproduction=0.0, incubation_mean=6.5, incubation_sd=1.5 * 6.5 / 4.5, generation_mean=6.0)
"""The epidemic that both walk through: Covasim's defaults, but flat infectiousness and two presymptomatic days in both."""
LEFT_IN_ISOLATION, LEFT_IN_QUARANTINE = (0.3, 0.1, 0.1, 0.1, 0.1), (0.6, 0.2, 0.2, 0.2, 0.2)
TTI: tuple[Order, ...] = (
    Sampling(share=0.1, alike=0.0),
    Tracing(household=1.0, school=0.5, work=0.5, community=0.2, gathering=0.2),
    Quarantine(days=13, at_site=0.0, adherence=1.0, test_days=()),
    Isolation(share=1.0),
)


def orders(people: int, name: str) -> tuple[Order, ...]:
    """Nothing; tests, tracing and quarantine; or everything that a province orders."""
    begun: tuple[Order, ...] = (Outbreak(infected=max(20, people // 5_000)),)
    everything: tuple[Order, ...] = (
        FiveMeasures(compliance=0.3),
        Closing(what=("schools",), since=30, until=60),
        Lockdown(area=("H01",), since=20, until=40),
        Sampling(who="targeted", groups=("parks",), share=0.9, every=7, pool=10),
        Vaccination(doses_a_day=people / 200, interval=28),
        ThreeOnTheSpot(share=0.5, since=20, until=80),
        Treatment(tier_1=people / 500, tier_2=people / 1_000, tier_3=people / 20_000, oxygen=people / 1_000),
    )
    return begun + {"nothing": (), "tests, tracing, quarantine": TTI, "everything": TTI + everything}[name]


def settle(people: int) -> Population:
    """A province of communes of 8,000, a park for each 60 people of it."""
    parks = [Park(name="P", commune="X001", workers=people // 60)]
    return build_population(invented_province(people, max(2, people // 8_000), parks=parks))


def plan_alike(population: Population, ordered: tuple[Order, ...]) -> Plan:
    """The plan of some orders, with Covasim's transmission and what its isolation and quarantine leave of contacts."""
    scenario = Scenario(days=DAYS, variants=(ALIKE,), orders=ordered, biology=Biology(flat=True))
    plan = compile_plan(scenario, population)
    mixing = plan.mixing.copy()
    mixing[HOME_ISOLATION], mixing[HOME_QUARANTINE] = LEFT_IN_ISOLATION, LEFT_IN_QUARANTINE
    return plan._replace(transmission=CHANCE * np.array([WEIGHTS]), mixing=mixing)


def cpu(action: object, *arguments: object) -> tuple[float, object]:
    """CPU seconds of a call, and its answer."""
    started = time.process_time()
    answer = action(*arguments)  # type: ignore[operator]
    return time.process_time() - started, answer


def ours(people: int, runs: int) -> dict[str, float]:
    """Print and return CPU seconds a run, the least of some, for each set of orders."""
    settle(2_000)
    seconds, population = cpu(settle, people)
    print(f"people and contacts: {seconds:.2f} CPU s, {len(population.contacts.neighbours) / people:.1f} contacts each")
    found = {}
    for name in ("nothing", "tests, tracing, quarantine", "everything"):
        plan = plan_alike(population, orders(people, name))
        run_plan(population, plan, SEED)
        timed = [cpu(run_plan, population, plan, SEED + at) for at in range(runs)]
        found[name] = min(seconds for seconds, _ in timed)
        attack = timed[0][1].total("infections") / people
        print(f"{name}: {found[name]:.3f} CPU s a run, attack rate {attack:.3f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"most memory: {peak:.2f} GiB")
    threads(population, people)
    return found


def threads(population: Population, people: int) -> None:
    """Wall seconds of runs on one thread and on two."""
    scenario = Scenario(days=DAYS, orders=orders(people, "tests, tracing, quarantine"))
    one, two = (simulate_many(population, scenario, seeds=range(4), threads=number).seconds for number in (1, 2))
    print(
        f"4 runs: {one:.2f} s on one thread, {two:.2f} s on two; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"most memory with two at once: {peak:.2f} GiB")


PEER = r"""
import json, sys, time
import numpy as np, covasim as cv
data = np.load(sys.argv[1])
people, days, begun, tti, seed, waning = (json.loads(one) for one in sys.argv[2:8])
cv.options(verbose=0)
layers = {name: cv.Layer(p1=data[name][0], p2=data[name][1], beta=np.ones(len(data[name][0]), np.float32), label=name)
          for name in ("h", "s", "w", "c")}
more = []
if tti:
    more = [cv.test_prob(symp_prob=0.1, asymp_prob=0.0, test_delay=1, sensitivity=0.95),
            cv.contact_tracing(trace_probs=dict(h=1.0, s=0.5, w=0.5, c=0.2), trace_time=1)]
sim = cv.Sim(pop_size=people, pop_type="hybrid", pop_infected=begun, n_days=days - 1, rand_seed=seed, interventions=more,
             verbose=0, use_waning=waning)
sim["viral_dist"] = dict(frac_time=0.3, load_ratio=1, high_cap=4)
sim["dur"]["inf2sym"] = dict(dist="lognormal_int", par1=2.0, par2=0.9)
sim.popdict = {"uid": np.arange(people), "age": data["age"].astype(float), "sex": np.zeros(people),
               "contacts": cv.Contacts(layers), "layer_keys": list("hswc")}
sim.initialize()
started = time.process_time()
sim.run()
print(json.dumps({"seconds": time.process_time() - started, "infections": float(sim.results["cum_infections"][-1])}))
"""


def peer(python: str, agents: int, people: int, *, waning: bool) -> dict[str, float]:
    """Covasim's CPU seconds for both sets of orders, scaled to `people`."""
    population, found = settle(agents), {}
    with tempfile.TemporaryDirectory() as folder:
        network = Path(folder) / "network.npz"
        np.savez(network, age=population.people.age, **edges(population))
        for name, tti in (("nothing", False), ("tests, tracing, quarantine", True)):
            told = [json.dumps(one) for one in (agents, DAYS, max(20, agents // 5_000), tti, SEED, waning)]
            done = subprocess.run(
                [python, "-W", "ignore", "-c", PEER, str(network), *told], capture_output=True, text=True, check=True
            )
            answer = json.loads(done.stdout.strip().splitlines()[-1])
            found[name] = answer["seconds"] * people / agents
            print(
                f"Covasim, {name}: {answer['seconds']:.2f} CPU s for {agents:,} agents, attack rate "
                f"{answer['infections'] / agents:.3f}; {found[name]:.1f} s scaled to {people:,}"
            )
    return found


def edges(population: Population) -> dict[str, np.ndarray]:
    """Contacts as pairs, each once, in Covasim's four layers: gatherings go with the community."""
    offsets, neighbours = population.contacts
    person, layer = np.divmod(np.repeat(np.arange(len(offsets) - 1), np.diff(offsets)), 5)
    once = person < neighbours
    pairs = np.stack([person[once], neighbours[once]]).astype(np.int32)
    return {
        name: pairs[:, np.isin(layer[once], of)] for name, of in (("h", [0]), ("s", [1]), ("w", [2]), ("c", [3, 4]))
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1_800_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--covasim", metavar="PYTHON")
    parser.add_argument("--agents", type=int, default=100_000)
    arguments = parser.parse_args()
    print(f"{platform.machine()}, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}")
    found = ours(arguments.people, arguments.runs)
    if arguments.covasim:
        for waning in (True, False):
            print(f"Covasim {'with waning immunity, its default' if waning else 'without waning immunity, as ours'}")
            theirs = peer(arguments.covasim, arguments.agents, arguments.people, waning=waning)
            for name, seconds in theirs.items():
                print(f"{name}: {seconds / found[name]:.0f} times as fast as Covasim")


if __name__ == "__main__":
    main()
