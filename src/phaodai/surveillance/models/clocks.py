"""The tracing clocks of several cases, read in a number of queries that does not grow with them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from django.db.models import Min

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.models import Fact
from phaodai.surveillance.law import book_of
from phaodai.surveillance.models.cases import Case
from phaodai.surveillance.models.contacts import Contact, TraceRun
from phaodai.surveillance.rules.clock import Progress, Reached, Targets, clock_of, running, targets_on

BREACHED = "surveillance:clock:breached"
ZONE_PROPOSED = "surveillance:zone:proposed"
WATCHED = timedelta(days=7)
"""A case's clock is watched so long after its positive result; a step still open then is no longer news."""


@dataclass(frozen=True)
class Clock:
    """The five steps of one case, with the targets they are held to."""

    case: Case
    steps: list[Progress]
    targets: Targets

    @property
    def next_step(self) -> Progress | None:
        """The step that is owed next."""
        return running(self.steps)


def clocks_of(cases: Sequence[Case]) -> list[Clock]:
    """The clocks of the cases that have a positive result, in their order."""
    ids = [case.pk for case in cases if case.positive_at]
    contacts = _contacts(ids)
    traced = dict(TraceRun.objects.filter(case__in=ids).values_list("case_id").annotate(first=Min("at")))
    zones = dict(
        Fact.objects.filter(kind=ZONE_PROPOSED, subject_id__in=ids)
        .values_list("subject_id")
        .annotate(first=Min("moment"))
    )
    clocks, targets_of = [], cache(_targets)
    for case in cases:
        if case.positive_at:
            targets = targets_of(case.province_id, case.disease, case.positive_at.astimezone(VIETNAM).date())
            traced_at, zone_at = traced.get(case.pk), zones.get(case.pk)
            steps = clock_of(case.positive_at, contacts[case.pk], targets, traced_at=traced_at, zone_at=zone_at)
            clocks.append(Clock(case, steps, targets))
    return clocks


def _targets(province: int, disease: str, on: date) -> Targets:
    return targets_on(book_of(province, disease), on)


def _contacts(cases: Sequence[int]) -> dict[int, list[Reached]]:
    found: dict[int, list[Reached]] = defaultdict(list)
    rows = Contact.objects.filter(case__in=cases).exclude(state=Contact.State.NOT_CONTACT)
    for one in rows.only("case_id", "degree", "listed_at", "told_at", "quarantined_at"):
        found[one.case_id].append(Reached(one.degree, one.listed_at, one.told_at, one.quarantined_at))
    return found
