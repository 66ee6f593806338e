"""What follows from a confirmed case: whether each step makes sense now, and how it is taken."""

from datetime import datetime

from phaodai.foundation.scope import Actor
from phaodai.surveillance.actions.cases import isolate_case
from phaodai.surveillance.actions.tracing import list_contacts
from phaodai.surveillance.models import Case, TraceRun


def _confirmed(subject_id: int) -> Case | None:
    confirmed = Case.objects.filter(classification=Case.Classification.CONFIRMED, outcome="")
    return confirmed.filter(pk=subject_id).first()


def not_isolated(subject_id: int) -> Case | None:
    """A confirmed case whose isolation nobody wrote down."""
    case = _confirmed(subject_id)
    return case if case is not None and case.isolated_at is None else None


def not_traced(subject_id: int) -> Case | None:
    """A confirmed case that was never traced."""
    case = _confirmed(subject_id)
    return None if case is None or TraceRun.objects.filter(case=case).exists() else case


def with_exposure_sites(subject_id: int) -> Case | None:
    """A confirmed case: where it was may concern others."""
    return _confirmed(subject_id)


def isolate(*, actor: Actor, moment: datetime, subject_id: int) -> Case:
    """The case is isolated from now on."""
    return isolate_case(actor=actor, moment=moment, pk=subject_id)


def trace(*, actor: Actor, moment: datetime, subject_id: int) -> TraceRun:
    """List whom the case met."""
    return list_contacts(actor=actor, moment=moment, case_id=subject_id)


def looked_at(*, actor: Actor, moment: datetime, subject_id: int) -> Case | None:
    """The officer goes on to the page of the case; saying yes changes nothing by itself."""
    del moment
    return Case.objects.visible_to(actor).filter(pk=subject_id).first()
