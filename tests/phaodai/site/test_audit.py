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
from phaodai.foundation.models import Record
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.people.actions import amend_organisation
from phaodai.site.health import PROTECTED_APPS
from tests.clients import sign_in
from tests.story import Story
from tests.world import World

pytestmark = pytest.mark.django_db


def tracked() -> list[str]:
    """The tables that have a history."""
    models = [
        model for label in ("people", "command", "surveillance") for model in apps.get_app_config(label).get_models()
    ]
    names = {model._meta.db_table for model in models}
    return sorted(name.removesuffix("event") for name in names if name.endswith("event"))


def last_event(table: str) -> tuple[str, dict[str, Any]]:
    """The last line of a history: what was done, and who and why."""
    with entering(SYSTEM), connection.cursor() as cursor:
        cursor.execute(f"select pgh_label, pgh_context from {table}event order by pgh_id desc limit 1")
        label, context = cursor.fetchone()
    return label, json.loads(context) if isinstance(context, str) else context or {}


def test_what_people_edit_has_a_history() -> None:
    """Every record with a version, in any context, and the lines of a task's log."""
    models = [model for label in PROTECTED_APPS for model in apps.get_app_config(label).get_models()]
    names = {model._meta.db_table for model in models}
    records = {model._meta.db_table for model in models if issubclass(model, Record) and model._meta.managed}
    assert {f"{name}event" for name in (*records, "command_progress")} <= names


COLUMNS = "select column_name from information_schema.columns where table_name = %s and column_name <> 'id'"
TRIGGERS = "select 1 from pg_trigger where tgrelid = %s::regclass and starts_with(tgname, 'pgtrigger_insert_insert')"
# What may stand only once with something beside it; a column that is unique by itself is found in the model.
CHANGED = {
    "surveillance_alarm": {"first_day": "date '2020-01-01'"},
    "surveillance_signalcount": {"day": "date '2020-01-01'"},
    "people_post": {"is_head": "false"},
    "command_document": {"arrival_number": "999"},
    "command_namematch": {"folded": "folded || 'x'"},
    "command_proposal": {"position": "99"},
    "command_report": {"on": "date '2020-01-01'"},
    "people_duplicate": {"other_id": "(select max(id) from people_person)"},
    "surveillance_campaign": {"round_number": "9"},
    "surveillance_case": {"code": "code || 'x'", "episode": "9"},
    "surveillance_columnmapping": {"signature": "'x'"},
    "surveillance_contact": {"case_id": "(select max(id) from surveillance_case)"},
    "surveillance_followupday": {"day": "date '2020-01-01'"},
    "surveillance_round": {"starts_on": "date '2020-01-01'", "ends_on": "date '2020-01-02'"},
    "surveillance_laboratory": {"code": "code || 'x'"},
    "surveillance_poolmember": {
        "person_id": "(select min(id) from people_person where id <> person_id)",
        "test_id": "(select max(id) from surveillance_labtest where id <> test_id)",
    },
    "surveillance_sample": {"barcode": "barcode || 'x'", "test_id": "null"},
    "surveillance_team": {"name": "name || 'x'"},
    "surveillance_testrequest": {"round_id": "(select max(id) from surveillance_round)"},
    "surveillance_transmission": {"source_id": "target_id", "target_id": "source_id"},
}


# Where a table without a moment of its last change keeps words.
WORDS = {"surveillance_exceedance": "method"}


def _rows(sql: str, table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [table])
        return [row[0] for row in cursor.fetchall()]


def _copy(table: str) -> str:
    """A second row like the first, except for what may stand only once."""
    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    unique = {field.column: field for field in model._meta.concrete_fields if field.unique and not field.primary_key}
    changed = {name: "null" if field.is_relation else f"{name} || 'x'" for name, field in unique.items()}
    changed |= CHANGED.get(table, {})
    columns = _rows(COLUMNS, table)
    values = ", ".join(changed.get(name, f'"{name}"') for name in columns)
    quoted = ", ".join(f'"{name}"' for name in columns)
    return f"insert into {table} ({quoted}) select {values} from {table} order by id limit 1"


def _change(table: str) -> str:
    stamped = "updated_at" in _rows(COLUMNS, table)
    words = WORDS.get(table, "text")
    value = "updated_at = updated_at + interval '1 second'" if stamped else f"{words} = {words} || 'x'"
    return f"update {table} set {value} where id = (select max(id) from {table})"


def _remove(table: str) -> str:
    return f"delete from {table} where id = (select max(id) from {table})"


@pytest.mark.parametrize("table", tracked())
def test_raw_sql_leaves_a_trace(table: str, world: World, story: Story) -> None:
    steps: dict[str, Callable[[str], str]] = {"update": _change}
    if _rows(TRIGGERS, table):
        steps = {"insert": _copy, "update": _change, "delete": _remove}
    for label, sql in steps.items():
        with entering(SYSTEM, why=f"thử {label}"), connection.cursor() as cursor:
            cursor.execute(sql(table))
            assert cursor.rowcount == 1
        found, context = last_event(table)
        assert (found, context["name"], context["why"]) == (label, "Pháo Đài", f"thử {label}")


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
