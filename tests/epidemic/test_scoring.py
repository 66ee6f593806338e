import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from epidemic.scoring import QUANTILE_LEVELS, interval_coverage, quantile_bias, score, weighted_interval_score

NORMAL = np.sort(np.random.default_rng(1).normal(100, 10, 23))


def by_intervals(observed: float, quantiles: np.ndarray) -> float:
    """The definition of Bracher et al. (2021), written out."""
    total = 0.5 * abs(observed - quantiles[11])
    for k in range(11):
        alpha = 2 * QUANTILE_LEVELS[k]
        low, high = quantiles[k], quantiles[-1 - k]
        interval = high - low + 2 / alpha * max(low - observed, 0) + 2 / alpha * max(observed - high, 0)
        total += alpha / 2 * interval
    return float(total / 11.5)


@given(st.floats(0, 200))
def test_the_pinball_form_equals_the_interval_form(observed: float) -> None:
    assert weighted_interval_score(observed, NORMAL) == pytest.approx(by_intervals(observed, NORMAL), rel=1e-12)


@given(observed=st.floats(0, 1e6), forecast=st.floats(0, 1e6))
def test_a_certain_forecast_scores_its_absolute_error(observed: float, forecast: float) -> None:
    assert weighted_interval_score(observed, np.full(23, forecast)) == pytest.approx(abs(observed - forecast))


def test_the_levels_are_the_hubs() -> None:
    assert len(QUANTILE_LEVELS) == 23
    np.testing.assert_allclose(QUANTILE_LEVELS + QUANTILE_LEVELS[::-1], 1)


def test_an_honest_forecast_is_covered_as_often_as_it_says_and_unbiased() -> None:
    generator = np.random.default_rng(2)
    centre = generator.uniform(50, 150, 4000)
    quantiles = centre[:, None] + 10 * np.quantile(generator.normal(size=200_000), QUANTILE_LEVELS)
    result = score(centre + generator.normal(0, 10, 4000), quantiles)
    assert result.forecasts == 4000
    assert result.coverage_50 == pytest.approx(0.5, abs=0.03)
    assert result.coverage_95 == pytest.approx(0.95, abs=0.015)
    assert result.bias == pytest.approx(0, abs=0.03)


def test_a_narrower_forecast_than_the_truth_scores_worse() -> None:
    generator = np.random.default_rng(3)
    truth, shape = generator.normal(1000, 100, 3000), np.quantile(generator.normal(size=200_000), QUANTILE_LEVELS)
    wis = {spread: score(truth, np.tile(1000 + spread * shape, (3000, 1))).wis for spread in (30, 100, 300)}
    assert wis[100] < wis[30]
    assert wis[100] < wis[300]


def test_the_ends_of_an_interval_belong_to_it() -> None:
    quantiles = np.arange(23.0)
    assert interval_coverage(np.array([6.0, 16.0]), np.tile(quantiles, (2, 1)), 0.5).all()
    assert not interval_coverage(np.array([5.9, 16.1]), np.tile(quantiles, (2, 1)), 0.5).any()


def test_bias_has_the_sign_of_the_forecast() -> None:
    assert quantile_bias(0.0, NORMAL) == 1 - 0.01
    assert quantile_bias(1e6, NORMAL) == -1 + 0.01
    assert quantile_bias(NORMAL[11], NORMAL) == pytest.approx(0)


def test_what_was_not_observed_is_not_scored() -> None:
    result = score(np.array([100.0, np.nan]), np.tile(NORMAL, (2, 1)))
    assert result.forecasts == 1
    assert np.isnan(score(np.array([np.nan]), NORMAL[None]).wis)
