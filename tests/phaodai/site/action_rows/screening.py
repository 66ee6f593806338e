"""The actions of door-to-door screening."""

from datetime import date
from typing import Any

from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.surveillance.actions import rounds, screening, screening_requests, screening_teams
from phaodai.surveillance.models import RefusedVisit, Round, ScreeningFinding, Team, TestRequest
from tests.phaodai.site.action_rows.case import MORNING, Case
from tests.story import Story
from tests.story_screening import ROUNDS
from tests.world import World

PLAN = Permission.SURVEILLANCE_SCREENING_PLAN
RECORD = Permission.SURVEILLANCE_SCREENING_RECORD


def _next_round(world: World, _story: Story) -> dict[str, Any]:
    days = {"starts_on": date(2021, 12, 1), "ends_on": date(2021, 12, 3)}
    return {"unit": world.units["98001"], "name": "Vòng 2", **days}


def _round() -> int:
    with entering(SYSTEM):
        return Round.objects.get(name=ROUNDS[0][0]).pk


def _household(story: Story) -> int:
    return int(story.persons["Tráng A Lộc"].household_id)


def _batch(_world: World, story: Story) -> dict[str, Any]:
    found = [{"person": story.persons["Tráng A Lộc"].pk, "state": "well"}]
    record = {
        "key": "6f4e3c52-9a0e-4a8e-8a6b-0c5f1f0f0001", "round": _round(), "household": _household(story),
        "at": MORNING.isoformat(), "findings": found,
    }  # fmt: skip
    return {"batch": screening.Batch("may-1", MORNING.isoformat(), [record])}


def _move(_world: World, story: Story) -> dict[str, Any]:
    with entering(SYSTEM):
        team = Team.objects.get(name="Tổ 3")
    return {"household_ids": [_household(story)], "team_id": team.pk}


def _only(model: Any, key: str, **more: Any) -> Any:
    def given(_world: World, _story: Story) -> dict[str, Any]:
        with entering(SYSTEM):
            return {key: model.objects.get().pk, **more}

    return given


CASES = (
    Case(rounds.plan_round, PLAN, "ngoc", _next_round, "phuc"),
    Case(rounds.amend_round, PLAN, "ngoc", lambda _w, _s: {"pk": _round(), "version": 1, "name": "Vòng 1"}, "phuc"),
    Case(rounds.close_round, PLAN, "ngoc", lambda _w, _s: {"round_id": _round()}, "phuc"),
    Case(screening_teams.share_households, PLAN, "ngoc", lambda w, _s: {"commune": w.units["98001"]}, "phuc"),
    Case(screening_teams.move_households, PLAN, "ngoc", _move, "phuc"),
    Case(screening.receive_batch, RECORD, "ngoc", _batch, ""),
    Case(screening_requests.request_sample, RECORD, "ngoc", _only(ScreeningFinding, "finding_id"), "phuc"),
    Case(
        screening_requests.decline_sample, PLAN, "ngoc", _only(TestRequest, "request_id", reason="Đã lấy mẫu"), "phuc"
    ),
    Case(screening_requests.drop_refused, PLAN, "ngoc", _only(RefusedVisit, "refused_id"), "phuc"),
)
