"""From exposures to people: one summary for each person that a case met, with the meetings behind it."""

from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from epidemic.tracing import Contact, Via
from phaodai.surveillance.tracing.asking import Traced
from phaodai.surveillance.tracing.moments import moment_at

# What says most of how near two people were comes first.
WAYS = (Via.HOUSEHOLD, Via.PROXIMITY, Via.DECLARED, Via.VISIT, Via.WORKPLACE)
MOST_MEETINGS = 12
_NEAREST = """
  select least(one_id, other_id), greatest(one_id, other_id), min(distance_m)::float8 from surveillance_meeting
  where province_id = %s and distance_m is not null and one_id = any(%s) and other_id = any(%s)
    and started_at >= %s and started_at < %s
  group by 1, 2
"""


@dataclass(frozen=True)
class Met:
    """Everything between one person and a case (degree 1), or the contact `through` whom it goes (degree 2).

    `minutes` are those of visits or of logs, whichever are more, since they tell of the same time; None without a clock.
    `last` is None while it lasts.
    """

    person: int
    degree: int
    via: Via
    through: int
    place: int | None
    first: datetime | None
    last: datetime | None
    minutes: int | None
    meetings: list[dict[str, Any]]


def people_of(traced: Traced, degree: int, through: Container[int] | None = None) -> list[Met]:
    """Each person of a degree once, in the order of row ids; of degree 2 only those met by somebody in `through`.

    Who was met by several of these stands under the one with the lowest row id.
    """
    rows: dict[int, list[Contact]] = defaultdict(list)
    for row in sorted(dict.fromkeys(traced.contacts), key=lambda row: (row.person, row.through)):
        if row.degree == degree and (through is None or row.through in through):
            rows[row.person].append(row)
    return [_summary(found, traced) for found in rows.values()]


def nearest_distances(traced: Traced, province_id: int, persons: Iterable[int]) -> dict[frozenset[int], float]:
    """The smallest distance in metres that a log tells of each pair of these persons within the window."""
    ids = list(persons)
    with connection.cursor() as cursor:
        cursor.execute(_NEAREST, [province_id, ids, ids, traced.window.begin, traced.window.end])
        return {frozenset((one, other)): distance for one, other, distance in cursor.fetchall()}


def _summary(rows: list[Contact], traced: Traced) -> Met:
    through = rows[0].through
    rows = sorted(
        (row for row in rows if row.through == through), key=lambda row: (WAYS.index(row.via), -(row.minutes or 0))
    )
    meetings = [_meeting(row, traced) for row in rows]
    return Met(
        person=rows[0].person,
        degree=rows[0].degree,
        via=rows[0].via,
        through=through,
        place=None
        if rows[0].via == Via.HOUSEHOLD
        else next((row.place for row in rows if row.place is not None), None),
        first=min((one.begin for one in meetings if one.begin), default=None),
        last=None
        if any(one.lasts for one in meetings)
        else max((one.end for one in meetings if one.end), default=None),
        minutes=_minutes(rows),
        meetings=[one.as_dict() for one in meetings[:MOST_MEETINGS]],
    )


def _minutes(rows: list[Contact]) -> int | None:
    told: dict[Via, int] = defaultdict(int)
    for row in rows:
        if row.minutes is not None:
            told[row.via] += row.minutes
    return max(told.values(), default=None)


@dataclass(frozen=True)
class _Meeting:
    """One exposure as it is kept. It `lasts` where people share a roof or a roster with a case that is not isolated."""

    via: str
    place: int | None
    begin: datetime | None
    end: datetime | None
    minutes: int | None
    lasts: bool

    def as_dict(self) -> dict[str, Any]:
        begin, end = (moment.isoformat() if moment else None for moment in (self.begin, self.end))
        return {"via": self.via, "place": self.place, "from": begin, "to": end, "minutes": self.minutes}


def _meeting(row: Contact, traced: Traced) -> _Meeting:
    dated = row.minutes is not None or row.start != traced.undated
    lasts = row.via in (Via.HOUSEHOLD, Via.WORKPLACE) and not traced.window.closed
    begin, end = (moment_at(row.start), moment_at(row.end)) if dated else (None, None)
    return _Meeting(row.via.name.lower(), row.place, begin, None if lasts else end, row.minutes, lasts)
