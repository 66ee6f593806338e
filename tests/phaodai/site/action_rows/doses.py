"""The actions of doses, identities and what follows a dose."""

from datetime import timedelta
from typing import Any

from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.vaccination.actions import (
    doses,
    doses_keeping,
    doses_settling,
    doses_sheets,
    events,
    events_tasks,
    identities,
)
from phaodai.vaccination.models import AdverseReaction, Dose, DoseDoubt, DoseSheet, IdentityQuestion, Session
from tests.phaodai.site.action_rows.case import MORNING, Case, Given
from tests.story import Story
from tests.world import World

MARK = "Mốc mũi tiêm Tân Lộc"
RECORD, DECIDE = Permission.VACCINATION_DOSE_RECORD, Permission.VACCINATION_IDENTITY_DECIDE
IMPORT, EVENT = Permission.VACCINATION_DOSE_IMPORT, Permission.VACCINATION_EVENT_WRITE
MODULES = (
    "doses", "doses_doubting", "doses_keeping", "doses_known", "doses_matching", "doses_settling", "doses_sheets",
    "doses_staging", "events", "events_tasks", "identities",
)  # fmt: skip
# Done by the action that has checked who asks.
CLOCKWORK = {
    doses_keeping.keep_doses,
    doses_keeping.put_aside,
    events_tasks.ask_council,
    events_tasks.ask_investigation,
}


def _of(model: Any, name: str, column: str, **more: Any) -> Given:
    def given(_world: World, _story: Story) -> dict[str, Any]:
        with entering(SYSTEM):
            return {name: model.objects.get(**{column: MARK}).pk, **more}

    return given


def _record() -> dict[str, Any]:
    with entering(SYSTEM):
        session = Session.objects.get(name="Mốc buổi tiêm Tân Lộc")
    return {
        "key": "6f4e3c52-9a0e-4a8e-8a6b-0c5f1f0f0a01", "session": session.pk, "number": 1, "product": "astrazeneca",
        "at": MORNING.isoformat(), "identity": {"name": "Lò Thị Mới", "born": "1980", "sex": "F"},
    }  # fmt: skip


def _batch(_world: World, _story: Story) -> dict[str, Any]:
    return {"batch": doses.Batch("may-1", MORNING.isoformat(), [_record()])}


def _look(_world: World, _story: Story) -> dict[str, Any]:
    return {"record": _record()}


def _kept(_world: World, story: Story) -> dict[str, Any]:
    return {"kept_id": story.persons["Tráng A Lộc"].pk}


def _parted(_world: World, story: Story) -> dict[str, Any]:
    return {"person_id": story.persons["Tráng A Lộc"].pk}


def _sheet(_world: World, _story: Story) -> dict[str, Any]:
    return {"name": "mui.csv", "content": b"x", "rows": 1}


def _named_sheet(**more: Any) -> Given:
    def given(_world: World, _story: Story) -> dict[str, Any]:
        with entering(SYSTEM):
            return {"sheet_id": DoseSheet.objects.get(name=f"{MARK}.xlsx").pk, **more}

    return given


def _serious(*, investigated: bool = False) -> Given:
    def given(_world: World, _story: Story) -> dict[str, Any]:
        with entering(SYSTEM):
            event = AdverseReaction.objects.get(dose__full_name=MARK)
            event.severity, event.investigated_at = "serious", MORNING if investigated else None
            event.save()
        return {"event_id": event.pk, "conclusion": "Phản vệ độ 2, xử trí đúng"}

    return given


_STEP = doses_sheets.Step(0, 1, {"key": []}, [])
_REPORT = events.Report("mild", "home", "sốt", MORNING - timedelta(hours=2))
_WAITS = {"settled": "stands", "reason": "Đã xem sổ"}
CASES = (
    Case(doses.receive_doses, RECORD, "ngoc", _batch, ""),
    Case(doses.look_before, RECORD, "ngoc", _look, ""),
    Case(doses_settling.settle_doubt, DECIDE, "ngoc", _of(DoseDoubt, "doubt_id", "dose__full_name", **_WAITS), "phuc"),
    Case(doses_sheets.receive_dose_sheet, IMPORT, "ngoc", _sheet, ""),
    Case(doses_sheets.write_doses, IMPORT, "ngoc", _named_sheet(step=_STEP), "phuc"),
    Case(doses_sheets.finish_dose_sheet, IMPORT, "ngoc", _named_sheet(), "phuc"),
    Case(doses_sheets.write_mended, IMPORT, "ngoc", _named_sheet(step=_STEP, rows=[3]), "phuc"),
    Case(doses_sheets.give_up_parked, IMPORT, "ngoc", _named_sheet(rows=[3]), "phuc"),
    Case(
        identities.decide_identity, DECIDE, "ngoc",
        _of(IdentityQuestion, "question_id", "dose__full_name", verdict="new", reason="Người mới đến"), "phuc",
    ),
    Case(identities.match_waiting, DECIDE, "ngoc", lambda _world, _story: {}, ""),
    Case(identities.follow_merge, DECIDE, "ngoc", _kept, "phuc"),
    Case(identities.follow_parting, DECIDE, "ngoc", _parted, "phuc"),
    Case(events.release_watched, RECORD, "ngoc", lambda _world, _story: {"session_id": _record()["session"]}, "phuc"),
    Case(events.report_event, EVENT, "ngoc", _of(Dose, "dose_id", "full_name", report=_REPORT), "phuc"),
    Case(
        events.grade_event, EVENT, "ngoc",
        _of(AdverseReaction, "event_id", "dose__full_name", severity="serious", outcome=""), "phuc",
    ),
    Case(events.investigated, EVENT, "ngoc", _serious(), "phuc"),
    Case(events.council_met, EVENT, "ngoc", _serious(investigated=True), "phuc"),
)  # fmt: skip
