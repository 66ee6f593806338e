"""Days and months as the texts count them."""

import datetime as dt

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from phaodai.rulebook.rules.calendar import days_after, days_between, latest, months_after, months_between
from phaodai.rulebook.rules.levels import weekly_rate

days = st.dates(dt.date(2000, 1, 1), dt.date(2050, 1, 1))


def column(*values: dt.date | None) -> np.ndarray:
    return np.array(values, dtype="datetime64[D]")


def test_a_short_month_ends_on_its_last_day() -> None:
    assert months_after(column(dt.date(2021, 11, 30)), np.array([3.0])).tolist() == [dt.date(2022, 2, 28)]
    assert months_after(column(dt.date(2021, 8, 31)), np.array([6.0])).tolist() == [dt.date(2022, 2, 28)]


def test_nothing_comes_of_nothing() -> None:
    assert days_after(column(None, dt.date(2021, 1, 1)), np.array([1.0, np.nan])).tolist() == [None, None]
    assert np.isnan(days_between(column(None), column(dt.date(2021, 1, 1)))).all()
    assert months_between(column(None), column(dt.date(2021, 1, 1))).tolist() == [np.inf]
    assert latest(column(None), column(dt.date(2021, 1, 1))).tolist() == [dt.date(2021, 1, 1)]


@given(start=days, later=st.integers(0, 4000))
def test_months_between_is_the_least_that_reaches(start: dt.date, later: int) -> None:
    end = start + dt.timedelta(days=later)
    months = months_between(column(start), column(end))
    assert months_after(column(start), months)[0] >= np.datetime64(end)
    if months[0] > 0:
        assert months_after(column(start), months - 1)[0] < np.datetime64(end)


def test_the_published_rate_of_ho_chi_minh_city_is_the_two_week_mean() -> None:
    rate = weekly_rate(np.array([6815.0 + 6635.0]), np.array([9_145_000.0]), weeks=2)
    assert round(float(rate[0]), 1) == 73.5
    assert np.isnan(weekly_rate(np.array([1.0]), np.array([0.0]), weeks=2)).all()
