"""Coverage of all communes over millions of doses, how long counting takes, and certificates a second.

    PHAODAI_DATA=/tmp/coverage .venv/bin/phaodai demo --people 20000 --build-only
    PHAODAI_DATA=/tmp/coverage .venv/bin/python benchmarks/vaccination_coverage.py [--doses 3000000] [--asks 40]

Doses go set-wise into the invented province of a data folder that is used for nothing else (they stay there). Persons are
read by none of these questions, so none are made: a province of two million people has the same counts. Indexes of doses that
coverage does not use are dropped first, so that the loading is not what is waited for.
"""

import argparse
import os
import statistics
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from time import perf_counter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phaodai.site.settings")

DOSES = """
insert into vaccination_dose (
  key, digest, joined, full_name, sex, birth_year, age, identity_number, phone, address, search_key, identity_key,
  fingerprint, product, lot_number, number, given_at, given_on, "group", facility, device, source, received_at, doubted,
  struck_reason, version, created_at, updated_at, province_id, district_id, commune_id)
select gen_random_uuid(), '', '', 'Nguyễn Thị A', 'F', 2021 - age, age, '', '', '', '', key, key, 'astrazeneca', '', number,
  on_day + time '08:00', on_day, grp, '', '', 'sheet', now(), false, '', 1, now(), now(), c.province_id, c.district_id, c.id
from (select n, gen_random_uuid() as key, 12 + (n * 7919) %% 80 as age, 1 + n %% 2 as number,
        %(first)s::date + (hashint8(n) & 1048575) %% %(days)s as on_day,
        (array['', 'health-workers', 'chronic-elderly', 'workers'])[1 + (n / 3) %% 4] as grp
      from generate_series(1::bigint, %(doses)s) n) told
join (select u.*, row_number() over (order by id) - 1 as place, count(*) over () as communes
      from territory_unit u where tier = 3) c on c.place = (n / 11) %% c.communes
"""
FIRST, DAYS = date(2021, 7, 26), 120
KEPT = "coverage_place"


def fill(doses: int, days: int, first: date) -> float:
    """Put the doses in; seconds."""
    from django.db import connections, transaction

    began = perf_counter()
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("select set_config('phaodai.reach', 'all', true)")
        cursor.execute(DOSES, {"doses": doses, "days": days, "first": first})
    return perf_counter() - began


def drop_indexes() -> None:
    """Those of doses that neither a constraint nor coverage needs."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "select indexrelid::regclass::text from pg_index where indrelid = 'vaccination_dose'::regclass"
            " and not indisunique and indexrelid::regclass::text <> %s",
            [KEPT],
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"drop index {name}")


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


def timed(question: Callable[[], object], asks: int) -> str:
    """p50 and p95 in milliseconds."""
    question()
    times = []
    for _ask in range(asks):
        began = perf_counter()
        question()
        times.append(1000 * (perf_counter() - began))
    return f"p50 {statistics.median(times):.0f} ms, p95 {sorted(times)[int(0.95 * len(times))]:.0f} ms"


def ask_coverage(asks: int) -> None:
    """All communes of the province, as an officer of its office sees them."""
    from phaodai.foundation.scope import entering
    from phaodai.people.models import Post
    from phaodai.territory.models import Tier, Unit
    from phaodai.vaccination.models.coverage_figures import coverage_of, doses_by_day
    from phaodai.vaccination.rules.coverage import POPULATIONS

    until = FIRST + timedelta(days=DAYS)
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
    parser.add_argument("--doses", type=int, default=3_000_000)
    parser.add_argument("--asks", type=int, default=40)
    asked = parser.parse_args()
    print(f"sealing: {seal(1000):.0f} certificates a second")
    from phaodai.site.installation import open_installation

    server = open_installation(print)
    try:
        drop_indexes()
        print(f"{asked.doses:,} doses put in: {fill(asked.doses, DAYS, FIRST):.0f} s")
        seconds, counted = count_again()
        print(f"all of them counted: {seconds:.1f} s, {counted:,} communes and days")
        fill(1_000, 1, FIRST + timedelta(days=DAYS))
        seconds, counted = count_again()
        print(f"1,000 more doses of one day counted: {1000 * seconds:.0f} ms, {counted} communes and days")
        ask_coverage(asked.asks)
        print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    finally:
        server.leave()


if __name__ == "__main__":
    main()
