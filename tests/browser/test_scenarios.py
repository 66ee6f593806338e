"""The scenario bench at a browser: planned, a lockdown chosen in the list, run, left, found again in the queue of today."""

import pytest
from playwright.sync_api import expect

from phaodai.foresight.actions import scenario_runs
from phaodai.foresight.models import ScenarioRun
from tests.browser.officers import PHONE, Office, faults_of
from tests.browser.serving import Site


def _compute() -> str:
    """What the worker does, to the end."""
    from phaodai.foresight.actions.scenario_work import work_on_runs

    ScenarioRun.objects.open().exclude(plan__name="Phong tỏa thử").update(state=ScenarioRun.State.CANCELLED)
    while work_on_runs():
        pass
    return str(ScenarioRun.objects.get(plan__name="Phong tỏa thử").state)


@pytest.mark.usefixtures("compiled_simulator")
def test_a_scenario_is_run_left_and_found_again(office: Office, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scenario_runs, "SEEDS", dict.fromkeys(ScenarioRun.Kind, 2))
    page = office.desk("viet").open("/du-bao/kich-ban")
    assert faults_of(page) == []
    page.get_by_label("Tên").first.fill("Phong tỏa thử")
    page.get_by_label("Số ngày tới").fill("21")
    page.get_by_role("button", name="Lập từ số liệu sáng nay").click()
    page.get_by_role("link", name="Phong tỏa", exact=True).click()
    page.get_by_label("Xã Tân Lộc").check()
    page.get_by_role("button", name="Thêm: Phong tỏa").click()
    expect(page.locator("main")).to_contain_text("Phong tỏaXã Tân Lộc")
    assert faults_of(page) == []
    page.get_by_role("button", name="Chạy: 20 lần").click()
    expect(page.locator("h1")).to_have_text("Đang tính: Phong tỏa thử")
    page.goto("/hom-nay")
    expect(page.locator("[data-jobs]")).to_contain_text("Phong tỏa thử")
    assert site.ask(_compute) == "finished"
    page.goto("/hom-nay")
    expect(page.locator("main")).to_contain_text("Đã tính xong kịch bản: Phong tỏa thử")
    for fold in page.locator("main details:has(button:text('Xem kết quả'))").all():
        fold.locator("summary").first.click()
    page.get_by_role("button", name="Xem kết quả").first.click()
    expect(page.locator("#nhu-cau")).to_contain_text("Giường hồi sức, tầng 3")
    assert faults_of(page) == []
    result = page.url
    desk = office.desk("linh", width=PHONE, english=True)
    assert faults_of(desk.open(result)) == []
    assert faults_of(desk.open("/du-bao/muc-kich-ban")) == []
