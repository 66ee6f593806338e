"""Whose doses may be certified: persons with their doses and what stands in the way, many at a time."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q

from phaodai.people.models import Person
from phaodai.rulebook import Rulebook
from phaodai.vaccination.law.certificates import course_of
from phaodai.vaccination.models import Certificate, Dose
from phaodai.vaccination.rules.certificates import COUNTRY
from phaodai.vaccination.rules.certificates_checking import (
    CertifiedDose,
    Holder,
    Obstacle,
    first_of,
    last_of,
    obstacle,
)


@dataclass(frozen=True)
class Candidate:
    """One person with what a certificate would say, or why there can be none."""

    person: Person
    holder: Holder
    doses: tuple[CertifiedDose, ...]
    course: int | None

    @cached_property
    def obstacle(self) -> Obstacle | None:
        """What is in the way; None where a certificate may be drafted."""
        return obstacle(self.holder, self.doses, self.course)

    @property
    def last(self) -> CertifiedDose:
        """The dose that the certificate states."""
        return last_of(self.doses)


def candidates(book: Rulebook, on: date, persons: Iterable[Person], nationality: str = "") -> list[Candidate]:
    """The persons in their order; three queries however many they are.

    Whoever has an ID card is of this country (the card is given to no one else); of others an officer says the nationality.
    """
    persons = list(persons)
    ids = [person.pk for person in persons]
    doses, certified = _doses_of(ids), _certified(ids)
    courses: dict[str, int | None] = {}
    found = []
    for person in persons:
        own = tuple(doses[person.pk])
        product = first_of(own).product if own else ""
        if product not in courses:
            courses[product] = course_of(book, product, on) if product else None
        found.append(Candidate(person, _holder(person, nationality, certified[person.pk]), own, courses[product]))
    return found


def _holder(person: Person, nationality: str, certified: set[int]) -> Holder:
    birth = person.birth_date.isoformat() if person.birth_date else str(person.birth_year or "")
    of_country = COUNTRY if person.identity_number else ""
    return Holder(person.full_name, birth, nationality or of_country, frozenset(certified))


def _doses_of(ids: list[int]) -> dict[int, list[CertifiedDose]]:
    """Doses that count by person; those of a record joined with another belong to the one that was kept."""
    rows = Dose.objects.counted().filter(Q(person_id__in=ids) | Q(person__merged_into_id__in=ids))
    found: dict[int, list[CertifiedDose]] = defaultdict(list)
    fields = ("person_id", "person__merged_into_id", "number", "product", "given_on", "doubted")
    for person, kept, number, product, given_on, doubted in rows.order_by("number").values_list(*fields):
        found[kept or person].append(CertifiedDose(number, product, given_on, doubted))
    return found


def _certified(ids: list[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    standing = Certificate.objects.standing().filter(person_id__in=ids)
    for person, number in standing.values_list("person_id", "dose_number"):
        found[person].add(number)
    return found
