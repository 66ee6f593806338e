"""All visits of a province: immutable segments, with what came late laid over them."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from epidemic.tracing.columns import join, take
from epidemic.tracing.late import LateVisits
from epidemic.tracing.segments import Stays, VisitSegment
from epidemic.tracing.visits import Ids, Minutes

_NO_STAYS = Stays(
    np.empty(0, np.int64), np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.int64), np.empty(0, np.int64)
)


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
        return self._gathered(lambda segment: segment.visits_of(person, start, end))

    def present_at(self, place: Ids, start: Minutes, end: Minutes, minimum: int) -> Stays:
        """Visits to each place that share at least `minimum` minutes with the interval; arrays of shape (queries,)."""
        return self._gathered(lambda segment: segment.present_at(place, start, end, minimum))

    def _gathered(self, answer: Callable[[VisitSegment], Stays]) -> Stays:
        stays = _joined([answer(segment) for segment in self.segments])
        if not len(self.late.visits):
            return stays
        good = self.late.holds_good(stays)
        return _joined([take(stays, good), *(answer(segment) for segment in self.late.segments)])


def _joined(parts: list[Stays]) -> Stays:
    filled = [part for part in parts if len(part.query)]
    return join(filled) if filled else _NO_STAYS
