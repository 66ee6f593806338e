"""The law at a browser: the what-if bench answers while one types, a value is signed for and counts, pages are accessible."""

import pytest
from playwright.sync_api import expect

from tests.browser.officers import PHONE, WIDE, Office, faults_of

OPEN_CELL = "risk-level.matrix/2-covered@2021-10-12"
CASE = "tier=commune&cases_per_100k_week=30&dose1_adult_share=90&full_elderly_share=90"
BENCH = f"/luat/?quy-tac=risk-level&ngay=2021-11-24&{CASE}"
look = pytest.mark.parametrize(("width", "english"), [(WIDE, False), (PHONE, True)], ids=["desk-vi", "phone-en"])
PAGES = (
    "/luat/",
    BENCH,
    "/luat/?quy-tac=epidemic-declared&benh=dengue&ngay=2022-08-31",
    "/luat/bien-phap?cap=3&viec=đám+cưới&nguoi=40&ngay=2021-11-27",
    "/luat/bien-phap?ngay=2020-04-05",
    "/luat/cho-doi-chieu",
    "/luat/cho-doi-chieu?benh=dengue",
    f"/luat/gia-tri/{OPEN_CELL}",
    "/luat/van-ban",
    "/luat/van-ban/4800-qd-byt",
    "/luat/ngay/2022-01-27",
    "/luat/bang/risk-level.matrix?ngay=2021-11-24",
)


@look
def test_pages_of_the_law_are_accessible(office: Office, width: int, english: bool) -> None:
    desk = office.desk("linh", width=width, english=english)
    assert {url: found for url in PAGES if (found := faults_of(desk.open(url)))} == {}


def test_the_bench_answers_while_one_types(office: Office) -> None:
    page = office.desk("ngoc").open(BENCH)
    answer = page.locator("#answer")
    expect(answer).to_contain_text("Chưa kết luận được")
    page.locator("[name=cases_per_100k_week]").fill("73.5")
    expect(answer).to_contain_text("cấp 2")
    page.locator("[name=full_elderly_share]").fill("79")
    expect(answer).to_contain_text("cấp 3")
    expect(answer).to_contain_text("tăng một cấp")
    assert faults_of(page) == []


def test_a_wedding_of_forty_on_saturday_is_answered_with_its_document(office: Office) -> None:
    page = office.desk("ngoc").open("/luat/bien-phap?ngay=2021-11-27")
    page.locator("#viec").fill("đám cưới")
    page.locator("#nguoi").fill("40")
    page.locator("#cap").select_option("3")
    page.get_by_role("button", name="Tra cứu").click()
    expect(page.locator("#answer")).to_contain_text("hạn chế")
    expect(page.locator("#answer")).to_contain_text("128/NQ-CP")


def test_a_value_is_signed_for_and_then_decides(office: Office) -> None:
    desk = office.desk("linh")
    page = desk.open("/luat/cho-doi-chieu?quy-tac=risk-level")
    page.locator(f"a[href='/luat/gia-tri/{OPEN_CELL}']").first.click()
    form = page.locator("main form[enctype]")
    form.locator("input:not([type=hidden])").first.fill("2")
    form.locator("[name=clause]").fill("Phụ lục, bảng 3")
    form.locator("[name=official_text]").fill("Mức 2, từ 70% trở lên: cấp 2")
    form.locator("button.go").click()
    expect(page.locator("main")).to_contain_text("Đỗ Thùy Linh")
    assert faults_of(page) == []
    answer = desk.open(BENCH).locator("#answer")
    expect(answer).to_contain_text("cấp 2")
    expect(answer).to_contain_text("do Đỗ Thùy Linh xác nhận")
