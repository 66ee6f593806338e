"""Trace: from a case, or a thousand at once, to contacts of degree 1 and 2; and who else was at a place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf

import numpy as np
from numpy.typing import ArrayLike, NDArray

from epidemic.tracing.columns import take
from epidemic.tracing.contacts import Contacts, Via
from epidemic.tracing.degrees import first_exposures, marks_for, newcomers
from epidemic.tracing.exposures import Asked, Exposures, Sources, exposures
from epidemic.tracing.index import VisitIndex
from epidemic.tracing.late import Stays
from epidemic.tracing.ranges import pointers_of
from epidemic.tracing.sorting import stable_order
from epidemic.tracing.visits import Ids, Minutes, Rows

EVERY_WAY = frozenset(Via)
# Those whom contacts live with or surely met; rosters and visits of every contact would name half a district.
CLOSE_WAYS = frozenset({Via.HOUSEHOLD, Via.DECLARED, Via.PROXIMITY})
# Bounds the memory of a batch: about 150 MB of rows where a case has 5,000 contacts.
CASES_AT_ONCE = 256


class TraceError(ValueError):
    """A question that has no answer; the message says how to ask it."""


@dataclass(frozen=True, kw_only=True)
class Criteria:
    """What counts as a contact: figures that the rule in force gives.

    Attributes
    ----------
    degree
        1, or 2 for contacts of contacts too.
    minimum_minutes
        The shortest shared time of one visit or meeting, 1 or more. It is asked of the time within the window.
    maximum_distance
        Metres; meetings known to be farther apart do not count.
    first, second
        The ways by which contacts of degree 1 and 2 are sought.
    as_of
        Minute since 1970: answer with what was known by its end; nothing after it exists. `None`: with all that is known.
    """

    degree: int = 2
    minimum_minutes: int = 1
    maximum_distance: float = inf
    first: frozenset[Via] = EVERY_WAY
    second: frozenset[Via] = CLOSE_WAYS
    as_of: int | None = None

    def __post_init__(self) -> None:
        if self.degree not in (1, 2):
            raise TraceError(f"contacts are traced to degree 1 or 2, not {self.degree}")
        if self.minimum_minutes < 1:
            raise TraceError(f"a contact shares at least 1 minute, not {self.minimum_minutes}")


def trace(sources: Sources, case: int, window: tuple[int, int], criteria: Criteria) -> Contacts:
    """Contacts of one case within its infectious window, minutes since 1970, the end excluded.

    Contacts of degree 1 met the case within the window; those of degree 2 met one of these between that one's first exposure
    and the end of the window. Nothing outside the window is returned.

    Raises
    ------
    TraceError
        Where the window ends before it starts, or the case is no number from 0 up.
    """
    return trace_many(sources, [case], [window], criteria)


def trace_many(
    sources: Sources, cases: ArrayLike, windows: Sequence[tuple[int, int]] | NDArray[np.int64], criteria: Criteria
) -> Contacts:
    """Contacts of many cases at once, ordered by case; `cases` of shape (cases,), `windows` of shape (cases, 2)."""
    asked = _asked(np.asarray(cases, np.int32), np.asarray(windows, np.int64).reshape(-1, 2), criteria.as_of)
    known = sources
    if criteria.as_of is not None:
        known = Sources(sources.visits.as_of(criteria.as_of), sources.rosters, sources.meetings)
    starts = range(0, max(len(asked.person), 1), CASES_AT_ONCE)
    parts = [(start, take(asked, slice(start, start + CASES_AT_ONCE))) for start in starts]
    return Contacts.concatenated(_traced(known, start, part, criteria) for start, part in parts)


def present_at(
    visits: VisitIndex, place: int, start: int, end: int, *, minimum_minutes: int = 1, as_of: int | None = None
) -> Stays:
    """Who else was there: everyone at a place for some minutes from `start` up to before `end`, clipped to that interval."""
    if minimum_minutes < 1:
        raise TraceError(f"someone there stays at least 1 minute, not {minimum_minutes}")
    known = visits if as_of is None else visits.as_of(as_of)
    asked = _asked(np.array([place], np.int32), np.array([[start, end]]), as_of)
    stays = known.present_at(*asked, minimum_minutes)
    begun = np.maximum(stays.start, asked.start[0])
    return stays._replace(start=begun, duration=np.minimum(stays.start + stays.duration, asked.end[0]) - begun)


def _asked(person: Ids, windows: Minutes, as_of: int | None) -> Asked:
    start, end = windows.T.copy()
    if len(person) != len(windows):
        raise TraceError(f"{len(person)} cases need as many windows, not {len(windows)}")
    if person.min(initial=0) < 0:
        raise TraceError(f"persons and places are numbered from 0 up, {person.min()} is none")
    if (end < start).any():
        raise TraceError(f"interval {np.argmax(end < start)} ends before it starts: exchange its ends")
    return Asked(person, start, end if as_of is None else np.minimum(end, as_of + 1))


def _traced(sources: Sources, offset: int, asked: Asked, criteria: Criteria) -> Contacts:
    """Degrees 1 and 2 of some cases, the first of which is case `offset`."""
    direct, pointers = _by_case(_met(sources, asked, criteria.first, criteria), len(asked.person))
    contacts = _contacts(direct, direct.query + offset, 1, asked.person[direct.query])
    if criteria.degree == 1:
        return contacts
    rows, since = first_exposures(pointers, direct.person, direct.start, _marks(direct.person))
    between = Asked(direct.person[rows], since, asked.end[direct.query[rows]])
    indirect = _indirect(sources, asked, between, direct.query[rows], criteria)
    both = Contacts.concatenated([contacts, replace(indirect, case=indirect.case + offset)])
    return both if len(asked.person) == 1 else both.take(_order(both.case - offset, len(asked.person))[1])


def _indirect(sources: Sources, asked: Asked, between: Asked, case: Rows, criteria: Criteria) -> Contacts:
    """Contacts of the contacts `between`, each of whom belongs to a `case`, without these and without the cases."""
    met = _met(sources, between, criteria.second, criteria)
    through = between.person[met.query]
    cases = len(asked.person)
    pointers, order = _order(case[met.query], cases)
    met, through = take(met, order), through[order]
    known = pointers_of(np.bincount(case, minlength=cases))
    marks = _marks(met.person, between.person, asked.person)
    new = newcomers(known, between.person, pointers, met.person, asked.person, marks)
    return _contacts(take(met, new), case[met.query[new]], 2, through[new])


def _met(sources: Sources, asked: Asked, ways: frozenset[Via], criteria: Criteria) -> Exposures:
    return exposures(sources, asked, ways, criteria.minimum_minutes, criteria.maximum_distance)


def _by_case(found: Exposures, cases: int) -> tuple[Exposures, Rows]:
    pointers, order = _order(found.query, cases)
    return take(found, order), pointers


def _order(case: Rows, cases: int) -> tuple[Rows, Rows | slice]:
    """Where each case's rows start, and the rows by case; one case needs no sorting."""
    if cases == 1:
        return np.array([0, len(case)]), slice(None)
    pointers, order = stable_order(case, cases)
    return pointers, order


def _marks(*people: Ids) -> NDArray[np.int32]:
    return marks_for(max(int(part.max(initial=0)) for part in people) + 1)


def _contacts(found: Exposures, case: Rows, degree: int, through: Ids) -> Contacts:
    _, person, via, place, start, end, minutes = found
    return Contacts(case, person, np.full(len(person), degree, np.uint8), via, through, place, start, end, minutes)
