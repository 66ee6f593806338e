"""30 stores, 5,000 items, 2,000,000 movements of a year: server time of the lists and pages of stock.

usage: python benchmarks/supply_stock.py [--movements 2000000] [--items 5000] [--rounds 20] [--keep] [--again]
Makes 10 districts and their communes in a database of its own; the ledger is written as rows of the real tables, its
balances once at the end, as the sum of its lines, and compared with it. Asks as command of the province and as a station.
`--keep` leaves the database behind, `--again` times the one that was left.
"""

import argparse
import os
import statistics
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phaodai.site.settings")
os.environ["PHAODAI_DATABASE"] = "phaodai_benchmark_supply"
os.environ.setdefault("PHAODAI_DATA", str(Path(tempfile.gettempdir()) / "phaodai-benchmark"))

from phaodai.foundation.database import create_database, drop_database, ensure_running

NOW = datetime(2021, 11, 24, 0, 0, tzinfo=UTC)
LIST_BAR, DESK_BAR = 150.0, 300.0
WORDS = ["movement_words", "stocklevel_words"]
"""Indexes that a load makes afterwards, as a restore does: word by word they take longer than the rows."""
UNITS = """
insert into territory_unit (gazetteer, tier, code, name, type, name_en, in_force, sort_key, search_key)
values ('national', 1, '98', 'Tỉnh Bình Minh', 'Tỉnh', '', '[2020-01-01,)', 'binh minh', 'binh minh');
update territory_unit set province_id = id;
insert into territory_unit (gazetteer, tier, code, name, type, name_en, in_force, sort_key, search_key, parent_id, province_id)
select 'national', 2, '98' || n, 'Huyện ' || n, 'Huyện', '', '[2020-01-01,)', n, n, p.id, p.id
from generate_series(0, 9) n, territory_unit p where p.tier = 1;
update territory_unit set district_id = id where tier = 2;
insert into territory_unit (gazetteer, tier, code, name, type, name_en, in_force, sort_key, search_key, parent_id,
                            province_id, district_id)
select 'national', 3, d.code || '0' || n, 'Xã ' || d.code || n, 'Xã', '', '[2020-01-01,)', n, n, d.id, d.province_id, d.id
from generate_series(1, 2) n, territory_unit d where d.tier = 2;
update territory_unit set commune_id = id where tier = 3;
insert into people_organisation (version, created_at, updated_at, code, name, short_name, kind, tier, unit_id, reach, phone,
                                 sort_key, search_key, province_id, district_id, commune_id)
select 1, now(), now(), 'CQ' || code, 'Cơ quan ' || name, 'CQ ' || name,
       case tier when 1 then 'party_committee' else 'health_station' end, tier, id, 'area', '', code, code, province_id,
       district_id, commune_id
from territory_unit
"""
LEDGER = """
insert into supply_store (version, created_at, updated_at, name, tier, organisation_id, phone, sort_key, search_key,
                          province_id, district_id, commune_id)
select 1, now(), now(), 'Kho ' || o.short_name, (array['province', 'district', 'commune'])[o.tier], o.id, '', o.sort_key,
       'kho ' || o.search_key, o.province_id, o.district_id, o.commune_id
from people_organisation o order by o.tier, o.code limit 30;
insert into supply_item (version, created_at, updated_at, province_id, code, national_code, name, unit, kind, dated,
                         lead_days, sort_key, search_key)
select 1, now(), now(), u.id, 'H' || lpad(n::text, 5, '0'), '', 'Mặt hàng ' || n, 'cái',
       (array['medicine', 'kit', 'chemical', 'ppe', 'other'])[1 + n %% 5], true, 7, lpad(n::text, 5, '0'),
       'h' || n || ' mat hang ' || n
from generate_series(1, %(items)s) n, territory_unit u where u.tier = 1;
insert into supply_batch (province_id, item_id, number, expires_on)
select province_id, id, 'L' || b, date '2021-11-01' + (id %% 400)::int + b * 180 from supply_item, generate_series(0, 1) b;
create temp table stores as select *, row_number() over (order by id) - 1 place from supply_store;
create temp table batches as
select b.*, i.search_key || ' ' || lower(b.number) goods, row_number() over (order by b.id) - 1 place
from supply_batch b join supply_item i on i.id = b.item_id;
create temp table moved as
select n, s.id store, s.organisation_id, s.province_id, s.district_id, s.commune_id, s.search_key words, b.goods,
       b.id batch, b.item_id item,
       case when n <= 300000 or n %% 5 = 0 then 'receipt' else 'issue' end kind,
       case when n <= 300000 then timestamptz '2020-11-24 08:00+07' + n * interval '1 second'
            else timestamptz '2020-11-28 08:00+07' + n * (interval '360 days' / %(movements)s) end at,
       case when n <= 300000 then 500 when n %% 5 = 0 then 30 else 1 + n %% 9 end quantity
from generate_series(1, %(movements)s) n
join stores s on s.place = n %% 30
join batches b on b.place = (n / 30) %% (%(items)s * 2);
insert into supply_movement (id, kind, store_id, organisation_id, origin, about, paper, at, written_at, officer_name, key,
                             summary, detail, search_key, province_id, district_id, commune_id)
select n, kind, store, organisation_id, case kind when 'receipt' then 'bought' else '' end, 'Tổ số ' || n %% 500, 'PX ' || n,
       at, at, 'Thủ kho', lpad(to_hex(n), 32, '0')::uuid, 'Mặt hàng ' || item || ' ' || quantity || ' cái', '[]',
       words || ' to so ' || n %% 500 || ' px ' || n || ' ' || goods, province_id, district_id, commune_id
from moved;
insert into supply_movementline (movement_id, store_id, organisation_id, item_id, batch_id, quantity, taken_from, put_into,
                                 day, province_id, district_id, commune_id)
select n, store, organisation_id, item, batch, quantity, case kind when 'receipt' then 'outside' else 'store' end,
       case kind when 'receipt' then 'store' else 'used' end, (at at time zone 'Asia/Ho_Chi_Minh')::date, province_id,
       district_id, commune_id
from moved;
insert into supply_stocklevel (store_id, batch_id, item_id, expires_on, quantity, search_key, province_id, district_id,
                               commune_id)
select l.store_id, l.batch_id, l.item_id, b.expires_on,
       sum(case put_into when 'store' then quantity else -quantity end),
       i.search_key || ' ' || lower(b.number) || ' ' || s.search_key,
       s.province_id, s.district_id, s.commune_id
from supply_movementline l join supply_batch b on b.id = l.batch_id join supply_item i on i.id = l.item_id
join supply_store s on s.id = l.store_id group by l.store_id, l.batch_id, l.item_id, b.id, i.id, s.id;
insert into supply_holding (store_id, item_id, quantity, least, province_id, district_id, commune_id)
select store_id, item_id, sum(quantity), case when item_id %% 10 = 0 then 1200 end, province_id, district_id, commune_id
from supply_stocklevel group by store_id, item_id, province_id, district_id, commune_id
"""
SPARED = (
    "supply_movementline",
    "supply_movement",
    "supply_item",
    "supply_store",
    "supply_holding",
    "people_organisation",
)


def make_world(movements: int, items: int) -> None:
    """The ledger of a year, its balances, and the two officers who ask."""
    from django.db import connections, transaction

    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("select set_config('phaodai.reach', 'all', true)")
        # As a restore does: neither history nor balances are kept row by row.
        for table in SPARED:
            cursor.execute(f"alter table {table} disable trigger user")
        cursor.execute("select indexname, indexdef from pg_indexes where indexname = any(%s)", [WORDS])
        indexes = cursor.fetchall()
        for name, _definition in indexes:
            cursor.execute(f"drop index {name}")
        for script in (UNITS, LEDGER):
            for statement in filter(str.strip, script.split(";\n")):
                cursor.execute(statement, {"movements": movements, "items": items})
        cursor.execute("set constraints all immediate")
        for table in SPARED:
            cursor.execute(f"alter table {table} enable trigger user")
        for _name, definition in indexes:
            cursor.execute(definition)
        make_officer("chief", "CQ98", "command")
        make_officer("station", "CQ98001", "station")


def make_officer(name: str, code: str, role: str) -> None:
    """Somebody who works at an organisation."""
    from django.contrib.auth.models import User

    from phaodai.people.models import Officer, Organisation, Post

    officer = Officer(user=User.objects.using("owner").create(username=name), full_name="Trần Quốc Việt")
    officer.save(using="owner")
    body = Organisation.objects.using("owner").get(code=code)
    held = (date(2020, 1, 1), None)
    Post(officer=officer, organisation=body, title="Cán bộ", role=role, is_head=True, held=held).save(using="owner")


def measure(client: Any, url: str, rounds: int) -> tuple[float, float, float]:
    """Median and 95th percentile in milliseconds, and the CPU time of one request, which other work does not change."""
    response = client.get(url)
    assert response.status_code == 200, f"{url}: {response.status_code}"
    times, used = [], cpu_seconds()
    for _round in range(rounds):
        start = perf_counter()
        client.get(url)
        times.append((perf_counter() - start) * 1000)
    spent = (cpu_seconds() - used) * 1000 / rounds
    return statistics.median(times), sorted(times)[min(len(times) - 1, int(len(times) * 0.95))], spent


def cpu_seconds() -> float:
    """What this process and its database session have used, on Linux; parallel workers of a query are not counted."""
    from django.db import connection

    if connection.connection is None:
        return process_time()
    session = Path(f"/proc/{connection.connection.info.backend_pid}/stat")
    ticks = sum(map(int, session.read_text().rpartition(")")[2].split()[11:13])) if session.exists() else 0
    return process_time() + ticks / os.sysconf("SC_CLK_TCK")


def pages() -> list[tuple[str, str]]:
    """What is asked: every list in its usual, filtered, searched and ordered form, and the pages beside them."""
    from phaodai.foundation.scope import SYSTEM, entering
    from phaodai.supply.models import Item, Store

    with entering(SYSTEM):
        store, item = Store.objects.get(organisation__code="CQ98001"), Item.objects.order_by("pk")[0]
    stock, movements = "/hau-can/ton-kho/", "/hau-can/phieu-kho/"
    return [
        ("desk", "/hau-can/"),
        ("movements", movements),
        ("movements, oldest first", f"{movements}?xep=at"),
        ("movements, page 40", f"{movements}?trang=40"),
        ("movements in", f"{movements}?xem=nhap"),
        ("movements, corrections", f"{movements}?xem=chinh"),
        ("movements, rare word", f"{movements}?q=199907"),
        ("movements, short word", f"{movements}?q=px+77"),
        ("movements, two words", f"{movements}?q=kho+mat+hang+777"),
        ("movements, common word", f"{movements}?q=kho"),
        ("movements, no hit", f"{movements}?q=zzzzq"),
        ("stock", stock),
        ("stock, page 40", f"{stock}?trang=40"),
        ("stock, expiring", f"{stock}?xem=sap-het-han"),
        ("stock, rare word", f"{stock}?q=h4321"),
        ("stock, two words", f"{stock}?q=mat+hang+777"),
        ("stock, short word", f"{stock}?q=hang+77"),
        ("stock, common word", f"{stock}?q=kho"),
        ("stock, no hit", f"{stock}?q=zzzzq"),
        ("items", "/hau-can/mat-hang/"),
        ("items, two words", "/hau-can/mat-hang/?q=mat+hang+77"),
        ("stores", "/hau-can/kho/"),
        ("one store", f"/hau-can/kho/{store.pk}/ho-so"),
        ("one item", f"/hau-can/mat-hang/{item.pk}/o-dau"),
    ]


def main() -> int:
    """Make the world, time the pages, take the world away."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--movements", type=int, default=2_000_000)
    parser.add_argument("--items", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--again", action="store_true")
    args = parser.parse_args()
    ensure_running()
    if not args.again:
        make_database(args.movements, args.items)
    from django.db import connections

    from phaodai.site.installation import open_installation

    open_installation()
    over = sum(time_pages(who, args.rounds) for who in ("chief", "station"))
    print(f"load at the end {os.getloadavg()[0]:.1f}; {over} over their bar")
    connections.close_all()
    if not args.keep:
        drop_database(os.environ["PHAODAI_DATABASE"])
    return 1 if over else 0


def make_database(movements: int, items: int) -> None:
    """A database of its own with the ledger in it."""
    name = os.environ["PHAODAI_DATABASE"]
    drop_database(name)
    create_database(name)
    from phaodai.site.installation import open_installation

    open_installation()
    from django.db import connections

    start = perf_counter()
    make_world(movements, items)
    connections["owner"].cursor().execute("vacuum analyze")
    print(f"{movements} movements in {perf_counter() - start:.0f} s; load {os.getloadavg()[0]:.1f}")


def time_pages(who: str, rounds: int) -> int:
    """Print how long each page takes for an officer; how many were over their bar."""
    from django.contrib.auth.models import User
    from django.test import Client

    from phaodai.foundation import clock

    client, over = Client(headers={"host": "localhost"}), 0
    client.force_login(User.objects.get(username=who))
    with clock.at(NOW):
        for label, url in pages():
            median, high, spent = measure(client, url, rounds)
            missed = high > (DESK_BAR if label == "desk" else LIST_BAR)
            over += missed
            told = f"median {median:7.1f} ms   p95 {high:7.1f} ms   CPU {spent:6.1f} ms"
            print(f"{who:8} {label:24} {told}{'   OVER' if missed else ''}")
    return over


if __name__ == "__main__":
    sys.exit(main())
