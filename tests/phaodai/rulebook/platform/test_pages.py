"""The screens of the law, as officers of the small world see them."""

import tomllib
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from phaodai.rulebook import diseases, load
from phaodai.rulebook.models import Verification
from phaodai.rulebook.pack import PACKS
from phaodai.rulebook.rules import RULES
from phaodai.rulebook.showing.addresses import bench_url, document_url, measures_url, table_url, value_url
from phaodai.rulebook.showing.names import CONFIDENCES, UNITS
from phaodai.rulebook.showing.names import RULES as RULE_NAMES
from phaodai.rulebook.showing.words import value_words
from tests.clients import sign_in
from tests.phaodai.rulebook.platform.conftest import CASE, ON, OPEN_CELL, seen
from tests.world import World

pytestmark = pytest.mark.django_db


def main_of(page: str) -> str:
    """A page without its frame."""
    return page.split("<main")[1].split("</main", maxsplit=1)[0]


def cases() -> list[Any]:
    """The jurist's cases that ask a rule, as samples of facts."""
    found = []
    for disease in diseases():
        for path in sorted((PACKS / disease / "cases").glob("*.toml")):
            several = tomllib.loads(path.read_text(encoding="utf-8"))["case"]
            found += [(disease, case) for case in several if "rule" in case]
    return found


def test_the_bench_answers_every_jurists_case_like_the_rulebook(office: Client) -> None:
    """Every rule with its sample facts, through the form as a browser fills it."""
    asked = set()
    for disease, case in cases()[::3]:
        book = load(disease)
        facts = book.read_facts(case["rule"], case["facts"])
        plain = {name: book.facts[name].plain(_column(value))[0] for name, value in facts.items()}
        page = seen(office, bench_url(case["rule"], case["on"], plain, disease))
        decision = book.decide(case["rule"], case["on"], case["facts"])
        assert escape(decision.why.vi) in page, case["name"]
        asked.add(case["rule"])
    assert asked == set(RULES)


def _column(value: Any) -> Any:
    """One value as a column of length one."""
    column = np.empty(1, dtype=object) if isinstance(value, tuple) else np.asarray([value])
    column[0] = value
    return column


def test_the_answer_alone_comes_while_typing(office: Client) -> None:
    address = bench_url("risk-level", ON, {**CASE, "cases_per_100k_week": 10})
    answer = office.get(f"{address}&spread_share=", headers={"hx-request": "true", "hx-target": "answer"})
    text = answer.content.decode()
    assert text.strip().startswith("<div")
    assert "cấp 1" in text
    assert "<h1" not in text
    assert "spread_share" not in answer["HX-Replace-Url"], "what says nothing does not stand in the address"
    assert "dose1_adult_share=90" in answer["HX-Replace-Url"]


def test_an_unverified_value_is_named_and_leads_to_the_form(office: Client) -> None:
    page = seen(office, bench_url("risk-level", ON, CASE))
    assert "Chưa kết luận được" in page
    assert "4800/QĐ-BYT" in page
    assert value_url(OPEN_CELL, "covid-19") in page


def test_a_signed_value_concludes_with_the_officers_name(office: Client, sign: Callable[..., Verification]) -> None:
    sign()
    page = seen(office, bench_url("risk-level", ON, CASE))
    assert "do Đỗ Thùy Linh xác nhận" in page
    assert "Chưa kết luận được" not in page


def test_a_day_without_the_rule_says_when_it_counts(office: Client) -> None:
    page = seen(office, bench_url("school-opening", ON.replace(year=2019), {}))
    assert "có hiệu lực ngày 01/12/2019. Chọn một ngày từ" in page


def test_the_english_page_is_english(world: World) -> None:
    page = seen(sign_in("linh", "en"), bench_url("measures", ON, {"level": 3, "activity": "gatherings", "people": 40}))
    assert "limited" in page
    assert "What would change it" in page


def test_the_queue_groups_by_document_and_says_which_rule_waits(office: Client) -> None:
    page = seen(office, "/luat/cho-doi-chieu")
    assert "4800/QĐ-BYT" in page
    assert "Cấp độ dịch của một đơn vị" in page
    assert main_of(page).count("data-open") == 74


def test_the_queue_is_narrowed_to_one_rule(office: Client) -> None:
    page = main_of(seen(office, "/luat/cho-doi-chieu?quy-tac=vaccine-priority"))
    assert page.count("data-open") == 3
    assert "3355/QĐ-BYT" in page
    assert "4800/QĐ-BYT" not in page


def test_another_rule_is_another_address(office: Client) -> None:
    answer = office.get(f"{bench_url('risk-level', ON, CASE)}&quy-tac=measures", headers={"hx-request": "true"})
    assert answer["HX-Redirect"] == "/luat/?quy-tac=measures&ngay=2021-12-01"


def test_a_signed_value_leaves_the_queue(office: Client, sign: Callable[..., Verification]) -> None:
    sign()
    page = seen(office, "/luat/cho-doi-chieu")
    assert main_of(page).count("data-open") == 73
    assert "Đỗ Thùy Linh" in page


def test_every_document_value_and_table_has_its_page(office: Client) -> None:
    for disease in diseases():
        book = load(disease)
        for document in list(book.documents.values())[::7]:
            assert document.number in seen(office, document_url(document, disease))
        for table in list(book.provisions)[::6]:
            seen(office, table_url(table, disease, ON))
        awaiting = [one for several in book.provisions.values() for one in several if not one.verified or one.doubtful]
        for one in awaiting[::5]:
            assert "<form" in seen(office, value_url(one.name, disease))


def test_a_day_tells_what_begins_and_what_ends(office: Client) -> None:
    page = seen(office, "/luat/ngay/2022-01-27")
    assert "218/QĐ-BYT" in page
    assert "Hết hiệu lực từ hôm trước" in page
    assert "4800/QĐ-BYT" in page
    assert seen(office, "/luat/ngay/hom-qua", 404)


def test_may_i_hold_a_wedding_of_forty(office: Client) -> None:
    page = seen(office, measures_url("covid-19", cap="3", viec="đám cưới", nguoi="40", ngay="2021-11-27"))
    assert "hạn chế" in page
    assert "128/NQ-CP" in page
    assert "T7 27/11/2021" in page
    red = seen(office, measures_url("covid-19", cap="4", viec="tiec-la", ngay="2021-11-27"))
    assert "Không có hoạt động nào tên là “tiec-la”" in red


def test_the_measures_before_the_levels_follow_the_directives(office: Client) -> None:
    page = seen(office, measures_url("covid-19", ngay="2020-04-05"))
    assert "Chỉ thị 16/CT-TTg" in page
    assert "level-4" not in main_of(page)


def test_a_district_reads_and_does_not_sign(world: World) -> None:
    page = seen(sign_in("dat"), value_url(OPEN_CELL, "covid-19"))
    assert "Ký giá trị này" not in page
    assert "Văn phòng cấp ủy, ủy ban tỉnh" in page


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/luat/", 4), ("/luat/cho-doi-chieu", 6), ("/luat/bien-phap", 4), ("/luat/van-ban", 4),
        ("/luat/ngay/2021-10-12", 4), (value_url(OPEN_CELL, "covid-19"), 5),
    ],
)  # fmt: skip
def test_pages_ask_the_database_little(
    address: str, most: int, office: Client, sign: Callable[..., Verification]
) -> None:
    """Beyond the frame's own questions; the law itself is in memory."""
    sign()
    seen(office, address)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        seen(office, address)
    own = [one["sql"] for one in queries if "rulebook_" in one["sql"]]
    assert len(own) <= most, own


def test_every_rule_and_unit_has_a_name() -> None:
    assert set(RULE_NAMES) == set(RULES)
    assert {spec.unit for spec in load().tables.values()} - {""} == set(UNITS)
    assert set(CONFIDENCES) == set("ABECD")


def test_no_value_is_shown_in_code() -> None:
    """Values of free text are told by their provisions' own words, in both languages."""
    for disease in diseases():
        book = load(disease)
        for several in book.provisions.values():
            assert all("_" not in value_words(book, one) for one in several)
