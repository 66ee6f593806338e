"""Forecasts on invented epidemics that were not used for tuning: score against the last value, and coverage.

Run: python benchmarks/epidemic_forecast.py [seeds]      (about ten seconds a seed on one core)
"""

import sys
import time
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from epidemic_synthetic import PROVINCES, Setting, invent

from epidemic.evaluation import Evaluation, evaluate

# Tuning looked at seeds below 2000 only.
FIRST_SEED = 2000
SETTINGS = {
    "32 countries": (Setting(), 52),
    "32 countries, wilder": (Setting(wander=0.45, noise=0.07, jumps_per_year=4.0), 52),
    "32 countries, smoother": (Setting(wander=0.22, noise=0.03, jumps_per_year=1.0), 52),
    "63 provinces": (PROVINCES, 52),
    "one country alone": (replace(Setting(), places=1), 30),
}


def main() -> None:
    seeds = range(FIRST_SEED, FIRST_SEED + (int(sys.argv[1]) if len(sys.argv) > 1 else 6))
    print("| setting | weeks ahead | relative WIS (range) | relative log WIS | 50% | 95% | bias | baseline 50% | 95% |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    start = time.process_time()
    for name, (setting, first) in SETTINGS.items():
        report(name, list(evaluations(setting, first, seeds)))
    print(f"\n{time.process_time() - start:.0f} CPU s")


def evaluations(setting: Setting, first: int, seeds: Iterable[int]) -> Iterable[Evaluation]:
    for seed in seeds:
        reports = invent(setting, seed)
        yield evaluate(reports.final, first=first, every=3, as_of=reports.as_of)


def report(name: str, results: list[Evaluation]) -> None:
    for week in range(4):
        wis = [result.relative_wis[week] for result in results]
        logs = np.mean([result.relative_log_wis[week] for result in results])
        ours, theirs = ([getattr(result, which)[week] for result in results] for which in ("model", "baseline"))
        figures = [np.mean([getattr(score, name) for score in ours]) for name in ("coverage_50", "coverage_95", "bias")]
        base = [np.mean([getattr(score, name) for score in theirs]) for name in ("coverage_50", "coverage_95")]
        cells = [f"{np.mean(wis):.2f} ({min(wis):.2f}-{max(wis):.2f})", f"{logs:.2f}"]
        cells += [f"{figure:.2f}" for figure in (*figures, *base)]
        print(f"| {name} | {week + 1} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
