"""A nurse reports cases; the program numbers, checks and links them."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.people.actions import NewPerson, register_person
from phaodai.surveillance.actions import cases, laboratory, transmissions
from phaodai.surveillance.actions.reporting import FirstSample, report_case
from phaodai.surveillance.models import Case, Contact, LabTest, Transmission
from tests.clients import sign_in
from tests.story import Story
from tests.world import World

pytestmark = pytest.mark.django_db

HANH = NewPerson("Nguyễn Thị Hạnh", "F", 1987, phone="0912 345 678")


def report(world: World, moment: datetime, who: str = "ngoc", person: Any = HANH, **facts: Any) -> Case:
    """The station of Tân Lộc reports a case."""
    with world.as_(who) as nurse:
        return report_case(actor=nurse, moment=moment, person=person, commune=world.units["98001"], **facts)


def test_cases_are_numbered_over_the_whole_province_without_a_gap(world: World, moment: datetime) -> None:
    first = report(world, moment)
    with world.as_("phuc") as other_station:
        second = report_case(
            actor=other_station, moment=moment, person=NewPerson("Lò Văn Pánh"), commune=world.units["98002"]
        )
    assert [first.code, second.code] == ["BM-00001", "BM-00002"], "the second station sees no case of the first"


def test_a_refused_case_uses_up_no_number(world: World, moment: datetime) -> None:
    with pytest.raises(Refusal):
        report(world, moment, onset_on=moment.date() + timedelta(days=1))
    assert report(world, moment).code == "BM-00001"


def test_a_case_brings_its_person_household_and_sample(world: World, moment: datetime) -> None:
    person = NewPerson("Nguyễn Thị Hạnh", "F", 1987, hamlet=world.units["98001.1"], address="Số 4")
    case = report(
        world,
        moment,
        person=person,
        onset_on=date(2021, 11, 21),
        sample=FirstSample(date(2021, 11, 22), "pcr", "positive"),
    )
    with world.as_("ngoc"):
        assert case.person.masked == "N.T.H. 1987"
        assert case.person.household is not None
        assert case.person.household.hamlet == world.units["98001.1"]
        assert (case.age, case.sampled_on) == (34, date(2021, 11, 22))
        assert case.positive_at == moment
        assert LabTest.objects.get(person=case.person).result == "positive"


@pytest.mark.parametrize(
    ("facts", "field", "vi", "en"),
    [
        ({"onset_on": date(1980, 1, 1)}, "onset_on", "trước khi người này sinh", "before the person's birth"),
        ({"onset_on": date(2021, 12, 1)}, "onset_on", "ở tương lai", "in the future"),
        ({"sampled_on": date(2021, 12, 1)}, "sampled_on", "ở tương lai", "in the future"),
        (
            {"onset_on": date(2021, 11, 20), "outcome": "died", "outcome_on": date(2021, 11, 18)},
            "onset_on", "sau ngày mất", "after the death",
        ),
        (
            {"onset_on": date(2021, 11, 20), "outcome": "recovered", "outcome_on": date(2021, 11, 18)},
            "outcome_on", "trước ngày khởi phát", "before the onset",
        ),
        (
            {"exposed_from": date(2021, 11, 20), "exposed_to": date(2021, 11, 18)},
            "exposed_to", "trước khi bắt đầu tiếp xúc", "before the exposure began",
        ),
    ],
)  # fmt: skip
def test_days_that_cannot_be_are_refused_in_both_languages(
    world: World, moment: datetime, facts: dict[str, Any], field: str, vi: str, en: str
) -> None:
    for language, words in (("vi", vi), ("en", en)):
        with translation.override(language), pytest.raises(Refusal) as refused:
            report(world, moment, **facts)
        assert words in str(refused.value)
        assert refused.value.field == field


def test_a_result_before_its_sample_is_refused(world: World, moment: datetime) -> None:
    with pytest.raises(Refusal, match=r"22/11|22 Nov") as refused:
        report(world, moment, sampled_on=date(2021, 11, 22), positive_at=moment - timedelta(days=4))
    assert refused.value.field == "positive_at"


def test_a_second_illness_is_asked_for_and_becomes_the_next_episode(world: World, moment: datetime) -> None:
    first = report(world, moment)
    with pytest.raises(Refusal, match="BM-00001") as refused:
        report(world, moment, person=first.person)
    assert refused.value.field == "again"
    again = report(world, moment, person=first.person, again=True)
    assert (again.code, again.episode) == ("BM-00002", 2)


@pytest.mark.parametrize(
    ("number", "vi", "en"),
    [
        ("999187001234", "mã tỉnh", "province"),
        ("001187", "12 chữ số", "12 digits"),
        ("001190001234", "năm sinh", "year of birth"),
        ("001087001234", "giới tính", "sex"),
    ],
)
def test_a_wrong_id_card_is_refused_in_both_languages(
    world: World, moment: datetime, number: str, vi: str, en: str
) -> None:
    for language, words in (("vi", vi), ("en", en)):
        with translation.override(language), pytest.raises(Refusal) as refused:
            report(world, moment, person=NewPerson("Lò Thị Hoa", "F", 1987, identity_number=number))
        assert words in str(refused.value)


def test_sources_are_named_by_number_and_never_close_a_ring(world: World, moment: datetime) -> None:
    first = report(world, moment)
    second = report(world, moment, person=NewPerson("Lò Văn Hai"), source_code="BM-00001")
    third = report(world, moment, person=NewPerson("Lò Văn Ba"), source_code="BM-00002")
    assert second.source_known
    for language, words in (("vi", "vòng kín"), ("en", "a ring")):
        with world.as_("ngoc") as nurse, translation.override(language), pytest.raises(Refusal) as refused:
            transmissions.link_cases(actor=nurse, moment=moment, target_id=first.pk, source_code=third.code)
        assert words in str(refused.value)
        assert "BM-00001 → BM-00002 → BM-00003" in str(refused.value)
    with world.as_("ngoc"):
        assert Transmission.objects.filter(target=first).count() == 0


def test_a_source_may_live_in_another_commune_of_the_province_alone(
    world: World, story: Story, moment: datetime
) -> None:
    case = report(world, moment, source_code="Mốc ca 2")
    with world.as_("ngoc"):
        assert Transmission.objects.get(target=case).source_id == story.cases["Mốc ca 2"].pk
        assert not Case.objects.filter(code="Mốc ca 2").exists(), "the number is known, the case stays hidden"
    with pytest.raises(Refusal, match="Mốc ca Sơn Giang"):
        report(world, moment, person=NewPerson("Lò Văn Tư"), source_code="Mốc ca Sơn Giang")


def test_a_withdrawn_source_is_counted_no_more(world: World, moment: datetime) -> None:
    report(world, moment)
    second = report(world, moment, person=NewPerson("Lò Văn Hai"), source_code="BM-00001")
    with world.as_("ngoc") as nurse:
        link = Transmission.objects.get(target=second)
        transmissions.withdraw_link(actor=nurse, moment=moment, link_id=link.pk)
        second.refresh_from_db()
        assert second.source_known is None
        assert not Transmission.objects.standing().filter(target=second).exists()


def test_a_contact_who_turns_positive_becomes_a_case_with_its_chain(
    world: World, story: Story, moment: datetime
) -> None:
    with world.as_("phuc") as nurse:
        contact = Contact.objects.get(person=story.persons["Giàng Thị Xuân"])
        test = laboratory.take_sample(
            actor=nurse, moment=moment, person_id=contact.person_id, sampled_at=moment - timedelta(hours=9)
        )
        laboratory.answer_test(actor=nurse, moment=moment, test_id=test.pk, result="positive")
        contact.refresh_from_db()
        case = Case.objects.get(person=contact.person)
        link = Transmission.objects.get(target=case)
    assert (contact.state, contact.became_id) == ("case", case.pk)
    assert link.source_id == contact.case_id
    assert case.detected_by == "contact"
    assert case.positive_at == moment


def test_the_definition_in_force_classifies_and_its_absence_is_said(world: World, moment: datetime) -> None:
    before = report(world, moment, sample=FirstSample(date(2021, 11, 22), "pcr", "positive"))
    assert before.classification == "confirmed"
    assert before.decision["status"] == "unprovided", "no definition of November 2021 was read"
    assert before.decision["outcome"] is None
    assert before.decision["provisional"].startswith("WHO/")
    later = datetime(2022, 1, 24, 9, tzinfo=moment.tzinfo)
    rapid = report(
        world, later, person=NewPerson("Lò Văn Nhanh"), source_code=before.code,
        sample=FirstSample(date(2022, 1, 24), "antigen", "positive"),
    )  # fmt: skip
    assert rapid.classification == "suspected", "the sample was answered before anybody said whom it met"
    with world.as_("ngoc") as nurse:
        test = laboratory.take_sample(actor=nurse, moment=later, person_id=rapid.person_id)
        laboratory.answer_test(actor=nurse, moment=later, test_id=test.pk, result="positive")
        rapid.refresh_from_db()
    assert rapid.classification == "confirmed"
    assert (rapid.decision["document"], rapid.decision["outcome"]) == ("11042/BYT-DP", "confirmed")


def test_a_case_is_isolated_ended_and_discarded_by_its_own_area_alone(
    world: World, story: Story, moment: datetime
) -> None:
    case = story.cases["Mốc ca 1"]
    with world.as_("ngoc") as nurse:
        assert cases.isolate_case(actor=nurse, moment=moment, pk=case.pk).isolated_at == moment
        ended = cases.close_case(actor=nurse, moment=moment, pk=case.pk, outcome="recovered")
        assert ended.outcome_on == moment.date()
        gone = cases.discard_case(actor=nurse, moment=moment, pk=case.pk, reason="Mẫu lẫn")
        assert (gone.classification, gone.outcome) == ("discarded", "")
    with world.as_("phuc") as other, pytest.raises(NotHere):
        cases.isolate_case(actor=other, moment=moment, pk=case.pk)
    with world.as_("phuc") as other, pytest.raises(NotAllowed):
        cases.create_case(actor=other, moment=moment, person=HANH, commune=world.units["98001"])


def test_who_shares_an_address_shares_the_household(world: World, moment: datetime) -> None:
    home: dict[str, Any] = {"hamlet": world.units["98001.1"], "address": "Số 1, Thôn Thượng"}
    with world.as_("ngoc") as nurse:
        one, other = (
            register_person(actor=nurse, moment=moment, commune=world.units["98001"], person=NewPerson(name, **home))
            for name in ("Lò Thị Một", "Lò Văn Hai")
        )
        assert one.household_id == other.household_id


def test_the_search_finds_a_case_by_number_and_by_a_name_that_stays_masked(world: World, moment: datetime) -> None:
    case = report(world, moment)
    for words in ("bm-00001", "nguyen thi hanh"):
        answer = sign_in("ngoc").get(reverse("suggest"), {"q": words}).content.decode()
        assert reverse("surveillance-case", args=[case.pk]) in answer
        assert "N.T.H. 1987" in answer
        assert "Hạnh" not in answer
    assert "BM-00001" not in sign_in("phuc").get(reverse("suggest"), {"q": "bm-00001"}).content.decode()


def test_a_resident_of_the_same_name_is_offered_before_a_second_record_is_made(
    world: World, story: Story, moment: datetime
) -> None:
    client, url = sign_in("ngoc"), reverse("surveillance-case-new")
    sent = {"full_name": "tráng a lộc", "test": ""}
    answer = client.post(url, sent)
    assert answer.status_code == 422
    assert "T.A.L. 1969" in answer.content.decode()
    known = str(story.persons["Tráng A Lộc"].pk)
    asked = client.post(url, sent | {"known": known})
    assert "Mốc ca 1" in asked.content.decode(), "this person has a case already"
    assert client.post(url, sent | {"known": known, "again": "on"}).status_code == 302
    with world.as_("ngoc"):
        assert Case.objects.filter(person_id=known).order_by("-episode")[0].episode == 2


def test_the_page_of_a_case_shows_its_chain_tests_and_reasons(world: World, moment: datetime) -> None:
    first = report(
        world, moment, sample=FirstSample(date(2021, 11, 22), "pcr", "positive"), onset_on=date(2021, 11, 20)
    )
    report(world, moment, person=NewPerson("Lò Văn Hai"), source_code=first.code, onset_on=date(2021, 11, 23))
    text = sign_in("ngoc").get(reverse("surveillance-case", args=[first.pk])).content.decode()
    assert text.count('class="chain-dot') == 2
    assert "Chưa kết luận được" in text or "chưa kết luận" in text.lower()
    assert "WHO/2019-nCoV" in text
    assert "Hạnh" not in text
    chain = sign_in("ngoc").get(reverse("surveillance-chain", args=[first.pk])).content.decode()
    assert "3,0 ngày" in chain
