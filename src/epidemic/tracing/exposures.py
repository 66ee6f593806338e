"""Who met the people asked about, from every source at once."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from epidemic.tracing.columns import join, take
from epidemic.tracing.contacts import UNKNOWN, Via
from epidemic.tracing.index import VisitIndex
from epidemic.tracing.meetings import Meetings
from epidemic.tracing.rosters import Rosters
from epidemic.tracing.visits import Ids, Minutes, Rows


class Asked(NamedTuple):
    """People and the interval each is asked about, from `start` up to before `end`, arrays of shape (queries,)."""

    person: Ids
    start: Minutes
    end: Minutes


class Exposures(NamedTuple):
    """Who met whom, as columns: the query they answer, then the fields of `Contacts`."""

    query: Rows
    person: Ids
    via: NDArray[np.uint8]
    place: Ids
    start: Minutes
    end: Minutes
    minutes: Minutes


@dataclass(frozen=True, eq=False)
class Sources:
    """Everything that tells who met whom.

    Attributes
    ----------
    visits
        Who was where.
    rosters
        Households and other fixed groups.
    meetings
        Proximity logs and declared contacts.
    """

    visits: VisitIndex
    rosters: tuple[Rosters, ...] = ()
    meetings: tuple[Meetings, ...] = ()


def exposures(
    sources: Sources, asked: Asked, through: Collection[Via], minimum_minutes: int, maximum_distance: float
) -> Exposures:
    """Everyone who met the people asked about by one of the ways in `through`, clipped to their intervals."""
    parts = [_by_visits(sources.visits, asked, minimum_minutes)] if Via.VISIT in through else []
    parts += [_by_roster(rosters, asked) for rosters in sources.rosters if rosters.via in through]
    parts += [
        _by_meetings(meetings, asked, minimum_minutes, maximum_distance)
        for meetings in sources.meetings
        if meetings.via in through
    ]
    return _joined(parts)


def _by_visits(visits: VisitIndex, asked: Asked, minimum: int) -> Exposures:
    own = visits.visits_of(*asked)
    start = np.maximum(own.start, asked.start[own.query])
    end = np.minimum(own.start + own.duration, asked.end[own.query])
    met = visits.present_at(own.place, start, end, minimum)
    owner = own.query[met.query]
    others = met.person != asked.person[owner]
    met, owner = take(met, others), owner[others]
    start, end = np.maximum(met.start, start[met.query]), np.minimum(met.start + met.duration, end[met.query])
    return Exposures(owner, met.person, _codes(Via.VISIT, len(owner)), met.place, start, end, end - start)


def _by_roster(rosters: Rosters, asked: Asked) -> Exposures:
    query, person, place = rosters.companions(asked.person)
    lasting = asked.end[query] > asked.start[query]
    query, person, place = query[lasting], person[lasting], place[lasting]
    minutes = np.full(len(query), UNKNOWN, np.int64)
    via = _codes(rosters.via, len(query))
    return Exposures(query, person, via, place, asked.start[query], asked.end[query], minutes)


def _by_meetings(meetings: Meetings, asked: Asked, minimum: int, maximum_distance: float) -> Exposures:
    met = meetings.met(*asked, minimum, maximum_distance)
    via = _codes(meetings.via, len(met.query))
    return Exposures(met.query, met.person, via, met.place, met.start, met.end, met.minutes)


def _joined(parts: list[Exposures]) -> Exposures:
    none = np.empty(0, np.int64)
    empty = Exposures(none, none.astype(np.int32), _codes(Via.VISIT, 0), none.astype(np.int32), none, none, none)
    return join([empty, *parts])


def _codes(via: Via, rows: int) -> NDArray[np.uint8]:
    return np.full(rows, via, np.uint8)
