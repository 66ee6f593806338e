"""How long a contact is followed, what its row owes, who goes where, how the clock runs, what the figures mean."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phaodai.rulebook import load
from phaodai.surveillance.rules.clock import WORKING_HOURS, Reached, Step, clock_of, running, targets_on
from phaodai.surveillance.rules.follow_up import (
    ABSENT_DAYS,
    MET,
    NOT_SEEN,
    SYMPTOMS,
    WELL,
    Course,
    ask_law,
    course_by_choice,
    course_by_law,
    days_absent,
    followed_all_days,
    owes_sample,
    standing_of,
)
from phaodai.surveillance.rules.indicators import Share, share_of
from phaodai.surveillance.rules.sharing import Crew, Door, Point, share_evenly, share_nearest
from phaodai.surveillance.rules.symptoms import codes_of, proposes_case, with_fever

FIRST = date(2021, 11, 22)
TODAY = date(2021, 11, 24)
POSITIVE = datetime(2021, 11, 23, 14, 40, tzinfo=UTC)


def course(first: date = FIRST, days: int = 14) -> Course:
    samples = tuple(first + timedelta(days=number - 1) for number in (1, 7, 14) if number <= days)
    return Course(first, first + timedelta(days=days - 1), samples, {})


def test_letter_5599_gives_fourteen_days_and_three_samples() -> None:
    decision = ask_law(load(), FIRST, {})
    assert decision is not None
    found = course_by_law(decision, FIRST)
    assert found is not None
    assert (found.first, found.last, found.length) == (FIRST, date(2021, 12, 5), 14)
    assert found.samples == (FIRST, date(2021, 11, 28), date(2021, 12, 5))
    assert found.record["document"] == "5599/BYT-MT"
    assert decision.outcome["until"] == found.last + timedelta(days=1)


def test_two_doses_shorten_the_course_in_march_2022() -> None:
    first = date(2022, 3, 1)
    whole = ask_law(load(), first, {"doses": 2, "last_dose_on": date(2021, 12, 1)})
    none = ask_law(load(), first, {})
    assert whole is not None
    assert none is not None
    short, long = course_by_law(whole, first), course_by_law(none, first)
    assert short is not None
    assert long is not None
    assert (short.length, long.length) == (5, 7)


def test_no_quarantine_is_no_course_and_no_law_is_no_decision() -> None:
    may = ask_law(load(), date(2022, 5, 10), {})
    assert may is not None
    assert course_by_law(may, date(2022, 5, 10)) is None
    assert ask_law(load(), date(2019, 5, 10), {}) is None


def test_what_an_officer_chose_keeps_the_reason() -> None:
    found = course_by_choice(FIRST, 10, "Chưa có hướng dẫn", None)
    assert found.length == 10
    assert found.record["chosen_because"] == "Chưa có hướng dẫn"


def test_a_row_says_what_it_owes() -> None:
    answers = {FIRST: WELL, FIRST + timedelta(days=1): SYMPTOMS}
    standing = standing_of(course(), answers, [FIRST], TODAY)
    assert standing.unseen
    assert standing.symptoms
    assert not standing.absent
    assert not standing.sample_due
    assert standing_of(course(), {}, [], TODAY).absent
    assert standing_of(course(), {}, [], TODAY).sample_due
    assert standing_of(course(days=3), {}, [], TODAY).ending
    assert standing_of(course(days=2), {}, [], TODAY).overdue


def test_finished_rows_owe_nothing() -> None:
    standing = standing_of(course(), {}, [], TODAY, open_still=False)
    assert not any((standing.unseen, standing.symptoms, standing.absent, standing.sample_due, standing.overdue))


def test_the_pressing_come_first() -> None:
    ill = standing_of(course(), {TODAY: SYMPTOMS}, [FIRST], TODAY)
    absent = standing_of(course(), {}, [FIRST], TODAY)
    met = standing_of(course(), {FIRST: WELL, TODAY - timedelta(days=1): WELL, TODAY: WELL}, [FIRST], TODAY)
    assert sorted([met, absent, ill], key=lambda one: one.rank) == [ill, absent, met]


days = st.dictionaries(
    st.integers(-3, 20).map(lambda number: FIRST + timedelta(days=number)), st.sampled_from([WELL, SYMPTOMS, NOT_SEEN])
)


@given(days, st.integers(0, 16))
def test_absence_ends_with_a_meeting(answers: dict[date, str], number: int) -> None:
    today = FIRST + timedelta(days=number)
    absent = days_absent(course(), answers, today)
    assert 0 <= absent <= number + 1
    last = today if today in answers else today - timedelta(days=1)
    run = [last - timedelta(days=step) for step in range(absent)]
    assert not any(answers.get(day) in MET for day in run)
    before = last - timedelta(days=absent)
    assert before < FIRST or answers.get(before) in MET
    assert standing_of(course(days=60), answers, [], today).absent == (absent >= ABSENT_DAYS)


@given(st.sets(st.integers(-5, 20)), st.integers(0, 20))
def test_a_sample_settles_every_day_before_it(taken: set[int], number: int) -> None:
    today = FIRST + timedelta(days=number)
    sampled = [FIRST + timedelta(days=one) for one in taken]
    due = max(day for day in course().samples if day <= today)
    assert owes_sample(course(), sampled, today) == (not any(due <= day <= today for day in sampled))
    assert not owes_sample(course(), [*sampled, today], today)


@given(days)
def test_followed_all_days_is_no_gap(answers: dict[date, str]) -> None:
    whole = all(answers.get(FIRST + timedelta(days=number)) in MET for number in range(14))
    assert followed_all_days(course(), answers, date(2022, 1, 1)) == whole


@given(
    st.lists(st.integers(1, 6), max_size=30),
    st.lists(st.integers(0, 9), min_size=1, max_size=5),
    st.booleans(),
)
def test_shares_leave_nobody_out_and_no_household_apart(sizes: list[int], loads: list[int], placed: bool) -> None:
    ids = iter(range(1000))
    doors = [
        Door(tuple(next(ids) for _ in range(size)), Point(105 + size / 100, 19.0) if placed else None) for size in sizes
    ]
    crews = [Crew(team, load, Point(105 + team / 100, 19.0)) for team, load in enumerate(loads, 1)]
    for share in (share_evenly, share_nearest):
        shared = share(doors, crews)
        assert set(shared) == {contact for door in doors for contact in door.contacts}
        assert set(shared.values()) <= {crew.team for crew in crews}
        assert all(len({shared[contact] for contact in door.contacts}) == 1 for door in doors)


@given(st.lists(st.integers(1, 5), max_size=40))
def test_an_even_share_differs_by_one_door_at_most(sizes: list[int]) -> None:
    ids = iter(range(1000))
    doors = [Door(tuple(next(ids) for _ in range(size))) for size in sizes]
    shared = share_evenly(doors, [Crew(1), Crew(2), Crew(3)])
    loads = [list(shared.values()).count(team) for team in (1, 2, 3)]
    assert max(loads) - min(loads) <= max(sizes, default=0)


def test_the_nearest_team_goes() -> None:
    doors = [Door((1,), Point(105.0, 19.0)), Door((2,), Point(105.2, 19.0)), Door((3,), None)]
    crews = [Crew(7, 0, Point(105.01, 19.0)), Crew(8, 0, Point(105.19, 19.0)), Crew(9)]
    assert share_nearest(doors, crews) == {1: 7, 2: 8, 3: 9}


def test_a_degree_of_longitude_is_shorter_than_one_of_latitude() -> None:
    middle = Point(105.0, 19.0)
    assert middle.kilometres_to(Point(105.0, 20.0)) == pytest.approx(111.2, abs=0.5)
    assert middle.kilometres_to(Point(106.0, 19.0)) == pytest.approx(105.1, abs=0.5)


def test_the_clock_runs_from_the_positive_result() -> None:
    listed, told = POSITIVE + timedelta(minutes=22), POSITIVE + timedelta(hours=5)
    contacts = [Reached(1, listed, told, told), Reached(1, listed), Reached(2, listed)]
    steps = {one.step: one for one in clock_of(POSITIVE, contacts, targets_on(load(), TODAY))}
    assert steps[Step.LISTED].reached_at == listed
    assert (steps[Step.TOLD].done, steps[Step.TOLD].total, steps[Step.TOLD].reached_at) == (1, 2, None)
    assert steps[Step.SECOND_TOLD].total == 1
    assert not steps[Step.TOLD].breached(POSITIVE + timedelta(hours=WORKING_HOURS[Step.TOLD]))
    assert steps[Step.TOLD].breached(POSITIVE + timedelta(hours=WORKING_HOURS[Step.TOLD], minutes=1))
    assert not steps[Step.LISTED].breached(POSITIVE + timedelta(days=3))


def test_steps_owed_to_nobody_are_reached_with_the_list() -> None:
    steps = clock_of(POSITIVE, [], targets_on(load(), TODAY), traced_at=POSITIVE, zone_at=POSITIVE)
    assert running(steps) is None
    untraced = clock_of(POSITIVE, [], targets_on(load(), TODAY))
    found = running(untraced)
    assert found is not None
    assert found.step == Step.LISTED


def test_a_step_reached_late_stays_a_breach() -> None:
    late = POSITIVE + timedelta(hours=7)
    listed = clock_of(POSITIVE, [Reached(1, late, late, late)], targets_on(load(), TODAY))[0]
    assert listed.breached(late + timedelta(days=1))


def test_targets_that_nobody_verified_are_working_targets() -> None:
    targets = targets_on(load(), TODAY)
    assert targets.document == ""
    assert targets.hours == WORKING_HOURS


def test_symptoms_are_known_words_and_fever_is_measured() -> None:
    assert codes_of("fever, lạ, cough") == ("fever", "cough")
    assert with_fever(["cough"], 38.2) == {"cough", "fever"}
    assert with_fever(["cough"], 36.8) == {"cough"}
    assert with_fever([], None) == frozenset()


def test_the_case_definition_counts_where_there_is_one() -> None:
    assert proposes_case("suspected", ["fever"], law_in_force=True)
    assert not proposes_case(None, ["fever", "cough"], law_in_force=True)
    assert proposes_case(None, ["fever", "cough"], law_in_force=False)
    assert not proposes_case(None, ["fever"], law_in_force=False)


def test_shares_of_nothing_are_unknown() -> None:
    assert Share(0, 0).share is None
    assert share_of([True, False, True, True]) == Share(3, 4)
