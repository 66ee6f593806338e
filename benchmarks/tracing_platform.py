"""Tracing as the platform does it: from the cache, from PostgreSQL's blocks alone, and by SQL over indexed rows.

usage: python benchmarks/tracing_platform.py [--people 60000] [--cases 50]

Makes the visits of `tracing_index.py` (2.42 a person and day, 14 days, fixed seed; 1,800,000 people are 61 million visits)
in a database of its own, and asks the same cases of each, with every query that the page pays for: law, marks, households,
meetings, memberships, links. Every answer is compared, person by person. pandas, Polars, DuckDB and SQLite are compared
with the index itself, answers too, by `tracing_index.py`.
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phaodai.site.settings")
os.environ["PHAODAI_DATABASE"] = "phaodai_benchmark_tracing"
os.environ.setdefault("PHAODAI_DATA", str(Path(tempfile.gettempdir()) / "phaodai-benchmark"))
sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.tracing_index import DAYS, FIRST_DAY, SEED, Province, make_day, make_province
from phaodai.foundation.database import create_database, drop_database, ensure_running

PROVINCE, COMMUNE = 1, 2
Answer = tuple[frozenset[int], frozenset[int]]
PLAIN = """
  with own as (
    select place, greatest(start, %(begin)s) as start, least(until, %(end)s) as until from bench_visit
    where person = %(person)s and start < %(end)s and until > %(begin)s
  ),
  near as (
    select other.person from own join bench_visit other on other.place = own.place
    where other.start < own.until and other.until > own.start and other.person <> %(person)s
    union
    select p.id from people_person me join people_person p on p.household_id = me.household_id
    where me.id = %(person)s and p.id <> me.id
  )
  select near.person, 1 from near
  union
  select p.id, 2 from near join people_person f on f.id = near.person
    join people_person p on p.household_id = f.household_id
  where p.id <> %(person)s and p.id not in (select person from near)
"""


@contextmanager
def told(what: str) -> Iterator[None]:
    begun = perf_counter()
    yield
    print(f"  {what:52s} {perf_counter() - begun:8.2f} s", flush=True)


def make_people(province: Province) -> None:
    """Units, persons, households and places; row id i + 1 is number i of the index's own benchmark."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("select set_config('phaodai.reach', 'all', false)")
        cursor.execute(
            "insert into territory_unit (id, gazetteer, tier, code, name, type, name_en, province_id, commune_id, in_force,"
            " sort_key, search_key) values (1, 'bench', 1, '98', 'Tỉnh', 'Tỉnh', '', 1, null, '[2020-01-01,)', '', ''),"
            " (2, 'bench', 3, '98001', 'Xã', 'Xã', '', 1, 2, '[2020-01-01,)', '', '')"
        )
        households = int(province.household.max()) + 1
        cursor.execute(
            "insert into people_household (id, province_id, commune_id, hamlet_id, address)"
            " select id, 1, 2, 2, '' from generate_series(1, %s) id",
            [households],
        )
        cursor.execute(
            "insert into people_person (id, province_id, commune_id, household_id, full_name, sex, phone, sort_key,"
            " search_key, created_at, updated_at)"
            " select number, 1, 2, household + 1, '', '', '', '', '', now(), now()"
            " from unnest(%s::int[]) with ordinality row (household, number)",
            [province.household.tolist()],
        )
        cursor.execute(
            "insert into territory_place (id, province_id, commune_id, code, name, kind, address, sort_key, search_key,"
            " created_at, updated_at) select id, 1, 2, id::text, id::text, 'other', '', '', '', now(), now()"
            " from generate_series(1, %s) id",
            [province.places],
        )
        cursor.execute("create table bench_visit (person int, place int, start int, until int)")


def make_visits(province: Province) -> int:
    """Each day as blocks, and as plain rows with both indexes."""
    from django.db import connections, transaction

    from epidemic.tracing import Visits
    from phaodai.foundation.scope import SYSTEM, entering
    from phaodai.surveillance.models import VisitBlock, VisitDay
    from phaodai.surveillance.tracing import day_of, rows_of_day

    total = 0
    for number in range(DAYS):
        made = make_day(province, number)
        visits = Visits(made.person + 1, made.place + 1, made.day, made.start, made.duration)
        day = day_of(FIRST_DAY + number)
        with entering(SYSTEM, why="benchmark"), transaction.atomic():
            rows, fingerprint = rows_of_day(PROVINCE, day, visits)
            VisitBlock.objects.bulk_create(rows, batch_size=5_000)
            facts = {"visits": len(visits), "fingerprint": fingerprint, "built_at": datetime.now().astimezone()}
            VisitDay.objects.create(province_id=PROVINCE, day=day, **facts)
        start = visits.day.astype(np.int64) * 1440 + visits.start
        columns = (visits.person, visits.place, start, start + visits.duration)
        with connections["owner"].cursor() as cursor, cursor.copy("copy bench_visit from stdin") as copy:
            for row in zip(*(column.tolist() for column in columns), strict=True):
                copy.write_row(row)
        total += len(visits)
    with connections["owner"].cursor() as cursor:
        cursor.execute("create index on bench_visit (person, start); create index on bench_visit (place, start)")
        cursor.execute("analyze")
        cursor.execute("grant select on bench_visit to public")
    return total


def make_cases(province: Province, count: int) -> list[Any]:
    """Cases with a window of nine days: found on the twelfth, isolated on the last."""
    from phaodai.foundation.clock import VIETNAM
    from phaodai.foundation.scope import SYSTEM, entering
    from phaodai.surveillance.models import Case
    from phaodai.surveillance.tracing import day_of

    first = day_of(FIRST_DAY)
    isolated = datetime.combine(first + timedelta(days=DAYS), datetime.min.time(), VIETNAM)
    persons = np.random.default_rng(SEED + 1).choice(province.people, count, replace=False) + 1
    with entering(SYSTEM, why="benchmark"):
        return [
            Case.objects.create(
                code=f"B{person}", person_id=person, onset_on=first + timedelta(days=8), isolated_at=isolated,
                reported_on=first + timedelta(days=DAYS - 1), province_id=PROVINCE, commune_id=COMMUNE,
            )
            for person in persons.tolist()
        ]  # fmt: skip


def by_index(case: Any, moment: datetime) -> Answer:
    from phaodai.surveillance.tracing import trace_case

    found = trace_case(case, moment=moment).contacts
    return frozenset(found.persons(1).tolist()), frozenset(found.persons(2).tolist())


def by_sql(case: Any, moment: datetime) -> Answer:
    from django.db import connection

    from phaodai.surveillance.tracing import minute_at, window_of

    window = window_of(case, moment)
    asked = {"person": case.person_id, "begin": minute_at(window.begin), "end": minute_at(window.end)}
    with connection.cursor() as cursor:
        cursor.execute(PLAIN, asked)
        rows = cursor.fetchall()
    first = frozenset(person for person, degree in rows if degree == 1)
    return first, frozenset(person for person, degree in rows if degree == 2) - first


def measure(name: str, ask: Callable[[Any, datetime], Answer], cases: list[Any], rounds: int) -> list[Answer]:
    """The shortest of some rounds of each case, inside one transaction under the scope, as a page asks."""
    from phaodai.foundation.scope import SYSTEM, entering

    moment = cases[0].isolated_at + timedelta(hours=1)
    answers, best = [], []
    with entering(SYSTEM, why="benchmark"):
        ask(cases[0], moment)
        for case in cases:
            times = []
            for _ in range(rounds):
                begun = perf_counter()
                found = ask(case, moment)
                times.append(1000 * (perf_counter() - begun))
            answers.append(found)
            best.append(min(times))
    p50, p95 = np.percentile(best, (50, 95))
    print(f"  {name:34s} {len(cases):4d} cases  p50 {p50:9.2f} ms  p95 {p95:9.2f} ms", flush=True)
    return answers


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--people", type=int, default=60_000)
    arguments.add_argument("--cases", type=int, default=50)
    asked = arguments.parse_args()
    ensure_running()
    drop_database(os.environ["PHAODAI_DATABASE"])
    create_database(os.environ["PHAODAI_DATABASE"])
    from phaodai.site.installation import migrate, start_django

    start_django()
    migrate(lambda _line: None)
    run(asked.people, asked.cases)
    drop_database(os.environ["PHAODAI_DATABASE"])


def run(people: int, count: int) -> None:
    from epidemic.tracing import warm_up
    from phaodai.foundation.scope import SYSTEM, entering
    from phaodai.surveillance.tracing import keep_days
    from phaodai.surveillance.tracing.days import folder_of

    province = make_province(people)
    with told("people, households, places"):
        make_people(province)
    with told("14 days as blocks and as indexed rows"):
        total = make_visits(province)
    print(f"  {total:,} visits of {people:,} people at {province.places:,} places")
    cases = make_cases(province, count)
    warm_up()
    plain = measure("SQL over indexed rows", by_sql, cases[: max(count // 5, 5)], 2)
    blocks = measure("PostgreSQL's blocks alone", by_index, cases, 3)
    with entering(SYSTEM, why="benchmark"), told("14 days derived into the cache"):
        keep_days(PROVINCE, date(2021, 1, 1))
        folder = folder_of(PROVINCE)
    cached = measure("cache", by_index, cases, 5)
    assert cached == blocks, "the cache and the blocks differ"
    assert cached[: len(plain)] == plain, "the index and plain SQL differ"
    sizes = [(len(first), len(second)) for first, second in cached]
    print(
        f"  F1 p50 {np.median([one for one, _ in sizes]):.0f}, F2 p50 {np.median([two for _, two in sizes]):.0f}; all equal"
    )
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
