"""A gate without a network, and a zone drawn with a finger."""

import json

from playwright.sync_api import expect

from tests.browser.officers import PHONE, Office
from tests.browser.serving import Site
from tests.browser.test_weight import FIELD, _weight

SQUARE = [[106.0, 21.0], [106.1, 21.0], [106.1, 21.1], [106.0, 21.1], [106.0, 21.0]]


def _gate(site: Site) -> int:
    from phaodai.containment.models import Gate

    return site.ask(lambda: Gate.objects.get(name="Mốc chốt Tân Lộc").pk)


def _logged(site: Site, plate: str) -> list[tuple[str, str]]:
    from phaodai.containment.models import GatePassage

    return site.ask(lambda: list(GatePassage.objects.filter(plate=plate).values_list("direction", "permit__plate")))


def test_a_gate_keeps_what_it_wrote_until_the_network_is_back(office: Office, site: Site) -> None:
    """Two entries without a network, the page loaded anew between them, an answer that is lost: each counts once."""
    office.forgive("ERR_INTERNET_DISCONNECTED", "ERR_FAILED")
    desk = office.desk("ngoc", width=PHONE)
    address = f"/khoanh-vung/vung/chot/{_gate(site)}"
    assert _weight(desk, address) <= FIELD
    page = desk.page
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE
    desk.context.set_offline(True)
    page.locator("#who").fill("98C-777.01")
    page.locator("form[data-keep] button[value=in]").click()
    expect(page.locator("[data-waiting]")).to_contain_text("chưa gửi: 1")
    page.locator("#tim").fill("123")
    page.locator("details.door:visible summary").click()
    page.locator("details.door:visible button[value=out]").click()
    expect(page.locator("[data-waiting]")).to_contain_text("chưa gửi: 2")
    assert _logged(site, "98C-777.01") == []
    lost: list[str] = []

    def lose_the_first_answer(route: object) -> None:
        if route.request.method == "POST" and not lost:  # type: ignore[attr-defined]
            lost.append(route.request.post_data)  # type: ignore[attr-defined]
            route.fetch()  # type: ignore[attr-defined]
            route.abort()  # type: ignore[attr-defined]
        else:
            route.continue_()  # type: ignore[attr-defined]

    page.route(f"**{address}", lose_the_first_answer)
    desk.context.set_offline(False)
    page.reload()
    expect(page.locator("[data-waiting]")).to_be_hidden()
    expect(page.locator("[data-log]")).to_contain_text("98C-777.01")
    assert lost
    assert _logged(site, "98C-777.01") == [("in", None)]
    assert ("out", "98A-123.45") in _logged(site, "98A-123.45")


def _land(site: Site) -> int:
    from phaodai.foundation.scope import SYSTEM, entering
    from phaodai.territory.models import Unit, UnitOutline

    def draw() -> int:
        commune, hamlet = Unit.objects.get(code="98001"), Unit.objects.get(code="98001.1")
        with entering(SYSTEM):
            for unit in (commune, hamlet):
                UnitOutline.objects.create(
                    unit=unit, geometry={"type": "Polygon", "coordinates": [SQUARE]}, source="test"
                )
        return commune.pk

    return site.ask(draw)


def test_a_zone_is_drawn_taken_back_and_closed(office: Office, site: Site) -> None:
    _land(site)
    page = office.desk("ngoc").open("/khoanh-vung/vung/de-xuat")
    board = page.locator("[data-draw]")
    expect(board).to_have_attribute("data-ready", "yes")
    for x, y in ((300, 120), (420, 120), (420, 240), (600, 300)):
        board.click(position={"x": x, "y": y})
    expect(board).to_have_attribute("data-corners", "4")
    page.locator("[data-draw-undo]").click()
    expect(board).to_have_attribute("data-corners", "3")
    page.locator("[data-draw-close]").click()
    drawn = json.loads(page.locator("[data-outline]").input_value())
    assert len(drawn["coordinates"][0]) == 4
    assert drawn["coordinates"][0][0] == drawn["coordinates"][0][-1]
    page.get_by_label("Tên vùng").fill("Ngõ 9")
    page.get_by_role("button", name="Gửi đề xuất").click()
    expect(page.locator("h1")).to_contain_text("Ngõ 9")
    expect(page.locator(".zone-map .zone.proposed").first).to_be_visible()
