"""What the lists of people to vaccinate cost: reading, listing, and choosing who is invited.

Run: `.venv/bin/python benchmarks/vaccination_plan.py [--entries 500000] [--rows 20000]`. It fills a database of its own in
the data folder of the tests, times the pages as an officer of the province and one of a commune gets them, and choosing
1,000 invitations of everybody who waits; then it reads a sheet of `--rows` people. The database is dropped at the end.
"""

import argparse
import os
import statistics
import sys
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("PHAODAI_DATA", "/tmp/phaodai-vaccination-bench")

import tests.environment  # noqa: F401  (settings and messages first)

NAME = "phaodai_bench_vaccination"
MORNING = datetime.fromisoformat("2021-11-24T07:00+07:00")
FILL = """
insert into vaccination_listentry (version, created_at, updated_at, full_name, birth_date, birth_year, sex,
  identity_number, phone, workplace, hamlet_name, "group", rank, state, state_reason, next_number, due_from, last_product,
  same_key, sort_key, search_key, province_id, district_id, commune_id)
select 1, now(), now(), 'Nguyễn Văn ' || n, date '1930-01-01' + (n %% 26000),
  extract(year from date '1930-01-01' + (n %% 26000)),
  case when n %% 2 = 0 then 'M' else 'F' end, lpad(n::text, 12, '0'), '', '', '',
  (array['residents', 'chronic-elderly', 'workers', 'others'])[1 + n %% 4], (array[10, 9, 13, 99])[1 + n %% 4],
  (array['waiting', 'waiting', 'waiting', 'vaccinated', 'declined'])[1 + (n / 7) %% 5], '', 1 + (n %% 10 = 0)::int,
  case when n %% 10 = 0 then date '2021-10-01' + n %% 80 end, case when n %% 10 = 0 then 'astrazeneca' else '' end,
  n::text, lpad(abs(hashtext(n::text))::text, 12, '0'), 'nguyen van ' || n, %s, u.district_id, u.id
from generate_series(1, %s) n
join (select id, district_id, row_number() over (order by id) - 1 as place, count(*) over () as all_of
  from territory_unit where tier = 3 and province_id = %s) u on u.place = (n / 50) %% u.all_of
"""


def timed(deed: Callable[[], Any], times: int) -> str:
    """Median and 95th percentile in milliseconds."""
    deed()
    taken = []
    for _turn in range(times):
        start = perf_counter()
        deed()
        taken.append((perf_counter() - start) * 1000)
    taken.sort()
    return f"p50 {statistics.median(taken):.0f} ms, p95 {taken[max(0, round(len(taken) * 0.95) - 1)]:.0f} ms"


def prepare() -> None:
    """A database with the schema, the small world, and nothing else."""
    from django.db import connections

    from phaodai.foundation.database import create_database, drop_database, ensure_running
    from phaodai.site.first_schema import make_tables
    from phaodai.site.installation import give_rights
    from tests.world import build_world

    ensure_running()
    drop_database(NAME)
    create_database(NAME)
    for connection in connections.all(initialized_only=False):
        connection.close()
        connection.settings_dict["NAME"] = NAME
    make_tables(connections["owner"])
    give_rights(connections["owner"])
    build_world()


def fill(entries: int) -> None:
    """Entries over all communes of the province, written by the installation."""
    from django.db import connections, transaction

    from phaodai.territory.models import Unit

    province = Unit.objects.get(code="98").pk
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("select set_config('phaodai.reach', 'all', true)")
        start = perf_counter()
        cursor.execute(FILL, [province, entries, province])
        print(f"{entries} entries written in {perf_counter() - start:.1f} s")
    with connections["owner"].cursor() as cursor:
        cursor.execute("vacuum analyze vaccination_listentry")


def time_lists(times: int) -> None:
    """The list as it opens, filtered and paged, for a province and a commune, through view, template and policy."""
    from dataclasses import replace

    from phaodai.foundation.permissions import Permission
    from phaodai.foundation.registers.listing import Wish, chip_counts, page_of
    from phaodai.foundation.scope import entering
    from phaodai.vaccination.registers.plan import Entries
    from tests.world import find_world

    register, world = Entries(), find_world()
    wishes = {
        "first page": Wish("", {}, "", 1),
        "waiting": Wish("", {"trang-thai": "waiting"}, "", 1),
        "no number": Wish("", {"xem": "khong-giay-to"}, "", 1),
    }
    for who in ("viet", "ngoc"):
        found = world.actor(who)
        actor = replace(found, permissions=found.permissions | {Permission.VACCINATION_SESSION_RUN})
        for name, wish in wishes.items():

            def ask(wish: Wish = wish, actor: Any = actor) -> None:
                with entering(actor):
                    page_of(register, wish, actor, MORNING)
                    chip_counts(register, wish, actor, MORNING)

            print(f"list, {name}, {who}: {timed(ask, times)}")


def time_choosing() -> None:
    """1,000 invitations of everybody in the province whose turn it is."""
    from phaodai.foundation.scope import SYSTEM, entering
    from phaodai.vaccination.actions.groups import open_group
    from phaodai.vaccination.actions.invitations import choose_invitations
    from phaodai.vaccination.models import ListEntry, Session
    from tests.world import find_world

    world = find_world()
    with entering(SYSTEM):
        for group in ("chronic-elderly", "residents"):
            open_group(
                actor=SYSTEM, moment=MORNING, unit=world.units["98"], group=group, opens_on=MORNING.date(), document="KH",
                reason="đo",
            )  # fmt: skip
        session = Session.objects.create(
            name="Nhà thi đấu", organisation=world.bodies["SYT"], day=date(2021, 11, 25), starts_at=time(7), ends_at=time(17),
            teams=10, per_hour=20, **world.units["98"].area.columns,
        )  # fmt: skip
        waiting = ListEntry.objects.waiting().count()
        start = perf_counter()
        count = choose_invitations(actor=SYSTEM, moment=MORNING, session_id=session.pk, people=1000)
        print(f"{count} invitations of {waiting} who wait: {perf_counter() - start:.2f} s")


def time_reading(rows: int) -> None:
    """A sheet of people nobody has on a list yet, through the steps of an import."""
    from phaodai.foundation.scope import entering
    from phaodai.vaccination.actions.lists import receive_list
    from phaodai.vaccination.sheets.lists_intake import read_through
    from tests.world import find_world

    world = find_world()
    lines = [f"Lò Thị {n};{1 + n % 28:02}/{1 + n % 12:02}/{1940 + n % 60};Nữ;;09{n:08};Thượng" for n in range(rows)]
    content = b"ds.csv\0" + "\n".join(["Họ và tên;Ngày sinh;Giới tính;CCCD;Điện thoại;Thôn", *lines]).encode()
    actor = world.actor("ngoc")
    with entering(actor):
        received = receive_list(
            actor=actor,
            moment=MORNING,
            name="ds",
            unit=world.units["98001"],
            group="others",
            content=content,
            rows=rows,
        )
    start = perf_counter()
    done = read_through(received, actor=actor, moment=MORNING, scope=lambda: entering(actor))
    seconds = perf_counter() - start
    print(f"{done.added} people of a sheet of {rows} in {seconds:.1f} s, {rows / seconds:.0f} rows a second")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=500_000)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--times", type=int, default=20)
    asked = parser.parse_args()
    prepare()
    try:
        fill(asked.entries)
        print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        time_lists(asked.times)
        time_choosing()
        time_reading(asked.rows)
    finally:
        from django.db import connections

        from phaodai.foundation.database import drop_database

        for connection in connections.all():
            connection.close()
        drop_database(NAME)


if __name__ == "__main__":
    main()
