"""Care at home: begun by the rule, read twice a day, alarms passed on until somebody answers, ended with its reason."""

import pytest

from phaodai.care.models import HomeCare
from phaodai.foundation.scope import SYSTEM, entering
from tests.story import Story
from tests.world import World

pytestmark = pytest.mark.django_db


def test_story(world: World, story: Story) -> None:
    with entering(SYSTEM):
        assert HomeCare.objects.count() == 3
