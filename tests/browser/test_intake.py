"""The office before a doubtful paper: a name asked once, a running task met again, values confirmed, a page as printed."""

import os
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.officers import Desk, Office, faults_of
from tests.browser.papers import DIRECTIVE

NAME = "Ban Quản lý chợ đầu mối"
BEDS = "3. Sở Y tế chuẩn bị 150 giường bệnh, hoàn thành trước ngày 30/11/2021."


def paper(number: int, beds: int = 150) -> bytes:
    """A directive of its own number, with the market board in its last section."""
    text = DIRECTIVE.replace("142-CV", f"{number}-CV").replace("150 giường", f"{beds} giường")
    return text.replace("5. Sở Công Thương rà soát", f"5. {NAME} rà soát").encode()


def take_in(desk: Desk, number: int, beds: int = 150) -> Page:
    """Take the paper in; the confirming page opens."""
    page = desk.open("/chi-huy/van-ban/tiep-nhan")
    page.set_input_files(
        "input[type=file]", {"name": f"{number}.txt", "mimeType": "text/plain", "buffer": paper(number, beds)}
    )
    page.locator("main form button[type=submit]").first.click()
    page.locator("#readings").wait_for()
    return page


def keep_picture(page: Page, name: str) -> None:
    """For a person who wants to look: PHAODAI_PICTURES names the folder."""
    if folder := os.environ.get("PHAODAI_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_a_doubtful_paper_is_confirmed(office: Office) -> None:
    desk = office.desk("linh")
    page = take_in(desk, 901)
    keep_picture(page, "intake")
    assert faults_of(page) == []
    page.locator("#readings .rows [data-span='doc-number']").focus()
    expect(page.locator("#doc-number")).to_have_class("current")
    desk.press("Enter")
    expect(page.locator("#readings h3")).to_contain_text("1/11")
    page.locator("#readings header button").click()
    expect(page.locator("#readings h3")).to_contain_text("11/11")
    page.locator(".source #doc-date").click()
    expect(page.locator("#readings [data-span='doc-date']")).to_be_focused()


def test_a_name_is_asked_once_and_a_running_task_is_met(office: Office) -> None:
    desk = office.desk("linh")
    page = take_in(desk, 902)
    asked = page.locator("form.ask")
    asked.locator("input[type=search]").press_sequentially("Công Thương")
    asked.locator("input[type=checkbox][name^=ten]").first.check()
    asked.locator("button[type=submit]").last.click()
    expect(page.locator("form.ask")).to_have_count(0)
    page.locator("form[action$='nhan-chac-chan'] button").click()
    page.locator("form[action$='giao'] button").click()
    page.wait_for_url("**/cay")
    page = take_in(desk, 903, beds=200)
    expect(page.locator("form.ask")).to_have_count(0)
    page.locator("#proposals a", has_text="200 giường").click()
    page.locator("#proposals button[value^=gop]").first.wait_for()
    keep_picture(page, "duplicate")
    page.locator("#proposals button[value^=gop]").first.click()
    expect(page.locator("#proposals s", has_text="200 giường")).to_be_visible()


def test_a_paper_is_written_and_looked_at(office: Office) -> None:
    desk = office.desk("linh")
    page = desk.open("/chi-huy/van-ban-di/soan")
    keep_picture(page, "paper-form")
    assert faults_of(page) == []
    page.locator("[name=subject]").fill("chuẩn bị giường bệnh")
    page.locator("[name=body]").fill(f"Đề nghị các đơn vị:\n{BEDS}")
    page.locator("main form button[type=submit].go").click()
    picture = page.locator("img.page-picture").first
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 1000
    keep_picture(page, "paper")
    assert faults_of(page) == []
