"""The follow-up grid by keys alone, two officers on one cell, and a team at the doors with a phone."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.officers import PHONE, Desk, Office, faults_of
from tests.browser.serving import Site
from tests.phaodai.surveillance.contacts import fill_contacts
from tests.world import find_world

GRID, DOORS = "/giam-sat/theo-doi", "/giam-sat/theo-doi/cua"


@pytest.fixture(scope="module")
def contacts(site: Site) -> list[int]:
    """Twelve contacts of Hòa Xuân in four households, with four days of answers."""
    return site.ask(lambda: fill_contacts(find_world(), 12))


def today_of(page: Page, contact: int) -> Any:
    """The cell of today in a contact's row."""
    return page.locator(f'tr[data-contact="{contact}"] td').nth(2 + 5)


def stand_on(desk: Desk, contact: int) -> Any:
    cell = today_of(desk.page, contact)
    cell.click()
    desk.press("Escape")
    expect(cell).to_be_focused()
    return cell


def test_a_nurse_writes_a_morning_by_keys(office: Office, contacts: list[int]) -> None:
    desk = office.desk("phuc")
    page = desk.open(GRID)
    rows = page.locator("tr[data-contact]")
    first = rows.first
    desk.page.locator("table.fu td[tabindex]").focus()
    desk.press("2")
    expect(page.locator("#follow-editor")).to_be_visible()
    desk.press("Space", "Tab", "Space", "Enter")
    expect(page.locator("#follow-editor")).to_be_hidden()
    expect(page.locator("[data-suspicion]")).to_contain_text("Mở ca nghi ngờ")
    expect(first.locator("td").nth(7)).to_have_attribute("data-symptoms", "cough, fever")
    focused = page.locator("td:focus")
    expect(focused).to_have_count(1)
    desk.press("1")
    expect(rows.nth(1).locator("td").nth(7)).to_have_attribute("data-s", "well")
    desk.press("3")
    expect(rows.nth(2).locator("td").nth(7)).to_have_attribute("data-s", "not_seen")
    desk.press("ArrowUp", "ArrowLeft", "1")
    page.reload()
    expect(page.locator("tr[data-contact] td[data-s=well]").first).to_be_visible()
    assert faults_of(page) == []


def test_one_key_answers_for_the_household(office: Office, contacts: list[int]) -> None:
    desk = office.desk("phuc")
    page = desk.open(GRID)
    home = contacts[9:12]
    stand_on(desk, home[0])
    desk.press("0")
    for contact in home:
        expect(today_of(page, contact)).to_have_attribute("data-s", "well")


def test_the_second_of_two_editors_decides_whose_value_stays(office: Office, contacts: list[int]) -> None:
    office.forgive("409")
    one, other = office.desk("phuc"), office.desk("phuc")
    contact = contacts[6]
    for desk in (one, other):
        desk.open(GRID)
    stand_on(one, contact)
    one.press("1")
    expect(today_of(one.page, contact)).to_have_attribute("data-s", "well")
    stand_on(other, contact)
    other.press("3")
    editor = other.page.locator("#follow-editor")
    expect(editor).to_contain_text("Trạng thái: Khỏe")
    editor.get_by_role("button", name="Giữ của người kia").click()
    expect(today_of(other.page, contact)).to_have_attribute("data-s", "well")
    stand_on(other, contact)
    other.press("3")
    expect(today_of(other.page, contact)).to_have_attribute("data-s", "not_seen")


def test_chosen_people_go_to_a_team(office: Office, contacts: list[int]) -> None:
    page = office.desk("phuc").open(GRID)
    page.locator("[data-choose-group]").first.check()
    page.locator(".bulk select").select_option("evenly")
    page.get_by_role("button", name="Giao cho tổ").click()
    expect(page.locator("#messages")).to_contain_text("Đã giao tổ")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_hold_on_a_phone(scheme: str, office: Office, contacts: list[int]) -> None:
    desk = office.desk("phuc", width=PHONE, scheme=scheme)
    for address in (DOORS, GRID, "/giam-sat/", f"/giam-sat/tiep-xuc/{contacts[0]}"):
        page = desk.open(address)
        assert faults_of(page) == [], address


def test_a_team_goes_from_door_to_door(office: Office, contacts: list[int]) -> None:
    page = office.desk("phuc", width=PHONE).open(DOORS)
    done = page.locator(".doors-progress")
    before = done.inner_text()
    opened = page.locator("details.door[open]")
    opened.locator("input[name=temperature]").first.fill("36,8")
    opened.get_by_role("button", name="Khỏe, không triệu chứng").first.click()
    expect(page.locator("#messages")).to_contain_text("Đã ghi")
    household = page.locator("details.door[open]").get_by_role("button", name="Cả nhà khỏe hôm nay")
    if household.count():
        household.click()
        expect(page.locator("#messages")).to_contain_text("Đã ghi")
    assert done.inner_text() != before
