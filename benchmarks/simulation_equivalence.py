"""Whether the simulator and Covasim 3.1.6 give the same epidemics, measure by measure: two one-sided tests (TOST) over seeds.

    python benchmarks/simulation_equivalence.py --covasim PYTHON [--seeds 100] [--agents 20000] [--only "closing schools"]

PYTHON holds `covasim==3.1.6` and `numpy<2`; `covasim_peer.py` is what it runs. Both walk the same people and contacts with the
same parameters: flat infectiousness, no waning, two presymptomatic days, the same chances of tests and tracing, the same
that isolation and quarantine leave. What a restriction leaves of each single contact is worked out here from the orders,
apart from the simulator's kernels, and given to Covasim contact by contact. Protection, test rounds, beds and arrivals are
Covasim's own where it has them, else set on its people by the peer.
Equivalent within a margin: the 90% interval of the difference of means lies inside it (p < 0.05 on both sides).
Without a counterpart, and so not compared: capacity of tracing with a queue, pooled tests, quarantine sites that run out.
"""

import argparse
import json
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from simulation_province import ALIKE, CHANCE, DAYS, WEIGHTS, settle

from epidemic.simulation import (
    Arrivals,
    Biology,
    Checkpoint,
    Closing,
    Distancing,
    FiveMeasures,
    Isolation,
    Lockdown,
    Order,
    Outbreak,
    Population,
    Quarantine,
    Sampling,
    Scenario,
    StayInPlace,
    ThreeOnTheSpot,
    Tracing,
    Treatment,
    Vaccination,
    compile_plan,
    run_plan,
)
from epidemic.simulation.kinds import ELDERLY_FROM, HOME_ISOLATION, HOSPITAL, ON_SITE, TRAVEL, WORK
from epidemic.simulation.orders import Plan

PEER = Path(__file__).with_name("covasim_peer.py")
LAYERS = "hswcg"
BEGUN, ORDERED = 200, 30
ISOLATION = Isolation(share=1.0)
FOUND: tuple[Order, ...] = (Sampling(share=0.1, alike=0.0), ISOLATION)
COMPLETE = {"household": 1.0, "school": 0.5, "work": 0.5, "community": 0.2, "gathering": 0.2}
TRACED: tuple[Order, ...] = (
    *FOUND,
    Tracing(**COMPLETE),
    Quarantine(days=13, at_site=0.0, adherence=1.0, test_days=()),
)
PROTECTION = {"infection": 0.64, "passing_on": 0.49, "severe": 0.92}
ALREADY, ROUND, DAILY, IMPORTED = 0.4, 0.5, 300, 4
FIGURES = {"attack": 0.03, "peak day": 2.0, "deaths": 0.10, "cases": 0.03, "tests": 0.05}
"""Margins: shares of the mean, but for the peak day, in days."""


@dataclass(frozen=True)
class Measure:
    """Our orders, what the peer is told of them, and which figures mean the same in both."""

    orders: tuple[Order, ...] = ()
    told: dict[str, Any] = field(default_factory=dict)
    figures: tuple[str, ...] = ("attack", "peak day", "deaths")


def restriction(order: Order) -> Measure:
    """An order that takes contacts away, or strength from them, from day 30 on."""
    return Measure((order,), {"restricted": ORDERED})


TESTED = (*Measure().figures, "cases", "tests")
MEASURES = {
    "nothing": Measure(),
    "5K": restriction(FiveMeasures(compliance=0.4, since=ORDERED)),
    "Directive 15": restriction(Distancing(level="15", since=ORDERED)),
    "Directive 16": restriction(Distancing(level="16", adherence=0.6, since=ORDERED)),
    "level 3": restriction(Distancing(level="level-3", since=ORDERED)),
    "closing schools": restriction(Closing(what=("schools",), since=ORDERED)),
    "closing workplaces and parks": restriction(Closing(what=("workplaces", "parks"), share=0.7, since=ORDERED)),
    "closing gatherings and markets": restriction(Closing(what=("gatherings", "markets"), since=ORDERED)),
    "stay in place, half the province": restriction(StayInPlace(adherence=0.7, area=("H01",), since=ORDERED)),
    "lockdown of a district": restriction(Lockdown(area=("H01",), since=ORDERED)),
    "checkpoints": restriction(Checkpoint(passing=0.2, since=ORDERED)),
    "three on the spot": restriction(ThreeOnTheSpot(share=1.0, since=ORDERED)),
    "tests and isolation": Measure(FOUND, {"symptomatic": 0.1}, TESTED),
    "random tests": Measure(
        (Sampling(who="random", tests_a_day=DAILY), ISOLATION), {"random": DAILY}, (*Measure().figures, "cases")
    ),
    "rounds among the old": Measure(
        (Sampling(who="targeted", groups=("elderly",), share=ROUND, every=7), ISOLATION),
        {"rounds": {"share": ROUND, "every": 7, "sensitivity": 0.95}},
        (*Measure().figures, "cases"),
    ),
    "tests, isolation, tracing, quarantine": Measure(
        TRACED, {"symptomatic": 0.1, "traced": dict(zip(LAYERS, COMPLETE.values(), strict=True))}, TESTED
    ),
    "vaccination": Measure(
        (Vaccination(doses_a_day=0, already=ALREADY, groups=("adults",), uptake=1.0, passing_on=(0.15, 0.49)),),
        {"protected": PROTECTION},
    ),
    "beds that run out": Measure(
        (Treatment(tier_2=20, tier_3=2), ISOLATION), {"beds": [20, 2]}, (*Measure().figures, "cases")
    ),
    "arrivals": Measure((Arrivals(people_a_day=IMPORTED * 50, infected=0.02),), {"imports": IMPORTED}),
}


def plan_of(population: Population, orders: Sequence[Order]) -> Plan:
    """The plan with Covasim's transmission; in hospital a patient meets as many as in isolation, as Covasim has it."""
    scenario = Scenario(
        days=DAYS, variants=(ALIKE,), orders=(Outbreak(infected=BEGUN), *orders), biology=Biology(flat=True)
    )
    plan = compile_plan(scenario, population)
    mixing = plan.mixing.copy()
    mixing[HOSPITAL] = mixing[HOME_ISOLATION]
    return plan._replace(transmission=CHANCE * np.array([WEIGHTS]), mixing=mixing)


def edges(population: Population) -> list[tuple[np.ndarray, np.ndarray]]:
    """The two ends of each contact, once, by layer."""
    offsets, neighbours = population.contacts
    person, layer = np.divmod(np.repeat(np.arange(len(offsets) - 1), np.diff(offsets)), len(LAYERS))
    once = person < neighbours
    return [(person[once & (layer == one)], neighbours[once & (layer == one)]) for one in range(len(LAYERS))]


def left_of(population: Population, plan: Plan, layer: int, ends: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """What the orders of the last day leave of each contact of a layer, between 0 and 1."""
    areas, of = plan.areas, population.people
    contact, parks = areas.contact[-1], areas.parks[-1]
    near, far = (of.hamlet[end] for end in ends)
    left = np.minimum(contact[near, layer], contact[far, layer])
    apart = population.hamlet_commune[near] != population.hamlet_commune[far]
    left = np.where(apart, left * np.minimum(contact[near, TRAVEL], contact[far, TRAVEL]), left)
    on_site = areas.on_site[-1][of.park] > 0
    if layer == WORK:
        together = (of.park[ends[0]] == of.park[ends[1]]) & (of.park[ends[0]] > 0)
        leaving = np.minimum(*(np.where(on_site[end], 1.0, contact[of.hamlet[end], -1]) for end in ends))
        left = np.where(together, np.minimum(parks[of.park[ends[0]]], leaving), left)
    stays = [np.where(on_site[end], float(plan.mixing[ON_SITE, layer]), 1.0) for end in ends]
    return left * stays[0] * stays[1]


def data_of(population: Population, plan: Plan) -> dict[str, np.ndarray]:
    """What the peer is given of people and contacts."""
    data = {"age": population.people.age, "tested": np.flatnonzero(population.people.age >= ELDERLY_FROM)}
    for layer, (name, ends) in enumerate(zip(LAYERS, edges(population), strict=True)):
        data |= {f"{name}0": ends[0], f"{name}1": ends[1], f"{name}_left": left_of(population, plan, layer, ends)}
    campaigns = plan.campaigns
    data["protected"] = campaigns.order[: int(campaigns.already.sum())]
    return data


def theirs(python: str, population: Population, measure: Measure, plan: Plan, seeds: range) -> list[dict[str, float]]:
    """Figures of Covasim's runs."""
    told = {"days": DAYS, "begun": BEGUN, "chance": CHANCE, "weights": WEIGHTS, "seeds": [seeds.start, seeds.stop]}
    with tempfile.TemporaryDirectory() as folder:
        data, asked = Path(folder) / "data.npz", Path(folder) / "plan.json"
        np.savez(data, **data_of(population, plan))
        asked.write_text(json.dumps(told | measure.told), encoding="utf-8")
        command = [python, "-W", "ignore", str(PEER), str(data), str(asked)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def figures(population: Population, plan: Plan, seed: int) -> dict[str, float]:
    """What is compared of one run; the peak is that of the week's sum around a day."""
    run = run_plan(population, plan, seed)
    weekly = np.convolve(run.series("infections"), np.ones(7), "same")
    return {
        "attack": run.total("infections") / population.size,
        "peak day": float(np.argmax(weekly)),
        "deaths": float(run.total("deaths")),
        "cases": float(run.total("cases")),
        "tests": float(run.total("tests")),
    }


def compare(name: str, measure: Measure, one: list[dict[str, float]], other: list[dict[str, float]]) -> None:
    """Print both means and whether they are equivalent."""
    print(f"\n{name}: {len(one)} and {len(other)} runs", flush=True)
    for figure in measure.figures:
        a, b = (np.array([run[figure] for run in runs]) for runs in (one, other))
        margin = FIGURES[figure]
        allowed = margin if figure == "peak day" else margin * b.mean()
        error = np.sqrt(a.var(ddof=1) / len(a) + b.var(ddof=1) / len(b))
        low, high = (a.mean() - b.mean() + sign * 1.645 * error for sign in (-1, 1))
        verdict = "equivalent" if -allowed < low and high < allowed else "NOT shown equivalent"
        print(
            f"  {figure:9} ours {a.mean():10.4f} (sd {a.std(ddof=1):.4f})  Covasim {b.mean():10.4f} (sd {b.std(ddof=1):.4f})"
            f"  difference {low:+.4f} to {high:+.4f}, margin {allowed:.4f}: {verdict}",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--covasim", metavar="PYTHON", required=True)
    parser.add_argument("--seeds", type=int, default=100)
    parser.add_argument("--agents", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=5_000)
    parser.add_argument("--only", nargs="*", choices=tuple(MEASURES), help="some of the measures")
    arguments = parser.parse_args()
    population, seeds = settle(arguments.agents), range(arguments.first, arguments.first + arguments.seeds)
    for name, measure in MEASURES.items():
        if not arguments.only or name in arguments.only:
            plan = plan_of(population, measure.orders)
            own = [figures(population, plan, seed) for seed in seeds]
            compare(name, measure, own, theirs(arguments.covasim, population, measure, plan, seeds))


if __name__ == "__main__":
    main()
