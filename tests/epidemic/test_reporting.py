from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from epidemic.reporting import mend, weekday_shares

PATTERN = np.array([0.5, 0.7, 1.2, 1.3, 1.2, 1.2, 0.9])


def reported(pace: float = 700.0, weeks: int = 10, pattern: np.ndarray = PATTERN) -> np.ndarray:
    return pace * np.tile(pattern, weeks)[:, None]


def test_weekdays_are_recovered() -> None:
    np.testing.assert_allclose(weekday_shares(reported())[:, 0], PATTERN / 7)


def test_few_cases_say_nothing_about_weekdays() -> None:
    noise = np.random.default_rng(1).poisson(1.0, (70, 1)).astype(float)
    np.testing.assert_allclose(weekday_shares(noise)[:, 0], 1 / 7)


@given(st.integers(0, 10_000))
def test_regular_counts_are_left_alone(seed: int) -> None:
    counts = np.random.default_rng(seed).poisson(reported(300)).astype(float)
    np.testing.assert_allclose(mend(counts).counts, counts, rtol=1e-9)


def test_the_pace_has_no_weekdays() -> None:
    np.testing.assert_allclose(mend(reported()).pace, 700)


def test_a_weekend_without_bulletins_is_shared_out_of_monday() -> None:
    silent = np.array([0.0, 2.4, 1.2, 1.2, 1.1, 1.1, 0.0])
    mended = mend(reported(pattern=silent))
    np.testing.assert_allclose(mended.pace[7:-7], 700, rtol=0.01)
    np.testing.assert_allclose(mended.counts.sum(), reported(pattern=silent).sum(), rtol=0.01)


@pytest.mark.parametrize("nothing", [0.0, np.nan])
def test_a_backlog_is_spread_over_the_days_it_came_from(nothing: float) -> None:
    whole = reported()
    counts = whole.copy()
    counts[32:35] = nothing
    counts[35] = whole[32:36].sum()
    np.testing.assert_allclose(mend(counts).counts, whole, rtol=1e-6)


def test_a_day_that_never_came_is_put_at_the_level_around() -> None:
    counts = reported()
    counts[40] = np.nan
    np.testing.assert_allclose(mend(counts).counts, reported(), rtol=1e-6)


def test_last_days_without_bulletin_are_not_an_end_of_the_epidemic() -> None:
    counts = reported()
    counts[-3:] = 0
    np.testing.assert_allclose(mend(counts).counts, reported(), rtol=0.2)


def test_a_dump_of_old_cases_is_cut() -> None:
    counts = reported()
    counts[45] += 155_000
    np.testing.assert_allclose(mend(counts).counts, reported(), rtol=0.05)


def test_a_negative_correction_is_no_count() -> None:
    counts = reported()
    counts[45] = -20_000
    np.testing.assert_allclose(mend(counts).counts, reported(), rtol=0.05)


def test_fast_growth_is_no_dump() -> None:
    counts = 5 * np.exp(0.2 * np.arange(56.0))[:, None]
    mended = mend(counts).counts
    np.testing.assert_allclose(mended[-14:].sum(), counts[-14:].sum(), rtol=0.05)


@pytest.mark.parametrize("days", [1, 5, 9, 15])
def test_a_young_series_is_left_alone(days: int) -> None:
    counts = reported()[:days]
    np.testing.assert_allclose(mend(counts).counts, counts)


def test_places_do_not_touch_each_other() -> None:
    generator = np.random.default_rng(4)
    counts = generator.poisson(50, (70, 3)).astype(float)
    counts[20, 0], counts[30:33, 1], counts[50, 2] = 9000, np.nan, -5
    together = mend(counts).counts
    for place in range(3):
        np.testing.assert_array_equal(together[:, place], mend(counts[:, [place]]).counts[:, 0])


@pytest.mark.parametrize(
    ("first", "known_until", "total"), [("2021-06-08", "2021-06-12", 0 + 297), ("2021-06-19", "2021-06-26", 32 + 268)]
)
def test_bac_giang_2021_backlogs_are_shared_by_the_two_days(
    first: str, known_until: str, total: int, reference_rows: Callable[[str], list[dict[str, str]]]
) -> None:
    """No case was registered on 8 June and few on the 19th, and twice as many as usual the days after."""
    rows = reference_rows("series/bac-giang-2021-daily.csv")
    days = [row["date"] for row in rows]
    known = np.array([[float(row["cases"])] for row in rows])[: days.index(known_until) + 1]
    start = days.index(first)
    np.testing.assert_allclose(mend(known).counts[start : start + 2, 0], total / 2, rtol=0.1)
