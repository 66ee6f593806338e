"""The same by raw SQL under the application role: what the code forgets, the database refuses."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction
from django.db.models import Model

from phaodai.foundation.database import endpoints
from phaodai.foundation.scope import SYSTEM, _tell_database, entering
from phaodai.site.health import PROTECTED_APPS, rights, unprotected_tables
from tests.story import Story
from tests.world import World

pytestmark = pytest.mark.django_db

# Read by everybody, scope or not: the map, who holds which office (the sign-in asks for it), and the clock.
OPEN = {
    "territory_unit", "territory_unitoutline", "territory_neighbour", "territory_succession", "territory_territorylist",
    "people_organisation", "people_officer", "people_post", "foundation_clockshift",
}  # fmt: skip
# Read by every officer in whatever post: pairs of row ids, facts without their contents, the history of who held office.
SIGNED_IN = {
    "command_taskreach", "command_documentreach", "foundation_fact",
    "people_organisationevent", "people_officerevent", "people_postevent",
}  # fmt: skip

# Rows that each officer's scope shows, written by hand from the story: (documents, tasks, reports, residents).
COUNTS = {
    "viet": (4, 9, 5, 3),
    "linh": (4, 9, 5, 3),
    "dat": (1, 4, 1, 2),
    "khoa": (2, 3, 1, 1),
    "van": (1, 4, 0, 0),
    "ha": (0, 0, 0, 0),
    "nguyet": (1, 2, 0, 0),
    "dich": (1, 2, 0, 0),
    "xuan": (1, 1, 0, 1),
    "ngoc": (1, 1, 0, 1),
    "may": (0, 1, 0, 0),
    "front": (1, 1, 0, 1),
    "tra": (4, 9, 5, 3),
    "sang": (1, 1, 1, 1),
    "giang": (1, 1, 0, 0),
}


def models_of_ours() -> list[type[Model]]:
    """Every table of our contexts, with those between many and many and the histories."""
    return [one for label in PROTECTED_APPS for one in apps.get_app_config(label).get_models(include_auto_created=True)]


def tables() -> list[str]:
    return sorted(model._meta.db_table for model in models_of_ours())


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        return int(cursor.fetchone()[0])


def run(sql: str, values: list[Any] | None = None) -> int:
    """How many rows a statement touched."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)


@contextmanager
def refused() -> Iterator[None]:
    with pytest.raises(ProgrammingError, match=r"row-level security|permission denied|must be owner"):
        yield


@contextmanager
def nobody() -> Iterator[None]:
    """A connection that has told the database nothing."""
    with transaction.atomic(), connection.cursor() as cursor:
        for name in ("reach", "province", "district", "commune", "organisation", "officer"):
            cursor.execute("select set_config(%s, '', true)", [f"phaodai.{name}"])
        yield


def test_every_table_of_ours_is_protected() -> None:
    assert unprotected_tables() == []
    assert len(tables()) > 30
    assert rights() == ""


def test_a_policy_that_lets_many_rows_be_expected_says_the_same() -> None:
    """Of these tables whoever may see a row may change it: the policy of changing was left as it was."""
    before = "(( SELECT phaodai_reach() AS phaodai_reach) = 'all'::text)"
    likely = r"\( SELECT \(phaodai_reach\(\) = 'all'::text\)[^)]*\)"
    for table in ("people_person", "supply_movement"):
        with connection.cursor() as cursor:
            cursor.execute("select policyname, qual from pg_policies where tablename = %s", [table])
            said = dict(cursor.fetchall())
        assert re.subn(likely, lambda _found: before, said[f"{table}_see"]) == (said[f"{table}_change"], 1)


@pytest.mark.parametrize("table", tables())
def test_without_a_scope_nothing_is_seen(table: str, story: Story) -> None:
    with nobody():
        seen = count(table)
    with entering(SYSTEM):
        there = count(table)
    if table in OPEN:
        assert seen == there
    else:
        assert seen == 0


def test_the_story_fills_the_tables_of_command_and_people(story: Story) -> None:
    """Zero rows of an empty table would prove nothing."""
    with entering(SYSTEM):
        empty = {table for table in tables() if table.startswith(("command_", "people_")) and not count(table)}
    assert empty <= {
        "command_acknowledgement", "command_proposal_coordinating", "command_proposal_also_clauses",
        "command_proposal_kept_apart", "command_task_also_clauses",
        "command_task_coordinating", "command_progressevent", "people_personevent", "people_reveal",
        "containment_weeklyindicator", "containment_weeklyindicatorevent", "containment_level", "containment_levelevent",
        "containment_leveldecision", "containment_leveldecisionevent",
    }  # fmt: skip


@pytest.mark.parametrize("who", COUNTS)
def test_each_officer_sees_their_rows(who: str, world: World, story: Story) -> None:
    with world.as_(who):
        seen = tuple(count(table) for table in ("command_document", "command_task", "command_report", "people_person"))
        assert seen == COUNTS[who]
        hidden = _scoped_ids_outside(world, who)
        for table, ids in hidden.items():
            assert run(f"select 1 from {table} where id = any(%s)", [ids]) == 0


def _scoped_ids_outside(world: World, who: str) -> dict[str, list[int]]:
    """Rows of the other province, by table; for the officers of that province, rows of ours."""
    other = "98" if who in ("sang", "giang") else "97"
    with entering(SYSTEM), connection.cursor() as cursor:
        found = {}
        for table in ("command_document", "command_task", "command_report", "people_person", "people_household"):
            cursor.execute(f"select id from {table} where province_id = %s", [world.units[other].pk])
            found[table] = [row[0] for row in cursor.fetchall()]
    _tell_database(world.actor(who))
    assert all(found.values())
    return found


def _row_of(story: Story, mark: str) -> int:
    return int((story.tasks | story.documents | story.reports | story.persons)[mark].pk)


# Statement, the mark of the row inside for `dat` (head of Thuận Hòa), the mark of one outside.
CHANGES = (
    ("update command_task set title = title where id = %s", "Mốc Thuận Hòa", "Mốc Phú Khê"),
    ("update command_task set title = title where id = %s", "Mốc Hòa Xuân", "Mốc Sơn Giang"),
    ("update command_report set assessment = assessment where id = %s", "UBTH 23", "UBPK 23"),
    ("update people_person set phone = '1' where id = %s", "Tráng A Lộc", "Vừ Văn Khê"),
    ("update command_document set note = note where organisation_id = 0 or id = %s", "", "Mốc giấy Phú Khê"),
)


@pytest.mark.parametrize(("sql", "inside", "outside"), CHANGES)
def test_rows_outside_are_not_changed(sql: str, inside: str, outside: str, world: World, story: Story) -> None:
    with world.as_("dat"):
        assert run(sql, [_row_of(story, outside)]) == 0
        if inside:
            assert run(sql, [_row_of(story, inside)]) == 1


def test_a_paper_that_is_read_is_not_mended(world: World, story: Story) -> None:
    """The district works from the paper; only the office in whose book it stands changes the reading."""
    document = _row_of(story, "Mốc giấy Một")
    for table in ("command_clause", "command_proposal"):
        with world.as_("dat"):
            assert run(f"select 1 from {table} where document_id = %s", [document]) > 0
            assert run(f"update {table} set position = position where document_id = %s", [document]) == 0
        with world.as_("linh"):
            assert run(f"update {table} set position = position where document_id = %s", [document]) > 0


@pytest.mark.parametrize("table", ["command_taskreach", "command_documentreach"])
def test_nobody_lets_themselves_see_more(table: str, world: World, story: Story) -> None:
    kind = table.removeprefix("command_").removesuffix("reach")
    outside = _row_of(story, "Mốc Phú Khê" if kind == "task" else "Mốc giấy Phú Khê")
    sql = f"insert into {table} ({kind}_id, organisation_id) values (%s, %s)"
    with world.as_("dat") as dat:
        with refused():
            run(sql, [outside, dat.organisation])
        assert run(f"update {table} set organisation_id = %s", [dat.organisation]) == 0
        inside = _row_of(story, "Mốc Thuận Hòa" if kind == "task" else "Mốc giấy Một")
        assert run(sql, [inside, world.bodies["UBTL"].pk]) == 1


SETTLE = (
    "insert into people_household (province_id, district_id, commune_id, hamlet_id, address)"
    " select province_id, district_id, commune_id, id, 'Số 2' from territory_unit where code = %s"
)


@pytest.mark.parametrize(("code", "taken"), [("98001.1", True), ("98101.1", False), ("97001.1", False)])
def test_rows_are_added_inside_the_area_alone(code: str, taken: bool, world: World) -> None:
    with world.as_("dat"):
        if taken:
            assert run(SETTLE, [code]) == 1
        else:
            with refused():
                run(SETTLE, [code])


def test_a_line_is_written_in_the_name_of_one_s_own_unit(world: World, story: Story) -> None:
    sql = "insert into command_progress (task_id, kind, at, text, organisation_id) values (%s, 'word', now(), 'x', %s)"
    task = _row_of(story, "Mốc Thuận Hòa")
    with world.as_("dat") as dat:
        assert run(sql, [task, dat.organisation]) == 1
        with refused():
            run(sql, [task, world.bodies["VPTU"].pk])
        with refused():
            run(sql, [_row_of(story, "Mốc Phú Khê"), dat.organisation])


# What an officer takes away again: a unit from a proposal or a draft, their own saved views and parked rows.
PASSING = {
    "command_proposal_addressees", "command_proposal_coordinating", "command_proposal_also_clauses",
    "command_outgoingpaper_addressed",
    "foundation_savedview", "foundation_parkedrow",
}  # fmt: skip


@pytest.mark.parametrize("table", [name for name in tables() if not name.endswith("event") and name not in PASSING])
def test_officers_remove_no_record(table: str, world: World, story: Story) -> None:
    for who in ("linh", "dat", "ngoc"):
        with world.as_(who):
            assert run(f"delete from {table}") == 0


@pytest.mark.parametrize("table", [table for table in tables() if table.endswith("event")])
def test_history_is_added_to_and_never_changed(table: str, world: World, story: Story) -> None:
    with entering(SYSTEM):
        for sql in (f"update {table} set pgh_label = 'x'", f"delete from {table}", f"truncate {table}"):
            with refused():
                run(sql)


FORBIDDEN = (
    "alter table command_task disable row level security",
    "alter table command_task no force row level security",
    "alter table command_task disable trigger all",
    "drop policy command_task_see on command_task",
    "create policy everything on command_task using (true)",
    "drop table command_taskevent",
    "truncate command_task",
    "create table elsewhere (id integer)",
    "create or replace function phaodai_reach() returns text language sql as $$ select 'all' $$",
    "drop function phaodai_reach()",
    "update django_migrations set app = app",
    "alter role current_user bypassrls",
    "set role {owner}",
    "copy (select 1) to program 'true'",
    "select pg_read_file('/etc/hostname')",
)


@pytest.mark.parametrize("sql", FORBIDDEN)
def test_the_application_role_changes_no_rule(sql: str, world: World) -> None:
    with entering(SYSTEM), pytest.raises(ProgrammingError, match=r"permission denied|must be (owner|superuser)"):
        run(sql.format(owner=endpoints().owner.user))


def test_the_map_is_loaded_by_the_installation_alone(world: World) -> None:
    with world.as_("viet"):
        assert run("update territory_unit set name = name") == 0
        with refused():
            run("insert into foundation_clockshift (\"only\", shift, reason) values (true, '1 day', 'x')")


def test_only_what_one_looked_at_is_logged_as_one_s_look(world: World, story: Story) -> None:
    sql = (
        "insert into people_reveal (person_id, officer_id, purpose, at, province_id, district_id, commune_id)"
        " select id, %s, 'tracing', now(), province_id, district_id, commune_id from people_person where id = %s"
    )
    person = _row_of(story, "Tráng A Lộc")
    with world.as_("ngoc") as ngoc:
        assert run(sql, [ngoc.officer, person]) == 1
        with refused():
            run(sql, [world.officers["viet"].pk, person])
        assert run("update people_reveal set purpose = 'care'") == 0
        assert run("delete from people_reveal") == 0


def test_officers_of_another_area_are_not_renamed(world: World) -> None:
    sql = "update people_officer set full_name = full_name where id = %s"
    with world.as_("dat"):
        assert run(sql, [world.officers["loc"].pk]) == 1
        assert run(sql, [world.officers["khoa"].pk]) == 0
        assert run(sql, [world.officers["linh"].pk]) == 0
