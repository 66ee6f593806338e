"""Two records of one person at a browser: looked at side by side, joined, parted again; closing the page answers nothing."""

from playwright.sync_api import expect

from tests.browser.officers import PHONE, Office, faults_of
from tests.browser.serving import Site

QUEUE = "/giam-sat/nguoi-dan/trung"


def write_down_twice() -> None:
    """One person of Tân Lộc in two records, the second without accents and with the given name first."""
    from phaodai.foundation import clock
    from phaodai.foundation.scope import SYSTEM
    from phaodai.people.actions import NewPerson, propose_duplicates, register_person
    from phaodai.territory.models import Unit

    commune, hamlet, now = Unit.objects.get(code="98001"), Unit.objects.get(code="98001.1"), clock.now()
    for name in ("Lò Thị Hoài An", "An Lo Thi Hoai"):
        person = NewPerson(name, "F", 1990, phone="0912345678", hamlet=hamlet, address="Số 7")
        register_person(actor=SYSTEM, moment=now, commune=commune, person=person)
    assert propose_duplicates(actor=SYSTEM, moment=now) == 1


def test_records_are_joined_and_parted_again(office: Office, site: Site) -> None:
    site.ask(write_down_twice)
    assert faults_of(office.desk("ngoc", width=PHONE, english=True).open(QUEUE)) == []
    desk = office.desk("ngoc")
    page = desk.open(QUEUE)
    expect(page.locator("#main h2").first).to_contain_text("1 cặp")
    assert faults_of(page) == []
    desk.open("/hom-nay")
    page = desk.open(QUEUE)
    expect(page.locator("#main h2").first).to_contain_text("1 cặp")
    page.locator("[name=kept]").nth(1).check()
    page.locator("button[name=verdict][value=same]").click()
    expect(page.locator("button[name=verdict]")).to_have_count(0)
    part = page.get_by_role("button", name="Tách ra")
    expect(part).to_be_visible()
    assert faults_of(page) == []
    part.click()
    expect(page.get_by_role("button", name="Tách ra")).to_have_count(0)
