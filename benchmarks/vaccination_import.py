"""A sheet of 100,000 doses taken in, against COPY of the same rows into the same indexed table.

    PHAODAI_DATA=/tmp/dose-sheet .venv/bin/python benchmarks/vaccination_import.py [--rows 100000] [--persons 100000]

The sheet is read from CSV in the platform's columns, every row checked, matched against the persons of the books (half of
the rows by the number of the card, a quarter by name, birth, sex and commune, a quarter fit nobody and are asked about),
judged beside the other doses of the same person, and written. The peer is COPY of the same final rows in the order of
the sheet (with `--sorted` in the order in which they were written), doses and questions, by the owner, who is above
row-level security, into the same tables with the same indexes, triggers and foreign keys, before a sheet of other people
of the same size is taken in. Beside other work read the ratio by CPU: it adds this
process and the server's, which on two free cores work at the same time.
"""

import argparse
import io
import os
import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter

import psutil

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phaodai.site.settings")
os.environ["PHAODAI_DATABASE"] = "phaodai_benchmark_doses"

HEADER = "Họ và tên,Ngày sinh,Giới tính,CCCD,Số điện thoại,Vắc xin,Số lô,Mũi thứ,Ngày tiêm,Điểm tiêm,Mã xã\n"
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ")
GIVEN = ("An", "Bình", "Chi", "Dũng", "Hà", "Hùng", "Lan", "Mai", "Nam", "Oanh", "Phúc", "Quân", "Sơn", "Thảo", "Vân")
COMMUNES = 150


def make_province(persons: int, communes: int = COMMUNES) -> list[tuple[str, str, str, str, str]]:
    """A province of some communes and its people; returns name, birth, sex, card and commune of each."""
    from django.db import connections, transaction

    from phaodai.territory.models import Unit

    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("select set_config('phaodai.reach', 'all', true)")
        units = list(_communes(Unit, communes))
        people = list(_people(persons, units))
        cursor.execute("alter table people_person no force row level security")
        with cursor.copy(f"copy people_person ({', '.join(_PERSON)}) from stdin") as copy:
            for person, unit in people:
                copy.write_row((*person, unit.province_id, unit.district_id, unit.pk, 1, MADE, MADE, ""))
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table people_person force row level security")
    with connections["owner"].cursor() as cursor:
        cursor.execute("vacuum analyze people_person")
    return [
        (name, f"{born:%d/%m/%Y}", "Nữ" if sex == "F" else "Nam", card, unit.code)
        for (name, sex, born, _year, card, _sort, _search), unit in people
    ]


_PERSON = (
    "full_name", "sex", "birth_date", "birth_year", "identity_number", "sort_key", "search_key", "province_id",
    "district_id", "commune_id", "version", "created_at", "updated_at", "phone",
)  # fmt: skip
MADE = datetime(2021, 1, 1, tzinfo=UTC)


def _people(persons: int, units):  # type: ignore[no-untyped-def]
    """The columns of each person, spread over the communes."""
    from phaodai.foundation.formats import fold, sort_key

    chance, keys = random.Random(1), {}
    for number in range(persons):
        name = f"{chance.choice(FAMILY)} {chance.choice(GIVEN)} {chance.choice(GIVEN)} {chance.choice(GIVEN)}"
        if name not in keys:
            keys[name] = (sort_key(name), fold(name))
        born = date(1940, 1, 1) + timedelta(days=chance.randrange(22_000))
        card = f"001{born.year % 100:02}{number:07}"
        yield (name, chance.choice("FM"), born, born.year, card, *keys[name]), units[number % len(units)]


def _communes(unit_model, communes: int):  # type: ignore[no-untyped-def]
    """A province, its districts of fifteen communes each, and these."""
    province = _unit(unit_model, "98", 1, None)
    for number in range(communes):
        if number % 15 == 0:
            district = _unit(unit_model, f"98{number // 15}", 2, province)
        yield _unit(unit_model, f"98{number:03}", 3, district)


def _unit(unit_model, code, tier, above):  # type: ignore[no-untyped-def]
    unit = unit_model(tier=tier, code=code, type="", name=code, parent=above, in_force=(date(2020, 1, 1), None))
    for column in ("province_id", "district_id", "commune_id"):
        setattr(unit, column, getattr(above, column) if above else None)
    unit.save(using="owner")
    setattr(unit, ("province_id", "district_id", "commune_id")[tier - 1], unit.pk)
    unit.save(using="owner")
    return unit


def sheet(rows: int, people: list[tuple[str, str, str, str, str]], seed: int) -> str:
    """Doses of two thirds of the people, two of each: with a card, without one, and of strangers."""
    lines = [HEADER]
    for number in range(rows):
        name, born, sex, card, commune = people[(seed * rows + number) // 2 % len(people)]
        kind = (number // 2) % 4
        if kind == 2:
            card = ""
        elif kind == 3:
            name, card = f"{name} {GIVEN[number // 2 % len(GIVEN)]}", ""
        given = date(2021, 7, 1) + timedelta(days=70 * (number % 2) + (number // 2) % 40)
        lines.append(
            f"{name},{born},{sex},{card},09{number:08d},AstraZeneca,L{seed},{number % 2 + 1},"
            f"{given:%d/%m/%Y},Trạm {commune},{commune}\n"
        )
    return "".join(lines)


class Spent:
    """Wall and CPU seconds of a deed: of this process and of the server's process behind a connection."""

    def __init__(self, connection) -> None:  # type: ignore[no-untyped-def]
        connection.ensure_connection()
        self.processes = (psutil.Process(), psutil.Process(connection.connection.info.backend_pid))

    def __enter__(self) -> "Spent":
        self.begun, self.cpu_begun = perf_counter(), self._cpu()
        return self

    def __exit__(self, *_problem: object) -> None:
        self.wall, self.cpu = perf_counter() - self.begun, self._cpu() - self.cpu_begun

    def _cpu(self) -> float:
        return sum(sum(process.cpu_times()[:2]) for process in self.processes)


def take_in(content: str, seed: int) -> Spent:
    """What it takes from the bytes of the file to the finished sheet."""
    from django.db import connection

    from phaodai.foundation import clock
    from phaodai.foundation.permissions import Permission
    from phaodai.foundation.scope import SYSTEM, Actor, Area, entering
    from phaodai.territory.models import Unit
    from phaodai.vaccination.sheets.doses_intake import read_doses

    with entering(SYSTEM):
        province = Unit.objects.get(code="98").pk
    actor = Actor(
        officer=None, name="Bench", organisation=0, organisation_name="", area=Area(province), reach="area",
        permissions=frozenset(Permission),
    )  # fmt: skip
    with Spent(connection) as spent:
        done = read_doses(
            actor=actor, moment=clock.now(), name=f"{seed}.csv", content=content.encode(), scope=lambda: entering(actor)
        )
    assert done.inserted == done.rows, f"{done.inserted} of {done.rows}"
    print(
        f"  sheet: {done.rows:,} rows in {spent.wall:.2f} s, {spent.cpu:.2f} s of CPU: {done.matched:,} matched,"
        f" {done.doubted:,} doubted, {done.parked:,} set aside"
    )
    return spent


def copy_peer(rows: int, order: str = "phone") -> Spent:
    """What COPY of the last sheet's doses, under other keys, and of its questions takes into the same tables.

    The telephone numbers of a sheet rise from line to line. Afterwards nothing of it is left.
    """
    from django.db import connections, transaction

    from phaodai.vaccination.models import Dose, IdentityQuestion

    owner = connections["owner"]
    with transaction.atomic(using="owner"), owner.cursor() as cursor:
        cursor.execute("select set_config('phaodai.reach', 'all', true)")
        streams = [
            ready_rows(
                cursor, Dose, "key", "fingerprint", f"id > (select max(id) - {rows} from vaccination_dose)", order
            ),
            ready_rows(
                cursor, IdentityQuestion, "identity_key", "", "asked_at = (select max(asked_at) from {table})", "id"
            ),
        ]
        with Spent(owner) as spent:
            for table, columns, stream in streams:
                with cursor.copy(f"copy {table} ({columns}) from stdin") as copy:
                    copy.write(stream)
            cursor.execute("set constraints all immediate")
        transaction.set_rollback(True, using="owner")
    with owner.cursor() as cursor:
        cursor.execute("vacuum analyze vaccination_dose, vaccination_identityquestion")
    print(f"  COPY of the same rows: {spent.wall:.2f} s, {spent.cpu:.2f} s of CPU")
    return spent


def ready_rows(cursor, model, key, mark, where, order):  # type: ignore[no-untyped-def]
    """The rows of a table as COPY takes them, with new keys, and with row-level security out of the owner's way."""
    table = model._meta.db_table
    cursor.execute(f"alter table {table} no force row level security")
    columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields if field.column != "id")
    fresh = columns
    for name in (key, mark):
        fresh = fresh.replace(f'"{name}"', "gen_random_uuid()")
    stream = io.BytesIO()
    with cursor.copy(
        f"copy (select {fresh} from {table} where {where.format(table=table)} order by {order}) to stdout"
    ) as copy:
        for block in copy:
            stream.write(block)
    return table, columns, stream.getvalue()


def main() -> None:
    """Print the times and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--persons", type=int, default=200_000)
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--sorted", action="store_true", help="COPY in the order in which the rows were written")
    asked = parser.parse_args()
    from phaodai.foundation.database import create_database, drop_database, ensure_running

    ensure_running()
    database = os.environ["PHAODAI_DATABASE"]
    drop_database(database)
    create_database(database)
    from phaodai.site.installation import migrate, start_django

    start_django()
    migrate()
    people = make_province(asked.persons)
    from django.db import connections

    take_in(sheet(asked.rows, people, 0), 0)
    for run in range(1, asked.runs + 1):
        print(
            f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, {asked.persons:,} persons ({Path(__file__).name})"
        )
        peer = copy_peer(asked.rows, "id" if asked.sorted else "phone")
        mine = take_in(sheet(asked.rows, people, run), run)
        print(f"  the sheet runs at {peer.wall / mine.wall:.0%} of COPY, by CPU at {peer.cpu / mine.cpu:.0%}")
    connections.close_all()
    drop_database(database)


if __name__ == "__main__":
    main()
