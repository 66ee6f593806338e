"""Small worlds drawn at random, as plain rows, and the same worlds as the index holds them."""

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from hypothesis import strategies as st

from epidemic.tracing import (
    EVERY_WAY,
    Contacts,
    Criteria,
    LateVisits,
    Meetings,
    Rosters,
    Sources,
    Via,
    VisitIndex,
    Visits,
    build_segment,
)

PERSONS, PLACES, DAYS, GROUPS = 5, 2, 3, 3
FIRST_DAY = 18_800
ORIGIN = FIRST_DAY * 1440

Row = tuple[int, ...]


@dataclass(frozen=True)
class World:
    """Rows of a world: visits (person, place, day, start, duration); late (recorded, retracted, then a visit);
    memberships by kind (person, group); meetings by kind (person, other, start, minutes, centimetres, place).
    """

    visits: list[Row]
    late: list[Row] = field(default_factory=list)
    memberships: dict[Via, list[Row]] = field(default_factory=dict)
    meetings: dict[Via, list[Row]] = field(default_factory=dict)

    def sources(self) -> Sources:
        return Sources(
            VisitIndex(self.segments(), self.late_visits()),
            tuple(rosters(via, rows) for via, rows in self.memberships.items()),
            tuple(meetings(via, rows) for via, rows in self.meetings.items()),
        )

    def segments(self):
        daily = columns(self.visits).by_day()
        return tuple(build_segment(visits, persons=PERSONS, places=PLACES) for _, visits in daily)

    def late_visits(self) -> LateVisits:
        rows = np.array(self.late, np.int64).reshape(-1, 7)
        return LateVisits(rows[:, 0], rows[:, 1].astype(bool), columns(rows[:, 2:]))


@dataclass(frozen=True)
class Question:
    case: int
    window: tuple[int, int]
    criteria: Criteria


def columns(rows) -> Visits:
    person, place, day, start, duration = np.array(rows, np.int64).reshape(-1, 5).T
    return Visits.of(person=person, place=place, day=day, start=start, duration=duration)


def rosters(via: Via, rows: list[Row]) -> Rosters:
    person, group = np.array(rows, np.int64).reshape(-1, 2).T
    return Rosters.of(via, person=person, group=group, place=[-1, 1, 2] if via is Via.WORKPLACE else None)


def meetings(via: Via, rows: list[Row]) -> Meetings:
    person, other, start, minutes, centimetres, place = np.array(rows, np.int64).reshape(-1, 6).T
    metres = np.where(centimetres < 0, np.nan, centimetres / 100)
    return Meetings.of(via, person=person, other=other, start=start, minutes=minutes, distance=metres, place=place)


def rows_of(contacts: Contacts) -> Counter[Row]:
    names = ("person", "degree", "via", "through", "place", "start", "end", "minutes")
    return Counter(zip(*(getattr(contacts, name).tolist() for name in names), strict=True))


# Few values, so that visits meet, touch at their ends, repeat, and run past midnight.
persons, places = st.integers(0, PERSONS - 1), st.integers(0, PLACES - 1)
days = st.integers(FIRST_DAY, FIRST_DAY + DAYS - 1)
starts = st.sampled_from([0, 1, 15, 30, 44, 45, 46, 1410, 1425, 1439])
durations = st.sampled_from([0, 1, 14, 15, 16, 30, 31, 60, 1500])
moments = st.builds(
    lambda day, minute: ORIGIN + day * 1440 + minute, st.integers(0, DAYS), st.sampled_from([0, 15, 30, 45, 60, 1430])
)
visit_rows = st.tuples(persons, places, days, starts, durations)
meeting_rows = st.tuples(
    persons, persons, moments, st.sampled_from([-1, 0, 5, 15, 40, 800]), st.sampled_from([-1, 100, 200, 350]), places
)


@st.composite
def late_rows(draw, visits: list[Row]) -> list[Row]:
    """Additions and retractions, half of them of visits that are there."""
    rows = st.one_of(visit_rows, st.sampled_from(visits))
    recorded = sorted(draw(st.lists(moments, max_size=10)))
    return [(moment, draw(st.integers(0, 1)), *draw(rows)) for moment in recorded]


@st.composite
def worlds(draw) -> World:
    visits = draw(st.lists(visit_rows, min_size=8, max_size=40))
    memberships = st.lists(st.tuples(persons, st.integers(0, GROUPS - 1)), max_size=8, unique=True)
    met = st.lists(meeting_rows, max_size=5)
    return World(
        visits,
        draw(late_rows(visits)),
        {via: draw(memberships) for via in (Via.HOUSEHOLD, Via.WORKPLACE)},
        {via: draw(met) for via in (Via.DECLARED, Via.PROXIMITY)},
    )


@st.composite
def questions(draw) -> Question:
    start, length = draw(st.one_of(st.just(ORIGIN), moments)), draw(st.sampled_from([0, 60, 1440, (DAYS + 1) * 1440]))
    ways = st.one_of(st.just(EVERY_WAY), st.just(frozenset({Via.VISIT})), st.frozensets(st.sampled_from(list(Via))))
    criteria = Criteria(
        degree=draw(st.sampled_from([1, 2])),
        minimum_minutes=draw(st.sampled_from([1, 15, 30])),
        maximum_distance=draw(st.sampled_from([1.0, 2.0, np.inf])),
        first=draw(ways),
        second=draw(ways),
        as_of=draw(st.one_of(st.none(), moments)),
    )
    return Question(draw(persons), (start, start + length), criteria)
