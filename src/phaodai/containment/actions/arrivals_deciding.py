"""What follows for an arrival where the rule could not say, or where more is known than at the gate."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.containment.actions.arrivals import apply_verdict, judgement
from phaodai.containment.actions.arrivals_traveller import SAID, Said, origin_on
from phaodai.containment.models import Arrival
from phaodai.containment.rules.arrivals import by_hand
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor


def arrival_of(actor: Actor, pk: int) -> Arrival:
    """An arrival bound for the actor's area, locked for a change, or a refusal."""
    found = Arrival.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=pk).first()
    if found is None:
        raise NotHere(_("There is no such arrival that your post may see."))
    if not actor.area.holds(found):
        raise NotAllowed(_("This person is bound for another area: its officers go on from here."))
    return found


def said_by(arrival: Arrival) -> Said:
    """What the person said at the gate."""
    return Said(**{name: getattr(arrival, name) for name in SAID})


@transaction.atomic
def ask_again(*, actor: Actor, moment: datetime, arrival_id: int) -> Arrival:
    """Ask the rule again, once the level of the origin or the law is known better. Only what waits is asked again."""
    actor.require(Permission.CONTAINMENT_ARRIVAL_LOG)
    arrival = arrival_of(actor, arrival_id)
    _refuse_decided(arrival)
    apply_verdict(arrival, *judgement(arrival.province_id, said_by(arrival), arrival.at))
    return _keep(arrival, actor, moment)


@transaction.atomic
def decide_arrival(
    *,
    actor: Actor,
    moment: datetime,
    arrival_id: int,
    outcome: str,
    reason: str,
    days: int = 0,
    monitor_days: int = 0,
) -> Arrival:
    """An officer says what follows, and why: the document or the finding. What the rule had said stays beside it."""
    actor.require(Permission.CONTAINMENT_STAY_WRITE)
    arrival = arrival_of(actor, arrival_id)
    _refuse_decided(arrival)
    day = arrival.at.astimezone(VIETNAM).date()
    try:
        verdict = by_hand(day, outcome, days, monitor_days, reason=reason, before=arrival.record)
    except ValueError as unfit:
        raise Refusal(_unfit_words(str(unfit)), field=str(unfit)) from unfit
    apply_verdict(arrival, origin_on(said_by(arrival), day), verdict)
    arrival.decided_by_id, arrival.decided_at = actor.officer, moment
    return _keep(arrival, actor, moment)


def _unfit_words(field: str) -> str:
    return {
        "outcome": _("Choose what follows."),
        "days": _("Quarantine needs its days, from 1 to 60; what is no quarantine has none."),
        "reason": _("Write why: the document, or what was found."),
    }[field]


def _refuse_decided(arrival: Arrival) -> None:
    if arrival.step != Arrival.Step.TO_DECIDE:
        about = {"outcome": arrival.get_outcome_display()}
        raise Refusal(_("This was decided already: %(outcome)s.") % about)


def _keep(arrival: Arrival, actor: Actor, moment: datetime) -> Arrival:
    arrival.version += 1
    arrival.save()
    Fact.tell(
        "containment:arrival:decided", subject=arrival, moment=moment, officer=actor.officer, outcome=arrival.outcome
    )
    return arrival
