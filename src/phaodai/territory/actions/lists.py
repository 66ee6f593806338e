"""Load a list of units: what is new opens, what is changed or gone closes, the rest goes on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _
from psycopg.types.range import DateRange

from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import Actor
from phaodai.territory.actions.successions import join_maps, write_continuations
from phaodai.territory.actions.writing import OWNER, Statement, stage
from phaodai.territory.models import NATIONAL, TerritoryList, Unit
from phaodai.territory.rules import timeline
from phaodai.territory.rules.names import place_order, search_text
from phaodai.territory.rules.timeline import Plan, Row, Run
from phaodai.territory.rules.units import Entry, Key, check

_COLUMNS = {
    "id": "bigint",
    "gazetteer": "text",
    "tier": "smallint",
    "code": "text",
    "name": "text",
    "type": "text",
    "parent_id": "bigint",
    "province_id": "integer",
    "district_id": "integer",
    "commune_id": "integer",
    "in_force": "daterange",
    "sort_key": "text",
    "name_en": "text",
    "search_key": "text",
    "population": "integer",
    "area_km2": "double precision",
    "longitude": "double precision",
    "latitude": "double precision",
}
_FACTS = ("name_en", "population", "area_km2", "longitude", "latitude")
_AREAS = {1: "province_id", 2: "district_id", 3: "commune_id"}

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a list said and did. `opened` and `closed` count the units that begin and end on its day, `kept` those that
    go on over it; `written` counts the rows that this load added, changed or took away (0: it was known already)."""

    on: date
    tiers: int
    units: int
    opened: int
    closed: int
    kept: int
    written: int


def load_list(
    *,
    actor: Actor,
    moment: datetime,
    on: date,
    entries: Sequence[Entry],
    source: str,
    gazetteer: str = NATIONAL,
    using: str = OWNER,
) -> Loaded:
    """State every unit of `gazetteer` in force from `on` until its next known list.

    Lists may come in any order and twice. A list of a day that has one replaces it. Raises `Unusable` for a list that
    contradicts itself, and `Refusal` when it would take away a unit in use or give a code to two units at once.
    """
    check(entries)
    statement = Statement(actor, moment, on, source, gazetteer, using)
    with statement.writing() as cursor:
        stored = _stored(gazetteer, using)
        rows = [_row(values) for values in stored.values()]
        known = TerritoryList.objects.using(using).filter(gazetteer=gazetteer).values_list("on", flat=True)
        lists = timeline.states(rows, known) | {on: timeline.state_of(entries)}
        wanted = timeline.runs(lists)
        plan = timeline.match(rows, wanted)
        values = _values(cursor, plan, stored, gazetteer)
        _state_facts(values, entries, on)
        written = _write(cursor, stored, values, plan)
        join_maps(cursor, gazetteer)
        write_continuations(
            cursor,
            gazetteer,
            ((values[old]["id"], values[new]["id"], how) for old, new, how in timeline.continuations(wanted)),
        )
        tiers = len({entry.tier for entry in entries})
        _keep_list(statement, tiers, len(entries))
    opened, closed = sum(run.since == on for run in wanted), sum(run.until == on for run in wanted)
    return Loaded(on, tiers, len(entries), opened, closed, len(entries) - opened, written)


def _stored(gazetteer: str, using: str) -> dict[int, Values]:
    """Every row of the gazetteer with its columns, by id."""
    rows = Unit.objects.using(using).filter(gazetteer=gazetteer).order_by("id").values(*_COLUMNS)
    return {values["id"]: values for values in rows}


def _row(values: Values) -> Row:
    key = (values["tier"], values["code"])
    period = values["in_force"]
    return Row(values["id"], key, values["name"], values["type"], values["parent_id"], period.lower, period.upper)


def _values(cursor: CursorWrapper, plan: Plan, stored: Mapping[int, Values], gazetteer: str) -> dict[Run, Values]:
    """The columns of each run, its id and those of the units above it included."""
    by_key: dict[Key, list[Run]] = defaultdict(list)
    for run in plan.taken:
        by_key[run.key].append(run)
    new = iter(_new_ids(cursor, sum(row is None for row in plan.taken.values())))
    found: dict[Run, Values] = {}
    for run, row in plan.taken.items():
        like = row or plan.twins.get(run)
        above = timeline.parent_of(run, by_key)
        facts = {name: stored[like.id][name] for name in _FACTS} if like else dict.fromkeys(_FACTS) | {"name_en": ""}
        found[run] = _columns(run, row.id if row else next(new), found[above] if above else None, facts) | {
            "gazetteer": gazetteer
        }
    return found


def _columns(run: Run, row_id: int, above: Values | None, facts: Values) -> Values:
    tier, code = run.key
    standing = run.standing
    areas = {column: above[column] if above else None for column in _AREAS.values()}
    if tier in _AREAS:
        areas[_AREAS[tier]] = row_id
    return {
        "id": row_id,
        "tier": tier,
        "code": code,
        "name": standing.name,
        "type": standing.type,
        "parent_id": above["id"] if above else None,
        "in_force": DateRange(run.since, run.until),
        "sort_key": place_order(standing.name, standing.type),
        "search_key": search_text(standing.name, facts["name_en"]),
        **areas,
        **facts,
    }


def _new_ids(cursor: CursorWrapper, count: int) -> list[int]:
    cursor.execute(
        "select nextval(pg_get_serial_sequence('territory_unit', 'id')) from generate_series(1, %s)", [count]
    )
    return [row[0] for row in cursor.fetchall()]


def _state_facts(values: Mapping[Run, Values], entries: Iterable[Entry], on: date) -> None:
    """Write what the list says beyond name and place (people, area, English name) on the rows in force on its day."""
    by_key = {
        run.key: columns for run, columns in values.items() if run.since <= on and (run.until is None or on < run.until)
    }
    for entry in entries:
        columns = by_key[entry.key]
        columns.update({name: getattr(entry, name) for name in _FACTS if getattr(entry, name) not in (None, "")})
        columns["search_key"] = search_text(columns["name"], columns["name_en"])


def _write(cursor: CursorWrapper, stored: Mapping[int, Values], values: Mapping[Run, Values], plan: Plan) -> int:
    """Bring the table to the plan, set by set; returns how many rows were added, changed or taken away."""
    changed = [columns for columns in values.values() if stored.get(columns["id"]) != columns]
    names = ", ".join(_COLUMNS)
    try:
        stage(cursor, "staged_unit", _COLUMNS, ([columns[name] for name in _COLUMNS] for columns in changed))
        cursor.execute("delete from territory_unit where id = any(%s)", [[row.id for row in plan.dropped]])
        cursor.execute(
            f"update territory_unit u set ({names}) = (select {names} from staged_unit s where s.id = u.id)"  # noqa: S608  (own names)
            " where u.id in (select id from staged_unit)"
        )
        cursor.execute(
            f"insert into territory_unit ({names}) select {names} from staged_unit s"  # noqa: S608  (own names)
            " where not exists (select 1 from territory_unit u where u.id = s.id)"
        )
        _copy_outlines(
            cursor, [(plan.twins[run].id, columns["id"]) for run, columns in values.items() if run in plan.twins]
        )
        # Checked here, so that trouble can be told; then again at the end, as others in the transaction expect.
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")
    except IntegrityError as error:
        raise Refusal(_trouble(error)) from error
    return len(changed) + len(plan.dropped)


def _copy_outlines(cursor: CursorWrapper, pairs: Iterable[tuple[int, int]]) -> None:
    """A unit that a list cut in two keeps its outline in both periods."""
    stage(cursor, "staged_twin", {"old_id": "bigint", "new_id": "bigint"}, pairs)
    cursor.execute(
        "insert into territory_unitoutline (unit_id, geometry, source) select t.new_id, o.geometry, o.source"
        " from staged_twin t join territory_unitoutline o on o.unit_id = t.old_id"
    )


def _trouble(error: IntegrityError) -> str:
    """In words what the database would not do."""
    detail = getattr(error.__cause__, "diag", None)
    if detail is not None and detail.constraint_name == "unit_code_once_a_day":
        return _(
            "The list gives a code that another series of lists uses on the same day (%(detail)s). Mend the code."
        ) % {"detail": detail.message_detail}
    return _(
        "The list takes away a unit that is in use (%(detail)s). State it in the list, or move what uses it first."
    ) % {"detail": detail.message_detail if detail is not None else error}


def _keep_list(statement: Statement, tiers: int, units: int) -> None:
    facts = {"source": statement.source[:200], "tiers": tiers, "units": units, "loaded_at": statement.moment}
    lists = TerritoryList.objects.using(statement.using)
    kept, _created = lists.update_or_create(gazetteer=statement.gazetteer, on=statement.on, defaults=facts)
    statement.tell("territory:list:loaded", kept.pk, units=units)
