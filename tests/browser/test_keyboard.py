"""The office confirms a paper without touching the mouse: j, k, J, Enter, e, as the list of keys says."""

import re

from playwright.sync_api import expect

from tests.browser.officers import Office, faults_of
from tests.browser.papers import DIRECTIVE
from tests.browser.test_story import row_of, take_in


def test_a_paper_is_confirmed_by_keys_alone(office: Office) -> None:
    desk = office.desk("linh")
    page = take_in(desk, "142-cv-tu.txt", DIRECTIVE.encode())
    desk.press("j")
    expect(page.locator(".source .current")).to_contain_text("TỈNH ỦY")
    desk.press("J", "J")
    expect(page.locator(".source .current")).to_contain_text("Người đứng đầu")
    desk.press("j", "Enter")
    current = page.locator("#proposals .current")
    expect(current).to_contain_text("Mục 2")
    expect(current).to_be_focused()
    desk.press("e")
    expect(current.get_by_label("Nhiệm vụ")).to_be_focused()
    desk.press("Control+a")
    page.keyboard.type("Rà soát từng nhà ở huyện Thuận Hòa")
    desk.press("Escape")
    expect(current).to_be_focused()
    desk.press("Enter")
    expect(row_of(page, "Rà soát từng nhà ở huyện Thuận Hòa").locator(".clause-head > svg")).to_be_visible()
    expect(page.locator("#proposals .current")).to_be_focused()
    assert faults_of(page) == []


def test_rooms_and_lists_open_by_keys(office: Office) -> None:
    desk = office.desk("linh")
    desk.open("/hom-nay")
    desk.press("g", "c")
    desk.page.wait_for_url("**/chi-huy/van-ban-den/")
    desk.press("j", "Enter")
    desk.page.wait_for_url(re.compile(r"/chi-huy/van-ban(/|-den/)\d+"))
    desk.press("?")
    expect(desk.page.locator("dialog#keys")).to_be_visible()
    desk.press("Escape", "/")
    expect(desk.page.locator("#find")).to_be_focused()
