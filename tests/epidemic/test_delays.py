import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from epidemic.delays import (
    DelayError,
    TruncatedNormal,
    UncertainSerialInterval,
    discretised_serial_interval,
    tabulated_serial_interval,
)


@given(mean=st.floats(1.5, 20), spread=st.floats(0.2, 1.0))
def test_weights_are_a_distribution_with_the_asked_mean(mean: float, spread: float) -> None:
    weights = discretised_serial_interval(600, mean, spread * mean)
    delays = np.arange(600)
    assert weights[0] == 0
    assert np.all(weights >= 0)
    assert weights.sum() == pytest.approx(1, abs=1e-9)
    assert weights @ delays == pytest.approx(mean, rel=1e-6)


def test_a_nearly_certain_interval_lands_on_its_day() -> None:
    assert discretised_serial_interval(10, 4.0, 0.001)[4] == pytest.approx(1, abs=1e-3)


def test_the_tail_is_cut_and_not_shared_out() -> None:
    short, long = discretised_serial_interval(5, 6.0, 3.0), discretised_serial_interval(50, 6.0, 3.0)
    np.testing.assert_array_equal(short, long[:5])


def test_a_table_may_come_in_any_order_and_leave_delays_out() -> None:
    np.testing.assert_array_equal(tabulated_serial_interval([3, 1], [0.4, 0.6]), [0, 0.6, 0, 0.4])


@pytest.mark.parametrize(
    ("delays", "weights", "message"),
    [
        ([], [], "no row"),
        ([0, 1], [0.5, 0.5], "delay 0"),
        ([1, 2], [0.5, 0.4], "add up to 1"),
        ([1, 1], [0.5, 0.5], "each once"),
        ([1.5], [1.0], "whole days"),
        ([1, 2], [1.5, -0.5], "negative"),
        ([1], [np.nan], "missing"),
    ],
)
def test_a_table_that_is_no_distribution_is_refused(delays: list[float], weights: list[float], message: str) -> None:
    with pytest.raises(DelayError, match=message):
        tabulated_serial_interval(delays, weights)


@pytest.mark.parametrize(("mean", "sd"), [(1.0, 1.0), (0.5, 1.0), (5.0, 0.0), (5.0, -1.0)])
def test_moments_that_no_interval_has_are_refused(mean: float, sd: float) -> None:
    with pytest.raises(DelayError):
        discretised_serial_interval(10, mean, sd)


def test_uncertain_intervals_stay_within_their_bounds_and_repeat_with_the_seed() -> None:
    interval = UncertainSerialInterval(
        mean=TruncatedNormal(mean=2.6, sd=1.0, low=1.1, high=4.2),
        sd=TruncatedNormal(mean=1.5, sd=0.5, low=0.5, high=2.5),
    )
    pairs = np.array(interval.draw(2000, np.random.default_rng(7)))
    assert pairs[:, 0].min() >= 1.1
    assert pairs[:, 0].max() <= 4.2
    assert pairs[:, 1].mean() == pytest.approx(1.5, abs=0.05)
    np.testing.assert_array_equal(pairs, interval.draw(2000, np.random.default_rng(7)))


def test_bounds_that_do_not_hold_the_mean_are_refused() -> None:
    with pytest.raises(DelayError, match="bounds"):
        TruncatedNormal(mean=5.0, sd=1.0, low=1.0, high=4.0).draw(1, np.random.default_rng(1))
