"""Fit `epidemic.simulation` to the cases of Bắc Giang, May to July 2021, and ask it what other orders would have meant.

    python -m benchmarks.calibrate_bac_giang SERIES.csv [simulations a round]

SERIES.csv holds the columns date and cases from 8 May 2021. The people are invented: four districts with the size of those
around the four industrial parks. What is fitted and what is assumed: docs/epidemic-calibration.md.
"""

import csv
import sys
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from time import process_time

import numpy as np

from epidemic.calibration import Posterior, Prior, fit, weighted_quantiles
from epidemic.reporting import mend
from epidemic.simulation import (
    DELTA,
    Closing,
    Commune,
    FiveMeasures,
    Isolation,
    Lockdown,
    Order,
    Outbreak,
    Park,
    Population,
    Quarantine,
    Run,
    Sampling,
    Scenario,
    ThreeOnTheSpot,
    Tracing,
    build_population,
    province_of,
    simulate,
)

SEED, POPULATION_SEED = 20210508, 8
FOUND = 32
"""Day of the scenario on which the first worker was found: 8 May; day 0 is 6 April."""
WEEKS, FIRST_MONDAY = 10, 2
"""Weeks that are fitted, from Monday 10 May on."""
DAYS = FOUND + FIRST_MONDAY + 7 * WEEKS + 7
CLOSED, ISOLATED, REOPENED, NORMAL = FOUND + 10, FOUND + 11, FOUND + 31, FOUND + 58
"""Parks shut on 18 May, districts isolated on 19 May, parks open again on 8 June, the new normal on 5 July."""
DISTRICTS, COMMUNES, PEOPLE = 4, 18, 650_000
PARKS = (("Quang Châu", "D1C01", 45_000), ("Vân Trung", "D1C02", 35_000), ("Đình Trám", "D1C03", 25_000),
         ("Song Khê", "D2C01", 20_000))  # fmt: skip
NAMES = ("reproduction", "days before 8 May", "found a day", "workers sampled", "orders kept", "met at sites")
PRIOR = Prior(NAMES, np.array([1.5, 7.0, 0.02, 0.1, 0.3, 0.0]), np.array([6.0, 28.0, 0.5, 1.0, 1.0, 4.0]))
DRAWS = 40


@dataclass(frozen=True)
class Otherwise:
    """What was done otherwise: days by which the parks close later, factor by which tracing is slower."""

    parks_later: int = 0
    tracing_slower: int = 1


def people() -> Population:
    """The districts that were isolated, with their parks."""
    share = PEOPLE // (DISTRICTS * COMMUNES)
    communes = [
        Commune(code=f"D{district}C{number:02d}", people=share, district=f"D{district}")
        for district in range(1, DISTRICTS + 1)
        for number in range(1, COMMUNES + 1)
    ]
    parks = [Park(name=name, commune=commune, workers=workers) for name, commune, workers in PARKS]
    return build_population(province_of(communes, parks), seed=POPULATION_SEED)


def scenario_of(parameters: np.ndarray, otherwise: Otherwise) -> Scenario:
    """What is known of the orders of those weeks, with the fitted figures put in."""
    reproduction, lead, found, sampled, kept, met = (float(one) for one in parameters)
    closed, slower = CLOSED + otherwise.parks_later, otherwise.tracing_slower
    orders: tuple[Order, ...] = (
        Outbreak(infected=5, since=FOUND - round(lead), area=("Quang Châu",)),
        FiveMeasures(compliance=0.5),
        Sampling(who="symptomatic", share=found, since=FOUND),
        Sampling(who="targeted", groups=("parks",), share=sampled, every=4, pool=10, turnaround=2, since=FOUND + 5),
        Isolation(since=FOUND),
        Tracing(since=FOUND, delay=2 * slower, cases_a_day=150 / slower, second=0.5),
        Quarantine(since=FOUND, places=16_000, cross_contacts=met),
        Lockdown(since=ISOLATED, until=NORMAL, adherence=kept),
        Closing(what=("parks",), since=closed, until=REOPENED - 1),
        Closing(what=("schools", "gatherings"), since=FOUND + 2, until=NORMAL),
        ThreeOnTheSpot(share=0.8, since=REOPENED, until=NORMAL),
    )
    return Scenario(days=DAYS, variants=(DELTA.with_reproduction(reproduction),), orders=orders)


def weekly(cases: np.ndarray) -> np.ndarray:
    """Cases of each fitted week of a run, shape (weeks,)."""
    first = FOUND + FIRST_MONDAY
    return cases[first : first + 7 * WEEKS].reshape(WEEKS, 7).sum(axis=1).astype(float)


def observed(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Weekly registrations with backlogs spread over the days that they are of, and as registered."""
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert date.fromisoformat(rows[0]["date"]) == date(2021, 5, 8), "the series begins on 8 May 2021"
    counts = np.array([float(row["cases"]) for row in rows])[:, None]
    even = mend(counts).counts[:, 0]
    even *= counts.sum() / even.sum()
    pieces = (
        one[FIRST_MONDAY : FIRST_MONDAY + 7 * WEEKS].reshape(WEEKS, 7).sum(axis=1) for one in (even, counts[:, 0])
    )
    return next(pieces), next(pieces)


def apart(simulated: np.ndarray, seen: np.ndarray) -> float:
    """Distance between weekly counts on the scale of square roots, on which chance is even; no unit."""
    return float(np.sqrt(np.sum((np.sqrt(simulated) - np.sqrt(seen)) ** 2)))


def asked(population: Population, found: Posterior, otherwise: Otherwise, places: np.ndarray) -> list[Run]:
    """Runs of chosen draws, each with the seed with which it was kept: scenarios share their random numbers."""
    return [
        simulate(population, scenario_of(found.draws[place], otherwise), seed=int(found.seeds[place]) + 1)
        for place in places
    ]


def band(values: np.ndarray) -> str:
    """Median and 90% interval."""
    low, middle, high = np.quantile(values, [0.05, 0.5, 0.95])
    return f"{middle:,.0f} ({low:,.0f} to {high:,.0f})"


def main() -> None:
    """Print posterior, fit by week, and the differences of two other histories."""
    begin, each = process_time(), int(sys.argv[2]) if len(sys.argv) > 2 else 280
    seen, registered = observed(Path(sys.argv[1]))
    population = people()

    def distance(parameters: np.ndarray, seed: int) -> float:
        run = simulate(population, scenario_of(parameters, Otherwise()), seed=seed + 1)
        return apart(weekly(run.series("cases")), seen)

    found = fit(distance, PRIOR, rounds=5, each=each, keep=0.2, seed=SEED)
    print(
        f"{5 * each} simulations, {process_time() - begin:.0f} CPU s; kept {len(found.draws)}, worth {found.effective:.0f}"
    )
    print("tolerances", " ".join(f"{one:.1f}" for one in found.tolerances))
    for name, low, middle, high in zip(NAMES, *found.quantiles([0.05, 0.5, 0.95]), strict=True):
        print(f"{name:20} {middle:6.2f} ({low:.2f} to {high:.2f})")
    places = found.sample(DRAWS, np.random.default_rng(SEED))
    before = asked(population, found, Otherwise(), places)
    fitted = np.stack([weekly(run.series("cases")) for run in before])
    print("\nweek | registered | backlogs spread | model")
    for week in range(WEEKS):
        print(f"{week + 1:4} | {registered[week]:6.0f} | {seen[week]:6.0f} | {band(fitted[:, week])}")
    shares = np.array([run.total("cases") / max(run.total("infections"), 1) for run in before])
    print(
        "share of infections found",
        " ".join(f"{one:.2f}" for one in weighted_quantiles(shares, np.ones(DRAWS), [0.05, 0.5, 0.95])),
    )
    _compare(population, found, places, before)
    print(f"\n{process_time() - begin:.0f} CPU s")


def _compare(population: Population, found: Posterior, places: np.ndarray, before: list[Run]) -> None:
    print("\notherwise | cases more | infections more | times the infections")
    for name, otherwise in (
        ("parks a week later", replace(Otherwise(), parks_later=7)),
        ("tracing twice as slow", replace(Otherwise(), tracing_slower=2)),
    ):
        after = asked(population, found, otherwise, places)
        pairs = list(zip(after, before, strict=True))
        cases, infections = (
            np.array([one.total(kind) - other.total(kind) for one, other in pairs]) for kind in ("cases", "infections")
        )
        times = np.quantile(
            [one.total("infections") / other.total("infections") for one, other in pairs], [0.05, 0.5, 0.95]
        )
        ratio = f"{times[1]:.2f} ({times[0]:.2f} to {times[2]:.2f})"
        print(f"{name:21} | {band(cases)} | {band(infections)} | {ratio}")


if __name__ == "__main__":
    main()
