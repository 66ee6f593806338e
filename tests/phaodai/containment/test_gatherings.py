"""Gatherings: the rule for each kind, level and day; the answer looked at again; the commune; the day itself."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from phaodai.command.actions.documents import Upload
from phaodai.containment.actions import gatherings
from phaodai.containment.actions.gatherings_answering import answer_again, answer_under_new_law, tend_gatherings
from phaodai.containment.models import Gathering, LevelDecision
from phaodai.containment.rules.gatherings import Asked, answer
from phaodai.foundation.models import Fact
from phaodai.foundation.public import Visitor
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import STRANGER, SYSTEM, entering, know_reference
from phaodai.rulebook import load
from phaodai.rulebook.overlay import OverlayEntry
from phaodai.rulebook.words import Words
from tests.world import World

RULES = """
# day        regime  kind      in  people  outcome  most
2020-03-29   15      wedding   yes 40      limited  20
2020-03-29   15      wedding   yes 20      limited  20
2020-03-29   15      funeral   no  40      limited  9
2020-03-29   15      worship   yes 40      limited  19
2020-03-27   15      wedding   yes 40      open     -
2020-04-05   16      wedding   yes 40      stopped  -
2020-04-05   16      worship   yes 5       stopped  -
2020-04-05   16      market    no  200     open     -
2020-05-05   19      meeting   yes 40      limited  30
2020-05-05   19      festival  no  25      stopped  -
2020-05-05   19      worship   yes 40      limited  -
2020-06-05   none    wedding   yes 40      open     -
2021-06-05   1       wedding   yes 400     allowed  -
2021-06-05   2       wedding   yes 40      limited  -
2021-06-05   3       wedding   yes 40      limited  30
2021-06-05   3       wedding   yes 30      limited  30
2021-06-05   3       festival  no  40      limited  9
2021-06-05   4       wedding   yes 40      stopped  -
2021-06-05   4       other     no  2       limited  2
2021-06-05   1       worship   yes 40      open     -
2021-10-10   4       funeral   yes 40      stopped  -
2021-10-11   4       funeral   yes 40      limited  -
2021-11-27   1       wedding   yes 400     allowed  -
2021-11-27   2       meeting   yes 40      limited  -
2021-11-27   3       wedding   yes 40      limited  -
2021-11-27   1       worship   yes 40      allowed  -
2021-11-27   2       worship   yes 40      limited  -
2021-11-27   3       worship   yes 40      open     -
2021-11-27   4       worship   yes 40      open     -
2021-11-27   3       market    no  300     allowed  -
2021-11-27   4       market    no  300     limited  -
2021-11-27   1       election  yes 900     open     -
2021-11-27   -       wedding   yes 40      open     -
"""
CASES = [line.split() for line in RULES.strip().splitlines()[1:]]


@pytest.mark.parametrize("case", CASES, ids=" ".join)
def test_the_answer_of_each_regime(case: list[str]) -> None:
    day, regime, kind, inside, people, outcome, most = case
    level = int(regime) if regime in "1234" and len(regime) == 1 else None
    directive = regime if regime in ("15", "16", "19") else "none"
    found = answer(
        load("covid-19"), date.fromisoformat(day), Asked(kind, int(people), inside == "yes", level, directive)
    )
    assert (found.outcome, str(found.most or "-")) == (outcome, most)
    assert found.words.vi
    assert found.words.en


def test_who_hears_from_a_person() -> None:
    """What cannot be concluded, what has no number, and a family in mourning."""
    book, day = load("covid-19"), date(2021, 6, 5)

    def asks(kind: str, level: int) -> bool:
        return answer(book, day, Asked(kind, 40, indoors=True, level=level)).asks_commune(kind)

    assert asks("wedding", 2)
    assert asks("worship", 1)
    assert not asks("wedding", 4)
    assert asks("funeral", 4)
    assert not asks("funeral", 1)


def test_a_number_that_the_province_signed_for_limits() -> None:
    """A district of Hà Nội at level 3 in December 2021: 20 in a room, 10 in public (rulebook-facts, 1.4)."""
    book = load("covid-19")
    words = Words("Tỉnh: dừng khi đông hơn.", "The province: stopped above that.")
    common: dict[str, Any] = {
        "table": "measures", "begin": date(2021, 10, 11), "end": None, "then": "stopped", "scope": "98", "clause": "1",
        "document": book.documents["128/NQ-CP"], "signed_by": "x", "signed_on": date(2021, 11, 1), "reason": words,
    }  # fmt: skip
    over = [
        OverlayEntry(row=f"province-{limit}", when=when, **common)
        for limit, when in (
            (20, {"activity": "gatherings", "level": 3, "people": "> 20", "indoors": True}),
            (10, {"activity": "gatherings", "level": 3, "people": "> 10", "indoors": False}),
        )
    ]
    signed = book.with_overlay(over)
    for indoors, most in ((True, 20), (False, 10)):
        found = answer(signed, date(2021, 11, 27), Asked("wedding", 40, indoors=indoors, level=3))
        assert (found.outcome, found.most) == ("limited", most)


def announce(world: World, moment: datetime, **more: Any) -> Gathering:
    """As a stranger at the public form does, and read again as the installation sees it."""
    begins = moment + timedelta(days=3)
    values: dict[str, Any] = {
        "kind": "wedding", "organiser_name": "Sùng Thị Mua", "organiser_phone": "0912 345 678", "unit": world.units["98001"],
        "venue": "Nhà văn hóa thôn Thượng", "begins_at": begins, "ends_at": begins + timedelta(hours=4), "expected": 40,
        "indoors": True, "promises": ["masks"],
    }  # fmt: skip
    with entering(STRANGER):
        visitor = Visitor("1.2.3.4", "test", {}, accepted=True)
        return gatherings.announce_gathering(
            actor=STRANGER, moment=moment, reference=visitor.new_reference(), **values | more
        )


def put_at_level(
    world: World, code: str, level: int, moment: datetime, effect: datetime | None = None
) -> LevelDecision:
    """A level decided and announced."""
    unit = world.units[code]
    area = unit.area.columns
    with entering(SYSTEM):
        LevelDecision.objects.filter(unit=unit, state="proposed").delete()
        return LevelDecision.objects.create(
            unit=unit, state="decided", proposed_level=level, to_level=level, assessed_on=moment.date(), notice_hours=48,
            proposed_at=moment, takes_effect_at=effect or moment, decided_at=moment, number=700 + level,
            announced_at=moment, **area,
        )  # fmt: skip


@pytest.mark.django_db
def test_answered_at_once_and_again_when_the_level_changes(world: World, moment: datetime) -> None:
    put_at_level(world, "98001", 1, moment - timedelta(days=9))
    wedding = announce(world, moment)
    assert (wedding.outcome, wedding.state, wedding.level) == ("allowed", "answered", 1)
    rise = put_at_level(world, "98001", 3, moment, effect=moment + timedelta(days=2))
    with entering(SYSTEM):
        assert wedding in answer_again(actor=SYSTEM, moment=moment, subject_id=rise.pk)
        assert not answer_again(actor=SYSTEM, moment=moment, subject_id=rise.pk)
        wedding.refresh_from_db()
        assert [(one.cause, one.level, one.outcome) for one in wedding.answers.all()] == [
            ("asked", 1, "allowed"), ("level", 3, "limited"),
        ]  # fmt: skip
    assert (wedding.outcome, wedding.most, wedding.state, wedding.level) == ("limited", None, "waiting", 3)
    with world.as_("loc") as loc:
        ruled = gatherings.rule_on_gathering(
            actor=loc, moment=moment, gathering_id=wedding.pk, outcome="limited", most=20, reason=""
        )
        assert (ruled.state, ruled.most) == ("ruled", 20)
    put_at_level(world, "98001", 2, moment, effect=moment + timedelta(days=2, hours=1))
    with entering(SYSTEM):
        assert wedding in tend_gatherings(actor=SYSTEM, moment=moment)
        wedding.refresh_from_db()
        assert wedding.state == "waiting"
        assert wedding.answers.last().cause == "level"
        told = Fact.objects.filter(kind="containment:gathering:changed", subject_id=wedding.pk)
        assert told.count() == 2


@pytest.mark.django_db
def test_bad_announcements_say_what_to_mend(world: World, moment: datetime) -> None:
    begins = moment + timedelta(days=3)
    for field, more in (
        ("begins_at", {"begins_at": moment - timedelta(hours=1)}),
        ("begins_at", {"begins_at": moment + timedelta(days=400), "ends_at": moment + timedelta(days=401)}),
        ("ends_at", {"ends_at": begins - timedelta(hours=1)}),
        ("every_days", {"every_days": 7, "last_day": date(2021, 12, 24)}),
        ("last_day", {"kind": "market", "every_days": 7}),
        ("unit", {"unit": world.units["980"]}),
    ):
        with pytest.raises(Refusal) as refusal:
            announce(world, moment, **more)
        assert refusal.value.field == field
        assert str(refusal.value)


@pytest.mark.django_db
def test_a_stranger_reads_and_withdraws_the_own_one_alone(world: World, moment: datetime) -> None:
    put_at_level(world, "98001", 1, moment - timedelta(days=9))
    mine = announce(world, moment)
    other = announce(world, moment, venue="Sân đình")
    with entering(STRANGER):
        know_reference(mine.reference)
        assert list(Gathering.objects.all()) == [mine]
        assert mine.answers.count() == 1
        with pytest.raises(Refusal):
            gatherings.withdraw_gathering(actor=STRANGER, moment=moment, reference=other.reference)
        for _twice in range(2):
            assert (
                gatherings.withdraw_gathering(actor=STRANGER, moment=moment, reference=mine.reference).state
                == "withdrawn"
            )
    with world.as_("loc") as loc, pytest.raises(Refusal):
        gatherings.rule_on_gathering(actor=loc, moment=moment, gathering_id=mine.pk, outcome="allowed")


@pytest.mark.django_db
def test_overruling_needs_a_reason_and_a_number(world: World, moment: datetime) -> None:
    put_at_level(world, "98001", 1, moment - timedelta(days=9))
    wedding = announce(world, moment)
    with world.as_("loc") as loc:
        for field, given in (
            ("outcome", {"outcome": "open"}), ("most", {"outcome": "limited", "reason": "Sân nhỏ"}),
            ("reason", {"outcome": "stopped"}), ("reason", {"outcome": "limited", "most": 20}),
        ):  # fmt: skip
            with pytest.raises(Refusal) as refusal:
                gatherings.rule_on_gathering(actor=loc, moment=moment, gathering_id=wedding.pk, **given)
            assert refusal.value.field == field
        gatherings.rule_on_gathering(actor=loc, moment=moment, gathering_id=wedding.pk, outcome="allowed")


@pytest.mark.django_db
def test_the_day_itself_is_kept_once(world: World, moment: datetime) -> None:
    market = announce(
        world, moment, kind="market", every_days=5, begins_at=moment + timedelta(hours=1),
        ends_at=moment + timedelta(hours=6), last_day=date(2021, 12, 20), expected=300, indoors=False,
    )  # fmt: skip
    assert [market.next_day(day) for day in (date(2021, 11, 24), date(2021, 11, 25), date(2021, 12, 30))] == [
        date(2021, 11, 24), date(2021, 11, 29), date(2021, 12, 20),
    ]  # fmt: skip
    photo = Upload("cho.jpg", "image/jpeg", b"\xff\xd8\xff\xe0 anh")
    with world.as_("ngoc") as ngoc:
        seen: dict[str, Any] = {"gathering_id": market.pk, "counted": 310, "found": "over", "key": UUID(int=9)}
        first = gatherings.inspect_gathering(actor=ngoc, moment=moment, photos=[photo], **seen)
        assert gatherings.inspect_gathering(actor=ngoc, moment=moment, photos=[photo], **seen) == first
        assert first.photos.count() == 1
        for name, content in (("a.jpg", b""), ("virus.exe", b"MZ\x00\x01")):
            with pytest.raises(Refusal) as refusal:
                gatherings.inspect_gathering(
                    actor=ngoc,
                    moment=moment,
                    photos=[Upload(name, "image/jpeg", content)],
                    **seen | {"key": UUID(int=10)},
                )
            assert name in str(refusal.value)
        later = moment + timedelta(days=1)
        with pytest.raises(Refusal):
            gatherings.inspect_gathering(actor=ngoc, moment=later, **seen | {"key": UUID(int=11)})


@pytest.mark.django_db
def test_organisers_are_forgotten_and_not_in_the_history(world: World, moment: datetime) -> None:
    wedding = announce(world, moment)
    with entering(SYSTEM):
        tend_gatherings(actor=SYSTEM, moment=moment + timedelta(days=32))
        wedding.refresh_from_db()
        assert wedding.organiser_phone
        tend_gatherings(actor=SYSTEM, moment=moment + timedelta(days=34))
        wedding.refresh_from_db()
        assert (wedding.organiser_name, wedding.organiser_phone, wedding.search_key) == ("", "", "")
        assert not hasattr(wedding.events.first(), "organiser_name")


@pytest.mark.django_db
def test_a_value_that_is_signed_for_answers_anew(world: World, moment: datetime) -> None:
    from phaodai.rulebook.actions import Entry, verify_value

    put_at_level(world, "98001", 3, moment - timedelta(days=9))
    rite = announce(world, moment, kind="worship", expected=15)
    assert (rite.outcome, rite.state) == ("open", "waiting")
    entry = Entry("measures/religion-3@2021-10-11", "limited", date(2021, 10, 11), None, "Phụ lục", "Hạn chế")
    with world.as_("linh") as linh:
        value = verify_value(actor=linh, moment=moment, entry=entry)
    with entering(SYSTEM):
        assert rite in answer_under_new_law(actor=SYSTEM, moment=moment, subject_id=value.pk)
        rite.refresh_from_db()
        assert rite.outcome == "limited"
        assert rite.answers.last().cause == "law"
