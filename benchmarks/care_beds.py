"""100 facilities with 10,000 beds: server time of the board of beds, of one facility and of the lists of beds.

usage: python -m benchmarks.care_beds [--facilities 100] [--beds 10000] [--rounds 30]
Makes a province of 10 districts and 400 communes in a database of its own, with wards, beds, patients in seven of ten beds,
four weeks of ended stays and oxygen as rows of the real tables, under their constraints and policies, and asks as command
of the province. One facility in five keeps no bed book and has thirty daily reports.
"""

import argparse
import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("PHAODAI_DATA", str(Path(tempfile.gettempdir()) / "phaodai-benchmark"))

from benchmarks import quarantine_board as quarantine
from benchmarks.care_timing import timed

os.environ["PHAODAI_DATABASE"] = "phaodai_benchmark_beds"

from phaodai.foundation.database import create_database, drop_database, ensure_running

NOW = datetime(2021, 11, 24, 0, 0, tzinfo=UTC)
FACILITIES = """
create temp table communes as select *, row_number() over (order by code) - 1 number from territory_unit where tier = 3;
insert into territory_place (version, created_at, updated_at, code, name, kind, address, sort_key, search_key, province_id,
                             district_id, commune_id)
select 1, now(), now(), 'CSDT-' || n, 'Cơ sở điều trị số ' || n, 'health', '', n, 'co so dieu tri so ' || n, c.province_id,
       c.district_id, c.id
from generate_series(1, %(facilities)s) n join communes c on c.number = (n * 7) %% (select count(*) from communes);
insert into care_facility (version, created_at, updated_at, place_id, code, name, kind, tier, keeps_bed_book, contact_name,
                           phone, opened_on, sort_key, search_key, province_id, district_id, commune_id)
select 1, now(), now(), id, code, name, 'hospital', 1 + id %% 3, id %% 5 <> 0, '', '', '2021-08-01', sort_key, search_key,
       province_id, district_id, commune_id
from territory_place;
insert into care_ward (facility_id, name, cohort, state, province_id, district_id, commune_id)
select id, 'Khoa ' || n, 'confirmed', 'open', province_id, district_id, commune_id
from care_facility, generate_series(1, 5) n;
insert into care_bed (facility_id, ward_id, label, kind, state, state_since, sort_key, search_key, province_id, district_id,
                      commune_id)
select facility_id, id, 'G' || n, (array['plain', 'oxygen', 'icu'])[1 + n %% 3],
       case n %% 10 when 8 then 'cleaning' when 9 then 'reserve' else 'usable' end,
       timestamptz '2021-11-23 08:00+07', id || '-' || n, 'co so dieu tri so ' || facility_id || ' g' || n, province_id,
       district_id, commune_id
from care_ward, generate_series(1, %(a_ward)s) n;
insert into care_oxygensource (version, created_at, updated_at, facility_id, kind, name, count, litres, flow, counted_at,
                               province_id, district_id, commune_id)
select 1, now(), now(), id, 'cylinder', 'Bình ' || n, 40, 6000, 0, timestamptz '2021-11-23 20:00+07', province_id,
       district_id, commune_id
from care_facility, generate_series(1, 3) n;
insert into care_bedreport (version, created_at, updated_at, facility_id, day, plain_beds, plain_used, oxygen_beds,
                            oxygen_used, icu_beds, icu_used, counted_at, province_id, district_id, commune_id)
select 1, now(), now(), id, date '2021-11-23' - n, 50, 40 - n, 40, 30 - n %% 20, 10, 5, timestamptz '2021-11-23 18:00+07',
       province_id, district_id, commune_id
from care_facility, generate_series(0, 29) n where not keeps_bed_book;
"""
PATIENTS = """
create temp table lying as
select row_number() over (order by bed.id, n) number, bed.*, n from care_bed bed, generate_series(0, 2) n
where bed.id %% 10 < 7;
insert into care_patient (id, version, created_at, updated_at, initials, reason, state, severity, need, support, facility_id,
                          registered_at, admitted_at, ended_at, ending, full_name, sex, phone, conditions, case_code,
                          province_id, district_id, commune_id)
select number, 1, now(), now(), 'L.V.', 'disease', case when n = 0 then 'inside' else 'discharged' end, 'mild', 'plain', 'none',
       facility_id, timestamptz '2021-11-23' - (1 + 9 * n + number %% 8) * interval '1 day',
       timestamptz '2021-11-23' - (1 + 9 * n + number %% 8) * interval '1 day',
       case when n > 0 then timestamptz '2021-11-23' - (9 * n - 1) * interval '1 day' end, '{}', '', '', '', '', '',
       province_id, district_id, commune_id
from lying;
insert into care_bedstay (patient_id, bed_id, facility_id, since, until, province_id, district_id, commune_id)
select number, id, facility_id, timestamptz '2021-11-23' - (1 + 9 * n + number %% 8) * interval '1 day',
       case when n > 0 then timestamptz '2021-11-23' - (9 * n - 1) * interval '1 day' end, province_id, district_id, commune_id
from lying;
"""
# What each bed was since the facility opened: cleaned after each stay that ended, or set aside on the last day.
PERIODS = """
create temp table told as
select bed.id, bed.kind, 'usable' as state, timestamptz '2021-08-01' as since from care_bed bed
union all select id, kind, state, state_since from care_bed where state <> 'usable' and id %% 10 >= 7
union all select stay.bed_id, bed.kind, after.state, stay.until + after.later
  from care_bedstay stay join care_bed bed on bed.id = stay.bed_id,
  (values ('cleaning', interval '0'), ('usable', interval '3 hours')) after (state, later)
  where stay.until is not null;
insert into care_bedperiod (bed_id, facility_id, ward_id, kind, state, since, until, province_id, district_id, commune_id)
select told.id, bed.facility_id, bed.ward_id, told.kind, told.state, told.since,
       lead(told.since) over (partition by told.id order by told.since), bed.province_id, bed.district_id, bed.commune_id
from told join care_bed bed on bed.id = told.id
"""
TABLES = (
    "care_facility",
    "care_bed",
    "care_bedreport",
    "care_oxygensource",
    "care_patient",
    "care_bedstay",
    "care_bedperiod",
)


def make_world(facilities: int, beds: int) -> None:
    """Units, facilities with everything in them, and the officer who asks."""
    from django.db import connections, transaction

    values = {"facilities": facilities, "a_ward": -(-beds // (5 * facilities))}
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("select set_config('phaodai.reach', 'all', true)")
        cursor.execute(quarantine.UNITS)
        # As a restore does: the history of the loading itself is not written.
        for table in TABLES:
            cursor.execute(f"alter table {table} disable trigger user")
        for script in (FACILITIES, PATIENTS, PERIODS):
            for statement in filter(str.strip, script.split(";\n")):
                cursor.execute(statement, values)
        cursor.execute("set constraints all immediate")
        for table in TABLES:
            cursor.execute(f"alter table {table} enable trigger user")
        quarantine.make_officer()


def main() -> int:
    """Make the world, time the pages, take the world away."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facilities", type=int, default=100)
    parser.add_argument("--beds", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=30)
    args = parser.parse_args()
    ensure_running()
    name = os.environ["PHAODAI_DATABASE"]
    drop_database(name)
    create_database(name)
    from phaodai.site.installation import open_installation

    open_installation()
    make_world(args.facilities, args.beds)
    from django.contrib.auth.models import User
    from django.db import connections
    from django.test import Client

    from phaodai.care.models import Facility
    from phaodai.foundation import clock
    from phaodai.foundation.scope import SYSTEM, entering

    connections["owner"].cursor().execute("vacuum analyze")
    with entering(SYSTEM):
        first = Facility.objects.order_by("pk").values_list("pk", flat=True).first()
    # As a server has done it before it serves anybody.
    import phaodai.site.wsgi  # noqa: F401

    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.get(username="chief"))
    print(f"{args.facilities} facilities, {args.beds} beds; load {os.getloadavg()[0]:.1f}")
    with clock.at(NOW):
        for label, url in (
            ("board", "/cuu-chua/"),
            ("one facility", f"/cuu-chua/co-so/{first}"),
            ("free beds", "/cuu-chua/giuong/?xem=trong"),
        ):
            print(f"{label:12} {timed(client, url, args.rounds)}")
    connections.close_all()
    drop_database(name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
