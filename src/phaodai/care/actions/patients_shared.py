"""What the verbs of patients and transfers share: finding and locking, who answers for whom, steps and facts."""

from datetime import datetime

from django.utils.translation import gettext as _

from phaodai.care.actions.facilities_shared import mine
from phaodai.care.models import Bed, BedStay, Facility, Patient, PatientStep
from phaodai.foundation.constraints import worded
from phaodai.foundation.models import Fact
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor


def runs(actor: Actor, facility: Facility | None) -> bool:
    """Whether the officer answers for a facility; nobody answers for none."""
    return facility is not None and mine(actor, facility)


def answers_for(actor: Actor, patient: Patient) -> bool:
    """Whether the officer treats a patient or looks after the area of their home."""
    return runs(actor, patient.facility) or (actor.reach != "own" and actor.area.holds(patient))


def patient_for(actor: Actor, patient_id: int, *, open_only: bool = True) -> Patient:
    """A patient whom the officer answers for, locked."""
    rows = Patient.objects.visible_to(actor).select_for_update(of=("self",))
    patient = rows.select_related("facility__organisation").filter(pk=patient_id).first()
    if patient is None:
        raise NotHere(_("There is no such patient that your post may see."))
    if not answers_for(actor, patient):
        raise NotAllowed(_("Another unit answers for this patient. You can send a request."))
    if open_only:
        refuse_ended(patient)
    return patient


def refuse_ended(patient: Patient) -> None:
    """Refuse whoever is no longer treated."""
    if not patient.is_open:
        about = {"who": patient.initials, "state": patient.get_state_display()}
        raise Refusal(_("%(who)s: this treatment has ended (%(state)s).") % about)


def open_facility(actor: Actor, facility_id: int) -> Facility:
    """A facility of the province that takes patients, whoever runs it."""
    rows = Facility.objects.visible_to(actor).select_related("organisation", "place")
    facility = rows.filter(pk=facility_id).first()
    if facility is None:
        raise NotHere(_("There is no such facility that your post may see."))
    if facility.closed_on is not None:
        raise Refusal(_("%(facility)s is closed. Choose another one.") % {"facility": facility.name}, field="facility")
    return facility


def note(patient: Patient, what: str, *, actor: Actor, moment: datetime, words: str = "") -> None:
    """Write one step of a patient."""
    PatientStep.objects.create(
        patient=patient, what=what, at=moment, officer_id=actor.officer, words=words.strip()[:500]
    )


def keep(patient: Patient, what: str, *, actor: Actor, moment: datetime, words: str = "", **payload: object) -> Patient:
    """Save a patient's change, write the step and tell the fact `care:patient:<what>`."""
    patient.version += 1
    with worded():
        patient.save()
    note(patient, what, actor=actor, moment=moment, words=words)
    Fact.tell(f"care:patient:{what}", subject=patient, moment=moment, officer=actor.officer, **payload)
    return patient


def leave_bed(patient: Patient, moment: datetime) -> Bed | None:
    """Somebody leaves the bed in which they lie, if any."""
    stay = BedStay.objects.now().select_related("bed__ward", "facility__organisation").filter(patient=patient).first()
    if stay is None:
        return None
    stay.until = max(moment, stay.since)
    with worded():
        stay.save()
    return stay.bed


def clean(bed: Bed | None, moment: datetime) -> None:
    """A bed that was left must be cleaned before anybody else lies in it."""
    if bed is not None and bed.state == Bed.State.USABLE and not BedStay.objects.now().filter(bed=bed).exists():
        bed.state, bed.state_since = Bed.State.CLEANING, moment
        bed.save()
