"""Who was where, from when, for how long: columns of visits, the raw matter of tracing.

Moments are whole minutes of local time since 1970-01-01T00:00, days are whole days since 1970-01-01: Vietnam has one time
zone without daylight saving. A visit lasts from its start for its duration, the end excluded; it may run past midnight.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Minutes = NDArray[np.int64]
Ids = NDArray[np.int32]
Shorts = NDArray[np.uint16]
Flags = NDArray[np.bool_]
Rows = NDArray[np.int64]

MINUTES_A_DAY = 1440
LONGEST = 2**16 - 1
_EPOCH = np.datetime64("1970-01-01T00:00", "m")


class VisitError(ValueError):
    """Columns that are no visits; the message names the first wrong row and how to mend it."""


@dataclass(frozen=True, eq=False)
class Visits:
    """Columns of equal length, a row a visit.

    Attributes
    ----------
    person, place
        Identifiers from 0 up.
    day
        Days since 1970-01-01 on which the visit starts.
    start
        Minute of that day, 0 to 1439.
    duration
        Minutes, 0 to 65,535.
    """

    person: Ids
    place: Ids
    day: Ids
    start: Shorts
    duration: Shorts

    @classmethod
    def of(
        cls, *, person: ArrayLike, place: ArrayLike, day: ArrayLike, start: ArrayLike, duration: ArrayLike
    ) -> "Visits":
        """Check and narrow whatever columns of whole numbers there are; one number stands for a whole column.

        Raises
        ------
        VisitError
            On a value out of bounds or columns of different lengths.
        """
        given = [np.atleast_1d(np.asarray(column)) for column in (person, place, day, start, duration)]
        try:
            columns = np.broadcast_arrays(*given)
        except ValueError:
            raise VisitError(
                "columns of visits must be equally long: " + ", ".join(str(len(c)) for c in given)
            ) from None
        for column, (name, most) in zip(columns, _BOUNDS.items(), strict=True):
            _check(column, name, most)
        types = (np.int32, np.int32, np.int32, np.uint16, np.uint16)
        return cls(*(np.ascontiguousarray(c, dtype=t) for c, t in zip(columns, types, strict=True)))

    @classmethod
    def none(cls) -> "Visits":
        """No visit at all."""
        return cls.of(person=[], place=[], day=[], start=[], duration=[])

    @classmethod
    def concatenated(cls, parts: Iterable["Visits"]) -> "Visits":
        """All visits of some parts, in their order."""
        columns = list(zip(*(part.columns() for part in parts), strict=True))
        return cls(*(np.concatenate(column) for column in columns)) if columns else cls.none()

    def __len__(self) -> int:
        return len(self.person)

    def columns(self) -> tuple[NDArray[Any], ...]:
        """Person, place, day, start, duration."""
        return self.person, self.place, self.day, self.start, self.duration

    def take(self, rows: NDArray[np.int64] | Flags) -> "Visits":
        """Those of some rows."""
        return Visits(*(column[rows] for column in self.columns()))

    def by_day(self) -> Iterator[tuple[int, "Visits"]]:
        """Each day with its visits."""
        for day in np.unique(self.day):
            yield int(day), self.take(self.day == day)


_BOUNDS = {"person": 2**31 - 1, "place": 2**31 - 1, "day": 2**22, "start": MINUTES_A_DAY - 1, "duration": LONGEST}


def _check(column: NDArray[np.generic], name: str, most: int) -> None:
    if len(column) and not np.issubdtype(column.dtype, np.integer):
        raise VisitError(f"{name} holds {column.dtype}: give whole numbers")
    wrong = np.flatnonzero((column < 0) | (column > most))  # type: ignore[operator]
    if len(wrong):
        raise VisitError(f"row {wrong[0]}: {name} is {column[wrong[0]]}, it must lie from 0 to {most}")


def minute_of(moment: datetime) -> int:
    """Minutes since 1970 of a local time without a zone; seconds are dropped.

    Raises
    ------
    VisitError
        Where the time has a zone: turn it into local time first.
    """
    if moment.tzinfo is not None:
        raise VisitError(f"{moment.isoformat()} has a time zone: give the local time without one")
    return int((np.datetime64(moment, "m") - _EPOCH).astype(np.int64))


def moment_of(minute: int) -> datetime:
    """The local time of a minute since 1970."""
    moment: datetime = (_EPOCH + np.timedelta64(minute, "m")).item()
    return moment
