"""Numbers, dates, symbols and marks as Decree 30 and Guide 36 print them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.writing import (
    Kind,
    System,
    format_date,
    format_long_date,
    format_number,
    format_number_line,
    format_symbol,
)
from congvan.writing.wording import balanced, clean, listed, point_letter, roman, with_end_mark


@pytest.mark.parametrize(
    ("value", "places", "printed"),
    [
        (1234.5, None, "1.234,5"),
        (1539, None, "1.539"),
        (2.0, None, "2"),
        (99.1234, 1, "99,1"),
        (0, 2, "0,00"),
        (-1234567, None, "-1.234.567"),
    ],
)
def test_numbers_take_full_stops_for_thousands_and_a_comma_for_decimals(value, places, printed):
    assert format_number(value, places) == printed


@given(st.integers())
def test_a_printed_number_says_its_value(value):
    assert int(format_number(value).replace(".", "")) == value


@pytest.mark.parametrize(
    ("day", "printed"),
    [
        (date(2021, 11, 24), "ngày 24 tháng 11 năm 2021"),
        (date(2022, 2, 3), "ngày 03 tháng 02 năm 2022"),
        (date(2022, 1, 10), "ngày 10 tháng 01 năm 2022"),
        (date(2021, 5, 9), "ngày 09 tháng 5 năm 2021"),
    ],
)
def test_long_dates_take_a_leading_zero_for_days_under_ten_and_months_one_and_two(day, printed):
    assert format_long_date(day) == printed


def test_short_dates_are_day_month_year():
    assert format_date(date(2021, 2, 3)) == "03/02/2021"


@pytest.mark.parametrize(
    ("kind", "body", "unit", "system", "symbol"),
    [
        (Kind.DECISION, "UBND", None, System.STATE, "QĐ-UBND"),
        (Kind.URGENT_DISPATCH, "UBND", None, System.STATE, "CĐ-UBND"),
        (Kind.LETTER, "UBND", "VXNV", System.STATE, "UBND-VXNV"),
        (Kind.LETTER, "SYT", None, System.STATE, "SYT"),
        (Kind.LETTER, "TU", None, System.PARTY, "CV/TU"),
        (Kind.DIRECTIVE, "HU", None, System.PARTY, "CT/HU"),
    ],
)
def test_symbols(kind, body, unit, system, symbol):
    assert format_symbol(kind, body, unit, system) == symbol


@pytest.mark.parametrize(
    ("number", "symbol", "system", "line"),
    [
        (15, "QĐ-UBND", System.STATE, "Số: 15/QĐ-UBND"),
        ("2973", "UBND-VXNV", System.STATE, "Số: 2973/UBND-VXNV"),
        (7, "CT-UBND", System.STATE, "Số: 07/CT-UBND"),
        (571, "CV/TU", System.PARTY, "Số 571-CV/TU"),
    ],
)
def test_the_number_line_of_state_and_party(number, symbol, system, line):
    assert format_number_line(number, symbol, system) == line


def test_an_open_number_leaves_room_for_the_pen():
    assert format_number_line(None, "BC-UBND") == "Số:      /BC-UBND"


def test_points_follow_the_vietnamese_alphabet():
    assert "".join(point_letter(place) for place in range(1, 9)) == "abcdđegh"
    letters = [point_letter(place) for place in range(1, 200)]
    assert len(set(letters)) == len(letters)


def test_roman_numerals():
    assert [roman(number) for number in (1, 4, 9, 14, 40, 90, 1990)] == ["I", "IV", "IX", "XIV", "XL", "XC", "MCMXC"]


@pytest.mark.parametrize(
    ("text", "ended"),
    [("thực hiện.", "thực hiện./."), ("thực hiện", "thực hiện./."), ("thực hiện./.", "thực hiện./."), ("", "./.")],
)
def test_the_end_mark_is_printed_once(text, ended):
    assert with_end_mark(text) == ended


def test_lists_end_their_entries_and_close_with_a_full_stop():
    assert listed(["Như trên", "Bộ Y tế;", "Lưu: VT."]) == ["Như trên;", "Bộ Y tế;", "Lưu: VT."]
    assert listed(["Các ban đảng", "Lưu Văn phòng"], ",") == ["Các ban đảng,", "Lưu Văn phòng."]
    assert listed([]) == []


@given(st.text(), st.integers(1, 80))
def test_breaking_a_title_into_lines_keeps_its_words(text, columns):
    assert balanced(text, columns).split() == text.split()


def test_an_issuer_breaks_into_even_lines():
    assert balanced("ỦY BAN NHÂN DÂN TỈNH BẮC KẠN", 24) == "ỦY BAN NHÂN DÂN\nTỈNH BẮC KẠN"


@given(st.text(st.characters(blacklist_categories=("Cs",))))
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)


def test_cleaning_composes_letters_and_drops_what_xml_cannot_hold():
    assert clean("Vie\u0323\u0302t\x00\x1b Nam\r\n\ud800") == "Việt Nam\n"
