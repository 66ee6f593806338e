"""What was known on a day: versions of a sheet's days, delays learned from them, a line list by onset and report."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from phaodai.foresight.models import DailyCount
from phaodai.foresight.models.series import series_of, units_with_counts
from phaodai.foresight.rules.series import LONGEST_DELAY, Found, Source, Told, from_line_list, from_sheet
from phaodai.foundation.scope import SYSTEM, entering
from tests.phaodai.foresight.days import YESTERDAY, growing, tell_days
from tests.world import World

ON = date(2021, 11, 24)
DAY = timedelta(days=1)


def told(day: date, delay: int, cases: int) -> Told:
    return Told(day, day + delay * DAY, cases, 0)


def test_a_later_report_takes_the_place_of_the_first() -> None:
    series = from_sheet([told(ON - 2 * DAY, 0, 4), told(ON - 2 * DAY, 1, 6), told(ON - DAY, 0, 3)], ON)
    assert series.counts.tolist() == [6, 3]
    assert (series.first, series.last) == (ON - 2 * DAY, ON - DAY)
    assert series.triangle is None, "two days teach no delay"


def test_a_day_without_a_report_is_unknown_and_not_zero() -> None:
    series = from_sheet([told(ON - 3 * DAY, 0, 4), told(ON - DAY, 0, 3)], ON)
    assert np.isnan(series.counts[1])


def test_delays_are_learned_from_how_counts_grew() -> None:
    rows = [row for back in range(30, 0, -1) for row in (told(ON - back * DAY, 0, 8), told(ON - back * DAY, 1, 10))]
    triangle = from_sheet([row for row in rows if row.reported_on <= ON], ON).triangle
    assert triangle is not None
    assert triangle[-10, :3].tolist() == [8, 2, 0]
    assert triangle[-1, :2].tolist() == [8, 2], "the report of the morning came"
    assert triangle[-2, :2].tolist() == [8, 2]
    assert np.isnan(triangle[-2, 2]), "what this morning will add to the day before yesterday is not known"


def test_history_sent_in_one_go_teaches_no_delay() -> None:
    rows = [Told(ON - back * DAY, ON, 5, 0) for back in range(60, 0, -1)]
    assert from_sheet(rows, ON).triangle is None


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 20), st.integers(0, 50)), min_size=20, max_size=80))
def test_a_triangle_never_holds_what_was_not_known(reports: list[tuple[int, int, int]]) -> None:
    rows = sorted(
        {(back, delay): Told(ON - (back + 1) * DAY, ON - (back + 1) * DAY + delay * DAY, cases, 0)
         for back, delay, cases in reports if delay <= back + 1}.values(),
        key=lambda row: (row.day, row.reported_on),
    )  # fmt: skip
    if not rows:
        return
    series = from_sheet(rows, ON)
    if series.triangle is None:
        return
    known = series.triangle[-len(series.counts) :]
    assert (np.nan_to_num(series.triangle) >= 0).all()
    sums = np.nansum(known, axis=1)
    first_late = np.isnan(known[:, 0])
    reported = ~np.isnan(series.counts[-len(known) :])
    assert (sums[reported & ~first_late] == series.counts[-len(known) :][reported & ~first_late]).all()


def test_a_line_list_counts_by_onset_and_leaves_imported_cases_apart() -> None:
    found = [Found(ON - 5 * DAY, ON - 3 * DAY, imported=False) for _one in range(20)]
    found += [Found(ON - 4 * DAY, ON - 4 * DAY, imported=True)]
    series = from_line_list(found, ON, left_out=2)
    assert (series.source, series.left_out) == (Source.LINE_LIST, 2)
    assert series.counts.tolist() == [20, 0, 0, 0, 0]
    assert series.imported.tolist() == [0, 1, 0, 0, 0]
    assert series.triangle is not None
    assert series.triangle[-5, 2] == 20
    assert series.triangle.shape[1] == LONGEST_DELAY + 1


@pytest.mark.django_db
def test_the_sheet_goes_before_the_line_list(world: World, story: object) -> None:
    with entering(SYSTEM):
        before = series_of(world.units["98001"], ON)
    assert before is not None
    assert before.source == Source.LINE_LIST, "the story has a case in this commune"
    tell_days(world, "98001", growing(30))
    with entering(SYSTEM):
        series = series_of(world.units["98001"], ON)
    assert series is not None
    assert (series.source, len(series.counts)) == (Source.SHEET, 81), "the story's report of September is its first row"


@pytest.mark.django_db
def test_as_of_a_day_nothing_later_is_known(world: World) -> None:
    tell_days(world, "980", growing(30), late=True)
    with entering(SYSTEM):
        past = series_of(world.units["980"], ON - 7 * DAY)
        DailyCount.objects.filter(reported_on__gt=ON - 7 * DAY).delete()
        cut = series_of(world.units["980"], ON - 7 * DAY)
    assert past is not None
    assert cut is not None
    assert past.last == YESTERDAY - 7 * DAY
    np.testing.assert_array_equal(past.counts, cut.counts)


@pytest.mark.django_db
def test_every_unit_with_counts_is_found(world: World, story: object) -> None:
    """The story's two cases count in their communes, districts and province; a sheet adds its unit."""
    tell_days(world, "98002", growing(30))
    with entering(SYSTEM):
        codes = [unit.code for unit in units_with_counts(world.units["98"].pk, ON)]
    assert codes[0] == "98"
    assert set(codes) == {"98", "980", "981", "98001", "98002", "98101"}
