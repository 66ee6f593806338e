"""Facts and what follows them: once, oldest first, and one refusal stops nothing else."""

from datetime import datetime

import pytest

from phaodai.foundation.models import Fact
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import SYSTEM, Actor, entering
from phaodai.playbook.actions import follow_facts
from phaodai.playbook.consequences import FOLLOWS, Consequence
from phaodai.territory.models import Unit
from tests.world import World

pytestmark = pytest.mark.django_db


def test_a_refused_consequence_undoes_itself_alone_and_leaves_its_words(
    world: World, moment: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    followed: list[int] = []

    def follows(*, actor: Actor, moment: datetime, subject_id: int) -> None:
        del actor, moment
        followed.append(subject_id)
        if subject_id == world.units["980"].pk:
            Unit.objects.filter(pk=subject_id).update(name="half done")
            raise Refusal("Huyện này đã đóng")

    monkeypatch.setitem(FOLLOWS, "test:unit:seen", (Consequence(key="test", title="", deed=follows),))
    with entering(SYSTEM, why="test"):
        facts = [
            Fact.tell("test:unit:seen", subject=world.units[code], moment=moment, officer=None)
            for code in ("980", "981")
        ]
        ignored = Fact.tell("test:unit:ignored", subject=world.units["98"], moment=moment, officer=None)
        assert follow_facts(actor=SYSTEM, moment=moment) >= 3
        while follow_facts(actor=SYSTEM, moment=moment):
            """What followed tells facts of its own."""
        told = [Fact.objects.get(pk=fact.pk) for fact in (*facts, ignored)]
    assert followed == [world.units["980"].pk, world.units["981"].pk]
    assert [fact.payload.get("refused") for fact in told] == ["Huyện này đã đóng", None, None]
    assert all(fact.followed_at == moment for fact in told)
    with entering(SYSTEM, why="test"):
        assert Unit.objects.get(pk=world.units["980"].pk).name == world.units["980"].name
