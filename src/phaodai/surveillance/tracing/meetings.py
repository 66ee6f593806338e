"""What is asked of PostgreSQL for each question: shared workplaces and classes, meetings logged or told of, links of cases."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from django.db import connection

from epidemic.tracing import Meetings, Rosters, Via
from phaodai.surveillance.models import Meeting
from phaodai.surveillance.tracing.moments import LONGEST, MINUTE_SQL, minute_at

UNKNOWN = -1
_MEMBERS = """
  select own.id, own.place_id, fellow.person_id
  from surveillance_membership own
  join surveillance_membership fellow on fellow.place_id = own.place_id and fellow."group" = own."group"
    and fellow.during && own.during and fellow.during && %(days)s::daterange
  where own.person_id = any(%(persons)s) and own.during && %(days)s::daterange and own.province_id = %(province)s
  union
  select own.id, own.place_id, own.person_id
  from surveillance_membership own
  where own.person_id = any(%(persons)s) and own.during && %(days)s::daterange and own.province_id = %(province)s
"""
# A link of a line list says that two met, and at most on which day: without it, some time within the window.
_MEETINGS = f"""
  select origin, one_id, other_id, {MINUTE_SQL.format("started_at")}, coalesce(minutes, -1), distance_m::float8
  from surveillance_meeting
  where province_id = %(province)s and (one_id = any(%(persons)s) or other_id = any(%(persons)s))
    and started_at >= %(since)s and started_at < %(end)s and recorded_at <= %(known)s
  union all
  select 'declared', infecting.person_id, infected.person_id,
    coalesce((link."on" - date '1970-01-01')::bigint * 1440, %(undated)s::bigint), -1, null
  from surveillance_transmission link
  join surveillance_case infecting on infecting.id = link.source_id
  join surveillance_case infected on infected.id = link.target_id
  where not link.withdrawn and infecting.person_id <> infected.person_id
    and (link."on" is null or link."on" <= %(until)s)
    and (infecting.person_id = any(%(persons)s) or infected.person_id = any(%(persons)s))
"""  # noqa: S608  (names of our own)


@dataclass(frozen=True)
class Interval:
    """What a question is about: aware moments, `known` the latest moment of recording that counts."""

    province_id: int
    begin: datetime
    end: datetime
    known: datetime

    @property
    def undated(self) -> int:
        """The minute at which meetings stand of which nobody knows the day: the last of the interval."""
        return minute_at(self.end) - 1


def fellows_of(interval: Interval, persons: Iterable[int]) -> Rosters:
    """The workplaces, classes and wards of some persons, with everybody in them at the same time."""
    days = f"[{interval.begin.date()},{interval.end.date()}]"
    asked: dict[str, Any] = {"persons": list(persons), "days": days, "province": interval.province_id}
    with connection.cursor() as cursor:
        cursor.execute(_MEMBERS, asked)
        rows = np.array(cursor.fetchall(), np.int64).reshape(-1, 3)
    own, group = np.unique(rows[:, 0], return_inverse=True)
    place = np.full(len(own), UNKNOWN, np.int64)
    place[group.reshape(-1)] = rows[:, 1]
    return Rosters.of(Via.WORKPLACE, person=rows[:, 2], group=group.reshape(-1), place=place)


def meetings_of(interval: Interval, persons: Iterable[int]) -> tuple[Meetings, ...]:
    """Meetings of some persons, by log, by word, and by the links of their cases."""
    asked: dict[str, Any] = {
        "persons": list(persons), "province": interval.province_id, "since": interval.begin - LONGEST,
        "end": interval.end, "known": interval.known, "until": interval.known.date(), "undated": interval.undated,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_MEETINGS, asked)
        rows = cursor.fetchall()
    near, told = (
        [row for row in rows if row[0] == origin] for origin in (Meeting.Origin.PROXIMITY, Meeting.Origin.DECLARED)
    )
    return tuple(_columns(via, found) for via, found in ((Via.PROXIMITY, near), (Via.DECLARED, told)) if found)


def _columns(via: Via, rows: list[tuple[str, int, int, int, int, float | None]]) -> Meetings:
    _origin, person, other, start, minutes, distance = zip(*rows, strict=True)
    metres = [np.nan if one is None else float(one) for one in distance]
    return Meetings.of(via, person=person, other=other, start=start, minutes=minutes, distance=metres)
