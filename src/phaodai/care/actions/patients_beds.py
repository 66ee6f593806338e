"""A patient is laid in a bed, and moved to another one: never two in one bed, never in a bed that cannot take them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.care.actions.facilities_shared import mine
from phaodai.care.actions.inside import look_for_inside
from phaodai.care.actions.patients_shared import clean, keep, leave_bed, patient_for, refuse_ended
from phaodai.care.actions.transfers import receive
from phaodai.care.models import Bed, BedStay, Facility, Patient, PatientStep, Transfer, Ward
from phaodai.care.rules.patients_severity import spends, suits
from phaodai.foundation.constraints import worded
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal, not_to_come
from phaodai.foundation.scope import Actor, Area


@transaction.atomic
def admit(
    *, actor: Actor, moment: datetime, patient_id: int, bed_id: int, reason: str = "", at: datetime | None = None
) -> BedStay:
    """Lay somebody in a bed of a facility that the officer answers for: after a transfer, whose arrival this confirms, or
    who came by themselves.

    Refuses a bed of a closed facility or ward, one that is not ready, of the wrong kind or cohort, and one that is taken.
    `reason` is needed where an intensive-care bed is given to somebody who needs less.
    """
    actor.require(Permission.CARE_PATIENT_WRITE)
    patient, since = _coming(actor, patient_id), at or moment
    not_to_come(moment, since, "at")
    bed = _bed_for(actor, bed_id)
    way = _way_to(patient, bed.facility)
    if patient.state == Patient.State.INSIDE and way is None:
        raise Refusal(_somewhere(patient, bed.facility))
    _refuse_unsuitable(bed, patient, reason)
    leave_bed(patient, since)
    stay = _lay(patient, bed, since)
    patient.facility, patient.state, patient.admitted_at = (
        bed.facility,
        Patient.State.INSIDE,
        patient.admitted_at or since,
    )
    if way is not None:
        receive(way, actor=actor, moment=moment)
    words = f"{bed.facility.name}, {bed.ward.name}, {bed.label} {reason.strip()}"
    keep(patient, PatientStep.What.ADMITTED, actor=actor, moment=since, words=words, facility=bed.facility_id)
    look_for_inside(patient, actor=actor, moment=moment)
    return stay


def _coming(actor: Actor, patient_id: int) -> Patient:
    """Somebody whom the officer may see, on the way or at the door; who answers for them is the bed's affair."""
    rows = Patient.objects.visible_to(actor).select_for_update(of=("self",))
    patient = rows.select_related("facility__organisation").filter(pk=patient_id).first()
    if patient is None:
        raise NotHere(_("There is no such patient that your post may see."))
    refuse_ended(patient)
    return patient


def _bed_for(actor: Actor, bed_id: int) -> Bed:
    """A bed of a facility that the officer answers for, locked, so that two admissions never see it free."""
    rows = Bed.objects.visible_to(actor).select_related("ward", "facility__organisation")
    bed = rows.filter(pk=bed_id).first()
    if bed is None:
        raise NotHere(_("There is no such bed that your post may see."))
    if not mine(actor, bed.facility):
        raise NotAllowed(_("This facility belongs to another unit. You can send a request."))
    return rows.select_for_update(of=("self",)).get(pk=bed_id)


def _somewhere(patient: Patient, facility: Facility) -> str:
    here = patient.facility
    if here is not None and here.pk == facility.pk:
        return _("%(who)s lies here already. Move them to another bed instead.") % {"who": patient.initials}
    about = {"who": patient.initials, "where": here.name if here else ""}
    return _("%(who)s lies in %(where)s. Ask for a transfer first; the ambulance takes them out of that bed.") % about


def _way_to(patient: Patient, facility: Facility) -> Transfer | None:
    """The transfer that ends here; refuses while one to somewhere else is under way."""
    way = Transfer.objects.live().select_for_update(of=("self",)).filter(patient=patient).first()
    if way is not None and way.to_facility_id != facility.pk:
        where = {"who": patient.initials, "where": way.to_facility.name}
        raise Refusal(_("%(who)s is on the way to %(where)s. Cancel that transfer first.") % where)
    return way


def _refuse_unsuitable(bed: Bed, patient: Patient, reason: str) -> None:
    about = {"bed": bed.label, "ward": bed.ward.name, "facility": bed.facility.name, "who": patient.initials}
    if bed.facility.closed_on is not None:
        raise Refusal(_("%(facility)s is closed. Choose another one.") % about, field="bed")
    if bed.ward.state != Ward.State.OPEN:
        raise Refusal(_("Ward %(ward)s is closed. Choose a bed of another ward.") % about, field="bed")
    if bed.state != Bed.State.USABLE:
        state = {"bed": bed.label, "state": bed.get_state_display()}
        raise Refusal(_("Bed %(bed)s cannot be used: %(state)s.") % state, field="bed")
    if not suits(bed.kind, patient.need):
        kinds = about | {"kind": bed.get_kind_display(), "need": patient.get_need_display()}
        raise Refusal(
            _("Bed %(bed)s gives too little (%(kind)s); %(who)s needs: %(need)s. Choose another bed.") % kinds,
            field="bed",
        )
    if spends(bed.kind, patient.need) and not reason.strip():
        raise Refusal(
            _("%(who)s does not need an intensive-care bed. Choose another bed, or say why this one.") % about,
            field="reason",
        )
    _refuse_other_cohort(bed, patient)


def _refuse_other_cohort(bed: Bed, patient: Patient) -> None:
    if bed.ward.cohort in cohorts_of(patient):
        return
    about = {"ward": bed.ward.name, "cohort": bed.ward.get_cohort_display(), "who": patient.initials}
    raise Refusal(
        _("Ward %(ward)s is for: %(cohort)s. %(who)s could infect others there, or be infected.") % about, field="bed"
    )


def cohorts_of(patient: Patient) -> tuple[str, ...]:
    """The cohorts that somebody may lie with: by what their samples say, not by what they came for."""
    if patient.positive_on is not None:
        healed = patient.negative_on is not None and patient.negative_on > patient.positive_on
        return (Ward.Cohort.CONFIRMED, Ward.Cohort.RECOVERING) if healed else (Ward.Cohort.CONFIRMED,)
    return (Ward.Cohort.OTHER,) if patient.reason == Patient.Reason.OTHER else (Ward.Cohort.SUSPECTED,)


def _lay(patient: Patient, bed: Bed, since: datetime) -> BedStay:
    stay = BedStay(patient=patient, bed=bed, facility=bed.facility, since=since, **Area.of(bed.facility).columns)
    with worded():
        stay.save()
    return stay


@transaction.atomic
def move(*, actor: Actor, moment: datetime, patient_id: int, bed_id: int, reason: str = "") -> BedStay:
    """Lay somebody in another bed of the same facility."""
    actor.require(Permission.CARE_PATIENT_WRITE)
    patient = patient_for(actor, patient_id)
    if patient.state != Patient.State.INSIDE:
        raise Refusal(_("%(who)s lies in no bed yet.") % {"who": patient.initials})
    bed = _bed_for(actor, bed_id)
    if bed.facility_id != patient.facility_id:
        raise Refusal(_("This bed belongs to another facility. Ask for a transfer."), field="bed")
    _refuse_unsuitable(bed, patient, reason)
    if BedStay.objects.now().filter(bed=bed, patient=patient).exists():
        raise Refusal(_("%(who)s lies in this bed already.") % {"who": patient.initials}, field="bed")
    left = leave_bed(patient, moment)
    clean(left, moment)
    stay = _lay(patient, bed, moment)
    words = f"{left.label if left else ''} → {bed.ward.name}, {bed.label} {reason.strip()}"
    keep(patient, PatientStep.What.MOVED, actor=actor, moment=moment, words=words)
    return stay
