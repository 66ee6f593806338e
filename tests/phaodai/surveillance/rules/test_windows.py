"""The infectious window of a case, by the rule in force on its days."""

from datetime import date, datetime

import pytest

from phaodai.foundation.clock import VIETNAM
from phaodai.rulebook import Refusal, load
from phaodai.surveillance.rules.windows import CaseDays, infectious_window

BOOK = load("covid-19")
NOW = datetime(2021, 11, 24, 6, 40, tzinfo=VIETNAM)


def at(year: int, month: int, day: int, hour: int = 0) -> datetime:
    return datetime(year, month, day, hour, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("days", "begin", "end"),
    [
        (CaseDays(onset_on=date(2021, 11, 21)), at(2021, 11, 18), NOW),
        (CaseDays(onset_on=date(2021, 11, 21), isolated_at=at(2021, 11, 23, 22)), at(2021, 11, 18), at(2021, 11, 23, 22)),
        (CaseDays(sampled_on=date(2021, 11, 22)), at(2021, 11, 19), NOW),
        (CaseDays(positive_at=at(2021, 11, 23, 21)), at(2021, 11, 20), NOW),
        (CaseDays(onset_on=date(2021, 11, 1), outcome_on=date(2021, 11, 20)), at(2021, 10, 29), at(2021, 11, 21)),
        # Isolated before anybody could be infected: nobody was exposed.
        (CaseDays(onset_on=date(2021, 11, 21), isolated_at=at(2021, 11, 10)), at(2021, 11, 18), at(2021, 11, 18)),
    ],
)  # fmt: skip
def test_three_days_before_the_first_sign_until_isolation(days: CaseDays, begin: datetime, end: datetime) -> None:
    window = infectious_window(BOOK, days, NOW)
    assert (window.begin, window.end) == (begin, end)
    assert window.document == "5053/QĐ-BYT"
    assert "3 ngày" in window.why.vi


def test_the_letter_of_december_2021_counts_two_days_and_ends_with_a_negative_test() -> None:
    days = CaseDays(onset_on=date(2022, 1, 10), isolated_at=at(2022, 1, 11), infectious_until=date(2022, 1, 17))
    window = infectious_window(BOOK, days, at(2022, 2, 1))
    assert (window.begin, window.end) == (at(2022, 1, 8), at(2022, 1, 18))
    assert window.document == "11042/BYT-DP"
    assert window.closed


def test_it_says_when_nobody_wrote_the_end_down() -> None:
    assert not infectious_window(BOOK, CaseDays(onset_on=date(2021, 11, 21)), NOW).closed


def test_before_the_first_rule_its_figures_stand_in_and_it_says_so() -> None:
    window = infectious_window(BOOK, CaseDays(onset_on=date(2020, 1, 21)), NOW)
    assert window.begin == at(2020, 1, 18)
    assert not window.in_time


def test_a_case_without_any_day_has_no_window() -> None:
    with pytest.raises(Refusal, match="no day of onset"):
        infectious_window(BOOK, CaseDays(), NOW)
