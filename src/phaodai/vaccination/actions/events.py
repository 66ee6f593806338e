"""After the dose: letting people go from the chairs, and what was felt, with the duties that a serious event brings."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor, Area
from phaodai.rulebook.provincial import rulebook_for
from phaodai.vaccination.law.events import Duties, duties_on
from phaodai.vaccination.models import AdverseReaction, Dose, Observation, Session
from phaodai.vaccination.rules.events import council_day

SERIOUS, REPORTED, INVESTIGATED = (
    "vaccination:event:serious", "vaccination:event:reported", "vaccination:event:investigated",
)  # fmt: skip


@transaction.atomic
def release_watched(*, actor: Actor, moment: datetime, session_id: int, early: int | None = None) -> int:
    """Let everybody of a session go whose time on the chairs is over; `early` names one observation that goes before."""
    actor.require(Permission.VACCINATION_DOSE_RECORD)
    if not Session.objects.run_by(actor).filter(pk=session_id).exists():
        raise NotHere(_("There is no such session of your unit."))
    watched = Observation.objects.filter(session=session_id)
    chosen = watched.watched().filter(pk=early) if early else watched.due(moment)
    return chosen.update(released_at=moment, released_by_id=actor.officer)


@dataclass(frozen=True)
class Report:
    """What is told of an event: how bad, where found, what was felt, since when, what was done."""

    severity: str
    found: str
    symptoms: str
    began_at: datetime
    treatment: str = ""
    outcome: str = ""


@transaction.atomic
def report_event(*, actor: Actor, moment: datetime, dose_id: int, report: Report) -> AdverseReaction:
    """Keep an event after a dose. A serious one must be investigated within the hours that the law gives."""
    actor.require(Permission.VACCINATION_EVENT_WRITE)
    dose = Dose.objects.visible_to(actor).counted().filter(pk=dose_id).first()
    if dose is None:
        raise NotHere(_("There is no such dose, or not in your area."))
    _check(report, dose, moment)
    event = AdverseReaction(
        dose=dose, organisation_id=actor.organisation or None, severity=report.severity, found=report.found,
        symptoms=report.symptoms.strip()[:300], began_at=report.began_at, reported_at=moment,
        reported_by_id=actor.officer, treatment=report.treatment.strip()[:300], outcome=report.outcome,
        **Area.of(dose).columns,
    )  # fmt: skip
    event.investigate_by = _investigate_by(event, moment)
    event.save()
    _tell(event, actor, moment)
    return event


def _check(report: Report, dose: Dose, moment: datetime) -> None:
    if report.severity not in AdverseReaction.Severity.values:
        raise Refusal(_("Say how bad it was."), field="severity")
    if report.found not in AdverseReaction.Where.values:
        raise Refusal(_("Say where it was found."), field="found")
    if report.outcome not in AdverseReaction.Outcome.values:
        raise Refusal(_("Choose how it ended."), field="outcome")
    if not report.symptoms.strip():
        raise Refusal(_("Say what was felt or seen."), field="symptoms")
    if not dose.given_at - timedelta(minutes=5) <= report.began_at <= moment + timedelta(minutes=5):
        raise Refusal(_("It began between the dose and now. Correct the time."), field="began_at")


def _investigate_by(event: AdverseReaction, moment: datetime) -> datetime | None:
    """The hours of the law begin with the report; None where it is not serious, or no verified rule says how many."""
    hours = _duties(event, moment).investigation_hours
    serious = event.severity == AdverseReaction.Severity.SERIOUS
    return moment + timedelta(hours=hours) if serious and hours is not None else None


def _duties(event: AdverseReaction, moment: datetime) -> Duties:
    return duties_on(rulebook_for(event.province_id), moment.astimezone(VIETNAM).date())


def _tell(event: AdverseReaction, actor: Actor, moment: datetime) -> None:
    """A serious one is told with what the law asks, so that tasks may be made of it."""
    serious = event.severity == AdverseReaction.Severity.SERIOUS
    duties = _duties(event, moment)
    payload = {"dose": event.dose_id, "severity": event.severity, "product": event.dose.product}
    if serious:
        payload |= {
            "by": event.investigate_by.isoformat() if event.investigate_by else None,
            "document": duties.investigation_document, "lot": event.dose.lot_id,
        }  # fmt: skip
    Fact.tell(SERIOUS if serious else REPORTED, subject=event, moment=moment, officer=actor.officer, **payload)


@transaction.atomic
def grade_event(
    *, actor: Actor, moment: datetime, event_id: int, severity: str, outcome: str, treatment: str = ""
) -> AdverseReaction:
    """Write how an event went on; one that becomes serious sets the clock of the law running now."""
    event = _mine(actor, event_id)
    if severity not in AdverseReaction.Severity.values:
        raise Refusal(_("Say how bad it was."), field="severity")
    if outcome not in AdverseReaction.Outcome.values:
        raise Refusal(_("Choose how it ended."), field="outcome")
    worse = severity == AdverseReaction.Severity.SERIOUS and event.severity != severity
    event.severity, event.outcome = severity, outcome
    event.treatment = treatment.strip()[:300] or event.treatment
    if worse:
        event.investigate_by = _investigate_by(event, moment)
        _tell(event, actor, moment)
    return _save(event)


@transaction.atomic
def investigated(*, actor: Actor, moment: datetime, event_id: int, conclusion: str) -> AdverseReaction:
    """The report of the investigation is there: the council meets within the working days that the law gives."""
    event = _mine(actor, event_id)
    if event.severity != AdverseReaction.Severity.SERIOUS:
        raise Refusal(_("Only a serious event is investigated."))
    if event.investigated_at is not None:
        raise Refusal(_("The report of the investigation is in the books already."))
    if not conclusion.strip():
        raise Refusal(_("Write what the investigation found."), field="conclusion")
    event.investigated_at, event.conclusion = moment, conclusion.strip()[:300]
    days = _duties(event, moment).council_working_days
    event.council_by = council_day(moment.astimezone(VIETNAM).date(), days) if days is not None else None
    Fact.tell(
        INVESTIGATED, subject=event, moment=moment, officer=actor.officer,
        by=event.council_by.isoformat() if event.council_by else None,
    )  # fmt: skip
    return _save(event)


@transaction.atomic
def council_met(*, actor: Actor, moment: datetime, event_id: int, conclusion: str) -> AdverseReaction:
    """The advisory council has met on the report of the investigation."""
    event = _mine(actor, event_id)
    if event.investigated_at is None:
        raise Refusal(_("The council meets on the report of the investigation. Write that first."))
    if event.council_at is not None:
        raise Refusal(_("The council has met already."))
    if not conclusion.strip():
        raise Refusal(_("Write what the council concluded."), field="conclusion")
    event.council_at, event.conclusion = moment, conclusion.strip()[:300]
    return _save(event)


def _mine(actor: Actor, event_id: int) -> AdverseReaction:
    actor.require(Permission.VACCINATION_EVENT_WRITE)
    seen = AdverseReaction.objects.visible_to(actor).select_related("dose").select_for_update(of=("self",))
    event = seen.filter(pk=event_id).first()
    if event is None:
        raise NotHere(_("There is no such event, or not in your area."))
    return event


def _save(event: AdverseReaction) -> AdverseReaction:
    event.version += 1
    event.save()
    return event
