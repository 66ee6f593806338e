"""Scenarios without a database: scaling, the law, needs, the frontier."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phaodai.foresight.rules.scenario_law import Answer, Ruling, rulings, verdict
from phaodai.foresight.rules.scenario_needs import NEEDS, needs_of
from phaodai.foresight.rules.scenario_packs import Present, packages, todays_path
from phaodai.foresight.rules.scenario_scaling import factor_for, scaled_orders, weeks_of
from phaodai.foresight.rules.scenario_sums import undominated

LEVELS: dict[str, int | None] = {"a": 1, "b": 3}
CLOSED = {("schools", 3): Answer("limited", "128/NQ-CP"), ("schools", 1): Answer("allowed", "128/NQ-CP")}


def ask(activity: str, level: int) -> Answer:
    return CLOSED.get((activity, level), Answer(None))


def judged(*orders: dict[str, Any], levels: dict[str, int | None] = LEVELS) -> list[tuple[str, str]]:
    found = rulings(orders, levels, ask, lambda directive: directive == "16")
    return [(one.standing, one.why) for one in found]


FITS = {"kind": "distancing", "level": "level-3", "area": ["b"]}


@pytest.mark.parametrize(
    ("order", "standing", "why"),
    [
        (FITS, "allowed", "level"),
        ({"kind": "distancing", "level": "level-3", "area": ["a"]}, "against", "above-level"),
        ({"kind": "distancing", "level": "level-4"}, "against", "above-level"),
        ({"kind": "distancing", "level": "16"}, "allowed", "directive"),
        ({"kind": "distancing", "level": "15"}, "against", "directive"),
        ({"kind": "closing", "what": ["schools"], "area": ["b"]}, "allowed", "closing"),
        ({"kind": "closing", "what": ["schools"]}, "against", "open"),
        ({"kind": "closing", "what": ["markets"], "area": ["b"]}, "unverified", "unverified"),
        ({"kind": "lockdown", "area": ["b/1"]}, "unjudged", "unasked"),
    ],
)
def test_each_order_is_held_against_the_rules(order: dict[str, Any], standing: str, why: str) -> None:
    assert judged(order, FITS)[0] == (standing, why)


def test_what_a_level_asks_may_not_be_left_out() -> None:
    assert judged() == [("against", "below-level")]
    assert judged(FITS) == [("allowed", "level")]
    assert judged(FITS | {"from": 5})[-1] == ("against", "below-level"), "not from the first day on"
    assert judged({"kind": "testing"}, levels={"a": 1}) == []
    assert judged({"kind": "stay_in_place"}, levels={"a": None}) == [("unverified", "no-level")]
    assert verdict([]) == "allowed"
    assert verdict([Ruling(0, "allowed", "level"), Ruling(1, "unverified", "no-level")]) == "unverified"


@given(counts=st.lists(st.integers(0, 500), min_size=1, max_size=30), factor=st.floats(1, 40))
def test_the_first_infected_keep_their_sum(counts: list[int], factor: float) -> None:
    orders = [{"kind": "outbreak", "infected": count} for count in counts]
    scaled = sum(one["infected"] for one in scaled_orders(orders, factor))
    assert scaled == max(round(sum(counts) / factor), min(sum(counts), 1))


def test_capacities_shrink_with_the_people_and_shares_stay() -> None:
    orders = [{"kind": "tracing", "cases_a_day": 40, "household": 1.0}, {"kind": "treatment", "tier_3": 6}]
    assert scaled_orders(orders, 4.0) == [
        {"kind": "tracing", "cases_a_day": 10.0, "household": 1.0},
        {"kind": "treatment", "tier_3": 1.5},
    ]
    assert scaled_orders(orders, 1.0) == orders
    assert (factor_for(180_000, 60, 60_000_000), factor_for(2_000_000, 60, 60_000_000)) == (1.0, 2.0)
    assert weeks_of(16) == [(0, 7), (7, 14), (14, 16)]


def test_today_knows_who_is_infected_protected_and_restricted() -> None:
    present = Present(people=200_000, cases={"a": 3, "b": 0}, levels={"a": 1, "b": 3}, rest=2, vaccinated=0.5)
    today = todays_path(present)
    assert today[:2] == [{"kind": "outbreak", "infected": 6, "area": ["a"]}, {"kind": "outbreak", "infected": 4}]
    assert today[2] == {"kind": "vaccination", "doses_a_day": 0, "uptake": 0.95, "already": 0.526}
    assert today[3] == {"kind": "distancing", "level": "level-3", "area": ["b"]}
    assert next(one for one in today if one["kind"] == "tracing")["cases_a_day"] == 80
    nothing = todays_path(Present(people=1_000, cases={}, levels={}))
    assert nothing[0] == {"kind": "outbreak", "infected": 1}, "somebody comes home infected"
    doubled = next(one for one in packages() if one.key == "find").applied(today, 200_000)
    assert [one["cases_a_day"] for one in doubled if one["kind"] == "tracing"] == [160]


def test_needs_add_up_what_is_used_and_keep_the_highest_of_the_rest() -> None:
    names = {name for series in NEEDS.values() for name in series}
    weeks = {name: [[0, 0]] * 5 for name in names} | {
        "beds_tier_3": [[1, 2], [2, 4], [4, 8], [5, 9], [6, 12]],
        "tests": [[70, 70], [70, 70], [700, 1400], [800, 1500], [900, 1700]],
    }
    found = {need.key: need for need in needs_of(weeks)}
    assert (found["beds_tier_3"].middle, found["beds_tier_3"].total(found["beds_tier_3"].high)) == ((4, 8), 12)
    assert found["tests"].total(found["tests"].middle) == 2100
    assert found["staff"].middle == (11, 22), "2.5 a bed and 0.01 a test and day"


def test_a_frontier_is_of_points_that_no_other_beats_in_both() -> None:
    assert undominated([(10, 5), (8, 5), (8, 7), (2, 9), (2, 9)]) == [False, True, False, True, True]
