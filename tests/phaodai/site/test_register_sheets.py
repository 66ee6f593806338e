"""Every register as a sheet: out as it is filtered, in through the same actions, with what is refused kept aside."""

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from phaodai.foundation.registers import Register
from phaodai.foundation.registers.loading import columns_of
from phaodai.foundation.sheets import read_rows, write_sheet
from phaodai.people.models import Organisation
from phaodai.site.registers import REGISTERS
from tests.clients import sign_in
from tests.phaodai.site.examples import example
from tests.phaodai.site.test_register_lists import keys, reader
from tests.story import Story
from tests.world import World

pytestmark = pytest.mark.django_db

LOADED = [register for register in REGISTERS if register.create_fields]
HEAD = ["Mã", "Tên", "Tên gọn", "Loại", "Đơn vị", "Trực thuộc", "Điện thoại", "Ngày giải thể"]
SCHOOL = ["TR1", "Trường Tân Lộc", "Trường TL", "Trường học", "98001", "UBTL", "0260", ""]


def sheet_of(answer: Any) -> list[dict[str, str]]:
    """The rows of a downloaded sheet."""
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/vnd.openxmlformats")
    assert answer["X-Content-Type-Options"] == "nosniff"
    return [row.cells for row in read_rows("a.xlsx", answer.content)]


def load(rows: list[list[str]], head: list[str] | None = None, username: str = "linh", language: str = "vi") -> Any:
    """Send a sheet of organisations."""
    content = write_sheet("Cơ quan", head or HEAD, rows)
    file = SimpleUploadedFile("co-quan.xlsx", content)
    return sign_in(username, language).post(reverse("co-quan-import"), {"file": file})


def test_the_sheet_holds_the_rows_of_the_list(register: Register, world: World, story: Story) -> None:
    client = sign_in(reader(register))
    rows = sheet_of(client.get(reverse(f"{register.key}-sheet")))
    listed = keys(client.get(reverse(f"{register.key}-list")))
    assert len(rows) == len(listed) > 0
    assert list(rows[0]) == [str(column.label) for column in register.columns]


def test_the_sheet_is_filtered_like_the_list(register: Register, world: World, story: Story) -> None:
    wish = {"q": example(register).finds[0]}
    assert len(sheet_of(sign_in(reader(register)).get(reverse(f"{register.key}-sheet"), wish))) == 1


def test_a_name_stays_masked_in_a_sheet(world: World, story: Story) -> None:
    rows = sheet_of(sign_in("ngoc").get(reverse("nguoi-dan-sheet")))
    assert [next(iter(row.values())) for row in rows] == ["T.A.L. 1969"]


def test_no_cell_is_a_formula(world: World) -> None:
    load([["TR2", '=HYPERLINK("http://x")', "=1+1", "school", "98001", "UBTL", "", ""]])
    import zipfile

    answer = sign_in("linh").get(reverse("co-quan-sheet"), {"q": "hyperlink"})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    assert sheet_of(answer)[0]["Tên"] == '=HYPERLINK("http://x")'


@pytest.mark.parametrize("register", LOADED, ids=lambda register: register.key)
def test_the_template_is_understood(register: Register, world: World) -> None:
    answer = sign_in(reader(register)).get(reverse(f"{register.key}-template"))
    from python_calamine import CalamineWorkbook

    head = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()[0]
    assert head == list(columns_of(register).values())


def test_out_changed_and_in_again_changes_only_that(world: World) -> None:
    client = sign_in("linh")
    rows = sheet_of(client.get(reverse("co-quan-sheet")))
    before = {body.code: (body.name, body.kind, body.phone, body.version) for body in Organisation.objects.all()}
    ours = [row for row in rows if row["Mã"] not in ("VPSG", "SYTSG")]
    changed = [row | {"Điện thoại": "0260 3 868 686"} if row["Mã"] == "UBTL" else row for row in ours]
    answer = load([list(row.values()) for row in changed], head=list(rows[0]))
    loaded = answer.context["loaded"]
    assert (loaded.added, loaded.changed, loaded.unchanged, loaded.parked) == (0, 1, len(ours) - 1, [])
    after = {body.code: (body.name, body.kind, body.phone, body.version) for body in Organisation.objects.all()}
    name, kind, _phone, version = before["UBTL"]
    assert after == before | {"UBTL": (name, kind, "0260 3 868 686", version + 1)}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_sheet_of_either_language_comes_in(language: str, world: World) -> None:
    head = (
        HEAD
        if language == "en"
        else ["Code", "Name", "Short name", "Kind", "Unit", "Answers to", "Telephone", "Closed on"]
    )
    answer = load([SCHOOL], head=head, language=language)
    assert answer.context["loaded"].added == 1
    assert Organisation.objects.get(code="TR1").kind == "school"


def test_days_are_days_of_vietnam(world: World) -> None:
    load([SCHOOL])
    load([[*SCHOOL[:7], "05/06/2021"]])
    assert Organisation.objects.get(code="TR1").closed_on == date(2021, 6, 5)


def test_a_sheet_is_made_at_the_hour_of_the_installation() -> None:
    with zipfile.ZipFile(io.BytesIO(write_sheet("Cơ quan", HEAD, [SCHOOL]))) as packed:
        assert "2021-11-23T23:40:00Z" in packed.read("docProps/core.xml").decode()


def test_bad_rows_wait_with_their_reasons_and_come_in_when_mended(world: World) -> None:
    bad = [["TR2", "", "", "Trường học", "98001", "", "", ""], ["TR3", "Trường X", "X", "Chợ", "00000", "", "", ""]]
    outside = ["TR4", "Trường Sơn Giang", "SG", "Trường học", "97001", "", "", ""]
    answer = load([SCHOOL, *bad, outside])
    loaded, text = answer.context["loaded"], answer.content.decode()
    assert (loaded.added, [row.row_number for row in loaded.parked]) == (1, [3, 4, 5])
    assert "3 dòng" in text
    client = sign_in("linh")
    kept = sheet_of(client.get(reverse("co-quan-import"), {"tai": "cho-sua"}))
    reasons = [row["Lý do"] for row in kept]
    assert [row["Mã"] for row in kept] == ["TR2", "TR3", "TR4"]
    assert "Tên" in reasons[0]
    assert "Chợ" in reasons[1]
    assert "ngoài địa bàn" in reasons[2]
    mended = [[*SCHOOL[:1], *SCHOOL[1:]], ["TR2", "Trường Hai", "T2", "Trường học", "98001", "", "", ""]]
    assert load(mended).context["loaded"].added == 1
    kept = sheet_of(sign_in("linh").get(reverse("co-quan-import"), {"tai": "cho-sua"}))
    assert [row["Mã"] for row in kept] == ["TR3", "TR4"]


def test_parked_rows_are_their_sender_s(world: World) -> None:
    load([["TR3", "Trường X", "X", "Chợ", "00000", "", "", ""]])
    assert sign_in("thuy").get(reverse("co-quan-import")).context["waiting"] == 0
    assert sign_in("linh").get(reverse("co-quan-import")).context["waiting"] == 1


FILES = (
    ("co-quan.xlsx", b"", "rỗng"),
    ("co-quan.xlsx", b"khong phai excel", "Excel"),
    ("co-quan.csv", b"a;b\n\0;\0\n", "Unicode"),
    ("co-quan.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Excel"),
    ("co-quan.csv", "Mã;Tên\nX;Trường".encode("utf-16"), "UTF-8"),
    ("co-quan.csv", "chỉ một ô".encode(), "tiêu đề"),
)


@pytest.mark.parametrize(("name", "content", "words"), FILES)
def test_a_file_that_is_no_sheet_is_refused_in_words(name: str, content: bytes, words: str, world: World) -> None:
    answer = sign_in("linh").post(reverse("co-quan-import"), {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_sheet_without_known_columns_is_kept_aside(world: World) -> None:
    loaded = load([["a", "b"]], head=["Cột lạ", "Cột khác"]).context["loaded"]
    assert "Không nhận ra cột nào" in loaded.parked[0].reason


def test_who_may_only_read_loads_nothing(world: World) -> None:
    assert load([SCHOOL], username="dat").status_code == 403
    assert not Organisation.objects.filter(code="TR1").exists()
