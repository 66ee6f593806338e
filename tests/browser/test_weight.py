"""What travels to a screen with an empty cache: field pages 100 kB, office pages 250 kB, counted as packed."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.officers import PHONE, WIDE, Desk, Office
from tests.browser.serving import Site

KILOBYTE = 1000
FIELD, DESK = 100 * KILOBYTE, 250 * KILOBYTE


def _weight(desk: Desk, address: str) -> int:
    """Bytes on the wire for one page, opened with an empty cache.

    Each address counts once: a browser that is short of time may ask for a font that is on its way a second time.
    """
    page = desk.page
    session = desk.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.clearBrowserCache")
    asked: dict[str, str] = {}
    sizes: dict[str, int] = {}

    def loaded(event: dict[str, Any]) -> None:
        if one := asked.get(event["requestId"]):
            sizes[one] = max(sizes.get(one, 0), int(event["encodedDataLength"]))

    session.on("Network.requestWillBeSent", lambda event: asked.update({event["requestId"]: event["request"]["url"]}))
    session.on("Network.loadingFinished", loaded)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    session.detach()
    assert len(sizes) > 5
    return sum(sizes.values())


def _task_of(site: Site) -> int:
    from phaodai.command.models import Task

    return site.ask(lambda: Task.objects.get(title="Mốc Trạm Tân Lộc").pk)


@pytest.mark.parametrize(
    "address",
    ["/hom-nay", "/chi-huy/viec/{task}", "/giam-sat/nguoi-dan", "/chi-huy/nhiem-vu", "/giam-sat/tung-nha/"],
)
def test_a_field_page_weighs_at_most_a_hundred_kilobytes(office: Office, site: Site, address: str) -> None:
    desk = office.desk("ngoc", width=PHONE)
    assert _weight(desk, address.format(task=_task_of(site))) <= FIELD


@pytest.mark.parametrize("address", ["/hom-nay", "/chi-huy/van-ban-den", "/chi-huy/nhiem-vu", "/chi-huy/bao-cao"])
def test_an_office_page_weighs_at_most_two_hundred_and_fifty_kilobytes(office: Office, address: str) -> None:
    assert _weight(office.desk("linh", width=WIDE), address) <= DESK


def test_sign_in_reads_without_scripts(office: Office) -> None:
    page: Page = office.desk().open("/tai-khoan/login/")
    assert page.locator("script[src]").count() == 0
