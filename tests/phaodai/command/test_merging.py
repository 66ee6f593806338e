"""Several sections in one task, and the question put when a running task nearly says the same."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from phaodai.command.actions import merging, sending, tasks
from phaodai.command.models import Document, Proposal, Task
from phaodai.command.rules.likeness import ALIKE, likeness
from phaodai.foundation.refusals import NotHere, Refusal
from tests.clients import sign_in
from tests.story import Story
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("one", "other", "asked"),
    [
        ("chuan bi 150 giuong benh xong truoc ngay 30 11 2021", "chuan bi 200 giuong benh xong truoc ngay 5 12 2021", True),
        ("ra soat tung nha trong xa", "ra soat tung nha trong xa", True),
        ("ra soat tung nha", "cach ly y te tai nha", False),
        ("chuan bi 150 giuong benh", "bao cao so giuong benh con trong truoc 16 gio hang ngay", False),
        ("150", "150", False),
    ],
)  # fmt: skip
def test_the_same_order_with_another_day_is_alike(one: str, other: str, asked: bool) -> None:
    assert (likeness(one, other) >= ALIKE) is asked


@given(st.text(), st.text())
def test_likeness_is_a_share(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, one) in (0, 1)


def proposal_at(document: Document, path: str) -> Proposal:
    return Proposal.objects.select_related("clause").get(document=document, clause__path=path)


def merged(world: World, story: Story, moment: datetime) -> Document:
    """Section 2 goes into the task of section 1."""
    document: Document = story.documents["Mốc giấy Hai"]
    with world.as_("linh") as linh:
        into, second = proposal_at(document, "1"), proposal_at(document, "2")
        merging.merge_proposals(actor=linh, moment=moment, proposal_id=second.pk, into_id=into.pk)
    return document


def test_two_sections_one_task(world: World, story: Story, moment: datetime) -> None:
    document = merged(world, story, moment)
    with world.as_("linh") as linh:
        into = proposal_at(document, "1")
        assert {body.code for body in into.addressees.all()} == {"UBTH", "UBPK", "SYT"}
        assert proposal_at(document, "2").state == Proposal.State.DROPPED
        sending.accept_proposal(actor=linh, moment=moment, proposal_id=into.pk)
        sent = sending.dispatch_document(actor=linh, moment=moment, document_id=document.pk)
        assert {task.organisation.code for task in sent} == {"UBTH", "UBPK", "SYT"}
        assert all([clause.path for clause in task.also_clauses.all()] == ["2"] for task in sent)
    url = f"/chi-huy/viec/{next(task.pk for task in sent if task.organisation.code == 'SYT')}"
    page = sign_in("van").get(url).content.decode()
    assert "mục 1</a> · <a" in page
    assert "mục 2</a>" in page
    back = sign_in("van").get(f"/chi-huy/van-ban/{document.pk}").content.decode()
    assert back.count(f'"{url}"') == 2


def test_a_merging_is_undone(world: World, story: Story, moment: datetime) -> None:
    document = merged(world, story, moment)
    linh = sign_in("linh")
    with world.as_("linh"):
        second = proposal_at(document, "2")
    page = linh.get(f"/chi-huy/van-ban/{document.pk}").content.decode()
    assert f"/chi-huy/de-xuat/{second.pk}/tach" in page
    assert linh.post(f"/chi-huy/de-xuat/{second.pk}/tach").status_code == 302
    with world.as_("linh"):
        assert proposal_at(document, "2").state == Proposal.State.PROPOSED
        assert not proposal_at(document, "1").also_clauses.exists()


def test_only_tasks_of_one_document_are_merged(world: World, story: Story, moment: datetime) -> None:
    with world.as_("linh") as linh:
        one = proposal_at(story.documents["Mốc giấy Hai"], "1")
        for into, kind in ((one.pk, Refusal), (0, NotHere)):
            with pytest.raises(kind):
                merging.merge_proposals(actor=linh, moment=moment, proposal_id=one.pk, into_id=into)


def running(world: World, moment: datetime, title: str, body: str = "SYT") -> Task:
    order = tasks.Order(title=title, deadline=moment + timedelta(days=9))
    with world.as_("linh") as linh:
        return tasks.give_task(
            actor=linh, moment=moment, giver=world.bodies["VPTU"], organisation=world.bodies[body], order=order
        )


def asked(world: World, document: Document) -> tuple[Proposal, list[Task]]:
    with world.as_("linh"):
        proposal = proposal_at(document, "2")
        return proposal, merging.running_alike(proposal)


def test_a_running_task_that_says_the_same_is_asked_about(world: World, story: Story, moment: datetime) -> None:
    document = story.documents["Mốc giấy Hai"]
    twin = running(world, moment, "Sở Y tế chuẩn bị 120 giường bệnh, hoàn thành trước ngày 15/11/2021")
    running(world, moment, "Sở Y tế chuẩn bị 120 giường bệnh, hoàn thành trước ngày 15/11/2021", "SCT")
    running(world, moment, "Tổng hợp báo cáo hằng ngày")
    proposal, found = asked(world, document)
    assert found == [twin]
    linh = sign_in("linh")
    assert f'value="gop-{twin.pk}"' in linh.get(f"/chi-huy/van-ban/{document.pk}?viec={proposal.pk}").content.decode()
    linh.post(f"/chi-huy/van-ban/{document.pk}/nhan-chac-chan")
    with world.as_("linh"):
        assert proposal_at(document, "2").state == Proposal.State.PROPOSED, "a doubtful duplicate waits for a person"


def answer(world: World, document: Document, word: str, task: Task) -> Any:
    with world.as_("linh"):
        proposal = proposal_at(document, "2")
    return sign_in("linh").post(f"/chi-huy/de-xuat/{proposal.pk}/trung", {"answer": f"{word}-{task.pk}"})


TWIN = "Sở Y tế chuẩn bị 120 giường bệnh, hoàn thành trước ngày 15/11/2021"


def test_merged_into_the_running_task(world: World, story: Story, moment: datetime) -> None:
    document, twin = story.documents["Mốc giấy Hai"], running(world, moment, TWIN)
    assert answer(world, document, "gop", twin).status_code == 302
    with world.as_("van"):
        assert [clause.path for clause in twin.also_clauses.all()] == ["2"]
        assert "62/UBND-VX" in twin.log.order_by("-id")[0].text
        assert Document.objects.filter(pk=document.pk).exists(), "the unit may read the paper that asks"
    with world.as_("linh"):
        assert proposal_at(document, "2").state == Proposal.State.DROPPED


def test_the_running_task_replaced(world: World, story: Story, moment: datetime) -> None:
    document, twin = story.documents["Mốc giấy Hai"], running(world, moment, TWIN)
    answer(world, document, "thay", twin)
    with world.as_("linh"):
        twin.refresh_from_db()
        assert twin.state == Task.State.CANCELLED
        assert "62/UBND-VX" in twin.log.order_by("-id")[0].text
        assert proposal_at(document, "2").addressees.filter(code="SYT").exists()


def test_both_kept_and_not_asked_again(world: World, story: Story, moment: datetime) -> None:
    document, twin = story.documents["Mốc giấy Hai"], running(world, moment, TWIN)
    answer(world, document, "giu", twin)
    assert asked(world, document)[1] == []
    assert answer(world, document, "khac", twin).status_code == 422


def test_a_task_of_another_unit_is_no_twin(world: World, story: Story, moment: datetime) -> None:
    other = running(world, moment, TWIN, "SCT")
    with world.as_("linh") as linh:
        proposal = proposal_at(story.documents["Mốc giấy Hai"], "2")
        with pytest.raises(NotHere):
            merging.join_running(actor=linh, moment=moment, proposal_id=proposal.pk, task_id=other.pk)


def test_the_database_lets_the_giver_alone_say_what_a_task_carries_out(world: World, story: Story) -> None:
    task = story.tasks["Mốc Thuận Hòa"]
    sql = "insert into command_task_also_clauses (task_id, clause_id) select %s, id from command_clause where document_id = %s"
    values = [task.pk, story.documents["Mốc giấy Một"].pk]
    with world.as_("linh"), connection.cursor() as cursor:
        cursor.execute(sql, values)
        assert cursor.rowcount == 3
        cursor.execute("delete from command_task_also_clauses")
        assert cursor.rowcount == 0
    with world.as_("khoa"), connection.cursor() as cursor:
        cursor.execute("select count(*) from command_task_also_clauses")
        assert cursor.fetchone() == (0,)
    with world.as_("dat"), pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
