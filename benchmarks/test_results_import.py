"""A laboratory's sheet of 20,000 results taken in: tubes answered, tests of people answered, what follows told.

    PHAODAI_DATA=/tmp/results .venv/bin/python benchmarks/test_results_import.py [--rows 20000] [--positive 0.005]

Wants an installation with people in it (`phaodai demo --build-only`). Single tubes are made for residents, then an Excel
file of their results is taken in as a laboratory sends it, then once more, which changes nothing. All of it is undone.
"""

import argparse
import io
import random
import sys
from time import perf_counter
from typing import Any

import xlsxwriter

BATCH = 1_000
HEAD = ("STT", "Mã mẫu", "Kết quả", "Giá trị Ct", "Ngày trả kết quả")


def tubes(rows: int) -> list[str]:
    """So many tubes at a new laboratory, each of one resident; residents come around again when there are fewer."""
    from phaodai.foundation import clock
    from phaodai.people.models import Person
    from phaodai.surveillance.models import Laboratory, LabTest, Sample

    now = clock.now()
    people = list(Person.objects.order_by("pk").values_list("pk", "province_id", "district_id", "commune_id")[:rows])
    laboratory = Laboratory.objects.create(
        code="BENCH", name="Bench", capacity=rows, sort_key="b", search_key="b", province_id=people[0][1]
    )
    areas = [dict(zip(("province_id", "district_id", "commune_id"), one[1:], strict=True)) for one in people]
    chosen = [(people[place % len(people)][0], areas[place % len(people)]) for place in range(rows)]
    codes = [f"BENCH{place:08d}" for place in range(rows)]
    tests = LabTest.objects.bulk_create(
        [
            LabTest(person_id=person, sampled_at=now, barcode=code, **area)
            for code, (person, area) in zip(codes, chosen, strict=True)
        ],
        batch_size=BATCH,
    )
    samples = (
        Sample(
            barcode=test.barcode, person_id=test.person_id, test=test, state="received", asked_at=now, taken_at=now,
            received_at=now, laboratory=laboratory, province_id=test.province_id, district_id=test.district_id,
            commune_id=test.commune_id,
        )
        for test in tests
    )  # fmt: skip
    Sample.objects.bulk_create(samples, batch_size=BATCH)
    return codes


def workbook(codes: list[str], positive: float) -> bytes:
    """The sheet that comes back."""
    chance, stream = random.Random(1), io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        for place, code in enumerate(codes, 1):
            found = chance.random() < positive
            words = "Dương tính" if found else "Âm tính"
            sheet.write_row(place, 0, (place, code, words, 24.5 if found else "", ""))
    return stream.getvalue()


def take_in(content: bytes) -> Any:
    """The sheet through the same door as the screen's."""
    from phaodai.foundation import clock
    from phaodai.foundation.scope import SYSTEM
    from phaodai.surveillance.sheets.result_intake import take_in_results

    start = perf_counter()
    taken = take_in_results(actor=SYSTEM, moment=clock.now(), name="bench.xlsx", content=content)
    seconds = perf_counter() - start
    print(
        f"{taken.rows} rows in {seconds:.1f} s ({taken.rows / seconds:,.0f} rows/s): {taken.written} written,"
        f" {taken.unchanged} as before, {len(taken.parked)} waiting"
    )


def main() -> None:
    """Print both readings, then undo everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--positive", type=float, default=0.005)
    args = parser.parse_args()
    from phaodai.site.installation import open_installation

    server = open_installation()
    from django.db import transaction

    from phaodai.foundation.scope import SYSTEM, entering

    with entering(SYSTEM, why="bench"):
        content = workbook(tubes(args.rows), args.positive)
        take_in(content)
        take_in(content)
        transaction.set_rollback(True)
    server.leave()


if __name__ == "__main__":
    sys.exit(main())
