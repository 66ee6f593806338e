from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from epidemic.baseline import last_week_forecast
from epidemic.evaluation import evaluate, weekly_sums
from epidemic.forecast import MEMBERS, forecast_weeks
from epidemic.growth import MODELS, damped_trend, horizon_weeks, last_value, renewal, situation

MEDIAN = 11


def invented(seed: int, days: int = 280, places: int = 6, size: float = 4000.0) -> np.ndarray:
    """Waves of several places with weekdays and dispersion, final."""
    generator = np.random.default_rng(seed)
    day, shift = np.arange(days)[:, None], generator.uniform(0, 100, places)
    height = generator.uniform(0.4, 1.6, places)
    waves = np.exp(2.0 * height * np.sin(2 * np.pi * (day + shift) / generator.uniform(90, 160, places)))
    weekdays = np.resize([0.5, 0.8, 1.2, 1.2, 1.2, 1.1, 1.0], days)[:, None]
    rate = size / 7 * waves * weekdays * generator.gamma(20, 1 / 20, (days, places))
    return np.asarray(generator.poisson(rate), float)


def medians(counts: np.ndarray) -> np.ndarray:
    return forecast_weeks(counts)[:, :, MEDIAN]


def test_shapes_are_weeks_places_levels() -> None:
    assert forecast_weeks(invented(1), weeks=3).shape == (3, 6, 23)


awkward = st.sampled_from([0.0, -500.0, np.nan, 155_000.0, 1.0])


@settings(max_examples=40, deadline=None)
@given(
    days=st.integers(1, 120),
    seed=st.integers(0, 1000),
    size=st.sampled_from([0.0, 2.0, 300.0, 50_000.0]),
    spoilt=st.lists(st.tuples(st.integers(0, 119), awkward), max_size=12),
    lead=st.integers(1, 20),
)
def test_quantiles_never_fall_nor_go_below_zero(
    days: int, seed: int, size: float, spoilt: list[tuple[int, float]], lead: int
) -> None:
    counts = invented(seed, days, places=2, size=size)
    for day, value in spoilt:
        counts[day % days, 0] = value
    quantiles = forecast_weeks(counts, lead=lead)
    assert np.all(np.isfinite(quantiles))
    assert np.all(quantiles >= 0)
    assert np.all(np.diff(quantiles, axis=-1) >= 0)


@settings(max_examples=10, deadline=None)
@given(st.integers(60, 270), st.integers(0, 1000))
def test_nothing_after_the_last_day_is_used(day: int, seed: int) -> None:
    """The forecaster is given an array that ends; were it to read on, a changed future would change the forecast."""
    counts = invented(3)
    changed = counts.copy()
    changed[day:] = np.random.default_rng(seed).poisson(1e5, changed[day:].shape)
    np.testing.assert_array_equal(forecast_weeks(counts[:day]), forecast_weeks(changed[:day]))


def test_whole_counts_are_forecast_in_whole_cases_and_rates_are_not() -> None:
    counts = invented(12)
    np.testing.assert_array_equal(forecast_weeks(counts) % 1, 0)
    assert np.any(forecast_weeks(counts / 1000) % 1 > 0)


def test_forecasts_do_not_depend_on_chance_or_memory_layout() -> None:
    counts = invented(4)
    np.testing.assert_array_equal(forecast_weeks(counts), forecast_weeks(np.asfortranarray(counts.copy())))


def test_the_order_of_places_does_not_matter() -> None:
    counts = invented(5)
    order = np.array([3, 1, 0, 5, 4, 2])
    np.testing.assert_allclose(forecast_weeks(counts[:, order]), forecast_weeks(counts)[:, order], rtol=1e-9)


@pytest.mark.parametrize("growth", [0.7, 1.0, 1.5])
def test_steady_growth_is_carried_on_though_damped(growth: float) -> None:
    days = 140
    counts = 3000 * growth ** ((np.arange(days)[:, None] - days) / 7)
    next_week, last = medians(counts)[0, 0], counts[-7:].sum()
    assert min(1.0, growth) - 0.02 <= next_week / last <= max(1.0, growth) + 0.02
    assert abs(np.log(next_week / last)) >= 0.6 * abs(np.log(growth)) - 0.02


def test_constant_counts_are_forecast_narrowly_and_wandering_ones_widely() -> None:
    steady = np.full((200, 1), 1000.0)
    width = [np.ptp(np.log(forecast_weeks(counts)[0, 0, [1, -2]])) for counts in (steady, invented(6, places=1))]
    ratio = width[1] / width[0]
    assert ratio > 2


def test_doubt_grows_with_the_horizon() -> None:
    quantiles = np.log1p(forecast_weeks(invented(7)))
    spread = (quantiles[:, :, -2] - quantiles[:, :, 1]).mean(axis=1)
    assert np.all(np.diff(spread) > 0)


def test_a_dump_of_old_cases_hardly_moves_the_forecast() -> None:
    counts = np.random.default_rng(8).poisson(400, (150, 1)).astype(float)
    dumped = counts.copy()
    dumped[-2] += 155_000
    assert medians(dumped)[0, 0] == pytest.approx(medians(counts)[0, 0], rel=0.1)


def test_one_dump_in_a_short_past_does_not_throw_the_outermost_quantiles_away() -> None:
    counts = np.full((84, 1), 100.0)
    counts[50] = 155_000.0
    quantiles = forecast_weeks(counts, weeks=1)[0, 0]
    assert quantiles[-1] < 10 * 700


def test_days_not_yet_reported_hardly_move_the_forecast() -> None:
    counts = np.random.default_rng(9).poisson(400, (150, 1)).astype(float)
    for nothing in (np.nan, 0.0):
        late = counts.copy()
        late[-3:] = nothing
        assert medians(late)[0, 0] == pytest.approx(medians(counts)[0, 0], rel=0.1)


def test_a_week_partly_counted_does_not_end_below_its_count() -> None:
    counts = np.full((100, 1), 100.0)
    counts[-4:] = 900.0
    assert forecast_weeks(counts, lead=3)[0, 0, 0] >= 3600


@pytest.mark.parametrize("dump", [155_000.0, -2_000.0])
def test_a_dump_or_correction_stays_in_the_week_it_was_published_in(dump: float) -> None:
    counts = np.random.default_rng(14).poisson(400, (150, 1)).astype(float)
    spoilt = counts.copy()
    spoilt[-1] = dump
    plain, moved = medians(counts[:-1])[0, 0], forecast_weeks(spoilt, lead=3)[:, 0, MEDIAN]
    assert moved[0] == pytest.approx(max(plain + dump - 400, 0), abs=600)
    assert moved[1] == pytest.approx(plain, rel=0.15)


def test_a_place_that_never_had_a_case_is_forecast_near_none() -> None:
    counts = np.column_stack([invented(10, places=1)[:, 0], np.zeros(280)])
    quantiles = forecast_weeks(counts)[0, 1]
    assert quantiles[MEDIAN] < 1
    assert quantiles[-2] < 15


def test_every_member_is_a_model_of_the_registry_or_the_regression() -> None:
    assert list(MEMBERS) == [*MODELS, "pooled regression"]


def test_no_growth_reduces_every_model_to_the_last_value() -> None:
    now = situation(np.full((70, 2), 5000.0))
    distance = horizon_weeks(7, 4)
    np.testing.assert_array_equal(last_value(now, distance), 0)
    np.testing.assert_allclose(damped_trend(now, distance), 0, atol=1e-9)
    np.testing.assert_allclose(renewal(now, distance), 0, atol=1e-4)


def test_renewal_carries_exponential_growth_on() -> None:
    counts = 100 * np.exp(0.05 * np.arange(70.0))[:, None]
    growth = renewal(situation(counts), horizon_weeks(7, 2))[:, 0]
    assert 0.2 < growth[0] < 0.36
    assert growth[0] < growth[1] < 0.71


def test_the_baseline_repeats_the_last_week_and_is_as_wide_as_weeks_differed() -> None:
    weekly = np.array([[100.0], [120.0], [100.0]])
    forecast = last_week_forecast(weekly, weeks=2)
    assert forecast[0, 0, MEDIAN] == 100
    assert forecast[0, 0, 0] == pytest.approx(80)
    assert forecast[0, 0, -1] == pytest.approx(120)
    assert np.ptp(forecast[1, 0]) > np.ptp(forecast[0, 0])


def test_an_evaluation_asks_week_after_week_with_what_was_known() -> None:
    counts = invented(11, days=140, places=2)
    asked = []

    def remembering(known: np.ndarray, weeks: int) -> np.ndarray:
        asked.append(len(known))
        np.testing.assert_array_equal(known, counts[: len(known)])
        return last_week_forecast(weekly_sums(known), weeks=weeks)

    evaluation = evaluate(counts, weeks=2, first=10, forecaster=remembering)
    assert asked == list(range(70, 140, 7))
    assert evaluation.relative_wis == pytest.approx((1, 1))
    assert [score.forecasts for score in evaluation.model] == [20, 18]


def test_a_series_too_short_to_evaluate_is_refused() -> None:
    with pytest.raises(ValueError, match="too few"):
        evaluate(invented(1, days=35))


def test_forecasts_beat_the_last_value_and_cover_as_they_say() -> None:
    scores = [evaluate(invented(seed, places=12), weeks=2, first=16, every=2) for seed in (21, 22, 23)]
    relative = np.mean([evaluation.relative_wis for evaluation in scores], axis=0)
    cover_50 = np.mean([evaluation.model[0].coverage_50 for evaluation in scores])
    cover_95 = np.mean([evaluation.model[0].coverage_95 for evaluation in scores])
    assert relative[0] < 0.7
    assert relative[1] < 0.8
    assert 0.42 < cover_50 < 0.58
    assert 0.91 < cover_95 < 0.99


def test_bac_giang_2021_is_forecast_through_its_backlog(
    reference_rows: Callable[[str], list[dict[str, str]]],
) -> None:
    """On 12 June 2021, after the bulletins of 8 and 9 June, the wave stood near its height and soon fell."""
    rows = reference_rows("series/bac-giang-2021-daily.csv")
    days = [row["date"] for row in rows]
    counts = np.array([[float(row["cases"])] for row in rows])
    first = days.index("2021-06-13")
    quantiles = forecast_weeks(counts[:first], weeks=2)[:, 0]
    assert counts[first - 7 : first].sum() * 0.5 < quantiles[0, MEDIAN] < counts[first - 7 : first].sum() * 1.5
    assert quantiles[1, 1] < counts[first + 7 : first + 14].sum() < quantiles[1, -2]
