"""Care at home: begun by the rule, read twice a day, alarms passed on until somebody answers, ended with its reason."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError
from django.test import Client
from django.urls import reverse

from phaodai.care.actions.alarms import answer_alarm, close_alarm, watch_alarms
from phaodai.care.actions.home import Household, begin_home_care, release_home_care
from phaodai.care.actions.packs import Prescription, hand_out_pack, take_pack_back
from phaodai.care.actions.readings import send_reading, write_reading
from phaodai.care.models import HomeAlarm, HomeCare, PackHandout, Reading, Shift, Worker
from phaodai.care.rules.alarms import Taken
from phaodai.foundation import clock
from phaodai.foundation.models import Fact
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import STRANGER, SYSTEM, entering, know_reference
from phaodai.people.models import Organisation, Person
from phaodai.supply.models import Movement, StockLevel
from tests.clients import sign_in
from tests.phaodai.site.action_rows.home_care import here, quiet, stocked
from tests.story import Story
from tests.story_home_care import REFERENCE
from tests.world import World

pytestmark = pytest.mark.django_db
MORNING = datetime.fromisoformat("2021-11-24T06:40:00+07:00")
BAD, WELL = Taken(spo2=93, signs=("breathlessness",)), Taken(spo2=98, temperature=36.8, feeling="better")


def minutes(count: int) -> datetime:
    return MORNING + timedelta(minutes=count)


def test_the_rule_decides_and_only_a_reason_opens_the_door_against_it(world: World, story: Story) -> None:
    with entering(SYSTEM):
        close_all(story)
    case = story.cases["Mốc ca 1"]
    wanted: dict[str, Any] = {"moment": MORNING, "case_id": case.pk, "household": Household(phone="0912 345 678")}
    low = {"symptoms": "mild", "spo2": 95, "respiratory_rate": 18}
    with world.as_("ngoc") as ngoc:
        with pytest.raises(Refusal, match="SpO2 ≥ 96%"):
            begin_home_care(actor=ngoc, facts=low, **wanted)
        chosen = begin_home_care(actor=ngoc, facts=low, reason="Bác sĩ khám, có máy thở tại nhà", **wanted)
        assert chosen.allowed is False
        assert (chosen.decision["document"], chosen.decision["confidence"]) == ("4038/QĐ-BYT", "A")
        assert (chosen.organisation.code, chosen.centre.code if chosen.centre else "") == ("TYTL", "TTTH")
        assert chosen.mobile_station is not None
        with pytest.raises(Refusal, match=r"already|rồi"):
            begin_home_care(actor=ngoc, facts=low, reason="Lần nữa", **wanted)


def close_all(story: Story) -> None:
    """Nobody of Tân Lộc is in treatment at home."""
    from phaodai.care.actions.home import end_home_care

    end_home_care(actor=SYSTEM, moment=MORNING, home_care_id=quiet().pk, state="stopped", reason="Nhập nhầm")


def test_a_third_condition_that_nobody_read_is_no_silent_yes(world: World, story: Story) -> None:
    """Confidence D of the rulebook: the decision says so and waits for a person with a reason."""
    with entering(SYSTEM):
        close_all(story)
    facts = {"symptoms": "mild", "spo2": 98, "respiratory_rate": 18, "age": 30, "comorbidity": False}
    with world.as_("ngoc") as ngoc, pytest.raises(Refusal) as refused:
        begin_home_care(
            actor=ngoc, moment=MORNING, case_id=story.cases["Mốc ca 1"].pk, household=Household(phone="1"), facts=facts
        )
    assert refused.value.field == "reason"


def test_a_family_sends_once_and_its_alarm_is_there_at_once(world: World, story: Story) -> None:
    quiet()
    key = uuid4()
    with entering(STRANGER):
        know_reference(REFERENCE)
        first = send_reading(actor=STRANGER, moment=MORNING, reference=REFERENCE, taken=BAD, key=key)
        again = send_reading(actor=STRANGER, moment=minutes(1), reference=REFERENCE, taken=BAD, key=key)
        assert again.pk == first.pk
        # A stranger sees the door and nothing behind it.
        assert not HomeCare.objects.exists()
        assert not Person.objects.exists()
    with world.as_("ngoc") as ngoc:
        alarm = HomeAlarm.objects.visible_to(ngoc).waiting().get()
        assert alarm.urgent
        assert [one["code"] for one in alarm.reading.alarm] == ["spo2", "breathlessness"]
        assert alarm.reading.alarm[0]["document"] == "4038/QĐ-BYT"
        assert alarm.reading.alarm[1]["source"] == "working"
    with clock.at(minutes(1)):
        today = sign_in("ngoc").get(reverse("today")).content.decode()
    assert f"/cuu-chua/tai-nha/{alarm.home_care_id}" in today
    with clock.at(minutes(1)):
        assert f"/cuu-chua/tai-nha/{alarm.home_care_id}" not in sign_in("dich").get(reverse("today")).content.decode()


def test_an_unanswered_alarm_climbs_and_an_answered_one_rests(world: World, story: Story) -> None:
    home = quiet()
    on_call(world)
    with world.as_("ngoc") as ngoc:
        taken = {"home_care_id": home.pk, "taken": BAD, "key": uuid4()}
        reading = write_reading(actor=ngoc, moment=MORNING, **taken)
        alarm = HomeAlarm.objects.get(reading=reading)
    assert Fact.objects.filter(kind="care:reading:alarm", subject_id=alarm.pk).count() == 1
    with entering(SYSTEM):
        assert watched(alarm, 9) == 0
        assert watched(alarm, 10) == HomeAlarm.Reached.CENTRE
        assert watched(alarm, 21) == HomeAlarm.Reached.DOCTOR
        assert "Bác sĩ Trực 0912 999 888" in alarm.steps.order_by("-pk")[0].words
    with world.as_("ngoc") as ngoc:
        write_reading(actor=ngoc, moment=minutes(15), home_care_id=home.pk, taken=WELL, key=uuid4())
    with clock.at(minutes(22)):
        shown = sign_in("ngoc").get("/cuu-chua/tai-nha").context["people"][0]
        better = f"SpO2 {BAD.spo2}%" in shown.why and f"SpO2 {WELL.spo2}%" in shown.why
        assert better, "a better reading does not hide why the alarm stands"
        assert reverse("care-home-one", args=[home.pk]) in sign_in("dich").get(reverse("today")).content.decode()
    with world.as_("dich") as dich:
        answer_alarm(actor=dich, moment=minutes(23), alarm_id=alarm.pk, what="ambulance")
        closed = close_alarm(
            actor=dich, moment=minutes(50), alarm_id=alarm.pk, result="taken", words="BV huyện, 115 đưa đi"
        )
    assert closed.result == "taken"
    assert here().state == HomeCare.State.FACILITY
    assert here().door.closed_at is not None


def watched(alarm: HomeAlarm, minute: int) -> int:
    """How far the alarm has gone after the clock has looked at that minute; it sounded once, and is told once."""
    with transaction.atomic():
        watch_alarms(actor=SYSTEM, moment=minutes(minute))
    alarm.refresh_from_db()
    return alarm.reached


def on_call(world: World) -> None:
    """A doctor of the health centre whose shift runs this morning."""
    centre: Organisation = world.bodies["TTTH"]
    with entering(SYSTEM):
        doctor = Worker.objects.create(
            code="TRUC-1", name="Bác sĩ Trực", phone="0912 999 888", skills=["doctor"], organisation=centre,
            sort_key="truc", search_key="truc", **centre.area.columns,
        )  # fmt: skip
        Shift.objects.create(
            worker=doctor, organisation=centre, where="TTYT", starts_at=minutes(-60), ends_at=minutes(300),
            **centre.area.columns,
        )  # fmt: skip


def test_an_alarm_that_sounds_again_after_an_answer_waits_again(world: World, story: Story) -> None:
    home = quiet()
    with world.as_("ngoc") as ngoc:
        write_reading(actor=ngoc, moment=MORNING, home_care_id=home.pk, taken=BAD, key=uuid4())
        alarm = home.alarms.waiting().get()
        answer_alarm(actor=ngoc, moment=minutes(2), alarm_id=alarm.pk, what="called")
    with entering(SYSTEM):
        assert watched(alarm, 30) == HomeAlarm.Reached.STATION
        write_reading(actor=SYSTEM, moment=minutes(31), home_care_id=home.pk, taken=Taken(spo2=88), key=uuid4())
        assert home.alarms.waiting().count() == 1
        assert watched(alarm, 42) == HomeAlarm.Reached.CENTRE


def test_a_pack_leaves_the_store_with_its_answers_and_comes_back(world: World, story: Story) -> None:
    store = stocked("GOI-C")["store_id"]
    with entering(SYSTEM):
        doctor = Worker.objects.get(name="Bác sĩ Tân Lộc").pk
    given: dict[str, Any] = {"home_care_id": here().pk, "store_id": store, "pack": "C"}
    agreed: dict[str, Any] = {"consent_on": date(2021, 11, 24), "consent_by": "Lò Thị Chăm"}
    refusals = (
        (Prescription(doctor, {"mild": True}), "consent"),
        (Prescription(doctor, {"mild": True, "consent": False}, reason="Vẫn cấp"), "consent"),
        (Prescription(doctor, {"mild": True, "consent": True}), "consent_by"),
        (Prescription(doctor, {"mild": False, "consent": True}, **agreed), "reason"),
        (Prescription(0, {"mild": True, "consent": True}, **agreed), "prescriber"),
    )
    with world.as_("ngoc") as ngoc:
        for prescription, field in refusals:
            with pytest.raises(Refusal) as refused:
                hand_out_pack(actor=ngoc, moment=MORNING, prescription=prescription, key=uuid4(), **given)
            assert refused.value.field == field
        key, right = uuid4(), Prescription(doctor, {"mild": True, "consent": True}, **agreed)
        done = hand_out_pack(actor=ngoc, moment=MORNING, prescription=right, key=key, **given)
        assert hand_out_pack(actor=ngoc, moment=MORNING, prescription=right, key=key, **given).pk == done.pk
        assert left(store) == 9
        assert Movement.objects.filter(key=key).count() == 1
        with pytest.raises(Refusal) as second:
            hand_out_pack(actor=ngoc, moment=minutes(5), prescription=right, key=uuid4(), **given)
        assert second.value.field == "reason"
        take_pack_back(actor=ngoc, moment=minutes(9), handout_id=done.pk, key=uuid4())
        assert left(store) == 10


def left(store: int) -> int:
    return int(StockLevel.objects.get(store=store, item__code="GOI-C").quantity)


def test_an_empty_store_says_who_has_some(world: World, story: Story) -> None:
    with entering(SYSTEM):
        doctor = Worker.objects.get(name="Bác sĩ Tân Lộc").pk
        elsewhere = stocked("GOI-A")["store_id"]
        other = world.bodies["TYTL"].stores.exclude(pk=elsewhere).order_by("pk")[0].pk
    with world.as_("ngoc") as ngoc, pytest.raises(Refusal, match="Tủ thuốc Tân Lộc \\(10\\)"):
        hand_out_pack(
            actor=ngoc, moment=MORNING, home_care_id=here().pk, pack="A", store_id=other,
            prescription=Prescription(doctor, reason="Hết gói đầu"), key=uuid4(),
        )  # fmt: skip
    with entering(SYSTEM):
        assert PackHandout.objects.filter(home_care=here()).count() == 1


def test_recovery_says_what_is_missing(world: World, story: Story) -> None:
    home = quiet()
    with world.as_("ngoc") as ngoc:
        # On 24/11/2021 no verified document speaks of those at home; from 28/12/2021 one does.
        with pytest.raises(Refusal) as refused:
            release_home_care(actor=ngoc, moment=MORNING, home_care_id=home.pk)
        assert refused.value.field == "reason"
        late = datetime.fromisoformat("2021-12-30T08:00:00+07:00")
        with pytest.raises(Refusal, match="10 ngày"):
            release_home_care(actor=ngoc, moment=late, home_care_id=home.pk)
        done = release_home_care(
            actor=ngoc, moment=late, home_care_id=home.pk, facts={"negative_test_on": date(2021, 12, 29)}
        )
        assert done.release["document"] == "11011/BYT-KCB"


def test_the_pages_of_a_nurse_and_of_a_family(world: World, story: Story) -> None:
    home = quiet()
    nurse, phone = sign_in("ngoc"), Client()
    with clock.at(MORNING):
        shown = nurse.get(reverse("care-home")).content.decode()
        assert home.initials in shown
        sent = {
            "viec": "doc",
            "here": "list",
            "key": str(uuid4()),
            "spo2": "97",
            "temperature": "36,8",
            "source": "call",
        }
        assert nurse.post(reverse("care-home-deed", args=[home.pk]), sent).status_code == 302
        page = nurse.get(reverse("care-home-one", args=[home.pk])).content.decode()
        assert "SpO2 97%" in page
        family = reverse("care-home-family", args=[REFERENCE])
        asked = phone.get(family)
        assert asked.status_code == 200
        assert len(asked.content) < 20_000
        with entering(SYSTEM):
            names = {home.person.full_name, home.initials, home.case.code, home.address, home.phone}
        assert not [name for name in names if name in asked.content.decode()]
        key = str(uuid4())
        for _again in range(2):
            answer = phone.post(family, {"key": key, "spo2": "92"}, headers={"X-Send-Later": "1"})
            assert answer.json() == {"outcome": "accepted"}
        refused = phone.post(family, {"key": str(uuid4()), "spo2": "192"}, headers={"X-Send-Later": "1"})
        assert refused.status_code == 422
        assert 'href="tel:115"' in phone.get(family).content.decode()
        assert phone.get(reverse("care-home-family", args=["WRGNGCDE22"])).status_code == 404
    with entering(SYSTEM):
        assert Reading.objects.filter(key=UUID(key)).count() == 1
        assert home.alarms.waiting().count() == 1


def test_the_link_opens_one_home_and_changes_nothing_else(world: World, story: Story) -> None:
    other, mine = "NHAPHVKHE3", here()
    with entering(STRANGER):
        know_reference(other)
        with pytest.raises(Refusal):
            send_reading(actor=STRANGER, moment=MORNING, reference=REFERENCE, taken=WELL, key=uuid4())
    sneaked = Reading(home_care=mine, key=uuid4(), at=MORNING, received_at=MORNING, source="family", province_id=1)
    with entering(STRANGER):
        know_reference(other)
        with pytest.raises(ProgrammingError), transaction.atomic():
            sneaked.save()
