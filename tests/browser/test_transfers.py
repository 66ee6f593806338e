"""A crew on the road without a network: both taps wait with their hour, and each counts once."""

from playwright.sync_api import expect

from tests.browser.officers import PHONE, Office, lose_the_first_answer
from tests.browser.serving import Site
from tests.browser.test_weight import FIELD, _weight


def _assigned(site: Site) -> int:
    from phaodai.care.models import Transfer

    way = Transfer.objects.filter(to_facility__name="Mốc bệnh viện Tân Lộc")
    return site.ask(lambda: (way.update(state="assigned"), way.get().pk)[1])


def _tapped(site: Site, way: int) -> list[str]:
    from phaodai.care.models import TransferStep

    return site.ask(
        lambda: list(TransferStep.objects.filter(transfer=way, key__isnull=False).values_list("state", flat=True))
    )


def test_a_crew_without_a_network_departs_and_arrives_once(office: Office, site: Site) -> None:
    office.forgive("ERR_INTERNET_DISCONNECTED", "ERR_FAILED")
    way = _assigned(site)
    desk = office.desk("dich", width=PHONE)
    assert _weight(desk, f"/cuu-chua/chuyen-tuyen/{way}") <= FIELD
    page, said = desk.page, desk.page.locator("#said")
    expect(page.locator("form[data-ready]")).to_be_attached()
    page.context.set_offline(True)
    page.locator("button[value=len-duong]").click()
    expect(said).to_contain_text("chưa gửi: 1")
    page.locator("button[value=den-noi]").click()
    expect(said).to_contain_text("chưa gửi: 2")
    expect(page.locator("form[data-taps] button:visible")).to_have_count(0)
    assert _tapped(site, way) == []
    lost = lose_the_first_answer(page, f"**/chuyen-tuyen/{way}/*")
    page.context.set_offline(False)
    expect(page.locator("form[data-taps]")).to_have_count(0)
    assert lost == [200]
    assert sorted(_tapped(site, way)) == ["arrived", "on_the_way"]
