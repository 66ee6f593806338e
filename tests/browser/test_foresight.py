"""Foresight at a browser: units side by side, one unit with its charts and their tables, scores, a series of one's own."""

from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from phaodai.foundation.clock import VIETNAM
from tests.browser.officers import PHONE, WIDE, Office, faults_of
from tests.browser.serving import Site
from tests.phaodai.foresight.days import growing, tell_days
from tests.world import find_world

look = pytest.mark.parametrize(("width", "english"), [(WIDE, False), (PHONE, True)], ids=["desk-vi", "phone-en"])
MORNING = datetime(2021, 11, 24, 6, 30, tzinfo=VIETNAM)


def _estimate() -> dict[str, int]:
    """The province and a district grow, the other one leaves its band; row ids of the units by code."""
    from phaodai.foresight.actions.estimating import estimate_province
    from phaodai.foundation.scope import SYSTEM

    world = find_world()
    tell_days(world, "98", growing(120, first=12), late=True)
    tell_days(world, "980", growing(120), late=True)
    tell_days(world, "981", [4, 5, 3, 4, 6, 5, 4] * 8 + [4, 5, 4, 4, 5, 6, 40])
    estimate_province(actor=SYSTEM, moment=MORNING, province=world.units["98"])
    return {code: unit.pk for code, unit in world.units.items()}


@pytest.fixture(scope="module")
def units(site: Site) -> dict[str, int]:
    """Row ids of the units, with estimates of this morning."""
    return site.ask(_estimate)


@look
def test_pages_of_foresight_are_accessible(office: Office, units: dict[str, int], width: int, english: bool) -> None:
    desk = office.desk("viet", width=width, english=english)
    addresses = ["/du-bao/", "/du-bao/danh-gia", "/du-bao/so-ca-ngay/", "/du-bao/canh-bao-som/", "/hom-nay"]
    addresses += [f"/du-bao/{units[code]}" for code in ("98", "981", "98101", "98001.1")]
    assert {url: found for url in addresses if (found := faults_of(desk.open(url)))} == {}


def test_a_chart_turns_into_its_table_by_one_key(office: Office, units: dict[str, int]) -> None:
    page = office.desk("viet").open(f"/du-bao/{units['980']}")
    table = page.locator("figure .numbers").first
    expect(table).to_be_hidden()
    page.locator("figure [data-turn]").first.focus()
    page.keyboard.press("t")
    expect(table).to_be_visible()
    expect(table).to_contain_text("dự báo")
    assert faults_of(page) == []


def test_a_warned_unit_leads_to_its_band(office: Office, units: dict[str, int]) -> None:
    page = office.desk("dat").open("/du-bao/")
    page.get_by_role("link", name="Huyện Phú Khê").first.click()
    expect(page.locator("main")).to_contain_text("cao hơn dự báo làm ngày 17/11")
    assert page.url.endswith(f"/du-bao/{units['981']}")


def test_a_series_of_ones_own_is_scored(office: Office, units: dict[str, int], tmp_path: Path) -> None:
    file = tmp_path / "chuoi.csv"
    days = [f"2021-{6 + place // 30:02}-{1 + place % 30:02},{count}" for place, count in enumerate(growing(90))]
    file.write_text("ngay,so ca\n" + "\n".join(days), "utf-8")
    page = office.desk("linh").open("/du-bao/danh-gia")
    page.set_input_files("input[name=file]", file)
    page.get_by_role("button", name="Chấm chuỗi số liệu này").click()
    expect(page.locator("main")).to_contain_text("trước 4 tuần")
    assert faults_of(page) == []
