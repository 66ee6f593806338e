"""A station sends its sheet: columns confirmed once, rows that wait mended on the screen, the others in the books."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from phaodai.foundation.scope import SYSTEM, entering
from phaodai.people.models import Duplicate, Person
from phaodai.surveillance.models import Case, LineList
from phaodai.surveillance.sheets.intake import read_waiting
from tests.clients import sign_in
from tests.story import Story
from tests.world import World

pytestmark = pytest.mark.django_db
SHEET = (
    "Mã ca,Họ tên,Tuổi,Giới tính,Xã,Ngày khởi phát,Cột lạ\n"
    "TL-1,Mùa A Một,30,nam,Tân Lộc,01/11/2021,x\nTL-2,Mùa A Hai,31,nam,Tân Lộc,31/11/2021,y\n"
    "TL-3,Mùa A Ba,32,nam,Hòa Xuân,02/11/2021,z\nTL-4,Mùa A Bốn,33,nam,Tân Lôcc,03/11/2021,\n"
)


@pytest.fixture
def nurse(world: World, story: Story) -> Client:
    """Ngọc of the health station of Tân Lộc."""
    return sign_in("ngoc")


def send(client: Client, content: str = SHEET, name: str = "ca.csv") -> str:
    answer = client.post("/giam-sat/danh-sach", {"file": SimpleUploadedFile(name, content.encode())})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return answer.headers["Location"]


def confirmed(client: Client, address: str) -> str:
    page = client.get(address).content.decode()
    assert "Các cột là gì?" in page
    chosen = {"c0": "code", "c1": "full_name", "c2": "age", "c3": "sex", "c4": "commune", "c5": "onset_on", "c6": ""}
    assert client.post(f"{address}/cot", chosen).status_code == 302
    return client.get(address).content.decode()


def cases() -> dict[str, Case]:
    with entering(SYSTEM):
        return {case.code: case for case in Case.objects.filter(code__startswith="TL-").select_related("person")}


def test_from_the_sheet_to_the_books(nurse: Client, world: World) -> None:
    address = send(nurse)
    page = confirmed(nurse, address)
    assert "Nhập xong" in page
    assert set(cases()) == {"TL-1"}
    one = cases()["TL-1"]
    assert (one.commune_id, one.given) == (world.units["98001"].pk, {"Cột lạ": "x"})
    for group, words in (("date", "30/11/2021"), ("outside", "Hòa Xuân"), ("unit", "Tân Lộc")):
        assert words in nurse.get(f"{address}?nhom={group}").content.decode()
    assert "Mùa A" not in nurse.get(f"{address}?nhom=date").content.decode()


def test_rows_are_mended_and_given_up(nurse: Client) -> None:
    address = send(nurse)
    confirmed(nurse, address)
    nurse.post(f"{address}/sua", {"nhom": "unit", "row": ["5"], "value-5": "Tân Lộc"})
    nurse.post(f"{address}/sua", {"nhom": "date", "row": ["3"], "value-3": "30/13/2021"})
    assert set(cases()) == {"TL-1", "TL-4"}
    nurse.post(f"{address}/sua", {"nhom": "date", "row": ["3"], "value-3": "03/11/2021"})
    assert set(cases()) == {"TL-1", "TL-2", "TL-4"}
    nurse.post(f"{address}/bo", {"nhom": "outside", "row": ["4"]})
    with entering(SYSTEM):
        rows = LineList.objects.latest("pk").parked_rows
        assert rows.filter(mended_at=None, dropped_at=None).count() == 0
        assert rows.exclude(dropped_at=None).get().reason_code == "outside"
    assert nurse.get(f"{address}/cho-sua").headers["Content-Disposition"].endswith('.xlsx"')


def test_a_known_header_is_not_asked_again(nurse: Client) -> None:
    confirmed(nurse, send(nurse))
    again = nurse.get(send(nurse, SHEET.replace("TL-1,Mùa A Một,30", "TL-1,Mùa A Một,40"))).content.decode()
    assert "Nhập xong" in again
    assert str(cases()["TL-1"].age) == "40.0"


def test_a_long_sheet_is_left_to_the_worker(nurse: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("phaodai.surveillance.pages.line_lists.AT_ONCE", 2)
    later: list[int] = []
    monkeypatch.setattr("phaodai.surveillance.pages.line_lists.read_later", lambda sheet: later.append(sheet.pk))
    address = send(nurse)
    assert "Đang đọc" in confirmed(nurse, address)
    read_waiting(later[0])
    assert "Nhập xong" in nurse.get(address).content.decode()
    assert set(cases()) == {"TL-1"}


def test_two_columns_for_one_thing_and_no_number_are_refused(nurse: Client) -> None:
    address = send(nurse)
    assert nurse.post(f"{address}/cot", {"c0": "code", "c1": "code"}).status_code == 422
    assert nurse.post(f"{address}/cot", {"c1": "full_name"}).status_code == 422


REFUSED = {
    "vi": ("bảng loại khác", "không có bảng"),
    "en": ("another kind", "no table"),
}


@pytest.mark.parametrize("language", REFUSED)
def test_other_sheets_are_refused_in_words(nurse: Client, language: str) -> None:
    nurse.cookies["phaodai_language"] = language
    for content, words in zip(("ngày,số ca\n1/1/2021,3\n2/1/2021,4\n", "chữ\n"), REFUSED[language], strict=True):
        answer = nurse.post("/giam-sat/danh-sach", {"file": SimpleUploadedFile("x.csv", content.encode())})
        assert answer.status_code == 422
        assert words in answer.content.decode()


@pytest.fixture
def pair(story: Story) -> Duplicate:
    """The pair of the story, both of Tân Lộc now."""
    with entering(SYSTEM):
        found = Duplicate.objects.select_related("one", "other").latest("pk")
        area = {f"{tier}_id": getattr(found.one, f"{tier}_id") for tier in ("province", "district", "commune")}
        Person.objects.filter(pk__in=(found.one_id, found.other_id)).update(**area | {"commune_id": story_commune()})
    return found


def story_commune() -> int:
    from phaodai.territory.models import Unit

    return Unit.objects.get(code="98001").pk


def test_the_queue_of_pairs(nurse: Client, pair: Duplicate) -> None:
    page = nurse.get("/giam-sat/nguoi-dan/trung").content.decode()
    assert "Cùng một người: gộp hồ sơ" in page
    assert pair.one.full_name not in page
    nurse.post(f"/giam-sat/nguoi-dan/trung/{pair.pk}", {"verdict": "same", "kept": pair.one_id})
    with entering(SYSTEM):
        assert Person.objects.get(pk=pair.other_id).merged_into_id == pair.one_id
    nurse.post(f"/giam-sat/nguoi-dan/{pair.other_id}/tach")
    with entering(SYSTEM):
        assert Person.objects.get(pk=pair.other_id).merged_into_id is None


def test_who_is_typed_is_offered_with_the_name_closed(nurse: Client) -> None:
    answer = nurse.get("/giam-sat/nguoi-dan/giong", {"ten": "trang a loc"}).content.decode()
    assert "T.A.L." in answer
    assert "Tráng" not in answer
    assert nurse.get("/giam-sat/nguoi-dan/giong", {"ten": "khong co ai"}).content.decode().strip() == ""
