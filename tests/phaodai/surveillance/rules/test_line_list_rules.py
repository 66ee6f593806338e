"""Cells, headers, identities and links of line lists, by the words that they come in."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phaodai.surveillance.rules.checks import doubt_of
from phaodai.surveillance.rules.dates import DateForm, Impossible, date_form, read_day, read_moment
from phaodai.surveillance.rules.headers import propose, signature
from phaodai.surveillance.rules.links import cases_named, number_key, without_loops
from phaodai.surveillance.rules.values import Reader

TODAY = date(2021, 11, 24)
DAYS = DateForm(latest=TODAY)
WRITTEN = {
    "05/01/2021": date(2021, 1, 5), "5.1.2021": date(2021, 1, 5), "2021-01-05": date(2021, 1, 5),
    "2021/1/5": date(2021, 1, 5),
    "20210105": date(2021, 1, 5), "44201": date(2021, 1, 5), "44201.5": date(2021, 1, 5), "Jan 5": date(2021, 1, 5),
    "5-Jan-21": date(2021, 1, 5), "5 January 2021": date(2021, 1, 5), "January 5th, 2021": date(2021, 1, 5),
    "ngày 5 tháng 1 năm 2021": date(2021, 1, 5), "5/1": date(2021, 1, 5), "25/12": date(2020, 12, 25),
    "13/1/21": date(2021, 1, 13),
    "01/25/2021": date(2021, 1, 25), "2021년 1월 5일": date(2021, 1, 5), "Thứ Hai, 04/01/2021": date(2021, 1, 4),
    "2021-01-05T07:30:00Z": date(2021, 1, 5), "07:30 05/01/2021": date(2021, 1, 5),
}  # fmt: skip


@pytest.mark.parametrize("text", WRITTEN)
def test_days_as_people_write_them(text: str) -> None:
    found = read_moment(text, DAYS)
    assert found is not None
    assert found[0] == WRITTEN[text]


@given(
    st.dates(date(2000, 1, 1), TODAY), st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d %b %Y", "%B %d, %Y"])
)
def test_every_day_is_read_back(day: date, form: str) -> None:
    assert read_day(day.strftime(form), DAYS) == day


@given(st.text(max_size=30))
def test_no_text_breaks_the_readers(text: str) -> None:
    for kind in ("date", "age", "sex", "birth_date", "year", "outcome", "setting", "origin", "id", "phone", "name"):
        Reader(kind, DAYS).read(text)
    cases_named(text, {"tj1": "TJ1"})


def test_the_month_stands_where_the_column_says() -> None:
    assert date_form(["02/03/2021", "02/25/2021"], TODAY).month_first
    assert not date_form(["02/03/2021", "25/02/2021"], TODAY).month_first
    with pytest.raises(Impossible) as caught:
        read_day("31/11/2021", DAYS)
    assert caught.value.nearest == date(2021, 11, 30)
    assert read_moment("07:30 05/01/2021", DAYS) == (date(2021, 1, 5), time(7, 30))
    assert read_day("Mid-January", DAYS) is None


AGES = {
    "50s": "55.0", "0s": "5.0", "34": "34.0", "0.5": "0.5", "0,5": "0.5", "5 months": "0.4", "6 tháng": "0.5", "60-69": "65.0",
    "<1": "1.0", "85+": "85.0", "34 tuổi": "34.0", "3 weeks": "0.1", "100s": "105.0",
}  # fmt: skip


@pytest.mark.parametrize("text", AGES)
def test_ages(text: str) -> None:
    assert Reader("age").read(text).value == Decimal(AGES[text])


def test_words_of_sex_and_of_what_is_not_known() -> None:
    read = Reader("sex").read
    assert {text: read(text).value for text in ("Nam", "nu", "NỮ", "남", "female", "M", "女", "Gái")} == {
        "Nam": "M", "nu": "F", "NỮ": "F", "남": "M", "female": "F", "M": "M", "女": "F", "Gái": "F",
    }  # fmt: skip
    for text in ("NA", "n/a", "-", "?", "unknown", "Chưa rõ", " . "):
        assert (read(text).value, read(text).kept) == (None, False)
    assert read("third").kept
    silent = Reader("date", DAYS).read("Asymptomatic")
    assert (silent.value, silent.kept, silent.also) == (None, True, {"severity": "asymptomatic"})


def test_a_list_as_the_platform_shows_it_brings_no_names() -> None:
    assert Reader("name").read("P.T.L. 1969").value is None
    assert Reader("name").read("Phạm  Thị Lan").value == "Phạm Thị Lan"


def test_columns_by_name_and_by_what_stands_below() -> None:
    found = propose(
        {"Classification*": ["Imported case", "Local case"], "Case status*": ["Confirmed", "Probable"], "ID": ["A1", "A2"],
         "Infection Source": ["A1", ""], "Contact_Number": ["75", "31"], "q": ["nam", "nữ"]},
        today=TODAY,
    )  # fmt: skip
    assert {header: one.field for header, one in found.items()} == {
        "Classification*": "origin", "Case status*": "classification", "ID": "code", "Infection Source": "source", "q": "sex",
    }  # fmt: skip
    assert not found["q"].sure
    assert signature(["Mã  ca", "TUỔI"]) == signature(["ma ca", "tuoi"]) != signature(["tuoi", "ma ca"])


KNOWN = {number_key(code): code for code in ("TJ3", "TJ-5", "TJ6", "SK_14", "12", "8", "1000000001")}
NAMED = {
    "Wuhan, affect by TJ3": ["TJ3"], "TJ5; TJ6": ["TJ-5", "TJ6"],
    "case TJ6 (family)": ["TJ6"], "tj 3": ["TJ3"], "sk14": ["SK_14"],
    "12": ["12"], "8, 12": ["8", "12"], "12 people at the home of case 8": ["8"], "visited on 12 January": [], "": [],
    "1000000001, 9": ["1000000001"], "family of 1000000001": ["1000000001"],
    "TJ3/TJ6": ["TJ3", "TJ6"], "ca 8 và 12": ["8", "12"],
}  # fmt: skip


@pytest.mark.parametrize("text", NAMED)
def test_cases_named_in_a_cell(text: str) -> None:
    assert cases_named(text, KNOWN) == NAMED[text]


@given(
    st.lists(st.tuples(st.sampled_from("ABCDEF"), st.sampled_from("ABCDEF")).filter(lambda ends: ends[0] != ends[1]))
)
def test_what_is_kept_holds_no_loop_and_what_is_left_out_would(links: list[tuple[str, str]]) -> None:
    kept, loops = without_loops(list(dict.fromkeys(links)))
    assert len(kept) + len(loops) == len(set(links))
    ahead = {source: {target for start, target in kept if start == source} for source in "ABCDEF"}

    def reached(start: str, seen: frozenset[str]) -> bool:
        return any(there in seen or reached(there, seen | {there}) for there in ahead[start])

    assert not any(reached(start, frozenset(start)) for start in "ABCDEF")
    assert all(loop[0] == loop[-1] for loop in loops)


def moment(day: date) -> datetime:
    return datetime.combine(day, time(0))


def test_doubts_name_the_cell_to_mend() -> None:
    row = {"code": "A", "onset_on": date(2021, 11, 10), "died_on": date(2021, 11, 5)}
    found = doubt_of(row, today=TODAY)
    assert found is not None
    assert (found.field, found.code) == ("onset_on", "onset-after-death")
    assert doubt_of({"code": "A", "positive_at": moment(TODAY)}, today=TODAY) is None
    assert doubt_of({"code": "A", "birth_year": 2021, "onset_on": date(2021, 1, 1)}, today=TODAY) is None
