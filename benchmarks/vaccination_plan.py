"""Lists of 2,000,000 people to vaccinate: reading them, choosing who is invited, and taking a sheet in.

    PHAODAI_DATA=/tmp/books .venv/bin/phaodai demo --people 20000 --build-only
    PHAODAI_DATA=/tmp/books .venv/bin/python benchmarks/vaccination_plan.py [--asks 3] [--rows 20000] [--explain 40]

The books are those of `vaccination_books.py`, filled once. Invitations are chosen and undone; the people of the sheet stay.
`--explain` prints the plans of statements slower than so many milliseconds instead of the figures.
"""

import argparse
from datetime import time, timedelta
from time import perf_counter
from typing import Any
from uuid import uuid4

from vaccination_asking import Visitor, explain, lists_of, load_of_machine, report, visitors
from vaccination_books import DOSES, PEOPLE, open_books

DESKS = {
    "lists of units": ["/tiem-chung/danh-sach"],
    "sessions, lots, fridges": ["/tiem-chung/buoi-tiem/", "/tiem-chung/lo-vac-xin/", "/tiem-chung/lich"],
    "plan": ["/tiem-chung/ke-hoach"],
}


def time_choosing() -> None:
    """1,000 invitations of everybody in the province whose turn it is; undone afterwards."""
    from django.db import transaction

    from phaodai.foundation import clock
    from phaodai.foundation.scope import SYSTEM, entering
    from phaodai.people.models import Organisation
    from phaodai.territory.models import Unit
    from phaodai.vaccination.actions.groups import open_group
    from phaodai.vaccination.actions.invitations import choose_invitations
    from phaodai.vaccination.models import GroupTurn, ListEntry, Session

    moment = clock.now()
    with entering(SYSTEM):
        province = Unit.objects.get(code="98")
        standing = GroupTurn.objects.filter(unit=province, closes_on=None).values_list("group", flat=True)
        for group in {"chronic-elderly", "residents"}.difference(standing):
            open_group(
                actor=SYSTEM, moment=moment, unit=province, group=group, opens_on=moment.date(), document="KH", reason="đo",
            )  # fmt: skip
        session = Session.objects.create(
            name="Nhà thi đấu", organisation=Organisation.objects.filter(province_id=province.pk).order_by("pk")[0],
            day=moment.date() + timedelta(days=1), starts_at=time(7), ends_at=time(17), teams=10, per_hour=20,
            **province.area.columns,
        )  # fmt: skip
        waiting = ListEntry.objects.waiting().count()
        start = perf_counter()
        count = choose_invitations(actor=SYSTEM, moment=moment, session_id=session.pk, people=1000)
        print(f"{count} invitations of {waiting:,} who wait: {perf_counter() - start:.2f} s")
        transaction.set_rollback(True)


def time_reading(rows: int, visitor: Visitor) -> None:
    """A sheet of people nobody has on a list yet, through the steps of an import, at a commune's station."""
    from phaodai.foundation import clock
    from phaodai.foundation.scope import entering
    from phaodai.territory.models import Unit
    from phaodai.vaccination.actions.lists import receive_list
    from phaodai.vaccination.sheets.lists_intake import read_through

    actor: Any = visitor.actor
    kind = uuid4().hex[:6]
    lines = [
        f"Lò Thị {kind} {n};{1 + n % 28:02}/{1 + n % 12:02}/{1940 + n % 60};Nữ;;09{n:08};Thượng" for n in range(rows)
    ]
    content = b"ds.csv\0" + "\n".join(["Họ và tên;Ngày sinh;Giới tính;CCCD;Điện thoại;Thôn", *lines]).encode()
    with entering(actor):
        received = receive_list(
            actor=actor, moment=clock.now(), name="ds", unit=Unit.objects.get(pk=actor.area.commune), group="others",
            content=content, rows=rows,
        )  # fmt: skip
    start = perf_counter()
    done = read_through(received, actor=actor, moment=clock.now(), scope=lambda: entering(actor))
    seconds = perf_counter() - start
    print(f"{done.added} people of a sheet of {rows} in {seconds:.1f} s, {rows / seconds:.0f} rows a second")


def main() -> None:
    """Print p50 and p95 of every kind of list for the three tiers, then what choosing and reading take."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--doses", type=int, default=DOSES)
    parser.add_argument("--asks", type=int, default=3)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--explain", type=float)
    asked = parser.parse_args()
    server = open_books(asked.people, asked.doses)
    from django.db import connections

    from phaodai.foundation.permissions import Permission
    from phaodai.vaccination.registers.plan import Entries

    print(f"{asked.people:,} people on lists; {load_of_machine()}")
    for tier, visitor in visitors(Permission.VACCINATION_SESSION_RUN, "vaccination_listentry"):
        kinds = lists_of(Entries(), visitor.actor) | DESKS
        if asked.explain is None:
            report(visitor, tier, kinds, asked.asks, typing="nguoi-tiem-table")
        else:
            explain(visitor, [one for addresses in kinds.values() for one in addresses], asked.explain)
    if asked.explain is None:
        time_choosing()
        time_reading(asked.rows, visitor)
    print(load_of_machine())
    connections.close_all()
    server.leave()


if __name__ == "__main__":
    main()
