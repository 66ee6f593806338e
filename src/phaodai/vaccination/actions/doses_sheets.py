"""The verbs of sheets of doses: keep the sheet, write it step by step with the place reached, finish it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere
from phaodai.foundation.scope import Actor
from phaodai.rulebook.provincial import rulebook_for
from phaodai.vaccination.actions.doses_doubting import doubt_doses
from phaodai.vaccination.actions.doses_matching import ask_whose
from phaodai.vaccination.actions.doses_staging import write_rows
from phaodai.vaccination.models import DoseSheet, ParkedDose

PERMISSION = Permission.VACCINATION_DOSE_IMPORT


@dataclass(frozen=True)
class Parked:
    """A row that waits: its number, its cells as they came, and why."""

    number: int
    cells: Mapping[str, str]
    code: str
    reason: str


@dataclass(frozen=True)
class Step:
    """Some lines of a sheet: where they begin and end, the doses in the order of `STAGED`, and what waits."""

    begun: int
    reached: int
    rows: Sequence[Sequence[Any]]
    parked: Sequence[Parked]
    repeated: int = 0


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
def write_doses(*, actor: Actor, moment: datetime, sheet_id: int, step: Step) -> tuple[DoseSheet, list[int]]:
    """Write some lines and how far the sheet has come, in one transaction; returns the new doses of nobody too.

    A step that another process has written meanwhile is left alone; the sheet tells where to go on.
    """
    actor.require(PERMISSION)
    sheet = _mine(actor, sheet_id)
    if sheet.reached != step.begun or sheet.state != DoseSheet.State.RUNNING:
        return sheet, []
    written = write_rows(step.rows, moment=moment, officer=actor.officer)
    new = written.new
    doubted = doubt_doses(new, book=rulebook_for(sheet.province_id or None), moment=moment) if new else 0
    ParkedDose.objects.bulk_create(
        ParkedDose(
            sheet=sheet, row_number=one.number, cells=dict(one.cells), code=one.code[:20], reason=one.reason[:300]
        )
        for one in step.parked
    )
    counts = {
        "inserted": len(new), "had": len(step.rows) - len(new) + step.repeated, "parked": len(step.parked),
        "matched": len(new) - len(written.unmatched), "doubted": doubted,
    }  # fmt: skip
    for name, count in counts.items():
        setattr(sheet, name, F(name) + count)
    sheet.reached, sheet.version = step.reached, F("version") + 1
    sheet.save(update_fields=[*counts, "reached", "version", "updated_at"])
    sheet.refresh_from_db()
    return sheet, written.unmatched


@transaction.atomic
def finish_dose_sheet(*, actor: Actor, moment: datetime, sheet_id: int, doses: Sequence[int]) -> DoseSheet:
    """Say that the whole sheet was read, and ask about the identities that fit nobody."""
    actor.require(PERMISSION)
    sheet = _mine(actor, sheet_id)
    if sheet.state == DoseSheet.State.FINISHED:
        return sheet
    ask_whose(doses, moment, nearby=False)
    sheet.state, sheet.finished_at, sheet.version = DoseSheet.State.FINISHED, moment, sheet.version + 1
    sheet.save(update_fields=["state", "finished_at", "version", "updated_at"])
    counts = {name: getattr(sheet, name) for name in ("rows", "inserted", "had", "parked", "matched", "doubted")}
    Fact.tell("vaccination:dose-sheet:finished", subject=sheet, moment=moment, officer=actor.officer, **counts)
    return sheet


def _mine(actor: Actor, sheet_id: int) -> DoseSheet:
    found = DoseSheet.objects.visible_to(actor).defer("content").select_for_update().filter(pk=sheet_id).first()
    if found is None:
        raise NotHere(_("There is no such sheet, or not in your area."))
    return found
