"""How a treatment ends: discharged by the rule, died, transferred out, left; and who is told of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.care.actions.facilities_shared import mine
from phaodai.care.actions.patients_shared import clean, keep, leave_bed, patient_for, runs
from phaodai.care.models import DeathReview, Patient, PatientStep, Transfer
from phaodai.care.rules.outcomes import Leaving, leaving, review_due
from phaodai.command.actions.tasks import Order, give_task
from phaodai.command.models import Task
from phaodai.foundation.clock import VIETNAM, local_day
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal, not_to_come
from phaodai.foundation.scope import Actor, Area
from phaodai.rulebook.provincial import rulebook_for
from phaodai.surveillance.actions.cases import close_case
from phaodai.surveillance.models import Case

State = Patient.State
OUTCOMES = {
    State.DISCHARGED: Case.Outcome.RECOVERED,
    State.DIED: Case.Outcome.DIED,
    State.AWAY: Case.Outcome.MOVED,
}
"""What surveillance writes of a case whose treatment ended; of somebody who left without discharge nothing is known."""


def leaving_of(patient: Patient, today: date) -> Leaving:
    """Whether the rule of discharge in force today lets somebody go, or what it still needs. None of it is asked of whoever
    was never infected."""
    since = patient.admitted_at or patient.registered_at
    had_symptoms = patient.onset_on is not None
    facts: Mapping[str, Any] = {
        "since_on": local_day(since),
        "symptomatic": had_symptoms,
        "symptoms_end_on": patient.symptoms_end_on if had_symptoms else None,
        "negative_test_on": patient.negative_on,
        "fully_vaccinated": patient.fully_vaccinated,
    }
    return leaving(rulebook_for(patient.province_id), today, facts)


@transaction.atomic
def discharge(*, actor: Actor, moment: datetime, patient_id: int, reason: str = "") -> Patient:
    """Let somebody go home. Refused before the rule allows it, and it says what is missing and until when.

    Where the rule concludes nothing, a doctor's `reason` decides and is kept. Whoever was never infected leaves with a reason.
    """
    actor.require(Permission.CARE_PATIENT_WRITE)
    patient = patient_for(actor, patient_id)
    if patient.state != State.INSIDE:
        raise Refusal(_("%(who)s lies in no bed yet.") % {"who": patient.initials})
    record: dict[str, Any] = {}
    if patient.positive_on is not None or patient.reason == Patient.Reason.DISEASE:
        found = leaving_of(patient, local_day(moment))
        _refuse_early(patient, found, reason)
        record = dict(found.record)
    return _end(patient, State.DISCHARGED, actor, moment, reason, rule=record)


def _refuse_early(patient: Patient, found: Leaving, reason: str) -> None:
    if found.may is False:
        about = {"who": patient.initials, "why": found.record["why"]["vi"]}
        raise Refusal(_("%(who)s may not leave yet: %(why)s") % about)
    if found.may is None and not reason.strip():
        words = _("No verified rule says that this patient may leave. Say on which finding you decide; it is kept.")
        raise Refusal(words, field="reason")


@transaction.atomic
def note_death(
    *, actor: Actor, moment: datetime, patient_id: int, at: datetime | None = None, reason: str = ""
) -> Patient:
    """Somebody died; the review of the death is owed within days (`DeathReview`)."""
    actor.require(Permission.CARE_PATIENT_WRITE)
    patient, died = patient_for(actor, patient_id), at or moment
    not_to_come(moment, died, "at")
    if died < patient.registered_at:
        raise Refusal(_("This is before the treatment began. Correct the time."), field="at")
    _end(patient, State.DIED, actor, moment, reason, at=died)
    area = Area.of(patient.facility or patient)
    DeathReview.objects.create(
        patient=patient, facility=patient.facility, died_at=died, due_on=review_due(local_day(died)), **area.columns
    )
    return patient


@transaction.atomic
def note_departure(*, actor: Actor, moment: datetime, patient_id: int, away: bool, reason: str) -> Patient:
    """Somebody is treated elsewhere from now on (`away`: `reason` says where), or left without discharge."""
    actor.require(Permission.CARE_PATIENT_WRITE)
    patient = patient_for(actor, patient_id)
    if not reason.strip():
        words = (
            _("Say to which facility they were taken.")
            if away
            else _("Say what is known: since when, where they may be.")
        )
        raise Refusal(words, field="reason")
    return _end(patient, State.AWAY if away else State.LEFT, actor, moment, reason)


def _end(
    patient: Patient,
    state: str,
    actor: Actor,
    moment: datetime,
    reason: str,
    *,
    at: datetime | None = None,
    **more: Any,
) -> Patient:
    """The bed is free, the transfer called off, the record closed."""
    ended = at or moment
    way = Transfer.objects.live().filter(patient=patient).first()
    if way is not None:
        about = {"who": patient.initials, "where": way.to_facility.name}
        raise Refusal(_("%(who)s is on the way to %(where)s. Cancel that transfer first.") % about)
    left = leave_bed(patient, ended)
    if runs(actor, patient.facility):
        clean(left, moment)
    patient.state, patient.ended_at = State(state), max(ended, patient.registered_at)
    patient.ending = {"reason": reason.strip(), **more}
    step = PatientStep.What(state)
    return keep(patient, step, actor=actor, moment=moment, words=reason, facility=patient.facility_id)


@transaction.atomic
def tell_surveillance(*, actor: Actor, moment: datetime, subject_id: int) -> Case | None:
    """Close the case of a patient whose treatment ended; None where there is none, or its outcome stands already."""
    patient = Patient.objects.select_related("case").get(pk=subject_id)
    outcome = OUTCOMES.get(State(patient.state))
    if patient.case is None or patient.case.outcome or outcome is None or patient.ended_at is None:
        return None
    day = local_day(patient.ended_at)
    return close_case(actor=actor, moment=moment, pk=patient.case.pk, outcome=outcome, outcome_on=day)


@transaction.atomic
def ask_for_review(*, actor: Actor, moment: datetime, subject_id: int) -> Task | None:
    """Give whoever ran the facility the review of a death as a task; one a death. None where no body above could ask."""
    review = DeathReview.objects.select_for_update(of=("self",)).select_related("facility__organisation__parent").get(
        patient=subject_id
    )  # fmt: skip
    body = review.facility.organisation if review.facility else None
    if review.task_id is not None or review.done_at is not None or body is None or body.parent is None:
        return None
    # The title names nobody: tasks are read by more officers than patients are.
    order = Order(
        title=f"Bình kiểm thảo tử vong {review.patient.code}",
        measure="Nguyên nhân, diễn biến, điều có thể làm tốt hơn; ghi trong hồ sơ người bệnh.",
        deadline=datetime.combine(review.due_on, time(17), VIETNAM),
    )
    giver = replace(actor, organisation=body.parent.pk, organisation_name=body.parent.name)
    late = order.deadline is not None and order.deadline <= moment
    if late:
        order = replace(order, deadline=moment + timedelta(days=1))
    review.task = give_task(actor=giver, moment=moment, giver=body.parent, organisation=body, order=order)
    review.version += 1
    review.save()
    return review.task


REVIEWED = ("direct_cause", "underlying_cause", "contributing", "timeline", "lessons", "avoidable")


@transaction.atomic
def review_death(*, actor: Actor, moment: datetime, patient_id: int, done: bool, **parts: str) -> DeathReview:
    """Write the review of a death (REVIEWED); `done` closes it. Confidential: read by the facility, its district and the
    province."""
    actor.require(Permission.CARE_TRANSFER_DECIDE)
    rows = DeathReview.objects.visible_to(actor).select_for_update(of=("self",))
    review = rows.select_related("facility__organisation").filter(patient=patient_id).first()
    if review is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    if review.facility is not None and not mine(actor, review.facility):
        raise NotAllowed(_("This facility belongs to another unit. You can send a request."))
    for name, value in parts.items():
        if name not in REVIEWED:
            raise Refusal(_("This value cannot be changed here."), field=name)
        setattr(review, name, value.strip())
    if done:
        _refuse_unfinished(review)
        review.done_at, review.done_by_id = moment, actor.officer
    review.version += 1
    review.save()
    deed = "reviewed" if done else "drafted"
    Fact.tell(f"care:death:{deed}", subject=review, moment=moment, officer=actor.officer)
    return review


def _refuse_unfinished(review: DeathReview) -> None:
    for name in ("underlying_cause", "lessons", "avoidable"):
        if not getattr(review, name):
            words = _("Write the underlying cause, what could have been done, and whether it was avoidable.")
            raise Refusal(words, field=name)
