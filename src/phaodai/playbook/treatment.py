"""What follows for people who are treated: at home or in a facility, and for the equipment of what closes."""

from datetime import datetime

from phaodai.care.actions.home_oxygen import ask_oxygen
from phaodai.care.models import Facility, HomeAlarm, HomeCare, InsideInfection, OxygenRequest, Patient
from phaodai.containment.models import Checkpoint, Site
from phaodai.foundation.scope import Actor
from phaodai.supply.actions.redeployment import propose_redeployment
from phaodai.supply.models import Redeployment
from phaodai.surveillance.actions.cases import close_case
from phaodai.surveillance.actions.tracing import list_contacts
from phaodai.surveillance.models import Case, TraceRun

LOW_OXYGEN = "spo2"


def untreated(subject_id: int) -> Case | None:
    """A confirmed case of whom nobody has written where they are treated: not at home, and in no facility."""
    confirmed = Case.objects.filter(classification=Case.Classification.CONFIRMED, outcome="", facility="")
    case = confirmed.filter(pk=subject_id).first()
    at_home = case is not None and HomeCare.objects.going_on().filter(person=case.person_id).exists()
    return None if case is None or at_home or Patient.objects.filter(case=case).exists() else case


def looked_at(*, actor: Actor, moment: datetime, subject_id: int) -> Case | None:
    """The officer goes on to the form that asks the rule; saying yes begins nothing by itself."""
    del moment
    return Case.objects.visible_to(actor).filter(pk=subject_id).first()


def breathless_at_home(subject_id: int) -> HomeAlarm | None:
    """An open alarm for low oxygen, while no cylinder is on its way."""
    alarm = HomeAlarm.objects.waiting().filter(pk=subject_id).select_related("reading", "home_care").first()
    if alarm is None or OxygenRequest.objects.awaited().filter(home_care=alarm.home_care_id).exists():
        return None
    return alarm if any(one["code"] == LOW_OXYGEN for one in alarm.reading.alarm) else None


def bring_oxygen(*, actor: Actor, moment: datetime, subject_id: int) -> OxygenRequest:
    """Ask for oxygen to the door of whoever the alarm is about; it counts as an answer to the alarm."""
    alarm = HomeAlarm.objects.get(pk=subject_id)
    return ask_oxygen(actor=actor, moment=moment, home_care_id=alarm.home_care_id)


def recovered_case(subject_id: int) -> Case | None:
    """The case of somebody who recovered at home, while its outcome is not written."""
    care = HomeCare.objects.filter(pk=subject_id, state=HomeCare.State.RECOVERED).select_related("case").first()
    return care.case if care is not None and not care.case.outcome else None


def write_recovery(*, actor: Actor, moment: datetime, subject_id: int) -> Case:
    """The case ends as recovered, on the day on which the care at home ended."""
    care = HomeCare.objects.get(pk=subject_id)
    ended = (care.ended_at or moment).date()
    return close_case(actor=actor, moment=moment, pk=care.case_id, outcome=Case.Outcome.RECOVERED, outcome_on=ended)


def untraced_inside(subject_id: int) -> Case | None:
    """The case of somebody who perhaps caught the disease in a facility, while nobody has listed whom it met."""
    found = InsideInfection.objects.filter(pk=subject_id).select_related("patient__case").first()
    case = found.patient.case if found is not None else None
    return None if case is None or TraceRun.objects.filter(case=case).exists() else case


def trace_inside(*, actor: Actor, moment: datetime, subject_id: int) -> TraceRun:
    """List whom the case met."""
    patient = InsideInfection.objects.select_related("patient").get(pk=subject_id).patient
    assert patient.case_id is not None, "a proposal stands only where a case is known"
    return list_contacts(actor=actor, moment=moment, case_id=patient.case_id)


def move_on_from_facility(*, actor: Actor, moment: datetime, subject_id: int) -> list[Redeployment]:
    """A facility closed: its equipment is proposed for where the gap is."""
    place = Facility.objects.get(pk=subject_id)
    return propose_redeployment(actor=actor, moment=moment, closed=place.name, place_id=place.place_id)


def move_on_from_site(*, actor: Actor, moment: datetime, subject_id: int) -> list[Redeployment]:
    """A quarantine site closed."""
    place = Site.objects.get(pk=subject_id)
    return propose_redeployment(actor=actor, moment=moment, closed=place.name, place_id=place.place_id)


def move_on_from_checkpoint(*, actor: Actor, moment: datetime, subject_id: int) -> list[Redeployment]:
    """A checkpoint closed: it has no place of its own, so its things are those that say its name."""
    place = Checkpoint.objects.get(pk=subject_id)
    return propose_redeployment(actor=actor, moment=moment, closed=place.name, where=place.name)
