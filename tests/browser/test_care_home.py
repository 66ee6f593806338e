"""A family measures without a network: it is told at once whom to ring, and the reading arrives once; then a nurse's list."""

from playwright.sync_api import Route, expect

from tests.browser.officers import PHONE, Office, faults_of
from tests.browser.serving import Site
from tests.browser.test_weight import FIELD, _weight
from tests.story_home_care import REFERENCE

FAMILY, NURSE = f"/cuu-chua/gia-dinh/{REFERENCE}", "/cuu-chua/tai-nha"


def _readings(site: Site) -> list[int | None]:
    from phaodai.care.models import Reading

    rows = Reading.objects.filter(home_care__door__reference=REFERENCE, spo2=91)
    return site.ask(lambda: [row.spo2 for row in rows])


def test_a_reading_without_a_network_arrives_once(office: Office, site: Site) -> None:
    office.forgive("ERR_INTERNET_DISCONNECTED", "ERR_FAILED")
    desk = office.desk(width=PHONE)
    assert _weight(desk, FAMILY) <= FIELD
    page = desk.page
    assert faults_of(page) == []
    page.get_by_label("SpO2 (%)").fill("91")
    page.context.set_offline(True)
    page.get_by_role("button", name="Gửi chỉ số").click()
    expect(page.get_by_role("link", name="Gọi 115").first).to_be_visible()
    expect(page.locator("#said")).to_contain_text("Không có mạng")
    assert _readings(site) == []
    lost: list[int] = []

    def lose_the_first_answer(route: Route) -> None:
        if route.request.method != "POST" or lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort()

    page.route(f"**{FAMILY}", lose_the_first_answer)
    page.context.set_offline(False)
    expect(page.locator("#said")).to_be_hidden()
    assert lost == [200]
    assert _readings(site) == [91]
    nurse = office.desk("ngoc", width=PHONE)
    assert _weight(nurse, NURSE) <= FIELD
    nurse.page.locator("details.at-home-person > summary").first.click()
    assert faults_of(nurse.page) == []
