"""What is estimated, and what is not said where too little is known; days that add up to their weeks."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from epidemic.forecast import forecast_weeks
from phaodai.foresight.rules.days import LEAST_SPREAD, Growth, daily_quantiles, day_spread, growth_of
from phaodai.foresight.rules.estimating import FEWEST_CASES, estimate
from phaodai.foresight.rules.leaving import leaves_band
from phaodai.foresight.rules.scoring import past_scores, series_scores
from phaodai.foresight.rules.series import DailySeries, Found, Source, Told, from_line_list, from_sheet
from tests.phaodai.foresight.days import growing

LAST = date(2021, 11, 23)
ON = LAST + timedelta(days=1)


def told(back: int, delay: int, cases: int) -> Told:
    day = ON - timedelta(days=back)
    return Told(day, day + timedelta(days=delay), cases, 0)


def series(counts: list[float]) -> DailySeries:
    return DailySeries(Source.SHEET, LAST, np.array(counts, float), np.zeros(len(counts)))


def test_growth_is_found_with_its_interval() -> None:
    (found,) = estimate([series([float(count) for count in growing(100, first=20, rate=0.03)])])
    growth = Growth(**found.figures["growth"])
    assert growth.low < 0.03 < growth.high
    assert growth.doubling is not None
    assert 15 < growth.doubling < 40
    assert Growth(rate=0.23, low=-0.02, high=0.48).doubling is None
    assert found.reproduction is not None
    assert found.reproduction[0] > 1, "four weeks of steady growth leave no doubt"
    assert found.lacks == ["nowcast"]


def test_what_is_unknown_is_named_and_not_guessed() -> None:
    (few,) = estimate([series([3.0] * 12)])
    assert few.figures["forecast"] is None
    assert few.figures["weeks"] is None
    assert set(few.lacks) == {"nowcast", "reproduction", "forecast", "evaluation"}
    (silent,) = estimate([series([5.0] * 60 + [np.nan] * 8)])
    assert {"reproduction", "forecast"} <= set(silent.lacks)
    (none,) = estimate([series([0.0] * 60)])
    assert none.reproduction is None
    assert none.figures["evaluation"] is None


def test_a_unit_without_a_case_is_not_drawn_along_by_its_neighbours() -> None:
    """Ten cases a day that double beside a unit that never had one, whose zeros are reported day by day."""
    zeros = from_sheet([told(back, 0, 0) for back in range(100, 0, -1)], ON)
    none, _growing = estimate([zeros, series([float(count) for count in growing(100, first=10, rate=0.03)])])
    assert none.figures["nowcast"] is None
    assert none.figures["forecast"][6][2] == 0
    assert none.figures["weeks"]["quantiles"][0][11] <= 3


def test_eleven_cases_in_a_week_are_the_fewest_that_give_a_reproduction_number() -> None:
    found = estimate([series([1.0] * 50 + [0, 0, 0, 0, 0, 0, last]) for last in (FEWEST_CASES - 1.0, FEWEST_CASES)])
    assert [one.reproduction is None for one in found] == [True, False]


def test_units_of_one_tier_have_different_lengths_and_ends_in_common() -> None:
    short, long = estimate([series([float(c) for c in growing(30)]), series([float(c) for c in growing(120)])])
    assert len(short.figures["counts"]) == 30
    assert len(long.figures["counts"]) == 120
    assert short.figures["first"] == (LAST - timedelta(days=29)).isoformat()
    assert len(short.figures["forecast"]) == len(long.figures["forecast"]) == 28


@given(st.lists(st.one_of(st.none(), st.integers(0, 400)), min_size=0, max_size=90))
@settings(max_examples=40)
def test_any_counts_give_findings(tail: list[int | None]) -> None:
    counts = [1.0, *(np.nan if count is None else float(count) for count in tail)]
    (found,) = estimate([series(counts)])
    for low95, low50, median, high50, high95 in found.figures["forecast"] or []:
        assert 0 <= low95 <= low50 <= median <= high50 <= high95
    if found.reproduction:
        assert 0 < found.reproduction[0] <= found.reproduction[1] <= found.reproduction[2]


def test_days_add_up_to_their_weeks_and_keep_the_weekdays() -> None:
    counts = np.array(growing(120, first=60, rate=0.0), float)
    weekly = forecast_weeks(counts[:, None])[:, 0]
    days = daily_quantiles(weekly, counts)
    assert days.shape == (28, 5)
    middle = weekly[:, 11]
    assert days[:, 2].reshape(4, 7).sum(axis=1) == pytest.approx(middle, rel=0.15)
    past = counts[-56:].reshape(8, 7).mean(axis=0)
    assert np.corrcoef(days[:7, 2], past)[0, 1] > 0.7
    assert days[-1, 4] - days[-1, 0] > days[0, 4] - days[0, 0], "the further ahead, the wider"


def test_a_forecast_of_days_holds_what_comes_as_often_as_it_says() -> None:
    """Steady growth, 200 invented days of tomorrow to next week: near 97.5% lie below the upper end."""
    rng, below, asked = np.random.default_rng(11), 0, 0
    for _one in range(40):
        counts = rng.poisson(30 * np.exp(0.01 * np.arange(91))).astype(float)
        days = daily_quantiles(forecast_weeks(counts[:84, None])[:, 0], counts[:84])
        below += int((counts[84:] <= days[:7, 4]).sum())
        asked += 7
    assert 0.95 <= below / asked <= 1.0


def test_the_spread_of_days_is_that_of_their_counts() -> None:
    rng = np.random.default_rng(3)
    even = rng.poisson(50, 56).astype(float)
    wild = rng.poisson(50 * rng.gamma(2, 0.5, 56)).astype(float)
    assert day_spread(even) == LEAST_SPREAD
    assert 0.2 < day_spread(wild) < 1.2
    assert day_spread(np.zeros(56)) == LEAST_SPREAD


def test_no_growth_from_weeks_without_reports() -> None:
    assert growth_of(np.zeros(20)) is None
    assert growth_of(np.full(20, np.nan)) is None
    assert growth_of(np.ones(10)) is None


def test_scores_use_no_later_day_and_stand_beside_the_baseline() -> None:
    rng = np.random.default_rng(7)
    counts = rng.poisson(np.exp(0.03 * np.arange(140))[:, None] * [5, 9]).astype(float)
    rows = past_scores(counts, [0, 1])
    assert set(rows) == {0, 1}
    assert [row["forecasts"] for row in rows[0]] == [14, 13, 12, 11]
    first = rows[0][0]
    assert first["wis"] is not None
    assert first["baseline"] is not None
    assert first["relative"] == pytest.approx(first["wis"] / first["baseline"], rel=0.01)
    assert first["relative"] < 1, "steady growth is forecast better than by the last week"
    assert past_scores(counts[:40], [0]) == {}


def test_a_series_of_a_year_is_asked_for_a_year_of_origins() -> None:
    rows = series_scores(np.full((70 * 7, 1), 4.0))
    assert rows[0]["forecasts"] == 52
    with pytest.raises(ValueError, match="too few"):
        series_scores(np.full((30, 1), 4.0))


@pytest.mark.parametrize(
    ("count", "upper", "leaves"), [(None, 0, False), (2, 0, False), (3, 0, True), (9, 9, False), (10, 9, True)]
)
def test_a_band_is_left_upwards_by_more_than_a_case_or_two(count: float | None, upper: float, leaves: bool) -> None:
    assert leaves_band(count, upper) is leaves


def test_the_last_days_are_corrected_for_what_is_still_to_come() -> None:
    """Half of a day's cases are reported on the day, half two days later: yesterday's 10 will be about 20."""
    rows = [row for back in range(40, 0, -1) for row in (told(back, 0, 10), told(back, 2, 20)) if row.reported_on < ON]
    (found,) = estimate([from_sheet(rows, ON)])
    low, median, high = found.figures["nowcast"][-1]
    assert low < 20 < high
    assert median == pytest.approx(20, abs=3)
    assert found.figures["counts"][-1] == 10
    assert found.figures["nowcast"][-10] == [20, 20, 20]


def test_a_day_of_which_too_little_is_reported_is_left_unknown() -> None:
    """Onsets are reported five days later: the last days say nothing, and no forecast falls because of them."""
    found_cases = [Found(ON - timedelta(days=back), ON - timedelta(days=back - 5), imported=False)
                   for back in range(80, 5, -1) for _one in range(6)]  # fmt: skip
    (found,) = estimate([from_line_list(found_cases, ON, 0)])
    assert found.figures["nowcast"][-1] == [None, None, None]
    week = found.figures["weeks"]["quantiles"][0]
    assert 25 <= week[11] <= 60, "six a day, though the last five days count none"
