"""What follows a signed level: the paper with its table, and tasks from its clauses with their deadlines and sources."""

from datetime import datetime, timedelta
from io import BytesIO

import pytest
from docx import Document as WordFile

import congvan
from phaodai.command.models import Document, OutgoingPaper, Task
from phaodai.command.outgoing import content_of
from phaodai.containment.actions.deciding import announce_level, decide_together
from phaodai.containment.actions.levels import compute_levels
from phaodai.containment.models import LevelDecision
from phaodai.containment.rules.duties import LONGEST, Turn, duties_of, measures_of
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.models import Fact
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.playbook.actions import follow_facts
from tests.phaodai.containment.weeks import tell_weeks
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def decided(world: World, moment: datetime) -> list[LevelDecision]:
    """Tân Lộc at level 3, short of older people with a full course; Hòa Xuân at level 1: signed together."""
    tell_weeks(world, "98001", (14, 10), elderly_full=1_599)
    tell_weeks(world, "98002", (0, 0))
    with entering(SYSTEM):
        compute_levels(actor=SYSTEM, moment=moment, unit=world.units["98"], on=moment.date())
        units = [world.units[code].pk for code in ("98001", "98002")]
        ids = list(LevelDecision.objects.waiting().filter(unit__in=units).values_list("pk", flat=True))
    with world.as_("viet") as viet:
        return decide_together(actor=viet, moment=moment, decision_ids=ids)


def announce(world: World, moment: datetime, decisions: list[LevelDecision]) -> None:
    with world.as_("viet") as viet:
        for one in decisions:
            announce_level(actor=viet, moment=moment, decision_id=one.pk)
    with entering(SYSTEM, why="follow"):
        follow_facts(actor=SYSTEM, moment=moment)


def test_one_paper_is_signed_with_its_number_in_the_book(world: World, decided: list[LevelDecision]) -> None:
    with world.as_("viet"):
        (paper,) = OutgoingPaper.objects.filter(level_decisions__in=decided).distinct()
        assert (paper.kind, paper.state, paper.number) == ("QĐ", "signed", decided[0].number)
        assert paper.signer_id == world.officers["viet"].pk
        assert [body.code for body in paper.addressed.all()] == ["UBTH"]


def test_the_paper_reads_back_as_a_decision_with_three_articles(world: World, decided: list[LevelDecision]) -> None:
    with world.as_("viet"):
        content = content_of(OutgoingPaper.objects.get(pk=decided[0].paper_id), "docx")
    reading = congvan.read(content, filename="qd.docx").as_json()
    assert reading["meta"]["doc_type"] == "QUYẾT ĐỊNH"
    assert {"128/NQ-CP", "4800/QĐ-BYT"} <= {f"{one['number']}/{one['symbol']}" for one in reading["references"]}
    articles = [one for one in reading["sections"] if one["id"].startswith("Đ")]
    assert [one["id"] for one in articles] == ["Đ1", "Đ2", "Đ3"]
    assert "cấp 3 (cam), từ 07 giờ 00 ngày 24/11/2021" in articles[0]["children"][0]["text"]
    table = WordFile(BytesIO(content)).tables[-2:]
    words = [cell.text for grid in table for row in grid.rows for cell in row.cells]
    assert {"Xã Tân Lộc", "120", "79,95%", "Xã Hòa Xuân"} <= set(words)


def test_the_paper_limits_nothing_that_nobody_has_verified(world: World, decided: list[LevelDecision]) -> None:
    with world.as_("viet"):
        body = OutgoingPaper.objects.get(pk=decided[0].paper_id).body
    assert "Tập trung đông người, hội họp: không tổ chức, hoặc tổ chức hạn chế" in body
    assert "vận tải hành khách" not in body.lower()
    assert "cấp 1 (xanh): không áp dụng biện pháp hạn chế" in body


def test_the_bodies_of_the_commune_and_its_district_get_tasks(
    world: World, moment: datetime, decided: list[LevelDecision]
) -> None:
    announce(world, moment, decided)
    with entering(SYSTEM):
        tasks = list(Task.objects.filter(sent_at=moment, giver=world.bodies["TU"]).select_related("clause", "document"))
    by_body = {(task.organisation_id, task.clause.path if task.clause else "") for task in tasks}
    bodies = world.bodies
    assert by_body == {
        (bodies["UBTL"].pk, "Đ3.1"), (bodies["UBTH"].pk, "Đ3.2"), (bodies["TTTH"].pk, "Đ3.3"), (bodies["TYTL"].pk, "Đ3.3"),
    }  # fmt: skip
    due = moment + timedelta(hours=12)
    assert {task.deadline - due for task in tasks if task.deadline} == {
        timedelta(0), timedelta(days=1), timedelta(days=2), timedelta(weeks=2),
    }  # fmt: skip
    (doses,) = [task for task in tasks if task.target]
    assert (doses.target, doses.measure_unit) == (1, "người")
    assert "4800/QĐ-BYT" in doses.measure


def test_the_copy_in_the_districts_book_is_settled_and_is_the_tree(
    world: World, moment: datetime, decided: list[LevelDecision]
) -> None:
    announce(world, moment, decided)
    with world.as_("dat"):
        (copy,) = Document.objects.filter(organisation=world.bodies["UBTH"], symbol__startswith="QĐ")
        assert copy.state == Document.State.DISPATCHED
        assert not copy.proposals.open().exists()
        assert copy.tasks.count() == 5
    with world.as_("loc"):
        assert Task.objects.owed_by(world.bodies["UBTL"].pk).filter(document=copy).count() == 2
        assert Document.objects.filter(pk=copy.pk).exists()


def test_facts_are_followed_once(world: World, moment: datetime, decided: list[LevelDecision]) -> None:
    announce(world, moment, decided)
    with entering(SYSTEM):
        before = Task.objects.count()
        follow_facts(actor=SYSTEM, moment=moment)
        assert Task.objects.count() == before
        told = Fact.objects.filter(kind="containment:level:announced")
        assert [fact.payload.get("refused") for fact in told] == [None, None]


@pytest.mark.parametrize(
    ("before", "after", "expected"), [(None, 1, 0), (None, 2, 0), (None, 3, 4), (2, 3, 4), (3, 2, 2), (1, 2, 4)]
)
def test_what_follows_a_turn(before: int | None, after: int, expected: int) -> None:
    begins = datetime(2021, 11, 25, 7, tzinfo=VIETNAM)
    turn = Turn("Xã Tân Lộc", before, after, begins, begins, limits=())
    assert len(duties_of(turn)) == expected


def test_a_measure_fits_into_a_task() -> None:
    from datetime import date

    from phaodai.containment.law import limits_of_level
    from phaodai.rulebook import load

    for level in (1, 2, 3, 4):
        for on in (date(2021, 8, 1), date(2021, 11, 24), date(2022, 2, 15)):
            assert len(measures_of(limits_of_level(load(), level, on))) <= LONGEST
