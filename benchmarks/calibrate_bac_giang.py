"""Fit `epidemic.simulation` to the cases of Bắc Giang, May to July 2021, and ask it what other orders would have meant.

    python -m benchmarks.calibrate_bac_giang SERIES.csv [simulations a round]

SERIES.csv holds the columns date and cases from 8 May 2021. The people are invented: four districts with the size of those
around the four industrial parks. What is fitted and what is assumed: docs/epidemic-calibration.md.
"""

import csv
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import process_time
from typing import NamedTuple

import numpy as np

from epidemic.calibration import Posterior, Prior, fitting
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
    compile_plan,
    province_of,
    run_plan,
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
LODGED = (0.0, 0.25, 0.5, 0.75)
"""Shares of the workers in lodgings among which the fit chooses."""
NAMES = (
    "reproduction", "days before 8 May", "found a day", "workers sampled", "orders kept", "met at sites", "lodged",
)  # fmt: skip
PRIOR = Prior(
    NAMES, np.array([1.5, 7.0, 0.02, 0.1, 0.3, 0.0, 0.0]), np.array([6.0, 28.0, 0.5, 1.0, 1.0, 4.0, len(LODGED)])
)
ROUNDS, DRAWS, THREADS = 5, 100, 3
AFRESH = 1_000_000
"""Added to a seed for a run of the same parameters with chance of its own."""
COUNTED, COUNTED_IN_SITES, COUNTED_SHARE = FOUND + 38, 15_314, 3_225 / 4_166
"""Not fitted: people in quarantine sites on 15 June, and the share of the cases up to 14 June in the district Việt Yên."""


class Drawn(NamedTuple):
    """Draws from the posterior, shape (draws, parameters), and the seed of the run for which each was kept."""

    draws: np.ndarray
    seeds: np.ndarray


@dataclass(frozen=True)
class Otherwise:
    """What was done otherwise: days by which the parks close later, factor by which tracing is slower."""

    parks_later: int = 0
    tracing_slower: int = 1


def people(lodged: float) -> Population:
    """The districts that were isolated, with their parks and lodgings."""
    tenants = {commune: round(workers * lodged) for _, commune, workers in PARKS}
    share = (PEOPLE - sum(tenants.values())) // (DISTRICTS * COMMUNES)
    codes = [f"D{district}C{number:02d}" for district in range(1, DISTRICTS + 1) for number in range(1, COMMUNES + 1)]
    communes = [Commune(code=code, people=share + tenants.get(code, 0), district=code[:2]) for code in codes]
    parks = [Park(name=name, commune=commune, workers=workers, lodged=lodged) for name, commune, workers in PARKS]
    return build_population(province_of(communes, parks), seed=POPULATION_SEED)


def lives_in(populations: Sequence[Population], parameters: np.ndarray) -> Population:
    """The population that the last of the parameters chooses."""
    return populations[min(int(parameters[-1]), len(populations) - 1)]


def scenario_of(parameters: np.ndarray, otherwise: Otherwise) -> Scenario:
    """What is known of the orders of those weeks, with the fitted figures put in."""
    reproduction, lead, found, sampled, kept, met = (float(one) for one in parameters[:6])
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


def weekly(cases: np.ndarray, weeks: int = WEEKS) -> np.ndarray:
    """Cases of each of the first fitted weeks of a run, shape (weeks,)."""
    first = FOUND + FIRST_MONDAY
    sums: np.ndarray = cases[first : first + 7 * weeks].reshape(weeks, 7).sum(axis=1)
    return sums.astype(float)


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


def fits(populations: Sequence[Population], seen: np.ndarray, each: int) -> Iterator[Posterior]:
    """What each round keeps. A run that is farther away after two weeks than was kept before is not taken to its end: the
    weeks to come can only add to its distance."""
    hopeless = apart(np.zeros(WEEKS), seen)

    def distance(parameters: np.ndarray, seed: int) -> float:
        population, scenario = lives_in(populations, parameters), scenario_of(parameters, Otherwise())
        plan = compile_plan(scenario, population)
        for weeks in (2, WEEKS):
            areas = plan.areas._replace(phase=plan.areas.phase[: FOUND + FIRST_MONDAY + 7 * weeks])
            run = run_plan(population, plan._replace(areas=areas), seed + 1)
            far = apart(weekly(run.series("cases"), weeks), seen[:weeks])
            if far > hopeless:
                break
        return far

    for found in fitting(distance, PRIOR, rounds=ROUNDS, each=each, keep=0.2, seed=SEED, threads=THREADS):
        yield found
        hopeless = found.tolerances[-1]


def asked(populations: Sequence[Population], drawn: Drawn, otherwise: Otherwise, further: int = 0) -> list[Run]:
    """Runs of chosen draws with the seeds with which they were kept, so that histories share their random numbers."""

    def run(parameters: np.ndarray, seed: int) -> Run:
        scenario = scenario_of(parameters, otherwise)
        return simulate(lives_in(populations, parameters), scenario, seed=seed + 1 + further)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, drawn.draws, drawn.seeds.tolist()))


def band(values: np.ndarray, digits: int = 0) -> str:
    """Median and 90% interval."""
    low, middle, high = np.quantile(values, [0.05, 0.5, 0.95])
    return f"{middle:,.{digits}f} ({low:,.{digits}f} to {high:,.{digits}f})"


def main() -> None:
    """Print posterior, fit by week, what was not fitted, and the differences of two other histories."""
    begin, each = process_time(), int(sys.argv[2]) if len(sys.argv) > 2 else 1_120
    seen, registered = observed(Path(sys.argv[1]))
    populations = [people(lodged) for lodged in LODGED]
    for found in fits(populations, seen, each):
        _show_posterior(found)
        print(f"  {process_time() - begin:.0f} CPU s", flush=True)
    show_histories(populations, found, seen, registered)
    print(f"\n{ROUNDS * each} simulations, {process_time() - begin:.0f} CPU s")


def show_histories(
    populations: Sequence[Population], found: Posterior, seen: np.ndarray, registered: np.ndarray
) -> None:
    """Print what the fit says of the weeks, of what was not fitted, and of other orders."""
    places = found.sample(DRAWS, np.random.default_rng(SEED))
    drawn = Drawn(found.draws[places], found.seeds[places])
    kept, fresh = (asked(populations, drawn, Otherwise(), further) for further in (0, AFRESH))
    _show_weeks(registered, seen, kept, fresh)
    _show_unfitted(kept, fresh)
    _compare(populations, drawn, kept)


def _show_posterior(found: Posterior) -> None:
    print(f"kept {len(found.draws)}, worth {found.effective:.0f}, within {found.tolerances[-1]:.1f}")
    for name, low, middle, high in zip(NAMES, *found.quantiles([0.05, 0.5, 0.95]), strict=True):
        print(f"  {name:20} {middle:6.2f} ({low:.2f} to {high:.2f})")
    chosen = np.minimum(found.draws[:, -1].astype(int), len(LODGED) - 1)
    shares = np.bincount(chosen, found.weights, len(LODGED))
    print(
        "  lodged",
        " ".join(f"{lodged:g}: {share:.2f}" for lodged, share in zip(LODGED, shares, strict=True)),
        flush=True,
    )


def _show_weeks(registered: np.ndarray, seen: np.ndarray, kept: list[Run], fresh: list[Run]) -> None:
    by_week = [np.stack([weekly(run.series("cases")) for run in runs]) for runs in (kept, fresh)]
    print("\nweek | registered | backlogs spread | kept runs | new runs")
    for week in range(WEEKS):
        bands = " | ".join(band(runs[:, week]) for runs in by_week)
        print(f"{week + 1:4} | {registered[week]:6.0f} | {seen[week]:6.0f} | {bands}")
    inside = [
        int(np.sum((np.quantile(runs, 0.05, axis=0) <= seen) & (seen <= np.quantile(runs, 0.95, axis=0))))
        for runs in by_week
    ]
    print(
        "weeks inside",
        *inside,
        "| cases",
        " | ".join(band(runs.sum(axis=1)) for runs in by_week),
        f"| {seen.sum():.0f}",
    )


def _show_unfitted(kept: list[Run], fresh: list[Run]) -> None:
    def share_found(run: Run) -> float:
        return run.total("cases") / max(run.total("infections"), 1)

    def share_of_first(run: Run) -> float:
        cases = run.by_commune("cases")[:COUNTED].sum(axis=0)
        return float(cases[:COMMUNES].sum() / max(cases.sum(), 1))

    for name, figure, digits in (
        ("share of infections found", share_found, 2),
        (f"share in the first district ({COUNTED_SHARE:.2f})", share_of_first, 2),
        (f"in quarantine sites ({COUNTED_IN_SITES})", lambda run: float(run.series("quarantine_site")[COUNTED]), 0),
        ("dead", lambda run: float(run.total("deaths")), 0),
    ):
        print(name, "|", " | ".join(band(np.array([figure(run) for run in runs]), digits) for runs in (kept, fresh)))


def _compare(populations: Sequence[Population], drawn: Drawn, before: list[Run]) -> None:
    print("\notherwise | cases more | infections more | times the infections | share in which more fell ill")
    for name, otherwise in (
        ("parks a week later", Otherwise(parks_later=7)),
        ("tracing twice as slow", Otherwise(tracing_slower=2)),
    ):
        pairs = list(zip(asked(populations, drawn, otherwise), before, strict=True))
        cases, infections = (
            np.array([one.total(kind) - other.total(kind) for one, other in pairs]) for kind in ("cases", "infections")
        )
        times = np.array([one.total("infections") / other.total("infections") for one, other in pairs])
        print(f"{name:21} | {band(cases)} | {band(infections)} | {band(times, 2)} | {np.mean(infections > 0):.2f}")


if __name__ == "__main__":
    main()
