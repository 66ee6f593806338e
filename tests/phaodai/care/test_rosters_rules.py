"""Hours, rest and days in a row; who is worn out; where somebody is missing."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from phaodai.care.rules.rosters import DAYS, HOURS, REST, Gap, Need, OnDuty, Span, breaches, fatigue, gaps
from phaodai.foundation.clock import VIETNAM

MIDNIGHT = datetime(2021, 11, 22, tzinfo=VIETNAM)


def shift(day: float, start: float, hours: float) -> Span:
    """A shift of so many hours from an hour of the n-th day."""
    begin = MIDNIGHT + timedelta(days=day, hours=start)
    return Span(begin, begin + timedelta(hours=hours))


def broken(new: Span, *others: Span) -> dict[str, float]:
    return {one.limit: one.figure for one in breaches(new, others, VIETNAM)}


def test_a_day_of_eight_hours_after_another_breaks_nothing() -> None:
    assert broken(shift(1, 7, 8), shift(0, 7, 8), shift(2, 7, 8)) == {}


def test_a_night_after_a_day_breaks_rest_and_hours() -> None:
    assert broken(shift(0, 19, 12), shift(0, 7, 8)) == {HOURS: 20.0, REST: 4.0}
    assert broken(shift(0, 15, 8), shift(0, 7, 8)) == {HOURS: 16.0}, "two that touch are one long shift"
    assert broken(shift(0, 7, 24)) == {HOURS: 24.0}


def test_the_seventh_day_in_a_row_is_one_too_many_on_either_side() -> None:
    week = [shift(day, 7, 8) for day in range(6)]
    assert broken(shift(6, 7, 8), *week) == {DAYS: 7}
    assert broken(shift(3, 7, 8), *(one for number, one in enumerate([*week, shift(6, 7, 8)]) if number != 3)) == {
        DAYS: 7
    }
    assert broken(shift(7, 7, 8), *week) == {}, "a free day lies between"


@given(
    st.lists(st.tuples(st.integers(0, 200), st.integers(1, 30)), max_size=6), st.integers(0, 200), st.integers(1, 30)
)
def test_the_most_hours_in_a_day_are_those_of_a_search_hour_by_hour(
    others: list[tuple[int, int]], start: int, hours: int
) -> None:
    apart: list[Span] = []
    new = shift(0, start, hours)
    for begin, length in sorted(others):
        one = shift(0, begin, length)
        if all(one.ends_at <= known.starts_at or one.starts_at >= known.ends_at for known in (*apart, new)):
            apart.append(one)
    windows = [MIDNIGHT + timedelta(hours=at) for at in range(-60, 300)]
    searched = max(
        sum(one.within(begin, begin + timedelta(hours=24)) for one in (new, *apart))
        for begin in windows
        if new.within(begin, begin + timedelta(hours=24)) > 0
    )
    assert broken(new, *apart).get(HOURS, searched) == searched
    assert (HOURS in broken(new, *apart)) == (searched > 12)


def test_fatigue_counts_the_last_seven_days_and_the_days_until_today_or_yesterday() -> None:
    now = MIDNIGHT + timedelta(days=7, hours=6)
    worn = fatigue([shift(day, 7, 12) for day in range(7)], now, VIETNAM)
    assert (worn.hours, worn.days_in_a_row, worn.tired) == (84.0, 7, True)
    rested = fatigue([shift(day, 7, 8) for day in (0, 1, 4, 6)], now, VIETNAM)
    assert (rested.hours, rested.days_in_a_row, rested.tired) == (32.0, 1, False)
    assert fatigue([shift(8, 7, 12)], now, VIETNAM).hours == 0, "what is still to come tires nobody yet"
    assert fatigue([], now, VIETNAM, overridden=1).tired


def test_a_gap_is_the_fewest_at_any_moment_of_the_need() -> None:
    need = Need(1, "icu_nurse", 2, shift(0, 7, 12))
    nurse = frozenset({"icu_nurse", "nurse"})
    whole, morning, afternoon = shift(0, 7, 12), shift(0, 6, 6), shift(0, 12, 8)

    def there(*spans: Span, skills: frozenset[str] = nurse) -> list[OnDuty]:
        return [OnDuty(skills, one) for one in spans]

    assert gaps([need], {1: there(whole, morning, afternoon)}) == []
    assert gaps([need], {1: there(whole, morning)}) == [Gap(need, 1)]
    assert gaps([need], {1: there(morning, afternoon)}) == [Gap(need, 1)]
    assert gaps([need], {1: there(whole, whole, skills=frozenset({"nurse"}))}) == [Gap(need, 0)]
    assert gaps([need], {})[0].missing == 2
