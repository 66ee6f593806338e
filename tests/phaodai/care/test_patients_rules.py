"""Placement, the clock of transfers and the grounds of an infection inside: pure rules."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phaodai.care.rules.inside import LONGEST_MEAN, ground_of
from phaodai.care.rules.patients_severity import KINDS, need_of, spends, suits
from phaodai.care.rules.placement import Candidate, Spot, distance_km, free_for, offers, steps_between
from phaodai.care.rules.transfers import MINUTES, NEXT, due_at, may_follow

HA_NOI, BAC_GIANG = Spot(21.0285, 105.8542), Spot(21.2731, 106.1946)
NOON = datetime.fromisoformat("2021-11-24T12:00+07:00")
SPOTS = st.builds(Spot, st.floats(-89, 89), st.floats(-179, 179))
LEGAL = (14, "07/2020/QĐ-TTg")


def test_kilometres_agree_with_a_known_distance() -> None:
    """About 44.6 km by the spherical law of cosines."""
    assert distance_km(HA_NOI, BAC_GIANG) == pytest.approx(44.6, abs=0.3)


@given(SPOTS, SPOTS)
def test_a_distance_is_the_same_both_ways_and_never_beyond_half_the_earth(one: Spot, other: Spot) -> None:
    there, back = distance_km(one, other), distance_km(other, one)
    assert there is not None
    assert back is not None
    assert there == pytest.approx(back, abs=1e-6)
    assert 0 <= there <= 20_016


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(0, 3), st.integers(0, 3), st.integers(0, 3)), max_size=12),
       st.integers(1, 3), st.sampled_from(KINDS))  # fmt: skip
def test_what_is_offered_suits(rows: list[tuple[int, int, int, int]], tier: int, need: str) -> None:
    candidates = [
        Candidate(number, str(number), of, Spot(21 + number / 10, 106), dict(zip(KINDS, free, strict=True)), None)
        for number, (of, *free) in enumerate(rows)
    ]
    found = offers(candidates, HA_NOI, tier, need)
    assert len(found) <= 5
    assert all(one.candidate.tier >= tier and one.free > 0 for one in found)
    assert [one.candidate.tier for one in found] == sorted(one.candidate.tier for one in found)
    able = [one for one in candidates if one.tier >= tier and free_for(one.free, need)]
    assert bool(found) == bool(able)


def test_intensive_beds_are_kept_for_who_needs_them() -> None:
    assert free_for({"icu": 9}, "plain") == free_for({"icu": 9}, "oxygen") == 0
    assert spends("icu", "oxygen")
    assert suits("icu", "oxygen")
    assert need_of("mild", "ventilator", critical=False) == need_of("mild", "none", critical=True) == "icu"
    assert need_of("mild", "oxygen", critical=False) == "oxygen"
    assert steps_between(Spot(commune=1, district=2, province=3), Spot(commune=9, district=2, province=3)) == 1


def test_every_state_of_a_transfer_has_its_clock_or_ends() -> None:
    for state, following in NEXT.items():
        timed = state not in ("refused", "cancelled")
        assert (due_at("b_urgent", state, NOON) is not None) == timed
        assert may_follow(state, "cancelled") == ("cancelled" in following)
    for state in MINUTES["a_emergency"]:
        limits = [MINUTES[urgency][state] for urgency in sorted(MINUTES)]
        assert limits == sorted(limits), "the more urgent, the sooner"
    assert due_at("b_urgent", "requested", NOON, {("b_urgent", "requested"): 7}) == NOON + timedelta(minutes=7)


@given(st.integers(0, 40), st.booleans(), st.sampled_from([None, True, False]))
def test_an_infection_inside_needs_its_ground(days: int, other: bool, negative: bool | None) -> None:
    admitted = date(2021, 11, 1)
    found = ground_of(
        admitted_on=admitted, for_another_reason=other, negative_at_admission=negative, onset_on=None,
        positive_on=admitted + timedelta(days=days), legal_window=LEGAL,
    )  # fmt: skip
    expected = (bool(negative) and days > LONGEST_MEAN) or (other and days > LEGAL[0])
    assert (found is not None) == expected
    assert found is None or found.days_inside == days > found.window_days
