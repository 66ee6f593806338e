"""Somebody comes under treatment: from the page of a case, or at the door of a facility; who they are is opened on request."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.care.actions.inside import look_for_inside
from phaodai.care.actions.patients_shared import (
    keep,
    open_facility,
    patient_for,
    runs,
)
from phaodai.care.models import Facility, Patient, PatientLook, PatientStep
from phaodai.foundation.clock import local_day
from phaodai.foundation.constraints import worded
from phaodai.foundation.formats import fold
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor, Area
from phaodai.people.models.persons import masked_name
from phaodai.surveillance.models import Case
from phaodai.territory.models import Tier, Unit


@dataclass(frozen=True, kw_only=True)
class WalkIn:
    """Somebody who came to a facility by themselves, as they said who they are. `commune` is the row id of the home's."""

    full_name: str
    sex: str = ""
    birth_year: int | None = None
    phone: str = ""
    commune: int | None = None


@transaction.atomic
def treat_case(*, actor: Actor, moment: datetime, case_id: int, **facts: Any) -> Patient:
    """Bring a case under treatment; severity, tier and place follow with the first assessment.

    `facts` are fields of BACKGROUND. Refuses a case whose illness is over, and whoever is under treatment already.
    """
    actor.require(Permission.CARE_PATIENT_WRITE)
    case = Case.objects.visible_to(actor).select_related("person").filter(pk=case_id).first()
    if case is None:
        raise NotHere(_("There is no such case that your post may see."))
    if not actor.area.holds(case):
        raise NotAllowed(_("Another unit answers for this case. You can send a request."))
    _refuse_no_patient(case)
    person = case.person
    patient = Patient(
        person=person,
        full_name=person.full_name,
        sex=person.sex,
        birth_year=person.birth_year,
        phone=person.phone,
        registered_at=moment,
        **background(facts),
        **Area.of(case).columns,
    )
    take_from_case(patient, case)
    return _register(patient, actor, moment)


def _refuse_no_patient(case: Case) -> None:
    if case.classification == Case.Classification.DISCARDED:
        raise Refusal(_("%(case)s turned out to be no case.") % {"case": case.code})
    if case.outcome:
        about = {"case": case.code, "outcome": case.get_outcome_display()}
        raise Refusal(_("%(case)s has ended: %(outcome)s. A new infection is a new case.") % about)


def take_from_case(patient: Patient, case: Case) -> None:
    """What a patient's record repeats of the case, because whoever treats does not see the case itself."""
    patient.case, patient.case_code = case, case.code
    patient.onset_on = patient.onset_on or case.onset_on
    tested = local_day(case.positive_at) if case.positive_at else None
    known = case.sampled_on or tested or case.reported_on
    if case.classification == Case.Classification.CONFIRMED:
        patient.positive_on = patient.positive_on or known


@transaction.atomic
def register_walk_in(
    *, actor: Actor, moment: datetime, facility_id: int, who: WalkIn, reason: str = Patient.Reason.DISEASE, **facts: Any
) -> Patient:
    """Take somebody up who stands at the door of a facility, for the epidemic disease or for another reason."""
    actor.require(Permission.CARE_PATIENT_WRITE)
    facility = open_facility(actor, facility_id)
    if not runs(actor, facility):
        raise NotAllowed(_("This facility belongs to another unit. You can send a request."))
    if not who.full_name.strip():
        raise Refusal(_("Write the name, or what the person is called."), field="full_name")
    if reason not in Patient.Reason.values:
        raise Refusal(_("Choose for what they are treated."), field="reason")
    if who.birth_year is not None and not moment.year - 130 <= who.birth_year <= moment.year:
        raise Refusal(_("%(year)d is no possible year of birth.") % {"year": who.birth_year}, field="birth_year")
    patient = Patient(
        full_name=who.full_name.strip(),
        sex=who.sex,
        birth_year=who.birth_year,
        phone=who.phone,
        reason=reason,
        facility=facility,
        registered_at=moment,
        **background(facts),
        **_home_of(who, facility).columns,
    )
    return _register(patient, actor, moment)


def _home_of(who: WalkIn, facility: Facility) -> Area:
    if who.commune is None:
        return Area.of(facility)
    commune = Unit.objects.tier(Tier.COMMUNE).filter(pk=who.commune, province_id=facility.province_id).first()
    if commune is None:
        raise Refusal(_("Choose a commune of this province, or leave it empty."), field="commune")
    return commune.area


BACKGROUND = (
    "comorbidity", "conditions", "pregnant", "fully_vaccinated", "negative_at_admission", "onset_on", "positive_on",
    "symptoms_end_on", "negative_on",
)  # fmt: skip
"""What is known of somebody beside the assessment."""


def background(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts that a patient's record takes; refuses others."""
    for name in facts:
        if name not in BACKGROUND:
            raise Refusal(_("This value cannot be changed here."), field=name)
    return facts


def _register(patient: Patient, actor: Actor, moment: datetime) -> Patient:
    patient.initials = masked_name(patient.full_name, patient.birth_year)[:40]
    patient.search_key = fold(f"{patient.initials} {patient.case_code}")[:300]
    refuse_impossible_days(patient, local_day(moment))
    with worded():
        patient.save()
    PatientStep.objects.create(
        patient=patient, what=PatientStep.What.REGISTERED, at=moment, officer_id=actor.officer, words=patient.case_code
    )
    Fact.tell("care:patient:registered", subject=patient, moment=moment, officer=actor.officer)
    return patient


def refuse_impossible_days(patient: Patient, today: date) -> None:
    """Refuse days to come, and symptoms that ended before they began."""
    for name in ("onset_on", "symptoms_end_on", "positive_on", "negative_on"):
        day = getattr(patient, name)
        if day is not None and day > today:
            raise Refusal(_("This day has not come yet."), field=name)
    began, ended = patient.onset_on, patient.symptoms_end_on
    if began is not None and ended is not None and ended < began:
        raise Refusal(_("The symptoms ended before they began. Correct one of the two days."), field="symptoms_end_on")


@transaction.atomic
def note_course(*, actor: Actor, moment: datetime, patient_id: int, **days: Any) -> Patient:
    """Write down onset, end of symptoms, samples and background (BACKGROUND); an infection inside is looked for at once."""
    actor.require(Permission.CARE_PATIENT_WRITE)
    patient = patient_for(actor, patient_id)
    for name, value in background(days).items():
        setattr(patient, name, value)
    refuse_impossible_days(patient, local_day(moment))
    keep(patient, PatientStep.What.TESTED, actor=actor, moment=moment, words=_course_words(patient))
    look_for_inside(patient, actor=actor, moment=moment)
    return patient


def _course_words(patient: Patient) -> str:
    known = {
        _("onset"): patient.onset_on,
        _("symptoms ended"): patient.symptoms_end_on,
        _("positive"): patient.positive_on,
        _("negative"): patient.negative_on,
    }
    return "; ".join(f"{label} {day:%d/%m}" for label, day in known.items() if day)


@transaction.atomic
def link_case(*, actor: Actor, moment: datetime, patient_id: int, case_id: int) -> Patient:
    """Say of which case a patient is, once surveillance has written it down; the home is then the case's."""
    actor.require(Permission.CARE_PATIENT_WRITE)
    patient = patient_for(actor, patient_id)
    case = Case.objects.visible_to(actor).select_related("person").filter(pk=case_id).first()
    if case is None:
        raise NotHere(_("There is no such case that your post may see."))
    _refuse_no_patient(case)
    take_from_case(patient, case)
    patient.person = case.person
    for column, value in Area.of(case).columns.items():
        setattr(patient, column, value)
    patient.search_key = fold(f"{patient.initials} {patient.case_code}")[:300]
    return keep(patient, PatientStep.What.LINKED, actor=actor, moment=moment, words=case.code)


@transaction.atomic
def look_at_name(*, actor: Actor, moment: datetime, patient_id: int, purpose: str) -> Patient:
    """Open a patient's name and telephone for one purpose; the look is kept."""
    actor.require(Permission.CARE_PATIENT_WRITE)
    patient = patient_for(actor, patient_id, open_only=False)
    if purpose not in PatientLook.Purpose.values:
        raise Refusal(_("Say why you need the name."), field="purpose")
    PatientLook.objects.create(patient=patient, officer_id=actor.officer, purpose=purpose, at=moment)
    return patient
