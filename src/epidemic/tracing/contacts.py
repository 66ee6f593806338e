"""Contacts found: who, through whom, where, from when to when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from epidemic.tracing.columns import Selection
from epidemic.tracing.visits import Ids, Minutes, Rows

UNKNOWN = -1


class Via(IntEnum):
    """What brought two persons together."""

    HOUSEHOLD = 0
    VISIT = 1
    DECLARED = 2
    PROXIMITY = 3
    WORKPLACE = 4  # any fixed roster: a workplace, a class, a ward


class Contact(NamedTuple):
    """One exposure; `place` and `minutes` are `None` where the source does not say."""

    person: int
    degree: int
    via: Via
    through: int
    place: int | None
    start: int
    end: int
    minutes: int | None


@dataclass(frozen=True, eq=False)
class Contacts:
    """Exposures as columns of equal length, ordered by case and degree.

    A person met twice has two rows. Nobody is a contact of their own, and a contact of degree 1 is none of degree 2.

    Attributes
    ----------
    case
        Which of the cases asked about, counted from 0.
    person
        The contact.
    degree
        1 or 2.
    via
        Codes of `Via`.
    through
        Whom the contact met: the case at degree 1, a contact of degree 1 at degree 2.
    place
        Where, or -1: the place of the visit, the declaration or the roster.
    start, end
        Minutes since 1970, the end excluded, clipped to the window asked about. For a household or roster: as long as the
        window, at degree 2 from the first exposure of `through` on.
    minutes
        Shared minutes within the window, or -1 where there is no clock (households, rosters, some declarations).
    """

    case: Rows
    person: Ids
    degree: NDArray[np.uint8]
    via: NDArray[np.uint8]
    through: Ids
    place: Ids
    start: Minutes
    end: Minutes
    minutes: Minutes

    def __len__(self) -> int:
        return len(self.person)

    def __iter__(self) -> Iterator[Contact]:
        names = ("person", "degree", "via", "through", "place", "start", "end", "minutes")
        for values in zip(*(getattr(self, name).tolist() for name in names), strict=True):
            person, degree, via, through, place, start, end, minutes = values
            known_place, known_minutes = (None if value == UNKNOWN else value for value in (place, minutes))
            yield Contact(person, degree, Via(via), through, known_place, start, end, known_minutes)

    @classmethod
    def concatenated(cls, parts: Iterable["Contacts"]) -> "Contacts":
        """All rows of one or more parts, in their order."""
        given = list(parts)
        if len(given) == 1:
            return given[0]
        return cls(*(np.concatenate([getattr(part, f.name) for part in given]) for f in fields(cls)))

    def take(self, rows: Selection) -> "Contacts":
        """Some of the rows."""
        return Contacts(*(getattr(self, f.name)[rows] for f in fields(self)))

    def of(self, case: int) -> "Contacts":
        """Contacts of one of the cases asked about, counted from 0."""
        first, last = np.searchsorted(self.case, (case, case + 1))
        return self.take(np.arange(first, last))

    def persons(self, degree: int) -> Ids:
        """Each person of a degree once, ascending."""
        return np.unique(self.person[self.degree == degree])
