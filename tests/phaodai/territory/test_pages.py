"""The screens of the territory, as officers of the small world see them."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from phaodai.territory.actions import load_neighbours, load_outlines, load_successions
from phaodai.territory.models import Unit
from phaodai.territory.rules.outlines import Outline
from phaodai.territory.rules.tables import Passage
from tests.phaodai.territory.conftest import SERIES, Load, said
from tests.phaodai.territory.lists import DAYS
from tests.world import World

LEFT = {"type": "Polygon", "coordinates": [[[105.0, 21.0], [106.0, 21.0], [106.0, 22.0], [105.0, 22.0], [105.0, 21.0]]]}
RIGHT = {
    "type": "Polygon",
    "coordinates": [[[106.0, 21.0], [107.0, 21.0], [107.0, 22.0], [106.0, 22.0], [106.0, 21.0]]],
}
THEN, NOW = "2021-11-24", "2026-01-01"


@pytest.fixture
def history(load: Load) -> dict[str, Unit]:
    """Two districts merge into one in July 2025: one as a whole, the other in part; a commune is renamed."""
    load(
        DAYS[1], "1 Tỉnh Tây; 10 Huyện Thượng < 1; 11 Huyện Hạ < 1; 100 Xã Đông < 10; 101 Xã Bắc < 10; 110 Xã Nam < 11"
    )
    load(DAYS[4], "1 Tỉnh Tây; 12 Huyện Mới < 1; 100 Xã Đông < 12; 101 Xã Bắc Mới < 12; 110 Xã Nam < 12")
    load_successions(**said(DAYS[4]), passages=[Passage("10", "12", "full"), Passage("11", "12", "partial")])
    load_outlines(**said(DAYS[1]), outlines=[Outline("10", LEFT), Outline("11", RIGHT)])
    load_neighbours(**said(DAYS[1]), pairs=[("10", "11")])
    return {f"{unit.code}@{unit.since.year}": unit for unit in Unit.objects.filter(gazetteer=SERIES)}


@pytest.fixture
def officer(world: World, history: dict[str, Unit], client: Client) -> Iterator[Client]:
    """An officer of the province's office at a browser."""
    from django.contrib.auth.models import User

    client.force_login(User.objects.get(username="linh"))
    return client


def seen(client: Client, address: str, **asked: Any) -> str:
    answer = client.get(address, asked)
    assert answer.status_code == 200, answer.content.decode()
    return str(answer.content.decode())


def test_the_list_shows_what_lay_below_on_the_day(officer: Client, history: dict[str, Unit]) -> None:
    province = history["1@2021"].pk
    then = seen(officer, "/dia-ban/", **{"don-vi": province, "ngay": THEN})
    assert "Huyện Thượng" in then
    assert "2 đơn vị cấp xã" in then
    assert "Huyện Mới" not in then
    now = seen(officer, "/dia-ban/", **{"don-vi": province, "ngay": NOW})
    assert "Huyện Mới" in now
    assert "3 đơn vị cấp xã" in now
    assert "Huyện Thượng" not in now


def test_the_list_opens_on_the_officers_own_area(officer: Client) -> None:
    assert "<h1>Tỉnh Bình Minh</h1>" in seen(officer, "/dia-ban/")


def test_the_whole_country_is_one_step_up(officer: Client) -> None:
    country = seen(officer, "/dia-ban/", **{"don-vi": 0, "ngay": THEN})
    assert "Tỉnh Tây" in country
    assert "Tỉnh Bình Minh" in country


def test_a_day_before_every_list_says_which_is_the_earliest(officer: Client) -> None:
    assert "Danh mục sớm nhất là của ngày 01/07/2021" in seen(
        officer, "/dia-ban/", **{"don-vi": 0, "ngay": "1999-01-01"}
    )


@pytest.mark.parametrize("day", ["", "hôm qua", "2021-02-30"])
def test_a_day_that_is_none_is_today(officer: Client, history: dict[str, Unit], day: str) -> None:
    assert "Huyện Thượng" in seen(officer, "/dia-ban/", **{"don-vi": history["1@2021"].pk, "ngay": day})


def test_a_unit_that_is_gone_offers_what_it_became(officer: Client, history: dict[str, Unit]) -> None:
    gone = history["10@2021"]
    for page in (
        seen(officer, f"/dia-ban/{gone.pk}/", ngay=NOW),
        seen(officer, "/dia-ban/", **{"don-vi": gone.pk, "ngay": NOW}),
    ):
        assert "Huyện Thượng không còn từ ngày 01/07/2025." in page
        assert f'href="/dia-ban/{history["12@2025"].pk}/?ngay={NOW}"' in page


def test_a_unit_that_is_not_yet_offers_what_it_came_from(officer: Client, history: dict[str, Unit]) -> None:
    page = seen(officer, f"/dia-ban/{history['12@2025'].pk}/", ngay=THEN)
    assert "Huyện Mới có từ ngày 01/07/2025." in page
    assert 'Huyện Thượng</a>, <a href="' in page
    assert "Huyện Hạ</a> (một phần)" in page


def test_a_units_page_says_how_much_came_in_and_how_that_is_known(officer: Client, history: dict[str, Unit]) -> None:
    page = seen(officer, f"/dia-ban/{history['12@2025'].pk}/", ngay=NOW)
    assert "nhập vào toàn bộ" in page
    assert "nhập vào một phần" in page
    assert "Bảng chuyển đổi đơn vị cũ sang mới" in page
    assert "Cùng mã, chưa có bảng chuyển đổi xác nhận" in seen(officer, f"/dia-ban/{history['101@2025'].pk}/", ngay=NOW)


def test_a_units_page_says_its_period_its_place_and_its_neighbours(officer: Client, history: dict[str, Unit]) -> None:
    page = seen(officer, f"/dia-ban/{history['10@2021'].pk}/", ngay=THEN)
    assert "từ 01/07/2021 hoặc trước đó (danh mục sớm nhất), đến hết 30/06/2025" in page
    assert f'href="/dia-ban/{history["1@2021"].pk}/?ngay={THEN}"' in page
    assert f'<a href="/dia-ban/{history["11@2021"].pk}/?ngay={THEN}">Huyện Hạ</a>' in page


def test_a_units_page_names_its_organisations_and_their_heads(officer: Client, world: World) -> None:
    page = seen(officer, f"/dia-ban/{world.units['980'].pk}/")
    assert "Ủy ban nhân dân huyện Thuận Hòa" in page
    assert "Nguyễn Hữu Đạt" in page
    assert "Ủy ban nhân dân xã Tân Lộc" not in page


def test_units_are_found_without_accents_on_the_chosen_day(officer: Client) -> None:
    page = seen(officer, "/dia-ban/", q="bac xa", ngay=THEN)
    assert "Xã Bắc" in page
    assert "Xã Bắc Mới" not in page
    assert "Huyện Thượng, Tỉnh Tây" in page
    assert "Xã Bắc Mới" in seen(officer, "/dia-ban/", q="bac xa", ngay=NOW)
    assert "Không đơn vị nào" in seen(officer, "/dia-ban/", q="không có đâu", ngay=NOW)


def test_typing_answers_with_the_list_alone(officer: Client) -> None:
    answer = officer.get(
        "/dia-ban/", {"q": "xa bac", "ngay": THEN}, headers={"HX-Request": "true", "HX-Target": "unit-list"}
    )
    assert "Xã Bắc" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_the_picker_offers_units_of_the_day_best_first(officer: Client, history: dict[str, Unit]) -> None:
    def offered(**asked: Any) -> list[tuple[str, str]]:
        return [
            (unit["name"], unit["path"]) for unit in json.loads(seen(officer, "/dia-ban/tim.json", **asked))["units"]
        ]

    assert offered(q="huyen thuong", ngay=THEN) == [("Huyện Thượng", "Tỉnh Tây")]
    assert offered(q="huyen thuong", ngay=NOW) == []
    assert [name for name, _path in offered(q="Thượng", ngay=THEN)] == ["Huyện Thượng", "Thôn Thượng"]
    assert offered(q="xa", ngay=THEN, cap=3, trong=history["11@2021"].pk) == [("Xã Nam", "Huyện Hạ, Tỉnh Tây")]
    assert offered(q="10", ngay=THEN)[0] == ("Huyện Thượng", "Tỉnh Tây")
    assert offered(q="") == []
    assert offered(q="xa", cap="x", ngay="x", trong="x")


def test_the_map_holds_the_outlines_of_the_day(officer: Client, history: dict[str, Unit]) -> None:
    drawn = json.loads(seen(officer, f"/dia-ban/{history['1@2021'].pk}/ban-do.json", ngay=THEN))
    assert [feature["properties"]["name"] for feature in drawn["features"]] == ["Huyện Hạ", "Huyện Thượng"]
    assert drawn["features"][0]["properties"]["url"].startswith("/dia-ban/?ngay=2021-11-24&don-vi=")
    assert drawn["features"][0]["geometry"]["type"] == "Polygon"
    assert json.loads(seen(officer, "/dia-ban/ban-do.json", ngay=NOW)) == {"type": "FeatureCollection", "features": []}
    page = seen(officer, "/dia-ban/", **{"don-vi": history["1@2021"].pk, "ngay": THEN})
    assert f'data-map="/dia-ban/{history["1@2021"].pk}/ban-do.json?ngay={THEN}"' in page
    assert "Chưa có đường ranh giới" in seen(officer, "/dia-ban/", **{"don-vi": history["1@2021"].pk, "ngay": NOW})


@pytest.mark.parametrize(
    "address", ["/dia-ban/2147483647/", "/dia-ban/2147483647/ban-do.json", "/dia-ban/?don-vi=2147483647"]
)
def test_a_unit_that_does_not_exist_is_not_found(officer: Client, address: str) -> None:
    assert officer.get(address).status_code == 404


def test_a_stranger_is_shown_the_sign_in(world: World, client: Client) -> None:
    for address in ("/dia-ban/", f"/dia-ban/{world.units['98'].pk}/", "/dia-ban/tim.json?q=x", "/dia-ban/ban-do.json"):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/tai-khoan/login/")


def test_english_is_complete(officer: Client, history: dict[str, Unit]) -> None:
    officer.cookies["phaodai_language"] = "en"
    page = seen(officer, f"/dia-ban/{history['10@2021'].pk}/", ngay=NOW)
    assert "Huyện Thượng is in force no more since 1 Jul 2025." in page
    assert "went in as a whole" in page


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/dia-ban/?don-vi={}", 14),
        ("/dia-ban/?don-vi=0", 14),
        ("/dia-ban/?q=xa", 14),
        ("/dia-ban/{}/", 17),
        ("/dia-ban/{}/ban-do.json", 9),
    ],
)
def test_pages_ask_the_database_as_often_for_many_units_as_for_few(
    officer: Client, load: Load, history: dict[str, Unit], address: str, most: int
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            seen(officer, address.format(history["1@2021"].pk), ngay=NOW)
        return len(queries)

    few = asked()
    communes = "; ".join(f"{code} Xã Số {code} < 12" for code in range(102, 400) if code != 110)
    load(date(2025, 12, 1), f"1 Tỉnh Tây; 12 Huyện Mới < 1; 13 Huyện Ba < 1; 14 Huyện Tư < 1; {communes}")
    assert asked() == few
    assert few <= most
