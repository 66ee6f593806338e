"""The actions of claims after a dose, of what lies in which fridge, of teams and of sessions called off."""

from datetime import date
from typing import Any

from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.vaccination.actions import claims, cold_contents, invitations, plan_tasks, sessions_team
from phaodai.vaccination.actions.events import Report
from phaodai.vaccination.models import ColdPlace, Invitation, Keeping, ReactionClaim, Session, SessionMember
from tests.phaodai.site.action_rows.case import MORNING, Case
from tests.story import Story
from tests.world import World

RUN, RECORD, EVENT = (
    Permission.VACCINATION_SESSION_RUN, Permission.VACCINATION_DOSE_RECORD, Permission.VACCINATION_EVENT_WRITE,
)  # fmt: skip
MODULES = ("claims", "cold_contents", "plan_tasks", "sessions_team", "turns")
CLOCKWORK = {claims.tell_claims, plan_tasks.ask_call_back, plan_tasks.ask_decision, plan_tasks.give_once}
PUBLIC = {claims.send_claim}


def _session(_world: World, _story: Story) -> dict[str, Any]:
    with entering(SYSTEM):
        return {"session_id": Session.objects.get(name="Mốc buổi tiêm Tân Lộc").pk}


def _claim(**more: Any) -> Any:
    def given(_world: World, _story: Story) -> dict[str, Any]:
        with entering(SYSTEM):
            return {"claim_id": ReactionClaim.objects.get(words="Mốc sốt Tân Lộc").pk, **more}

    return given


def _keeping() -> Keeping:
    with entering(SYSTEM):
        return Keeping.objects.get(place__name="Mốc tủ lạnh Tân Lộc")


def _fridge(_world: World, _story: Story) -> dict[str, Any]:
    first = _keeping()
    with entering(SYSTEM):
        area = {name: getattr(first, name) for name in ("province_id", "district_id", "commune_id")}
        second = ColdPlace.objects.create(
            name="Tủ số 2", kind="fridge", organisation=first.place.organisation, store=first.place.store, low=2, high=8,
            sort_key="tu", search_key="tu", **area,
        )  # fmt: skip
    return {"place_id": second.pk, "lot_id": first.lot_id}


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
    Case(cold_contents.put_lot, RUN, "ngoc", _fridge, "phuc"),
    Case(cold_contents.move_lot, RUN, "ngoc", lambda _w, _s: {"keeping_id": _keeping().pk, "to_id": None}, "phuc"),
    Case(invitations.write_told, RUN, "ngoc", _off, "phuc"),
    Case(sessions_team.join_team, RUN, "ngoc", _worker, "phuc"),
    Case(sessions_team.leave_team, RUN, "ngoc", _member, "phuc"),
)
