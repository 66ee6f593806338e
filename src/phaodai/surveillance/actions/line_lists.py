"""The verbs of line lists: take a sheet in, write it step by step, link its cases, set rows aside and mend them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor, Area
from phaodai.surveillance.actions import staging
from phaodai.surveillance.actions.areas import require_mine, require_province
from phaodai.surveillance.actions.reasons import reason_of
from phaodai.surveillance.models import ColumnMapping, LineList, ParkedCase
from phaodai.surveillance.rules.checks import NEW_EPISODE_DAYS
from phaodai.surveillance.rules.headers import signature

PERMISSION = Permission.SURVEILLANCE_CASE_IMPORT


@dataclass(frozen=True, slots=True)
class ParkedRow:
    """A row that waits: its number, its cells as they came, and why."""

    number: int
    cells: Mapping[str, str]
    field: str
    code: str
    suggestion: str = ""
    other: str = ""


@dataclass(frozen=True)
class Step:
    """Some lines of a sheet, up to the line `reached`: what can be written, what waits, and what said the same twice."""

    begun: int
    reached: int
    rows: Sequence[Sequence[Any]]
    cells: Mapping[int, Mapping[str, str]]
    parked: Sequence[ParkedRow]
    repeated: int = 0


@transaction.atomic
def receive_line_list(
    *, actor: Actor, moment: datetime, name: str, content: bytes, area: Area, sheet: str = "", rows: int = 0
) -> LineList:
    """Keep a sheet as it came. One that was begun with the same content and not finished is gone on with."""
    actor.require(PERMISSION)
    digest = sha256(content).hexdigest()
    place = area.columns | {"province_id": area.province or 0}
    fresh = LineList(
        name=name[:255], sheet=sheet[:120], sha256=digest, content=content, rows=rows, taken_in_at=moment,
        officer_id=actor.officer, **place,
    )  # fmt: skip
    require_mine(actor, fresh)
    begun = LineList.objects.visible_to(actor).filter(
        sha256=digest, sheet=sheet[:120], state=LineList.State.RUNNING, **place
    )
    found = begun.select_for_update().first()
    if found is not None:
        return found
    fresh.save()
    return fresh


@transaction.atomic
def confirm_columns(
    *, actor: Actor, moment: datetime, line_list_id: int, headers: Sequence[str], fields: Mapping[str, Any], rows: int
) -> LineList:
    """Say what the columns mean, and begin to read. The answer is remembered for sheets of the same headers."""
    actor.require(PERMISSION)
    line_list = _mine(actor, line_list_id)
    if line_list.state != LineList.State.MAPPING:
        raise Refusal(_("This sheet is being read already."))
    mapping, _made = ColumnMapping.objects.update_or_create(
        province_id=line_list.province_id, kind="cases", signature=signature(headers),
        defaults={"headers": list(headers), "fields": dict(fields), "confirmed_by_id": actor.officer, "confirmed_at": moment},
    )  # fmt: skip
    line_list.mapping, line_list.rows, line_list.state = mapping, rows, LineList.State.RUNNING
    line_list.save(update_fields=["mapping", "rows", "state", "updated_at"])
    return line_list


@transaction.atomic
def tell_apart(*, actor: Actor, moment: datetime, line_list_id: int, prefix: str) -> LineList:
    """Put a word before the numbers of a list whose 1, 2, 3 are other people than those of the books."""
    del moment
    actor.require(PERMISSION)
    line_list = _mine(actor, line_list_id)
    if line_list.reached:
        raise Refusal(_("This sheet is being read already."))
    line_list.prefix = prefix
    line_list.save(update_fields=["prefix", "updated_at"])
    return line_list


def _mine(actor: Actor, line_list_id: int) -> LineList:
    found = LineList.objects.visible_to(actor).select_for_update().filter(pk=line_list_id).first()
    if found is None:
        raise NotHere(_("There is no such sheet, or not in your area."))
    return found


@transaction.atomic
def write_step(*, actor: Actor, moment: datetime, line_list_id: int, step: Step) -> LineList:
    """Write some lines and how far the sheet has come, in one transaction: killed at any moment, nothing is half done.

    A step that another process has written meanwhile is left alone; the sheet tells where to go on.
    """
    actor.require(PERMISSION)
    line_list = _mine(actor, line_list_id)
    if line_list.reached != step.begun or line_list.state != LineList.State.RUNNING:
        return line_list
    inserted, updated, doubted = _write(step, moment)
    parked = [*step.parked, *_doubted_rows(step, doubted)]
    _set_aside(line_list, parked)
    unchanged = len(step.rows) - inserted - updated - len(doubted) + step.repeated
    line_list.reached = step.reached
    _count(line_list, inserted=inserted, updated=updated, unchanged=unchanged, parked=len(parked))
    line_list.refresh_from_db()
    return line_list


def _write(step: Step, moment: datetime) -> tuple[int, int, list[tuple[int, str, str]]]:
    if not step.rows:
        return 0, 0, []
    with connection.cursor() as cursor:
        staging.stage(cursor, step.rows)
        staging.recognise_persons(cursor)
        staging.doubt_contradictions(cursor, NEW_EPISODE_DAYS)
        inserted = staging.insert_new(cursor, moment)
        updated = staging.change_known(cursor, moment)
        doubted = staging.clear(cursor)
    return inserted, updated, doubted


def _doubted_rows(step: Step, doubted: Iterable[tuple[int, str, str]]) -> list[ParkedRow]:
    return [ParkedRow(row, step.cells[row], "code", code, other=other) for row, code, other in doubted]


def _set_aside(line_list: LineList, parked: Iterable[ParkedRow]) -> None:
    by_field = _headers(line_list)
    ParkedCase.objects.bulk_create(_waiting(line_list, row, by_field) for row in parked)


def _headers(line_list: LineList) -> dict[str, str]:
    fields = dict(line_list.mapping.fields if line_list.mapping else {})
    return {str(told.get("field")): header for header, told in fields.items()}


def _waiting(line_list: LineList, row: ParkedRow, by_field: Mapping[str, str]) -> ParkedCase:
    cell = row.cells.get(by_field.get(row.field, ""), "")
    return ParkedCase(
        line_list=line_list, row_number=row.number, cells=dict(row.cells), field=row.field[:60], reason_code=row.code,
        reason=reason_of(row.code, row.field, cell, row.other)[:500], suggestion=row.suggestion[:200],
    )  # fmt: skip


def _count(line_list: LineList, **counts: int) -> None:
    line_list.version = F("version") + 1
    for name, count in counts.items():
        setattr(line_list, name, F(name) + count)
    line_list.save(update_fields=[*counts, "reached", "version", "updated_at"])


@transaction.atomic
def write_mended(*, actor: Actor, moment: datetime, line_list_id: int, step: Step) -> set[int]:
    """Write rows of a sheet that waited and are mended; returns those that wait on, each with its new reason."""
    actor.require(PERMISSION)
    line_list = _mine(actor, line_list_id)
    _inserted, _updated, doubted = _write(step, moment)
    still = [*step.parked, *_doubted_rows(step, doubted)]
    by_field = _headers(line_list)
    for row in still:
        told = _waiting(line_list, row, by_field)
        line_list.parked_rows.filter(row_number=row.number).update(
            field=told.field,
            reason_code=told.reason_code,
            reason=told.reason,
            suggestion=told.suggestion,
            cells=told.cells,
        )
    return {row.number for row in still}


@transaction.atomic
def link_cases(*, actor: Actor, moment: datetime, province: int, links: Iterable[tuple[str, str, str, str]]) -> int:
    """Keep who infected whom, by case numbers: source, target, setting, exposure; returns how many links are new."""
    actor.require(PERMISSION)
    require_province(actor, province)
    return staging.insert_links(list(links), province, moment)


@transaction.atomic
def finish_line_list(*, actor: Actor, moment: datetime, line_list_id: int, remark: str = "") -> LineList:
    """Say that the whole sheet was read; rows of earlier sheets that came in with it wait no more."""
    actor.require(PERMISSION)
    line_list = _mine(actor, line_list_id)
    if line_list.state == LineList.State.RUNNING:
        _clear_mended(line_list, moment)
        line_list.state, line_list.finished_at, line_list.problem = LineList.State.FINISHED, moment, remark[:500]
        line_list.version += 1
        line_list.save(update_fields=["state", "finished_at", "problem", "version", "updated_at"])
        counts = {name: getattr(line_list, name) for name in ("rows", "inserted", "updated", "unchanged", "parked")}
        Fact.tell("surveillance:line-list:finished", subject=line_list, moment=moment, officer=actor.officer, **counts)
    return line_list


def _clear_mended(line_list: LineList, moment: datetime) -> None:
    """Rows set aside before, whose case is in the books now and does not wait again in this sheet."""
    header = _headers(line_list).get("code")
    if header is None:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "update surveillance_parkedcase set mended_at = %(moment)s from surveillance_linelist l"
            " where l.id = line_list_id and l.id < %(list)s and l.province_id = %(province)s"
            " and mended_at is null and dropped_at is null and cells ->> %(header)s <> ''"
            " and not exists (select 1 from surveillance_parkedcase again where again.line_list_id = %(list)s"
            "   and again.cells ->> %(header)s = surveillance_parkedcase.cells ->> %(header)s)"
            " and exists (select 1 from surveillance_case c where c.province_id = %(province)s"
            "   and c.code = surveillance_parkedcase.cells ->> %(header)s and c.updated_at >= l.taken_in_at)",
            {"moment": moment, "list": line_list.pk, "province": line_list.province_id, "header": header},
        )


@transaction.atomic
def refuse_line_list(*, actor: Actor, moment: datetime, line_list_id: int, problem: str) -> LineList:
    """Keep that a sheet cannot be read, and why."""
    actor.require(PERMISSION)
    line_list = _mine(actor, line_list_id)
    line_list.state, line_list.problem, line_list.finished_at = LineList.State.REFUSED, problem[:500], moment
    line_list.version += 1
    line_list.save(update_fields=["state", "problem", "finished_at", "version", "updated_at"])
    return line_list


@transaction.atomic
def drop_parked(*, actor: Actor, moment: datetime, line_list_id: int, rows: Sequence[int]) -> int:
    """Give rows up for good: they stay in the sheet, and wait no more."""
    actor.require(PERMISSION)
    line_list = _mine(actor, line_list_id)
    waiting = line_list.parked_rows.filter(row_number__in=rows, mended_at=None, dropped_at=None)
    return waiting.update(dropped_at=moment)


@transaction.atomic
def mark_mended(*, actor: Actor, moment: datetime, line_list_id: int, rows: Sequence[int]) -> int:
    """Rows that came in after a person had mended them."""
    actor.require(PERMISSION)
    line_list = _mine(actor, line_list_id)
    waiting = line_list.parked_rows.filter(row_number__in=rows, mended_at=None, dropped_at=None)
    return waiting.update(mended_at=moment)
