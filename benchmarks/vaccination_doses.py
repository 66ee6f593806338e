"""Lists of doses over millions of rows: server time of each page as an officer of the province, a district, a commune asks.

    PHAODAI_DATA=/tmp/dose-lists .venv/bin/python benchmarks/vaccination_doses.py [--doses 3000000] [--asks 20]

Doses of a province of twenty communes are put in set-wise by the owner, with doubts, questions and reactions beside some of
them. Each page is asked through the program's own views, in this process, under the officer's row-level scope.
"""

import argparse
import os
import statistics
from time import perf_counter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phaodai.site.settings")

from vaccination_import import COMMUNES, make_province  # sets the database's name

DOSES = """
insert into vaccination_dose (
  key, digest, joined, full_name, sex, birth_year, identity_number, phone, address, search_key, identity_key, fingerprint,
  product, lot_number, number, given_at, given_on, "group", facility, device, source, received_at, doubted, struck_reason,
  version, created_at, updated_at, province_id, district_id, commune_id, person_id)
select md5('k' || n)::uuid, '', 'number', 'Nguyễn Thị ' || n %% 5000, 'F', 1930 + n %% 80, '', '', '',
  'nguyen thi ' || n %% 5000, md5('i' || n / 2)::uuid, md5('f' || n)::uuid,
  (array['astrazeneca', 'vero-cell', 'comirnaty'])[1 + n %% 3], 'L' || n %% 40, 1 + n %% 2,
  timestamptz '2021-11-20 08:00+07' - make_interval(mins => n %% 200000), date '2021-11-20' - n %% 140, '', 'Trạm', '',
  'sheet', now(), n %% 200 = 0, '', 1, now(), now(), c.province_id, c.district_id, c.id,
  case when n %% 20 = 0 then null else 1 + n %% %(persons)s end
from generate_series(1, %(doses)s) n join (
  select u.*, row_number() over (order by id) - 1 as place from territory_unit u where tier = 3) c
  on c.place = n %% %(communes)s
"""
DOUBTS = """
insert into vaccination_dosedoubt (dose_id, code, words_vi, words_en, citation, overridden, reason, found_at, settled,
  settled_reason, version, created_at, updated_at, province_id, district_id, commune_id)
select id, 'order', 'x', 'x', '', id % 3 = 0, '', now(), '', '', 1, now(), now(), province_id, district_id, commune_id
from vaccination_dose where doubted
"""
QUESTIONS = """
insert into vaccination_identityquestion (identity_key, dose_id, score, evidence, verdict, reason, asked_at, version,
  created_at, updated_at, province_id, district_id, commune_id)
select distinct on (identity_key) identity_key, id, (id % 100) / 100.0, '{}', '', '', now(), 1, now(), now(),
  province_id, district_id, commune_id from vaccination_dose where person_id is null
"""
REACTIONS = """
insert into vaccination_adversereaction (dose_id, severity, found, symptoms, began_at, reported_at, treatment, outcome,
  conclusion, version, created_at, updated_at, province_id, district_id, commune_id)
select id, case when id % 50 = 0 then 'serious' else 'mild' end, 'home', 'sốt', given_at, now(), '', '', '', 1, now(),
  now(), province_id, district_id, commune_id from vaccination_dose where id % 500 = 1
"""
PAGES = (
    ("doses, first page", "/tiem-chung/mui-tiem/"),
    ("doses, page 40", "/tiem-chung/mui-tiem/?trang=40"),
    ("doses, oldest first", "/tiem-chung/mui-tiem/?xep=given_at"),
    ("doses of one vaccine", "/tiem-chung/mui-tiem/?vac-xin=vero-cell"),
    ("doses doubted", "/tiem-chung/mui-tiem/?xem=nghi"),
    ("doses of nobody", "/tiem-chung/mui-tiem/?xem=chua-ghep"),
    ("doses, search", "/tiem-chung/mui-tiem/?q=nguyen+thi+4321"),
    ("doubts", "/tiem-chung/nghi-ngo"),
    ("identities", "/tiem-chung/danh-tinh"),
    ("reactions", "/tiem-chung/phan-ung"),
)


def fill(doses: int, persons: int) -> None:
    """Put the doses in, and what stands beside some of them."""
    from django.db import connections, transaction

    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("select set_config('phaodai.reach', 'all', true)")
        cursor.execute(DOSES, {"doses": doses, "persons": persons, "communes": COMMUNES})
        for statement in (DOUBTS, QUESTIONS, REACTIONS):
            cursor.execute(statement)
    with connections["owner"].cursor() as cursor:
        cursor.execute("vacuum analyze vaccination_dose")
        cursor.execute("analyze")


def officer_of(tier: int):  # type: ignore[no-untyped-def]
    """Somebody with every right of a health centre over the first unit of a tier."""
    from phaodai.foundation.scope import SYSTEM, Actor, entering
    from phaodai.people.roles import PERMISSIONS, Role
    from phaodai.territory.models import Unit

    with entering(SYSTEM):
        unit = Unit.objects.filter(tier=tier).order_by("id").first()
    return Actor(
        officer=None, name="Bench", organisation=0, organisation_name="", area=unit.area, reach="area",
        permissions=PERMISSIONS[Role.EPIDEMIOLOGIST],
    )  # fmt: skip


def ask(actor, address: str) -> float:  # type: ignore[no-untyped-def]
    """Milliseconds of a page's own work: its view under the officer's scope, without sign-in and middleware."""
    from unittest.mock import patch

    from django.test import RequestFactory
    from django.urls import resolve

    from phaodai.foundation.pages import Door

    request = RequestFactory().get(address)
    request.htmx = False
    found = resolve(address.partition("?")[0])
    with patch.object(Door, "actor_of", classmethod(lambda _door, _request: actor)):
        began = perf_counter()
        answer = found.func(request, *found.args, **found.kwargs)
        taken = (perf_counter() - began) * 1000
    assert answer.status_code == 200, answer.status_code
    return taken


def main() -> None:
    """Print p50 and p95 of every page for the three tiers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--doses", type=int, default=3_000_000)
    parser.add_argument("--persons", type=int, default=20_000)
    parser.add_argument("--asks", type=int, default=20)
    asked = parser.parse_args()
    from phaodai.foundation.database import create_database, drop_database, ensure_running

    ensure_running()
    database = os.environ["PHAODAI_DATABASE"]
    drop_database(database)
    create_database(database)
    from phaodai.site.installation import migrate, start_django

    start_django()
    migrate()
    make_province(asked.persons)
    fill(asked.doses, asked.persons)
    from django.db import connections

    print(f"{asked.doses:,} doses; load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    for tier, name in ((1, "province"), (2, "district"), (3, "commune")):
        actor = officer_of(tier)
        for title, address in PAGES:
            times = sorted(ask(actor, address) for _ in range(asked.asks))
            print(
                f"  {name:<9} {title:<22} p50 {statistics.median(times):6.0f} ms  p95 {times[int(0.95 * len(times))]:6.0f} ms"
            )
    connections.close_all()
    drop_database(database)


if __name__ == "__main__":
    main()
