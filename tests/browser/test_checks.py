"""A visit to the market on a telephone: the network is cut at sending, the answer is lost once, and one visit is kept."""

from playwright.sync_api import Route, expect

from tests.browser.officers import PHONE, Office, faults_of
from tests.browser.serving import Site
from tests.browser.test_weight import FIELD, _weight

RETRY = "01:00"


def _market(site: Site) -> int:
    from phaodai.territory.models import Place

    return site.ask(lambda: Place.objects.get(code="CHO-TL").pk)


def _visits(site: Site, place: int) -> list[tuple[int, int]]:
    from phaodai.containment.models import Check

    rows = Check.objects.filter(place=place, note="Phiên sáng")
    return site.ask(lambda: [(row.failed, row.photos.count()) for row in rows])


def test_a_visit_without_a_network_is_sent_once(office: Office, site: Site) -> None:
    office.forgive("ERR_INTERNET_DISCONNECTED", "ERR_FAILED")
    place, desk = _market(site), office.desk("ngoc", width=PHONE)
    address = f"/khoanh-vung/kiem-tra-5k/noi/{place}"
    desk.page.clock.install()
    assert _weight(desk, "/khoanh-vung/kiem-tra-5k") <= FIELD
    assert faults_of(desk.page) == []
    assert _weight(desk, address) <= FIELD
    page = desk.page
    for item in page.locator("fieldset.item").all():
        item.locator("input[value=ok]").check()
    stalls = page.locator("fieldset.item").last
    stalls.locator("input[value=not]").check()
    photo = {"name": "quay.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff\xe0 anh"}
    stalls.locator("input[type=file]").set_input_files(photo)  # type: ignore[arg-type]
    page.get_by_label("Ghi chú").last.fill("Phiên sáng")
    assert faults_of(page) == []
    page.context.set_offline(True)
    page.get_by_role("button", name="Lưu lượt kiểm tra").click()
    waiting = page.locator("#waiting-visits")
    expect(waiting).to_contain_text("Đã lưu trong máy")
    assert _visits(site, place) == []
    lost: list[int] = []

    def lose_the_first_answer(route: Route) -> None:
        if route.request.method != "POST" or lost:
            route.continue_()
            return
        lost.append(route.fetch(max_redirects=0).status)
        route.abort()

    page.route("**/kiem-tra-5k/noi/*", lose_the_first_answer)
    with page.expect_event("requestfailed"):
        page.context.set_offline(False)
    assert lost
    # No sign of a network follows: the page tries again by its own clock.
    page.clock.fast_forward(RETRY)
    expect(waiting).to_be_hidden()
    assert _visits(site, place) == [(1, 1)]


def test_what_an_organiser_reads_is_readable(office: Office, site: Site) -> None:
    desk = office.desk(width=PHONE)
    page = desk.open("/bao-to-chuc/")
    assert faults_of(page) == []
    page = desk.open("/bao-to-chuc/M98001CWTH")
    expect(page.get_by_text("Cán bộ xã sẽ trả lời trực tiếp")).to_be_visible()
    assert faults_of(page) == []
