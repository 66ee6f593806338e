"""The answers to proposed steps."""

from typing import Any

from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.playbook import actions
from phaodai.playbook.models import Step
from tests.phaodai.site.action_rows.case import Case
from tests.story import Story
from tests.world import World


def _step(_world: World, _story: Story) -> dict[str, Any]:
    with entering(SYSTEM):
        return {"pk": Step.objects.get(about="Mốc ca 1").pk}


def _declined(world: World, story: Story) -> dict[str, Any]:
    return {**_step(world, story), "reason": "Đã báo dân từ hôm qua"}


CASES = (
    Case(actions.accept_step, Permission.PLAYBOOK_STEP_DECIDE, "ngoc", _step, "phuc"),
    Case(actions.decline_step, Permission.PLAYBOOK_STEP_DECIDE, "ngoc", _declined, "phuc"),
)
