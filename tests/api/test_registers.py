"""The JSON side of every register: the same rows, the same actions, the same refusals as the screens."""

import json
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from phaodai.foundation.registers import Register
from phaodai.people.models import Organisation
from phaodai.site.registers import REGISTERS
from tests.clients import sign_in, stranger
from tests.phaodai.site.access import RECORDS, ROLES, find, table
from tests.phaodai.site.examples import example
from tests.phaodai.site.filling import fill
from tests.phaodai.site.test_register_lists import reader
from tests.story import Story
from tests.world import World

pytestmark = pytest.mark.django_db

STATUS = {200: "+", 403: "-", 404: "0"}


@pytest.fixture(params=REGISTERS, ids=lambda register: register.key)
def register(request: pytest.FixtureRequest) -> Register:
    found: Register = request.param
    return found


def at(register: Register, record: Any = None) -> str:
    return f"/api/v1/{register.key}/{record.pk if record else ''}"


def send(client: Client, method: str, url: str, body: dict[str, Any]) -> HttpResponse:
    """A JSON request, undone afterwards."""
    answer: HttpResponse = getattr(client, method)(url, json.dumps(body), content_type="application/json")
    return answer


def test_it_answers_as_the_pages_do(register: Register, world: World, story: Story) -> None:
    one = example(register)
    written = next((row.outcomes for row in table() if (row.page, row.method) == (one.page, "GET")), None)
    expected = written or dict.fromkeys(ROLES, "---") | dict(one.outcomes)
    found = {}
    for role, username in ROLES.items():
        client = sign_in(username)
        signs = []
        for mark in RECORDS[one.kind][role]:
            answer = client.get(at(register, find(one.kind, mark, world, story))) if mark else None
            signs.append(STATUS[answer.status_code] if answer else ".")
        found[role] = "".join(signs)
    assert found == expected


def test_the_list_is_the_list(register: Register, world: World, story: Story) -> None:
    client = sign_in(reader(register))
    rows = client.get(at(register)).json()["rows"]
    shown = client.get(f"/api/v1/{register.key}/", {"q": example(register).finds[1]}).json()["rows"]
    assert len(shown) == 1
    assert shown[0] in rows
    assert set(rows[0]) == {"id", *(column.name for column in register.columns)}


def test_pages_and_orders_are_those_of_the_screens(register: Register, world: World, story: Story) -> None:
    fill(register.key, 60, world)
    client = sign_in(reader(register))
    first, second = (client.get(at(register), {"page": number}).json() for number in (1, 2))
    assert (len(first["rows"]), first["more"], second["more"]) == (register.page_size, True, False)
    assert not {row["id"] for row in first["rows"]} & {row["id"] for row in second["rows"]}
    order = next(column.name for column in register.columns if column.order)
    up, down = (client.get(at(register), {"order": sign + order}).json()["rows"] for sign in ("", "-"))
    assert up[0] != down[0]


def test_filters_narrow(world: World, story: Story) -> None:
    rows = sign_in("viet").get("/api/v1/nhiem-vu/", {"xem": "cho-duyet"}).json()["rows"]
    assert [row["title"] for row in rows] == ["Mốc Thường vụ"]


def test_a_page_that_is_none_is_said_so(register: Register, world: World) -> None:
    client = sign_in(reader(register))
    for page in ("0", "x", "9" * 30):
        assert client.get(at(register), {"page": page}).status_code == 422, page


def test_a_stranger_gets_nothing(register: Register, world: World) -> None:
    answer = stranger().get(at(register))
    assert answer.status_code == 401
    assert "rows" not in answer.json()


def test_an_account_without_a_post_gets_nothing(world: World) -> None:
    from django.contrib.auth.models import User

    User.objects.create_user("cu", password="mot-hai-ba-bon-5")
    answer = sign_in("cu").get("/api/v1/nhiem-vu/")
    assert answer.status_code == 401
    assert "chưa giữ vị trí nào" in answer.json()["message"]


NEW = {
    "code": "TR1",
    "name": "Trường Tân Lộc",
    "short_name": "TTL",
    "kind": "school",
    "unit": "98001",
    "parent": "UBTL",
}


def test_it_creates_through_the_action(world: World) -> None:
    answer = send(sign_in("linh"), "post", "/api/v1/co-quan/", NEW)
    assert answer.status_code == 200, answer.content
    assert Organisation.objects.get(code="TR1").parent == world.bodies["UBTL"]


@pytest.mark.parametrize(
    ("who", "wrong", "status", "field"),
    [
        ("dat", {}, 403, None),
        ("linh", {"unit": "97001"}, 403, None),
        ("linh", {"unit": "00000"}, 422, "unit"),
        ("linh", {"name": ""}, 422, "name"),
        ("linh", {"kind": "cho"}, 422, "kind"),
        ("linh", {"name": "x" * 400}, 422, "name"),
        ("linh", {"name": "\ud800"}, 422, "name"),
        ("linh", {"name": "a\0b"}, 422, "name"),
        ("linh", {"code": "UBTL"}, 422, "code"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(who: str, wrong: dict[str, str], status: int, field: str | None, world: World) -> None:
    with transaction.atomic():
        answer = send(sign_in(who), "post", "/api/v1/co-quan/", NEW | wrong)
    assert answer.status_code == status, answer.content
    assert answer.json()["message"]
    assert answer.json()["field"] == field
    assert not Organisation.objects.filter(code="TR1").exists()


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '"x"', "{}"])
def test_a_body_that_is_none_is_said_so(body: str, world: World) -> None:
    answer = sign_in("linh").post("/api/v1/co-quan/", body, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["message"]


def test_it_changes_one_value_and_leaves_the_others(world: World) -> None:
    body = world.bodies["UBTL"]
    answer = send(sign_in("linh"), "patch", f"/api/v1/co-quan/{body.pk}", {"version": 1, "phone": "0260"})
    assert answer.status_code == 200, answer.content
    assert answer.json()["phone"] == "0260"
    assert Organisation.objects.get(pk=body.pk).name == body.name


def test_a_clash_answers_with_both_values(world: World) -> None:
    url = f"/api/v1/co-quan/{world.bodies['UBTL'].pk}"
    assert send(sign_in("linh"), "patch", url, {"version": 1, "phone": "111"}).status_code == 200
    answer = send(sign_in("linh"), "patch", url, {"version": 1, "phone": "222"})
    assert answer.status_code == 409
    assert answer.json()["differences"] == [{"field": "phone", "label": "Điện thoại", "theirs": "111", "mine": "222"}]
    assert Organisation.objects.get(code="UBTL").phone == "111"


def test_a_change_outside_the_area_is_refused(world: World, story: Story) -> None:
    url = f"/api/v1/co-quan/{world.bodies['SYTSG'].pk}"
    assert send(sign_in("linh"), "patch", url, {"version": 1, "phone": "111"}).status_code == 403
    document = story.documents["Mốc giấy Hai"]
    url = f"/api/v1/van-ban-den/{document.pk}"
    assert send(sign_in("thuy"), "patch", url, {"version": 1, "note": "x"}).status_code == 404
    assert send(sign_in("viet"), "patch", url, {"version": 1, "note": "x"}).status_code == 403


def test_a_form_of_another_site_changes_nothing(world: World) -> None:
    """The session's cookie alone is not enough: the API asks for the CSRF token as the pages do."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(sign_in("linh").session and _user("linh"))
    answer = client.post("/api/v1/co-quan/", json.dumps(NEW), content_type="application/json")
    assert answer.status_code == 403


def _user(username: str) -> Any:
    from django.contrib.auth.models import User

    return User.objects.get(username=username)


def test_a_name_stays_masked(world: World, story: Story) -> None:
    assert [row["name"] for row in sign_in("ngoc").get("/api/v1/nguoi-dan/").json()["rows"]] == ["T.A.L. 1969"]


def test_a_number_that_names_no_row_is_not_found(register: Register, world: World) -> None:
    client = sign_in(reader(register))
    for number in ("9" * 30, str(2**63), "0"):
        assert client.get(f"/api/v1/{register.key}/{number}").status_code == 404, number
