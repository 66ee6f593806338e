"""Checklists as data, the visit kept once, findings and their second visit, shares with intervals, work that follows."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phaodai.command.actions.documents import Upload
from phaodai.containment.actions import checks
from phaodai.containment.actions.checks_tasks import ask_committee
from phaodai.containment.models import Check, CheckFinding
from phaodai.containment.rules.checklists import FOLDER, checklist_for, checklists, read_checklists
from phaodai.containment.rules.checks import Spot, due_on, in_walking_order, kilometres, share_of
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.rulebook import load
from phaodai.rulebook.errors import PackError
from phaodai.territory.models import Place
from tests.story import Story
from tests.world import World

MARKET = ("masks", "hands", "crowd", "distance", "declaration", "surfaces", "responsible", "stalls")


def test_every_kind_that_the_work_names_has_a_checklist() -> None:
    names = {"office", "factory", "market", "school", "hospital", "transport", "restaurant", "worship"}
    assert set(checklists()) == names
    kinds = set(Place.Kind.values)
    for one in checklists().values():
        assert set(one.places) <= kinds
        assert len({item.id for item in one.items}) == len(one.items) >= 7
        for item in one.items:
            assert item.own == (not item.confidence)
            assert item.days > 0
    market = checklist_for("market")
    assert market is not None
    assert tuple(item.id for item in market.items) == MARKET
    assert checklist_for("home") is None


BROKEN = (
    ("common.toml", 'document = "BYT 5K"', 'document = "999/XX"', 7, "unknown document '999/XX'"),
    ("common.toml", 'confidence = "B"', 'confidence = "C"', 8, "confidence must be A or B"),
    ("common.toml", "own = true\ndays", 'own = true\nconfidence = "B"\ndays', 62, "unknown or contradicting key"),
    ("market.toml", '"stalls"]', '"stall"]', 8, "no item 'stall'"),
    ("market.toml", "version = 1\n", "", 1, "'version' is missing"),
    ("school.toml", '["school"]', '["market", "school"]', 6, "already"),
    ("market.toml", "[checklist]", "[checklist", 1, "not valid TOML"),
)


@pytest.mark.parametrize(("name", "old", "new", "line", "problem"), BROKEN, ids=[row[4] for row in BROKEN])
def test_a_broken_file_is_named_with_its_line(
    name: str, old: str, new: str, line: int, problem: str, tmp_path: Path
) -> None:
    for path in FOLDER.glob("*.toml"):
        (tmp_path / path.name).write_text(path.read_text("utf-8"), "utf-8")
    broken = tmp_path / name
    broken.write_text(broken.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(PackError) as error:
        read_checklists(tmp_path, load("covid-19").documents)
    assert problem in str(error.value)
    assert str(error.value).startswith(f"{name}:{line}:")


# Brown, Cai and DasGupta (2001) and any table of Wilson's interval at 95%: 8 of 10 is 0.490 to 0.943, 0 of 10 is 0 to 0.278.
@pytest.mark.parametrize(
    ("met", "visited", "low", "high"),
    [(8, 10, 0.4902, 0.9433), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (0, 0, 0, 1)],
)
def test_wilson_by_known_figures(met: int, visited: int, low: float, high: float) -> None:
    found = share_of(met, visited)
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-4)


@given(st.integers(0, 500), st.integers(0, 500))
def test_wilson_holds_the_share_and_narrows(met: int, more: int) -> None:
    found = share_of(met, met + more)
    assert 0 <= found.low <= found.high <= 1
    if found.value is not None:
        assert found.low <= found.value <= found.high
        wider = share_of(met * 4, (met + more) * 4)
        assert wider.high - wider.low < found.high - found.low
    with pytest.raises(ValueError, match="of"):
        share_of(met + more + 1, met + more)


def test_who_is_due_and_in_which_order() -> None:
    today = date(2021, 11, 24)
    assert due_on(None, 7, None, today) == today
    assert due_on(date(2021, 11, 20), 7, None, today) == date(2021, 11, 27)
    assert due_on(date(2021, 11, 20), 7, date(2021, 11, 22), today) == date(2021, 11, 22)
    spots = [Spot(pk, today, longitude=105.0 + pk / 100, latitude=21.0) for pk in (4, 1, 3)]
    unknown = Spot(9, today)
    walked = in_walking_order([*spots, unknown], (105.0, 21.0))
    assert [one.place for one in walked] == [1, 3, 4, 9]
    assert [one.place for one in in_walking_order(spots)] == [1, 3, 4]
    # One degree of latitude is 111.2 km on a sphere of 6,371 km.
    assert kilometres((105.0, 21.0), (105.0, 22.0)) == pytest.approx(111.19, abs=0.01)


def _market() -> int:
    with entering(SYSTEM):
        return Place.objects.get(code="CHO-TL").pk


@pytest.mark.django_db
def test_a_visit_its_findings_and_the_second_visit(world: World, story: Story, moment: datetime) -> None:
    place, photo = _market(), Upload("quay.jpg", "image/jpeg", b"\xff\xd8\xff\xe0 anh")
    answers = dict.fromkeys(MARKET, "ok") | {"masks": "not", "hands": "not", "stalls": "na"}
    seen = checks.Seen(
        answers, {"hands": "Hết xà phòng"}, photos=[("hands", photo)], visited_at=moment + timedelta(days=1)
    )
    with world.as_("ngoc") as ngoc:
        made = checks.record_check(actor=ngoc, moment=moment, place_id=place, seen=seen, key=UUID(int=1))
        assert checks.record_check(actor=ngoc, moment=moment, place_id=place, seen=seen, key=UUID(int=1)) == made
        # A phone whose clock is a day ahead: the hour at which the visit came in counts.
        assert made.visited_at == moment
        assert (made.asked, made.failed, made.complies, made.photos.count()) == (7, 2, False, 1)
        waiting = {one.item: one for one in CheckFinding.objects.filter(place_id=place).open()}
        assert set(waiting) == {"masks", "hands"}
        assert waiting["masks"].check_made != made, "what was found before stays one finding, with its first deadline"
        assert (waiting["hands"].deadline, waiting["hands"].note) == (date(2021, 11, 26), "Hết xà phòng")
        half = checks.Seen({"masks": "ok", "hands": "not"}, visited_at=moment - timedelta(hours=3))
        second = checks.record_check(actor=ngoc, moment=moment, place_id=place, seen=half, key=UUID(int=2), again=True)
        assert [one["item"] for one in second.answers] == ["masks", "hands"]
        assert (second.complies, second.visited_at) == (False, moment - timedelta(hours=3))
        last = checks.Seen({"hands": "ok"})
        third = checks.record_check(actor=ngoc, moment=moment, place_id=place, seen=last, key=UUID(int=3), again=True)
        assert third.complies
        assert not CheckFinding.objects.filter(place_id=place).open().exists()
        with pytest.raises(Refusal, match=r"\w+ \w+"):
            checks.record_check(actor=ngoc, moment=moment, place_id=place, seen=last, key=UUID(int=4), again=True)


@pytest.mark.django_db
def test_a_visit_that_cannot_be_kept_says_why(world: World, story: Story, moment: datetime) -> None:
    place, whole = _market(), dict.fromkeys(MARKET, "ok")
    cases: tuple[tuple[dict[str, Any], str], ...] = (
        ({"seen": checks.Seen({"masks": "ok"})}, "hands"),
        ({"seen": checks.Seen(whole, photos=[("masks", Upload("a.pdf", "application/pdf", b"%PDF-1.4"))])}, "photo"),
    )
    for number, (given_now, named) in enumerate(cases):
        with world.as_("ngoc") as ngoc:
            with pytest.raises(Refusal) as refusal:
                checks.record_check(actor=ngoc, moment=moment, place_id=place, key=UUID(int=20 + number), **given_now)
            assert refusal.value.field == named
    with entering(SYSTEM):
        Place.objects.filter(pk=place).update(kind="home")
    with world.as_("ngoc") as ngoc, pytest.raises(Refusal):
        checks.record_check(actor=ngoc, moment=moment, place_id=place, seen=checks.Seen(whole), key=UUID(int=30))
    with entering(SYSTEM):
        Place.objects.filter(pk=place).update(closed_on=moment.date())
    with world.as_("ngoc") as ngoc, pytest.raises(Refusal):
        checks.record_check(actor=ngoc, moment=moment, place_id=place, seen=checks.Seen(whole), key=UUID(int=31))
    with entering(SYSTEM):
        assert not Check.objects.filter(key__in=[UUID(int=number) for number in (20, 21, 30, 31)]).exists()


@pytest.mark.django_db
def test_what_stays_open_becomes_a_task_once(world: World, story: Story, moment: datetime) -> None:
    late = moment + timedelta(days=8)
    with entering(SYSTEM):
        found, other = CheckFinding.objects.order_by("pk")
        assert not checks.tell_overdue(actor=SYSTEM, moment=moment)
        assert set(checks.tell_overdue(actor=SYSTEM, moment=late)) == {found, other}
        assert not checks.tell_overdue(actor=SYSTEM, moment=late)
        task = ask_committee(actor=SYSTEM, moment=late, subject_id=found.pk)
        assert task is not None
        assert (task.organisation.code, task.giver.code) == ("UBTL", "UBTH")
        assert "Chợ Tân Lộc" in task.title
        assert ask_committee(actor=SYSTEM, moment=late, subject_id=found.pk) == task
        found.refresh_from_db()
        assert found.task == task
        found.state, found.remedied_at = "remedied", late
        found.save()
        assert ask_committee(actor=SYSTEM, moment=late, subject_id=found.pk) is None
