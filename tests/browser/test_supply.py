"""A store keeper gives masks out on a telephone; somebody without an account reads what a fund told the public."""

from playwright.sync_api import expect

from tests.browser.officers import PHONE, Office, faults_of
from tests.browser.serving import Site
from tests.browser.test_weight import FIELD, _weight


def _store(site: Site) -> int:
    from phaodai.supply.models import Store

    return site.ask(lambda: Store.objects.get(name="Mốc kho Tân Lộc").pk)


def _given_out(site: Site) -> list[str]:
    from phaodai.supply.models import Movement

    rows = Movement.objects.filter(kind=Movement.Kind.ISSUE, about="Tổ lấy mẫu thôn Mường")
    return site.ask(lambda: [str(row.lines.get().quantity) for row in rows])


def test_a_slip_is_written_on_the_phone_and_the_public_reads_the_fund(office: Office, site: Site) -> None:
    office.forgive("422")
    address = f"/hau-can/kho/{_store(site)}/phieu/xuat"
    desk = office.desk("ngoc", width=PHONE)
    assert _weight(desk, address) <= FIELD
    page = desk.page
    line = page.locator(".slip-line").first
    line.locator("[name=mat-hang]").fill("KT-YT")
    line.locator("[name=mat-hang]").press("Tab")
    expect(line.locator(".lot select, .lot input").first).to_be_visible()
    line.locator("[name=so-luong]").fill("100.000")
    page.locator("[name=about]").fill("Tổ lấy mẫu thôn Mường")
    send = page.locator("form.form button.go")
    send.click()
    expect(page.locator(".slip-line .problem, .error, .note").first).to_be_visible()
    assert _given_out(site) == []
    expect(page.locator("[name=about]")).to_have_value("Tổ lấy mẫu thôn Mường")
    page.locator("[name=so-luong]").first.fill("5")
    assert faults_of(page) == []
    send.click()
    page.wait_for_url("**/hau-can/phieu/*")
    assert _given_out(site) == ["5.00"]
    stranger = office.desk(width=PHONE)
    page = stranger.open("/cong-khai/quy/")
    assert faults_of(page) == []
    page.locator("main a[href*='/cong-khai/quy/']").first.click()
    page.wait_for_url("**/cong-khai/quy/*")
    expect(page.locator("main")).to_contain_text("Tiền còn")
    assert faults_of(page) == []
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert not wide
