"""Pairs of persons that met: proximity logs of phones, and contacts that people declare."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from epidemic.tracing.contacts import UNKNOWN, Via
from epidemic.tracing.ranges import ranges_of, spread
from epidemic.tracing.sorting import stable_order
from epidemic.tracing.visits import Ids, Minutes, Rows, VisitError

Metres = NDArray[np.float32]


class Met(NamedTuple):
    """Meetings that answer queries, clipped to the interval asked about; `minutes` -1 where unknown."""

    query: Rows
    person: Ids
    place: Ids
    start: Minutes
    end: Minutes
    minutes: Minutes


@dataclass(frozen=True, eq=False)
class Meetings:
    """Meetings by person (compressed sparse rows); each stands under both persons.

    Attributes
    ----------
    via
        `Via.PROXIMITY` or `Via.DECLARED`.
    pointers
        Where each person's rows start, and the end.
    other, place
        Whom they met, and where or -1, shape (rows,).
    start, minutes
        Minute since 1970, and for how long or -1 where unknown.
    distance
        Metres, `nan` where unknown.
    """

    via: Via
    pointers: Rows
    other: Ids
    place: Ids
    start: Minutes
    minutes: Minutes
    distance: Metres

    @classmethod
    def of(
        cls,
        via: Via,
        *,
        person: ArrayLike,
        other: ArrayLike,
        start: ArrayLike,
        minutes: ArrayLike,
        distance: ArrayLike = np.nan,
        place: ArrayLike = UNKNOWN,
    ) -> "Meetings":
        """Meetings from rows that name both persons, in any order; a row is kept once for each of the two.

        Raises
        ------
        VisitError
            Where columns differ in length or an identifier is negative.
        """
        one, two = np.atleast_1d(np.asarray(person, np.int64)), np.atleast_1d(np.asarray(other, np.int64))
        if one.shape != two.shape or min(one.min(initial=0), two.min(initial=0)) < 0:
            raise VisitError("meetings need two persons each, identifiers from 0 up")
        both = np.concatenate([one, two])
        pointers, order = stable_order(both, int(both.max(initial=0)) + 1)
        row = order % max(len(one), 1)
        if (np.asarray(minutes) < UNKNOWN).any():
            raise VisitError("a meeting lasts 0 minutes or more, or -1 where nobody knows")
        columns = ((place, np.int32), (start, np.int64), (minutes, np.int64), (distance, np.float32))
        rest = (np.broadcast_to(np.asarray(column, kind), one.shape)[row] for column, kind in columns)
        return cls(via, pointers, np.concatenate([two, one])[order].astype(np.int32), *rest)

    def met(self, person: Ids, start: Minutes, end: Minutes, minimum: int, maximum_distance: float) -> Met:
        """Meetings of each person within the interval, long and near enough or of unknown length or distance."""
        query, row = spread(*ranges_of(self.pointers, person))
        timed = self.minutes[row] != UNKNOWN
        begun = np.maximum(self.start[row], start[query])
        until = np.minimum(self.start[row] + np.where(timed, self.minutes[row], 0), end[query])
        long_enough = np.where(timed, until - begun >= minimum, (begun == self.start[row]) & (begun < end[query]))
        near = ~(self.distance[row] > maximum_distance)
        met = long_enough & near & (self.other[row] != person[query])
        minutes = np.where(timed, until - begun, UNKNOWN)
        return Met(query[met], self.other[row][met], self.place[row][met], begun[met], until[met], minutes[met])


def proximity_log(
    pseudonyms: Mapping[Hashable, int],
    *,
    seen_by: Sequence[Hashable],
    seen: Sequence[Hashable],
    start: ArrayLike,
    minutes: ArrayLike,
    distance: ArrayLike,
) -> tuple[Meetings, int]:
    """Meetings of a log between pseudonyms, and how many of its rows name a pseudonym that stands for nobody known."""
    one, two = (np.array([pseudonyms.get(name, UNKNOWN) for name in names], np.int64) for names in (seen_by, seen))
    known = (one != UNKNOWN) & (two != UNKNOWN)
    columns = (np.broadcast_to(np.asarray(column), one.shape)[known] for column in (start, minutes, distance))
    began, lasted, metres = columns
    meetings = Meetings.of(
        Via.PROXIMITY, person=one[known], other=two[known], start=began, minutes=lasted, distance=metres
    )
    return meetings, int(np.count_nonzero(~known))
