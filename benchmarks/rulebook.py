"""Times the rulebook: every rule over many cases at once, and the levels of all communes of the country with reasons.

Run: `.venv/bin/python benchmarks/rulebook.py`. Bars: 50 microseconds a decision in bulk; 10,600 communes with reasons in 1 s.
"""

import datetime as dt
import time
from collections.abc import Callable

import numpy as np

from phaodai.rulebook import Rulebook, decisions_of, load, reasons_of
from phaodai.rulebook.rules import RULES

CASES = 10_000
COMMUNES = 10_600
SEED = 20211024
# One day on which each rule is in force, where 15 November 2021 is not.
DAYS = {"case-class": dt.date(2022, 1, 10), "risk-group": dt.date(2022, 1, 10), "treatment-tier": dt.date(2022, 3, 1)}
DEFAULT_DAY = dt.date(2021, 11, 15)
RANGES = {"spo2": (85, 100), "respiratory_rate": (12, 35), "age": (0, 95), "level": (1, 4), "dose_number": (2, 2)}
RANGES |= {"previous_level": (1, 4), "transmission_level": (1, 4)}


def random_column(book: Rulebook, name: str, length: int, stream: np.random.Generator) -> np.ndarray:
    """Facts drawn from the whole range of what a rule accepts."""
    fact = book.facts[name]
    if fact.kind == "term" and fact.vocabulary is not None:
        return stream.choice(sorted(fact.vocabulary.terms), length)
    if fact.kind == "day":
        return np.datetime64("2021-01-01", "D") + stream.integers(0, 400, length).astype("timedelta64[D]")
    if fact.kind == "flag":
        return stream.integers(0, 2, length).astype(float)
    if fact.kind == "share":
        return stream.random(length)
    low, high = RANGES.get(name, (0, 60))
    return stream.integers(low, high + 1, length).astype(float)


def facts_of(book: Rulebook, rule: str, length: int) -> dict[str, np.ndarray]:
    stream = np.random.default_rng(SEED)
    lists = {"scores": [(3.0,) * 10] * length, "met": [(1.0, 2.0, 4.0, 5.0, 8.0, 11.0, 12.0)] * length}
    names = [name for name in RULES[rule].facts if name not in lists and name != "start_on"]
    columns = {name: random_column(book, name, length, stream) for name in names}
    return columns | {name: lists[name] for name in RULES[rule].facts if name in lists}


def seconds(work: Callable[[], object], repeats: int = 5) -> float:
    """The fastest of several runs, which other programs disturb least."""
    times = []
    for _ in range(repeats):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return min(times)


def main() -> None:
    book = load()
    print(f"{'rule':20}{'microseconds a decision, bulk':>32}{'one decision, explained, ms':>32}")
    for rule in RULES:
        day, facts = DAYS.get(rule, DEFAULT_DAY), facts_of(book, rule, CASES)
        bulk = seconds(lambda r=rule, d=day, f=facts: book.decide_many(r, d, f).outcomes)
        one = {name: values[0] for name, values in facts.items()}
        single = seconds(lambda r=rule, d=day, f=one: book.decide(r, d, f))
        print(f"{rule:20}{bulk / CASES * 1e6:32.2f}{single * 1e3:32.2f}")
    facts = facts_of(book, "risk-level", COMMUNES)
    for day in (dt.date(2021, 8, 1), dt.date(2021, 12, 1), dt.date(2022, 3, 1)):
        levels = seconds(lambda d=day: book.decide_many("risk-level", d, facts).outcomes)
        reasons = seconds(lambda d=day: reasons_of(book.decide_many("risk-level", d, facts)))
        full = seconds(lambda d=day: decisions_of(book.decide_many("risk-level", d, facts)), repeats=2)
        print(f"{COMMUNES} levels on {day}: {levels:.3f} s, with reasons {reasons:.3f} s, whole decisions {full:.3f} s")


if __name__ == "__main__":
    main()
