"""The actions that set and tell the level of an area."""

from datetime import date
from typing import Any

from phaodai.containment.actions import deciding, indicators, levels
from phaodai.foundation.permissions import Permission
from tests.phaodai.site.action_rows.case import MORNING, Case, Given
from tests.story import Story
from tests.world import World


def _proposal(code: str, **more: Any) -> Given:
    return lambda _world, story: {"decision_id": story.proposals[code].pk, **more}


def _untold(world: World, story: Story) -> dict[str, Any]:
    """A level that was decided and that nobody was told of."""
    with world.as_("viet") as viet:
        done = deciding.decide_level(actor=viet, moment=MORNING, decision_id=story.proposals["98102"].pk)
    return {"decision_id": done.pk}


CASES = (
    Case(
        indicators.record_indicator,
        Permission.CONTAINMENT_INDICATOR_WRITE,
        "ngoc",
        lambda _w, _s: {"code": "98001", "week_ending": date(2021, 11, 21), "community_cases": 3},
        "phuc",
    ),
    Case(
        indicators.amend_indicator,
        Permission.CONTAINMENT_INDICATOR_WRITE,
        "ngoc",
        lambda _w, s: {"pk": s.figures["98001"].pk, "version": 1, "community_cases": 4},
        "phuc",
    ),
    Case(
        levels.compute_levels,
        Permission.CONTAINMENT_LEVEL_ASSESS,
        "dat",
        lambda w, _s: {"unit": w.units["980"], "on": date(2021, 11, 24)},
        "khoa",
    ),
    Case(deciding.decide_level, Permission.CONTAINMENT_LEVEL_DECIDE, "viet", _proposal("98102"), "sang"),
    Case(
        deciding.decide_together,
        Permission.CONTAINMENT_LEVEL_DECIDE,
        "viet",
        lambda _w, s: {"decision_ids": [s.proposals["98102"].pk]},
        "sang",
    ),
    Case(
        deciding.send_back,
        Permission.CONTAINMENT_LEVEL_DECIDE,
        "viet",
        _proposal("98102", reason="Chờ thêm một tuần"),
        "sang",
    ),
    Case(deciding.announce_level, Permission.CONTAINMENT_LEVEL_ANNOUNCE, "linh", _untold, "sang"),
)
