"""Lan (0) is the case; Minh (1), Hoa (2), Tuấn (3) and Mai (4) live around her; the market is 0, the school 1."""

from datetime import datetime

import numpy as np
import pytest

from epidemic.tracing import (
    Contact,
    Criteria,
    LateVisits,
    Meetings,
    Rosters,
    Sources,
    TraceError,
    Via,
    VisitIndex,
    Visits,
    build_segment,
    minute_of,
    moment_of,
    present_at,
    proximity_log,
    trace,
    trace_many,
)

LAN, MINH, HOA, TUAN, MAI = range(5)
MARKET, SCHOOL = range(2)
DAY = 18_800
WINDOW = DAY * 1440, (DAY + 3) * 1440
NOON = DAY * 1440 + 720
LONG_ENOUGH = Criteria(minimum_minutes=15)


def visit(person: int, place: int, start: int, duration: int, day: int = DAY) -> Visits:
    return Visits.of(person=person, place=place, day=day, start=start, duration=duration)


def sources(*visits: Visits, late: LateVisits | None = None, rosters=(), meetings=()) -> Sources:
    index = VisitIndex((build_segment(Visits.concatenated(visits)),), late or LateVisits.none())
    return Sources(index, tuple(rosters), tuple(meetings))


def people(contacts, degree: int) -> list[int]:
    return contacts.persons(degree).tolist()


def test_minh_shopped_beside_lan_and_hoa_lives_with_minh() -> None:
    households = Rosters.of(Via.HOUSEHOLD, person=[MINH, HOA, LAN], group=[0, 0, 1])
    world = sources(visit(LAN, MARKET, 720, 60), visit(MINH, MARKET, 750, 60), rosters=[households])
    assert list(trace(world, LAN, WINDOW, LONG_ENOUGH)) == [
        Contact(MINH, 1, Via.VISIT, LAN, MARKET, NOON + 30, NOON + 60, 30),
        Contact(HOA, 2, Via.HOUSEHOLD, MINH, None, NOON + 30, WINDOW[1], None),
    ]


def test_a_visit_over_midnight_meets_those_of_the_next_day() -> None:
    world = sources(
        visit(LAN, MARKET, 1430, 60), visit(MINH, MARKET, 5, 30, DAY + 1), visit(HOA, MARKET, 60, 30, DAY + 1)
    )
    assert [(c.person, c.minutes) for c in trace(world, LAN, WINDOW, LONG_ENOUGH)] == [(MINH, 30)]


def test_who_left_as_lan_came_is_no_contact() -> None:
    world = sources(visit(LAN, MARKET, 720, 60), visit(MINH, MARKET, 700, 20), visit(HOA, MARKET, 780, 20))
    assert len(trace(world, LAN, WINDOW, Criteria())) == 0


def test_one_minute_too_few_is_no_contact() -> None:
    world = sources(visit(LAN, MARKET, 720, 60), visit(MINH, MARKET, 766, 60), visit(HOA, MARKET, 765, 60))
    assert people(trace(world, LAN, WINDOW, LONG_ENOUGH), 1) == [HOA]


def test_time_before_the_window_is_not_told() -> None:
    world = sources(visit(LAN, MARKET, 720, 60), visit(MINH, MARKET, 720, 60))
    (contact,) = trace(world, LAN, (NOON + 20, NOON + 40), LONG_ENOUGH)
    assert (contact.start, contact.end, contact.minutes) == (NOON + 20, NOON + 40, 20)


def test_whom_minh_met_before_he_met_lan_is_no_contact_of_degree_2() -> None:
    world = sources(
        visit(LAN, MARKET, 720, 60),
        visit(MINH, MARKET, 720, 60),
        visit(MINH, SCHOOL, 600, 60),
        visit(HOA, SCHOOL, 600, 60),
        visit(MINH, SCHOOL, 900, 60),
        visit(TUAN, SCHOOL, 900, 60),
    )
    contacts = trace(world, LAN, WINDOW, Criteria(minimum_minutes=15, second=frozenset({Via.VISIT})))
    assert people(contacts, 2) == [TUAN]


@pytest.mark.usefixtures("every_engine")
def test_the_earliest_exposure_counts_whatever_source_tells_it() -> None:
    declared = Meetings.of(Via.DECLARED, person=LAN, other=MINH, start=NOON - 300, minutes=30)
    world = sources(
        visit(LAN, MARKET, 720, 60),
        visit(MINH, MARKET, 720, 60),
        visit(MINH, SCHOOL, 500, 60),
        visit(HOA, SCHOOL, 500, 60),
        meetings=[declared],
    )
    contacts = trace(world, LAN, WINDOW, Criteria(minimum_minutes=15, second=frozenset({Via.VISIT})))
    assert people(contacts, 2) == [HOA]


def test_contacts_of_degree_1_and_the_case_are_none_of_degree_2() -> None:
    households = Rosters.of(Via.HOUSEHOLD, person=[LAN, MINH, HOA], group=[0, 0, 0])
    assert people(trace(sources(rosters=[households]), LAN, WINDOW, LONG_ENOUGH), 1) == [MINH, HOA]
    assert people(trace(sources(rosters=[households]), LAN, WINDOW, LONG_ENOUGH), 2) == []


def test_a_class_names_its_room() -> None:
    classes = Rosters.of(Via.WORKPLACE, person=[LAN, MINH, MINH], group=[0, 0, 0], place=[SCHOOL])
    (contact,) = trace(sources(rosters=[classes]), LAN, WINDOW, LONG_ENOUGH)
    assert (contact.via, contact.place, contact.minutes) == (Via.WORKPLACE, SCHOOL, None)


def test_a_phone_too_far_away_is_no_contact_and_one_of_unknown_distance_is() -> None:
    log, unknown = proximity_log(
        {"a": LAN, "b": MINH, "c": HOA, "d": TUAN},
        seen_by=["a", "c", "d", "x"],
        seen=["b", "a", "a", "a"],
        start=NOON,
        minutes=[20, 20, 20, 20],
        distance=[1.5, 2.5, np.nan, 1.0],
    )
    contacts = trace(sources(meetings=[log]), LAN, WINDOW, Criteria(minimum_minutes=15, maximum_distance=2.0))
    assert people(contacts, 1) == [MINH, TUAN]
    assert unknown == 1


def test_a_declared_meeting_of_unknown_length_counts() -> None:
    declared = Meetings.of(Via.DECLARED, person=MINH, other=LAN, start=NOON, minutes=-1, place=MARKET)
    (contact,) = trace(sources(meetings=[declared]), LAN, WINDOW, LONG_ENOUGH)
    assert contact == Contact(MINH, 1, Via.DECLARED, LAN, MARKET, NOON, NOON, None)


def test_a_corrected_time_changes_the_answer_from_the_minute_it_was_recorded() -> None:
    before, after = visit(MINH, MARKET, 900, 60), visit(MINH, MARKET, 720, 60)
    recorded = NOON + 400
    correction = LateVisits(
        np.array([recorded, recorded]), np.array([True, False]), Visits.concatenated([before, after])
    )
    world = sources(visit(LAN, MARKET, 720, 60), visit(HOA, MARKET, 720, 60), before, late=correction)
    assert people(trace(world, LAN, WINDOW, LONG_ENOUGH), 1) == [MINH, HOA]
    assert people(trace(world, LAN, WINDOW, Criteria(minimum_minutes=15, as_of=recorded)), 1) == [MINH, HOA]
    assert people(trace(world, LAN, WINDOW, Criteria(minimum_minutes=15, as_of=recorded - 1)), 1) == [HOA]
    assert sorted(present_at(world.visits, MARKET, NOON + 180, NOON + 200).person) == []


def test_people_and_places_newer_than_the_index_have_no_visits() -> None:
    index = VisitIndex((build_segment(visit(LAN, MARKET, 720, 60), persons=1, places=1),))
    assert len(trace(Sources(index), MAI, WINDOW, LONG_ENOUGH)) == 0
    assert len(present_at(index, SCHOOL, *WINDOW).person) == 0


def test_many_cases_are_answered_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    households = Rosters.of(Via.HOUSEHOLD, person=range(10), group=np.arange(10) // 2)
    world = sources(rosters=[households])
    whole = trace_many(world, range(10), [WINDOW] * 10, LONG_ENOUGH)
    monkeypatch.setattr("epidemic.tracing.questions.CASES_AT_ONCE", 3)
    parts = trace_many(world, range(10), [WINDOW] * 10, LONG_ENOUGH)
    assert list(whole) == list(parts)
    assert parts.case.tolist() == list(range(10))
    assert len(trace_many(world, [], [], LONG_ENOUGH)) == 0


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: Criteria(degree=3), "degree 1 or 2, not 3"),
        (lambda: Criteria(minimum_minutes=0), "at least 1 minute"),
        (lambda: trace(sources(), LAN, (NOON, NOON - 1), LONG_ENOUGH), "ends before it starts"),
        (lambda: trace(sources(), -1, WINDOW, LONG_ENOUGH), "numbered from 0 up, -1 is none"),
        (lambda: present_at(sources().visits, MARKET, *WINDOW, minimum_minutes=0), "at least 1 minute, not 0"),
        (lambda: trace_many(sources(), [LAN, MINH], [WINDOW], LONG_ENOUGH), "2 cases need as many windows, not 1"),
    ],
)
def test_a_question_without_an_answer_says_how_to_ask(ask, message: str) -> None:
    with pytest.raises(TraceError, match=message):
        ask()


def test_minutes_and_moments() -> None:
    moment = datetime(2021, 7, 9, 23, 59)  # noqa: DTZ001
    assert moment_of(minute_of(moment)) == moment
    assert minute_of(datetime(1970, 1, 2)) == 1440  # noqa: DTZ001
    assert minute_of(datetime(1969, 12, 31, 23, 59, 30)) == -1  # noqa: DTZ001
