"""Levels at a browser: the map and its slider, one unit's reasons, signing several at once, what the paper and tasks become."""

import pytest
from playwright.sync_api import expect

from tests.browser.officers import PHONE, WIDE, Office, faults_of
from tests.browser.serving import Site
from tests.browser.weeks import tell_figures

MAP = "/khoanh-vung/?xem=so-lieu"
look = pytest.mark.parametrize(("width", "english"), [(WIDE, False), (PHONE, True)], ids=["desk-vi", "phone-en"])


@pytest.fixture(scope="module")
def communes(site: Site) -> dict[str, int]:
    """Row ids of the communes, with figures of two weeks."""
    return site.ask(tell_figures)


def unit_of(communes: dict[str, int], code: str) -> str:
    return f"/khoanh-vung/don-vi/{communes[code]}?ngay=2021-11-24"


@look
def test_pages_of_levels_are_accessible(office: Office, communes: dict[str, int], width: int, english: bool) -> None:
    desk = office.desk("viet", width=width, english=english)
    addresses = ["/khoanh-vung/", MAP, "/khoanh-vung/chi-bao-tuan/", "/khoanh-vung/quyet-dinh-cap-do/"]
    addresses += [unit_of(communes, code) for code in ("98001", "98101")]
    assert {url: found for url in addresses if (found := faults_of(desk.open(url)))} == {}


def test_the_slider_moves_the_map_the_list_and_the_address(office: Office, communes: dict[str, int]) -> None:
    page = office.desk("linh").open(MAP)
    root = page.locator("[data-levels]")
    expect(root).to_have_attribute("data-ready", "yes")
    row = page.locator(f"[data-list] tr[data-unit='{communes['98002']}']")
    expect(row).to_contain_text("cấp 3")
    page.locator("#level-slider").focus()
    page.keyboard.press("ArrowLeft")
    expect(row).to_contain_text("chưa có")
    assert "ngay=2021-11-23" in page.url
    page.locator("[data-step='7']").click()
    expect(row).to_contain_text("cấp 3")
    shape = page.locator(f"path[data-unit='{communes['98002']}']")
    expect(shape).to_have_class("hatched-3")
    assert float(root.get_attribute("data-milliseconds") or "999") >= 0
    assert faults_of(page) == []


def test_the_legend_filters_map_and_list(office: Office, communes: dict[str, int]) -> None:
    page = office.desk("linh").open(MAP)
    expect(page.locator("[data-levels]")).to_have_attribute("data-ready", "yes")
    row = page.locator(f"[data-list] tr[data-unit='{communes['98002']}']")
    page.locator("[data-level-filter='3']").click()
    expect(row).to_have_class("dimmed")


def test_a_level_that_nobody_can_conclude_leads_to_where_it_is_signed(office: Office, communes: dict[str, int]) -> None:
    page = office.desk("linh").open(unit_of(communes, "98101"))
    main = page.locator("main")
    expect(main).to_contain_text("Chưa kết luận được")
    expect(main).not_to_contain_text("risk-level.matrix")
    page.get_by_role("link", name="ký đối chiếu").click()
    expect(page.locator("h1")).to_contain_text("Bảng kết hợp các tiêu chí")


def test_several_levels_are_signed_in_one_paper_told_and_followed(
    office: Office, site: Site, communes: dict[str, int]
) -> None:
    desk = office.desk("viet")
    page = desk.open("/khoanh-vung/")
    page.locator("details summary", has_text="Ký nhiều đơn vị").click()
    expect(page.locator("input[name=row]:not(:checked)")).to_have_count(0)
    for box in page.locator("label.tick").all():
        if not box.inner_text().startswith(("Xã Tân Lộc", "Xã Hòa Xuân")):
            box.click()
    expect(page.locator("input[name=row]:checked")).to_have_count(2)
    page.get_by_role("button", name="chung một số").click()
    expect(page.locator("body")).to_contain_text("2 đơn vị")
    unit = desk.open(unit_of(communes, "98001"))
    unit.get_by_role("link", name="Văn bản đã ký").click()
    expect(page.locator("h1")).to_contain_text("Công bố cấp độ dịch COVID-19 tại 2 đơn vị hành chính")
    expect(page.locator("img.page-picture")).to_have_count(3)
    assert faults_of(page) == []
    desk.open("/hom-nay")
    page.get_by_role("button", name="Đã báo").first.click()
    page.wait_for_url("**/don-vi/**")
    site.ask(_follow)
    page.reload()
    expect(page.locator("#level-tasks tr, [id=level-tasks] tr").first).to_contain_text("Thông báo cấp 3")
    expect(page.locator("svg.level-steps rect")).to_have_count(1)
    assert faults_of(page) == []


def _follow() -> int:
    from phaodai.foundation import clock
    from phaodai.foundation.scope import SYSTEM
    from phaodai.playbook.actions import follow_facts

    return follow_facts(actor=SYSTEM, moment=clock.now())
