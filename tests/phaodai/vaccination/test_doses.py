"""Doses from phones: the right person, once each, kept with what speaks against them, none lost."""

from datetime import date, datetime, timedelta

import pytest

from phaodai.foundation.models import Fact
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.people.actions import answer_duplicate, unmerge_person
from phaodai.people.models import Duplicate
from phaodai.vaccination.actions.identities import decide_identity, follow_merge, follow_parting, match_waiting
from phaodai.vaccination.models import Dose, DoseDoubt, IdentityQuestion, Observation, RefusedDose
from tests.phaodai.vaccination.table import card, resident, table_of
from tests.world import World

pytestmark = pytest.mark.django_db


def given(key: str) -> Dose:
    with entering(SYSTEM):
        return Dose.objects.select_related("person").get(key=key)


def codes(key: str) -> set[str]:
    with entering(SYSTEM):
        return set(DoseDoubt.objects.filter(dose__key=key).values_list("code", flat=True))


def test_a_dose_finds_its_person_is_kept_once_and_watched(world: World, moment: datetime) -> None:
    table = table_of(world, moment)
    by_card = resident(world, "Giàng Thị Thẻ", identity_number=card(1))
    elsewhere = resident(world, "Sùng Thị Xa", "98101", identity_number=card(2))
    by_name = resident(world, "Lò Thị Tên")
    doses = [
        table.dose("Giang Thi The", card=card(1), born="1980"), table.dose("Sùng Thị Xa", card=card(2)),
        table.dose("Lò Thị Tên"), table.dose("Không Ai Biết", born="1981"),
    ]  # fmt: skip
    assert [one.outcome for one in table.send(*doses)] == ["accepted"] * 4
    assert [one.outcome for one in table.send(*doses)] == ["had"] * 4
    found = [given(one["key"]) for one in doses]
    assert [(one.person, one.joined) for one in found] == [
        (by_card, "number"), (elsewhere, "number"), (by_name, "name"), (None, ""),
    ]  # fmt: skip
    communes = [world.units[code].pk for code in ("98001", "98101", "98001", "98001")]
    assert [one.commune_id for one in found] == communes
    with table.world.as_("ngoc"):
        assert Dose.objects.filter(pk=found[1].pk).exists(), "whoever gave a dose sees it, wherever the person lives"
    with entering(SYSTEM):
        watched = Observation.objects.filter(session=table.session)
        assert [one.due_at - moment for one in watched] == [timedelta(minutes=30)] * 4
        assert IdentityQuestion.objects.get(dose=found[3]).candidate_id is None
        assert not IdentityQuestion.objects.filter(dose__in=found[:3]).exists()


def test_what_contradicts_the_rule_is_kept_with_its_doubt_and_the_name_of_who_gave_it(
    world: World, moment: datetime
) -> None:
    table = table_of(world, moment)
    person = resident(world, "Giàng Thị Sớm", identity_number=card(3))
    early = (moment - timedelta(days=20)).isoformat()
    first = table.dose("Giàng Thị Sớm", card=card(3), at=early)
    second = table.dose(
        "Giàng Thị Sớm", person=person.pk, number=2, overridden=["too-soon"], reason="Sắp đi công tác dài ngày"
    )
    again = table.dose("Giàng Thị Sớm", card=card(3), number=2)
    assert [one.outcome for one in table.send(first, second)] == ["accepted", "accepted"]
    assert (codes(first["key"]), codes(second["key"])) == (set(), {"too-soon"})
    with entering(SYSTEM):
        doubt = DoseDoubt.objects.get(dose__key=second["key"])
        told = Fact.objects.get(kind="vaccination:dose:overridden", subject_id=doubt.dose_id)
    assert (doubt.overridden, doubt.reason, doubt.officer) == (True, second["reason"], world.officers["ngoc"])
    assert doubt.citation.startswith("3588/QĐ-BYT")
    assert "30/12/2021" in doubt.words_vi
    assert told.payload["codes"] == ["too-soon"]
    (answer,) = table.send(again)
    assert answer.outcome == "refused"
    assert answer.words
    assert "hôm nay" in answer.words.vi
    with entering(SYSTEM):
        assert RefusedDose.objects.waiting().filter(key=again["key"]).exists()
        assert Dose.objects.filter(person=person).count() == 2
    mended = again | {"overridden": ["same-day"], "reason": "Tiêm nhầm hai lần, đã báo bác sĩ"}
    assert [one.outcome for one in table.send(mended)] == ["accepted"]
    assert codes(mended["key"]) >= {"same-day"}
    with entering(SYSTEM):
        assert not RefusedDose.objects.waiting().filter(key=again["key"]).exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"product": "nuoc-cat"}, "vắc xin"),
        ({"number": 0}, "Mũi thứ"),
        ({"born": "2022-01-01"}, "Ngày sinh"),
        ({"born": "hôm qua"}, "Ngày sinh"),
        ({"card": "123"}, "CCCD"),
        ({"card": card(9), "sex": "M"}, "CCCD"),
        ({"session": 10**9}, "Buổi tiêm"),
        ({"person": 10**9}, "sổ"),
        ({"at": "bây giờ"}, "Giờ tiêm"),
        ({"identity": {"name": "  "}}, "họ tên"),
        ({"identity": [1]}, "không đọc được"),
    ],
)
def test_what_cannot_be_read_is_put_aside_in_words(
    world: World, moment: datetime, changes: dict[str, object], words: str
) -> None:
    table = table_of(world, moment)
    dose = table.dose(**changes)
    (answer,) = table.send(dose)
    assert answer.outcome == "refused"
    assert answer.words
    assert words in answer.words.vi
    assert answer.words.en
    with entering(SYSTEM):
        assert not Dose.objects.filter(key=dose["key"]).exists()
        assert RefusedDose.objects.get(key=dose["key"]).content == dose


def test_keys_clocks_sessions_and_officers(world: World, moment: datetime) -> None:
    table = table_of(world, moment)
    dose, other = table.dose(), table.dose(number=2)
    table.send(dose)
    (answer,) = table.send(dose | {"number": 3})
    assert (answer.outcome, answer.renew) == ("refused", True)
    (late,) = table.send(other, sent_at=(moment - timedelta(days=2)).isoformat())
    assert late.corrected is not None
    assert given(other["key"]).given_at <= moment, "a wrong clock is set right"
    assert table.send("rác", {"key": "x"}, None)[1].outcome == "refused"
    assert [one.outcome for one in table.send(table.dose(), who="phuc")] == ["refused"], "a session of another station"
    with pytest.raises(Refusal):
        table.send(table.dose(), who="linh")
    with pytest.raises(Refusal):
        table.send(*[{}] * 101)
    with pytest.raises(Refusal):
        table.send(table.dose(), sent_at="lúc nãy")


def test_a_close_identity_is_decided_once_for_all_its_doses_and_merging_moves_them(
    world: World, moment: datetime
) -> None:
    table = table_of(world, moment)
    person = resident(world, "Lý Thị Thúy", phone="0912345678", identity_number=card(20))
    first = table.dose("Lí Thị Thuý", phone="0912345678", card=card(21), at=(moment - timedelta(days=90)).isoformat())
    second = table.dose("Lí Thị Thuý", phone="0912345678", card=card(21), number=2)
    table.send(first)
    table.send(second)
    with world.as_("ngoc") as ngoc:
        question = IdentityQuestion.objects.get(identity_key=given(first["key"]).identity_key)
        with pytest.raises(Refusal):
            decide_identity(
                actor=ngoc, moment=moment, question_id=question.pk, verdict="same", reason=" ", person_id=person.pk
            )
        decide_identity(
            actor=ngoc,
            moment=moment,
            question_id=question.pk,
            verdict="same",
            reason="Cùng người, thẻ mới",
            person_id=person.pk,
        )
        with pytest.raises(Refusal):
            decide_identity(actor=ngoc, moment=moment, question_id=question.pk, verdict="new", reason="x")
    assert [given(one["key"]).person for one in (first, second)] == [person, person]
    assert codes(second["key"]) == set()
    twin = resident(world, "Lý Thị Thúy")
    with entering(SYSTEM):
        pair = Duplicate.objects.create(one=person, other=twin, score=0.9)
    with world.as_("ngoc") as ngoc:
        answer_duplicate(actor=ngoc, moment=moment, duplicate_id=pair.pk, verdict="same", kept_id=twin.pk)
        assert follow_merge(actor=ngoc, moment=moment, kept_id=twin.pk) == 2
    assert [given(one["key"]).person for one in (first, second)] == [twin, twin]
    with world.as_("ngoc") as ngoc:
        unmerge_person(actor=ngoc, moment=moment, person_id=person.pk)
        assert follow_parting(actor=ngoc, moment=moment, person_id=person.pk) == 2
    assert [given(one["key"]).person for one in (first, second)] == [person, person]


def test_new_people_and_those_who_are_registered_later(world: World, moment: datetime) -> None:
    table = table_of(world, moment)
    new, later = table.dose("Hạng A Mới", born="1990-05-06", sex="M"), table.dose("Hạng Thị Sau", born="1991-05-06")
    table.send(new, later)
    keys = {one["key"]: given(one["key"]) for one in (new, later)}
    resident(world, "Hạng Thị Sau", birth_year=1991, birth_date=date(1991, 5, 6))
    with world.as_("ngoc") as ngoc:
        question = IdentityQuestion.objects.get(dose=keys[new["key"]])
        decide_identity(actor=ngoc, moment=moment, question_id=question.pk, verdict="new", reason="Hỏi tại bàn tiêm")
        assert match_waiting(actor=ngoc, moment=moment)[0] == 1
    made = given(new["key"]).person
    assert made is not None
    assert (made.full_name, made.birth_date) == ("Hạng A Mới", date(1990, 5, 6))
    assert given(later["key"]).joined == "name"
    with entering(SYSTEM):
        assert IdentityQuestion.objects.get(dose=keys[later["key"]]).verdict == "same"
