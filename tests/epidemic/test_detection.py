"""Reference values worked by hand from the formulas of Fricker, Hegler and Dunfee (2008)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from epidemic.detection import WEEK, CountError, Detector, Judged, Method, weekday_factors

USUAL = [2, 5, 4, 3, 6, 4, 4]
MEAN = 4.0
DEVIATION = (10 / 6) ** 0.5  # of the sample: (4 + 1 + 0 + 1 + 4 + 0 + 0) / (7 - 1)


def one(days: list[float]) -> np.ndarray:
    return np.array(days, dtype=float)[:, None]


def test_c1_looks_at_the_seven_days_before() -> None:
    found = Detector(method=Method.C1).judge(one([*USUAL, 9]))
    assert found.expected[-1, 0] == pytest.approx(MEAN)
    assert found.statistic[-1, 0] == pytest.approx(5 / DEVIATION)  # 3.87
    assert found.limit[-1, 0] == pytest.approx(MEAN + 3 * DEVIATION)  # 7.87
    assert found.alarm[-1, 0]
    assert not Detector(method=Method.C1).judge(one([*USUAL, 7])).alarm[-1, 0]


def test_c2_leaves_two_days_out_so_that_a_rise_does_not_hide_itself() -> None:
    days = one([*USUAL, 8, 9, 9])
    found = Detector(method=Method.C2).judge(days)
    assert found.expected[-1, 0] == pytest.approx(MEAN)
    assert found.statistic[-1, 0] == pytest.approx(5 / DEVIATION)
    assert found.alarm[-1, 0]
    assert not Detector(method=Method.C1).judge(days).alarm[-1, 0]


def test_c3_adds_what_three_days_were_above_one_deviation() -> None:
    # Baselines of the three days: the seven days that end three days before each; 4 on every day but one, which is 6:
    # mean 30/7, squares 6 * (2/7)^2 + (12/7)^2 = 168/49, variance 168 / 49 / 6 = 4/7.
    days = one([4, 4, 4, 6, 4, 4, 4, 4, 4, 6, 6, 5])
    c2 = Detector(method=Method.C2).judge(days).statistic[:, 0]
    mean, deviation = 30 / 7, (4 / 7) ** 0.5
    assert c2[-3:] == pytest.approx([(count - mean) / deviation for count in (6, 6, 5)])
    found = Detector(method=Method.C3).judge(days)
    by_hand = 2 * ((6 - mean) / deviation - 1)  # 2.54; the last day is below one deviation and adds nothing
    assert found.statistic[-1, 0] == pytest.approx(by_hand)
    assert found.alarm[-1, 0]
    assert found.limit[-1, 0] == pytest.approx(mean + deviation)
    assert not Detector(method=Method.C2).judge(days).alarm.any()


def test_a_steady_baseline_alarms_at_the_first_more_unless_a_spread_is_asked() -> None:
    days = one([0.0] * 9 + [1])
    assert Detector().judge(days).statistic[-1, 0] == np.inf
    assert Detector().judge(days).alarm[-1, 0]
    assert not Detector(least_spread=0.5).judge(days).alarm[-1, 0]
    assert not Detector(least_count=3).judge(days).alarm[-1, 0]
    assert not Detector().judge(one([4.0] * 10)).alarm.any()


def test_counts_vary_at_least_as_chance_makes_them() -> None:
    days = one([16.0, 16, 16, 17, 16, 16, 16, 16, 16, 20])
    assert Detector().judge(days).alarm[-1, 0]
    tamed = Detector(chance=True).judge(days)
    assert not tamed.alarm[-1, 0]
    assert tamed.limit[-1, 0] == pytest.approx(tamed.expected[-1, 0] + 3 * tamed.expected[-1, 0] ** 0.5)


def test_a_longer_baseline_takes_what_there_is_of_it() -> None:
    days = one([*USUAL, *USUAL, 4, 4, 9])
    found = Detector(baseline=28, fewest=7).judge(days)
    assert found.expected[-1, 0] == pytest.approx(MEAN)
    assert found.statistic[-1, 0] == pytest.approx(5 / (20 / 13) ** 0.5)
    assert found.judged[8, 0] == Judged.SHORT_BASELINE
    assert found.judged[9, 0] == Judged.YES


def test_missing_days_are_not_zeros_and_say_why_nothing_was_judged() -> None:
    nan = np.nan
    found = Detector().judge(one([*USUAL, 4, nan, 9, 9]))
    assert list(found.judged[-3:, 0]) == [Judged.NO_COUNT, Judged.YES, Judged.YES]
    gaps = Detector().judge(one([2, nan, 4, nan, nan, 4, nan, 4, 4, 30]))
    assert gaps.judged[-1, 0] == Judged.SHORT_BASELINE
    assert np.isnan(gaps.statistic[-1, 0])
    assert not gaps.alarm[-1, 0]
    enough = Detector().judge(one([2, nan, 4, nan, 3, 4, nan, 4, 4, 30]))
    assert enough.expected[-1, 0] == pytest.approx(13 / 4)
    assert enough.alarm[-1, 0]


def test_twice_the_people_asked_let_expect_twice_the_count() -> None:
    asked = one([100.0] * 9 + [200])
    found = Detector().judge(one([*USUAL, 4, 4, 9]), asked)
    assert found.expected[-1, 0] == pytest.approx(2 * MEAN)
    assert found.statistic[-1, 0] == pytest.approx(1 / (2 * DEVIATION))
    assert Detector().judge(one([*USUAL, 4, 4, 9]), one([100.0] * 9 + [0])).judged[-1, 0] == Judged.NO_COUNT


def test_one_pattern_of_weekdays_is_found_for_all_places() -> None:
    pattern = np.array([1.6, 1.2, 1.0, 1.0, 1.0, 0.8, 0.4])
    days = np.tile(pattern, 8)[:, None] * np.full((1, 12), 20.0)
    np.testing.assert_allclose(weekday_factors(days)[-7:, 0], pattern, atol=0.02)
    assert not Detector(least_spread=0.5).judge(days, weekday_factors(days)).alarm.any()
    np.testing.assert_allclose(weekday_factors(np.full((56, 3), np.nan)), 1.0)


def test_what_cannot_be_judged_is_refused_in_words() -> None:
    for counts, scale in ((one([1, -1]), None), (np.ones(9), None), (np.ones((9, 2)), np.ones((9, 3)))):
        with pytest.raises(CountError):
            Detector().judge(counts, scale)


SERIES = arrays(float, st.tuples(st.integers(1, 25), st.integers(1, 4)), elements=st.sampled_from([0, 1, 3, 8, np.nan]))


@given(SERIES, st.sampled_from(Method), st.randoms(use_true_random=False))
def test_any_gaps_any_order_of_places_and_any_later_day_leave_a_judgement_as_it_is(
    counts: np.ndarray, method: Method, random: "object"
) -> None:
    detector = Detector(method=method, least_spread=0.5)
    found = detector.judge(counts)
    assert not (found.alarm & (found.judged != Judged.YES)).any()
    assert (np.isnan(found.statistic) == (found.judged != Judged.YES)).all()
    order = list(range(counts.shape[1]))
    random.shuffle(order)  # type: ignore[attr-defined]
    np.testing.assert_array_equal(detector.judge(counts[:, order]).statistic, found.statistic[:, order])
    later = np.concatenate([np.full((5, counts.shape[1]), np.nan), counts, np.full((1, counts.shape[1]), 50.0)])
    np.testing.assert_array_equal(detector.judge(later).statistic[5:-1], found.statistic)


@given(SERIES, st.integers(1, 50))
def test_as_many_more_on_every_day_change_no_judgement(counts: np.ndarray, more: int) -> None:
    found, shifted = (Detector(least_spread=0.5).judge(one) for one in (counts, counts + more))
    np.testing.assert_allclose(shifted.statistic, found.statistic, atol=1e-9)
    assert len(counts) > WEEK or not found.alarm.any()
