"""Ways that miss no door, visits that count once, clocks that are wrong: the rules of screening."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phaodai.surveillance.rules.screening_coverage import Coverage, covered, total
from phaodai.surveillance.rules.screening_records import (
    CLOCK_TOLERANCE,
    Finding,
    Unfit,
    clock_of,
    counted_at,
    read,
    tally_of,
)
from phaodai.surveillance.rules.screening_ways import BEND, FEWEST, MOST, Home, share_ways, walking

NOW = datetime(2021, 11, 24, 6, 40, tzinfo=UTC)
HOMES = st.builds(
    lambda sizes: [
        Home(1000 * hamlet + number, f"thon {hamlet:02}", f"Số {number}, ngõ {number % 5}")
        for hamlet, size in enumerate(sizes)
        for number in range(1, size + 1)
    ],
    st.lists(st.integers(0, 90), max_size=8),
)


@given(HOMES, st.integers(0, 25))
def test_every_door_has_one_team_in_walking_order(homes: list[Home], teams: int) -> None:
    ways = share_ways(homes, list(range(teams)))
    walked = [home for way in ways.by_team.values() for home in way]
    assert walked == ([home.household for home in walking(homes)] if teams and homes else [])
    assert ways.missing == max(0, -(-len(homes) // MOST) - teams)
    lengths = [len(way) for way in ways.by_team.values()]
    if lengths:
        even = len(homes) / len(lengths)
        assert all(abs(length - even) <= 2 * BEND + 1 for length in lengths)


def test_a_street_is_walked_house_by_house() -> None:
    homes = [
        Home(1, "a", "Số 12, ngõ 4"),
        Home(2, "a", "Số 9, ngõ 4"),
        Home(3, "a", "Số 1, ngõ 5"),
        Home(4, "A", "Số 99"),
    ]
    assert [home.household for home in walking(homes)] == [4, 2, 1, 3]
    # Four hamlets of 40 with four teams: nobody's way goes through two of them.
    homes = [
        Home(100 * hamlet + number, f"thon {hamlet}", f"Số {number}")
        for hamlet in range(4)
        for number in range(40 - 3 * (hamlet % 2))
    ]
    ways = share_ways(homes, [1, 2, 3, 4])
    assert all(len({home // 100 for home in way}) == 1 for way in ways.by_team.values())
    assert all(FEWEST <= len(way) <= MOST for way in ways.by_team.values())


@given(st.timedeltas(-timedelta(days=400), timedelta(days=400)), st.timedeltas(timedelta(0), timedelta(days=4)))
def test_a_visit_never_counts_in_the_future(wrong: timedelta, ago: timedelta) -> None:
    clock = clock_of(NOW + wrong, NOW)
    at, corrected = counted_at(NOW + wrong - ago, clock)
    assert at <= NOW
    assert corrected == (abs(wrong) > CLOCK_TOLERANCE)
    assert abs(at - (NOW - ago)) <= CLOCK_TOLERANCE


def test_a_clock_set_right_before_sending_leaves_no_visit_in_the_future() -> None:
    assert counted_at(NOW + timedelta(days=1), clock_of(NOW, NOW)) == (NOW, True)


def test_whoever_is_not_spoken_of_was_not_met() -> None:
    tally = tally_of((Finding(1, "well"), Finding(2, "moved")), {1, 2, 3})
    assert (tally.standing, tally.persons, tally.absent) == ("absent", 3, 1)
    assert tally_of((Finding(1, "symptoms"), Finding(2, "moved")), {1, 2}).standing == "done"


RECORD = {
    "key": "6f4e3c52-9a0e-4a8e-8a6b-0c5f1f0f0001",
    "round": 1,
    "household": 2,
    "at": "2021-11-24T06:40:00+07:00",
    "findings": [{"person": 3, "state": "well", "temperature": "36,8"}],
}


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats()
        | st.text(max_size=5)
        | st.sampled_from(["well", "absent"]),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["person", "state", "symptoms"]), inner)
        ),
        max_leaves=6,
    ),
    st.sampled_from([*RECORD]),
)
def test_whatever_comes_is_read_or_refused(value: object, name: str) -> None:
    record = RECORD | {"findings": [{"person": 3, "state": "well"}], name: value}
    with suppress(Unfit):
        assert read(record).findings


def test_a_temperature_must_be_one() -> None:
    with pytest.raises(Unfit) as refused:
        read(RECORD)
    assert (refused.value.code, refused.value.about) == ("temperature", "36,8")
    hot = read(RECORD | {"findings": [{"person": 3, "state": "well", "temperature": 37.5, "sample": True}]})
    assert hot.findings[0].state == "symptoms"
    assert hot.findings[0].symptoms == ("fever",)
    assert hot.findings[0].sample
    absent = read(RECORD | {"findings": [{"person": 3, "state": "absent", "temperature": 39, "sample": True}]})
    assert (absent.findings[0].temperature, absent.findings[0].sample) == (None, False)


def test_coverage_adds_up() -> None:
    parts = covered({1: 10, 2: 5}, [(1, "done", 7), (1, "absent", 1), (2, "done", 6), (3, "done", 1)])
    assert parts[1] == Coverage(7, 1, 2)
    assert parts[2] == Coverage(6, 0, 0)
    assert total(parts.values()) == Coverage(14, 1, 2)
    assert (Coverage(7, 1, 2).share, Coverage(7, 1, 2).owed(95), Coverage().share) == (0.7, 3, 0.0)
