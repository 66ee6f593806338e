"""One directive goes in, tasks go down, results come up, the report goes out: four officers at four desks at once."""

from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document as WordDocument
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from tests.browser.officers import PHONE, WIDE, Desk, Office
from tests.browser.papers import DIRECTIVE, photo, sources
from tests.browser.serving import Site

MORNING = datetime.fromisoformat("2021-11-24T06:40:00+07:00")
PICTURE = {"name": "to-covid.png", "mimeType": "image/png", "buffer": photo()}


def take_in(desk: Desk, name: str, content: bytes) -> Page:
    """The office takes a paper in."""
    page = desk.open("/chi-huy/van-ban/tiep-nhan")
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/plain", "buffer": content})
    page.get_by_label("Chuyển", exact=False).fill("Phòng Tổng hợp")
    page.get_by_role("button", name="Vào sổ và đọc").click()
    page.wait_for_url("**/chi-huy/van-ban/*[0-9]")
    return page


def row_of(page: Page, words: str) -> Locator:
    """The row of the reading with these words."""
    return page.locator("#proposals [data-row]").filter(has_text=words)


def unfold(page: Page, words: str) -> Locator:
    """One fold of the open proposal, opened."""
    fold = page.locator("#proposals .current details.fold").filter(has_text=words)
    if not fold.get_attribute("open") == "":
        fold.locator("summary").click()
    return fold


def confirm(page: Page) -> None:
    """Correct, accept, choose, split, drop, settle, and send."""
    page.get_by_role("link", name="Sửa").click()
    page.get_by_label("Trích yếu").fill("truy vết thần tốc, khoanh vùng gọn, giữ “4 tại chỗ”")
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator(".facts")).to_contain_text("giữ “4 tại chỗ”")
    page.get_by_role("button", name="Nhận những việc đủ thông tin").click()
    expect(row_of(page, "rà soát từng nhà").locator("svg use, svg").first).to_be_visible()


@pytest.mark.parametrize("name", sources())
def test_the_office_takes_in_a_real_paper(office: Office, name: str) -> None:
    page = take_in(office.desk("linh"), name, sources()[name])
    expect(page.locator(".source")).to_contain_text("phòng, chống dịch", ignore_case=True)
    assert page.locator("#proposals [data-row]").count() > 0
    page.screenshot(path=f"/tmp/bshots/real-{name[:12]}.png")
    page.get_by_role("button", name="Nhận").first.click()
