"""Dates, numbers and names as Vietnamese offices write, order and look them up."""

import random
import unicodedata
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phaodai.foundation import formats
from phaodai.foundation.clock import VIETNAM

THE_DAY = date(2021, 11, 24)
MORNING = datetime(2021, 11, 24, 6, 40, tzinfo=VIETNAM)
WORDS = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậắằẳẵặéèẻẽẹ", min_size=1, max_size=7)


@pytest.mark.parametrize(
    ("function", "vietnamese", "english"),
    [
        (formats.day, "24/11/2021", "24 Nov 2021"),
        (formats.short_day, "24/11", "24 Nov"),
        (formats.weekday, "T4", "Wed"),
        (formats.weekday_and_day, "T4 24/11/2021", "Wed 24 Nov 2021"),
    ],
)
def test_days_are_written_in_both_languages(function: object, vietnamese: str, english: str) -> None:
    assert callable(function)
    assert (function(THE_DAY), function(THE_DAY, "en")) == (vietnamese, english)


def test_weekdays_run_from_t2_to_cn() -> None:
    week = [THE_DAY + timedelta(days) for days in range(-2, 5)]
    assert [formats.weekday(each) for each in week] == ["T2", "T3", "T4", "T5", "T6", "T7", "CN"]
    assert formats.weekday(date(2021, 11, 28), long=True) == "Chủ nhật"
    assert formats.weekday(date(2021, 11, 28), "en", long=True) == "Sunday"


def test_a_moment_read_from_the_database_is_written_on_vietnams_clock() -> None:
    stored = datetime(2021, 11, 23, 23, 40, tzinfo=UTC)
    assert formats.moment(stored) == "06:40 24/11/2021"
    assert formats.as_of(stored, "en") == "06:40, Wed 24 Nov 2021"
    assert formats.short_day(stored) == "24/11"


def test_moments_keep_the_leading_zero() -> None:
    assert formats.clock(MORNING) == "06:40"
    assert formats.moment(MORNING) == "06:40 24/11/2021"
    assert formats.moment(MORNING, "en") == "06:40, 24 Nov 2021"
    assert formats.as_of(MORNING) == "06:40, T4 24/11/2021"
    assert formats.as_of(MORNING, "en") == "06:40, Wed 24 Nov 2021"


@pytest.mark.parametrize(
    ("duration", "vietnamese", "english"),
    [
        (timedelta(seconds=20), "dưới 1 phút", "under a minute"),
        (timedelta(minutes=1), "1 phút", "1 minute"),
        (timedelta(minutes=59, seconds=59), "59 phút", "59 minutes"),
        (timedelta(hours=1), "1 giờ", "1 hour"),
        (timedelta(hours=36), "36 giờ", "36 hours"),
        (timedelta(hours=47, minutes=59), "47 giờ", "47 hours"),
        (timedelta(hours=48), "2 ngày", "2 days"),
        (timedelta(days=400), "400 ngày", "400 days"),
        (-timedelta(hours=19), "19 giờ", "19 hours"),
    ],
)
def test_spans_say_the_largest_unit_in_full_words(duration: timedelta, vietnamese: str, english: str) -> None:
    assert (formats.span(duration), formats.span(duration, "en")) == (vietnamese, english)


def test_ago_and_time_left() -> None:
    assert formats.ago(MORNING - timedelta(days=2), MORNING) == "2 ngày trước"
    assert formats.ago(MORNING - timedelta(days=2), MORNING, "en") == "2 days ago"
    assert formats.ago(MORNING, MORNING) == "vừa xong"
    assert formats.ago(MORNING, MORNING, "en") == "just now"
    assert formats.ago(MORNING + timedelta(hours=1), MORNING) == "07:40 24/11/2021"
    assert formats.time_left(MORNING + timedelta(days=4), MORNING) == "còn 4 ngày"
    assert formats.time_left(MORNING - timedelta(hours=19), MORNING) == "trễ 19 giờ"
    assert formats.time_left(MORNING + timedelta(days=4), MORNING, "en") == "4 days left"
    assert formats.time_left(MORNING - timedelta(hours=19), MORNING, "en") == "19 hours late"


@pytest.mark.parametrize(
    ("value", "places", "vietnamese", "english"),
    [
        (1234.5, None, "1.234,5", "1,234.5"),
        (0, None, "0", "0"),
        (1_000_000, 0, "1.000.000", "1,000,000"),
        (2.345, 2, "2,35", "2.35"),  # half up on the written digits, not on the binary fraction
        (0.5, 0, "1", "1"),
        (-1234.5, 1, "−1.234,5", "−1,234.5"),
        (-0.04, 1, "0,0", "0.0"),
        (Decimal("12.30"), None, "12,30", "12.30"),
        (1e16, None, "10.000.000.000.000.000", "10,000,000,000,000,000"),
    ],
)
def test_numbers(value: formats.Number, places: int | None, vietnamese: str, english: str) -> None:
    assert formats.number(value, places) == vietnamese
    assert formats.number(value, places, "en") == english


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_not_written(value: float) -> None:
    with pytest.raises(ValueError, match="Not a number"):
        formats.number(value)


def test_percentages_intervals_and_quantities() -> None:
    assert formats.percent(0.7682) == "76,8%"
    assert formats.percent(0.7682, language="en") == "76.8%"
    assert formats.percent(1) == "100%"
    assert formats.percent(0.92) == "92%"
    assert formats.percent(0.00049, 1) == "0,0%"
    assert formats.interval(1.06, 1.31) == "1,06–1,31"
    assert formats.quantity(1500, "m³") == "1.500\u00a0m³"


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=3))
def test_a_written_number_reads_back(value: Decimal) -> None:
    written = formats.number(value)
    assert Decimal(written.replace(".", "").replace(",", ".").replace("−", "-")) == value


def test_names_sort_by_given_name_then_family_name() -> None:
    names = [
        "Trần Thị An",
        "Nguyễn Văn Ánh",
        "Bùi Thị Ăn",
        "Lê Văn Ân",
        "Đặng Văn Bình",
        "Dương Văn Bình",
        "Nguyễn Thị Bình",
        "Nguyễn Văn Bình",
        "Đỗ Cường",
        "Cao Thị Dung",
        "Cao Thị Đào",
        "Hà Thị Yến",
    ]
    expected = [
        "Trần Thị An",
        "Nguyễn Văn Ánh",
        "Bùi Thị Ăn",
        "Lê Văn Ân",
        "Dương Văn Bình",
        "Đặng Văn Bình",
        "Nguyễn Thị Bình",
        "Nguyễn Văn Bình",
        "Đỗ Cường",
        "Cao Thị Dung",
        "Cao Thị Đào",
        "Hà Thị Yến",
    ]
    random.Random("names").shuffle(names)
    assert sorted(names, key=formats.sort_key) == expected


def test_tones_follow_the_order_of_the_dictionary_after_all_letters() -> None:
    words = ["ma", "mà", "mả", "mã", "má", "mạ", "mai", "mă", "mâ", "mằ"]
    assert sorted(words, key=formats.sort_key) == ["ma", "mà", "mả", "mã", "má", "mạ", "mai", "mă", "mằ", "mâ"]


def test_letters_that_vietnamese_tells_apart_come_in_its_order() -> None:
    letters = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")
    assert sorted(letters, key=formats.sort_key) == letters


@given(WORDS, WORDS)
def test_the_key_does_not_care_about_case_or_unicode_form(first: str, second: str) -> None:
    name = f"{first} {second}"
    key = formats.sort_key(name)
    assert formats.sort_key(name.upper()) == key
    assert formats.sort_key(unicodedata.normalize("NFD", name)) == key
    assert key.isascii()


@given(WORDS, WORDS, WORDS)
def test_a_shorter_given_name_comes_first(given_name: str, more: str, family: str) -> None:
    assert formats.sort_key(f"{family} {given_name}") < formats.sort_key(f"{family} {given_name}{more}")


def test_foreign_letters_and_digits_have_a_place() -> None:
    assert sorted(["Tổ 3", "Tổ 10", "Müller Zoë"], key=formats.sort_key)[-1] == "Müller Zoë"
    assert formats.sort_key("") == ""


@pytest.mark.parametrize(
    ("written", "folded"),
    [("Đặng  Văn Khoá", "dang van khoa"), ("TÂN LỘC", "tan loc"), ("Phường Ơ Ư", "phuong o u"), ("", "")],
)
def test_search_ignores_accents_case_and_spaces(written: str, folded: str) -> None:
    assert formats.fold(written) == folded
    assert formats.fold(unicodedata.normalize("NFD", written)) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    once = formats.fold(text)
    assert formats.fold(once) == once


def test_a_masked_person_shows_initials_without_tones() -> None:
    assert formats.initials("Phạm Thị Lan") == "P.T.L."
    assert formats.initials("Ấu Đình Ổn") == "Â.Đ.Ô."
    assert formats.masked("Phạm Thị Lan", 1969, "nữ") == "P.T.L. 1969, nữ"
    assert formats.masked("Phạm Thị Lan") == "P.T.L."
