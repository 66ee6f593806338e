"""Patients: severity by the rule or a doctor, one bed each, transfers with their clock, discharge, death, infection inside."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from phaodai.care.actions import ambulances, inside, outcomes, patients, patients_beds, transfers
from phaodai.care.actions.patients_assessing import assess
from phaodai.care.models import Bed, BedStay, DeathReview, Facility, InsideInfection, Patient, Transfer, Ward
from phaodai.care.rules.patients_severity import Findings
from phaodai.command.models import Task
from phaodai.foundation.models import Fact
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import SYSTEM, entering
from tests.story import Story
from tests.story_patients import patient as written
from tests.world import World

pytestmark = pytest.mark.django_db

MORNING = datetime.fromisoformat("2021-11-24T08:00+07:00")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def facility(place: str) -> Any:
    return Facility.objects.get(name=f"Mốc bệnh viện {place}")


def bed(place: str, kind: str) -> Any:
    return Bed.objects.get(facility__name=f"Mốc bệnh viện {place}", kind=kind)


def new(world: World, **more: Any) -> Any:
    """Somebody of Tân Lộc whom the story does not know, waiting for a place."""
    with entering(SYSTEM):
        area = world.units["98001"].area.columns
        return written("Tân Lộc", f"mới {uuid4().hex[:6]}", MORNING - DAY, area, **more)


def test_a_doctor_writes_the_severity_while_no_verified_rule_does(world: World) -> None:
    ill = new(world)
    found = Findings(symptoms=("cough", "breathlessness"), spo2=92, respiratory_rate=28, support="oxygen")
    with world.as_("ngoc") as ngoc:
        with pytest.raises(Refusal, match="No verified rule says how severe") as refused:
            assess(actor=ngoc, moment=MORNING, patient_id=ill.pk, found=found)
        assert refused.value.field == "severity"
        with pytest.raises(Refusal, match="why this severity"):
            assess(actor=ngoc, moment=MORNING, patient_id=ill.pk, found=found, severity="severe")
        row = assess(actor=ngoc, moment=MORNING, patient_id=ill.pk, found=found, severity="severe", reason="SpO2 92%")
        assert (row.tier, row.need, row.chosen) == (3, "oxygen", True)
        assert row.decision["awaiting_verification"][0]["document"] == "4689/QĐ-BYT"
        later = MORNING.replace(year=2022, month=2)
        row = assess(actor=ngoc, moment=later, patient_id=ill.pk, found=replace(found, spo2=95, respiratory_rate=18))
        assert (row.severity, row.tier, row.chosen) == ("moderate", 2, False)
        assert row.decision["version"] == "severity/moderate@2022-01-28"
        again = assess(
            actor=ngoc, moment=later, patient_id=ill.pk, found=found, severity="severe", reason="Ngày hôm trước", at=MORNING
        )  # fmt: skip
        ill.refresh_from_db()
        assert (ill.severity, ill.onset_on) == ("moderate", date(2021, 11, 24)), f"not the older one, {again.at}"


def test_a_patient_is_treated_once_and_by_whom_answers(world: World, story: Story) -> None:
    with world.as_("phuc") as phuc, pytest.raises(NotHere):
        patients.treat_case(actor=phuc, moment=MORNING, case_id=story.cases["Mốc ca 1"].pk)
    with world.as_("ngoc") as ngoc, pytest.raises(Refusal, match="under treatment already"):
        patients.treat_case(actor=ngoc, moment=MORNING, case_id=story.cases["Mốc ca 1"].pk)
    with entering(SYSTEM):
        Patient.objects.filter(case__code="Mốc ca 1").update(state="left", ended_at=MORNING)
    with world.as_("ngoc") as ngoc:
        again = patients.treat_case(actor=ngoc, moment=MORNING, case_id=story.cases["Mốc ca 1"].pk, comorbidity=True)
        assert (again.state, again.case_code, again.comorbidity) == ("waiting", "Mốc ca 1", True)
        with pytest.raises(Refusal, match="This day has not come yet"):
            patients.note_course(actor=ngoc, moment=MORNING, patient_id=again.pk, onset_on=date(2021, 12, 1))
        seen = patients.look_at_name(actor=ngoc, moment=MORNING, patient_id=again.pk, purpose="treatment")
        assert seen.full_name == "Tráng A Lộc"
        assert seen.looks.get().officer_id == ngoc.officer


def test_one_patient_a_bed_and_what_no_bed_may_do(world: World) -> None:
    ill, other = new(world, positive_on=date(2021, 11, 22), need="plain"), new(world, need="oxygen")
    with world.as_("dich") as dich:
        plain = bed("Tân Lộc", "plain")
        assert not Patient.objects.filter(pk=ill.pk).exists(), "a health centre sees those who come to it"
        with pytest.raises(NotHere):
            patients_beds.admit(actor=dich, moment=MORNING, patient_id=ill.pk, bed_id=plain.pk)
    with world.as_("ngoc") as ngoc:
        for one in (ill, other):
            transfers.request_transfer(
                actor=ngoc, moment=MORNING, patient_id=one.pk, facility_id=plain.facility_id, urgency="b_urgent"
            )
        with pytest.raises(Refusal, match="is under way already"):
            transfers.request_transfer(
                actor=ngoc, moment=MORNING, patient_id=ill.pk, facility_id=facility("Phú Khê").pk
            )
        with pytest.raises(NotAllowed):
            patients_beds.admit(actor=ngoc, moment=MORNING, patient_id=ill.pk, bed_id=bed("Phú Khê", "plain").pk)
    with world.as_("dich") as dich:
        with pytest.raises(Refusal, match="gives too little"):
            patients_beds.admit(actor=dich, moment=MORNING, patient_id=other.pk, bed_id=plain.pk)
        stay = patients_beds.admit(actor=dich, moment=MORNING, patient_id=ill.pk, bed_id=plain.pk)
        assert Transfer.objects.get(patient=ill).received_at == MORNING, "choosing a bed confirms the arrival"
        with pytest.raises(IntegrityError, match="bed_holds_one_patient"), transaction.atomic():
            BedStay.objects.create(
                patient=other, bed=plain, facility=stay.facility, since=MORNING, province_id=stay.province_id
            )
        Patient.objects.filter(pk=other.pk).update(need="plain")
        with pytest.raises(Refusal, match="is for: Confirmed"):
            patients_beds.admit(actor=dich, moment=MORNING, patient_id=other.pk, bed_id=plain.pk)
        Patient.objects.filter(pk=other.pk).update(positive_on=date(2021, 11, 22))
        with pytest.raises(Refusal, match="Another patient lies in this bed"):
            patients_beds.admit(actor=dich, moment=MORNING, patient_id=other.pk, bed_id=plain.pk)
        Bed.objects.filter(pk=plain.pk).update(kind="icu")
        with pytest.raises(Refusal, match="lies in this bed already"):
            patients_beds.move(actor=dich, moment=MORNING, patient_id=ill.pk, bed_id=plain.pk, reason="Theo dõi sát")
        with pytest.raises(Refusal, match="does not need an intensive-care bed"):
            patients_beds.admit(actor=dich, moment=MORNING, patient_id=other.pk, bed_id=plain.pk)
        Ward.objects.filter(facility=plain.facility_id).update(state="closed")
        with pytest.raises(Refusal, match="Ward Khoa 1 is closed"):
            patients_beds.admit(actor=dich, moment=MORNING, patient_id=other.pk, bed_id=plain.pk)
        Facility.objects.filter(pk=plain.facility_id).update(closed_on=MORNING.date())
        with pytest.raises(Refusal, match="Mốc bệnh viện Tân Lộc is closed"):
            patients_beds.admit(actor=dich, moment=MORNING, patient_id=other.pk, bed_id=plain.pk)


def test_a_transfer_from_the_request_to_the_bed(world: World) -> None:
    """The crew of another body drives; each tap counts once; the clock of each step; the bed that was left is cleaned."""
    with entering(SYSTEM):
        ill = Patient.objects.get(initials="Mốc bệnh nhân Tân Lộc")
        Facility.objects.filter(name="Mốc bệnh viện Phú Khê").update(organisation=world.bodies["TTTH"])
        Bed.objects.filter(facility__name="Mốc bệnh viện Phú Khê", kind="plain").update(kind="oxygen")
        old = BedStay.objects.now().get(patient=ill).bed
    with entering(SYSTEM):
        own = transfers.set_limit(
            actor=SYSTEM_OF(world), moment=MORNING, urgency="b_urgent", state="approved", minutes=12
        )
        assert own.province_id == world.units["98"].pk
        car = ambulances.add_ambulance(
            actor=SYSTEM, moment=MORNING, plate="98a-12345", organisation=world.bodies["CTDK"], equipment="oxygen"
        )
    with world.as_("dich") as dich:
        to = facility("Phú Khê")
        way = transfers.request_transfer(actor=dich, moment=MORNING, patient_id=ill.pk, facility_id=to.pk)
        assert (way.urgency, way.due_at) == ("b_urgent", MORNING + 30 * MINUTE)
        with pytest.raises(Refusal, match="does not follow"):
            transfers.depart(actor=dich, moment=MORNING, transfer_id=way.pk)
        with pytest.raises(Refusal, match="Say why"):
            transfers.refuse(actor=dich, moment=MORNING, transfer_id=way.pk, reason=" ")
        with pytest.raises(NotAllowed, match="The province sets the limits"):
            transfers.set_limit(actor=dich, moment=MORNING, urgency="b_urgent", state="approved", minutes=12)
        way = transfers.approve(actor=dich, moment=MORNING + MINUTE, transfer_id=way.pk)
        assert way.due_at == MORNING + 13 * MINUTE, "the limit that the province chose"
        transfers.assign(
            actor=dich, moment=MORNING + 2 * MINUTE, transfer_id=way.pk, ambulance_id=car.pk, crew="BS Hòa"
        )
    key = uuid4()
    with world.as_("may") as may:
        assert list(Patient.objects.visible_to(may).values_list("pk", flat=True)) == [ill.pk]
        for _tap in range(3):
            way = transfers.depart(actor=may, moment=MORNING + 9 * MINUTE, transfer_id=way.pk, key=key)
        assert way.steps.filter(state="on_the_way").count() == 1
        with pytest.raises(NotAllowed):
            transfers.approve(actor=may, moment=MORNING, transfer_id=way.pk)
        transfers.arrive(actor=may, moment=MORNING + 40 * MINUTE, transfer_id=way.pk, key=uuid4())
        assert not BedStay.objects.now().filter(patient=ill).exists()
    with entering(SYSTEM):
        transfers.clean_bed_left(actor=SYSTEM, moment=MORNING, subject_id=way.pk)
        old.refresh_from_db()
        assert old.state == Bed.State.CLEANING
        assert transfers.tell_late(actor=SYSTEM, moment=MORNING + 2 * DAY) == 4, "this one and three of the story"
        assert transfers.tell_late(actor=SYSTEM, moment=MORNING + 2 * DAY) == 0
    with world.as_("dich") as dich:
        free = Bed.objects.filter(facility=to, kind="oxygen").exclude(stays__until=None, stays__isnull=False).first()
        assert free is not None
        patients_beds.admit(actor=dich, moment=MORNING + 50 * MINUTE, patient_id=ill.pk, bed_id=free.pk)
        way.refresh_from_db()
        assert (way.state, way.received_at) == ("arrived", MORNING + 50 * MINUTE)
        assert not Transfer.objects.live().filter(patient=ill).exists()
    told = set(Fact.objects.filter(subject_id=way.pk).values_list("kind", flat=True))
    assert {
        "care:transfer:requested",
        "care:transfer:on_the_way",
        "care:transfer:late",
        "care:transfer:received",
    } <= told


def SYSTEM_OF(world: World) -> Any:  # noqa: N802  (the installation, as an officer of the province)
    return replace(SYSTEM, area=world.units["98"].area)


def test_who_may_leave_and_what_follows(world: World) -> None:
    with entering(SYSTEM):
        ill = Patient.objects.get(initials="Mốc bệnh nhân Tân Lộc")
    with world.as_("dich") as dich:
        with pytest.raises(Refusal, match="No verified rule says that this patient may leave"):
            outcomes.discharge(actor=dich, moment=MORNING.replace(year=2022, month=3), patient_id=ill.pk)
        assert outcomes.leaving_of(ill, MORNING.date()).missing == ("symptoms_end_on",)
        patients.note_course(
            actor=dich,
            moment=MORNING,
            patient_id=ill.pk,
            symptoms_end_on=date(2021, 11, 23),
            negative_on=date(2021, 11, 24),
        )
        with pytest.raises(Refusal, match="may not leave yet"):
            outcomes.discharge(actor=dich, moment=MORNING, patient_id=ill.pk)
        later = MORNING + 14 * DAY
        done = outcomes.discharge(actor=dich, moment=later, patient_id=ill.pk)
        assert done.ending["rule"]["document"] == "4689/QĐ-BYT"
        assert not BedStay.objects.now().filter(patient=ill).exists()
        with pytest.raises(Refusal, match="this treatment has ended"):
            outcomes.note_death(actor=dich, moment=later, patient_id=ill.pk)
    with entering(SYSTEM):
        case = outcomes.tell_surveillance(actor=SYSTEM, moment=later, subject_id=ill.pk)
        assert case is not None
        assert (case.outcome, case.outcome_on) == ("recovered", later.date())
        assert outcomes.tell_surveillance(actor=SYSTEM, moment=later, subject_id=ill.pk) is None


def test_a_death_is_reviewed_as_a_task_and_read_by_few(world: World) -> None:
    with world.as_("dich") as dich:
        who = patients.WalkIn(full_name="Lò Thị Mơ", birth_year=1941, commune=world.units["98001"].pk)
        ill = patients.register_walk_in(
            actor=dich, moment=MORNING, facility_id=facility("Tân Lộc").pk, who=who, positive_on=date(2021, 11, 23)
        )
        assert (ill.initials, ill.commune_id) == ("L.T.M. 1941", world.units["98001"].pk)
        outcomes.note_death(actor=dich, moment=MORNING + DAY, patient_id=ill.pk, reason="Suy hô hấp")
    with entering(SYSTEM):
        task = outcomes.ask_for_review(actor=SYSTEM, moment=MORNING + DAY, subject_id=ill.pk)
        assert isinstance(task, Task)
        assert (task.organisation.code, "Lò" in task.title) == ("TTTH", False)
        assert outcomes.ask_for_review(actor=SYSTEM, moment=MORNING + DAY, subject_id=ill.pk) is None
    with world.as_("ngoc"):
        assert not DeathReview.objects.filter(patient=ill.pk).exists(), "a commune reads no review"
    with world.as_("dich") as dich:
        written = {"underlying_cause": "COVID-19", "lessons": "Chuyển sớm hơn"}
        with pytest.raises(Refusal, match="whether it was avoidable"):
            outcomes.review_death(actor=dich, moment=MORNING + DAY, patient_id=ill.pk, done=True, **written)
        done = outcomes.review_death(
            actor=dich, moment=MORNING + DAY, patient_id=ill.pk, done=True, avoidable="perhaps", **written
        )
        assert done.done_at == MORNING + DAY


def test_an_infection_inside_is_raised_and_decided(world: World) -> None:
    with world.as_("dich") as dich:
        who = patients.WalkIn(full_name="Giàng A Páo", birth_year=1960)
        ill = patients.register_walk_in(
            actor=dich, moment=MORNING, facility_id=facility("Tân Lộc").pk, who=who, reason="other",
            negative_at_admission=True,
        )  # fmt: skip
        Ward.objects.filter(facility=facility("Tân Lộc")).update(cohort="other")
        patients_beds.admit(actor=dich, moment=MORNING, patient_id=ill.pk, bed_id=bed("Tân Lộc", "plain").pk)
        patients.note_course(actor=dich, moment=MORNING + 7 * DAY, patient_id=ill.pk, positive_on=date(2021, 12, 1))
        assert not InsideInfection.objects.filter(patient=ill).exists(), "seven days may have been brought along"
        patients.note_course(actor=dich, moment=MORNING + 8 * DAY, patient_id=ill.pk, positive_on=date(2021, 12, 2))
        raised = InsideInfection.objects.get(patient=ill)
        assert (raised.days_inside, raised.grounds["window_days"], raised.ward.name) == (8, 7, "Khoa 1")
        assert Fact.objects.filter(kind="care:infection:suspected", subject_id=raised.pk).count() == 1
        with pytest.raises(Refusal, match="Say why"):
            inside.decide_infection(actor=dich, moment=MORNING, infection_id=raised.pk, confirmed=True, reason="")
        done = inside.decide_infection(
            actor=dich, moment=MORNING + 9 * DAY, infection_id=raised.pk, confirmed=True, reason="Cùng phòng ca khác"
        )
        assert done.state == "confirmed"
