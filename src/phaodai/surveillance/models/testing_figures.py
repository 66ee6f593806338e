"""What campaigns and laboratories have done, counted by person: one query for the tests, one for the people beside them."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Min, Q

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.scope import Actor
from phaodai.people.models import Household, Person
from phaodai.surveillance.models.contacts import Contact
from phaodai.surveillance.models.laboratories import Laboratory
from phaodai.surveillance.models.laboratory import LabTest
from phaodai.surveillance.models.outbreaks import Outbreak
from phaodai.surveillance.models.testing import Campaign
from phaodai.surveillance.models.testing_samples import ON_THE_WAY, Sample
from phaodai.surveillance.rules.positivity import Share, age_band, shares_by
from phaodai.territory.models import Place, Unit

OUTCOMES = (LabTest.Result.NEGATIVE, LabTest.Result.POSITIVE)
RANK = {"": 0, LabTest.Result.UNCLEAR: 1, LabTest.Result.NEGATIVE: 2, LabTest.Result.POSITIVE: 3}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is known of one person in a campaign: the strongest of their results."""

    person: int
    result: str
    on: date
    birth_year: int | None
    sex: str
    hamlet: str

    @property
    def answered(self) -> bool:
        """Whether it is positive or negative."""
        return self.result in OUTCOMES


def outcomes_of(campaign: Campaign) -> list[Outcome]:
    """One row a person sampled in a campaign, pools and singles together."""
    mine = Q(sample__campaign=campaign) | Q(pool_member__pool__tube__campaign=campaign)
    rows = LabTest.objects.filter(mine).values_list(
        "person_id", "result", "sampled_at", "person__birth_year", "person__sex", "person__household__hamlet__name"
    )
    best: dict[int, Outcome] = {}
    for person, result, at, birth_year, sex, hamlet in rows:
        known = best.get(person)
        if known is None or RANK[result] > RANK[known.result]:
            day = at.astimezone(VIETNAM).date()
            best[person] = Outcome(person, result, day, birth_year, sex or "", hamlet or "")
    return list(best.values())


def shares_of(outcomes: Sequence[Outcome], by: str, year: int) -> dict[Hashable, Share]:
    """The share positive by age band, sex or hamlet, among those with an answer."""
    keys: dict[str, Callable[[Outcome], Hashable]] = {
        "age": lambda one: age_band(year - one.birth_year if one.birth_year else None),
        "sex": lambda one: one.sex,
        "hamlet": lambda one: one.hamlet,
    }
    return shares_by((keys[by](one), one.result == LabTest.Result.POSITIVE) for one in outcomes if one.answered)


def residents_by_hamlet(unit: Unit) -> dict[str, int]:
    """How many people live in each hamlet of an area."""
    hamlets = Unit.objects.within(unit).filter(tier=4)
    rows = Person.objects.current().filter(household__hamlet__in=hamlets).values_list("household__hamlet__name")
    return dict(rows.annotate(people=Count("pk")).order_by())


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a campaign is, in people and tubes."""

    taken: int
    answered: int
    positive: int
    tubes: int
    on_the_way: int
    rejected: int
    due: int


def progress_of(campaign: Campaign, outcomes: Sequence[Outcome]) -> Progress:
    """Counts of a campaign."""
    states = dict(Sample.objects.filter(campaign=campaign).values_list("state").annotate(n=Count("pk")).order_by())
    return Progress(
        taken=len(outcomes),
        answered=sum(one.answered for one in outcomes),
        positive=sum(one.result == LabTest.Result.POSITIVE for one in outcomes),
        tubes=sum(count for state, count in states.items() if state not in ("due", "dropped")),
        on_the_way=sum(states.get(state, 0) for state in ON_THE_WAY),
        rejected=states.get(Sample.State.REJECTED, 0),
        due=states.get(Sample.State.DUE, 0),
    )


def people_to_sample(
    group: str, unit: Unit, *, place: Place | None = None, outbreak: Outbreak | None = None, today: date
) -> int:
    """How many people a campaign of this group would reach, from what the books know of the area."""
    area = unit.area.narrowing
    people = Person.objects.current().filter(**area)
    if group == Campaign.Group.CONTACTS:
        contacts = Contact.objects.followed(today).filter(**area)
        contacts = contacts.filter(case__outbreak=outbreak) if outbreak else contacts
        return contacts.values("person").distinct().count()
    if group == Campaign.Group.HOUSEHOLDS:
        return Household.objects.filter(**area).count()
    if group == Campaign.Group.SYMPTOMS:
        return Sample.objects.due().filter(**area).count()
    if group == Campaign.Group.AT_RISK:
        return people.filter(birth_year__lte=today.year - 65).count()
    if group == Campaign.Group.PLACE and place is not None:
        return place.members.filter(during__contains=today).values("person").distinct().count()
    return people.count() or unit.population or 0


@dataclass(frozen=True, slots=True)
class Load:
    """What a laboratory has before it: tubes it was sent, holds, answered today, and the oldest it holds."""

    laboratory: Laboratory
    coming: int
    waiting: int
    late: int
    answered_today: int
    oldest: datetime | None

    @property
    def days_of_work(self) -> float:
        """How long its capacity needs for what it holds and what is coming."""
        return (self.coming + self.waiting) / self.laboratory.capacity


def loads_of(laboratories: Iterable[Laboratory], moment: datetime) -> list[Load]:
    """The load of each laboratory, in one query."""
    known = list(laboratories)
    today = moment.astimezone(VIETNAM).replace(hour=0, minute=0, second=0, microsecond=0)
    waiting = Q(state__in=[Sample.State.RECEIVED, Sample.State.RUNNING])
    rows = (
        Sample.objects.filter(laboratory__in=known)
        .values("laboratory_id")
        .annotate(
            coming=Count("pk", filter=Q(state=Sample.State.SENT)),
            waiting=Count("pk", filter=waiting),
            late=Count(
                "pk",
                filter=waiting & Q(received_at__lt=moment - F("laboratory__turnaround_hours") * timedelta(hours=1)),
            ),
            answered_today=Count("pk", filter=Q(state=Sample.State.RESULTED, result_at__gte=today)),
            oldest=Min("received_at", filter=waiting),
        )
    )
    counted: dict[int, Any] = {row["laboratory_id"]: row for row in rows.order_by()}
    return [_load(one, counted.get(one.pk, {})) for one in known]


def _load(laboratory: Laboratory, row: Mapping[str, Any]) -> Load:
    counts = {name: row.get(name, 0) for name in ("coming", "waiting", "late", "answered_today")}
    return Load(laboratory, **counts, oldest=row.get("oldest"))


def positivity_by_day(actor: Actor, since: date) -> dict[tuple[date, str], Share]:
    """The share positive by day of the result and by the group of its campaign, of the officer's area.

    Only tests behind a tube count: those that were written down with a case are positive by choice.
    """
    area = actor.area.narrowing
    behind = Q(sample__isnull=False) | Q(pool_member__isnull=False)
    tests = LabTest.objects.filter(behind, result__in=OUTCOMES, result_at__date__gte=since, **area)
    rows = tests.values_list(
        "result_at", "result", "sample__campaign__group", "pool_member__pool__tube__campaign__group"
    )
    return shares_by(
        ((at.astimezone(VIETNAM).date(), single or pooled or ""), result == LabTest.Result.POSITIVE)
        for at, result, single, pooled in rows
        if at is not None
    )


def open_members(samples: Iterable[Sample]) -> dict[int, list[Sample]]:
    """By pool: the single tests that its members still owe."""
    due: dict[int, list[Sample]] = defaultdict(list)
    pools = [one.pool_id for one in samples if one.pool_id]
    rows = Sample.objects.due().filter(opens__pool__in=pools).select_related("person", "opens")
    for one in rows.order_by("pk"):
        if one.opens is not None:
            due[one.opens.pool_id].append(one)
    return due
