"""The actions at checkpoints, and those that follow an arrival."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from phaodai.containment.actions import (
    arrivals,
    arrivals_deciding,
    arrivals_handing,
    checkpoints,
    declarations,
)
from phaodai.containment.models import Arrival, Checkpoint, Declaration, Monitoring, Site
from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import SYSTEM, entering
from tests.phaodai.site.action_rows.case import LATER, MORNING, Case, Given
from tests.story import Story
from tests.story_arrivals import REFERENCE
from tests.world import World

LOG, WRITE, MANAGE = (
    Permission.CONTAINMENT_ARRIVAL_LOG,
    Permission.CONTAINMENT_STAY_WRITE,
    Permission.CONTAINMENT_CHECKPOINT_MANAGE,
)
MODULES = ("arrivals", "arrivals_deciding", "arrivals_handing", "arrivals_traveller", "checkpoints", "declarations")
PUBLIC = {declarations.declare}
# Asked by an action under its own check: the person behind an arrival.
CLOCKWORK = {arrivals_handing.person_of}


def gate() -> Checkpoint:
    """The checkpoint of Tân Lộc."""
    with entering(SYSTEM):
        return Checkpoint.objects.select_related("organisation").get(organisation__code="TYTL")


def _arrival(name: str, **more: Any) -> Given:
    def given(_world: World, _story: Story) -> dict[str, Any]:
        with entering(SYSTEM):
            return {"arrival_id": Arrival.objects.get(full_name=name).pk, **more}

    return given


def _placed(world: World, story: Story) -> dict[str, Any]:
    with entering(SYSTEM):
        site = Site.objects.visible_to(world.actor("ngoc")).open().order_by("pk")[0]
    return _arrival("Mốc nơi Tân Lộc", site_id=site.pk)(world, story)


def _monitoring(**more: Any) -> Given:
    def given(_world: World, _story: Story) -> dict[str, Any]:
        with entering(SYSTEM):
            return {"monitoring_id": Monitoring.objects.get(arrival__full_name="Mốc dõi Tân Lộc").pk, **more}

    return given


def _said(world: World) -> Any:
    from phaodai.containment.actions.arrivals_traveller import Said

    return Said("Lò Thị Mới", world.units["98001"], origin=world.units["97"])


def _coach(_world: World, _story: Story) -> dict[str, Any]:
    with entering(SYSTEM):
        passengers = Declaration.objects.filter(reference=REFERENCE).values_list("pk", flat=True)
        return {"group_id": gate().groups.get().pk, "declaration_ids": list(passengers)}


CASES = (
    Case(
        checkpoints.open_checkpoint, MANAGE, "viet",
        lambda w, _s: {"name": "Chốt mới", "organisation": w.bodies["UBTL"]}, "khoa",
    ),
    Case(
        checkpoints.amend_checkpoint, MANAGE, "viet",
        lambda _w, _s: {"pk": gate().pk, "version": 1, "phone": "0260 3 868 686"}, "khoa",
    ),
    Case(checkpoints.close_checkpoint, MANAGE, "viet", lambda _w, _s: {"checkpoint_id": gate().pk}, "khoa"),
    Case(
        checkpoints.put_on_duty, LOG, "ngoc",
        lambda _w, _s: {"checkpoint_id": gate().pk, "name": "Lò Trực", "starts_at": MORNING, "ends_at": LATER}, "phuc",
    ),
    Case(
        checkpoints.note_origin_level, LOG, "ngoc",
        lambda w, _s: {"unit": w.units["97001"], "level": 2, "since": date(2021, 11, 22), "source": "Trang của tỉnh"}, "",
    ),
    Case(
        arrivals.log_arrival, LOG, "ngoc",
        lambda w, _s: {"checkpoint_id": gate().pk, "recorded": arrivals.Recorded(UUID(int=777)), "said": _said(w)}, "phuc",
    ),
    Case(
        arrivals.expect_group, LOG, "ngoc",
        lambda _w, _s: {"checkpoint_id": gate().pk, "plate": "97B-999.99", "expected_at": MORNING + timedelta(hours=5)}, "phuc",
    ),
    Case(arrivals.log_group, LOG, "ngoc", _coach, "phuc"),
    Case(arrivals_deciding.ask_again, LOG, "ngoc", _arrival("Mốc đến Tân Lộc"), "phuc"),
    Case(
        arrivals_deciding.decide_arrival, WRITE, "ngoc",
        _arrival("Mốc đến Tân Lộc", outcome="home", days=7, reason="Công văn 12/SYT"), "phuc",
    ),
    Case(arrivals_handing.take_over, WRITE, "ngoc", _arrival("Mốc thăm Tân Lộc"), "phuc"),
    Case(arrivals_handing.place_at_site, WRITE, "ngoc", _placed, "phuc"),
    Case(arrivals_handing.end_quarantine, WRITE, "ngoc", _arrival("Mốc hết Tân Lộc"), "phuc"),
    Case(arrivals_handing.note_monitoring, WRITE, "ngoc", _monitoring(word="well"), "phuc"),
    Case(arrivals_handing.stop_monitoring, WRITE, "ngoc", _monitoring(reason="Đã thành F1"), "phuc"),
)  # fmt: skip
