"""The tracing clock of cases: read, and watched every hour so that a target missed is told once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.surveillance.models import Case
from phaodai.surveillance.models.clocks import BREACHED, WATCHED, ZONE_PROPOSED, clocks_of
from phaodai.surveillance.rules.clock import Progress


@dataclass(frozen=True)
class Breach:
    """A step of a case whose target passed."""

    case: Case
    step: Progress


@transaction.atomic
def propose_zone(*, actor: Actor, moment: datetime, case_id: int, words: str) -> Fact:
    """Say which area should be closed off around a case: the last step of its clock. The committee decides on the zone."""
    actor.require(Permission.SURVEILLANCE_CONTACT_TRACE)
    case = Case.objects.visible_to(actor).filter(pk=case_id).first()
    if case is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    if not words.strip():
        raise Refusal(_("Say which houses, alleys or hamlets, and how many households."), field="words")
    return Fact.tell(ZONE_PROPOSED, subject=case, moment=moment, officer=actor.officer, words=words.strip())


@transaction.atomic
def watch_clocks(*, actor: Actor, moment: datetime) -> list[Breach]:
    """Tell `surveillance:clock:breached` for each step whose target has passed, once a step; returns those told now."""
    actor.require(Permission.SURVEILLANCE_CONTACT_READ)
    cases = list(Case.objects.counted().filter(positive_at__range=(moment - WATCHED, moment)).order_by("pk"))
    told = _told(cases)
    breaches = [
        Breach(clock.case, step)
        for clock in clocks_of(cases)
        for step in clock.steps
        if step.breached(moment) and step.step not in told[clock.case.pk]
    ]
    for breach in breaches:
        due = breach.step.due_at.isoformat()
        Fact.tell(BREACHED, subject=breach.case, moment=moment, officer=actor.officer, step=breach.step.step, due=due)
    return breaches


def _told(cases: Iterable[Case]) -> Mapping[int, set[str]]:
    known: dict[int, set[str]] = defaultdict(set)
    facts = Fact.objects.filter(kind=BREACHED, subject_id__in=[case.pk for case in cases])
    for subject, payload in facts.values_list("subject_id", "payload"):
        known[subject].add(payload["step"])
    return known
