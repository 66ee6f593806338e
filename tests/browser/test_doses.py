"""A nurse at a vaccinating table whose network goes away: the dose is recorded in the phone and arrives once."""

from datetime import datetime

from playwright.sync_api import expect

from phaodai.foundation.clock import VIETNAM
from tests.browser.officers import PHONE, Office, faults_of
from tests.browser.serving import Site
from tests.phaodai.vaccination.table import Table, card, table_of
from tests.world import find_world

MORNING = datetime(2021, 11, 24, 6, 40, tzinfo=VIETNAM)
NAME = "Sùng Thị Ngoài Mạng"
GROUP = "chronic-elderly"


def kept(table: Table) -> list[tuple[str, str, bool]]:
    from phaodai.vaccination.models import Dose

    rows = Dose.objects.filter(session=table.session).values_list("full_name", "source", "identity_number")
    return [(name, source, bool(number)) for name, source, number in rows]


def test_a_dose_recorded_without_a_network_arrives_once(office: Office, site: Site) -> None:
    table: Table = site.ask(lambda: table_of(find_world(), MORNING))
    office.forgive("ERR_", "Failed to load resource")
    desk = office.desk("ngoc", width=PHONE)
    page = desk.page
    address = f"/tiem-chung/buoi/{table.session.pk}/tiem/"
    page.goto(address)
    expect(page.locator("body")).to_have_attribute("data-ready", "yes")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    assert faults_of(page) == []
    page.locator("#search").fill(f"{card(40)}||{NAME}|04031980|Nữ|Thôn Thượng, Tân Lộc|01012021")
    page.locator("select[name=group]").select_option(GROUP)
    expect(page.locator("#answer")).to_contain_text("Đúng quy định")
    # The button that gives the dose stays in sight, over the fields that are scrolled to.
    page.locator("#back").scroll_into_view_if_needed()
    assert faults_of(page) == []
    page.locator("#back").click()
    # Every answer to a dose is lost on the way back: the server keeps it, and the phone sends it again.
    lost = []
    page.context.route(
        "**/tiem/gui", lambda route: (lost.append(route.fetch()), route.abort()) if not lost else route.continue_()
    )
    desk.context.set_offline(True)
    page.reload()
    expect(page.locator("body")).to_have_attribute("data-ready", "yes")
    page.locator("#search").fill(f"{card(40)}||{NAME}|04031980|Nữ|Thôn Thượng, Tân Lộc|01012021")
    page.locator("select[name=group]").select_option(GROUP)
    expect(page.locator("#answer")).to_contain_text("Không có mạng")
    page.locator("#give").click()
    expect(page.locator("#said")).to_contain_text(f"Đã ghi: {NAME}, mũi 1")
    expect(page.locator("#held-count")).to_have_text("1")
    # The same person sits down again: this phone knows it by itself.
    page.locator("#search").fill(f"{card(40)}||{NAME}|04031980|Nữ|Thôn Thượng, Tân Lộc|01012021")
    expect(page.locator("#answer")).to_contain_text("Đã tiêm trong buổi này rồi")
    expect(page.locator("#give")).to_be_disabled()
    desk.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#sync-text")).to_contain_text("Đã đồng bộ")
    expect(page.locator("#held-count")).to_have_text("")
    assert len(lost) == 1
    assert site.ask(lambda: kept(table)) == [(NAME, "online", True)]
