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


def test_what_is_certain_is_one_key_and_the_list_of_tasks_another(office: Office) -> None:
    desk = office.desk("linh")
    page = take_in(desk, 904)
    desk.press("c")
    expect(page.locator("#readings h3")).to_contain_text("11/11")
    expect(page.locator("[data-row]:focus")).to_have_count(1)
    while not page.locator("#proposals [data-row]:focus").count():
        desk.press("J")
    expect(page.locator("#proposals .clause-body")).to_have_count(1)
    expect(page.locator("#proposals [data-row]:focus .clause-body")).to_have_count(1)
    desk.press("K")
    expect(page.locator("#proposals [data-row]:focus")).to_have_count(0)


def test_a_value_is_corrected_by_a_key(office: Office) -> None:
    desk = office.desk("linh")
    page = take_in(desk, 905)
    page.locator("#readings [data-span='doc-place']").focus()
    desk.press("e")
    page.wait_for_url("**/thong-tin?o=place")
    expect(page.locator("[name=place]")).to_be_focused()
    desk.press("Control+a")
    page.keyboard.type("Bình Minh Đông")
    page.locator("main form button.go").click()
    expect(page.locator("#readings [data-span='doc-place']")).to_contain_text("Bình Minh Đông")
    assert faults_of(page) == []


def test_a_warning_and_its_words_find_each_other(office: Office) -> None:
    desk = office.desk("linh")
    page = desk.open("/chi-huy/van-ban/tiep-nhan")
    bruised = DIRECTIVE.replace("142-CV", "906-CV").replace("Nơi nhận", "Noi nhận").replace("3. Sở", "3. Xắp xếp: Sở")
    file = {"name": "906.txt", "mimeType": "text/plain", "buffer": bruised.encode()}
    page.set_input_files("input[type=file]", file)
    page.locator("main form button[type=submit]").first.click()
    warning = page.locator("[data-row]", has_text="sắp xếp")
    warning.focus()
    expect(page.locator(".source mark.current")).to_have_text("Xắp xếp")
    page.locator(".source mark", has_text="Noi nhận").click()
    expect(page.locator("[data-row]:focus")).to_contain_text("Nơi nhận")
    keep_picture(page, "warnings")
    assert faults_of(page) == []


def test_the_chain_of_papers_is_walked(office: Office) -> None:
    desk = office.desk("linh")
    page = take_in(desk, 907)
    first = page.url
    page = desk.open("/chi-huy/van-ban/tiep-nhan")
    text = DIRECTIVE.replace("142-CV", "908-CV").replace(
        "Nghị quyết số 128/NQ-CP ngày 11/10/2021 của Chính phủ", "Công văn số 907-CV/TU ngày 23/11/2021 của Tỉnh ủy"
    )
    page.set_input_files("input[type=file]", {"name": "908.txt", "mimeType": "text/plain", "buffer": text.encode()})
    page.locator("main form button[type=submit]").first.click()
    link = page.locator("[data-row] a", has_text="907-CV/TU")
    link.click()
    page.wait_for_url(first)
    page.locator("[data-row] a", has_text="908-CV/TU").focus()
    desk.press("Enter")
    expect(page.locator("[data-row] a", has_text="907-CV/TU")).to_be_visible()


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
