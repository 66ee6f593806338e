"""The actions of claims after a dose, of what lies in which fridge, of teams and of sessions called off."""

from datetime import date
from typing import Any
from uuid import UUID

from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.vaccination.actions import (
    claims,
    cold_contents,
    cold_following,
    cold_lines,
    invitations,
    plan_tasks,
    sessions_team,
)
from phaodai.vaccination.actions.events import Report
from phaodai.vaccination.models import ColdLevel, ColdPlace, Invitation, LotHold, ReactionClaim, Session, SessionMember
from tests.phaodai.site.action_rows.case import MORNING, Case
from tests.story import Story
from tests.world import World

RUN, RECORD, EVENT = (
    Permission.VACCINATION_SESSION_RUN, Permission.VACCINATION_DOSE_RECORD, Permission.VACCINATION_EVENT_WRITE,
)  # fmt: skip
MODULES = (
    "claims", "cold_contents", "cold_following", "cold_levels", "cold_lines", "plan_tasks", "sessions_team", "turns",
)  # fmt: skip
CLOCKWORK = {
    cold_contents.hold_on,
    cold_following.hold_harmed,
    cold_lines.put_with,
    cold_lines.take_with,
    cold_lines.write_line,
    claims.tell_claims,
    plan_tasks.ask_call_back,
    plan_tasks.close_call_back,
    plan_tasks.close_decision,
    plan_tasks.close_once,
    plan_tasks.ask_decision,
    plan_tasks.give_once,
}
PUBLIC = {claims.send_claim}


def _session(_world: World, _story: Story) -> dict[str, Any]:
    with entering(SYSTEM):
        return {"session_id": Session.objects.get(name="Mốc buổi tiêm Tân Lộc").pk}


def _claim(**more: Any) -> Any:
    def given(_world: World, _story: Story) -> dict[str, Any]:
        with entering(SYSTEM):
            return {"claim_id": ReactionClaim.objects.get(words="Mốc sốt Tân Lộc").pk, **more}

    return given


def _fridge(**more: Any) -> Any:
    """Thirty vials in the fridge of Tân Lộc."""

    def given(_world: World, _story: Story) -> dict[str, Any]:
        with entering(SYSTEM):
            level = ColdLevel.objects.get(place__name="Mốc tủ lạnh Tân Lộc")
        return {"place_id": level.place_id, "lot_id": level.lot_id, "key": UUID(int=5), **more}

    return given


def _shelf(world: World, story: Story) -> dict[str, Any]:
    given: dict[str, Any] = _fridge(vials=4)(world, story)
    with world.as_("ngoc") as ngoc:
        cold_contents.move_vials(actor=ngoc, moment=MORNING, **given | {"key": UUID(int=4)})
    return given


def _discarded(world: World, story: Story) -> dict[str, Any]:
    given: dict[str, Any] = _fridge()(world, story)
    with entering(SYSTEM):
        place = ColdPlace.objects.get(pk=given["place_id"])
        hold = LotHold.objects.create(
            province_id=place.province_id, lot_id=given["lot_id"], store=place.store, place=place, vials=3,
            reason="Quá nóng", held_at=MORNING, outcome="discard", release_reason="Hỏng",
        )  # fmt: skip
    return {"hold_id": hold.pk}


def _member(world: World, story: Story) -> dict[str, Any]:
    session = _session(world, story)
    with entering(SYSTEM):
        return {**session, "member_id": SessionMember.objects.get(session=session["session_id"]).pk}


def _worker(world: World, story: Story) -> dict[str, Any]:
    from phaodai.care.models import Worker

    with entering(SYSTEM):
        body = world.bodies["TYTL"]
        worker = Worker.objects.create(
            code="NV-TL", name="Y sĩ", organisation=body, sort_key="y", search_key="y", **body.area.columns
        )
    return {**_session(world, story), "worker_id": worker.pk, "duty": "screening"}


def _off(world: World, story: Story) -> dict[str, Any]:
    session = _session(world, story)
    with entering(SYSTEM):
        Session.objects.filter(pk=session["session_id"]).update(
            state="cancelled", closed_at=MORNING, day=date(2021, 11, 25)
        )
        rows = Invitation.objects.filter(session=session["session_id"])
        rows.update(state="withdrawn", answered_at=MORNING)
        return {**session, "invitation_ids": list(rows.values_list("pk", flat=True))}


REPORT = Report("mild", "home", "sốt", MORNING)
CASES = (
    Case(claims.open_doors, RUN, "ngoc", _session, "phuc"),
    Case(claims.open_slips, RECORD, "ngoc", _session, "phuc"),
    Case(claims.confirm_claim, EVENT, "ngoc", _claim(report=REPORT), "phuc"),
    Case(claims.dismiss_claim, EVENT, "ngoc", _claim(verdict="ordinary"), "phuc"),
    Case(cold_contents.put_vials, RUN, "ngoc", _shelf, "phuc"),
    Case(cold_contents.move_vials, RUN, "ngoc", _fridge(vials=4), "phuc"),
    Case(cold_contents.count_fridge, RUN, "ngoc", _fridge(vials=29, reason="Vỡ một lọ"), "phuc"),
    Case(cold_contents.throw_away, RUN, "ngoc", _discarded, "phuc"),
    Case(invitations.write_told, RUN, "ngoc", _off, "phuc"),
    Case(sessions_team.join_team, RUN, "ngoc", _worker, "phuc"),
    Case(sessions_team.leave_team, RUN, "ngoc", _member, "phuc"),
)
