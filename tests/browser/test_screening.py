"""A team at the doors with a phone whose network comes and goes: every visit reaches the server, and reaches it once."""

import random
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.officers import PHONE, Office, faults_of
from tests.browser.serving import Site
from tests.phaodai.surveillance.screening.street import Street, street_of
from tests.world import find_world

APP, SEND = "/giam-sat/tung-nha/", "**/giam-sat/tung-nha/gui"
DOORS = 10
ON_THE_WAY = random.Random(571)


@pytest.fixture(scope="module")
def street(site: Site) -> Street:
    """Ten households of Tân Lộc in the care of Tổ 2."""
    return site.ask(lambda: street_of(find_world(), DOORS))


class Weather:
    """A network that drops requests on the way there, loses answers on the way back, or is away altogether."""

    def __init__(self, context: BrowserContext) -> None:
        self.context, self.lost, self.away = context, 0, False
        context.route(SEND, self._pass)

    def _pass(self, route: Route) -> None:
        luck = 1.0 if self.calm else ON_THE_WAY.random()
        if luck < 0.35:
            route.abort()
        elif luck < 0.7:
            # The server keeps the batch, and the phone never hears of it.
            self.lost += 1
            route.fetch()
            route.abort()
        else:
            route.continue_()

    calm = False

    def turn(self) -> None:
        """Perhaps the network goes or comes back."""
        if ON_THE_WAY.random() < 0.5:
            self.away = not self.away
            self.context.set_offline(self.away)


def open_app(page: Page, team: int) -> None:
    page.goto(f"{APP}?to={team}")
    expect(page.locator("body")).to_have_attribute("data-ready", "yes")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def write_door(page: Page, number: int) -> None:
    """Most doors are well with one tap; at the third somebody coughs, at the fourth nobody opens."""
    door = page.locator("details.walk-door[open]")
    name = door.get_attribute("data-door")
    if number == 2:
        door.locator(".walk-name").first.click()
        door.locator(".walk-symptoms").first.get_by_text("ho", exact=True).click()
        door.locator(".walk-save").click()
    elif number == 3:
        door.get_by_role("button", name="Không ai ở nhà").click()
    else:
        door.locator(".walk-save").click()
    expect(page.locator(f'details.walk-door[data-door="{name}"]')).to_have_attribute(
        "data-standing", "absent" if number == 3 else "done"
    )


def kept(street: Street) -> list[tuple[int, str]]:
    from phaodai.surveillance.models import ScreeningRecord

    rows = ScreeningRecord.objects.filter(household__in=street.homes).order_by("household_id")
    return list(rows.values_list("household_id", "standing"))


def test_no_visit_is_lost_or_doubled_by_a_network_that_comes_and_goes(
    office: Office, site: Site, street: Street
) -> None:
    office.forgive("ERR_", "Failed to load resource")
    desk = office.desk("ngoc", width=PHONE)
    page = desk.page
    open_app(page, street.team)
    assert faults_of(page) == []
    for address in ("/giam-sat/ra-soat", "/giam-sat/ra-soat/to"):
        page.goto(address)
        assert faults_of(page) == [], address
    open_app(page, street.team)
    page.locator("details.walk-door").first.evaluate("door => { door.open = false }")
    page.reload()
    expect(page.locator("body")).to_have_attribute("data-ready", "yes")
    weather = Weather(desk.context)
    # The first door is the one that the story's evening left done.
    for number in range(DOORS):
        weather.turn()
        write_door(page, number)
    desk.context.set_offline(True)
    page.reload()
    expect(page.locator("body")).to_have_attribute("data-ready", "yes")
    expect(page.locator("#done")).to_have_text(f"{DOORS}/{DOORS + 1} nhà")
    weather.calm = True
    desk.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#sync-text")).to_contain_text("Đã đồng bộ")
    expect(page.locator("#held-count")).to_have_text("")
    found = site.ask(lambda: kept(street))
    assert [home for home, _standing in found] == sorted(street.homes)
    assert [standing for _home, standing in found].count("absent") == 1
    assert weather.lost, "no answer was lost on the way: the seed tests nothing"


def test_a_refused_visit_is_mended_and_the_phone_is_wiped_after_a_warning(
    office: Office, site: Site, street: Street
) -> None:
    office.forgive("ERR_", "Failed to load resource")
    desk = office.desk("ngoc", width=PHONE)
    page = desk.page
    open_app(page, street.team)
    desk.context.route(SEND, lambda route: route.continue_(post_data=_strange(route)))
    door = page.locator("details.walk-door").nth(1)
    door.evaluate("one => { one.open = true }")
    door.locator(".walk-save").click()
    expect(page.locator("#said")).to_contain_text("1 lượt bị từ chối")
    desk.context.unroute(SEND)
    page.get_by_role("button", name="Chưa gửi").click()
    expect(page.locator(".walk-why")).to_contain_text("không đăng ký ở hộ này")
    page.get_by_role("button", name="Sửa rồi gửi lại").click()
    page.locator("#held .walk-save").click()
    expect(page.locator("#held")).to_contain_text("Không còn gì chờ")
    # The session ends while visits are written down: they stay, and the phone asks to sign in.
    desk.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Các nhà").click()
    again = page.locator("details.walk-door").nth(2)
    again.evaluate("one => { one.open = true }")
    again.locator(".walk-save").click()
    expect(page.locator("#sync-text")).to_contain_text("1 lượt đang chờ. Đăng nhập lại")
    page.locator("#sign-in").click()
    desk.sign_in_here("ngoc")
    expect(page.locator("#sync-text")).to_contain_text("Đã đồng bộ")
    # Signing out names what would be lost.
    desk.context.set_offline(True)
    third = page.locator("details.walk-door").nth(3)
    third.evaluate("one => { one.open = true }")
    third.locator(".walk-save").click()
    expect(page.locator("#sync-text")).to_contain_text("Ngoại tuyến, 1 lượt trong máy")
    desk.context.route(SEND, lambda route: route.abort())
    desk.context.set_offline(False)
    page.goto(f"{APP}dang-xuat")
    expect(page.locator("#warning")).to_contain_text("1 lượt")
    page.get_by_role("button", name="Xóa 1 lượt").click()
    page.wait_for_url("**/")
    assert page.evaluate("indexedDB.databases().then((all) => all.map(({ name }) => name))") == []
    assert page.evaluate("caches.keys()") == []


def _strange(route: Route) -> str:
    """The batch with a person whom nobody knows."""
    import json

    sent: dict[str, Any] = json.loads(route.request.post_data or "{}")
    sent["records"][0]["findings"][0]["person"] = 999_999_999
    return json.dumps(sent)
