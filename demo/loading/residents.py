"""Households and residents, by COPY: two million of them in minutes."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import chain

import numpy as np
from django.db import connections
from psycopg import sql

from demo.homes import scatter_homes
from demo.loading.door import OWNER
from demo.people import People
from demo.streams import stream
from phaodai.foundation import clock
from phaodai.foundation.formats import fold, sort_key
from phaodai.territory.models import Unit

CHUNK = 20_000
AREA_COLUMNS = ("province_id", "district_id", "commune_id")
HOUSEHOLD_COLUMNS = ("id", *AREA_COLUMNS, "hamlet_id", "address", "longitude", "latitude")
PERSON_COLUMNS = (
    "id", "version", "created_at", "updated_at", *AREA_COLUMNS, "full_name", "sex", "birth_year", "birth_date", "phone",
    "household_id", "sort_key", "search_key",
)  # fmt: skip

Lines = Iterator[tuple[int, str]]
"""How many rows, and their lines for COPY in text format."""


def load_residents(people: People, units: Mapping[str, Unit], advance: Callable[[float], None]) -> None:
    """Write every household and resident into tables that nobody uses yet; `advance` hears the share that is done."""
    areas = [_area(units[hamlet.code]) for hamlet in people.geography.hamlets]
    hamlet_ids = [str(units[hamlet.code].pk) for hamlet in people.geography.hamlets]
    total, done = people.households + len(people), 0
    households = _copy("people_household", HOUSEHOLD_COLUMNS, _households(people, areas, hamlet_ids))
    persons = _copy("people_person", PERSON_COLUMNS, _persons(people, areas))
    for rows in chain(households, persons):
        done += rows
        advance(done / total)


def _copy(table: str, columns: Iterable[str], lines: Lines) -> Iterator[int]:
    """Copy the lines, with forced row-level security off meanwhile: PostgreSQL copies into no table that has it."""
    name = sql.Identifier(table)
    copying = sql.SQL("copy {} ({}) from stdin").format(name, sql.SQL(", ").join(map(sql.Identifier, columns)))
    with connections[OWNER].cursor() as cursor:
        cursor.execute(sql.SQL("alter table {} no force row level security").format(name))
        with cursor.copy(copying) as copy:
            for rows, text in lines:
                copy.write(text)
                yield rows
        following = sql.SQL("select setval(pg_get_serial_sequence({}, 'id'), (select max(id) from {}))")
        cursor.execute(following.format(sql.Literal(table), name))
        cursor.execute(sql.SQL("alter table {} force row level security").format(name))
        cursor.execute(sql.SQL("analyze {}").format(name))


def _area(hamlet: Unit) -> str:
    return "\t".join(str(getattr(hamlet, column)) for column in AREA_COLUMNS)


def _households(people: People, areas: list[str], hamlet_ids: list[str]) -> Lines:
    hamlets = people.household_hamlet.tolist()
    outlines = [hamlet.outline for hamlet in people.geography.hamlets]
    homes = scatter_homes(outlines, people.household_hamlet, stream(people.geography.seed, "people", "homes")).tolist()
    for start in range(0, people.households, CHUNK):
        addresses = people.addresses(start, start + CHUNK)
        rows = [
            f"{number}\t{areas[hamlet]}\t{hamlet_ids[hamlet]}\t{address}\t{east}\t{north}\n"
            for number, (hamlet, address, (east, north)) in enumerate(
                zip(hamlets[start : start + CHUNK], addresses, homes[start : start + CHUNK], strict=True),
                start=start + 1,
            )
        ]
        yield len(rows), "".join(rows)


def _persons(people: People, areas: list[str]) -> Lines:
    now = clock.now().isoformat()
    born = np.datetime_as_string(people.birth_date)
    for start in range(0, len(people), CHUNK):
        part = slice(start, start + CHUNK)
        columns = zip(
            people.hamlet[part].tolist(),
            people.full_names(start, part.stop),
            people.sex[part].tolist(),
            born[part].tolist(),
            people.phones(start, part.stop),
            (people.household[part] + 1).tolist(),
            strict=True,
        )
        rows = [
            f"{number}\t1\t{now}\t{now}\t{areas[hamlet]}\t{name}\t{'MF'[sex]}\t{day[:4]}\t{day}\t{phone or ''}\t"
            f"{household}\t{_keys(name)}\n"
            for number, (hamlet, name, sex, day, phone, household) in enumerate(columns, start=start + 1)
        ]
        yield len(rows), "".join(rows)


@cache
def _keys(name: str) -> str:
    """The keys of a name for order and search, as COPY takes them: a province has far fewer names than people."""
    order = sort_key(name).replace("\\", "\\\\")  # one of its letters is the backslash
    return f"{order}\t{fold(name)}"
