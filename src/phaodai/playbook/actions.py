"""When this happens, that follows. Read the table from top to bottom: this is the whole of it."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from phaodai.command.actions.chasing import Climbed, escalate_due
from phaodai.command.actions.tasks import close_if_parts_done
from phaodai.containment.actions.following import give_duties
from phaodai.foundation.models import Fact
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import Actor
from phaodai.surveillance.actions.clock_tasks import ask_health_centre
from phaodai.surveillance.actions.outbreaks import propose_for_case, propose_for_link

Consequence = Callable[..., object]

# Fact -> what follows, called with `actor`, `moment` and `subject_id`. A fact that is not here has nothing following it.
FOLLOWS: dict[str, Consequence] = {
    "command:task:accepted": close_if_parts_done,
    "containment:level:announced": give_duties,
    "surveillance:case:created": propose_for_case,
    "surveillance:clock:breached": ask_health_centre,
    "surveillance:transmission:linked": propose_for_link,
}


@transaction.atomic
def follow_facts(*, actor: Actor, moment: datetime) -> int:
    """Do what follows from every fact that waits, oldest first; returns how many were looked at.

    A consequence that is refused undoes itself alone and leaves its words on the fact.
    """
    facts = list(Fact.objects.waiting().select_for_update(skip_locked=True)[:1000])
    for fact in facts:
        _follow(fact, actor, moment)
        fact.followed_at = moment
    Fact.objects.bulk_update(facts, ["followed_at", "payload"])
    return len(facts)


def _follow(fact: Fact, actor: Actor, moment: datetime) -> None:
    consequence = FOLLOWS.get(fact.kind)
    if consequence is None:
        return
    try:
        with transaction.atomic():
            consequence(actor=actor, moment=moment, subject_id=fact.subject_id)
    except Refusal as refusal:
        fact.payload["refused"] = str(refusal)


def sweep_tasks(*, actor: Actor, moment: datetime) -> list[Climbed]:
    """Late and silent tasks climb to the head above."""
    return escalate_due(actor=actor, moment=moment)
