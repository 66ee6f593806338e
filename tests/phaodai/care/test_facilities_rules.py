"""Beds, filling, oxygen and planned beds, against figures reckoned by hand or by simulation."""

from datetime import date, datetime, timedelta
from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from phaodai.care.rules.facilities import BedCount, Counted, Reserve, joined
from phaodai.care.rules.facilities_filling import fills_on
from phaodai.care.rules.oxygen import Breathing, Source, oxygen_left
from phaodai.care.rules.upgrades import Planned, capacity_by_day

NOW = datetime.fromisoformat("2021-11-24T06:40+07:00")
TODAY = NOW.date()


def test_free_beds_leave_the_reserve_and_the_bucket_out() -> None:
    ward = BedCount(beds=40, used=12, held=10, cleaning=3)
    assert (ward.free, ward.occupancy) == (15, 0.3)
    assert BedCount(beds=4, used=6).free == 0, "two on extra mattresses make no bed free"
    assert BedCount().occupancy is None


def test_a_sum_is_as_old_as_its_oldest_part_and_of_unknown_age_with_a_part_never_counted() -> None:
    fresh = Counted({"icu": BedCount(8, 6)}, NOW - timedelta(hours=1))
    old = Counted({"icu": BedCount(4, 4), "plain": BedCount(30, 2)}, NOW - timedelta(hours=30))
    both = joined([fresh, old])
    assert (both.of("icu"), both.all.beds, both.counted_at) == (BedCount(12, 10), 42, old.counted_at)
    assert (fresh.is_old(NOW), both.is_old(NOW)) == (False, True)
    assert joined([fresh, Counted()]).counted_at is None
    assert Counted().is_old(NOW)


def test_the_reserve_is_rounded_up_and_unknown_without_a_rule() -> None:
    assert (Reserve(0.4, 101, 12).asked, Reserve(0.4, 101, 12).missing) == (41, 29)
    assert Reserve(0.4, 5, 2).missing == 0, "0.4 times 5 is 2, not 3 by a slip of binary fractions"
    assert (Reserve(None, 100, 0).asked, Reserve(None, 100, 0).missing) == (None, 0)


def test_beds_fill_when_those_who_come_outnumber_those_who_leave() -> None:
    """By hand: stays of 10 days keep exp(-1/10) = 0.9048 a day; 60, then 69.3, 77.7, 85.3, 92.2, 98.4, 104.0 with 15 a day."""
    found = fills_on(today=TODAY, occupied=60, capacity=100, arrivals_by_day=[15.0] * 12, mean_stay=10)
    assert [round(one.middle, 1) for one in found.days[:7]] == [60.0, 69.3, 77.7, 85.3, 92.2, 98.4, 104.0]
    assert found.likely == TODAY + timedelta(days=6)
    assert found.earliest is not None
    assert found.likely is not None
    assert found.earliest < found.likely
    assert not found.full_now


def test_beds_that_empty_never_fill_and_planned_beds_put_the_day_off() -> None:
    emptying = fills_on(today=TODAY, occupied=90, capacity=100, arrivals_by_day=[2.0] * 28, mean_stay=10)
    assert (emptying.likely, emptying.latest) == (None, None)
    more = [100] * 4 + [140] * 9
    later = fills_on(today=TODAY, occupied=60, capacity=more, arrivals_by_day=[15.0] * 12, mean_stay=10)
    assert later.likely is None, "with 15 a day for 10 days never more than about 158 lie there, after 12 days 125"
    full = fills_on(today=TODAY, occupied=10, capacity=10, arrivals_by_day=[1.0], mean_stay=10)
    assert full.full_now
    assert full.likely == TODAY


@given(
    occupied=st.integers(0, 200),
    arrivals=st.lists(st.floats(0, 40), min_size=1, max_size=28),
    mean_stay=st.floats(1, 40),
    capacity=st.integers(0, 300),
)
def test_the_earliest_day_never_comes_after_the_latest(
    occupied: int, arrivals: list[float], mean_stay: float, capacity: int
) -> None:
    found = fills_on(today=TODAY, occupied=occupied, capacity=capacity, arrivals_by_day=arrivals, mean_stay=mean_stay)
    days = [(one or date.max) for one in (found.earliest, found.likely, found.latest)]
    assert days == sorted(days)
    assert all(one.low <= one.middle <= one.high for one in found.days)


def test_the_interval_holds_19_of_20_simulated_wards() -> None:
    """Wards with Poisson arrivals and exponential stays, drawn 4,000 times: the share outside the interval after 10 days."""
    draw, stays = np.random.default_rng(20211124), np.exp(-1 / 12)
    lying = np.full(4000, 80)
    for _day in range(10):
        lying = draw.binomial(lying, stays) + draw.poisson(9.0, 4000)
    found = fills_on(today=TODAY, occupied=80, capacity=200, arrivals_by_day=[9.0] * 10, mean_stay=12).days[-1]
    inside = np.mean((lying >= found.low) & (lying <= found.high))
    assert 0.93 <= inside <= 0.975
    assert lying.mean() == pytest.approx(found.middle, rel=0.01)


def test_what_makes_no_sense_is_refused() -> None:
    for wrong in ({"mean_stay": 0}, {"occupied": -1}, {"capacity": [5]}, {"arrivals_by_day": [-1.0]}):
        values = {"today": TODAY, "occupied": 1, "capacity": 5, "arrivals_by_day": [1.0], "mean_stay": 7.0} | wrong
        with pytest.raises(ValueError, match=r"is|are"):
            fills_on(**values)  # type: ignore[arg-type]


def test_oxygen_lasts_as_long_as_the_cylinders_beside_the_line() -> None:
    """20 cylinders of 6,000 litres; 10 patients at 10 and 2 at 30 litres a minute breathe 160 a minute, the line makes 100."""
    store = [Source(20 * 6000, 0, NOW), Source(0, 100, NOW - timedelta(hours=1))]
    left = oxygen_left(store, Breathing(10, 2), NOW - timedelta(hours=1))
    assert left is not None
    assert left.hours is not None
    assert (left.an_hour, left.made_an_hour) == (9600, 6000)
    assert left.hours == pytest.approx(120000 / 3600)
    assert not left.alarm
    later = oxygen_left(store, Breathing(10, 2), NOW + timedelta(hours=20))
    assert later is not None
    assert later.hours == pytest.approx(120000 / 3600 - 21), "an hour before the count of the line too"
    assert later.alarm


def test_oxygen_that_nobody_draws_does_not_run_out_and_an_unknown_store_is_unknown() -> None:
    assert oxygen_left([], Breathing(5, 0), NOW) is None
    idle = oxygen_left([Source(6000, 0, NOW)], Breathing(0, 0), NOW + timedelta(days=9))
    assert idle is not None
    assert (idle.hours, idle.alarm, idle.litres) == (None, False, 6000)
    empty = oxygen_left([Source(600, 0, NOW)], Breathing(1, 0), NOW + timedelta(hours=9))
    assert empty is not None
    assert (empty.hours, empty.litres) == (0, 0)
    assert empty.alarm


@given(st.integers(0, 60), st.integers(0, 20), st.integers(0, 10**6), st.floats(0, 100))
def test_oxygen_never_grows_while_time_passes(on_oxygen: int, in_icu: int, litres: int, hours: float) -> None:
    store, breathing = [Source(litres, 0, NOW)], Breathing(on_oxygen, in_icu)
    now, later = (oxygen_left(store, breathing, NOW + timedelta(hours=one)) for one in (0, hours))
    assert now is not None
    assert later is not None
    assert later.litres <= now.litres
    assert (inf if later.hours is None else later.hours) <= (inf if now.hours is None else now.hours)


def test_planned_beds_come_on_their_day_and_late_ones_tomorrow_at_the_earliest() -> None:
    plans = [
        Planned(TODAY + timedelta(days=2), "oxygen", 20, from_kind="plain"),
        Planned(TODAY - timedelta(days=3), "icu", 5),
    ]
    assert capacity_by_day(100, plans, TODAY, 3) == [100, 105, 105, 105]
    assert capacity_by_day(30, plans, TODAY, 3, "oxygen") == [30, 30, 50, 50]
    assert capacity_by_day(10, plans, TODAY, 3, "plain") == [10, 10, 0, 0]
