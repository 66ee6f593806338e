"""The contact list on the page of its case: traced, read, asked why, mended and acted on."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from phaodai.foundation.scope import SYSTEM, entering
from phaodai.foundation.sheets import SheetRow
from phaodai.surveillance.models import Contact, LateVisit
from phaodai.surveillance.pages.visits import NAMES
from phaodai.surveillance.sheets.visit_rows import NEEDED, columns_of
from tests.phaodai.surveillance.tracing.towns import Town, build_town, days_later
from tests.world import World


@pytest.fixture
def town(world: World) -> Town:
    """0 and 1 live together; 2, 3 and 4 were at the market with 0, who is the case."""
    with entering(SYSTEM):
        town = build_town(world, [1, 1, 2, None, None])
        for person in (0, 2, 3, 4):
            town.record(town.stay(person, 0, days_later(0, 8), 60 - 10 * person))
    return town


@pytest.fixture
def case(town: Town) -> Any:
    with entering(SYSTEM):
        return town.case(0)


@pytest.fixture
def ngoc(client: Client, world: World) -> Client:
    client.force_login(world.officers["ngoc"].user)
    return client


def url(name: str, *args: int) -> str:
    return reverse(f"surveillance-{name}", args=args)


def contacts_of(case: Any) -> list[Contact]:
    with entering(SYSTEM):
        return list(Contact.objects.filter(case=case).order_by("person_id"))


def test_a_nurse_traces_a_case_from_its_page(ngoc: Client, case: Any) -> None:
    before = ngoc.get(url("case", case.pk)).content.decode()
    assert url("trace", case.pk) in before
    answer = ngoc.post(url("trace", case.pk), follow=True).content.decode()
    assert "Chợ 0" in answer
    assert "lượt đến" in answer
    assert len(contacts_of(case)) == 4


def test_the_list_goes_by_place_by_person_and_into_one_place(ngoc: Client, case: Any) -> None:
    ngoc.post(url("trace", case.pk))
    by_place = ngoc.get(url("contacts", case.pk)).content.decode()
    assert by_place.count('class="group') == 2
    by_person = ngoc.get(url("contacts", case.pk), {"theo": "nguoi"}).content.decode()
    assert by_person.count("data-row") == 4
    market = next(one for one in contacts_of(case) if one.via == "visit")
    of_place = ngoc.get(url("contacts", case.pk), {"nhom": f"visit-{market.place_id}"}).content.decode()
    assert of_place.count("data-row") == 3


def test_why_names_the_document_and_what_is_missing(ngoc: Client, case: Any) -> None:
    ngoc.post(url("trace", case.pk))
    roof, market, *_rest = contacts_of(case)
    assert "5053/QĐ-BYT" in ngoc.get(url("contact-why", roof.pk)).content.decode()
    assert "Khoảng cách" in ngoc.get(url("contact-why", market.pk)).content.decode()


def test_a_whole_place_is_stated_at_once_and_its_f2_follow(ngoc: Client, case: Any) -> None:
    ngoc.post(url("trace", case.pk))
    key = f"g-visit-{next(one.place_id for one in contacts_of(case) if one.via == 'visit')}"
    form = ngoc.post(url("exposure", case.pk), {"row": [key]})
    assert form.status_code == 200
    ngoc.post(url("exposure", case.pk), {"row": [key], "luu": "1", "gap-distance_m": "1.5"})
    classes = [one.decision["outcome"] for one in contacts_of(case)]
    assert classes == ["F1", "F1", "F1", "F1"]


def test_an_impossible_distance_is_said_at_its_field(ngoc: Client, case: Any) -> None:
    ngoc.post(url("trace", case.pk))
    chosen = contacts_of(case)[0].pk
    answer = ngoc.post(url("exposure", case.pk), {"row": [chosen], "luu": "1", "gap-distance_m": "-2"})
    assert answer.status_code == 422


def test_many_are_told_and_quarantined_at_once(ngoc: Client, case: Any) -> None:
    ngoc.post(url("trace", case.pk))
    chosen = [one.pk for one in contacts_of(case)[:2]]
    ngoc.post(url("contacts-told", case.pk), {"row": chosen})
    ngoc.post(url("contacts-quarantine", case.pk), {"row": chosen[:1]})
    states = [one.state for one in contacts_of(case)]
    assert states == ["followed", "told", "listed", "listed"]


def test_nothing_chosen_is_refused(ngoc: Client, case: Any) -> None:
    assert ngoc.post(url("contacts-told", case.pk), {}).status_code == 422
    assert ngoc.get(url("exposure", case.pk)).status_code == 422


def test_the_notice_names_places_and_times_and_nobody(ngoc: Client, case: Any, town: Town) -> None:
    with entering(SYSTEM):
        home = town.places[1]
        home.kind = "home"
        home.save()
        town.record(town.stay(0, 1, days_later(0, 18), 60))
    answer = ngoc.get(url("exposure-notice", case.pk)).content.decode()
    assert "08:00 – 09:00, 22/11/2021" in answer
    assert home.name not in answer
    assert "Người 0" not in answer


def test_who_else_was_there_while_the_case_was(ngoc: Client, case: Any, town: Town) -> None:
    with entering(SYSTEM):
        town.record(town.stay(1, 0, days_later(0, 12), 60))
    place = town.places[0].pk
    assert ngoc.get(url("who-was-there", case.pk), {"noi": place}).content.decode().count("data-row") == 3
    later = {"noi": str(place), "tu": "2021-11-22T11:00", "den": "2021-11-22T14:00"}
    assert ngoc.get(url("who-was-there", case.pk), later).content.decode().count("data-row") == 1


def test_nobody_is_shown_outside_the_infectious_window(ngoc: Client, case: Any, town: Town) -> None:
    early = {"noi": str(town.places[0].pk), "tu": "2021-11-01T11:00", "den": "2021-11-02T14:00"}
    answer = ngoc.get(url("who-was-there", case.pk), early)
    assert answer.status_code == 422
    assert ngoc.get(url("who-was-there", case.pk), {"noi": town.places[2].pk}).status_code == 404


def test_another_station_sees_none_of_it(client: Client, world: World, case: Any) -> None:
    client.force_login(world.officers["phuc"].user)
    for name in ("contacts", "exposure-notice", "who-was-there"):
        assert client.get(url(name, case.pk)).status_code == 404
    assert client.post(url("trace", case.pk)).status_code == 404


CHECK_INS = """Mã người,Mã QR,Giờ vào,Giờ ra
{0},P1,22/11/2021 09:00,22/11/2021 10:00
{1},P1,22/11/2021 09:30,22/11/2021 09:10
KHONG-CO,P1,22/11/2021 09:30,
{1},CHO-KHONG-CO,22/11/2021 09:30,
"""


def test_a_sheet_of_check_ins_comes_in_and_doubtful_rows_wait(ngoc: Client, case: Any, town: Town) -> None:
    sheet = CHECK_INS.format(*(f"person-{town.persons[number].pk}" for number in (0, 1))).encode()
    sent = {"kind": "checkin", "file": SimpleUploadedFile("check-in.csv", sheet)}
    answer = ngoc.post(url("visits"), sent).content.decode()
    assert "Lượt đến kết thúc trước khi bắt đầu" in answer
    assert "KHONG-CO" in answer
    assert "CHO-KHONG-CO" in answer
    with entering(SYSTEM):
        assert LateVisit.objects.filter(place=town.places[1]).count() == 1


def test_a_sheet_without_its_columns_is_refused_at_the_file(ngoc: Client, town: Town) -> None:
    sent = {"kind": "checkin", "file": SimpleUploadedFile("la.csv", b"a,b\n1,2\n")}
    assert ngoc.post(url("visits"), sent).status_code == 422


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_columns_that_the_page_names_are_understood(language: str) -> None:
    with translation.override(language):
        for kind, fields in NEEDED.items():
            headers = {field: str(NAMES[field]) for field in fields}
            row = SheetRow(2, dict.fromkeys(headers.values(), "x"))
            assert columns_of([row], kind) == headers
