"""Immutable runs of visits, usually one day each, sorted both ways: by place and by person, each in order of start."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from epidemic.tracing.overlaps import overlapping
from epidemic.tracing.ranges import ranges_of, spread
from epidemic.tracing.sorting import lower_bound, order_of, stable_order
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

    def groups(self, keys: Ids) -> Rows:
        """The group of each key; one beyond the last where there is none."""
        if self.keys is None:
            return np.minimum(keys, len(self.pointers) - 1)
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
    reach
        Minutes after the origin by which every visit has ended.
    """

    origin: int
    by_place: Side
    by_person: Side
    longest: Shorts
    reach: int

    def __len__(self) -> int:
        return len(self.by_place.other)

    def visits_of(self, person: Ids, start: Minutes, end: Minutes) -> Stays:
        """Visits of each person that touch the interval from `start` up to before `end`."""
        asked = self._touched(start, end)
        owner, row = spread(*ranges_of(self.by_person.pointers, self.by_person.groups(person[asked])))
        query, began = asked[owner], self.origin + self.by_person.start[row].astype(np.int64)
        duration = self.by_person.duration[row].astype(np.int64)
        within = (began < end[query]) & (began + duration > start[query])
        query, row = query[within], row[within]
        return Stays(query, person[query], self.by_person.other[row], began[within], duration[within])

    def present_at(self, place: Ids, start: Minutes, end: Minutes, minimum: int) -> Stays:
        """Visits to each place that share at least `minimum` (1 or more) minutes with the interval."""
        asked = self._touched(start, end)
        begin, until = start[asked] - self.origin, end[asked] - self.origin
        group, starts = self.by_place.groups(place[asked]), self.by_place.start
        first, last = ranges_of(self.by_place.pointers, group)
        longest = self.longest[np.minimum(group, len(self.longest) - 1)]
        first = lower_bound(first, last, starts, begin + minimum - longest)
        last = lower_bound(first, last, starts, until - minimum + 1)
        owner, row = overlapping(first, last, begin, until, starts, self.by_place.duration, minimum)
        query, began = asked[owner], self.origin + starts[row].astype(np.int64)
        return Stays(query, self.by_place.other[row], place[query], began, self.by_place.duration[row].astype(np.int64))

    def _touched(self, start: Minutes, end: Minutes) -> Rows:
        return np.flatnonzero((start < self.origin + self.reach) & (end > self.origin))


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
    day, after = _offsets(visits)
    order = order_of(after)
    person, place, start, duration = visits.person[order], visits.place[order], after[order], visits.duration[order]
    by_place = _side(place, person, start, duration, places)
    by_person = _side(person, place, start, duration, persons)
    return segment_of_sides(day * MINUTES_A_DAY, by_place, by_person)


def segment_of_sides(origin: int, by_place: Side, by_person: Side) -> VisitSegment:
    """A segment of sides sorted already."""
    ends = (int((s.start.astype(np.int64) + s.duration).max(initial=0)) for s in (by_place, by_person))
    return VisitSegment(origin, by_place, by_person, _longest(by_place), max(ends))


def build_side(visits: Visits, key: Ids, other: Ids) -> Side:
    """One side alone, of the keys there are; starts count from the first day."""
    _, after = _offsets(visits)
    order = order_of(after)
    return _side(key[order], other[order], after[order], visits.duration[order], None)


def _offsets(visits: Visits) -> tuple[int, Shorts]:
    day = int(visits.day.min(initial=2**30)) if len(visits) else 0
    after = (visits.day - day).astype(np.int64) * MINUTES_A_DAY + visits.start
    if after.max(initial=0) > LONGEST:
        raise VisitError("the visits of a segment must start within 45 days: build one segment a day")
    return day, after.astype(np.uint16)


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


def _longest(side: Side) -> Shorts:
    longest = np.zeros(len(side.pointers) - 1, np.uint16)
    filled = np.flatnonzero(np.diff(side.pointers))
    if len(filled):
        longest[filled] = np.maximum.reduceat(side.duration, side.pointers[filled])
    return longest
