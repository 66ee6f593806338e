from datetime import date

import numpy as np
import pytest

from epidemic.incidence import SeriesError, parse_day, read_incidence


def test_a_date_and_a_count_column_are_enough() -> None:
    series = read_incidence("dates,I\n2009-04-27,1\n2009-04-28,0\n2009-04-29,4\n")
    assert series.locations == ("",)
    assert series.dates[0].item() == date(2009, 4, 27)
    np.testing.assert_array_equal(series.counts[:, 0], [1, 0, 4])
    assert series.imported is None
    assert series.step == 1


def test_places_may_come_long_or_wide() -> None:
    long = read_incidence("location,date,cases\nAn,2021-05-01,1\nBắc,2021-05-01,2\nAn,2021-05-02,3\nBắc,2021-05-02,4\n")
    wide = read_incidence("date,An,Bắc\n2021-05-01,1,2\n2021-05-02,3,4\n")
    assert long.locations == wide.locations == ("An", "Bắc")
    np.testing.assert_array_equal(long.counts, wide.counts)


@pytest.mark.parametrize(
    "header",
    [
        *("Ngày;Số ca mắc;Tỉnh", "date;value;location_name", "week_end;new_cases;place"),
        *("when;how many;where", "report_date;count;district"),
    ],
)
def test_columns_are_found_by_name_or_by_what_they_hold(header: str) -> None:
    series = read_incidence(f"\ufeff{header}\n01/05/2021;12;Huế\n02/05/2021;;Huế\n03/05/2021;7;Huế\n")
    assert series.locations == ("Huế",)
    np.testing.assert_array_equal(series.counts[:, 0], [12, np.nan, 7])
    assert series.dates[-1].item() == date(2021, 5, 3)


def test_known_names_win_over_other_columns() -> None:
    series = read_incidence("location,location_name,date,value,population\nVN-1,Một,2021-05-01,5,100\n")
    assert series.locations == ("VN-1",)
    np.testing.assert_array_equal(series.counts, [[5]])


def test_local_and_imported_cases_add_up() -> None:
    series = read_incidence("dates,local,imported\n2015-01-01,0,2\n2015-01-02,3,1\n")
    assert series.imported is not None
    np.testing.assert_array_equal(series.counts[:, 0], [2, 4])
    np.testing.assert_array_equal(series.imported[:, 0], [2, 1])


def test_absent_days_are_not_zero() -> None:
    series = read_incidence("date,cases\n2021-05-01,5\n2021-05-04,6\n")
    np.testing.assert_array_equal(series.counts[:, 0], [5, np.nan, np.nan, 6])


def test_rows_a_week_apart_are_weekly_counts() -> None:
    series = read_incidence("date,cases\n2021-05-01,5\n2021-05-08,6\n2021-05-22,7\n")
    assert series.step == 7
    np.testing.assert_array_equal(series.counts[:, 0], [5, 6, np.nan, 7])


def test_rows_after_the_day_are_not_even_read() -> None:
    past = "date,location,cases\n2021-05-01,An,1\n2021-05-02,An,2\n"
    later = past + "2021-05-03,An,many\n2021-05-03,Bắc,9\n2021-05-03,Bắc,9\n"
    until = date(2021, 5, 2)
    assert read_incidence(later, until=until).locations == ("An",)
    np.testing.assert_array_equal(read_incidence(later, until=until).counts, read_incidence(past).counts)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty"),
        ("date,cases\n", "no row"),
        ("a,b\nx,1\n", "name one 'date'"),
        ("date,cases\n2021-13-01,1\n", "line 2: '2021-13-01' is no date"),
        ("date,cases\n2021-05-01,1\n2021-05-02,many\n", "line 3: 'many' is no count"),
        ("date,cases\n2021-05-01,1\n2021-05-01,2\n", "line 3 gives 2021-05-01 a second time"),
        ("date,cases\n2021-05-01\n", "line 2 has 1 cells"),
        ("date,x,y,location\n2021-05-01,1,2,An\n", "name it 'cases'"),
        ("date,cases\n2021-05-01,inf\n", "is no count"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(text: str, message: str) -> None:
    with pytest.raises(SeriesError, match=message) as refusal:
        read_incidence(text)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    "text", ["2021-05-08", "08/05/2021", "8/5/2021", "2021/05/08", "20210508", "2021-05-08T07:00:00"]
)
def test_days_are_read_as_people_write_them(text: str) -> None:
    assert parse_day(text) == date(2021, 5, 8)
