"""Every page that the roles of the spine open: accessible, no wider than the screen, silent, and within the site."""

from collections.abc import Callable

import pytest

from tests.browser.officers import PHONE, WIDE, Office, faults_of
from tests.browser.serving import Site

look = pytest.mark.parametrize(("width", "english"), [(WIDE, False), (PHONE, True)], ids=["desk-vi", "phone-en"])


def _document(subject: str) -> int:
    from phaodai.command.models import Document

    return Document.objects.get(subject=subject).pk


def _task(title: str) -> int:
    from phaodai.command.models import Task

    return Task.objects.get(title=title).pk


def _report(on: int) -> int:
    from phaodai.command.models import Report

    return Report.objects.get(organisation__code="VPTU", on__day=on).pk


def _body(code: str) -> int:
    from phaodai.people.models import Organisation

    return Organisation.objects.get(code=code).pk


def _person() -> int:
    from phaodai.people.models import Person

    return Person.objects.get(full_name="Tráng A Lộc").pk


def _unit() -> int:
    from phaodai.territory.models import Unit

    return Unit.objects.get(code="98001").pk


ROLES: dict[str, list[str | Callable[[], str]]] = {
    "": ["/tai-khoan/login/", "/nowhere"],
    "viet": ["/hom-nay", "/chi-huy/nhiem-vu", "/chi-huy/bao-cao", "/chi-huy/bao-cao/hom-nay"],
    "linh": [
        "/hom-nay",
        "/chi-huy/van-ban-den",
        "/chi-huy/van-ban/tiep-nhan",
        lambda: f"/chi-huy/van-ban/{_document('Mốc giấy Hai')}",
        lambda: f"/chi-huy/van-ban/{_document('Mốc giấy Hai')}/thong-tin",
        lambda: f"/chi-huy/van-ban/{_document('Mốc giấy Một')}",
        lambda: f"/chi-huy/van-ban/{_document('Mốc giấy Một')}/cay",
        lambda: f"/chi-huy/viec/{_task('Mốc Thuận Hòa')}",
        "/chi-huy/nhiem-vu?xem=toi-giao",
        "/tim?q=thuan+hoa",
        "/chi-huy/co-quan/them/",
        "/chi-huy/co-quan/nhap/",
        lambda: f"/chi-huy/co-quan/{_body('UBTL')}/sua/",
    ],
    "chinh": [lambda: f"/chi-huy/bao-cao/{_report(22)}", lambda: f"/chi-huy/bao-cao/{_report(23)}"],
    "dat": [
        "/hom-nay",
        lambda: f"/chi-huy/viec/{_task('Mốc Thuận Hòa')}",
        lambda: f"/chi-huy/viec/{_task('Mốc Hòa Xuân')}",
        "/chi-huy/co-quan",
        lambda: f"/chi-huy/co-quan/{_body('UBTH')}",
        "/chi-huy/can-bo",
        "/dia-ban",
    ],
    "ngoc": [
        "/hom-nay",
        lambda: f"/chi-huy/viec/{_task('Mốc Trạm Tân Lộc')}",
        "/giam-sat/nguoi-dan",
        lambda: f"/giam-sat/nguoi-dan/{_person()}",
        lambda: f"/dia-ban/{_unit()}",
        "/chi-huy/van-ban/tiep-nhan",
        "/chi-huy/viec/999999",
    ],
}


@look
@pytest.mark.parametrize("username", ROLES)
def test_pages_are_accessible_and_silent(office: Office, site: Site, username: str, width: int, english: bool) -> None:
    office.forgive("status of 403", "status of 404")
    desk = office.desk(username, width=width, english=english)
    faults = {}
    for address in ROLES[username]:
        url = address if isinstance(address, str) else site.ask(address)
        found = faults_of(desk.open(url))
        if found:
            faults[url] = found
    assert faults == {}
