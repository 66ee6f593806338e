"""The gate on a telephone: the network is cut, the clock is wrong by a day, and everybody is registered once."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.browser.officers import PHONE, Office, faults_of, lose_the_first_answer
from tests.browser.serving import Site
from tests.browser.test_weight import FIELD, _weight
from tests.story_arrivals import REFERENCE

NAMES = ("Lò Văn Một", "Lò Văn Hai")


def _gate(site: Site) -> int:
    from phaodai.containment.models import Checkpoint

    return site.ask(lambda: Checkpoint.objects.get(organisation__code="TYTL").pk)


def _register(page: Page, name: str) -> None:
    page.get_by_label("Họ và tên").fill(name)
    page.get_by_label("Đi từ").select_option("nuoc-ngoai")
    page.get_by_role("button", name="Ghi và xem việc tiếp theo").click()


def _arrived(site: Site, name: str) -> list[tuple[int, int]]:
    """The clock's error and the days since the record of everybody with that name."""
    from phaodai.containment.models import Arrival

    rows = Arrival.objects.filter(full_name=name)
    return site.ask(lambda: [(row.clock_off, (row.received_at.date() - row.at.date()).days) for row in rows])


def test_people_registered_without_a_network_are_sent_once_and_at_the_right_time(office: Office, site: Site) -> None:
    office.forgive("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "status of 422")
    desk = office.desk("ngoc", width=PHONE)
    address = f"/khoanh-vung/chot/{_gate(site)}/dien-thoai"
    assert _weight(desk, address) <= FIELD
    page = desk.page
    # The telephone believes that it is tomorrow.
    page.clock.install(time=datetime.now(UTC) + timedelta(days=1))
    page.reload()
    page.context.set_offline(True)
    _register(page, NAMES[0])
    _register(page, NAMES[1])
    expect(page.locator(".gate-outbox")).to_contain_text("tự gửi khi có mạng: 2")
    expect(page.get_by_label("Họ và tên")).to_have_value("")
    lost = lose_the_first_answer(page, "**/ghi")
    page.context.set_offline(False)
    page.get_by_role("button", name="Gửi ngay").click()
    page.clock.fast_forward(16_000)
    expect(page.locator(".arrival-answer")).to_have_count(2)
    expect(page.locator(".arrival-answer").first).to_contain_text("Cách ly tập trung")
    expect(page.locator(".arrival-answer").first).to_contain_text("chạy nhanh")
    expect(page.locator(".gate-outbox")).to_be_hidden()
    assert lost == [200]
    for name in NAMES:
        ((off, days),) = _arrived(site, name)
        assert abs(off - 86_400) < 600
        assert days == 0
    assert faults_of(page) == []
    _fetch_and_mend(page, site)


def _fetch_and_mend(page: Page, site: Site) -> None:
    """A code brings the declaration; what the server refuses comes back whole."""
    page.get_by_label("Mã trên tờ khai").fill(REFERENCE)
    page.get_by_role("button", name="Lấy").click()
    expect(page.get_by_label("Họ và tên")).to_have_value("Mốc khách Tân Lộc")
    # Until its script runs the page is a plain form, which sends without keeping.
    page.wait_for_load_state("domcontentloaded")
    page.get_by_label("Năm sinh").fill("1700")
    page.get_by_role("button", name="Ghi và xem việc tiếp theo").click()
    expect(page.locator(".gate-outbox")).to_contain_text("1700")
    page.get_by_role("button", name="Sửa").click()
    page.get_by_label("Năm sinh").fill("1990")
    page.get_by_role("button", name="Ghi và xem việc tiếp theo").click()
    expect(page.locator(".arrival-answer").first).to_contain_text("Chờ: cán bộ y tế quyết định")
    ((_off, days),) = _arrived(site, "Mốc khách Tân Lộc")
    assert days == 0


def test_the_public_form_works_without_a_script_and_weighs_little(office: Office) -> None:
    desk = office.desk(width=PHONE)
    assert _weight(desk, "/khai-bao-di-lai/") <= FIELD
    page = desk.page
    assert page.locator("script").count() == 0
    assert faults_of(page) == []
    page.get_by_label("Họ và tên").fill("Lò Văn Khai")
    page.get_by_label("Đi từ").select_option(label="Tỉnh Sơn Giang")
    page.get_by_label("Xã nơi đến").select_option(label="Xã Tân Lộc")
    page.get_by_label("Ngày đến").fill("2021-11-25")
    page.get_by_role("button", name="Gửi tờ khai").click()
    expect(page.get_by_role("heading", name="Đã khai xong")).to_be_visible()
    expect(page.locator(".picture svg")).to_be_visible()
    assert faults_of(page) == []
