"""How often early detection rings in quiet times, and how late it is when an outbreak begins.

    python -m benchmarks.detection_delay [outbreaks]

Quiet: communes whose counts follow weekdays, drift slowly and vary more than chance, for a year. Outbreaks: two infected
people in a commune of 8,000, run by `epidemic.simulation` with nothing ordered; of those who fall ill a share is reported
on the day of onset, on top of the same background. Alarms are counted as the program raises them: once an episode.
"""

import sys
from dataclasses import dataclass
from time import process_time

import numpy as np

from epidemic.detection import Detector, Method, weekday_factors
from epidemic.simulation import DELTA, Outbreak, Scenario, build_population, invented_province, simulate_many
from phaodai.surveillance.rules.early_detection import DETECTOR

SEED = 20211122
PEOPLE, INFECTED = 8_000, 2
BEFORE, DURING = 70, 45
"""Days of background before the first infection, and days that are followed after it."""
COMMUNES, YEAR = 400, 365
WEEKDAYS = np.array([1.30, 1.10, 1.05, 1.0, 1.0, 0.85, 0.70])
DISPERSION, DRIFT, MEMORY = 10.0, 0.15, 14
"""Of the background: the variance is m + m²/10; the mean drifts by 15% with a memory of two weeks."""
EPISODE = 7
HISTORY = 56


@dataclass(frozen=True)
class Tried:
    """A detector, and whether weekdays are taken out first."""

    name: str
    detector: Detector
    weekdays: bool = False


def tried() -> list[Tried]:
    """The published methods, then C2 with at least three people and the spread of chance, by baseline and threshold."""
    published = [Tried(f"{method} as published", Detector(method=method)) for method in Method]
    tamed = [
        Tried(
            f"C2, {baseline} days, {threshold:g} sd{', weekdays' if weekdays else ''}",
            Detector(threshold=threshold, baseline=baseline, least_count=3, least_spread=0.5, chance=True),
            weekdays,
        )
        for baseline, weekdays in ((7, False), (7, True), (28, False), (28, True))
        for threshold in (2.5, 3.0, 3.5, 4.0)
    ]
    return [*published, *tamed, Tried("as the program judges", DETECTOR, weekdays=True)]


def background(days: int, places: int, mean: float, generator: np.random.Generator) -> np.ndarray:
    """Counts of quiet days, shape (days, places)."""
    keep = np.exp(-1 / MEMORY)
    drift = np.zeros((days, places))
    drift[0] = generator.normal(0, DRIFT, places)
    for day in range(1, days):
        drift[day] = keep * drift[day - 1] + generator.normal(0, DRIFT * np.sqrt(1 - keep**2), places)
    expected = mean * WEEKDAYS[np.arange(days) % 7][:, None] * np.exp(drift)
    return generator.poisson(expected * generator.gamma(DISPERSION, 1 / DISPERSION, expected.shape)).astype(float)


def alarms(one: Tried, counts: np.ndarray) -> np.ndarray:
    """Days above, each judged with the weekdays of the eight weeks before it, as the program does."""
    if not one.weekdays:
        return one.detector.judge(counts).alarm
    found = np.zeros(counts.shape, bool)
    for end in range(1, len(counts) + 1):
        part = counts[max(end - HISTORY, 0) : end]
        factors = weekday_factors(part)
        recent = slice(-one.detector.baseline - 3, None)
        found[end - 1] = one.detector.judge(part[recent], factors[recent]).alarm[-1]
    return found


def episodes(above: np.ndarray) -> np.ndarray:
    """Days on which a new episode begins: none of the seven days before was above; shape as `above`."""
    padded = np.concatenate([np.zeros((EPISODE, above.shape[1]), bool), above])
    recent = np.lib.stride_tricks.sliding_window_view(padded, EPISODE, axis=0)[: len(above)].any(axis=-1)
    started: np.ndarray = above & ~recent
    return started


def onsets(outbreaks: int) -> np.ndarray:
    """People who fall ill each day of each outbreak that reached ten, shape (days, outbreaks)."""
    population = build_population(invented_province(PEOPLE, 1), seed=SEED)
    scenario = Scenario(days=DURING, variants=(DELTA,), orders=(Outbreak(infected=INFECTED),))
    runs = simulate_many(population, scenario, seeds=range(1, outbreaks + 1)).runs
    ill = np.stack([run.series("symptomatic")[:DURING] for run in runs], axis=1).astype(float)
    return ill[:, ill.sum(axis=0) >= 10]


def judge(one: Tried, mean: float, share: float, ill: np.ndarray) -> tuple[float, ...]:
    """Alarms a commune-year; share found before the 5th and the 10th case, before the 10th by chance alone; medians of
    the delay in days since the first onset and of how many had fallen ill by then."""
    generator = np.random.default_rng(SEED)
    quiet = episodes(alarms(one, background(BEFORE + YEAR, COMMUNES, mean, generator)))[BEFORE:].sum() / COMMUNES
    base = background(BEFORE + DURING, ill.shape[1], mean, generator)
    reported = base.copy()
    reported[BEFORE:] += generator.binomial(ill.astype(int), share)
    first, fifth, tenth = (np.argmax(np.cumsum(ill, axis=0) >= rank, axis=0) for rank in (1, 5, 10))
    found, chance = (_first_after(alarms(one, counts)[BEFORE:], first) for counts in (reported, base))
    ill_by_then = np.append(np.cumsum(ill, axis=0), np.full((1, ill.shape[1]), np.inf), axis=0)
    reached = ill_by_then[np.minimum(found, DURING).astype(int), np.arange(ill.shape[1])]
    medians = float(np.median(found - first)), float(np.median(reached))
    return quiet, np.mean(found <= fifth), np.mean(found <= tenth), np.mean(chance <= tenth), *medians


def _first_after(above: np.ndarray, first: np.ndarray) -> np.ndarray:
    """The first day above from the first onset on; infinite where there is none."""
    due = above & (np.arange(len(above))[:, None] >= first)
    return np.where(due.any(axis=0), np.argmax(due, axis=0), np.inf)


def main() -> None:
    """Print a table for each background and share reported."""
    begin = process_time()
    ill = onsets(int(sys.argv[1]) if len(sys.argv) > 1 else 600)
    print(f"{ill.shape[1]} outbreaks that reached ten ill people, {COMMUNES} quiet communes of one year")
    for mean, share in ((1.0, 0.3), (4.0, 0.3), (4.0, 0.6), (12.0, 0.3)):
        print(f"\nusual {mean:g} a day, {share:.0%} of the ill reported")
        print("method | false alarms a commune-year | by 5th case | by 10th | (by chance) | days late | ill by then")
        for one in tried():
            quiet, fifth, tenth, chance, delay, then = judge(one, mean, share, ill)
            print(
                f"{one.name:28} | {quiet:5.2f} | {fifth:4.0%} | {tenth:4.0%} | {chance:4.0%} | {delay:2g} | {then:3g}"
            )
    print(f"\n{process_time() - begin:.0f} CPU s")


if __name__ == "__main__":
    main()
