from collections.abc import Callable
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from epidemic.nowcast import TriangleError, delay_distribution, nowcast, reporting_triangle

DELAYS = np.array([0.1, 0.25, 0.3, 0.2, 0.1, 0.05])


def line_list(daily: np.ndarray, generator: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    onset = np.repeat(np.arange(len(daily)), daily)
    return onset, onset + generator.choice(len(DELAYS), len(onset), p=DELAYS)


def growing_outbreak(seed: int, first: float = 20, days: int = 60) -> tuple[np.ndarray, np.ndarray]:
    """Daily cases of an outbreak that doubles each week, and its triangle as seen on the last day."""
    generator = np.random.default_rng(seed)
    daily = generator.poisson(first * 2 ** (np.arange(days) / 21))
    onset, report = line_list(daily, generator)
    return daily, reporting_triangle(onset, report, days=days, longest=len(DELAYS) - 1)


def test_the_triangle_counts_cases_by_day_and_delay() -> None:
    triangle = reporting_triangle([0, 0, 1, 2], [0, 2, 2, 5], days=3, longest=2)
    np.testing.assert_array_equal(triangle, [[1, 0, 1], [0, 1, np.nan], [0, np.nan, np.nan]])


def test_late_reports_are_added_to_the_longest_delay() -> None:
    triangle = reporting_triangle([0, 0], [1, 9], days=12, longest=3)
    np.testing.assert_array_equal(triangle[0], [0, 1, 0, 1])


def test_the_delays_are_recovered_in_spite_of_truncation_and_growth() -> None:
    _, triangle = growing_outbreak(1, first=2000)
    np.testing.assert_allclose(delay_distribution(triangle), DELAYS, atol=0.01)


def test_only_recent_reports_count_when_asked() -> None:
    generator = np.random.default_rng(2)
    onset = np.repeat(np.arange(80), 500)
    delay = np.where(onset < 40, 4, generator.choice(2, len(onset)))
    triangle = reporting_triangle(onset, onset + delay, days=80, longest=5)
    assert delay_distribution(triangle)[4] > 0.3
    np.testing.assert_allclose(delay_distribution(triangle, recent=25), [0.5, 0.5, 0, 0, 0, 0], atol=0.02)


@given(st.lists(st.integers(0, 40), min_size=8, max_size=20), st.integers(0, 99))
def test_delays_are_a_distribution_and_nobody_is_taken_back(daily: list[int], seed: int) -> None:
    generator = np.random.default_rng(seed)
    onset, report = line_list(np.array(daily), generator)
    triangle = reporting_triangle(onset, report, days=len(daily), longest=5)
    assert delay_distribution(triangle).sum() == pytest.approx(1)
    estimate = nowcast(triangle, generator=generator)
    assert np.all(estimate.quantiles >= estimate.reported[:, None])
    assert np.all(np.diff(estimate.quantiles, axis=1) >= 0)


def test_days_whose_reports_are_all_in_need_no_estimate() -> None:
    daily, triangle = growing_outbreak(3)
    estimate = nowcast(triangle, generator=np.random.default_rng(3))
    np.testing.assert_array_equal(estimate.mean[:-6], daily[:-6])
    np.testing.assert_array_equal(estimate.quantiles[:-6, 0], daily[:-6])


def test_the_estimate_covers_what_came_as_often_as_it_says() -> None:
    inside, within_half, error, naive = [], [], [], []
    for seed in range(60):
        daily, triangle = growing_outbreak(seed)
        estimate = nowcast(triangle, generator=np.random.default_rng(seed), levels=[0.025, 0.25, 0.5, 0.75, 0.975])
        last = slice(-4, None)
        inside += list((estimate.quantiles[last, 0] <= daily[last]) & (daily[last] <= estimate.quantiles[last, 4]))
        within_half += list((estimate.quantiles[last, 1] <= daily[last]) & (daily[last] <= estimate.quantiles[last, 3]))
        error += list(np.abs(estimate.quantiles[last, 2] - daily[last]))
        naive += list(np.abs(estimate.reported[last] - daily[last]))
    assert 0.90 <= np.mean(inside) <= 0.99
    assert 0.42 <= np.mean(within_half) <= 0.62
    assert np.mean(error) < 0.4 * np.mean(naive)


def test_reports_after_the_last_day_change_nothing() -> None:
    generator = np.random.default_rng(5)
    onset, report = line_list(generator.poisson(30, 40), generator)
    early = report < 30
    np.testing.assert_array_equal(
        reporting_triangle(onset, report, days=30, longest=5),
        reporting_triangle(onset[early], report[early], days=30, longest=5),
    )


def test_a_real_line_list_is_completed(reference_rows: Callable[[str], list[dict[str, str]]]) -> None:
    """Tianjin 2020: on 31 January the last week's onsets are mostly unreported; the interval holds what came later."""
    rows = [row for row in reference_rows("linelists/tianjin_covid_2020/linelist.csv") if "/" in row["symptom_onset"]]
    first = date(2020, 1, 10)
    onset, report = (
        np.array([(_day(row[name]) - first).days for row in rows]) for name in ("symptom_onset", "confirm_date")
    )
    kept = (onset >= 0) & (report >= onset)
    days = (date(2020, 1, 31) - first).days + 1
    triangle = reporting_triangle(onset[kept], report[kept], days=days, longest=14)
    estimate = nowcast(triangle, generator=np.random.default_rng(1), levels=[0.025, 0.5, 0.975])
    final = np.bincount(onset[kept], minlength=days)[:days]
    last_week = slice(-9, -2)
    assert estimate.reported[last_week].sum() < 0.8 * final[last_week].sum()
    covered = (estimate.quantiles[last_week, 0] <= final[last_week]) & (
        final[last_week] <= estimate.quantiles[last_week, 2]
    )
    assert covered.mean() >= 0.85


def _day(text: str) -> date:
    day, month, year = text.split("/")
    return date(int(year), int(month), int(day))


@pytest.mark.parametrize("triangle", [np.zeros(3), np.zeros((0, 2)), np.array([[1.0, -1.0]])])
def test_what_is_no_triangle_is_refused(triangle: np.ndarray) -> None:
    with pytest.raises(TriangleError):
        delay_distribution(triangle)


def test_a_report_before_its_onset_is_refused() -> None:
    with pytest.raises(TriangleError, match="before its onset"):
        reporting_triangle([5], [4], days=10, longest=3)
