"""Facilities as their officers keep them: beds counted, refused and closed, oxygen, planned beds, rosters and loans."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, transaction

from phaodai.care import report_part
from phaodai.care.actions import beds, facilities, oxygen, people, people_loans, rosters, upgrades
from phaodai.care.actions.beds_reports import report_beds
from phaodai.care.models import Bed, BedPeriod, BedStay, Facility, FacilityStep, Patient, Shift, TeamLoan, Worker
from phaodai.care.models.facilities_changed import bed_changes
from phaodai.care.models.facilities_counts import Flow, counted_from_beds, facilities_now, flows_of
from phaodai.care.models.facilities_past import taken_by_day
from phaodai.care.rules.facilities import BedCount, Counted
from phaodai.command.rules.periods import Period
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, Refusal
from phaodai.foundation.scope import SYSTEM, Actor, Area, entering
from tests.clients import sign_in
from tests.story_surveillance import area_of
from tests.world import World

pytestmark = pytest.mark.django_db

HERE, ORDER = "Mốc bệnh viện Tân Lộc", "15/QĐ-UBND ngày 24/11/2021"


@pytest.fixture
def hospital(world: World) -> Facility:
    """The facility of the story, with nobody in its beds."""
    with entering(SYSTEM):
        facility = Facility.objects.get(name=HERE)
        BedStay.objects.now().filter(facility=facility).update(until=datetime.fromisoformat("2021-11-24T01:00+07:00"))
    return facility


def lay(facility: Facility, bed: Bed, since: datetime) -> BedStay:
    """Somebody is laid in a bed."""
    patient = Patient.objects.create(
        initials="T.A.L.", state="inside", facility=facility, registered_at=since,
        admitted_at=since, **area_of(facility),
    )  # fmt: skip
    return BedStay.objects.create(patient=patient, bed=bed, facility=facility, since=since, **area_of(facility))


def test_beds_are_counted_as_they_are_taken_cleaned_held_and_closed(
    world: World, hospital: Facility, moment: datetime
) -> None:
    deed: dict[str, Any] = {"moment": moment, "facility_id": hospital.pk}
    with world.as_("dich") as dich:
        before = flows_of([hospital.pk], moment).get(hospital.pk, Flow()).admissions
        ward = beds.add_ward(actor=dich, name="Hồi sức", cohort="confirmed", **deed)
        made = beds.add_beds(
            actor=dich, moment=moment, ward_id=ward.pk, labels=beds.labels_of("H01-H06, 7"), kind="icu",
            order_reference=ORDER,
        )  # fmt: skip
        assert [one.label for one in made] == ["H01", "H02", "H03", "H04", "H05", "H06", "7"]
        lay(hospital, made[0], moment)
        for state, one in (("reserve", made[1]), ("cleaning", made[2]), ("closed", made[3])):
            beds.set_beds(actor=dich, bed_ids=[one.pk], state=state, **deed)
        now = facilities_now([hospital], moment)[0]
        assert now.counted.of("icu") == BedCount(beds=6, used=1, held=1, cleaning=1, closed=1)
        assert now.counted.of("icu").free == 3
        assert now.counted.counted_at == moment
        assert flows_of([hospital.pk], moment)[hospital.pk].admissions == before + 1
        for refused in (
            lambda: beds.set_beds(actor=dich, bed_ids=[made[0].pk], state="closed", **deed),
            lambda: beds.convert_beds(actor=dich, bed_ids=[made[0].pk], kind="plain", **deed),
            lambda: beds.set_ward(actor=dich, moment=moment, ward_id=ward.pk, state="closed"),
            lambda: facilities.close_facility(actor=dich, order_reference=ORDER, **deed),
        ):
            with pytest.raises(Refusal, match=r"H01|1 patients|1 người bệnh"), transaction.atomic():
                refused()
        with pytest.raises(Refusal), transaction.atomic():
            beds.add_beds(actor=dich, moment=moment, ward_id=ward.pk, labels=["H01"], kind="icu")
        BedStay.objects.filter(bed=made[0]).update(until=moment + timedelta(minutes=1))
        closed = facilities.close_facility(actor=dich, order_reference=ORDER, **deed)
        assert closed.closed_on == moment.date()
        assert not Bed.objects.usable().filter(facility=hospital).exists()
        assert FacilityStep.objects.filter(facility=hospital, what="closed", order_reference=ORDER).exists()
        assert Fact.objects.filter(kind="care:facility:closed", subject_id=hospital.pk).exists()
        with pytest.raises(Refusal):
            beds.check_book(actor=dich, **deed)


def test_a_past_day_is_counted_with_the_beds_of_that_day(world: World, hospital: Facility, moment: datetime) -> None:
    ago = [moment - timedelta(days=days) for days in range(6)]
    with world.as_("dich") as dich:
        said: dict[str, Any] = {"actor": dich, "facility_id": hospital.pk}
        ward = beds.add_ward(moment=ago[4], name="Nhà 2", cohort="confirmed", **said)
        made = beds.add_beds(actor=dich, moment=ago[4], ward_id=ward.pk, labels=["K1", "K2", "K3", "K4"], kind="plain")
        ids = [one.pk for one in made]
        beds.set_beds(moment=ago[3], bed_ids=ids[:1], state="unfit", **said)
        beds.convert_beds(moment=ago[3], bed_ids=ids[1:], kind="oxygen", **said)
        beds.set_beds(moment=ago[2], bed_ids=ids[1:2], state="cleaning", **said)
        beds.set_ward(actor=dich, moment=ago[1], ward_id=ward.pk, state="closed")
        beds.set_ward(actor=dich, moment=ago[0], ward_id=ward.pk, state="open")
        there = {kind: [_counted(hospital, at).of(kind).beds for at in ago[::-1]] for kind in ("plain", "oxygen")}
        story = (_counted(hospital, moment).of("plain").beds, _counted(hospital, moment).of("oxygen").beds - 3)
        assert there["plain"] == [0, 4, 0, 0, 0, story[0]], "the story's own beds are of this evening"
        assert there["oxygen"] == [0, 0, 3, 3, 0, 3 + story[1]]
        assert _counted(hospital, ago[2]).of("oxygen") == BedCount(beds=3, cleaning=1)
        assert _counted(hospital, ago[3]).of("plain") == BedCount(closed=1)
        lay(hospital, made[3], ago[2])
        assert [one.beds for one in taken_by_day(hospital, moment)][:2] == [2, 3], "yesterday, the story's own"
        changes = bed_changes([hospital], ago[4], ago[1])
        assert [(one.what, one.kind, len(one.labels)) for one in changes] == [
            ("closed", "oxygen", 3), ("converted", "oxygen", 3), ("unfit", "plain", 1), ("added", "plain", 4),
        ]  # fmt: skip
        assert {one.officer for one in changes} == {dich.name}
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            BedPeriod.objects.create(
                bed=made[0], facility=hospital, ward=ward, kind="icu", state="usable", since=ago[5], until=ago[4],
                **area_of(hospital),
            )  # fmt: skip
        assert not BedPeriod.objects.filter(bed=made[0]).update(state="usable"), "nobody mends the past by hand"
    page = sign_in("dich").get("/cuu-chua/", {"ngay": ago[3].date().isoformat()})
    assert [line.counted.all.beds for line in page.context["lines"] if line.facility == hospital] == [3]
    assert [one.change.what for one in page.context["changes"]] == ["converted", "unfit"]
    assert "lines" in sign_in("dich").get("/cuu-chua/", {"ngay": "0001-01-01"}).context, "no day: the board of now"


def _counted(facility: Facility, at: datetime) -> Counted:
    return counted_from_beds([facility], at)[facility.pk]


def test_a_bed_report_counts_where_no_bed_book_is_kept(world: World, hospital: Facility, moment: datetime) -> None:
    deed: dict[str, Any] = {"moment": moment, "facility_id": hospital.pk}
    numbers = {"plain_beds": 40, "plain_used": 31, "oxygen_beds": 10, "oxygen_used": 9}
    with world.as_("dich") as dich:
        with pytest.raises(Refusal), transaction.atomic():
            report_beds(actor=dich, **deed, **numbers)
        hospital = facilities.amend_facility(
            actor=dich, moment=moment, pk=hospital.pk, version=hospital.version, keeps_bed_book=False
        )
        with pytest.raises(Refusal) as refusal, transaction.atomic():
            report_beds(actor=dich, **deed, **(numbers | {"oxygen_used": 11}))
        assert refusal.value.field == "oxygen_used"
        with pytest.raises(Refusal), transaction.atomic():
            report_beds(actor=dich, day=moment.date() + timedelta(days=1), **deed, **numbers)
        report_beds(actor=dich, **deed, **(numbers | {"plain_used": 30}))
        again = report_beds(actor=dich, **deed, **numbers)
        now = facilities_now([hospital], moment + timedelta(hours=30))[0].counted
        assert (again.version, now.all.used, now.all.beds) == (2, 40, 50)
        assert now.is_old(moment + timedelta(hours=30))
        assert not now.is_old(moment + timedelta(hours=2))
        _stays_and_reports(dich, hospital, moment, deed, numbers)


def _stays_and_reports(
    dich: Actor, hospital: Facility, moment: datetime, deed: dict[str, Any], numbers: dict[str, int]
) -> None:
    """Yesterday two lay there by the bed book and forty were reported; the day before, two and nobody."""
    one, other = hospital.beds.order_by("pk")[:2]
    for bed in (one, other):
        BedStay.objects.filter(bed=bed).update(since=moment - timedelta(days=90), until=moment - timedelta(days=80))
        lay(hospital, bed, moment - timedelta(days=2, hours=3))
    yesterday, before = moment - timedelta(days=1), moment - timedelta(days=2)
    report_beds(actor=dich, day=yesterday.date(), **deed, **numbers)
    report_beds(actor=dich, day=before.date(), **deed, plain_beds=40)
    days = {found.day: found for found in taken_by_day(hospital, moment)}
    said = {day: (found.count, found.source, found.difference) for day, found in days.items()}
    assert said[yesterday.date()] == (40, "report", -38)
    assert said[before.date()] == (2, "stays", 2)
    assert days[before.date() - timedelta(days=1)].count is None
    figures = report_part.figures_in(Area.of(hospital), Period(before.date(), before.date()), before)
    assert figures is not None
    assert figures["tiers"][str(hospital.tier)]["used"] == 2
    assert figures["sources"] == {"stays": 1, "reports": 0, "apart": 2}
    assert len(report_part.words_of(figures)) == 4, "beds, free ones, the sources, and how far they are apart"


def test_oxygen_that_runs_short_is_told_and_one_bed_too_few_is_not_converted(
    world: World, hospital: Facility, moment: datetime
) -> None:
    deed: dict[str, Any] = {"moment": moment, "facility_id": hospital.pk}
    with world.as_("dich") as dich:
        lay(hospital, hospital.beds.get(kind="oxygen"), moment)
        source = oxygen.count_oxygen(actor=dich, name="Bình 40 lít", kind="cylinder", count=10, litres=6000, **deed)
        assert source.version == 2, "the story's cylinders, counted again"
        assert not Fact.objects.filter(kind="care:oxygen:low").exists(), (
            "one patient breathes 60,000 litres in 100 hours"
        )
        oxygen.count_oxygen(actor=dich, name="Bình 40 lít", kind="cylinder", count=2, litres=6000, **deed)
        told = Fact.objects.get(kind="care:oxygen:low")
        assert told.payload["hours"] == 20.0, "12,000 litres at 10 a minute"
        plan = upgrades.plan_upgrade(
            actor=dich, beds=upgrades.Beds("icu", 2, from_kind="plain"), ready_on=date(2021, 12, 1),
            answers=world.bodies["TTTH"], order_reference=ORDER, **deed,
        )  # fmt: skip
        step: dict[str, Any] = {"actor": dich, "moment": moment, "plan_id": plan.pk}
        with pytest.raises(Refusal, match="1"), transaction.atomic():
            upgrades.step_upgrade(state="done", **step)
        beds.add_beds(actor=dich, moment=moment, ward_id=hospital.wards.get().pk, labels=["G3"], kind="plain")
        upgrades.step_upgrade(state="done", **step)
        assert facilities_now([hospital], moment)[0].counted.of("icu").beds == 2
        with pytest.raises(Refusal), transaction.atomic():
            upgrades.step_upgrade(state="dropped", reason="Thiếu người", **step)


def test_limits_of_work_hold_until_somebody_gives_a_reason(world: World, hospital: Facility, moment: datetime) -> None:
    with world.as_("dich") as dich:
        worker = people.add_worker(
            actor=dich,
            moment=moment,
            code="NV-7",
            name="Lù Thị Nở",
            organisation=world.bodies["TTTH"],
            skills=["nurse"],
        )
        begin = moment.replace(hour=7, minute=0) + timedelta(days=1)
        deed: dict[str, Any] = {
            "actor": dich, "moment": moment, "worker_ids": [worker.pk], "post": rosters.Post(hospital.place_id),
        }  # fmt: skip
        days = [(begin + timedelta(days=day), begin + timedelta(days=day, hours=8)) for day in range(6)]
        assert len(rosters.add_shifts(spans=days, **deed)) == 6
        for wrong in ((begin, begin + timedelta(hours=4)), (begin + timedelta(hours=9), begin + timedelta(hours=17))):
            with pytest.raises(Refusal, match=r"Nở|at that time|khác vào lúc"), transaction.atomic():
                rosters.add_shifts(spans=[wrong], **deed)
        night = (begin + timedelta(hours=10), begin + timedelta(hours=20))
        kept = rosters.add_shifts(spans=[night], override_reason="Bệnh nhân nặng dồn về", **deed)[0]
        assert (kept.breaches, kept.override_reason) == (["hours", "rest"], "Bệnh nhân nặng dồn về")
        rosters.call_off_shift(actor=dich, moment=moment, shift_id=kept.pk)
        assert rosters.add_shifts(spans=[night], override_reason="Lần nữa", **deed)
        with pytest.raises(Refusal), transaction.atomic():
            rosters.call_off_shift(actor=dich, moment=begin + timedelta(hours=1), shift_id=Shift.objects.first().pk)  # type: ignore[union-attr]
        people.amend_worker(actor=dich, moment=moment, pk=worker.pk, version=1, left_on=moment.date())
        with pytest.raises(Refusal), transaction.atomic():
            rosters.add_shifts(spans=[(begin + timedelta(days=9), begin + timedelta(days=9, hours=4))], **deed)
    with world.as_("khoa") as khoa:
        assert not Worker.objects.visible_to(khoa).filter(pk=worker.pk).exists()
        assert not Worker.objects.filter(pk=worker.pk).exists(), "the database says the same"


def test_a_team_is_lent_by_whoever_answers_for_it_and_only_once_at_a_time(world: World, moment: datetime) -> None:
    day = moment.date() + timedelta(days=3)
    with world.as_("khoa") as khoa:
        armed = replace(khoa, permissions=khoa.permissions | {Permission.CARE_ROSTER_MANAGE})
        team = TeamLoan.objects.get(team__organisation__code="TTTH").team_id
        wish = people_loans.Wish("Trực khoa", 3, day, day + timedelta(days=4), to_organisation=world.bodies["UBPK"])
        asked = people_loans.ask_loan(actor=armed, moment=moment, team_id=team, wish=wish)
        with pytest.raises(NotAllowed), transaction.atomic():
            people_loans.step_loan(actor=armed, moment=moment, loan_id=asked.pk, state="agreed")
    with world.as_("dich") as dich:
        people_loans.step_loan(actor=dich, moment=moment, loan_id=asked.pk, state="agreed")
        other = TeamLoan.objects.exclude(pk=asked.pk).get(team=team)
        TeamLoan.objects.filter(pk=other.pk).update(since=day, until=day)
        with pytest.raises(Refusal), transaction.atomic():
            people_loans.step_loan(actor=dich, moment=moment, loan_id=other.pk, state="agreed")
        people_loans.step_loan(actor=dich, moment=moment, loan_id=asked.pk, state="out")
        back = people_loans.step_loan(actor=dich, moment=moment + timedelta(days=4), loan_id=asked.pk, state="back")
        assert (back.state, back.until) == ("back", day + timedelta(days=1))
        people_loans.step_loan(actor=dich, moment=moment, loan_id=other.pk, state="agreed")
