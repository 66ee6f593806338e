"""Infections that may have begun inside a facility: raised by themselves, confirmed or dismissed with a reason."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.care.actions.facilities_shared import mine
from phaodai.care.actions.patients_shared import note
from phaodai.care.models import BedStay, InsideInfection, Patient, PatientStep
from phaodai.care.rules.inside import Ground, ground_of, legal_window
from phaodai.foundation.clock import local_day
from phaodai.foundation.formats import fold
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor, Area
from phaodai.rulebook.provincial import rulebook_for


def look_for_inside(patient: Patient, *, actor: Actor, moment: datetime) -> InsideInfection | None:
    """Raise a suspicion, once, where the first sign came later after the admission than the incubation allows."""
    if patient.admitted_at is None or patient.facility is None:
        return None
    if InsideInfection.objects.filter(patient=patient).exists():
        return None
    admitted_on = local_day(patient.admitted_at)
    ground = ground_of(
        admitted_on=admitted_on,
        for_another_reason=patient.reason == Patient.Reason.OTHER,
        negative_at_admission=patient.negative_at_admission,
        onset_on=patient.onset_on,
        positive_on=patient.positive_on,
        legal_window=legal_window(rulebook_for(patient.province_id), local_day(moment)),
    )
    return None if ground is None else _raise(patient, ground, actor, moment)


def _raise(patient: Patient, ground: Ground, actor: Actor, moment: datetime) -> InsideInfection:
    facility, admitted_at = patient.facility, patient.admitted_at
    assert facility is not None, "only somebody inside is looked at"
    assert admitted_at is not None, "only somebody inside is looked at"
    stay = BedStay.objects.filter(patient=patient).select_related("bed").order_by("-since").first()
    found = InsideInfection.objects.create(
        patient=patient,
        facility=facility,
        ward_id=stay.bed.ward_id if stay else None,
        initials=patient.initials,
        admitted_on=local_day(admitted_at),
        began_on=ground.began_on,
        began_by=ground.began_by,
        days_inside=ground.days_inside,
        grounds={"sign": ground.sign, "window_days": ground.window_days, "source": ground.source},
        raised_at=moment,
        search_key=fold(f"{patient.initials} {facility.name}")[:300],
        **Area.of(facility).columns,
    )
    note(patient, PatientStep.What.INFECTED, actor=actor, moment=moment, words=ground.source)
    about = {"facility": facility.pk, "days": ground.days_inside}
    Fact.tell("care:infection:suspected", subject=found, moment=moment, officer=actor.officer, **about)
    return found


@transaction.atomic
def decide_infection(
    *, actor: Actor, moment: datetime, infection_id: int, confirmed: bool, reason: str
) -> InsideInfection:
    """Confirm that somebody caught the disease in the facility, or dismiss it; the reason stays. May be decided anew."""
    actor.require(Permission.CARE_PATIENT_WRITE)
    rows = InsideInfection.objects.visible_to(actor).select_for_update(of=("self",))
    found = rows.select_related("facility__organisation").filter(pk=infection_id).first()
    if found is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    if not mine(actor, found.facility):
        raise NotAllowed(_("This facility belongs to another unit. You can send a request."))
    if not reason.strip():
        raise Refusal(_("Say why, in a few words."), field="reason")
    found.state = InsideInfection.State.CONFIRMED if confirmed else InsideInfection.State.DISMISSED
    found.reason, found.decided_at, found.decided_by_id = reason.strip()[:500], moment, actor.officer
    found.version += 1
    found.save()
    Fact.tell(f"care:infection:{found.state}", subject=found, moment=moment, officer=actor.officer)
    return found
