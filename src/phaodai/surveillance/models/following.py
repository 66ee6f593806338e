"""What the follow-up grid reads: contacts of an area with their days and samples, in a number of queries that never grows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import connection
from django.db.models import Prefetch, QuerySet

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.scope import Actor, Area
from phaodai.people.models import Household, Person
from phaodai.surveillance.models.cases import Case
from phaodai.surveillance.models.contacts import Contact, FollowUpDay
from phaodai.surveillance.models.laboratory import LabTest
from phaodai.surveillance.rules.follow_up import Course, Standing, standing_of

AFTER_DAYS = 3
"""So many days a finished row stays in the grid, since calls and late answers still come in."""


class Answer(NamedTuple):
    """What one day's cell holds."""

    state: str
    symptoms: str
    temperature: str
    version: int


@dataclass
class FollowUp:
    """One row of the grid: the contact, its course, its answers by day, and its samples by day (result or waiting)."""

    contact: Contact
    course: Course
    person: Person | None
    household: Household | None
    answers: dict[date, Answer] = field(default_factory=dict)
    samples: dict[date, str] = field(default_factory=dict)

    def standing(self, today: date) -> Standing:
        """What the row owes today."""
        states = {day: answer.state for day, answer in self.answers.items()}
        return standing_of(self.course, states, self.samples, today, open_still=self.is_open)

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to finish it."""
        return self.contact.state == Contact.State.FOLLOWED


def in_area(actor: Actor) -> QuerySet[Contact]:
    """The contacts that the officer's own area follows up; those of its cases elsewhere are not among them."""
    narrowed = actor.area.narrowing
    return Contact.objects.visible_to(actor).filter(**narrowed)


def on_the_list(contacts: QuerySet[Contact], today: date) -> QuerySet[Contact]:
    """Contacts whose rows stand in the grid on a day: followed now, or finished a few days ago."""
    followed = contacts.filter(state=Contact.State.FOLLOWED, follow_from__lte=today)
    lately = contacts.filter(state=Contact.State.FINISHED, follow_until__gte=today - timedelta(days=AFTER_DAYS))
    return followed | lately.filter(follow_from__isnull=False)


def rows_of(contacts: QuerySet[Contact], since: date, until: date) -> list[FollowUp]:
    """The rows of some contacts with what was seen and sampled between two days, in eight queries at most."""
    # The records of decisions weigh more than all the rest of a row, and no cell shows them.
    plain = contacts.defer("follow_rule", "decision", "exposure", "notes")
    persons = Person.objects.only("full_name", "birth_year", "sort_key", "address", "household_id")
    found = plain.prefetch_related(
        Prefetch("person", persons), Prefetch("case", Case.objects.only("code")), "team", "place"
    )
    rows = {one.pk: FollowUp(one, course_of(one), person_of(one), None) for one in found if one.follow_from}
    homes = {row.person.household_id for row in rows.values() if row.person and row.person.household_id}
    households = Household.objects.select_related("hamlet").in_bulk(homes)
    for row in rows.values():
        row.household = households.get(row.person.household_id or 0) if row.person else None
    _fill_answers(rows, since, until)
    _fill_samples(rows.values(), since, until)
    return list(rows.values())


def person_of(contact: Contact) -> Person | None:
    """The contact's person; None for a person of another commune, whom the database does not show."""
    try:
        return contact.person
    except Person.DoesNotExist:
        return None


def case_of(contact: Contact) -> Case | None:
    """The contact's case; None for a case of another commune, which the database does not show."""
    try:
        return contact.case
    except Case.DoesNotExist:
        return None


def course_of(contact: Contact) -> Course:
    """The course that a contact was given; only for contacts that have one."""
    assert contact.follow_from is not None, "a contact without a course is not in the grid"
    assert contact.follow_until is not None, "a contact without a course is not in the grid"
    samples = tuple(date.fromisoformat(day) for day in contact.test_days)
    return Course(contact.follow_from, contact.follow_until, samples)


def _fill_answers(rows: dict[int, FollowUp], since: date, until: date) -> None:
    days = FollowUpDay.objects.filter(contact__in=list(rows), day__range=(since, until))
    values = days.values_list("contact_id", "day", "state", "symptoms", "temperature", "version")
    for contact, day, state, symptoms, temperature, version in values:
        warmth = "" if temperature is None else str(temperature)
        rows[contact].answers[day] = Answer(state, symptoms, warmth, version)


def _fill_samples(rows: Iterable[FollowUp], since: date, until: date) -> None:
    by_person: dict[int, list[FollowUp]] = defaultdict(list)
    for row in rows:
        by_person[row.contact.person_id].append(row)
    begin = datetime.combine(since, datetime.min.time(), VIETNAM)
    end = datetime.combine(until + timedelta(days=1), datetime.min.time(), VIETNAM)
    tests = LabTest.objects.filter(person__in=list(by_person), sampled_at__gte=begin, sampled_at__lt=end)
    for person, sampled_at, result in tests.order_by("sampled_at").values_list("person_id", "sampled_at", "result"):
        for row in by_person[person]:
            row.samples[sampled_at.astimezone(VIETNAM).date()] = result or "waiting"


@dataclass(frozen=True)
class Whereabouts:
    """The area of a person who may live in another commune, and nothing else of them."""

    area: Area
    household: int | None


def whereabouts_of(persons: Sequence[int]) -> dict[int, Whereabouts]:
    """Where persons of the officer's province live, by row id: what handing over a contact needs."""
    with connection.cursor() as cursor:
        cursor.execute("select * from people_whereabouts(%s::bigint[])", [list(persons)])
        return {row[0]: Whereabouts(Area(row[1], row[2], row[3]), row[4]) for row in cursor.fetchall()}
