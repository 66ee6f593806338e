from datetime import date

import numpy as np
import pytest

from epidemic.calendar import daily_counts, last_day, target_ends
from epidemic.incidence import read_incidence


@pytest.mark.parametrize(
    ("as_of", "first"),
    [
        ("2021-06-12", "2021-06-19"),
        ("2021-06-13", "2021-06-19"),
        ("2021-06-14", "2021-06-19"),
        ("2021-06-18", "2021-06-19"),
    ],
)
def test_targets_end_on_the_saturdays_after_the_day(as_of: str, first: str) -> None:
    ends = target_ends(date.fromisoformat(as_of), 3)
    assert ends[0] == date.fromisoformat(first)
    assert [end.isoweekday() for end in ends] == [6, 6, 6]


def test_weekly_counts_are_spread_over_the_week_they_close() -> None:
    weekly = read_incidence("date,cases\n2021-05-01,14\n2021-05-08,\n2021-05-15,7\n")
    daily = daily_counts(weekly)[:, 0]
    np.testing.assert_array_equal(daily, np.repeat([2, np.nan, 1], 7))
    assert last_day(weekly) == date(2021, 5, 15)
