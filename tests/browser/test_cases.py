"""Cases at a browser: a nurse adds one on a phone and traces it; chains and outbreaks are looked at."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.officers import PHONE, WIDE, Office, faults_of
from tests.browser.serving import Site

look = pytest.mark.parametrize(("width", "english"), [(WIDE, False), (PHONE, True)], ids=["desk-vi", "phone-en"])


def settle_a_neighbour() -> None:
    """Somebody who lives under the roof that the nurse is going to name."""
    from phaodai.foundation import clock
    from phaodai.foundation.scope import SYSTEM
    from phaodai.people.actions import NewPerson, register_person
    from phaodai.territory.models import Unit

    commune, hamlet = Unit.objects.get(code="98001"), Unit.objects.get(code="98001.1")
    person = NewPerson("Lò Thị Mai", "F", 1990, hamlet=hamlet, address="Số 7")
    register_person(actor=SYSTEM, moment=clock.now(), commune=commune, person=person)


def test_a_nurse_adds_a_case_on_a_phone_and_traces_it(office: Office, site: Site) -> None:
    site.ask(settle_a_neighbour)
    page = office.desk("ngoc", width=PHONE).open("/giam-sat/ca-benh/moi")
    page.locator("[name=full_name]").fill("Nguyễn Thị Hạnh")
    page.locator("[name=birth_year]").fill("1987")
    page.locator("[name=sex][value=F]").check()
    page.locator("[name=hamlet]").select_option(label="Thôn Thượng")
    page.locator("[name=onset_on]").fill("2021-11-21")
    page.locator("[name=sampled_on]").fill("2021-11-22")
    page.locator("[name=test]").select_option("pcr:positive")
    page.get_by_text("Thêm: căn cước").click()
    page.locator("[name=address]").fill("Số 7")
    page.get_by_role("button", name="Ghi ca bệnh").click()
    expect(page.locator("h1")).to_contain_text("Ca BM-00001")
    expect(page.locator("h1")).to_contain_text("N.T.H. 1987")
    page.get_by_role("button", name=re.compile("^Truy vết")).first.click()
    expect(page.locator("main")).to_contain_text("L.T.M. 1990")
    assert "Hạnh" not in page.content()
    assert faults_of(page) == []


def test_a_refused_day_stays_typed_with_its_reason(office: Office) -> None:
    office.forgive("status of 422")
    page = office.desk("ngoc").open("/giam-sat/ca-benh/moi")
    page.locator("[name=full_name]").fill("Lò Văn Sai")
    page.locator("[name=birth_year]").fill("1990")
    page.locator("[name=onset_on]").fill("1989-05-01")
    page.get_by_role("button", name="Ghi ca bệnh").click()
    expect(page.locator(".bad .error")).to_contain_text("trước khi người này sinh")
    expect(page.locator("[name=full_name]")).to_have_value("Lò Văn Sai")


@look
def test_pages_of_cases_are_accessible(office: Office, width: int, english: bool) -> None:
    desk = office.desk("ngoc", width=width, english=english)
    page = desk.open("/giam-sat/ca-benh/?q=trang")
    address = page.locator("a[href^='/giam-sat/ca-benh/']", has_text="Mốc ca 1").first.get_attribute("href") or ""
    case = address.rstrip("/").rpartition("/")[2]
    addresses = ["/giam-sat/ca-benh/", "/giam-sat/ca-benh/moi", address, f"/giam-sat/chuoi/{case}", "/giam-sat/o-dich/"]
    assert {url: found for url in addresses if (found := faults_of(desk.open(url)))} == {}


def test_a_dot_of_a_chain_opens_beside_it(office: Office) -> None:
    page = office.desk("ngoc").open("/giam-sat/ca-benh/?q=trang")
    page.locator("a[href^='/giam-sat/ca-benh/']", has_text="Mốc ca 1").first.click()
    page.locator("svg.chain a circle").last.click()
    expect(page.locator("#side")).to_contain_text("Mốc ca 2")
    expect(page.locator("#side")).not_to_contain_text("V.V.K.")
