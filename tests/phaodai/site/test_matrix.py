"""Every page for every role, inside, partly inside and outside its area: shown, refused in words, or not there. Never more."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.clients import sign_in, stranger
from tests.phaodai.site.access import LIBRARY_PAGES, RECORDS, ROLES, Row, addresses, find, table
from tests.phaodai.site.payloads import PARTS, payload
from tests.story import RESIDENTS, Story
from tests.world import PASSWORD, World

pytestmark = pytest.mark.django_db

BINARY = ("application/vnd", "application/pdf", "application/octet-stream", "application/zip", "image/")
SHOWN = {200: "+", 204: "+", 302: "+", 403: "-", 404: "0", 405: "x", 409: "!", 422: "~"}

# What each officer may read of the story, written by hand from the rules: a committee and its office read their area,
# the others what they owe, what grew out of it, and the papers it came from.
BINH_MINH = {
    "Mốc giấy Một", "Mốc giấy Hai", "Mốc giấy Phú Khê", "Mốc Thuận Hòa", "Mốc Sở Y tế", "Mốc Thường vụ", "Mốc Phú Khê",
    "Mốc Công ty", "Mốc Hòa Xuân", "Mốc Trung tâm", "Mốc Trạm Tân Lộc", "Mốc Xã Phú Khê",
    "Mốc thảo VPTU", "Mốc thảo TU", "Mốc thảo UBPK", "Mốc thảo UBTH", "Mốc thông báo",
    "Đánh giá VPTU 22", "Đánh giá VPTU 23", "Đánh giá TU 23", "Đánh giá UBTH 23", "Đánh giá UBPK 23",
}  # fmt: skip
READS = {
    "viet": BINH_MINH,
    "linh": BINH_MINH,
    "dat": {
        "Mốc giấy Một",
        "Mốc Thuận Hòa",
        "Mốc Hòa Xuân",
        "Mốc Trung tâm",
        "Mốc Trạm Tân Lộc",
        "Mốc thảo UBTH",
        "Đánh giá UBTH 23",
    },
    "dich": {"Mốc giấy Một", "Mốc Trung tâm", "Mốc Trạm Tân Lộc"},
    "ngoc": {"Mốc giấy Một", "Mốc Trạm Tân Lộc"},
    "may": {"Mốc Công ty"},
    "front": {"Mốc Xã Phú Khê", "Mốc thông báo"},
    "tra": BINH_MINH,
}

# Pages behind the public door: forms for people without an account, and what became of what they sent.
FOR_STRANGERS = {name for name, pattern in addresses() if getattr(pattern.callback, "for_strangers", False)}


def ask(client: Client, row: Row, record: Any, world: World) -> HttpResponse:
    """One request of the table, undone afterwards."""
    parts = dict(PARTS.get(row.page, {}))
    if row.kind != "-":
        parts["pk"] = record.pk
    url = reverse(row.page, kwargs=parts)
    with transaction.atomic():
        answer: Any = client.get(url) if row.method == "GET" else client.post(url, payload(row.page, record, world))
        transaction.set_rollback(True)
    return answer


def outcomes(row: Row, role: str, world: World, story: Story) -> Iterator[tuple[str, HttpResponse | None]]:
    """What the role gets for each record of the row's kind; a dot where the world has none."""
    client = sign_in(ROLES[role])
    if row.kind == "-":
        answer = ask(client, row, None, world)
        yield SHOWN.get(answer.status_code, "?"), answer
        return
    for mark in RECORDS[row.kind][role]:
        if not mark:
            yield ".", None
            continue
        answer = ask(client, row, find(row.kind, mark, world, story), world)
        yield SHOWN.get(answer.status_code, "?"), answer


def marks_in(answer: HttpResponse, story: Story) -> set[str]:
    """Marks of the story that stand in the body."""
    if answer.get("Content-Type", "").startswith(BINARY):
        return set()
    text = answer.content.decode()
    return {mark for mark in story.marks() if mark in text}


@pytest.mark.parametrize("row", table(), ids=str)
def test_page(row: Row, world: World, story: Story) -> None:
    found = {}
    for role, username in ROLES.items():
        answers = list(outcomes(row, role, world, story))
        found[role] = "".join(outcome for outcome, _answer in answers)
        for outcome, answer in answers:
            if answer is None:
                continue
            assert outcome != "?", f"{row} as {role}: {answer.status_code}"
            assert marks_in(answer, story) <= READS[username], f"{row} as {role} shows what another unit owns"
            if outcome in "-0x" and row.method == "GET":
                assert "<h1" in answer.content.decode(), f"{row} as {role}: a refusal is a page with words"
    assert found == row.outcomes, f"\n{row.page} {row.method} {row.kind} {' '.join(found.values())}"


def test_every_page_is_in_the_table_or_a_librarys() -> None:
    ours = {name for name, _pattern in addresses() if not name.startswith(LIBRARY_PAGES)}
    assert {(row.page, row.method) for row in table()} == {
        (name, method) for name in ours for method in ("GET", "POST")
    }


def test_every_page_of_ours_says_who_may_open_it() -> None:
    unmarked = [name for name, pattern in addresses() if not getattr(pattern.callback, "is_page", False)]
    assert [name for name in unmarked if not name.startswith(LIBRARY_PAGES)] == []


def test_a_deed_answers_to_post_alone() -> None:
    deeds = {
        row.page for row in table() if row.method == "GET" and all(set(o) <= set("x.") for o in row.outcomes.values())
    }
    assert len(deeds) >= 15
    assert all(
        set("".join(row.outcomes.values())) - set("x.") for row in table() if row.page in deeds and row.method == "POST"
    )


@pytest.mark.parametrize("row", [row for row in table() if row.method == "GET"], ids=lambda row: row.page)
def test_a_stranger_is_led_to_the_sign_in(row: Row, world: World, story: Story) -> None:
    record = find(row.kind, RECORDS[row.kind]["head"][2], world, story) if row.kind != "-" else None
    for method in ("GET", "POST"):
        answer = ask(stranger(), Row(row.page, method, row.kind, {}), record, world)
        if row.page == "healthy":
            assert answer.status_code == 200
        elif row.page in FOR_STRANGERS:
            assert answer.status_code in (200, 302, 404, 422)
            assert marks_in(answer, story) == set()
        else:
            assert answer.status_code == 302
            assert answer["Location"].startswith(reverse("account_login"))
            assert marks_in(answer, story) == set()


@pytest.mark.parametrize("page", ["today", "nhiem-vu-list", "command-take-in"])
def test_an_account_without_a_post_finds_a_calm_page(page: str, world: World) -> None:
    User.objects.create_user("cu", password=PASSWORD)
    answer = sign_in("cu").get(reverse(page))
    assert answer.status_code == 403
    assert "chưa giữ vị trí nào" in answer.content.decode()


def test_a_residents_name_is_read_by_nobody_in_a_list(world: World) -> None:
    for username in ("ngoc", "dich"):
        text = sign_in(username).get(reverse("nguoi-dan-list")).content.decode()
        assert not any(name in text for name, _hamlet in RESIDENTS)


def test_htmx_is_led_to_the_sign_in_as_well(world: World) -> None:
    answer = Client(headers={"hx-request": "true"}).get(reverse("nhiem-vu-list"))
    assert (answer.status_code, answer["HX-Redirect"]) == (204, f"{reverse('account_login')}?next=/chi-huy/nhiem-vu/")
