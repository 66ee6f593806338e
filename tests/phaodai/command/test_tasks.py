"""A task's way down the tiers and back up, told with the people of the small world."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from phaodai.command.actions import chasing, tasks
from phaodai.command.models import Progress, Task
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from tests.world import World

pytestmark = pytest.mark.django_db


def give(world: World, giver: str, body: str, moment: datetime, **changes: Any) -> Task:
    """The head of `giver` gives a task to `body`."""
    order = tasks.Order(**{"title": "Rà soát từng nhà", "deadline": moment + timedelta(days=4), **changes})
    with world.as_(giver) as actor:
        source = world.bodies[next(code for code, b in world.bodies.items() if b.pk == actor.organisation)]
        return tasks.give_task(actor=actor, moment=moment, giver=source, organisation=world.bodies[body], order=order)


def test_a_district_splits_and_a_commune_answers(world: World, moment: datetime) -> None:
    whole = give(world, "linh", "UBTH", moment)
    assert whole.head == world.officers["dat"]
    with world.as_("dat") as dat:
        parts = tasks.split_task(
            actor=dat,
            moment=moment,
            task_id=whole.pk,
            organisations=[world.bodies["UBTL"].pk, world.bodies["UBHX"].pk],
            title="Rà soát từng nhà trong xã",
            deadline=moment + timedelta(days=3),
        )
    assert {part.organisation.code for part in parts} == {"UBTL", "UBHX"}
    assert all(part.lineage == [whole.pk, part.pk] for part in parts)
    with world.as_("loc") as loc:
        mine = Task.objects.get(organisation=loc.organisation)
        upload = tasks.Upload("anh.jpg", "image/jpeg", b"\xff\xd8\xff\xe0 mot tam anh")
        tasks.report_progress(
            actor=loc, moment=moment, task_id=mine.pk, text="Xong 3/5 thôn", achieved=3, uploads=[upload]
        )
        tasks.report_done(actor=loc, moment=moment + timedelta(hours=5), task_id=mine.pk, text="Đủ 5 thôn")
    with world.as_("dat") as dat:
        done = tasks.accept_result(actor=dat, moment=moment + timedelta(days=9), task_id=mine.pk)
    assert done.state == Task.State.DONE
    assert done.done_at == moment + timedelta(hours=5), "the giver's delay is not the unit's"
    assert list(done.log.values_list("kind", flat=True).order_by("id")) == ["sent", "word", "reported", "accepted"]


def test_another_units_task_is_not_there(world: World, moment: datetime) -> None:
    task = give(world, "linh", "UBTH", moment)
    with world.as_("khoa") as khoa:
        assert not Task.objects.filter(pk=task.pk).exists()
        with pytest.raises(NotHere):
            tasks.take_task(actor=khoa, moment=moment, task_id=task.pk)
    with world.as_("ha"):
        assert not Task.objects.filter(pk=task.pk).exists(), "a department sees its own tasks alone"


def test_nobody_gives_work_to_a_unit_of_another_district(world: World, moment: datetime) -> None:
    with pytest.raises(NotAllowed):
        give(world, "dat", "UBXPK", moment)


def test_a_late_task_climbs_once_to_the_head_above(world: World, moment: datetime) -> None:
    task = give(world, "linh", "TTTH", moment, deadline=moment + timedelta(hours=2))
    from phaodai.foundation.scope import SYSTEM, entering

    with entering(SYSTEM):
        assert chasing.escalate_due(actor=SYSTEM, moment=moment + timedelta(hours=25)) == []
        climbed = chasing.escalate_due(actor=SYSTEM, moment=moment + timedelta(hours=26))
        assert [(c.task, c.officer) for c in climbed] == [(task.pk, world.officers["van"].pk)]
        assert chasing.escalate_due(actor=SYSTEM, moment=moment + timedelta(hours=27)) == []


def test_done_waits_for_open_parts(world: World, moment: datetime) -> None:
    whole = give(world, "linh", "UBTH", moment)
    with world.as_("dat") as dat:
        tasks.split_task(
            actor=dat,
            moment=moment,
            task_id=whole.pk,
            organisations=[world.bodies["UBTL"].pk],
            title="",
            deadline=moment + timedelta(days=1),
        )
        with pytest.raises(Refusal):
            tasks.report_done(actor=dat, moment=moment, task_id=whole.pk, text="xong")


def test_the_same_line_sent_twice_is_one_line(world: World, moment: datetime) -> None:
    from uuid import uuid4

    task, key = give(world, "linh", "UBTH", moment), uuid4()
    with world.as_("dat") as dat:
        for _again in range(2):
            tasks.report_progress(actor=dat, moment=moment, task_id=task.pk, text="Đang làm", key=key)
    with world.as_("dat"):
        assert Progress.objects.filter(task=task, kind=Progress.Kind.WORD).count() == 1
