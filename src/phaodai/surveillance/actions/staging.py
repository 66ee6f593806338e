"""The SQL of a step of a line list: rows that were read stand in a table of their own, and one statement does each deed.

Tables under row-level security take no COPY, and the application role makes no temporary tables: the columns come as one
JSON list each, are unfolded into `surveillance_incoming`, and leave it in the same transaction. A cell that says nothing
is null and changes nothing.
"""

# ruff: noqa: S608  (the names put into statements are our own columns)
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from phaodai.foundation.clock import VIETNAM

PERSON = {
    "full_name": "text", "sex": "text", "birth_year": "smallint", "birth_date": "date", "phone": "text",
    "identity_number": "text", "address": "text", "sort_key": "text", "search_key": "text",
}  # fmt: skip
CASE = {
    "classification": "text", "detected_by": "text", "age": "numeric", "occupation": "text", "symptoms": "text",
    "onset_on": "date", "exposed_from": "date", "exposed_to": "date", "sampled_on": "date", "positive_at": "timestamptz",
    "reported_on": "date", "isolated_at": "timestamptz", "severity": "text", "variant": "text", "outcome": "text",
    "outcome_on": "date", "setting": "text", "source_known": "boolean", "imported": "boolean", "residence": "text",
    "facility": "text", "notes": "text",
}  # fmt: skip
AREA = ("province_id", "district_id", "commune_id")
STAGED = {"row": "integer", "code": "text", **PERSON, **CASE, "given": "jsonb", **dict.fromkeys(AREA, "integer")}
_ZONE = VIETNAM.key
_MANY = 500
_WHEN = f"coalesce(%s.onset_on, (%s.positive_at at time zone '{_ZONE}')::date, %s.reported_on)"


def stage(cursor: CursorWrapper, rows: Sequence[Sequence[Any]]) -> None:
    """Put rows, in the order of `STAGED`, beside the cases that they speak of; the others get the row ids of new ones."""
    columns = {name: json.dumps(column, ensure_ascii=False, default=str) for name, column in _filled(rows)}
    lists = ", ".join(["json_array_elements_text(%s)"] * len(columns))
    cells = ", ".join(f"{name}::{STAGED[name]}" for name in columns)
    cursor.execute(
        f"with came as (select {cells} from rows from ({lists}) as told ({', '.join(columns)})),"
        f" known as (select came.*, c.id as known_case, c.person_id as known_person from came left join lateral ("
        "  select id, person_id from surveillance_case c where c.code = came.code"
        "  and c.province_id in (came.province_id, 0) order by c.province_id desc limit 1) c on true)"
        f" insert into surveillance_incoming ({', '.join(columns)}, fresh, case_id, newborn, person_id)"
        f" select {', '.join(columns)}, known_case is null,"
        " coalesce(known_case, nextval(pg_get_serial_sequence('surveillance_case', 'id'))), known_case is null,"
        " coalesce(known_person, nextval(pg_get_serial_sequence('people_person', 'id'))) from known",
        list(columns.values()),
    )
    if len(rows) > _MANY:
        # The planner knows nothing of a table that is filled and emptied in one transaction, and would walk the books
        # once for each row.
        cursor.execute("select set_config('enable_nestloop', 'off', true)")


def _filled(rows: Sequence[Sequence[Any]]) -> Iterable[tuple[str, Sequence[Any]]]:
    """The columns that say anything."""
    return (
        (name, column)
        for name, column in zip(STAGED, zip(*rows, strict=True), strict=True)
        if name in ("row", "code", "province_id") or any(value is not None for value in column)
    )


def recognise_persons(cursor: CursorWrapper) -> None:
    """New cases of persons who are in the books: by the identity number, or by name, birth and place or telephone."""
    _recognise(cursor, "p.identity_number = i.identity_number", "i.identity_number is not null")
    same_birth = (
        "(p.birth_date = i.birth_date or (p.birth_year = i.birth_year and p.phone = i.phone and p.phone <> ''))"
    )
    _recognise(
        cursor,
        f"p.search_key = i.search_key and p.province_id = i.province_id and {same_birth}"
        " and (i.sex is null or p.sex in ('', i.sex))",
        "i.search_key is not null and (i.birth_date is not null or i.phone is not null)",
    )


def _recognise(cursor: CursorWrapper, same: str, where: str) -> None:
    """The one person of that identity; where two fit, nobody says which, and the duplicates' queue asks later."""
    cursor.execute(f"select exists (select 1 from surveillance_incoming i where i.newborn and {where})")
    if not _one(cursor):
        return
    cursor.execute(
        "update surveillance_incoming incoming set person_id = found.id, newborn = false, episode ="
        "  (select coalesce(max(c.episode), 0) + 1 from surveillance_case c where c.person_id = found.id)"
        " from (select i.row, min(p.id) as id from surveillance_incoming i"
        f"  join people_person p on {same} and p.merged_into_id is null"
        f"  where i.newborn and {where}"
        "  group by i.row having count(*) = 1) found where found.row = incoming.row"
    )


def _one(cursor: CursorWrapper) -> Any:
    row = cursor.fetchone()
    return row[0] if row else None


def doubt_contradictions(cursor: CursorWrapper, days: int) -> None:
    """Rows that contradict what is in the books: the same illness under a second number, an onset after the death."""
    here, there = (_WHEN.replace("%s", table) for table in ("i", "c"))
    near = f"({here} is null or {there} is null or abs({here} - {there}) < {days})"
    cursor.execute(
        "update surveillance_incoming i set doubt = 'same-person', other = c.code from surveillance_case c"
        f" where i.fresh and not i.newborn and c.person_id = i.person_id and {near}"
    )
    cursor.execute(
        "update surveillance_incoming i set doubt = 'same-person', other = earlier.code from surveillance_incoming earlier"
        " where i.fresh and not i.newborn and earlier.fresh and earlier.person_id = i.person_id and earlier.row < i.row"
    )
    cursor.execute(
        "update surveillance_incoming i set doubt = 'onset-after-death' from surveillance_case c"
        " where not i.fresh and c.id = i.case_id and coalesce(i.outcome, c.outcome) = 'died'"
        " and coalesce(i.onset_on, c.onset_on) > coalesce(i.outcome_on, c.outcome_on)"
    )


def insert_new(cursor: CursorWrapper, moment: Any) -> int:
    """New cases with their persons; a number that is taken where the officer cannot see is doubted."""
    values = ", ".join(_or_blank(name, kind) for name, kind in CASE.items())
    cursor.execute(
        f"insert into surveillance_case (id, code, person_id, episode, disease, {', '.join(CASE)}, given,"
        f" {', '.join(AREA)}, version, created_at, updated_at)"
        f" select case_id, code, person_id, episode, 'covid-19', {values}, coalesce(given, '{{}}'), {', '.join(AREA)},"
        " 1, %s, %s from surveillance_incoming where fresh and doubt = '' order by row on conflict do nothing",
        [moment, moment],
    )
    added = int(cursor.rowcount)
    cursor.execute("select count(*) from surveillance_incoming where fresh and doubt = ''")
    if added != _one(cursor):
        cursor.execute(
            "update surveillance_incoming i set doubt = 'taken' where fresh and doubt = ''"
            " and not exists (select 1 from surveillance_case c where c.id = i.case_id)"
        )
    _insert_persons(cursor, moment)
    return added


def _or_blank(name: str, kind: str) -> str:
    if kind != "text":
        return name
    return f"coalesce({name}, '{'confirmed' if name == 'classification' else ''}')"


def _insert_persons(cursor: CursorWrapper, moment: Any) -> None:
    """A second time without the identity number for persons whose number stands in a record outside the area."""
    expected = "from surveillance_incoming where fresh and newborn and doubt = ''"
    cursor.execute(f"select count(*) {expected}")
    wanted, added = int(_one(cursor)), 0
    for number in ("coalesce(identity_number, '')", "''"):
        if added == wanted:
            return
        values = ", ".join(
            number if name == "identity_number" else f"coalesce({name}, '')" if kind == "text" else name
            for name, kind in PERSON.items()
        )
        cursor.execute(
            f"insert into people_person (id, {', '.join(PERSON)}, {', '.join(AREA)}, version, created_at, updated_at)"
            f" select person_id, {values}, {', '.join(AREA)}, 1, %s, %s {expected} order by row on conflict do nothing",
            [moment, moment],
        )
        added += cursor.rowcount


def change_known(cursor: CursorWrapper, moment: Any) -> int:
    """Cases and persons of which the sheet says something else than the books; returns how many rows that were."""
    cursor.execute("select exists (select 1 from surveillance_incoming where not fresh and doubt = '')")
    if not _one(cursor):
        return 0
    for table, key, columns, mark in (
        ("surveillance_case", "case_id", CASE, "case_changed"),
        ("people_person", "person_id", PERSON, "person_changed"),
    ):
        _mark_changed(cursor, table, key, columns, mark)
        _overwrite(cursor, table, key, columns, mark, moment)
    cursor.execute("select count(*) from surveillance_incoming where case_changed or person_changed")
    return int(_one(cursor))


def _mark_changed(cursor: CursorWrapper, table: str, key: str, columns: Mapping[str, str], mark: str) -> None:
    differs = [_differs(name, kind) for name, kind in columns.items()]
    if table == "surveillance_case":
        differs.append("(t.given || coalesce(i.given, '{}')) is distinct from t.given")
    placed = "(t.province_id = 0 and i.province_id <> 0)"
    cursor.execute(
        f"update surveillance_incoming i set {mark} = true from {table} t"
        f" where t.id = i.{key} and not i.fresh and i.doubt = '' and ({placed} or {' or '.join(differs)})"
    )


def _differs(name: str, kind: str) -> str:
    same = f"i.{name} is not null and i.{name} is distinct from t.{name}"
    if kind != "timestamptz":
        return f"({same})"
    local, known = f"(i.{name} at time zone '{_ZONE}')", f"(t.{name} at time zone '{_ZONE}')"
    # A day without its hour says nothing against an hour of that day.
    return f"({same} and not coalesce({local}::time = '00:00' and {local}::date = {known}::date, false))"


def _overwrite(cursor: CursorWrapper, table: str, key: str, columns: Mapping[str, str], mark: str, moment: Any) -> None:
    values = [
        f"{name} = case when {_differs(name, kind)} then i.{name} else t.{name} end" for name, kind in columns.items()
    ]
    if table == "surveillance_case":
        values.append("given = t.given || coalesce(i.given, '{}')")
    values += [f"{name} = case when t.province_id = 0 then i.{name} else t.{name} end" for name in AREA]
    cursor.execute(
        f"update {table} t set {', '.join(values)}, version = t.version + 1, updated_at = %s"
        f" from surveillance_incoming i where i.{mark} and t.id = i.{key}",
        [moment],
    )


def clear(cursor: CursorWrapper) -> list[tuple[int, str, str]]:
    """Leave the table as it was found; returns the doubted rows: number, code of the reason, what stands in the books."""
    cursor.execute("select row, doubt, other from surveillance_incoming where doubt <> '' order by row")
    doubted = list(cursor.fetchall())
    cursor.execute("delete from surveillance_incoming")
    cursor.execute("select set_config('enable_nestloop', 'on', true)")
    return doubted


def insert_links(links: Sequence[Sequence[str]], province: int, moment: Any) -> int:
    """Links between cases of a province by their numbers: source, target, setting, exposure; those known stay."""
    if not links:
        return 0
    columns = [json.dumps(column, ensure_ascii=False) for column in zip(*links, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into surveillance_transmission"
            " (source_id, target_id, certainty, setting, exposure, withdrawn, version, created_at, updated_at)"
            " select s.id, t.id, 'likely', link.setting, link.exposure, false, 1, %s, %s"
            " from rows from (json_array_elements_text(%s), json_array_elements_text(%s), json_array_elements_text(%s),"
            "  json_array_elements_text(%s)) as link (source, target, setting, exposure)"
            " join surveillance_case s on s.province_id = %s and s.code = link.source"
            " join surveillance_case t on t.province_id = %s and t.code = link.target"
            " where not exists (select 1 from surveillance_transmission known"
            "   where known.source_id = s.id and known.target_id = t.id)"
            " on conflict do nothing",
            [moment, moment, *columns, province, province],
        )
        return int(cursor.rowcount)
