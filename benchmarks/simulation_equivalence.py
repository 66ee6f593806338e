"""Whether the simulator and Covasim 3.1.6 give the same epidemics: two one-sided tests (TOST) over seeds.

    python benchmarks/simulation_equivalence.py --covasim PYTHON [--seeds 100] [--agents 20000] [--only nothing]

PYTHON holds `covasim==3.1.6` and `numpy<2`. Both walk the same people and contacts with the same parameters: flat
infectiousness, no waning, two presymptomatic days, the same chances of tests and tracing, the same that isolation and
quarantine leave.
Equivalent within a margin: the 90% interval of the difference of means lies inside it (p < 0.05 on both sides).
"""

import argparse
import json
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from simulation_province import ALIKE, CHANCE, DAYS, WEIGHTS, edges, settle

from epidemic.simulation import (
    Biology,
    Isolation,
    Order,
    Outbreak,
    Population,
    Quarantine,
    Sampling,
    Scenario,
    Tracing,
    compile_plan,
    run_plan,
)

BEGUN = 40
FOUND: tuple[Order, ...] = (Sampling(share=0.1, alike=0.0), Isolation(share=1.0))
TRACED: tuple[Order, ...] = (
    *FOUND,
    Tracing(household=1.0, school=0.5, work=0.5, community=0.2, gathering=0.2),
    Quarantine(days=13, at_site=0.0, adherence=1.0, test_days=()),
)
MEASURES = {"nothing": (), "tests and isolation": FOUND, "tests, isolation, tracing, quarantine": TRACED}
FIGURES = {"attack": 0.03, "peak day": 2.0, "deaths": 0.10, "cases": 0.03, "tests": 0.05}
"""Margins: shares of the mean, but for the peak day, in days."""

PEER = r"""
import json, sys
import numpy as np, covasim as cv
data = np.load(sys.argv[1])
people, days, begun, chance, measures, first, seeds = (json.loads(one) for one in sys.argv[2:9])
cv.options(verbose=0)
none = {name: 0.0 for name in "hswc"}
for seed in range(first, first + seeds):
    layers = {name: cv.Layer(p1=data[name][0], p2=data[name][1], beta=np.ones(len(data[name][0]), np.float32), label=name)
              for name in "hswc"}
    more = []
    if measures >= 1:
        more.append(cv.test_prob(symp_prob=0.1, asymp_prob=0.0, test_delay=1, sensitivity=0.95))
    if measures >= 2:
        more.append(cv.contact_tracing(trace_probs=dict(h=1.0, s=0.5, w=0.5, c=0.2), trace_time=1))
    sim = cv.Sim(pop_size=people, pop_type="hybrid", pop_infected=begun, n_days=days - 1, rand_seed=seed, verbose=0,
                 interventions=more, use_waning=False, beta=chance, iso_factor={**none, "h": 0.3},
                 quar_factor={**none, "h": 0.7, "c": 0.05})
    sim["viral_dist"] = dict(frac_time=0.3, load_ratio=1, high_cap=4)
    sim["dur"]["inf2sym"] = dict(dist="lognormal_int", par1=2.0, par2=0.9)
    sim.popdict = {"uid": np.arange(people), "age": data["age"].astype(float), "sex": np.zeros(people),
                   "contacts": cv.Contacts(layers), "layer_keys": list("hswc")}
    sim.initialize()
    sim.run()
    got = sim.results
    weekly = np.convolve(got["new_infections"].values, np.ones(7), "same")
    print(json.dumps({"attack": float(got["cum_infections"][-1]) / people, "deaths": float(got["cum_deaths"][-1]),
                      "peak day": float(np.argmax(weekly)),
                      "cases": float(got["cum_diagnoses"][-1]), "tests": float(got["cum_tests"][-1])}), flush=True)
"""


def theirs(python: str, population: Population, measures: int, seeds: range) -> list[dict[str, float]]:
    """Figures of Covasim's runs."""
    with tempfile.TemporaryDirectory() as folder:
        network = Path(folder) / "network.npz"
        np.savez(network, age=population.people.age, **edges(population))
        told = [json.dumps(one) for one in (population.size, DAYS, BEGUN, CHANCE, measures, seeds.start, len(seeds))]
        command = [python, "-W", "ignore", "-c", PEER, str(network), *told]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def ours(population: Population, orders: tuple[Order, ...], seeds: Iterable[int]) -> list[dict[str, float]]:
    """Figures of our runs."""
    begun = Outbreak(infected=BEGUN)
    plan = compile_plan(
        Scenario(days=DAYS, variants=(ALIKE,), orders=(begun, *orders), biology=Biology(flat=True)), population
    )
    plan = plan._replace(transmission=CHANCE * np.array([WEIGHTS]))
    return [figures(population, plan, seed) for seed in seeds]


def figures(population: Population, plan: object, seed: int) -> dict[str, float]:
    """What is compared of one run; the peak is that of the week's sum around a day."""
    run = run_plan(population, plan, seed)  # type: ignore[arg-type]
    weekly = np.convolve(run.series("infections"), np.ones(7), "same")
    return {
        "attack": run.total("infections") / population.size,
        "peak day": float(np.argmax(weekly)),
        "deaths": float(run.total("deaths")),
        "cases": float(run.total("cases")),
        "tests": float(run.total("tests")),
    }


def compare(name: str, one: list[dict[str, float]], other: list[dict[str, float]]) -> None:
    """Print both means and whether they are equivalent."""
    print(f"\n{name}: {len(one)} and {len(other)} runs")
    for figure, margin in FIGURES.items():
        a, b = (np.array([run[figure] for run in runs]) for runs in (one, other))
        if not a.any() and not b.any():
            continue
        allowed = margin if figure == "peak day" else margin * b.mean()
        error = np.sqrt(a.var(ddof=1) / len(a) + b.var(ddof=1) / len(b))
        low, high = (a.mean() - b.mean() + sign * 1.645 * error for sign in (-1, 1))
        verdict = "equivalent" if -allowed < low and high < allowed else "NOT shown equivalent"
        print(
            f"  {figure:9} ours {a.mean():10.4f} (sd {a.std(ddof=1):.4f})  Covasim {b.mean():10.4f} (sd {b.std(ddof=1):.4f})"
            f"  difference {low:+.4f} to {high:+.4f}, margin {allowed:.4f}: {verdict}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--covasim", metavar="PYTHON", required=True)
    parser.add_argument("--seeds", type=int, default=100)
    parser.add_argument("--agents", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=5_000)
    parser.add_argument("--only", choices=tuple(MEASURES), help="one set of measures")
    arguments = parser.parse_args()
    population, seeds = settle(arguments.agents), range(arguments.first, arguments.first + arguments.seeds)
    for number, (name, orders) in enumerate(MEASURES.items()):
        if arguments.only in (None, name):
            compare(name, ours(population, orders, seeds), theirs(arguments.covasim, population, number, seeds))


if __name__ == "__main__":
    main()
