"""Immutable runs of visits, usually one day each, sorted both ways: by place and by person, each in order of start."""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from epidemic.tracing.overlaps import overlapping
from epidemic.tracing.sorting import order_of, stable_order
from epidemic.tracing.visits import LONGEST, MINUTES_A_DAY, Ids, Minutes, Rows, Shorts, VisitError, Visits


class Found(NamedTuple):
    """Visits that answer queries: which query, the other identifier, from which minute since 1970, for how many minutes."""

    query: Rows
    other: Ids
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
    longest
        The longest duration in each group, shape (groups,), or one bound for all, shape (1,): how far back a scan must begin.
    keys
        Identifiers of the groups, ascending; `None` where group i is simply i.
    """

    pointers: Ids
    other: Ids
    start: Shorts
    duration: Shorts
    longest: Shorts
    keys: Ids | None = None

    def __post_init__(self) -> None:
        # As memory maps are: kernels are compiled for one kind of array, not for each mixture.
        for column in (self.pointers, self.other, self.start, self.duration, self.longest):
            column.flags.writeable = False

    def overlapping(self, key: Rows, start: Minutes, end: Minutes, origin: int, minimum: int) -> Found:
        """Visits of each key's group that share at least `minimum` (1 or more) minutes with the interval."""
        columns = self.pointers, self.longest, self.other, self.start, self.duration
        return Found(*overlapping(*columns, self._groups(key), start, end, origin, minimum))

    def _groups(self, keys: Rows) -> Rows:
        """The group of each key; one beyond the last where there is none."""
        if self.keys is None:
            return keys
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
    """

    origin: int
    by_place: Side
    by_person: Side

    def __len__(self) -> int:
        return len(self.by_place.other)

    def visits_of(self, person: Rows, start: Minutes, end: Minutes) -> Found:
        """Visits of each person that share a minute with the interval from `start` up to before `end`."""
        return self.by_person.overlapping(person, start, end, self.origin, 1)

    def present_at(self, place: Rows, start: Minutes, end: Minutes, minimum: int) -> Found:
        """Visits to each place that share at least `minimum` (1 or more) minutes with the interval."""
        return self.by_place.overlapping(place, start, end, self.origin, minimum)


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
    by_place = _by_place(visits, day, places)
    return VisitSegment(day * MINUTES_A_DAY, by_place, _by_person(visits, day, persons))


def segment_of_parts(at_places: Visits, of_persons: Visits) -> VisitSegment:
    """A segment that holds only what was fetched: everybody's visits to some places, and the visits of some persons."""
    day = min((int(part.day.min()) for part in (at_places, of_persons) if len(part)), default=0)
    return VisitSegment(day * MINUTES_A_DAY, _by_place(at_places, day), _by_person(of_persons, day))


def _by_place(visits: Visits, day: int, places: int | None = None) -> Side:
    side = _sorted_side(visits, visits.place, visits.person, day, places)
    return replace(side, longest=_longest(side))


def _by_person(visits: Visits, day: int, persons: int | None = None) -> Side:
    return _sorted_side(visits, visits.person, visits.place, day, persons)


def _sorted_side(visits: Visits, key: Ids, other: Ids, day: int, size: int | None) -> Side:
    """A side without a bound on durations: those who look at a few rows of a person need none."""
    after = (visits.day - day).astype(np.int64) * MINUTES_A_DAY + visits.start
    if after.max(initial=0) > LONGEST:
        raise VisitError("the visits of a segment must start within 45 days: build one segment a day")
    by_start = order_of(after)
    keys, group, groups = _grouped(key[by_start], size)
    pointers, by_group = stable_order(group, groups)
    order, unbounded = by_start[by_group], np.array([LONGEST], np.uint16)
    start = after[order].astype(np.uint16)
    return Side(pointers.astype(np.int32), other[order], start, visits.duration[order], unbounded, keys)


def _grouped(key: Ids, size: int | None) -> tuple[Ids | None, NDArray[np.integer], int]:
    """Identifiers of the groups where they need be told, each row's group, and how many groups there are."""
    if size is None:
        keys, group = np.unique(key, return_inverse=True) if len(key) else (np.zeros(1, np.int32), key)
        return keys, group, len(keys)
    if key.max(initial=0) >= max(size, 1):
        raise VisitError(f"a visit names {key.max()}, but identifiers were said to lie below {size}")
    return None, key, max(size, 1)


def _longest(side: Side) -> Shorts:
    longest = np.zeros(len(side.pointers) - 1, np.uint16)
    filled = np.flatnonzero(np.diff(side.pointers))
    if len(filled):
        longest[filled] = np.maximum.reduceat(side.duration, side.pointers[filled])
    return longest
