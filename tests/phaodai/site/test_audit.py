"""Every change leaves who made it and why, whether an action or raw SQL made it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction

from phaodai.command.actions.chasing import remind
from phaodai.command.actions.documents import amend_document
from phaodai.foundation import clock
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.people.actions import amend_organisation
from tests.clients import sign_in
from tests.story import Story
from tests.world import World

pytestmark = pytest.mark.django_db


def tracked() -> list[str]:
    """The tables that have a history."""
    models = [model for label in ("people", "command") for model in apps.get_app_config(label).get_models()]
    names = {model._meta.db_table for model in models}
    return sorted(name.removesuffix("event") for name in names if name.endswith("event"))


def last_event(table: str) -> tuple[str, dict[str, Any]]:
    """The last line of a history: what was done, and who and why."""
    with entering(SYSTEM), connection.cursor() as cursor:
        cursor.execute(f"select pgh_label, pgh_context from {table}event order by pgh_id desc limit 1")
        label, context = cursor.fetchone()
    return label, json.loads(context) if isinstance(context, str) else context or {}


def test_what_people_edit_has_a_history() -> None:
    assert tracked() == [
        "command_document",
        "command_namematch",
        "command_outgoingpaper",
        "command_progress",
        "command_proposal",
        "command_report",
        "command_task",
        "people_officer",
        "people_organisation",
        "people_person",
        "people_post",
    ]


COLUMNS = "select column_name from information_schema.columns where table_name = %s and column_name <> 'id'"


def _copy(table: str) -> str:
    """A second row like the first, except for what may stand only once."""
    changed = {
        "people_organisation": {"code": "'MOI'"},
        "people_officer": {"user_id": "null"},
        "people_post": {"is_head": "false"},
        "command_document": {"arrival_number": "999"},
        "command_namematch": {"folded": "folded || 'x'"},
        "command_proposal": {"position": "99"},
        "command_report": {'"on"': "date '2020-01-01'"},
    }.get(table, {})
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, [table])
        columns = [f'"{name}"' if name == "on" else name for (name,) in cursor.fetchall()]
    values = ", ".join(changed.get(name, name) for name in columns)
    return f"insert into {table} ({', '.join(columns)}) select {values} from {table} order by id limit 1"


@pytest.mark.parametrize("table", tracked())
def test_raw_sql_leaves_a_trace(table: str, world: World, story: Story) -> None:
    inserted = table not in ("command_progress", "people_person")
    steps: list[tuple[str, Callable[[str], str]]] = [
        ("update", lambda name: f"update {name} set id = id where id = (select max(id) from {name})"),
    ]
    if inserted:
        steps.insert(0, ("insert", _copy))
        steps.append(("delete", lambda name: f"delete from {name} where id = (select max(id) from {name})"))
    for label, sql in steps:
        with entering(SYSTEM, why=f"thử {label}"), connection.cursor() as cursor:
            cursor.execute(_really(sql(table), table, label))
            assert cursor.rowcount == 1
        found, context = last_event(table)
        assert (found, context["name"], context["why"]) == (label, "Pháo Đài", f"thử {label}")


def _really(sql: str, table: str, label: str) -> str:
    """An update that changes nothing is not worth a line; this one changes a value."""
    if label != "update":
        return sql
    column = {
        "command_document": "note = note || 'x'",
        "command_namematch": "printed = printed || 'x'",
        "command_outgoingpaper": "note = note || 'x'",
        "command_progress": "text = text || 'x'",
        "command_proposal": "title = title || 'x'",
        "command_report": "assessment = assessment || 'x'",
        "command_task": "title = title || 'x'",
        "people_officer": "phone = phone || 'x'",
        "people_organisation": "phone = phone || 'x'",
        "people_person": "phone = phone || 'x'",
        "people_post": "title = title || 'x'",
    }[table]
    return sql.replace("id = id", column)


def test_an_action_leaves_the_officer_and_the_reason(world: World, story: Story) -> None:
    document = story.documents["Mốc giấy Hai"]
    with entering(linh := world.actor("linh"), why="sửa ghi chú"):
        amend_document(actor=linh, moment=clock.now(), document_id=document.pk, version=1, note="Gấp")
    label, context = last_event("command_document")
    assert (label, context["officer"], context["organisation"], context["why"]) == (
        "update", world.officers["linh"].pk, world.bodies["VPTU"].pk, "sửa ghi chú",
    )  # fmt: skip


def test_a_page_leaves_its_address(world: World) -> None:
    body = world.bodies["UBTL"]
    url = f"/chi-huy/co-quan/{body.pk}/o/phone/"
    assert sign_in("linh").post(url, {"phone": "0260", "version": 1}).status_code == 200
    label, context = last_event("people_organisation")
    assert (label, context["name"], context["why"]) == ("update", "Đỗ Thùy Linh", url)


def test_the_record_tells_its_history_to_those_who_read_the_journal(world: World) -> None:
    body = world.bodies["UBTL"]
    with world.as_("linh") as linh:
        amend_organisation(actor=linh, moment=clock.now(), pk=body.pk, version=1, phone="0260 3 868 686")
    url = f"/chi-huy/co-quan/{body.pk}/"
    assert "Đỗ Thùy Linh" in sign_in("tra").get(url).content.decode()
    assert "Đỗ Thùy Linh" not in sign_in("loc").get(url).content.decode()


def test_a_change_undone_leaves_no_trace(world: World, story: Story) -> None:
    before = last_event("command_task")
    with transaction.atomic():
        with world.as_("linh") as linh:
            remind(actor=linh, moment=clock.now(), task_id=story.tasks["Mốc Thuận Hòa"].pk)
        transaction.set_rollback(True)
    assert last_event("command_task") == before
