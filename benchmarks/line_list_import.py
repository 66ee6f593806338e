"""A line list of 100,000 rows taken in, against COPY of the same rows into the same tables and against a usual library.

    PHAODAI_DATA=/tmp/line-list .venv/bin/python benchmarks/line_list_import.py [--rows 100000] [--library PYTHON]

The list is read from CSV, its columns guessed, every row checked, persons and cases written with their history. The peer
is COPY of ready rows, by the owner, who is above row-level security, into the same two tables with the same indexes and
triggers. `--library` names a Python of another environment with django-import-export and psycopg: it imports 2,000 rows
into tables of the same columns and indexes, and is compared by rows a second.
"""

import argparse
import io
import os
import random
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

HEADER = (
    "Mã ca,Họ và tên,Giới tính,Năm sinh,Số điện thoại,Ngày khởi phát,Ngày lấy mẫu,Ngày có kết quả,"
    "Triệu chứng,Nghề nghiệp,Nơi ở,Kết cục\n"
)
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ")
MIDDLE = ("Văn", "Thị", "Hữu", "Đức", "Minh", "Thanh", "Ngọc", "Quang")
GIVEN = ("An", "Bình", "Chi", "Dũng", "Hà", "Hùng", "Lan", "Mai", "Nam", "Oanh", "Phúc", "Quân", "Sơn", "Thảo", "Vân")
PERSONS = (
    "id, full_name, sex, birth_year, phone, identity_number, address, sort_key, search_key, province_id, version,"
    " created_at, updated_at"
)
CASES = (
    "id, code, person_id, episode, disease, classification, detected_by, occupation, symptoms, onset_on, sampled_on,"
    " positive_at, severity, variant, outcome, setting, residence, facility, notes, given, province_id, version,"
    " created_at, updated_at"
)


def line_list(rows: int, prefix: str) -> str:
    """A list of invented cases."""
    chance = random.Random(prefix)
    lines = [HEADER]
    for number in range(rows):
        name = f"{chance.choice(FAMILY)} {chance.choice(MIDDLE)} {chance.choice(GIVEN)}"
        onset = date(2021, 6, 1) + timedelta(days=chance.randrange(150))
        lines.append(
            f"{prefix}{number},{name},{chance.choice(('Nam', 'Nữ'))},{chance.randrange(1930, 2020)},"
            f"09{chance.randrange(10**8):08d},"
            f"{onset:%d/%m/%Y},{onset + timedelta(days=2):%d/%m/%Y},{onset + timedelta(days=3):%d/%m/%Y},sốt; ho,công nhân,"
            f"Tân Lộc,{chance.choice(('Khỏi bệnh', 'Đang điều trị'))}\n"
        )
    return "".join(lines)


def take_in(content: str) -> float:
    """Seconds from the bytes of the file to the finished list."""
    from phaodai.foundation import clock
    from phaodai.foundation.scope import SYSTEM, Area, entering
    from phaodai.surveillance.sheets.intake import begin, choose, read_through
    from phaodai.surveillance.sheets.tables import read_tables

    start, moment = perf_counter(), clock.now()
    found = choose(read_tables("list.csv", content.encode()), province=0, today=moment.date())
    with entering(SYSTEM):
        kept = begin(actor=SYSTEM, moment=moment, name="list.csv", content=content.encode(), area=Area(), found=found)
    done = read_through(kept, found, actor=SYSTEM, moment=moment, scope=lambda: entering(SYSTEM))
    print(f"  {done.rows} rows: {done.inserted} new, {done.unchanged} as before, {done.parked} waiting")
    return perf_counter() - start


def ready_rows(prefix: str) -> tuple[bytes, bytes]:
    """Persons and cases of a list that was taken in, as COPY wants them, under other ids and numbers."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("select set_config('phaodai.reach', 'all', false)")
        cursor.execute("select max(id) from people_person")
        shift = cursor.fetchone()[0]
        persons = PERSONS.replace("id,", f"id + {shift},", 1)
        cases = (
            CASES.replace("id,", f"id + {shift},", 1)
            .replace("code", "'peer' || code")
            .replace("person_id", f"person_id + {shift}")
        )
        mine = f"surveillance_case where code like '{prefix}%'"
        return (
            copied_out(cursor, f"select {persons} from people_person where id in (select person_id from {mine})"),
            copied_out(cursor, f"select {cases} from {mine}"),
        )


def copied_out(cursor, query: str) -> bytes:  # type: ignore[no-untyped-def]
    """What a query finds, in COPY's text form."""
    stream = io.BytesIO()
    with cursor.copy(f"copy ({query}) to stdout") as copy:
        for block in copy:
            stream.write(block)
    return stream.getvalue()


def copy_in(persons: bytes, cases: bytes) -> float:
    """Seconds of COPY into the same tables, with row-level security aside: forced on owners too, it refuses COPY."""
    from django.db import connections, transaction

    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("select set_config('phaodai.reach', 'all', true)")
        for table in ("people_person", "surveillance_case"):
            cursor.execute(f"alter table {table} no force row level security")
            cursor.execute(f"analyze {table}")  # or its foreign keys would be checked by walking the whole table
        start = perf_counter()
        for table, columns, content in (("people_person", PERSONS, persons), ("surveillance_case", CASES, cases)):
            with cursor.copy(f"copy {table} ({columns}) from stdin") as copy:
                copy.write(content)
        cursor.execute("set constraints all immediate")
        taken = perf_counter() - start
        transaction.set_rollback(True, using="owner")
    return taken


def library(python: str, rows: int = 2000) -> float:
    """Rows a second of django-import-export, in its own environment and a schema of its own."""
    from django.conf import settings

    door = settings.DATABASES["owner"]
    script = Path(__file__).with_name("line_list_library.py")
    told = subprocess.run(
        [python, str(script), *(str(door[name]) for name in ("HOST", "PORT", "NAME", "USER", "PASSWORD")), str(rows)],
        input=line_list(rows, "L"), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return float(told.stdout)


def main() -> None:
    """Print the three times and the two ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--library", help="Python of an environment with django-import-export")
    parser.add_argument("--runs", type=int, default=2)
    args = parser.parse_args()
    from phaodai.site.installation import open_installation

    server = open_installation()
    for run in range(args.runs):
        prefix = f"B{os.getpid()}-{run}-"
        taken = take_in(line_list(args.rows, prefix))
        peer = copy_in(*ready_rows(prefix))
        print(
            f"run {run + 1}: taken in {taken:.1f} s ({args.rows / taken:,.0f} rows/s); COPY {peer:.1f} s;"
            f" {peer / taken:.0%} of COPY"
        )
    if args.library:
        rate = library(args.library)
        print(f"django-import-export {rate:,.0f} rows/s: {args.rows / taken / rate:.0f} times slower")
    server.leave()


if __name__ == "__main__":
    sys.exit(main())
