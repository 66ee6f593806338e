"""All visits of a province: immutable segments, with what came late laid over them."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from epidemic.tracing.columns import join, take
from epidemic.tracing.late import LateVisits, Stays
from epidemic.tracing.segments import Found, VisitSegment
from epidemic.tracing.visits import Ids, Minutes

_NOTHING = Found(np.empty(0, np.int64), np.empty(0, np.int32), np.empty(0, np.int64), np.empty(0, np.int64))


@dataclass(frozen=True, eq=False)
class VisitIndex:
    """Visits by place and by person.

    Attributes
    ----------
    segments
        Usually one a day; no visit stands in two of them.
    late
        What was recorded since they were built.
    """

    segments: tuple[VisitSegment, ...]
    late: LateVisits = field(default_factory=LateVisits.none)

    def as_of(self, minute: int) -> "VisitIndex":
        """The index with what was known of late visits by then."""
        return VisitIndex(self.segments, self.late.as_of(minute))

    def visits_of(self, person: Ids, start: Minutes, end: Minutes) -> Stays:
        """Visits of each person that touch the interval from `start` up to before `end`; arrays of shape (queries,)."""
        key = person.astype(np.int64)

        def answer(segments: tuple[VisitSegment, ...]) -> Stays:
            query, place, *times = _joined([segment.visits_of(key, start, end) for segment in segments])
            return Stays(query, person[query], place, *times)

        return self._with_late(answer)

    def present_at(self, place: Ids, start: Minutes, end: Minutes, minimum: int) -> Stays:
        """Visits to each place that share at least `minimum` minutes with the interval; arrays of shape (queries,)."""
        key = place.astype(np.int64)

        def answer(segments: tuple[VisitSegment, ...]) -> Stays:
            query, person, *times = _joined([segment.present_at(key, start, end, minimum) for segment in segments])
            return Stays(query, person, place[query], *times)

        return self._with_late(answer)

    def _with_late(self, answer: Callable[[tuple[VisitSegment, ...]], Stays]) -> Stays:
        stays = answer(self.segments)
        if not len(self.late.visits):
            return stays
        return join([take(stays, self.late.holds_good(stays)), answer(self.late.segments)])


def _joined(parts: list[Found]) -> Found:
    filled = [part for part in parts if len(part.query)]
    return join(filled) if filled else _NOTHING
