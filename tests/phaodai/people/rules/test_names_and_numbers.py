"""Names as different hands write them, identity cards, and what makes two records of one person."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phaodai.people.rules.identities import NotAnIdentity, card_text, identity_number, phone_number
from phaodai.people.rules.likeness import PROPOSED, Record, compare
from phaodai.people.rules.names import likeness, name_key

ALIKE = [
    ("Nguyễn Thị Thúy Lý", "NGUYEN THI THUY LI"), ("Nguyễn Văn An", "An Nguyễn Văn"), ("Lê Thị Hoà", "Lê Thị Hòa"),
    ("Nguyễn Thị Lan", "Nguyễn Lan"), ("Ng. V. An", "Nguyễn Văn An"), ("Trần Văn Sáng", "Chần Văn Xáng"),
    ("Nguyễn Văn Năm", "Nguyễn Văn Lăm"),
]  # fmt: skip
UNLIKE = [
    ("Nguyễn Văn An", "Nguyễn Văn Anh"), ("Nguyễn Thị Lan", "Trần Thị Lan"), ("Lê Văn Hùng", "Lê Thị Hùng"), ("", "Lê A"),
    ("Nguyễn Văn Minh", "Nguyễn Minh Văn Đức"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_one_name(one: str, other: str) -> None:
    assert likeness(one, other) > 0.7
    assert likeness(one, other) == likeness(other, one)


@pytest.mark.parametrize(("one", "other"), UNLIKE)
def test_two_names(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one) == 0.0


@given(st.permutations(["Nguyễn", "Thị", "Thúy", "Lý"]))
def test_the_key_holds_for_every_order(words: list[str]) -> None:
    assert name_key(" ".join(words)) == "li nguien thi thui"


GOOD = "001091012345"
BAD = {"00109101234": "length", "999091012345": "province", "001092012345": "year", "001191012345": "sex"}


def test_an_identity_number_says_what_its_holder_does() -> None:
    assert identity_number("001 091 012345", sex="M", birth_year=1991) == GOOD
    assert identity_number("1091012345", sex="M", birth_year=1991) == GOOD
    assert identity_number("012345678") == "012345678"


@pytest.mark.parametrize("number", BAD)
def test_numbers_that_are_none_of_this_person(number: str) -> None:
    with pytest.raises(NotAnIdentity) as caught:
        identity_number(number, sex="M" if len(number) == 12 else "", birth_year=1991 if len(number) == 12 else None)
    assert caught.value.reason == BAD[number]


def test_the_qr_of_a_card() -> None:
    told = card_text("001091012345|012345678|Sùng A Páo|05051991|Nam|Thôn Thượng, Tân Lộc|01072021")
    assert (told.card.number, told.old_number, told.full_name, told.sex) == (GOOD, "012345678", "Sùng A Páo", "M")
    assert (told.birth_date, told.issued_on) == (date(1991, 5, 5), date(2021, 7, 1))
    for wrong in ("hello", "001091012345||A|05051992|Nam|x", "001091012345||A|05051991|Nữ|x", "1|2|3|4|5|6"):
        with pytest.raises(NotAnIdentity):
            card_text(wrong)


@given(st.text(max_size=80).filter(lambda text: text.count("|") < 5))
def test_any_other_text_is_no_card(text: str) -> None:
    with pytest.raises(NotAnIdentity):
        card_text(text)


def test_telephones() -> None:
    assert phone_number("+84 912.345.678") == phone_number("0912345678") == phone_number("912345678") == "0912345678"
    assert phone_number("75") == ""


def score(one: Record, other: Record) -> float:
    return compare(one, other, name_share=1e-4, persons=200_000).score


def test_what_makes_one_person() -> None:
    base = Record("Nguyễn Thị Lan", "F", 1980, date(1980, 3, 12), "0912345678", "", 7, 1)
    assert score(base, Record("Nguyen Thi Lan", "F", 1980, date(1980, 3, 12), "", "", 9)) >= PROPOSED
    assert score(base, Record("Nguyễn Lan", "", 1980, None, "0912345678", "", 7)) >= PROPOSED
    assert score(base, Record("Nguyễn Thị Lan", "F", 1980, None, "", "", 9)) < PROPOSED
    assert score(base, Record("Nguyễn Thị Lan", "M", 1955, date(1955, 3, 12), "", "", 7)) < PROPOSED
    assert score(base, Record("Nguyễn Thị Linh", "F", 1980, date(1980, 3, 12), "0912345678", "", 7, 1)) == 0.0
    numbered = Record("Nguyễn Thị Lan", "F", 1980, date(1980, 3, 12), "", "001180000001", 7)
    assert score(numbered, Record("Nguyễn Thị Lan", "F", 1980, date(1980, 3, 12), "", "001180000002", 7)) < PROPOSED
