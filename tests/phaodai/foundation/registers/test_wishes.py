"""What an address asks of a list: anything may stand there, and what is not understood is left out."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from phaodai.foundation.asked import LARGEST, row_ids, whole
from phaodai.foundation.formats import fold
from phaodai.foundation.registers.listing import wish_of
from phaodai.foundation.registers.showing import address
from phaodai.site.registers import REGISTERS

registers = st.sampled_from(REGISTERS)


@given(registers, st.text())
def test_any_query_string_is_read(register: object, text: str) -> None:
    query = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    wish = wish_of(register, QueryDict(query))  # type: ignore[arg-type]
    assert 1 <= wish.page < 10**6


@given(registers, st.dictionaries(st.sampled_from(("q", "xep", "trang", "xem", "cap", "loai", "gioi")), st.text()))
def test_any_values_are_read(register: object, values: dict[str, str]) -> None:
    query = QueryDict(mutable=True)
    query.update(values)
    wish = wish_of(register, query)  # type: ignore[arg-type]
    assert set(wish.filters) <= {one.name for one in register.filters}  # type: ignore[attr-defined]
    assert "\0" not in fold(wish.search)


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs")), max_size=10)


@given(registers, WORDS, WORDS, st.integers(1, 10**6 - 1))
def test_an_address_says_what_was_asked(register: object, search: str, chip: str, page: int) -> None:
    """Filters, search, order and page survive the way into an address and back."""
    names = [one.name for one in register.filters]  # type: ignore[attr-defined]
    query = QueryDict(mutable=True)
    query.update({"q": search, "xep": "-deadline", "trang": str(page)} | dict.fromkeys(names, chip))
    wish = wish_of(register, query)  # type: ignore[arg-type]
    again = QueryDict(urlsplit(address(register, wish)).query)  # type: ignore[arg-type]
    assert wish_of(register, again) == wish  # type: ignore[arg-type]


@given(st.text() | st.integers().map(str))
def test_a_whole_number_or_nothing(text: str) -> None:
    number = whole(text, -1)
    assert number == -1 or (0 <= number <= LARGEST and text.isascii() and int(text) == number)


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), ("007", 7), (str(LARGEST), LARGEST)]
    + [(text, 0) for text in ("", None, "-1", "²", "٣", "1_0", " 7", "9" * 5000, str(LARGEST + 1))],
)
def test_numbers_as_people_send_them(text: str | None, number: int) -> None:
    assert whole(text) == number


@given(st.lists(st.text(max_size=5)))
def test_row_ids_are_numbers_of_rows(texts: list[str]) -> None:
    assert all(0 < number <= LARGEST for number in row_ids(texts))


def test_an_address_drops_what_was_taken_away() -> None:
    register = REGISTERS[1]
    wish = wish_of(register, QueryDict("q=a&xem=tre&xep=deadline&trang=3"))
    assert parse_qs(urlsplit(address(register, wish, xem="", trang="")).query) == {"q": ["a"], "xep": ["deadline"]}
