"""Every register's list: empty, searched, filtered, sorted, paged, asked for nonsense, and how many statements it costs."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phaodai.foundation import clock
from phaodai.foundation.registers import Register, finding, listing
from phaodai.foundation.registers.counting import Counting
from phaodai.foundation.registers.listing import Wish, can_go_on, ordered, page_of
from phaodai.foundation.scope import Actor
from phaodai.site.registers import REGISTERS
from tests.clients import sign_in
from tests.phaodai.site.examples import EXAMPLES, example
from tests.phaodai.site.filling import fill
from tests.story import Story
from tests.world import World

pytestmark = pytest.mark.django_db

COUNTS = Path(__file__).parent / "query_counts.json"


def reader(register: Register) -> str:
    return example(register).reader


def ask(register: Register, username: str = "", **wish: str) -> Any:
    """The list's answer."""
    answer = sign_in(username or reader(register)).get(reverse(f"{register.key}-list"), wish)
    assert answer.status_code == 200, wish
    return answer


def keys(answer: Any) -> list[str]:
    """The row ids of the list."""
    return [row.key for row in answer.context["table"].rows]


def test_every_register_has_an_example() -> None:
    assert {register.key for register in REGISTERS} == set(EXAMPLES)


def test_it_is_found_with_and_without_accents(register: Register, world: World, story: Story) -> None:
    found = {tuple(keys(ask(register, q=words))) for words in example(register).finds}
    assert len(found) == 1
    assert len(found.pop()) == 1
    assert len(keys(ask(register))) > 1 or register.key in (
        "dieu-tri-tai-nha",
        "nguoi-dan",
        "nguoi-tiem",
        "quyet-dinh-cap-do",
    )


def test_an_empty_list_says_why_and_what_next(register: Register, world: World) -> None:
    answer = ask(register, q="khong co gi nhu the")
    assert keys(answer) == []
    assert "Không có dòng nào khớp. Bớt chữ hoặc bỏ một bộ lọc." in answer.content.decode()


@pytest.mark.parametrize(
    ("key", "words"), [("nhiem-vu", "Chưa có nhiệm vụ nào."), ("van-ban-den", "Chưa có văn bản nào.")]
)
def test_a_list_without_rows_says_where_they_come_from(key: str, words: str, world: World) -> None:
    assert words in sign_in("ha").get(reverse(f"{key}-list")).content.decode()


def test_every_chip_leaves_as_many_rows_as_it_says(register: Register, world: World, story: Story) -> None:
    chips = ask(register).context["chips"].chips
    flat = [chip for part in chips for chip in getattr(part, "options", [part])]
    assert flat[0].current
    client = sign_in(reader(register))
    for chip in flat[1:]:
        answer = client.get(chip.url)
        assert answer.status_code == 200
        assert len(keys(answer)) == chip.count
    with world.as_(reader(register)) as actor:
        assert len(flat) - 1 == sum(len(one.choices(actor)) for one in register.filters)


def test_it_sorts_by_every_head_both_ways(register: Register, world: World, story: Story) -> None:
    fill(register.key, 7, world)
    plain = set(keys(ask(register)))
    sortable = [column.name for column in register.columns if column.order]
    assert sortable
    for name in sortable:
        up, down = keys(ask(register, xep=name)), keys(ask(register, xep=f"-{name}"))
        assert set(up) == set(down) == plain
        values = [_sorted_by(register, int(key), name) for key in up]
        known = [value for value in values if None not in value]
        assert known == sorted(known)
        turned = [value for value in (_sorted_by(register, int(key), name) for key in down) if None not in value]
        assert turned == sorted(known, reverse=True)


def _sorted_by(register: Register, pk: int, name: str) -> tuple[Any, ...]:
    from phaodai.foundation.scope import SYSTEM, entering

    column = register.column(name)
    assert column is not None
    with entering(SYSTEM):
        return tuple(register.model._default_manager.filter(pk=pk).values_list(*column.order)[0])


def test_the_second_page_goes_on_where_the_first_ends(
    register: Register, world: World, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(register.key, 60, world)
    first, second = ask(register), ask(register, trang="2")
    assert len(keys(first)) == register.page_size
    assert keys(second)
    assert not set(keys(first)) & set(keys(second))
    assert first.context["table"].pager.next_url.endswith("?trang=2")
    assert second.context["table"].pager.previous_url == reverse(f"{register.key}-list")
    assert ask(register, trang="3").context["table"].rows == []
    if can_go_on(register, ""):
        assert keys(ask(register, trang="2", sau=keys(first)[-1])) == keys(second)
        assert keys(ask(register, trang="1", truoc=keys(second)[0])) == keys(first)
    monkeypatch.setattr(listing, "PASSED_WHOLE", 1)
    assert keys(ask(register, trang="2")) == keys(second)
    with world.as_(reader(register)) as actor:
        _finds_the_same_however_it_goes_about_it(register, actor, monkeypatch)


def _finds_the_same_however_it_goes_about_it(register: Register, actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few rows are sorted after they were found; of many a page is met with on the way, or all are sorted after all."""
    head = next(column.name for column in register.columns if column.order)
    rows = {way: _texts(register, actor, way) for way in ("", f"-{head}")}
    words = next(iter(rows[""].values())).split()
    searches = (words[0], f"{words[-1]} {words[0][:2]}", words[-1][:1])
    ways = ((finding.COUNTED_AT_MOST, 1), (0, finding.WALKED_AT_MOST), (0, 1))
    for place, (few, walked) in enumerate(ways):
        monkeypatch.setattr(listing, "COUNTED_AT_MOST", few)
        monkeypatch.setattr(finding, "WALKED_AT_MOST", walked)
        for search in searches:
            way, number = ("", f"-{head}")[place % 2], 1 + place % 2
            hits = [key for key, text in rows[way].items() if all(_is_in(text, word) for word in search.split())]
            start = (number - 1) * register.page_size
            page = page_of(register, Wish(search, {}, way, number), actor, clock.now())
            assert [row.pk for row in page.rows] == hits[start : start + register.page_size], (search, way, few)
            assert page.more == (len(hits) > start + register.page_size)
    told = Counting(register, actor, clock.now()).chips(Wish(searches[0], {}, "", 1))
    found = register.listed(actor).filter(pk__in=[key for key, text in rows[""].items() if _is_in(text, searches[0])])
    for (name, value), count in told.items():
        one = next(one for one in register.filters if one.name == name)
        assert count is not None, (name, value)
        assert count.many == one.narrow(found, value, actor, clock.now()).count(), (name, value)


def _texts(register: Register, actor: Actor, order: str) -> dict[int, str]:
    """What every row is found by, in an order."""
    rows = ordered(register, register.listed(actor), order)
    return dict(rows.values_list("pk", register.search_field))


def _is_in(text: str, word: str) -> bool:
    return word in text if len(word) >= finding.TRIGRAM else f" {word}" in f" {text}"


NONSENSE = (
    "²",
    "٣",
    "-1",
    "0",
    "1e9",
    "9" * 40,
    "abc",
    "",
    "\x00",
    "'; drop table command_task; --",
    "%",
    "_",
    "\\",
    "\ud7ff",
)


def test_nonsense_is_left_out_and_never_an_error(register: Register, world: World) -> None:
    """What is searched for empties the list, so it is asked for by itself; the other parts together."""
    for value in NONSENSE:
        ask(register, q=value)
        ask(register, **dict.fromkeys(("xep", "trang", "la-gi", *(one.name for one in register.filters)), value))


TEXT = st.text(max_size=12)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(q=TEXT, order=TEXT, number=TEXT, chip=TEXT)
def test_any_address_answers(q: str, order: str, number: str, chip: str, register: Register, world: World) -> None:
    sound = [text.encode("utf-8", "ignore").decode() for text in (q, order, number, chip)]
    names = ("q", "xep", "trang", register.filters[0].name if register.filters else "la-gi")
    ask(register, **dict(zip(names, sound, strict=True)))


def test_only_the_table_comes_back_while_typing(register: Register, world: World) -> None:
    headers = {"hx-request": "true", "hx-target": f"{register.key}-table"}
    answer = sign_in(reader(register)).get(reverse(f"{register.key}-list"), {"q": "a"}, headers=headers)
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()
    assert "HX-Request" in answer["Vary"], "a browser that goes back would show the table alone as the page"


def test_the_record_opens_on_its_page_and_beside_the_list(register: Register, world: World, story: Story) -> None:
    client, answer = sign_in(reader(register)), ask(register)
    url = answer.context["table"].rows[0].url
    assert "<h1" in client.get(url).content.decode()
    beside = client.get(url, headers={"hx-request": "true", "hx-target": "side"})
    assert beside.status_code == 200
    if not register.record_route or register.key == "nhiem-vu":
        assert "<html" not in beside.content.decode()


def queries(register: Register) -> int:
    """Statements of one list, without those that open and close the transaction."""
    client, url = sign_in(reader(register)), reverse(f"{register.key}-list")
    client.get(url)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return sum(1 for query in caught.captured_queries if "SAVEPOINT" not in query["sql"])


def test_a_list_costs_as_many_statements_as_written_down(register: Register, world: World, story: Story) -> None:
    """Written down in query_counts.json; PHAODAI_COUNT_QUERIES=1 writes it anew, for a reviewer to see the difference."""
    few = queries(register)
    fill(register.key, 60, world)
    many = queries(register)
    if os.environ.get("PHAODAI_COUNT_QUERIES"):
        kept = json.loads(COUNTS.read_text()) if COUNTS.exists() else {}
        COUNTS.write_text(
            json.dumps(kept | {register.key: {"few": few, "sixty": many}}, indent=2, sort_keys=True) + "\n"
        )
    assert json.loads(COUNTS.read_text())[register.key] == {"few": few, "sixty": many}
    assert many - few <= 1, "a longer list may count its rows once, and ask nothing for each row"
