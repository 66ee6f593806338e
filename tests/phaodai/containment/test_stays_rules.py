"""The pure rules of quarantine: days by the law of the day, what hinders a release, which room takes whom, meals owed."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phaodai.containment.rules.cohorts import RoomNow, Shortage, propose_places
from phaodai.containment.rules.meals import Span, meals_owed
from phaodai.containment.rules.stays import Sample, ask_home, ask_law, hindrance_of, home_allowed, plan_by_law
from phaodai.containment.rules.stays_changes import NEW, OLD, SHORTER, Standing, turns_of
from phaodai.rulebook import load

BOOK = load()
DOSES = {"doses": 2, "last_dose_on": "2021-10-01"}
NOVEMBER = date(2021, 11, 20)


@pytest.mark.parametrize(
    ("kind", "first", "facts", "days", "numbers", "document"),
    [
        ("contact", NOVEMBER, {}, 14, (1, 7, 14), "5599/BYT-MT"),
        ("arrival", NOVEMBER, {"origin": "abroad"}, 14, (1, 7, 14), "5599/BYT-MT"),
        ("contact", date(2021, 12, 20), DOSES, 7, (1, 7), "10696/BYT-MT"),
        ("contact", date(2022, 2, 25), {}, 7, (7,), "762/BYT-DP"),
        ("arrival", date(2022, 1, 5), {"origin": "abroad", **DOSES}, 3, (3,), "10688/BYT-MT"),
    ],
)
def test_the_law_of_the_day_sets_days_and_samples(
    kind: str, first: date, facts: dict[str, Any], days: int, numbers: tuple[int, ...], document: str
) -> None:
    """Facts page, section 2.4: durations and test days by date, who and vaccination."""
    decision = ask_law(BOOK, first, kind, first, facts)
    plan = plan_by_law(decision, first) if decision else None
    assert plan is not None
    assert plan.release_on == first + timedelta(days=days)
    assert plan.samples == tuple((number, first + timedelta(days=number - 1)) for number in numbers)
    assert plan.record["document"] == document


@pytest.mark.parametrize(
    ("kind", "first", "facts"),
    [
        ("arrival", NOVEMBER, {"origin": "outbreak-area"}),
        ("contact", date(2022, 5, 1), {}),
        ("staff", NOVEMBER, {}),
        ("contact", date(2021, 6, 1), {}),
    ],
)
def test_silence_sets_no_days(kind: str, first: date, facts: dict[str, Any]) -> None:
    """No text, no quarantine asked for, or test days on which the sources differ: nothing is concluded for anybody."""
    decision = ask_law(BOOK, first, kind, first, facts)
    assert decision is None or plan_by_law(decision, first) is None or decision.awaiting


@pytest.mark.parametrize(
    ("samples", "today", "what"),
    [
        ([], 13, "early"),
        ([(13, True, "negative")], 14, None),
        ([(13, False, "")], 14, "untested"),
        ([(0, True, "negative"), (13, True, "")], 14, "waiting"),
        ([(0, True, "negative"), (13, True, "unclear")], 20, "unclear"),
        ([(0, True, "positive"), (13, True, "negative")], 20, "positive"),
        ([(6, True, "positive")], 7, "positive"),
        ([], 14, None),
    ],
)
def test_what_hinders_a_release(samples: list[tuple[int, bool, str]], today: int, what: str | None) -> None:
    taken = [Sample(NOVEMBER + timedelta(days=day), done, result) for day, done, result in samples]
    found = hindrance_of(NOVEMBER + timedelta(days=14), taken, NOVEMBER + timedelta(days=today))
    assert (found.what.value if found else None) == what


def test_home_is_what_the_rule_says() -> None:
    ill = {"symptoms": "none", "spo2": 97, "respiratory_rate": 18, "carer": True, **DOSES}
    assert home_allowed(ask_home(BOOK, NOVEMBER, "case", NOVEMBER, ill)) is True
    assert home_allowed(ask_home(BOOK, NOVEMBER, "case", NOVEMBER, ill | {"spo2": 93})) is False
    assert home_allowed(ask_home(BOOK, NOVEMBER, "contact", NOVEMBER, {})) is True
    assert home_allowed(ask_home(BOOK, NOVEMBER, "arrival", NOVEMBER, {"origin": "abroad"})) is False
    assert home_allowed(ask_home(BOOK, date(2021, 7, 1), "case", date(2021, 7, 1), ill)) is None


def test_what_a_new_rule_does_to_whom() -> None:
    """On 16/12/2021 letter 10696 frees the vaccinated after seven days; the others keep their fourteen."""
    came = date(2021, 12, 12)
    decision = ask_law(BOOK, came, "contact", came, {})
    assert decision is not None
    standings = [
        Standing(stay, "contact", came, facts, came + timedelta(days=14), decision.version)
        for stay, facts in ((1, DOSES), (2, {}))
    ]
    turns = {one.standing.stay: one for one in turns_of(BOOK, date(2021, 12, 16), standings)}
    assert (turns[1].days, turns[2].days) == (-7, 0)
    assert [turns[1].taken(choice) for choice in (NEW, SHORTER, OLD)] == [True, True, False]
    assert not any(turns[2].taken(choice) for choice in (NEW, SHORTER, OLD))
    assert turns_of(BOOK, came, standings) == []


ROOMS = st.lists(
    st.tuples(st.integers(1, 6), st.sets(st.integers(1, 6)), st.integers(1, 3)).map(
        lambda one: (one[0], frozenset(place for place in one[1] if place <= one[0]), one[2])
    ),
    max_size=6,
)


@given(rooms=ROOMS, cohort=st.none() | st.integers(1, 3), people=st.integers(0, 12))
def test_places_are_free_and_of_one_s_own_cohort(rooms: Any, cohort: int | None, people: int) -> None:
    """Whoever is proposed a place finds it empty, alone on it, and beside nobody of another cohort; a shortage is exact."""
    now = [RoomNow(number, size, taken, who if taken else None) for number, (size, taken, who) in enumerate(rooms)]
    fitting = [one for one in now if not one.taken or one.cohort == cohort]
    free = {(one.room, place) for one in fitting for place in one.free}
    if people > len(free):
        with pytest.raises(Shortage) as shortage:
            propose_places(now, cohort, people)
        assert shortage.value.found == len(free)
        return
    found = propose_places(now, cohort, people)
    assert len(found) == len(set(found)) == people
    assert set(found) <= free


def test_few_rooms_are_opened() -> None:
    rooms = [RoomNow(1, 8), RoomNow(2, 4), RoomNow(3, 6, frozenset({1, 2}), 7)]
    assert {room for room, _place in propose_places(rooms, None, 4)} == {2}
    assert {room for room, _place in propose_places(rooms, 7, 4)} == {3}
    assert {room for room, _place in propose_places(rooms, 7, 11)} == {3, 1}


def test_meals_are_owed_by_whom_each_day_says() -> None:
    """Resolution 68: the State for 21 days, then the person; nothing is concluded after 31/12/2021."""
    begun = date(2021, 11, 1)
    month = meals_owed(BOOK, [Span(begun, begun, date(2021, 11, 30))], begun, date(2021, 11, 30), "centralised")
    assert {(one.payer, one.days, one.amount) for one in month} == {("state", 21, 1_680_000), ("person", 9, 720_000)}
    late = meals_owed(
        BOOK, [Span(date(2022, 1, 3), date(2022, 1, 3), date(2022, 1, 4))], begun, date(2022, 1, 31), "centralised"
    )
    assert [(one.payer, one.days, one.amount) for one in late] == [("", 2, None)]
    spring = date(2021, 3, 1)
    assert [one.payer for one in meals_owed(BOOK, [Span(spring, spring, spring)], spring, spring, "centralised")] == [
        "person"
    ]
