"""The tree of 20,000 tasks under 400 units: server time of the head's pages, and how many statements each takes.

usage: python benchmarks/task_tree.py [--tasks 20000] [--rounds 15]
Makes a province of 10 districts and 390 communes in a database of its own, with one directive passed down two tiers.
"""

import argparse
import os
import statistics
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phaodai.site.settings")
os.environ["PHAODAI_DATABASE"] = "phaodai_benchmark_tree"
os.environ.setdefault("PHAODAI_DATA", str(Path(tempfile.gettempdir()) / "phaodai-benchmark"))

from phaodai.foundation.database import create_database, drop_database, ensure_running

MOMENT = datetime(2021, 11, 24, 0, 0, tzinfo=UTC)
DISTRICTS, COMMUNES = 10, 39


def make_world(tasks: int) -> None:
    """Units, bodies, one head, and the tasks: one root a proposal and district, the rest under them by commune."""
    from django.contrib.auth.models import User
    from django.db import connections, transaction

    with transaction.atomic(using="owner"):
        connections["owner"].cursor().execute("select set_config('phaodai.reach', 'all', true)")
        units = _units()
        bodies = _bodies(units)
        user = User.objects.using("owner").create(username="head")
        officer = _model("people", "Officer")(user=user, full_name="Trần Quốc Việt")
        officer.save(using="owner")
        post = _model("people", "Post")
        post(
            officer=officer,
            organisation=bodies["98"],
            title="Chủ tịch",
            role="command",
            is_head=True,
            held=(date(2020, 1, 1), None),
        ).save(using="owner")
        _tasks(bodies, officer, tasks)


def _model(app: str, name: str) -> Any:
    from django.apps import apps

    return apps.get_model(app, name)


def _units() -> dict[str, Any]:
    unit_model, units = _model("territory", "Unit"), {}
    codes = [("98", 1, None)]
    for district in range(DISTRICTS):
        codes.append((f"98{district}", 2, "98"))
        codes += [(f"98{district}{commune:02}", 3, f"98{district}") for commune in range(COMMUNES)]
    for code, tier, parent in codes:
        above = units.get(parent)
        unit = unit_model(
            tier=tier,
            code=code,
            type="Xã",
            name=f"Xã {code}",
            parent=above,
            in_force=(date(2020, 1, 1), None),
            sort_key=code,
            search_key=code,
        )
        unit.province_id, unit.district_id = (above.province_id, above.district_id) if above else (None, None)
        unit.save(using="owner")
        setattr(unit, {1: "province_id", 2: "district_id", 3: "commune_id"}[tier], unit.pk)
        unit.save(using="owner")
        units[code] = unit
    return units


def _bodies(units: dict[str, Any]) -> dict[str, Any]:
    model, bodies = _model("people", "Organisation"), {}
    for code, unit in units.items():
        area = {"province_id": unit.province_id, "district_id": unit.district_id, "commune_id": unit.commune_id}
        body = model(
            code=code,
            name=f"UBND {code}",
            short_name=f"UBND {code}",
            kind="peoples_committee",
            tier=unit.tier,
            unit=unit,
            reach="area",
            sort_key=code,
            search_key=code,
            **area,
        )
        body.parent = bodies.get(unit.parent.code) if unit.parent else None
        body.save(using="owner")
        bodies[code] = body
    return bodies


def _tasks(bodies: dict[str, Any], officer: Any, wanted: int) -> None:
    document = _document(bodies["98"])
    model, reach = _model("command", "Task"), _model("command", "TaskReach")
    districts = [code for code in bodies if len(code) == 3]
    per_commune = max(1, round((wanted / DISTRICTS - 5) / COMMUNES / 5)) if wanted > DISTRICTS else 1
    made: list[Any] = []
    for clause in document.clauses.using("owner"):
        proposal = _model("command", "Proposal")(document=document, clause=clause, title=clause.heading, state="sent")
        proposal.save(using="owner")
        for code in districts:
            root = _task(bodies["98"], bodies[code], document, clause, proposal, officer, None)
            root.is_split = True
            root.save(using="owner")
            root.lineage = [root.pk]
            root.save(using="owner")
            below = [child for child in bodies if child.startswith(code) and child != code]
            parts = [
                _task(bodies[code], bodies[child], document, clause, proposal, officer, root)
                for child in below
                for _n in range(per_commune)
            ]
            made += model.objects.using("owner").bulk_create(parts)
    for part in made:
        part.lineage = [part.parent_id, part.pk]
    model.objects.using("owner").bulk_update(made, ["lineage"], batch_size=2000)
    reach.objects.using("owner").bulk_create(
        [reach(task=part, organisation=part.giver) for part in made], batch_size=5000
    )


def _document(organisation: Any) -> Any:
    area = {"province_id": organisation.province_id}
    document = _model("command", "Document")(
        organisation=organisation,
        arrival_year=2021,
        arrival_number=1,
        arrived_at=MOMENT,
        number="31",
        symbol="CT/TU",
        system="party",
        state="dispatched",
        **area,
    )
    document.save(using="owner")
    for place in range(1, 6):
        _model("command", "Clause")(
            document=document,
            path=str(place),
            position=place,
            depth=0,
            heading=f"Mục {place}",
            text=f"Mục {place}",
            kind="task",
        ).save(using="owner")
    return document


def _task(giver: Any, taker: Any, document: Any, clause: Any, proposal: Any, officer: Any, parent: Any) -> Any:
    number = taker.pk * 7 + clause.position
    state = ("taken", "done", "taken", "sent")[number % 4]
    sent = MOMENT - timedelta(days=number % 9 + 1)
    area = {"province_id": taker.province_id, "district_id": taker.district_id, "commune_id": taker.commune_id}
    paper = {"document": document, "clause": clause, "proposal": proposal, "parent": parent}
    return _model("command", "Task")(
        title=f"Việc {clause.position}",
        organisation=taker,
        head=officer,
        giver=giver,
        deadline=MOMENT + timedelta(hours=number % 60 - 20),
        state=state,
        sent_at=sent,
        last_word_at=sent + timedelta(hours=number % 40),
        done_at=MOMENT - timedelta(hours=3) if state == "done" else None,
        **area,
        **paper,
    )


def measure(client: Any, url: str, rounds: int) -> tuple[float, float, int]:
    """Median and 95th percentile of the server's time in milliseconds, and the statements of one request."""
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
    times.sort()
    return statistics.median(times), times[min(len(times) - 1, int(len(times) * 0.95))], len(statements)


def main() -> int:
    """Make the world, time the pages, print a table, take the world away."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tasks", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=15)
    args = parser.parse_args()
    ensure_running()
    name = os.environ["PHAODAI_DATABASE"]
    drop_database(name)
    create_database(name)
    from phaodai.site.installation import open_installation

    open_installation()
    make_world(args.tasks)
    from django.contrib.auth.models import User
    from django.db import connections
    from django.test import Client

    from phaodai.foundation import clock

    connections["owner"].cursor().execute("analyze")
    task, document = _model("command", "Task"), _model("command", "Document")
    with connections["owner"].cursor() as cursor:
        cursor.execute("select set_config('phaodai.reach', 'all', false)")
    count, pk = task.objects.using("owner").count(), document.objects.using("owner").get().pk
    root = task.objects.using("owner").filter(parent=None).first().pk
    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.get(username="head"))
    print(f"{count} tasks, {DISTRICTS * (COMMUNES + 1)} units")
    with clock.at(MOMENT):
        for label, url in (
            ("today", "/hom-nay"),
            ("tree", f"/chi-huy/van-ban/{pk}/cay"),
            ("branch", f"/chi-huy/viec/{root}/nhanh"),
            ("list, late", "/chi-huy/nhiem-vu/?xem=tre"),
            ("task", f"/chi-huy/viec/{root}"),
        ):
            median, high, statements = measure(client, url, args.rounds)
            print(f"{label:12} median {median:6.1f} ms   p95 {high:6.1f} ms   {statements} statements")
    connections.close_all()
    drop_database(name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
