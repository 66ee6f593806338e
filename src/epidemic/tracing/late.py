"""Visits that came late or were corrected, laid over the immutable segments when a question is asked."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from epidemic.tracing.segments import VisitSegment, build_segment
from epidemic.tracing.visits import MINUTES_A_DAY, Flags, Ids, Minutes, Rows, VisitError, Visits

# Starts of one segment fit 16 bits for 45 days.
DAYS_A_SEGMENT = 28


class Stays(NamedTuple):
    """Visits that answer queries: which query, who, where, from which minute since 1970, for how many minutes."""

    query: Rows
    person: Ids
    place: Ids
    start: Minutes
    duration: Minutes


@dataclass(frozen=True, eq=False)
class LateVisits:
    """What was recorded after the segments were built, in the order of recording.

    A correction is two rows: the visit as it stood, retracted, and the visit as it should be. A retraction takes away every
    equal visit recorded before it.

    Attributes
    ----------
    recorded
        Minute since 1970 at which the row became known, ascending.
    retracted
        Whether the row takes a visit away.
    visits
        The rows' visits.
    """

    recorded: Minutes
    retracted: Flags
    visits: Visits

    def __post_init__(self) -> None:
        if not len(self.recorded) == len(self.retracted) == len(self.visits):
            raise VisitError("late visits need a moment of recording and a mark of retraction for each row")
        if (np.diff(self.recorded) < 0).any():
            raise VisitError("late visits must come in the order of recording: sort them by it")

    @classmethod
    def none(cls) -> "LateVisits":
        """Nothing came late."""
        return cls(np.empty(0, np.int64), np.empty(0, np.bool_), Visits.none())

    def as_of(self, minute: int) -> "LateVisits":
        """What was known by the end of that minute."""
        known = self.recorded <= minute
        return LateVisits(self.recorded[known], self.retracted[known], self.visits.take(known))

    def first(self, rows: int) -> "LateVisits":
        """The rows recorded first."""
        return LateVisits(self.recorded[:rows], self.retracted[:rows], self.visits.take(np.arange(rows)))

    @cached_property
    def standing(self) -> Visits:
        """Visits added and not retracted afterwards."""
        return self.visits.take(self._stands())

    @cached_property
    def segments(self) -> tuple[VisitSegment, ...]:
        """The visits that stand, sorted both ways."""
        added = self.standing
        epochs = added.day // DAYS_A_SEGMENT
        return tuple(build_segment(added.take(epochs == epoch)) for epoch in np.unique(epochs))

    def holds_good(self, stays: Stays) -> Flags:
        """Whether each visit of the immutable segments still stands."""
        pairs = _pairs(stays.person, stays.place)
        suspects = np.flatnonzero(np.isin(pairs, self._retracted_pairs))
        good = np.ones(len(pairs), np.bool_)
        columns = (stays.person, stays.place, stays.start, stays.duration)
        rows = zip(*(column[suspects].tolist() for column in columns), strict=True)
        good[suspects] = [row not in self._retracted_rows for row in rows]
        return good

    @cached_property
    def _retracted_pairs(self) -> NDArray[np.int64]:
        return np.unique(_pairs(self.visits.person[self.retracted], self.visits.place[self.retracted]))

    @cached_property
    def _retracted_rows(self) -> frozenset[tuple[int, ...]]:
        columns = _as_stays(self.visits.take(self.retracted))
        return frozenset(zip(*(column.tolist() for column in columns), strict=True))

    def _stands(self) -> Flags:
        rows = np.column_stack(_as_stays(self.visits))
        same = np.unique(rows, axis=0, return_inverse=True)[1].reshape(-1)
        sequence = np.arange(len(same))
        last = np.full(len(same), -1)
        np.maximum.at(last, same[self.retracted], sequence[self.retracted])
        standing: Flags = ~self.retracted & (sequence > last[same])
        return standing


def _pairs(person: NDArray[np.int32], place: NDArray[np.int32]) -> NDArray[np.int64]:
    return person.astype(np.int64) << 32 | place


def _as_stays(visits: Visits) -> tuple[NDArray[np.int64], ...]:
    start = visits.day.astype(np.int64) * MINUTES_A_DAY + visits.start
    return visits.person.astype(np.int64), visits.place.astype(np.int64), start, visits.duration.astype(np.int64)
