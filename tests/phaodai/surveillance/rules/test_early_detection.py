from dataclasses import replace
from datetime import date, timedelta

import pytest

from phaodai.surveillance.rules.early_detection import GRACE, HISTORY, Told, belongs, judge

LAST = date(2021, 11, 23)
FIRST = LAST - HISTORY
DAYS = [FIRST + timedelta(days=one) for one in range(HISTORY.days + 1)]
USUAL = (3, 4, 5, 4, 3, 5, 4)


def quiet(unit: int) -> list[Told]:
    return [Told(unit, day, USUAL[place % 7]) for place, day in enumerate(DAYS)]


def test_fourteen_where_three_to_five_are_usual_is_above_and_nobody_else_is() -> None:
    told = [one for unit in (1, 2) for one in quiet(unit) if one.day < LAST]
    series = judge([*told, Told(1, LAST, 14), Told(2, LAST, 5)], FIRST, LAST)
    assert series is not None
    (above,) = series.above(LAST - timedelta(days=5))
    assert (above.unit, above.day, above.count) == (1, LAST, 14)
    assert above.expected == pytest.approx(3)  # of this weekday
    assert 7 < above.limit < 14
    assert above.statistic > 3
    assert series.above(LAST + timedelta(days=1)) == []


def test_twice_as_many_asked_explain_twice_as_many_ill() -> None:
    told = [replace(one, asked=200) for one in quiet(1)[:-1]]
    twice, same = (judge([*told, Told(1, LAST, 14, asked)], FIRST, LAST) for asked in (700, 200))
    assert twice is not None
    assert same is not None
    assert twice.above(LAST) == []
    assert len(same.above(LAST)) == 1


def test_a_book_that_is_whole_reads_a_missing_day_as_nobody() -> None:
    few = [Told(1, DAYS[3], 1), Told(1, LAST, 4)]
    whole, open_ended = (judge(few, FIRST, LAST, absent_is_zero=zero) for zero in (True, False))
    assert whole is not None
    assert open_ended is not None
    assert [one.count for one in whole.above(LAST)] == [4]
    assert open_ended.above(LAST) == []
    assert judge([], FIRST, LAST) is None


@pytest.mark.parametrize(
    ("after", "closed_after", "same"),
    [(1, None, True), (7, None, True), (8, None, False), (4, 1, True), (5, 1, False), (1, 0, True)],
)
def test_an_episode_ends_after_a_quiet_week_or_some_days_after_somebody_closed_it(
    after: int, closed_after: int | None, same: bool
) -> None:
    closed = None if closed_after is None else LAST + timedelta(days=closed_after)
    assert timedelta(days=3) == GRACE
    assert belongs(LAST + timedelta(days=after), LAST, closed) is same
