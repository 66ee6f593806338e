"""The chain of a case, across the communes of its province: links and marks, and not one person.

An officer of one commune sees the numbers and days of the cases of a chain elsewhere; the functions of the database that
answer this show neither names nor addresses.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from epidemic.chains import Chain, chain_among, chain_of


@dataclass(frozen=True)
class ChainLink:
    """From the case that infected to the one that was infected, by row ids."""

    source: int
    target: int
    certainty: str
    setting: str


@dataclass(frozen=True)
class CaseMark:
    """A case as its chain shows it."""

    id: int
    code: str
    onset_on: date | None
    sampled_on: date | None
    classification: str
    commune: int | None

    @property
    def day(self) -> date | None:
        """Where it stands in time: its onset, else its first positive sample."""
        return self.onset_on or self.sampled_on


def chain_links(case: int) -> list[ChainLink]:
    """Every standing link of the chain that a case belongs to."""
    with connection.cursor() as cursor:
        cursor.execute("select * from surveillance_chain_links(%s)", [case])
        return [ChainLink(*row) for row in cursor.fetchall()]


def marks_of(cases: Iterable[int]) -> dict[int, CaseMark]:
    """The marks of some cases by row id."""
    with connection.cursor() as cursor:
        cursor.execute("select * from surveillance_case_marks(%s)", [list(cases)])
        return {row[0]: CaseMark(*row) for row in cursor.fetchall()}


@dataclass(frozen=True)
class Walked:
    """A chain with everything that is shown of it."""

    chain: Chain[int]
    links: Sequence[ChainLink]
    marks: Mapping[int, CaseMark]

    @property
    def onsets(self) -> dict[int, date | None]:
        """Onset by case; serial intervals count no other day."""
        return {case: mark.onset_on for case, mark in self.marks.items()}

    def among(self, members: set[int]) -> "Walked":
        """The part of it that some cases make."""
        return Walked(chain_among(members, self.chain.links, self._days), self.links, self._of(members))

    def _of(self, members: set[int]) -> dict[int, CaseMark]:
        return {case: mark for case, mark in self.marks.items() if case in members}

    @property
    def _days(self) -> dict[int, date | None]:
        return {case: mark.day for case, mark in self.marks.items()}


def walk(case: int) -> Walked:
    """The chain of a case."""
    links = chain_links(case)
    pairs = [(link.source, link.target) for link in links]
    marks = marks_of({case, *(end for pair in pairs for end in pair)})
    return Walked(chain_of(case, pairs, {one: mark.day for one, mark in marks.items()}), links, marks)
