"""What follows quarantine, arrivals, treatment and closed places: by itself or asked, from the fact to the record."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from phaodai.care.actions.home import release_home_care
from phaodai.care.actions.readings import write_reading
from phaodai.care.models import Facility, OxygenRequest, Patient
from phaodai.care.rules.alarms import Taken
from phaodai.command.models import Task
from phaodai.containment.actions.arrivals_handing import note_monitoring
from phaodai.containment.actions.checkpoints import note_origin_level
from phaodai.containment.models import Arrival, Checkpoint, Monitoring, Site, Stay, StayTest
from phaodai.foundation.models import Fact
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.people.models import Person
from phaodai.playbook.actions import accept_step, follow_facts
from phaodai.playbook.models import Step
from phaodai.supply.models import Equipment, Redeployment
from phaodai.surveillance.models import Case, LabTest, Sample
from phaodai.territory.models import Place
from phaodai.vaccination.actions.events import Report, report_event
from phaodai.vaccination.models import AdverseReaction, Dose
from tests.phaodai.site.action_rows.home_care import here, quiet
from tests.story import Story
from tests.story_surveillance import area_of
from tests.world import World

pytestmark = pytest.mark.django_db


def follow(moment: datetime) -> None:
    """All that waits, with the facts that following tells."""
    with entering(SYSTEM, why="test"):
        while follow_facts(actor=SYSTEM, moment=moment):
            """What followed tells facts of its own."""


def tell(kind: str, subject: Any, moment: datetime) -> None:
    with entering(SYSTEM, why="test"):
        Fact.tell(kind, subject=subject, moment=moment, officer=None)
    follow(moment)


def proposed(key: str) -> Step:
    with entering(SYSTEM, why="test"):
        return Step.objects.get(consequence=key, state=Step.State.PROPOSED)


def taken(world: World, who: str, key: str, moment: datetime) -> Step:
    with world.as_(who) as actor:
        return accept_step(actor=actor, moment=moment, pk=proposed(key).pk)


def test_a_result_reaches_the_stay_and_a_positive_one_is_proposed_as_a_case(
    world: World, story: Story, moment: datetime
) -> None:
    with entering(SYSTEM, why="test"):
        stay = Stay.objects.inside().get(site__name="Mốc khu cách ly Phú Khê")
        Case.objects.filter(person=stay.person).update(outcome="recovered", outcome_on=date(2021, 11, 20))
        test = LabTest.objects.create(
            person=stay.person,
            sampled_at=moment - timedelta(hours=20),
            result="positive",
            result_at=moment,
            **area_of(stay),
        )
        assert not StayTest.objects.filter(stay=stay).exclude(result="").exists()
    tell("surveillance:test:answered", test, moment)
    with entering(SYSTEM, why="test"):
        assert StayTest.objects.exclude(lab_test=None).get(stay=stay).result == "positive"
        assert Step.objects.filter(consequence="report-inside", subject_id=stay.pk).exists()


def test_release_begins_monitoring_and_unwell_asks_for_a_sample(world: World, story: Story, moment: datetime) -> None:
    with entering(SYSTEM, why="test"):
        stay = Stay.objects.inside().get(site__name="Mốc khu cách ly Tân Lộc")
        stay.state, stay.ended_at = Stay.State.RELEASED, moment
        stay.save()
        arrival = Arrival.objects.get(full_name="Mốc hết Tân Lộc")
        arrival.person, arrival.monitor_until = stay.person, moment.date() + timedelta(days=7)
        arrival.save()
    tell("containment:stay:released", stay, moment)
    with entering(SYSTEM, why="test"):
        watched = Monitoring.objects.get(arrival=arrival)
        note_monitoring(actor=SYSTEM, moment=moment, monitoring_id=watched.pk, word="unwell")
    follow(moment)
    assert proposed("test-unwell").subject_id == watched.pk
    with entering(SYSTEM, why="test"):
        made = accept_step(actor=SYSTEM, moment=moment, pk=proposed("test-unwell").pk)
        assert Sample.objects.get(pk=made.made_id).person_id == stay.person_id


def test_a_known_level_asks_arrivals_again(world: World, story: Story, moment: datetime) -> None:
    with entering(SYSTEM, why="test"):
        arrival = Arrival.objects.get(full_name="Mốc đến Tân Lộc")
        before, origin = arrival.version, arrival.origin
        assert arrival.step == Arrival.Step.TO_DECIDE
    with world.as_("ngoc") as ngoc:
        note_origin_level(
            actor=ngoc, moment=moment, unit=origin, level=4, since=date(2021, 11, 20), source="Trang của tỉnh"
        )
    follow(moment)
    with entering(SYSTEM, why="test"):
        assert Arrival.objects.get(pk=arrival.pk).version > before


def test_low_oxygen_asks_for_a_cylinder_and_recovery_for_the_outcome(
    world: World, story: Story, moment: datetime
) -> None:
    home = quiet()
    with entering(SYSTEM, why="test"):
        OxygenRequest.objects.filter(home_care=home).update(state="cancelled")
    with world.as_("ngoc") as ngoc:
        write_reading(actor=ngoc, moment=moment, home_care_id=home.pk, taken=Taken(spo2=92), key=uuid4())
    follow(moment)
    made = taken(world, "ngoc", "oxygen-home", moment).made_id
    with entering(SYSTEM, why="test"):
        asked = OxygenRequest.objects.get(pk=made)
        assert asked.alarm is not None
        assert asked.alarm.acknowledged_at == moment
    quiet()
    with world.as_("ngoc") as ngoc:
        release_home_care(actor=ngoc, moment=moment, home_care_id=home.pk, reason="Hai lần âm tính")
    follow(moment)
    case = taken(world, "ngoc", "case-recovered", moment)
    with entering(SYSTEM, why="test"):
        assert Case.objects.get(pk=case.made_id).outcome == "recovered"


def test_a_confirmed_case_nobody_treats_is_asked_for_home_care(world: World, story: Story, moment: datetime) -> None:
    case = story.cases["Mốc ca 1"]
    with entering(SYSTEM, why="test"):
        care = here()
        care.state, care.ended_at = "stopped", moment
        care.save()
        Patient.objects.filter(case=case).update(case=None)
    tell("surveillance:case:classified", case, moment)
    assert proposed("home-care").about == proposed("facility-place").about == case.code


CLOSED: tuple[tuple[str, Callable[[], Any]], ...] = (
    ("care:facility:closed", lambda: Facility.objects.order_by("pk")[0]),
    ("containment:site:closed", lambda: Site.objects.get(name="Mốc khu cách ly Tân Lộc")),
    ("containment:checkpoint:closed", lambda: Checkpoint.objects.get(organisation__code="TYTL")),
)


@pytest.mark.parametrize(("kind", "closed"), CLOSED, ids=[kind for kind, _closed in CLOSED])
def test_what_closes_gives_its_equipment_up(
    kind: str, closed: Callable[[], Any], world: World, story: Story, moment: datetime
) -> None:
    with entering(SYSTEM, why="test"):
        place = closed()
        Redeployment.objects.all().delete()
        thing = Equipment.objects.filter(province_id=place.province_id).order_by("pk")[0]
        stands = getattr(place, "place", None)
        thing.place = stands if isinstance(stands, Place) else None
        thing.where = "" if thing.place else place.name
        thing.save()
    tell(kind, place, moment)
    with entering(SYSTEM, why="test"):
        assert Redeployment.objects.get(equipment=thing).closed == place.name


def test_a_serious_event_after_a_dose_becomes_two_tasks_of_the_department(
    world: World, story: Story, moment: datetime
) -> None:
    with entering(SYSTEM, why="test"):
        dose = Dose.objects.get(full_name="Mốc mũi tiêm Tân Lộc")
    with world.as_("ngoc") as ngoc:
        report = Report("serious", "site", "Khó thở", dose.given_at + timedelta(minutes=5))
        event = report_event(actor=ngoc, moment=moment, dose_id=dose.pk, report=report)
    follow(moment)
    with entering(SYSTEM, why="test"):
        task = Task.objects.get(title=f"Điều tra tai biến nặng sau tiêm chủng số {event.pk}")
        assert (task.organisation.code, task.deadline) == ("SYT", event.investigate_by)
        assert event.investigate_by == moment + timedelta(hours=24), "Decree 104/2016, article 6"
        AdverseReaction.objects.filter(pk=event.pk).update(investigated_at=moment, council_by=date(2021, 12, 1))
    tell("vaccination:event:investigated", event, moment)
    tell("vaccination:event:serious", event, moment)
    with entering(SYSTEM, why="test"):
        council = Task.objects.get(title__startswith="Họp Hội đồng")
        assert council.deadline == moment.replace(year=2021, month=12, day=1, hour=17, minute=0)
        assert Task.objects.filter(title__startswith="Điều tra tai biến").count() == 1, "it was investigated"


def test_doses_follow_records_that_are_joined_and_parted(world: World, story: Story, moment: datetime) -> None:
    with entering(SYSTEM, why="test"):
        dose = Dose.objects.get(full_name="Mốc mũi tiêm Tân Lộc")
        before, kept = Person.objects.filter(province_id=dose.province_id, merged_into=None).order_by("pk")[:2]
        Dose.objects.filter(pk=dose.pk).update(person=before)
        Person.objects.filter(pk=before.pk).update(merged_into=kept)
    tell("people:person:merged", kept, moment)
    with entering(SYSTEM, why="test"):
        assert Dose.objects.get(pk=dose.pk).person_id == kept.pk
        Person.objects.filter(pk=before.pk).update(merged_into=None)
        Fact.tell("people:person:parted", subject=kept, moment=moment, officer=None, other=before.pk)
    follow(moment)
    with entering(SYSTEM, why="test"):
        assert Dose.objects.get(pk=dose.pk).person_id == before.pk
