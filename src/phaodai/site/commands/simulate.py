"""Simulate a province person by person, as a scenario file says: daily series, totals, and bands over seeds."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from phaodai.__main__ import Refused

if TYPE_CHECKING:
    from distributed import Client

    from epidemic.simulation import Ensemble
    from epidemic.simulation.files import ScenarioFile

LARGEST_SEED, MOST_RUNS = 2**62, 10_000
TO_CONNECT = 10
"""Seconds."""
SHOWN = (
    "infections", "cases", "deaths", "tests", "contacts_first", "quarantine_site", "quarantine_home", "beds_tier_2",
    "beds_tier_3", "oxygen", "doses_first", "workdays_lost", "school_days_lost",
)  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The form is fixed: `simulate SCENARIO.toml [--seed N] [--runs N] --json`."""
    parser.add_argument("scenario", type=Path, help="TOML: province, virus, outbreak and orders")
    parser.add_argument("--seed", type=int, help="the first seed (the file's, or 1); each run has the next")
    parser.add_argument("--runs", type=int, help="how many runs (the file's, or 20)")
    parser.add_argument("--by", choices=("commune", "age"), help="with --json: series of each commune or age band too")
    parser.add_argument(
        "--cluster", metavar="ADDRESS", help="scheduler of dask.distributed, such as tcp://10.0.0.5:8786"
    )
    parser.add_argument("--json", action="store_true", help="all series as JSON instead of a table of totals")


def run(arguments: argparse.Namespace) -> int:
    """Print the results; with several runs the means over them, beside bands."""
    _check("--seed", arguments.seed, 0, LARGEST_SEED)
    _check("--runs", arguments.runs, 1, MOST_RUNS)
    read, ensemble = _simulate(arguments)
    if arguments.json:
        json.dump(as_record(read, ensemble, arguments.by), sys.stdout, ensure_ascii=False)
        sys.stdout.write("\n")
    else:
        _show(read, ensemble)
    return 0


def _check(option: str, value: int | None, least: int, most: int) -> None:
    if value is not None and not least <= value <= most:
        raise Refused(f"{option} must be {least} to {most}, not {value}")


def _simulate(arguments: argparse.Namespace) -> tuple["ScenarioFile", "Ensemble"]:
    try:
        from epidemic.simulation import AreaError, build_population, simulate_many
        from epidemic.simulation.files import read_scenario
        from epidemic.simulation.reading import ScenarioError
    except ModuleNotFoundError as error:
        raise Refused(
            f"{error.name} is not installed: install the extra with pip install 'phaodai[analytics]'"
        ) from error
    try:
        read = read_scenario(arguments.scenario)
        first = read.seed if arguments.seed is None else arguments.seed
        seeds = range(first, first + (arguments.runs or read.runs))
        population = build_population(read.province, seed=read.province_seed)
        with _cluster(arguments.cluster) as cluster:
            return read, simulate_many(population, read.scenario, seeds=seeds, cluster=cluster)
    except (ScenarioError, AreaError, ValueError) as error:
        raise Refused(str(error)) from error


@contextmanager
def _cluster(address: str | None) -> Iterator["Client | None"]:
    """A connection to the scheduler; none without an address."""
    if address is None:
        yield None
        return
    try:
        from distributed import Client
    except ModuleNotFoundError as error:
        raise Refused("dask.distributed is not installed: pip install 'phaodai[cluster]'") from error
    try:
        client = Client(address, timeout=TO_CONNECT)
    except (OSError, ValueError) as error:
        raise Refused(
            f"no scheduler answers at {address}: start one with `dask scheduler`, and name its address"
        ) from error
    with client:
        yield client


def as_record(read: "ScenarioFile", ensemble: "Ensemble", by: str | None = None) -> dict[str, Any]:
    """The results as JSON holds them: `daily`, `totals`, `seconds`, `people`, and what they rest on."""
    from epidemic.simulation.kinds import SERIES

    record: dict[str, Any] = {
        "name": read.name,
        "people": read.province.people,
        "days": read.scenario.days,
        "dates": [(read.start + timedelta(days=day)).isoformat() for day in range(read.scenario.days)]
        if read.start
        else [],
        "seeds": list(ensemble.seeds),
        "seconds": round(ensemble.seconds, 3),
        "totals": {name: _plain(ensemble.totals(name).mean()) for name in SERIES},
        "daily": {name: _plain(ensemble.mean(name)) for name in SERIES},
    }
    if len(ensemble.runs) > 1:
        record["bands"] = {name: _bands(ensemble, name) for name in SERIES}
    if by:
        record["by"] = _parts(read, ensemble, by)
    return record


def _plain(values: Any) -> Any:
    """Whole numbers as such, means to two places."""
    import numpy as np

    rounded = np.round(values, 2)
    whole = np.equal(np.mod(rounded, 1), 0).all()
    return (rounded.astype(int) if whole else rounded).tolist()


def _bands(ensemble: "Ensemble", name: str) -> dict[str, Any]:
    return dict(zip(("q05", "q50", "q95"), map(_plain, ensemble.band(name)), strict=True))


def _parts(read: "ScenarioFile", ensemble: "Ensemble", by: str) -> dict[str, dict[str, Any]]:
    from epidemic.simulation.kinds import BANDS, PLACE_SERIES

    names = BANDS if by == "age" else tuple(unit.code for unit in read.province.communes)
    means = {series: ensemble.mean_by(by, series) for series in PLACE_SERIES}
    return {name: {series: _plain(values[:, at]) for series, values in means.items()} for at, name in enumerate(names)}


def _show(read: "ScenarioFile", ensemble: "Ensemble") -> None:
    runs = len(ensemble.runs)
    print(f"{read.name or 'scenario'}: {read.province.people:,} people, {read.scenario.days} days, {runs} runs")
    print(f"{'':24}{'mean':>14}{'5%':>14}{'95%':>14}")
    for name in SHOWN:
        totals, (low, _, high) = ensemble.totals(name), ensemble.total_band(name)
        print(f"{name:24}{totals.mean():14,.0f}{low:14,.0f}{high:14,.0f}")
    print(f"seeds {ensemble.seeds[0]} to {ensemble.seeds[-1]}, {ensemble.seconds:.1f} s", file=sys.stderr)
