"""Immutable runs of visits, usually one day each, sorted both ways: by place and by person, each in order of start."""

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from epidemic.tracing.overlaps import overlapping
from epidemic.tracing.sorting import order_of, stable_order
from epidemic.tracing.visits import LONGEST, MINUTES_A_DAY, Ids, Minutes, Rows, Shorts, VisitError, Visits


class Stays(NamedTuple):
    """Visits that answer queries: which query, who, where, from which minute since 1970, for how many minutes."""

    query: Rows
    person: Ids
    place: Ids
    start: Minutes
    duration: Minutes


@dataclass(frozen=True, eq=False)
class Side:
    """Visits grouped by place or by person (compressed sparse rows), within each group in order of start.

    Attributes
    ----------
    pointers
        Where each group's rows start, and the end, shape (groups + 1,); at least one group.
    other
        The person where groups are places, the place where they are persons, shape (rows,).
    start
        Minutes after the segment's origin, shape (rows,).
    duration
        Minutes, shape (rows,).
    keys
        Identifiers of the groups, ascending; `None` where group i is simply i.
    """

    pointers: Ids
    other: Ids
    start: Shorts
    duration: Shorts
    keys: Ids | None = None

    def __post_init__(self) -> None:
        # As memory maps are: kernels are compiled for one kind of array, not for each mixture.
        for column in (self.pointers, self.other, self.start, self.duration):
            column.flags.writeable = False

    def groups(self, keys: Ids) -> Rows:
        """The group of each key; one beyond the last where there is none."""
        if self.keys is None:
            return keys.astype(np.int64)
        group = np.searchsorted(self.keys, keys)
        known = self.keys[np.minimum(group, len(self.keys) - 1)] == keys
        return np.where(known, group, len(self.keys))


@dataclass(frozen=True, eq=False)
class VisitSegment:
    """Visits whose starts are counted from one origin.

    Attributes
    ----------
    origin
        Minute since 1970 from which starts are counted.
    by_place, by_person
        The same visits both ways; either may hold only the groups that were fetched.
    longest
        The longest duration at each place, shape (groups of `by_place`,): it bounds how far back a scan must begin.
    """

    origin: int
    by_place: Side
    by_person: Side
    longest: Shorts

    def __len__(self) -> int:
        return len(self.by_place.other)

    def visits_of(self, person: Ids, start: Minutes, end: Minutes) -> Stays:
        """Visits of each person that share a minute with the interval from `start` up to before `end`."""
        side = self.by_person
        query, row = self._overlapping(side, _any_length(), person, start, end, 1)
        return Stays(query, person[query], side.other[row], *self._times(side, row))

    def present_at(self, place: Ids, start: Minutes, end: Minutes, minimum: int) -> Stays:
        """Visits to each place that share at least `minimum` (1 or more) minutes with the interval."""
        side = self.by_place
        query, row = self._overlapping(side, self.longest, place, start, end, minimum)
        return Stays(query, side.other[row], place[query], *self._times(side, row))

    def _overlapping(
        self, side: Side, longest: Shorts, key: Ids, start: Minutes, end: Minutes, minimum: int
    ) -> tuple[Rows, Rows]:
        begin, until = start - self.origin, end - self.origin
        return overlapping(side.pointers, longest, side.start, side.duration, side.groups(key), begin, until, minimum)

    def _times(self, side: Side, row: Rows) -> tuple[Minutes, Minutes]:
        return self.origin + side.start[row].astype(np.int64), side.duration[row].astype(np.int64)


def build_segment(visits: Visits, *, persons: int | None = None, places: int | None = None) -> VisitSegment:
    """Sort visits both ways.

    Parameters
    ----------
    visits
        In any order; their days within 44 days.
    persons, places
        How many identifiers there are: groups are then found without a search. Left out for a few visits of many people.

    Raises
    ------
    VisitError
        Where the days lie too far apart, or an identifier is not below its number.
    """
    day = int(visits.day.min()) if len(visits) else 0
    by_place = _sorted_side(visits, visits.place, visits.person, day, places)
    by_person = _sorted_side(visits, visits.person, visits.place, day, persons)
    return VisitSegment(day * MINUTES_A_DAY, by_place, by_person, _longest(by_place))


def segment_of_parts(at_places: Visits, of_persons: Visits) -> VisitSegment:
    """A segment that holds only what was fetched: everybody's visits to some places, and the visits of some persons."""
    day = min((int(part.day.min()) for part in (at_places, of_persons) if len(part)), default=0)
    by_place = _sorted_side(at_places, at_places.place, at_places.person, day)
    by_person = _sorted_side(of_persons, of_persons.person, of_persons.place, day)
    return VisitSegment(day * MINUTES_A_DAY, by_place, by_person, _longest(by_place))


def _sorted_side(visits: Visits, key: Ids, other: Ids, day: int, size: int | None = None) -> Side:
    after = (visits.day - day).astype(np.int64) * MINUTES_A_DAY + visits.start
    if after.max(initial=0) > LONGEST:
        raise VisitError("the visits of a segment must start within 45 days: build one segment a day")
    order = order_of(after)
    return _side(key[order], other[order], after[order].astype(np.uint16), visits.duration[order], size)


def _side(key: Ids, other: Ids, start: Shorts, duration: Shorts, size: int | None) -> Side:
    keys: Ids | None = None
    group: NDArray[np.integer] = key
    if size is None:
        keys, group = np.unique(key, return_inverse=True) if len(key) else (np.zeros(1, np.int32), key)
        size = len(keys)
    elif key.max(initial=0) >= max(size, 1):
        raise VisitError(f"a visit names {key.max()}, but identifiers were said to lie below {size}")
    pointers, order = stable_order(group, max(size, 1))
    return Side(pointers.astype(np.int32), other[order], start[order], duration[order], keys)


@cache
def _any_length() -> Shorts:
    """No bound on how far back a person's own visits may reach: they are few."""
    return _unchanging(np.array([LONGEST], np.uint16))


def _unchanging(column: Shorts) -> Shorts:
    column.flags.writeable = False
    return column


def _longest(side: Side) -> Shorts:
    longest = np.zeros(len(side.pointers) - 1, np.uint16)
    filled = np.flatnonzero(np.diff(side.pointers))
    if len(filled):
        longest[filled] = np.maximum.reduceat(side.duration, side.pointers[filled])
    return _unchanging(longest)
