"""The verbs of sheets of doses: keep the sheet, write it step by step with the place reached, finish it, mend its rows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.rulebook.provincial import rulebook_for
from phaodai.vaccination.actions.doses_doubting import doubt_doses
from phaodai.vaccination.actions.doses_matching import ask_whose
from phaodai.vaccination.actions.doses_staging import Columns, write_rows
from phaodai.vaccination.models import Dose, DoseSheet, ParkedDose

PERMISSION = Permission.VACCINATION_DOSE_IMPORT


@dataclass(frozen=True)
class Parked:
    """A row that waits: its number, its cells as they came in the order of the columns, and why."""

    number: int
    cells: Sequence[tuple[str, str]]
    code: str
    reason: str

    @property
    def columns(self) -> dict[str, Any]:
        """What a waiting row keeps of it."""
        return {"cells": list(self.cells), "code": self.code[:20], "reason": self.reason[:300]}


@dataclass(frozen=True)
class Step:
    """Some lines of a sheet: where they begin and end, the doses they tell of, and what waits."""

    begun: int
    reached: int
    doses: Columns
    parked: Sequence[Parked]


@transaction.atomic
def receive_dose_sheet(*, actor: Actor, moment: datetime, name: str, content: bytes, rows: int) -> DoseSheet:
    """Keep a sheet as it came. One of the same content that was begun and not finished is gone on with."""
    actor.require(PERMISSION)
    if actor.reach == "own":
        raise NotAllowed(_("Sheets of doses are sent by whoever answers for an area."))
    digest = sha256(content).hexdigest()
    place = actor.area.columns | {"province_id": actor.area.province or 0}
    begun = DoseSheet.objects.visible_to(actor).filter(sha256=digest, state=DoseSheet.State.RUNNING, **place)
    found = begun.select_for_update().first()
    if found is not None:
        return found
    return DoseSheet.objects.create(
        name=name[:255],
        sha256=digest,
        content=content,
        rows=rows,
        taken_in_at=moment,
        officer_id=actor.officer,
        **place,
    )


@transaction.atomic
def write_doses(*, actor: Actor, moment: datetime, sheet_id: int, step: Step) -> DoseSheet:
    """Write some lines and how far the sheet has come, in one transaction.

    A step that another process has written meanwhile is left alone; the sheet tells where to go on.
    """
    actor.require(PERMISSION)
    sheet = _mine(actor, sheet_id)
    if sheet.reached != step.begun or sheet.state != DoseSheet.State.RUNNING:
        return sheet
    _new, counts = _write(actor, moment, sheet, step.doses)
    ParkedDose.objects.bulk_create(ParkedDose(sheet=sheet, row_number=one.number, **one.columns) for one in step.parked)
    sheet.reached = step.reached
    return _counted(sheet, **counts, parked=len(step.parked))


def _write(actor: Actor, moment: datetime, sheet: DoseSheet, doses: Columns) -> tuple[list[int], dict[str, int]]:
    """The new doses, and what is counted of all: new, known before, matched, doubted."""
    written = write_rows(doses, moment=moment, officer=actor.officer)
    new = written.new
    doubted = doubt_doses(new, book=rulebook_for(sheet.province_id or None), moment=moment) if new else 0
    had = len(doses["key"]) - len(new)
    return new, {"inserted": len(new), "had": had, "matched": written.matched, "doubted": doubted}


def _counted(sheet: DoseSheet, **counts: int) -> DoseSheet:
    for name, count in counts.items():
        setattr(sheet, name, F(name) + count)
    sheet.version = F("version") + 1
    sheet.save(update_fields=[*counts, "reached", "version", "updated_at"])
    sheet.refresh_from_db(fields=[*counts, "version"])
    return sheet


@transaction.atomic
def finish_dose_sheet(*, actor: Actor, moment: datetime, sheet_id: int) -> DoseSheet:
    """Say that the whole sheet was read, and ask about the identities that fit nobody.

    Whoever goes on with a sheet does not know what was written before: all that came since the sheet was taken in is asked.
    """
    actor.require(PERMISSION)
    sheet = _mine(actor, sheet_id)
    if sheet.state == DoseSheet.State.FINISHED:
        return sheet
    came = (
        Dose.objects.visible_to(actor).unmatched().filter(source=Dose.Source.SHEET, received_at__gte=sheet.taken_in_at)
    )
    ask_whose(list(came.values_list("pk", flat=True)), moment, nearby=False)
    sheet.state, sheet.finished_at, sheet.version = DoseSheet.State.FINISHED, moment, sheet.version + 1
    sheet.save(update_fields=["state", "finished_at", "version", "updated_at"])
    counts = {name: getattr(sheet, name) for name in ("rows", "inserted", "had", "parked", "matched", "doubted")}
    Fact.tell("vaccination:dose-sheet:finished", subject=sheet, moment=moment, officer=actor.officer, **counts)
    return sheet


@transaction.atomic
def write_mended(*, actor: Actor, moment: datetime, sheet_id: int, step: Step, rows: Collection[int]) -> list[int]:
    """Write waiting rows of a sheet, `rows`, that somebody has mended; returns those that came in.

    Those that `step` parks again wait on with what was written into them and the new reason.
    """
    actor.require(PERMISSION)
    sheet = _mine(actor, sheet_id)
    waiting = sheet.parked_rows.waiting()
    still = {one.number: one for one in step.parked}
    for number, one in still.items():
        waiting.filter(row_number=number).update(**one.columns)
    came = sorted(set(rows) - still.keys())
    settled = waiting.filter(row_number__in=came).update(code=ParkedDose.MENDED)
    if settled != len(came):
        raise Refusal(_("Some of these rows wait no more. Load the page again."))
    new, counts = _write(actor, moment, sheet, step.doses)
    ask_whose(new, moment, nearby=False)
    _counted(sheet, **counts, parked=-settled)
    if came:
        Fact.tell("vaccination:dose-sheet:mended", subject=sheet, moment=moment, officer=actor.officer, rows=came)
    return came


@transaction.atomic
def give_up_parked(*, actor: Actor, moment: datetime, sheet_id: int, rows: Collection[int]) -> int:
    """Give waiting rows up for good: they stay in the sheet as it came. Returns how many."""
    actor.require(PERMISSION)
    sheet = _mine(actor, sheet_id)
    chosen = sheet.parked_rows.waiting().filter(row_number__in=rows)
    named = sorted(chosen.values_list("row_number", flat=True))
    given_up = chosen.update(code=ParkedDose.GIVEN_UP)
    _counted(sheet, parked=-given_up)
    if named:
        Fact.tell("vaccination:dose-sheet:given-up", subject=sheet, moment=moment, officer=actor.officer, rows=named)
    return given_up


def _mine(actor: Actor, sheet_id: int) -> DoseSheet:
    found = DoseSheet.objects.visible_to(actor).defer("content").select_for_update().filter(pk=sheet_id).first()
    if found is None:
        raise NotHere(_("There is no such sheet, or not in your area."))
    return found
