"""Coverage: which people are asked about, how doses are put into bands of age and school grades, and shares of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

BANDS = (0, 5, 12, 18, 50, 65)
"""Least ages of the bands, by age at the dose. 18 and over: decision 21/NQ-CP; 65 and 50: criterion 2b of 4800/QĐ-BYT."""
SCHOOL_YEAR_BEGINS = 9
"""Month. A child enters grade 1 in the year in which it turns 6 (Law on Education 43/2019/QH14, article 28)."""
FIRST_GRADE_AGE = 6
GRADES = {"6-8": (6, 8), "9-12": (9, 12)}
GROUP = "group-"
"""What the key of a priority group begins with."""


@dataclass(frozen=True)
class Population:
    """People who are asked about together: by age at the dose, by school grade, or by priority group."""

    key: str
    bands: tuple[int, ...] = ()
    grades: str = ""
    group: str = ""


POPULATIONS = {
    one.key: one
    for one in (
        Population("adults", bands=(18, 50, 65)),
        Population("over-50", bands=(50, 65)),
        Population("over-65", bands=(65,)),
        Population("grades-9-12", grades="9-12"),
        Population("grades-6-8", grades="6-8"),
        Population("aged-12-17", bands=(12,)),
        Population("aged-5-11", bands=(5,)),
        Population("residents"),
    )
}


def population_of(key: str, groups: Iterable[str]) -> Population | None:
    """The population of a key; `groups` are the priority groups of the rulebook."""
    group = key.removeprefix(GROUP)
    if key.startswith(GROUP) and group in groups:
        return Population(key, group=group)
    return POPULATIONS.get(key)


def cohorts(grades: str) -> tuple[int, int]:
    """Least and most age that a pupil of these grades reaches in the year in which the school year begins."""
    first, last = GRADES[grades]
    return FIRST_GRADE_AGE + first - 1, FIRST_GRADE_AGE + last - 1


def band_ranges() -> list[tuple[int, int | None]]:
    """Each band as its least age and the least of the next; the last has no end."""
    return [*pairwise(BANDS), (BANDS[-1], None)]


@dataclass(frozen=True)
class People:
    """How many there are, who says so, and of which day; `people` is None where nobody has said."""

    people: int | None
    source: str = ""
    counted_on: date | None = None
    units: int = 1
    """Of how many units the counts were added; 1 for a count of the unit itself."""
    missing: int = 0
    """Units below that have none, so that nothing can be added up."""


@dataclass(frozen=True)
class Covered:
    """Doses of one number given to a population of one unit, and of how many people."""

    given: int
    people: People

    @property
    def share(self) -> float | None:
        """0 to 1, above it where more doses were given than people were counted; None without a denominator."""
        return self.given / self.people.people if self.people.people else None

    @property
    def over(self) -> int:
        """By how many doses the people counted are exceeded: shown with its likely reasons, never cut."""
        return max(0, self.given - self.people.people) if self.people.people else 0


def added(parts: Iterable[People | None]) -> People:
    """The people of a unit as the sum of those below; nothing where one of them has no count."""
    parts = list(parts)
    known = [part for part in parts if part is not None and part.people]
    if not known or len(known) < len(parts):
        return People(None, units=len(parts), missing=len(parts) - len(known))
    sources = sorted({part.source for part in known})
    oldest = min(part.counted_on for part in known if part.counted_on)
    return People(sum(part.people or 0 for part in known), "; ".join(sources[:2]), oldest, len(known))
