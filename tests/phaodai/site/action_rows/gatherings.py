"""The actions around gatherings and visits to places."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from phaodai.containment.actions import checks, checks_tasks, gatherings
from phaodai.containment.actions import gatherings_answering as answering
from phaodai.containment.models import CheckFinding, Gathering
from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import SYSTEM, entering
from tests.phaodai.site.action_rows.case import MORNING, Case
from tests.story import Story
from tests.world import World

KEY = UUID(int=77)
MARKET = ("masks", "hands", "crowd", "distance", "declaration", "surfaces", "responsible", "stalls")


def _wedding(**more: Any) -> Any:
    def given(_world: World, _story: Story) -> dict[str, Any]:
        with entering(SYSTEM):
            return {"gathering_id": Gathering.objects.get(venue="Mốc cưới Tân Lộc").pk, **more}

    return given


def _wedding_today(_world: World, _story: Story) -> dict[str, Any]:
    """The wedding of Tân Lộc, brought forward to this very day."""
    begins = MORNING + timedelta(hours=3)
    with entering(SYSTEM):
        wedding = Gathering.objects.get(venue="Mốc cưới Tân Lộc")
        Gathering.objects.filter(pk=wedding.pk).update(
            begins_at=begins, ends_at=begins + timedelta(hours=3), last_day=begins.date()
        )
    return {"gathering_id": wedding.pk, "counted": 30, "found": "kept", "key": KEY}


def _market(_world: World, _story: Story) -> dict[str, Any]:
    from phaodai.territory.models import Place

    with entering(SYSTEM):
        place = Place.objects.get(code="CHO-TL")
    seen = checks.Seen(dict.fromkeys(MARKET, "ok"), visited_at=datetime(2021, 11, 24, 6, tzinfo=MORNING.tzinfo))
    return {"place_id": place.pk, "seen": seen, "key": KEY}


def _finding(_world: World, _story: Story) -> dict[str, Any]:
    with entering(SYSTEM):
        return {"pk": CheckFinding.objects.get(item="masks").pk, "version": 1, "deadline": date(2021, 12, 2)}


CASES = (
    Case(
        gatherings.rule_on_gathering,
        Permission.CONTAINMENT_GATHERING_ANSWER,
        "loc",
        _wedding(outcome="limited", most=20, reason="Sân nhỏ"),
        "khoa",
    ),
    Case(gatherings.inspect_gathering, Permission.CONTAINMENT_INSPECTION_WRITE, "ngoc", _wedding_today, "phuc"),
    Case(gatherings.see_organiser, Permission.CONTAINMENT_INSPECTION_WRITE, "ngoc", _wedding(), "phuc"),
    Case(checks.record_check, Permission.CONTAINMENT_INSPECTION_WRITE, "ngoc", _market, "phuc"),
    Case(checks.give_more_time, Permission.CONTAINMENT_INSPECTION_WRITE, "ngoc", _finding, "phuc"),
)
MODULES = ("checks", "checks_tasks", "gatherings", "gatherings_answering", "photos")
CLOCKWORK = {
    *(answering.answer_again, answering.answer_under_new_law, answering.tend_gatherings),
    *(checks.tell_overdue, checks_tasks.ask_committee),
}
PUBLIC = {gatherings.announce_gathering, gatherings.withdraw_gathering}
