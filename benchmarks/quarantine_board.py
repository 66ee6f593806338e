"""500 quarantine sites with 100,000 people inside: server time of the page of free places and tomorrow's releases.

usage: python benchmarks/quarantine_board.py [--sites 500] [--people 100000] [--rounds 30]
Makes a province of 10 districts and 400 communes in a database of its own, with rooms, cohorts, persons, stays and
placements as rows of the real tables, under their constraints and policies, and asks as command of the province.
"""

import argparse
import os
import statistics
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phaodai.site.settings")
os.environ["PHAODAI_DATABASE"] = "phaodai_benchmark_quarantine"
os.environ.setdefault("PHAODAI_DATA", str(Path(tempfile.gettempdir()) / "phaodai-benchmark"))

from phaodai.foundation.database import create_database, drop_database, ensure_running

NOW = datetime(2021, 11, 24, 0, 0, tzinfo=UTC)
PLACES = 8
"""Places of a room; three of four rooms hold people, so that some are empty."""
UNITS = """
insert into territory_unit (gazetteer, tier, code, name, type, name_en, in_force, sort_key, search_key, parent_id,
                            province_id, district_id, commune_id)
values ('national', 1, '98', 'Tỉnh Bình Minh', 'Tỉnh', '', '[2020-01-01,)', 'binh minh', 'binh minh', null, null, null, null);
update territory_unit set province_id = id;
insert into territory_unit (gazetteer, tier, code, name, type, name_en, in_force, sort_key, search_key, parent_id, province_id)
select 'national', 2, '98' || n, 'Huyện ' || n, 'Huyện', '', '[2020-01-01,)', n, n, p.id, p.id
from generate_series(0, 9) n, territory_unit p where p.tier = 1;
update territory_unit set district_id = id where tier = 2;
insert into territory_unit (gazetteer, tier, code, name, type, name_en, in_force, sort_key, search_key, parent_id,
                            province_id, district_id)
select 'national', 3, d.code || lpad(n::text, 2, '0'), 'Xã ' || n, 'Xã', '', '[2020-01-01,)', n, n, d.id, d.province_id, d.id
from generate_series(0, 39) n, territory_unit d where d.tier = 2;
update territory_unit set commune_id = id where tier = 3;
"""
SITES = """
create temp table communes as select *, row_number() over (order by code) - 1 number from territory_unit where tier = 3;
insert into territory_place (version, created_at, updated_at, code, name, kind, address, sort_key, search_key, province_id,
                             district_id, commune_id)
select 1, now(), now(), 'KCL-' || n, 'Khu cách ly số ' || n, 'quarantine', '', n, n, c.province_id, c.district_id, c.id
from generate_series(1, %(sites)s) n join communes c on c.number = n %% (select count(*) from communes);
insert into containment_site (version, created_at, updated_at, place_id, name, contact_name, phone, opened_on, sort_key,
                              search_key, province_id, district_id, commune_id)
select 1, now(), now(), id, name, '', '', '2021-11-01', sort_key, search_key, province_id, district_id, commune_id
from territory_place;
insert into containment_building (site_id, name) select id, 'Nhà A' from containment_site;
insert into containment_room (site_id, building_id, name, places, state, province_id, district_id, commune_id)
select b.site_id, b.id, 'A' || n, %(places)s, 'open', s.province_id, s.district_id, s.commune_id
from containment_building b join containment_site s on s.id = b.site_id, generate_series(1, %(rooms)s) n;
insert into containment_cohort (site_id, kind, day, mark)
select s.id, 'guests', date '2021-11-10' + n, '' from containment_site s, generate_series(0, 13) n;
analyze;
"""
PEOPLE = """
create temp table placed as
select row_number() over (order by r.id, p) number, r.id room, r.site_id site, p place, r.id %% 14 came, r.province_id,
       r.district_id, r.commune_id
from (select *, row_number() over (partition by site_id order by id) nth from containment_room) r,
     generate_series(1, %(places)s) p
where r.nth %% 4 <> 0 order by r.nth, r.id, p limit %(people)s;
insert into people_person (id, version, created_at, updated_at, full_name, sex, birth_year, phone, identity_number, address,
                           sort_key, search_key, province_id, district_id, commune_id)
select number, 1, now(), now(), 'Lò Văn ' || number, 'M', 1980, '', '', '', number, number, province_id, district_id, commune_id
from placed;
insert into containment_stay (id, version, created_at, updated_at, person_id, initials, kind, state, site_id, address, home,
                              admitted_at, day_zero, release_on, monitor_until, facts, decision, search_key, province_id,
                              district_id, commune_id)
select number, 1, now(), now(), number, 'L.V. 1980', 'contact', 'inside', site, '', '{}', timestamptz '2021-11-10 09:00+07' +
       came * interval '1 day', date '2021-11-10' + came::int, date '2021-11-24' + came::int,
       date '2021-12-08' + came::int, '{}', %(decision)s, 'l v', province_id, district_id, commune_id
from placed;
insert into containment_placement (stay_id, site_id, room_id, cohort_id, place, places, since, province_id, district_id,
                                   commune_id)
select number, p.site, room, c.id, place, %(places)s, timestamptz '2021-11-10 09:00+07' + came * interval '1 day',
       province_id, district_id, commune_id
from placed p join containment_cohort c on c.site_id = p.site and c.day = date '2021-11-10' + came::int;
"""
DECISION = (
    '{"outcome": {"isolate_days": 14, "monitor_days": 14, "test_days": [1, 7, 14]}, "status": "concluded",'
    ' "document": "5599/BYT-MT", "version": "quarantine/contact@2021-07-14", "confidence": "A", "why": {"vi": "Cách ly tập'
    ' trung 14 ngày, rồi tự theo dõi 14 ngày; xét nghiệm ngày 1, 7, 14."}}'
)


def make_world(sites: int, people: int) -> None:
    """Units, sites, rooms and everybody inside, and the officer who asks."""
    from django.db import connections, transaction

    rooms = -(-people * 4 // (3 * sites * PLACES)) + 1
    values = {"sites": sites, "people": people, "places": PLACES, "rooms": rooms, "decision": DECISION}
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("select set_config('phaodai.reach', 'all', true)")
        cursor.execute(UNITS)
        # As a restore does: the history of the loading itself is not written.
        for table in ("people_person", "containment_stay", "containment_placement"):
            cursor.execute(f"alter table {table} disable trigger user")
        for script in (SITES, PEOPLE):
            for statement in filter(str.strip, script.split(";\n")):
                cursor.execute(statement, values)
        cursor.execute("set constraints all immediate")
        for table in ("people_person", "containment_stay", "containment_placement"):
            cursor.execute(f"alter table {table} enable trigger user")
        make_officer()


def make_officer() -> None:
    """Command of the province."""
    from django.contrib.auth.models import User

    from phaodai.people.models import Officer, Organisation, Post
    from phaodai.territory.models import Unit

    province = Unit.objects.using("owner").get(tier=1)
    body = Organisation(
        code="TU", name="Tỉnh ủy", short_name="TU", kind="party_committee", tier=1, unit=province, reach="area",
        province_id=province.pk, sort_key="tu", search_key="tu",
    )  # fmt: skip
    body.save(using="owner")
    officer = Officer(user=User.objects.using("owner").create(username="chief"), full_name="Trần Quốc Việt")
    officer.save(using="owner")
    held = (date(2020, 1, 1), None)
    post = Post(officer=officer, organisation=body, title="Phó Bí thư", role="command", is_head=True, held=held)
    post.save(using="owner")


def measure(client: Any, url: str, rounds: int) -> str:
    """Median, 95th percentile and the statements of one request."""
    from django.db import connection

    statements: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        statements.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        response = client.get(url)
    assert response.status_code == 200, f"{url}: {response.status_code}"
    times = []
    for _round in range(rounds):
        start = perf_counter()
        client.get(url)
        times.append((perf_counter() - start) * 1000)
    high = sorted(times)[min(len(times) - 1, int(len(times) * 0.95))]
    weight = len(response.content) / 1000
    return (
        f"median {statistics.median(times):6.1f} ms   p95 {high:6.1f} ms   least {min(times):6.1f} ms"
        f"   {len(statements)} statements   {weight:.0f} kB"
    )


def main() -> int:
    """Make the world, time the pages, take the world away."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=500)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=30)
    args = parser.parse_args()
    ensure_running()
    name = os.environ["PHAODAI_DATABASE"]
    drop_database(name)
    create_database(name)
    from phaodai.site.installation import open_installation

    open_installation()
    make_world(args.sites, args.people)
    from django.contrib.auth.models import User
    from django.db import connections
    from django.test import Client

    from phaodai.foundation import clock

    connections["owner"].cursor().execute("vacuum analyze")
    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.get(username="chief"))
    print(f"{args.sites} sites, {args.people} people inside; load {os.getloadavg()[0]:.1f}")
    with clock.at(NOW):
        for label, url in (
            ("free places", "/khoanh-vung/cach-ly/"),
            ("releases", "/khoanh-vung/cach-ly/?xep=mai"),
            ("the list", "/khoanh-vung/nguoi-cach-ly/?xem=mai"),
        ):
            print(f"{label:12} {measure(client, url, args.rounds)}")
    connections.close_all()
    drop_database(name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
