"""The tracing index against pandas, Polars, DuckDB and indexed SQLite, on a province's visits made with a fixed seed.

    python benchmarks/tracing_index.py [--full] [--cases 200] [--without sqlite ...]

About 3 million visits by default; `--full` makes 60 million of 1.8 million people in two weeks (10 GB of memory, 10 GB of
temporary files, half an hour). A peer that is not installed is skipped with a line. Every answer is compared with ours.
"""

import argparse
import os
import platform
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from epidemic.tracing import (
    Block,
    Contacts,
    Criteria,
    Rosters,
    SegmentCache,
    Sources,
    Via,
    VisitIndex,
    Visits,
    build_segment,
    decode_block,
    person_blocks,
    place_blocks,
    segment_of_parts,
    trace,
    trace_many,
    warm_up,
)
from epidemic.tracing.accelerate import using

SEED, FIRST_DAY, DAYS, MINIMUM = 2021, 18_800, 14, 15
WINDOW = FIRST_DAY * 1440, (FIRST_DAY + DAYS) * 1440
CRITERIA = Criteria(minimum_minutes=MINIMUM, first=frozenset({Via.VISIT}), second=frozenset({Via.HOUSEHOLD}))
SPAN = 256
Answer = tuple[int, int, int]


@dataclass(frozen=True)
class Province:
    """Its size, each person's commune and workplace, and households of four on average."""

    people: int
    communes: int
    places_each: int
    commune: np.ndarray
    workplace: np.ndarray
    household: np.ndarray

    @property
    def places(self) -> int:
        return self.communes * self.places_each


def make_province(people: int) -> Province:
    """People in communes of unequal size; shares as in a province of 1.8 million with 230 communes and 60,000 places."""
    generator = np.random.default_rng(SEED)
    communes, each = max(4, people * 230 // 1_800_000), 260
    weight = generator.lognormal(0, 0.5, communes)
    commune = np.sort(generator.choice(communes, people, p=weight / weight.sum())).astype(np.int32)
    workplace = commune * each + 20 + generator.integers(0, each - 20, people, dtype=np.int32)
    household = np.cumsum(generator.random(people) < 0.25).astype(np.int32)
    return Province(people, communes, each, commune, workplace, household)


def make_day(province: Province, day: int) -> Visits:
    """About 2.42 visits a person: to work, to the commune's shops (a few draw most), and to the province's large markets."""
    generator = np.random.default_rng([SEED, day])
    person = np.repeat(np.arange(province.people, dtype=np.int32), generator.poisson(2.42, province.people))
    person = generator.permutation(person)  # visits arrive in no order
    count, kind = len(person), generator.random(len(person))
    rank = (province.places_each ** generator.random(count)).astype(np.int32) - 1
    place = province.commune[person] * province.places_each + rank
    place = np.where(kind < 0.35, province.workplace[person], place)
    market = (province.communes ** generator.random(count)).astype(np.int32) - 1
    place = np.where(kind > 0.97, market * province.places_each, place)
    start = np.where(kind < 0.35, generator.integers(360, 540, count), generator.integers(300, 1260, count))
    duration = np.where(
        kind < 0.35, generator.integers(240, 600, count), 5 + generator.exponential(30, count).astype(int)
    )
    return Visits.of(person=person, place=place, day=FIRST_DAY + day, start=start, duration=np.minimum(duration, 720))


@contextmanager
def timed(what: str) -> Iterator[None]:
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    print(f"  {what:58s} {time.perf_counter() - wall:8.2f} s wall {time.process_time() - cpu:8.2f} s CPU", flush=True)


def spread_of(answer: Callable[[int], Answer], cases: Sequence[int], repeats: int) -> tuple[list[Answer], np.ndarray]:
    """Answers, and the shortest of the repeats of each case in milliseconds."""
    answers, best = [], []
    for case in cases:
        times = []
        for _ in range(repeats):
            begun = time.perf_counter()
            found = answer(case)
            times.append(time.perf_counter() - begun)
        answers.append(found)
        best.append(1000 * min(times))
    return answers, np.array(best)


def summary(contacts: Contacts) -> Answer:
    first = contacts.degree == 1
    return len(contacts.persons(1)), int(contacts.minutes[first].sum()), len(contacts.persons(2))


class Benchmark:
    """One province in every engine, asked the same cases."""

    def __init__(self, province: Province, visits: list[Visits], folder: Path, cases: int) -> None:
        self.province, self.visits, self.folder = province, visits, folder
        self.rows = sum(len(day) for day in visits)
        self.cases = np.random.default_rng(SEED + 1).integers(0, province.people, cases).tolist()
        people = np.arange(province.people)
        self.households = Rosters.of(Via.HOUSEHOLD, person=people, group=province.household)
        self.sources = self.indexed()
        self.expected: dict[int, Answer] = {}
        self.pace = 0.0

    def indexed(self) -> Sources:
        size = {"persons": self.province.people, "places": self.province.places}
        with timed("kernels compiled or loaded"):
            assert warm_up()
        with timed("one day sorted both ways"):
            build_segment(self.visits[0], **size)
        cache = SegmentCache(self.folder / "cache")
        with timed("14 days sorted and written"):
            days = range(FIRST_DAY, FIRST_DAY + DAYS)
            segments = [cache.segment(d, "1", lambda d=d: self.visits[d - FIRST_DAY], **size) for d in days]
        held = sum(path.stat().st_size for path in cache.folder.iterdir())
        print(f"  cache {held / 1e6:.0f} MB, {held / self.rows / 2:.1f} bytes a visit and direction")
        return Sources(VisitIndex(tuple(segments)), (self.households,))

    def own(self) -> None:
        trace(self.sources, self.cases[0], WINDOW, CRITERIA)
        contacts, self.expected = [], {}
        for case in self.cases:
            contacts.append(trace(self.sources, case, WINDOW, CRITERIA))
            self.expected[case] = summary(contacts[-1])
        sizes = np.array(list(self.expected.values()))
        print(
            f"  F1 p50 {np.median(sizes[:, 0]):.0f}, p95 {np.percentile(sizes[:, 0], 95):.0f};"
            f" F2 p50 {np.median(sizes[:, 2]):.0f}, p95 {np.percentile(sizes[:, 2], 95):.0f}"
        )
        self.pace = self.alone("index, Numba")
        with using("numpy"):
            self.alone("index, NumPy alone")

    def alone(self, name: str) -> float:
        """Times of the trace itself: every row of the answer is made, none is counted."""
        _, best = spread_of(lambda case: trace(self.sources, case, WINDOW, CRITERIA), self.cases, 5)
        return self.tell(name, best)

    def tell(self, name: str, best: np.ndarray) -> float:
        p50, p95 = np.median(best), np.percentile(best, 95)
        ratio = f"{p50 / self.pace:8.1f} x" if self.pace else ""
        print(f"  {name:34s} {len(best):4d} cases  p50 {p50:9.2f} ms  p95 {p95:9.2f} ms {ratio}", flush=True)
        return float(p50)

    def peer(self, name: str, answer: Callable[[int], Answer], cases: int, repeats: int = 2) -> None:
        asked = self.cases[:cases]
        answers, best = spread_of(answer, asked, repeats)
        for case, found in zip(asked, answers, strict=True):
            assert tuple(found) == self.expected[case], (name, case, found, self.expected[case])
        self.tell(name, best)

    def blocks(self) -> None:
        """As from a database without the cache: blocks fetched by key, decoded, and asked."""
        held: dict[tuple[str, int, int], Block] = {}
        with timed("blocks of 14 days, both directions, encoded"):
            for day in self.visits:
                held.update({("place", b.day, b.first_key): b for b in place_blocks(day)})
                held.update({("person", b.day, b.first_key): b for b in person_blocks(day, span=SPAN)})
        for side in ("place", "person"):
            size = sum(len(block.data) for key, block in held.items() if key[0] == side)
            print(f"  {side} blocks {size / 1e6:.0f} MB, {size / self.rows:.1f} bytes a visit")
        with timed("one day rebuilt from its place blocks"):
            parts = [decode_block(b.data)[1] for (side, d, _), b in held.items() if side == "place" and d == FIRST_DAY]
            build_segment(Visits.concatenated(parts), persons=self.province.people, places=self.province.places)
        self.peer("index over fetched blocks", lambda case: summary(self.from_blocks(held, case)), 50)

    def from_blocks(self, held: dict[tuple[str, int, int], Block], case: int) -> Contacts:
        days = range(FIRST_DAY, FIRST_DAY + DAYS)
        persons = [held[key] for day in days if (key := ("person", day, case // SPAN * SPAN)) in held]
        own = Visits.concatenated(decode_block(block.data)[1] for block in persons)
        own = own.take(own.person == case)
        near = [block for key in self.near(own) if (block := held.get(key)) and self.matters(block, own)]
        others = Visits.concatenated(decode_block(block.data)[1] for block in near)
        visits = VisitIndex((segment_of_parts(others, own),))
        return trace(Sources(visits, (self.households,)), case, WINDOW, CRITERIA)

    @staticmethod
    def near(own: Visits) -> set[tuple[str, int, int]]:
        """Keys of the places visited, on each visit's day, the day before, and the day on which it ended."""
        last = own.day + (own.start.astype(int) + own.duration) // 1440
        days = zip(own.place.tolist(), own.day.tolist(), last.tolist(), strict=True)
        return {("place", day, place) for place, first, end in days for day in range(first - 1, end + 1)}

    @staticmethod
    def matters(block: Block, own: Visits) -> bool:
        """Whether a block is of a visit's own days, or runs past midnight into one."""
        last = own.day + (own.start.astype(int) + own.duration) // 1440
        here = own.place == block.first_key
        return bool((here & (own.day <= block.day) & (block.day <= last)).any()) or block.latest > 1440

    def columns(self) -> dict[str, np.ndarray]:
        whole = Visits.concatenated(self.visits)
        start = whole.day * np.int32(1440) + whole.start
        return {"person": whole.person, "place": whole.place, "start": start, "until": start + whole.duration}

    def batch(self) -> tuple[list[int], list[Answer]]:
        cases = np.random.default_rng(SEED + 2).choice(self.province.people, 1000, replace=False)
        windows = np.tile(WINDOW, (1000, 1))
        trace_many(self.sources, cases[:2], windows[:2], CRITERIA)
        for _ in range(3):
            with timed("index, 1,000 cases"):
                contacts = trace_many(self.sources, cases, windows, CRITERIA)
        return cases.tolist(), [summary(contacts.of(number)) for number in range(1000)]


def with_pandas(bench: Benchmark) -> None:
    import pandas as pd

    visits = pd.DataFrame(bench.columns(), copy=False)
    households = pd.DataFrame({"person": np.arange(bench.province.people), "household": bench.province.household})

    def answer(case: int) -> Answer:
        met = visits[visits.person == case].merge(visits, on="place", suffixes=("_own", ""))
        shared = np.minimum(met.until, met.until_own) - np.maximum(met.start, met.start_own)
        met = met.assign(minutes=shared)[(shared >= MINIMUM) & (met.person != case)]
        first = met.person.unique()
        homes = households[households.person.isin(first)].household.unique()
        second = households[households.household.isin(homes) & ~households.person.isin(first)].person
        return len(first), int(met.minutes.sum()), int((second != case).sum())

    bench.peer("pandas merge", answer, 8)


def with_polars(bench: Benchmark) -> None:
    import polars as pl

    visits = pl.DataFrame(bench.columns())
    households = pl.DataFrame(
        {"person": np.arange(bench.province.people, dtype=np.int32), "household": bench.province.household}
    )
    minutes = pl.min_horizontal("until", "until_own") - pl.max_horizontal("start", "start_own")

    def answer(case: int) -> Answer:
        own = visits.lazy().filter(pl.col("person") == case).select("place", start_own="start", until_own="until")
        met = own.join(visits.lazy(), on="place").with_columns(minutes=minutes)
        met = met.filter((pl.col("minutes") >= MINIMUM) & (pl.col("person") != case)).collect()
        first = met.select("person").unique()
        homes = households.join(first, on="person", how="semi").select("household").unique()
        second = households.join(homes, on="household", how="semi").join(first, on="person", how="anti")
        return len(first), met["minutes"].sum(), len(second.filter(pl.col("person") != case))

    bench.peer("Polars in memory", answer, 10)


TRACE_SQL = """
with met as (
    select own.asked, other.person, least(own.until, other.until) - greatest(own.start, other.start) as minutes
    from (select person as asked, place, start, until from visit {own}) as own
    join visit as other on other.place = own.place {bound}
    where other.person <> own.asked
    and least(own.until, other.until) - greatest(own.start, other.start) >= {minimum}),
direct as (select asked, person, sum(minutes) as minutes from met group by asked, person),
indirect as (
    select distinct asked, fellow.person from direct
    join home on home.person = direct.person join home as fellow on fellow.household = home.household
    where fellow.person <> asked),
remote as (select * from indirect where not exists (
    select 1 from direct where direct.asked = indirect.asked and direct.person = indirect.person))
select direct.asked, direct.persons, direct.minutes, coalesce(remote.persons, 0)
from (select asked, count(*) as persons, sum(minutes) as minutes from direct group by asked) as direct
left join (select asked, count(*) as persons from remote group by asked) as remote using (asked)
"""


def with_duckdb(bench: Benchmark) -> None:
    import duckdb

    base = duckdb.connect(str(bench.folder / "visits.duckdb"))
    columns = bench.columns()
    person = np.arange(bench.province.people, dtype=np.int32)
    homes = {"person": person, "household": bench.province.household}
    with timed("DuckDB loaded"):
        base.execute("create table visit as select * from columns")
        base.execute("create table home as select * from homes")
    del columns, homes
    one = TRACE_SQL.format(own="where person = ?", bound="", minimum=MINIMUM)
    bench.peer("DuckDB", lambda case: (base.execute(one, [case]).fetchall() or [(case, 0, 0, 0)])[0][1:], 20)
    cases, expected = bench.batch()
    many = TRACE_SQL.format(own="where person in (select unnest(?))", bound="", minimum=MINIMUM)
    for _ in range(2):
        with timed("DuckDB, 1,000 cases"):
            found = {asked: (f1, minutes, f2) for asked, f1, minutes, f2 in base.execute(many, [cases]).fetchall()}
    assert [found.get(case, (0, 0, 0)) for case in cases] == expected
    base.close()


def with_sqlite(bench: Benchmark) -> None:
    base = sqlite3.connect(bench.folder / "visits.sqlite")
    base.executescript(
        "pragma journal_mode=off; pragma synchronous=off; pragma cache_size=-500000; pragma mmap_size=20000000000;"
    )
    with timed("SQLite loaded and indexed"):
        fill_sqlite(base, bench)
    bound = f"and other.start between own.start + {MINIMUM} - (select longest from place where place.id = own.place)"
    query = TRACE_SQL.format(own="where person = ?", bound=f"{bound} and own.until - {MINIMUM}", minimum=MINIMUM)
    # SQLite's own two-argument min and max, not a call into Python.
    query = query.replace("least(", "min(").replace("greatest(", "max(")
    bench.peer(
        "SQLite, two covering indexes",
        lambda case: (base.execute(query, [case]).fetchall() or [(case, 0, 0, 0)])[0][1:],
        50,
    )
    base.close()


def fill_sqlite(base: sqlite3.Connection, bench: Benchmark) -> None:
    base.executescript(
        "create table visit (person integer, place integer, start integer, until integer);"
        "create table home (person integer primary key, household integer);"
        "create table place (id integer primary key, longest integer);"
    )
    for day in bench.visits:
        start = day.day * np.int64(1440) + day.start
        columns = (day.person, day.place, start, start + day.duration)
        base.executemany("insert into visit values (?, ?, ?, ?)", zip(*(c.tolist() for c in columns), strict=True))
    base.executemany("insert into home values (?, ?)", enumerate(bench.province.household.tolist()))
    base.executescript(
        "create index by_person on visit (person, place, start, until);"
        "create index by_place on visit (place, start, until, person);"
        "create index by_household on home (household);"
        "insert into place select place, max(until - start) from visit group by place; analyze;"
    )


PEERS = {
    "blocks": Benchmark.blocks,
    "duckdb": with_duckdb,
    "polars": with_polars,
    "pandas": with_pandas,
    "sqlite": with_sqlite,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--without", nargs="*", default=[], choices=sorted(PEERS))
    chosen = parser.parse_args()
    province = make_province(1_800_000 if chosen.full else 90_000)
    visits = [make_day(province, day) for day in range(DAYS)]
    rows, busiest = sum(map(len, visits)), max(int(np.bincount(day.place).max()) for day in visits)
    print(
        f"{rows:,} visits, {province.people:,} people, {province.places:,} places, at most {busiest:,} a place and day"
    )
    print(f"Python {platform.python_version()}, NumPy {np.__version__}, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        bench = Benchmark(province, visits, Path(folder), chosen.cases)
        bench.own()
        for name, peer in PEERS.items():
            if name in chosen.without or (name not in ("blocks", "sqlite") and find_spec(name) is None):
                print(f"  {name} skipped: not installed or not wanted")
                continue
            print(f"{name}, load {os.getloadavg()[0]:.1f}")
            peer(bench)


if __name__ == "__main__":
    main()
