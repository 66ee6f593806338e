"""Coverage of all communes over millions of doses, how long counting takes, and certificates a second.

    PHAODAI_DATA=/tmp/books .venv/bin/phaodai demo --people 20000 --build-only
    PHAODAI_DATA=/tmp/books .venv/bin/python benchmarks/vaccination_coverage.py [--doses 3000000] [--asks 40]

The books are those of `vaccination_books.py`, filled once. Persons are read by none of these questions: a province of two
million people has the same counts.
"""

import argparse
from datetime import UTC, date, datetime, timedelta
from time import perf_counter

from vaccination_asking import load_of_machine, timed
from vaccination_books import DOSES, PEOPLE, open_books

LAST = date(2021, 11, 22)
MARK_A_DAY = """
insert into vaccination_coveragemark (province_id, district_id, commune_id, "on")
select distinct province_id, district_id, commune_id, given_on from vaccination_dose where given_on = %s
"""


def mark_a_day() -> int:
    """Leave the marks that doses of one day in every commune leave; how many."""
    from django.db import connection

    from phaodai.foundation.scope import SYSTEM, entering

    with entering(SYSTEM, why="benchmark"), connection.cursor() as cursor:
        cursor.execute(MARK_A_DAY, [LAST])
        return int(cursor.rowcount)


def count_again() -> tuple[float, int]:
    """Seconds until nothing is marked, and how many communes and days that were."""
    from phaodai.foundation import clock
    from phaodai.foundation.scope import SYSTEM, entering
    from phaodai.vaccination.actions.coverage import refresh_coverage

    began, counted = perf_counter(), 0
    while True:
        with entering(SYSTEM, why="benchmark"):
            done = refresh_coverage(actor=SYSTEM, moment=clock.now())
        if not done:
            return perf_counter() - began, counted
        counted += done


def ask_coverage(asks: int) -> None:
    """All communes of the province, as an officer of its office sees them."""
    from phaodai.foundation.scope import entering
    from phaodai.people.models import Post
    from phaodai.territory.models import Tier, Unit
    from phaodai.vaccination.models.coverage_figures import coverage_of, doses_by_day
    from phaodai.vaccination.rules.coverage import POPULATIONS

    until = LAST
    actor = Post.objects.select_related("officer", "organisation").get(officer__user__username="linhdt.98-vptu").actor()
    with entering(actor, why="benchmark"):
        units = list(Unit.objects.as_of(until).inside(actor.area).tier(Tier.COMMUNE))
        for key in ("adults", "over-65", "grades-9-12", "residents"):
            population = POPULATIONS[key]
            print(
                f"coverage of {len(units)} communes, {key}:",
                timed(lambda p=population: coverage_of(units, p, until), asks),
            )
        everybody = POPULATIONS["adults"]
        print("curve of the province:", timed(lambda: doses_by_day(actor.area, everybody, until), asks))


def seal(count: int) -> float:
    """Certificates a second, from a row's words to the text of its code."""
    from phaodai.foundation.formats import fold
    from phaodai.vaccination.rules.certificates import Seal, Statement, health_certificate, new_code
    from phaodai.vaccination.rules.keys import make_key, read_certificate

    now = datetime(2022, 4, 20, tzinfo=UTC)
    secret, certificate = make_key("Benchmark", now, now + timedelta(days=400), test=True)
    sealing = Seal(secret, read_certificate(certificate).key_id)
    began = perf_counter()
    for _one in range(count):
        said = Statement(
            new_code(test=True), "Phạm Thị Đào", "1969-03-01", "comirnaty", 2, 2, date(2021, 11, 20), "SYT"
        )
        sealing.text(health_certificate(said, fold), now, now + timedelta(days=365))
    return count / (perf_counter() - began)


def main() -> None:
    """Load, count, ask, seal; print what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--doses", type=int, default=DOSES)
    parser.add_argument("--asks", type=int, default=40)
    asked = parser.parse_args()
    print(f"sealing: {seal(1000):.0f} certificates a second")
    server = open_books(PEOPLE, asked.doses)
    try:
        seconds, counted = count_again()
        if counted:
            print(f"all of {asked.doses:,} doses counted: {seconds:.1f} s, {counted:,} communes and days")
        marks = mark_a_day()
        seconds, counted = count_again()
        print(f"one day of {marks} communes counted again: {1000 * seconds:.0f} ms, {counted} communes and days")
        ask_coverage(asked.asks)
        print(load_of_machine())
    finally:
        from django.db import connections

        connections.close_all()
        server.leave()


if __name__ == "__main__":
    main()
