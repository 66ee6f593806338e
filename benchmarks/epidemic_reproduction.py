"""Reproduction number against EpiEstim: largest relative difference by outbreak, and the ratio of CPU time.

Needs R with EpiEstim (Debian: r-base-core, r-cran-epiestim). Run: python benchmarks/epidemic_reproduction.py
"""

import csv
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np

from epidemic.delays import discretised_serial_interval
from epidemic.reproduction import ReproductionEstimate, estimate_reproduction, mix_over_serial_intervals

REFERENCE = Path(__file__).with_suffix(".R")
COLUMNS = {0.025: "Quantile.0.025(R)", 0.5: "Median(R)", 0.975: "Quantile.0.975(R)"}
PLACES, DAYS, REPEATS = 230, 180, 5


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        epiestim("tables", folder)
        for table in sorted(folder.glob("*_cases.csv")):
            outbreak = table.name.removesuffix("_cases.csv")
            print(f"{outbreak:28s} largest relative difference {outbreak_difference(folder, outbreak):.1e}")
        print(f"{'Flu2009 uncertain':28s} same pairs, exact mixture against its sampling {uncertain(folder):.1e}")
        speed(folder)


def epiestim(task: str, path: Path) -> str:
    command = ["Rscript", str(REFERENCE), task, str(path)]
    surroundings = {"TZ": "UTC", "PATH": "/usr/bin:/bin"}
    return subprocess.run(command, check=True, capture_output=True, text=True, env=surroundings).stdout


def columns(path: Path) -> dict[str, np.ndarray]:
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    return {name: np.array([float(row[name].replace("NA", "nan")) for row in rows]) for name in rows[0]}


def outbreak_difference(folder: Path, outbreak: str) -> float:
    cases, table = columns(folder / f"{outbreak}_cases.csv"), columns(folder / f"{outbreak}_table.csv")
    weights = columns(folder / f"{outbreak}_weights.csv")["w"]
    if not outbreak.endswith("tabulated"):
        moments = columns(folder / f"{outbreak}_moments.csv")
        weights = discretised_serial_interval(len(cases["local"]), moments["mean"][0], moments["sd"][0])
    counts = cases["local"] + cases["imported"]
    return difference(estimate_reproduction(counts, weights, imported=cases["imported"]), table)


def difference(estimate: ReproductionEstimate, table: dict[str, np.ndarray]) -> float:
    pairs = [(estimate.mean, "Mean(R)"), (estimate.sd, "Std(R)")]
    pairs += [(values, COLUMNS[level]) for level, values in estimate.quantiles.items()]
    for ours, name in pairs:
        np.testing.assert_array_equal(np.isnan(ours[:, 0]), np.isnan(table[name]))
    return max(float(np.nanmax(np.abs(ours[:, 0] / table[name] - 1))) for ours, name in pairs)


def uncertain(folder: Path) -> float:
    """EpiEstim samples; given its own pairs of mean and sd, the exact mixture differs by sampling error alone."""
    pairs = columns(folder / "uncertain_pairs.csv")
    counts = columns(folder / "Flu2009_parametric_cases.csv")
    mixture = mix_over_serial_intervals(
        counts["local"] + counts["imported"], zip(pairs["Mean"], pairs["Std"], strict=True)
    )
    return difference(mixture, columns(folder / "uncertain_table.csv"))


def speed(folder: Path) -> None:
    generator = np.random.default_rng(1)
    cases = generator.poisson(50 * np.exp(np.cumsum(generator.normal(0, 0.1, (DAYS, PLACES)), axis=0)))
    np.savetxt(folder / "speed.csv", cases, fmt="%d", delimiter=",")
    ours = min(own_seconds(cases) for _ in range(REPEATS))
    theirs = min(float(epiestim("time", folder / "speed.csv")) for _ in range(2))
    print(f"{PLACES} series x {DAYS} days, 3 quantiles: {ours:.4f} CPU s against {theirs:.2f}: {theirs / ours:.0f}x")


def own_seconds(cases: np.ndarray) -> float:
    start = time.process_time()
    estimate_reproduction(cases, discretised_serial_interval(DAYS, 5.2, 2.8))
    return time.process_time() - start


if __name__ == "__main__":
    main()
