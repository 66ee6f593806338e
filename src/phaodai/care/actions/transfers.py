"""Transfers: asked for, approved or refused, given an ambulance, driven, received; every step with its clock.

Each verb takes a `key`: a telephone that repeats a tap after the network dropped finds the step done, and nothing is done
twice.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.care.actions.facilities_shared import level_of
from phaodai.care.actions.patients_shared import clean, leave_bed, note, open_facility, patient_for, runs
from phaodai.care.models import (
    Ambulance,
    Bed,
    BedStay,
    Patient,
    PatientStep,
    Transfer,
    TransferLimit,
    TransferStep,
    Urgency,
)
from phaodai.care.rules.transfers import due_at, may_follow, urgency_of
from phaodai.foundation.constraints import worded
from phaodai.foundation.formats import fold
from phaodai.foundation.formats import moment as moment_words
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor, Area
from phaodai.territory.models import Tier

State = Transfer.State


@transaction.atomic
def request_transfer(
    *,
    actor: Actor,
    moment: datetime,
    patient_id: int,
    facility_id: int,
    urgency: str = "",
    pick_up: str = "",
    reason: str = "",
    key: UUID | None = None,
) -> Transfer:
    """Ask a facility to take somebody. Refuses a second transfer while one is under way, and one to where they lie."""
    actor.require(Permission.CARE_PATIENT_WRITE)
    done = _done_with(actor, key)
    if done is not None:
        return done
    patient = patient_for(actor, patient_id)
    facility = open_facility(actor, facility_id)
    _refuse_second(patient)
    if patient.state == Patient.State.INSIDE and patient.facility_id == facility.pk:
        raise Refusal(_("%(who)s lies in this facility already.") % {"who": patient.initials}, field="facility")
    if urgency and urgency not in Urgency.values:
        raise Refusal(_("Choose how urgent it is."), field="urgency")
    inside = patient.state == Patient.State.INSIDE
    way = Transfer(
        patient=patient, initials=patient.initials, severity=patient.severity, need=patient.need, to_facility=facility,
        from_facility=patient.facility if inside else None, pick_up=pick_up.strip()[:200], reason=reason.strip()[:300],
        urgency=urgency or urgency_of(patient.severity), requested_at=moment, **Area.of(patient).columns,
        search_key=fold(f"{patient.initials} {patient.case_code} {facility.name}")[:300],
    )  # fmt: skip
    return _step(way, State.REQUESTED, actor, moment, key, reason)


def _refuse_second(patient: Patient) -> None:
    other = Transfer.objects.live().filter(patient=patient).select_related("to_facility").first()
    if other is None:
        return
    about = {
        "who": patient.initials,
        "where": other.to_facility.name,
        "state": other.get_state_display(),
        "when": moment_words(other.requested_at),
    }
    words = _("A transfer of %(who)s to %(where)s is under way already (%(state)s, asked at %(when)s).")
    raise Refusal(words % about, field="facility")


def _done_with(actor: Actor, key: UUID | None) -> Transfer | None:
    """The transfer whose step carries this key already."""
    if key is None:
        return None
    return Transfer.objects.visible_to(actor).filter(steps__key=key).first()


def transfer_for(actor: Actor, transfer_id: int) -> Transfer:
    """A transfer that the officer may see, locked."""
    rows = Transfer.objects.visible_to(actor).select_for_update(of=("self",))
    parts = ("patient", "to_facility__organisation", "from_facility__organisation", "ambulance")
    way = rows.select_related(*parts).filter(pk=transfer_id).first()
    if way is None:
        raise NotHere(_("There is no such transfer that your post may see."))
    return way


def coordinates(actor: Actor, way: Transfer) -> bool:
    """Whether the officer decides for the area: a district or the province, never a commune."""
    return actor.reach != "own" and level_of(actor) < Tier.COMMUNE and actor.area.holds(way)


def takes(actor: Actor, way: Transfer) -> bool:
    """Whether the officer may say yes or no for the facility that is to take the patient."""
    return runs(actor, way.to_facility) or coordinates(actor, way)


def sends(actor: Actor, way: Transfer) -> bool:
    """Whether the officer answers for the patient where they are now."""
    return runs(actor, way.from_facility) or (actor.reach != "own" and actor.area.holds(way))


def drives(actor: Actor, way: Transfer) -> bool:
    """Whether the officer may say where the ambulance is."""
    crew = way.ambulance is not None and way.ambulance.organisation_id == actor.organisation
    return crew or sends(actor, way) or takes(actor, way)


def approve(*, actor: Actor, moment: datetime, transfer_id: int, key: UUID | None = None) -> Transfer:
    """The facility will take the patient."""
    return _deed(actor, moment, transfer_id, State.APPROVED, takes, Permission.CARE_TRANSFER_DECIDE, key=key)


def refuse(*, actor: Actor, moment: datetime, transfer_id: int, reason: str, key: UUID | None = None) -> Transfer:
    """The facility will not, and says why."""
    decide = Permission.CARE_TRANSFER_DECIDE
    return _deed(actor, moment, transfer_id, State.REFUSED, takes, decide, key=key, why_not=_said(reason))


def cancel(*, actor: Actor, moment: datetime, transfer_id: int, reason: str, key: UUID | None = None) -> Transfer:
    """The transfer is not needed any more, or cannot be done."""

    def either(who: Actor, way: Transfer) -> bool:
        return sends(who, way) or takes(who, way)

    write = Permission.CARE_PATIENT_WRITE
    return _deed(actor, moment, transfer_id, State.CANCELLED, either, write, key=key, why_not=_said(reason))


def _said(reason: str) -> str:
    if not reason.strip():
        raise Refusal(_("Say why, in a few words."), field="reason")
    return reason.strip()[:300]


def assign(
    *, actor: Actor, moment: datetime, transfer_id: int, ambulance_id: int, crew: str = "", key: UUID | None = None
) -> Transfer:
    """Give the transfer an ambulance and its crew; until it drives, another one may be given."""

    def any_party(who: Actor, way: Transfer) -> bool:
        return sends(who, way) or takes(who, way) or drives(who, way)

    actor.require(Permission.CARE_TRANSFER_DECIDE)
    car = Ambulance.objects.visible_to(actor).in_service().filter(pk=ambulance_id).first()
    if car is None:
        raise Refusal(_("This ambulance is not in service. Choose another one."), field="ambulance")
    _refuse_busy(car, transfer_id)
    decide = Permission.CARE_TRANSFER_DECIDE
    named = (crew.strip() or car.crew)[:160]
    return _deed(
        actor, moment, transfer_id, State.ASSIGNED, any_party, decide, key=key, ambulance=car, crew=named
    )  # fmt: skip


def _refuse_busy(car: Ambulance, transfer_id: int) -> None:
    """An ambulance that drives somebody else is not given away."""
    driving = Transfer.objects.filter(ambulance=car, state=State.ON_THE_WAY).exclude(pk=transfer_id)
    if driving.exists():
        raise Refusal(_("%(plate)s is on the way with another patient.") % {"plate": car.plate}, field="ambulance")


@transaction.atomic
def depart(
    *, actor: Actor, moment: datetime, transfer_id: int, key: UUID | None = None, at: datetime | None = None
) -> Transfer:
    """The ambulance is on the way with the patient, who lies in no bed meanwhile; since `at`, where the tap waited."""
    way = _deed(actor, moment, transfer_id, State.ON_THE_WAY, drives, Permission.CARE_PATIENT_WRITE, key=key, at=at)
    patient = way.patient
    if patient.state == Patient.State.INSIDE:
        leave_bed(patient, way.since)
        patient.state, patient.version = Patient.State.WAITING, patient.version + 1
        patient.save()
    return way


def arrive(
    *, actor: Actor, moment: datetime, transfer_id: int, key: UUID | None = None, at: datetime | None = None
) -> Transfer:
    """The ambulance stands at the door since `at`; the facility confirms by choosing a bed (`patients_beds.admit`)."""
    return _deed(actor, moment, transfer_id, State.ARRIVED, drives, Permission.CARE_PATIENT_WRITE, key=key, at=at)


@transaction.atomic
def clean_bed_left(*, actor: Actor, moment: datetime, subject_id: int) -> Bed | None:
    """The bed that a patient left for an ambulance must be cleaned; the crew cannot say so in another body's bed book."""
    del actor
    way = Transfer.objects.get(pk=subject_id)
    stays = BedStay.objects.filter(patient=way.patient_id, facility=way.from_facility_id, until__isnull=False)
    last = stays.select_related("bed").order_by("-until").first()
    clean(last.bed if last else None, moment)
    return last.bed if last else None


def receive(way: Transfer, *, actor: Actor, moment: datetime) -> Transfer:
    """The receiving facility has laid the patient in a bed: the transfer is over, also where the crew never tapped."""
    if way.state != State.ARRIVED:
        _step(way, State.ARRIVED, actor, moment, None, "")
    way.received_at, way.due_at = moment, None
    way.version += 1
    with worded():
        way.save()
    Fact.tell("care:transfer:received", subject=way, moment=moment, officer=actor.officer)
    return way


Party = Callable[[Actor, Transfer], bool]


@transaction.atomic
def _deed(
    actor: Actor,
    moment: datetime,
    transfer_id: int,
    wanted: str,
    party: Party,
    permission: Permission,
    *,
    key: UUID | None,
    at: datetime | None = None,
    **changes: object,
) -> Transfer:
    actor.require(permission)
    done = _done_with(actor, key)
    if done is not None:
        return done
    way = transfer_for(actor, transfer_id)
    if not party(actor, way):
        raise NotAllowed(_("Another unit decides this step of the transfer. You can send a request."))
    if not may_follow(way.state, wanted):
        about = {"who": way.initials, "state": way.get_state_display(), "wanted": State(wanted).label}
        raise Refusal(_("%(who)s: “%(wanted)s” does not follow “%(state)s”. Look at the transfer again.") % about)
    for name, value in changes.items():
        setattr(way, name, value)
    # A telephone's clock may stand wrong: a step comes after the one before, and not after now.
    tapped = moment if at is None else min(max(at, way.since), moment)
    return _step(way, wanted, actor, tapped, key, str(changes.get("why_not", "")))


def _step(way: Transfer, state: str, actor: Actor, moment: datetime, key: UUID | None, words: str) -> Transfer:
    """Write the new state with its clock, the step, the patient's own step, and tell `care:transfer:<state>`."""
    way.state, way.since, way.late_told_at = State(state), moment, None
    way.due_at = due_at(way.urgency, state, moment, limits_of(way.province_id))
    way.version += 0 if way.pk is None else 1
    said = f"{way.get_state_display()} → {way.to_facility.name} {words}"
    # First: a facility that will not take the patient sees no more of them once the transfer is off.
    note(way.patient, PatientStep.What.TRANSFER, actor=actor, moment=moment, words=said)
    with worded():
        way.save()
        TransferStep.objects.create(
            transfer=way, state=state, at=moment, officer_id=actor.officer, words=words[:300], key=key
        )
    Fact.tell(f"care:transfer:{state}", subject=way, moment=moment, officer=actor.officer, patient=way.patient_id)
    return way


def limits_of(province_id: int) -> dict[tuple[str, str], int]:
    """The limits in minutes that a province chose, by urgency and state."""
    rows = TransferLimit.objects.filter(province_id=province_id).values_list("urgency", "state", "minutes")
    return {(urgency, state): minutes for urgency, state, minutes in rows}


@transaction.atomic
def set_limit(*, actor: Actor, moment: datetime, urgency: str, state: str, minutes: int) -> TransferLimit:
    """Say how long a state may last in the officer's province; transfers begun before keep their clock."""
    actor.require(Permission.CARE_TRANSFER_DECIDE)
    if level_of(actor) != Tier.PROVINCE or actor.area.province is None:
        raise NotAllowed(_("The province sets the limits. You can send a request."))
    if urgency not in Urgency.values or state not in State.values:
        raise Refusal(_("Choose how urgent it is, and which step."), field="state")
    if not 1 <= minutes <= 2880:
        raise Refusal(_("A limit lies between 1 minute and 48 hours."), field="minutes")
    limit = TransferLimit.objects.filter(
        province_id=actor.area.province, urgency=urgency, state=state
    ).first() or TransferLimit(province_id=actor.area.province, urgency=urgency, state=state, version=0)
    limit.minutes, limit.version = minutes, limit.version + 1
    limit.save()
    Fact.tell("care:transfer:limit", subject=limit, moment=moment, officer=actor.officer, minutes=minutes)
    return limit


@transaction.atomic
def tell_late(*, actor: Actor, moment: datetime) -> int:
    """Tell `care:transfer:late` once for each step that took too long; returns how many. The clock's work."""
    late = Transfer.objects.live().select_for_update(skip_locked=True).filter(due_at__lt=moment, late_told_at=None)
    rows = list(late[:500])
    for way in rows:
        way.late_told_at = moment
        Fact.tell("care:transfer:late", subject=way, moment=moment, officer=actor.officer, state=way.state)
    Transfer.objects.bulk_update(rows, ["late_told_at"])
    return len(rows)
