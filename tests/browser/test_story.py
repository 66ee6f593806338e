"""One directive goes in, tasks go down, results come up, the report goes out: four officers at four desks at once."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document as WordDocument
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from tests.browser.officers import WIDE, Desk, Office, faults_of
from tests.browser.papers import DIRECTIVE, photo, sources

PICTURE = {"name": "to-covid.png", "mimeType": "image/png", "buffer": photo()}


def take_in(desk: Desk, name: str, content: bytes) -> Page:
    """The office takes a paper in."""
    page = desk.open("/chi-huy/van-ban/tiep-nhan")
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/plain", "buffer": content})
    page.get_by_label("Chuyển", exact=False).fill("Phòng Tổng hợp")
    page.get_by_role("button", name="Vào sổ và đọc").click()
    page.wait_for_url(re.compile(r"/van-ban/\d+$"))
    return page


def row_of(page: Page, words: str) -> Locator:
    """The row of the reading with these words."""
    return page.locator("#proposals [data-row]").filter(has_text=words)


def unfold(page: Page, words: str) -> Locator:
    """One fold of the open proposal, opened."""
    fold = page.locator("#proposals .current details.fold").filter(has_text=words)
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    return fold


def pick(fold: Locator, words: str) -> None:
    """Find a unit by a few letters, tick it."""
    fold.get_by_role("searchbox").press_sequentially(words)
    fold.get_by_role("checkbox", name=words, exact=False).first.check()


def confirm(page: Page) -> None:
    """Correct, accept, choose units, split, drop, settle, and send."""
    page.locator("#muc > header").get_by_role("link", name="Sửa").click()
    page.get_by_label("Trích yếu").fill("truy vết thần tốc, khoanh vùng gọn, giữ “4 tại chỗ”")
    page.get_by_role("button", name="Lưu phần đã sửa").click()
    expect(page.locator(".facts")).to_contain_text("giữ “4 tại chỗ”")
    page.get_by_role("button", name="Nhận các việc đã đủ").click()
    expect(row_of(page, "rà soát từng nhà").locator(".clause-head > svg")).to_be_visible()
    settle_first_section(page)
    choose_units_of_fourth_section(page)
    split_third_section(page)
    drop_fifth_section(page)


def settle_first_section(page: Page) -> None:
    """The first section asks for no work of its own."""
    expect(page.locator("#proposals .current")).to_contain_text("Mục 1")
    page.get_by_role("button", name="Nguyên tắc, không giao việc").click()
    expect(row_of(page, "Người đứng đầu").locator(".tag")).to_have_text("Bối cảnh, nguyên tắc")


def choose_units_of_fourth_section(page: Page) -> None:
    """A whole group and one unit more, a deadline that has passed and is refused, and the right one."""
    expect(page.locator("#proposals .current")).to_contain_text("Mục 4")
    units = unfold(page, "Đơn vị chịu trách nhiệm")
    units.get_by_role("button", name="mọi UBND huyện").click()
    expect(units.locator("#chon-addressees .tick")).to_have_count(2)
    pick(units, "Xã Tân Lộc")
    unfold(page, "Thời hạn").locator("input[name=deadline]").fill("2021-11-20T17:00")
    page.get_by_role("button", name="Đúng, nhận").click()
    current = page.locator("#proposals .current")
    expect(current).to_contain_text("17:00 20/11/2021")
    expect(current.locator("#chon-addressees input:checked")).to_have_count(3)
    unfold(page, "Thời hạn").locator("input[name=deadline]").fill("2021-11-27T17:00")
    page.get_by_role("button", name="Đúng, nhận").click()
    expect(row_of(page, "Tổ COVID")).to_contain_text("17:00 27/11/2021")


def split_third_section(page: Page) -> None:
    """One section, two tasks."""
    row_of(page, "150 giường").get_by_role("link").click()
    page.get_by_role("button", name="Tách thêm việc").click()
    current = page.locator("#proposals .current")
    expect(current).to_contain_text("3.2")
    current.get_by_label("Nhiệm vụ").fill("Đào tạo 30 người vận hành máy thở")
    pick(unfold(page, "Đơn vị chịu trách nhiệm"), "Sở Y tế")
    unfold(page, "Thời hạn").locator("input[name=deadline]").fill("2021-11-29T17:00")
    page.get_by_role("button", name="Đúng, nhận").click()
    expect(row_of(page, "vận hành máy thở").locator(".clause-head > svg")).to_be_visible()


def drop_fifth_section(page: Page) -> None:
    """Somebody else does this already."""
    row_of(page, "nguồn hàng").get_by_role("link").click()
    page.locator("#proposals .current").get_by_role("button", name="Bỏ", exact=True).click()
    expect(row_of(page, "nguồn hàng").locator("s")).to_be_visible()


def send(page: Page) -> None:
    """One to the district, two to the department, three of the fourth section."""
    page.get_by_role("button", name="Xác nhận, giao 6 việc").click()
    page.wait_for_url("**/cay")
    expect(page.locator(".summary")).to_contain_text("6")


def open_from_today(desk: Desk, title: str) -> Page:
    """From the landing page to a task with one click."""
    page = desk.open("/hom-nay")
    item = page.locator(".queue > li", has_text=title)
    if not item.first.is_visible():
        page.locator("details.later summary").click()
    item.first.locator(".button.go").click()
    page.wait_for_url("**/viec/**")
    return page


def pass_on(desk: Desk, title: str) -> None:
    """The district takes its task and splits it for its communes."""
    page = open_from_today(desk, title)
    page.get_by_role("button", name="Tiếp nhận").click()
    page.locator("details.panel summary", has_text="Giao cho đơn vị cấp dưới").click()
    part = page.locator("details.panel[open]")
    part.get_by_label("Nhiệm vụ").fill("Rà soát từng nhà trong xã")
    part.locator("input[name=deadline]").fill("2021-11-27T17:00")
    part.get_by_label("Ủy ban nhân dân xã Hòa Xuân").check()
    part.get_by_label("Ủy ban nhân dân xã Tân Lộc").check()
    part.get_by_role("button", name="Giao cho các đơn vị đã chọn").click()
    expect(page.locator("#messages")).to_contain_text("2 đơn vị")


def report(page: Page, words: str, *, done: bool = False, picture: bool = False) -> None:
    """A word of progress, or that the work is done."""
    form = page.locator("#bao")
    form.get_by_label("Đã làm được gì").fill(words)
    if picture:
        form.locator("input[type=file]").set_input_files(PICTURE)
    with page.expect_navigation():
        form.get_by_role("button", name="Báo xong" if done else "Gửi tiến độ").click()
    expect(page.locator(".log").last).to_contain_text(words)


def return_it(page: Page, words: str) -> None:
    """The district sends the result back with a remark."""
    page.get_by_label("Lý do").first.fill(words)
    page.get_by_role("button", name="Trả lại kèm ý kiến").click()
    expect(page.locator("#messages")).to_contain_text("Đã trả lại")


@pytest.mark.parametrize("name", sources())
def test_the_office_takes_in_a_real_paper(office: Office, name: str) -> None:
    page = take_in(office.desk("linh"), name, sources()[name])
    expect(page.locator(".source")).to_contain_text("phòng, chống dịch", ignore_case=True)
    expect(page.locator("#proposals [data-row]").nth(1)).to_be_visible()
    page.get_by_role("button", name="Nhận các việc đã đủ").click()
    expect(page.locator("#proposals .current")).to_have_count(1)
    assert faults_of(page) == []


def test_a_directive_goes_down_and_its_results_come_up(office: Office) -> None:
    tell_the_story(office, WIDE)


def tell_the_story(office: Office, width: int) -> None:
    """From the office to the commune and back, with the district and the commune at screens of `width`."""
    office.forgive("status of 422")
    linh = office.desk("linh")
    dat, xuan = office.desk("dat", width=width), office.desk("xuan", width=width)
    tree = take_in(linh, "142-cv-tu.txt", DIRECTIVE.encode())
    confirm(tree)
    assert faults_of(tree) == []
    send(tree)

    pass_on(dat, "rà soát từng nhà")
    district = tree.locator("tr[data-depth='1']", has_text="rà soát từng nhà")
    expect(district.locator(".branch")).to_be_visible()
    district.locator(".branch").click()
    commune = tree.locator("tr[data-depth='2']", has_text="Hòa Xuân")
    expect(commune).to_contain_text("còn 3 ngày")

    below = open_from_today(xuan, "Rà soát từng nhà trong xã")
    below.get_by_role("button", name="Tiếp nhận").click()
    report(below, "Đã rà soát 120/236 hộ", picture=True)
    expect(below.locator(".log").last.get_by_role("link", name="to-covid.png")).to_be_visible()
    report(below, "Đủ 236 hộ", done=True)
    assert faults_of(below) == []
    expect(commune).to_contain_text("chờ trả lời")

    above = open_from_today(dat, "Rà soát từng nhà trong xã")
    assert faults_of(above) == []
    return_it(above, "Thiếu thôn Thượng, bổ sung trước 16 giờ")
    expect(commune).not_to_contain_text("chờ trả lời")
    report(open_from_today(xuan, "Thiếu thôn Thượng"), "Đã bổ sung thôn Thượng", done=True)
    above = open_from_today(dat, "Rà soát từng nhà trong xã")
    above.get_by_role("button", name="Duyệt kết quả").click()
    expect(commune).to_contain_text("xong")
    assert faults_of(tree) == []


def test_the_chief_of_the_office_signs_the_daily_report(office: Office, tmp_path: Path) -> None:
    page = office.desk("chinh").open("/chi-huy/bao-cao/hom-nay")
    page.get_by_role("button", name="Lập báo cáo hôm nay").click()
    page.get_by_label("Đánh giá").fill("Các đơn vị cơ bản đúng hạn; hai huyện còn chậm.")
    page.get_by_role("button", name="Lưu lời báo cáo").click()
    page.get_by_role("button", name="Ký báo cáo").click()
    expect(page.locator(".lede")).to_contain_text("Phan Đức Chính")
    number = page.locator(".lede").inner_text().split(",")[0]
    shown = figures_on(page)
    assert faults_of(page) == []

    word = WordDocument(BytesIO(download(page, "Word", tmp_path)))
    written = "\n".join(paragraph_texts(word))
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        number,
        "Phan Đức Chính",
        "hai huyện còn chậm",
    ):
        assert words in written
    assert shown
    assert {name: figures for name, figures in rows_of(word).items() if name in shown} == shown
    paper = PdfReader(BytesIO(download(page, "PDF", tmp_path)))
    assert "Phan Đức Chính" in " ".join("".join(sheet.extract_text() for sheet in paper.pages).split())


def figures_on(page: Page) -> dict[str, list[str]]:
    """The figures of each unit as the screen shows them."""
    rows = page.locator("table.register").first.locator("tbody tr")
    found = {}
    for row in rows.all():
        name, *figures = [cell.inner_text().split("\n") for cell in row.locator("td").all()]
        found[name[0]] = [cell[-1] for cell in figures]
    return found


def download(page: Page, name: str, folder: Path) -> bytes:
    """A file behind a link of the page."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).click()
    target = folder / waiting.value.suggested_filename
    waiting.value.save_as(target)
    return target.read_bytes()


def paragraph_texts(word: Any) -> list[str]:
    """Every paragraph, those in tables too."""
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return [*(paragraph.text for paragraph in word.paragraphs), *cells]


def rows_of(word: Any) -> dict[str, list[str]]:
    """Every table row by what stands in its unit's cell."""
    rows = [[cell.text for cell in row.cells] for table in word.tables for row in table.rows]
    return {row[at].split("\n")[0]: row[at + 1 :] for row in rows for at in (0, 1) if len(row) > at + 1}
