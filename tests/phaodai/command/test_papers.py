"""Outgoing papers: written, signed under the next number, printed in both layouts, and carried into the books below."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import ProgrammingError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

import congvan
from congvan.writing import System
from phaodai.command.actions import papers, sending
from phaodai.command.models import Delivery, Document, OutgoingPaper, Task
from phaodai.command.outgoing import KINDS, content_of
from phaodai.command.papers import symbol_of
from phaodai.command.rules.annexing import Ragged, annexes_of, cell_of, number_of, text_of
from phaodai.command.rules.drafting import tree_of, words_of
from phaodai.foundation.refusals import Clash, NotAllowed, NotHere, Refusal
from tests.clients import sign_in
from tests.world import World

pytestmark = pytest.mark.django_db

BODY = """Thực hiện Công văn số 5028/BYT-DP ngày 26/6/2021 của Bộ Y tế, đề nghị các đơn vị:
1. Ủy ban nhân dân các huyện rà soát từng nhà:
a) Lập danh sách người về từ vùng dịch;
b) Hoàn thành trước ngày 28/11/2021.
2. Sở Y tế chuẩn bị 150 giường bệnh, hoàn thành trước ngày 30/11/2021.

Đề nghị các đơn vị thực hiện nghiêm túc."""


def draft(world: World, moment: datetime, who: str = "chinh", **values: Any) -> OutgoingPaper:
    given_: dict[str, Any] = {"kind": "CV", "subject": "rà soát, chuẩn bị điều trị", "body": BODY} | values
    with world.as_(who) as actor:
        return papers.draft_paper(actor=actor, moment=moment, **given_)


def signed(world: World, moment: datetime, who: str = "chinh", **values: Any) -> OutgoingPaper:
    paper = draft(world, moment, who, **values)
    with world.as_(who) as actor:
        return papers.sign_paper(actor=actor, moment=moment, paper_id=paper.pk)


def test_lines_become_a_tree() -> None:
    opening, first, second, closing = tree_of(BODY)
    assert (opening.marker, closing.marker) == ("", "")
    assert [(one.marker, [below.marker for below in one.below]) for one in (first, second)] == [
        ("1.", ["a)", "b)"]),
        ("2.", []),
    ]


@given(
    st.lists(st.sampled_from(["I. Một", "1. Hai", "a) Ba", "- Bốn", "Năm", "", "Điều 1. Sáu", "1.1. Bảy", "  + Tám "]))
)
def test_no_word_is_lost_or_moved(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert " ".join(words_of(tree_of(text))) == " ".join(text.split())


@pytest.mark.parametrize("system", ["state", "party"])
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_is_written_is_read_back(kind: str, system: str, world: World, moment: datetime) -> None:
    paper = signed(world, moment, kind=kind, system=system, recipients=["Sở Y tế"], distribution=["Như trên"])
    with world.as_("chinh"):
        for suffix in ("docx", "pdf"):
            reading = congvan.read(content_of(paper, suffix), filename=f"a.{suffix}")
            assert reading.meta.doc_type == KINDS[kind].value
            assert (reading.meta.number, str(reading.meta.date)) == (f"{paper.number:02}", "2021-11-24")
            assert "150 giường" in " ".join(reading.text.split())


def test_a_decision_rests_on_its_bases(world: World, moment: datetime) -> None:
    bases = "Căn cứ Luật Phòng, chống bệnh truyền nhiễm;\nTheo đề nghị của Sở Y tế,\n"
    body = f"{bases}Điều 1. Thành lập Tổ công tác.\nĐiều 2. Quyết định có hiệu lực từ ngày ký."
    paper = signed(world, moment, kind="QĐ", body=body)
    with world.as_("chinh"):
        reading = congvan.read(content_of(paper, "docx"), filename="a.docx")
    assert [section.marker for section in reading.sections if section.kind == "article"] == ["Điều 1.", "Điều 2."]


@pytest.mark.parametrize(("authority", "codes"), [("", []), ("TL", ["TL"]), ("KT", ["KT"])])
def test_the_signer_signs_in_their_place(authority: str, codes: list[str], world: World, moment: datetime) -> None:
    paper = signed(world, moment, authority=authority)
    with world.as_("chinh"):
        signer = congvan.read(content_of(paper, "docx"), filename="a.docx").as_json()["meta"]["signer"]
    assert signer["name"] == "Phan Đức Chính"
    assert signer["codes"] == codes


def test_numbers_run_by_year_and_kind(world: World, moment: datetime) -> None:
    letters = [signed(world, moment).number for _again in range(2)]
    assert letters == [1, 2]
    assert signed(world, moment, kind="CT").number == 1
    assert signed(world, moment + timedelta(days=60)).number == 1


def test_a_signed_paper_is_changed_no_more(world: World, moment: datetime) -> None:
    paper = signed(world, moment)
    with world.as_("chinh") as chinh:
        given_: dict[str, Any] = {"actor": chinh, "moment": moment, "paper_id": paper.pk}
        for changes in ({"body": "1. Khác"}, {"addressed": [world.bodies["UBTH"].pk]}):
            with pytest.raises(Refusal, match=r"ký lúc|was signed"):
                papers.amend_paper(**given_, version=paper.version, **changes)
        booked = papers.amend_paper(**given_, version=paper.version, received_by="Văn thư huyện")
        assert booked.received_by == "Văn thư huyện"
        with pytest.raises(Clash):
            papers.amend_paper(**given_, version=1, received_by="Người khác")


def test_papers_without_text_or_right_are_refused(world: World, moment: datetime) -> None:
    paper = draft(world, moment, body=" \n ")
    with world.as_("chinh") as chinh, pytest.raises(Refusal) as refused:
        papers.sign_paper(actor=chinh, moment=moment, paper_id=paper.pk)
    assert refused.value.field == "body"
    with world.as_("linh") as linh, pytest.raises(NotAllowed):
        papers.sign_paper(actor=linh, moment=moment, paper_id=paper.pk)
    with world.as_("dat") as dat, pytest.raises(NotHere):
        papers.sign_paper(actor=dat, moment=moment, paper_id=paper.pk)
    with world.as_("chinh") as chinh, pytest.raises(Refusal):
        papers.send_inside(actor=chinh, moment=moment, paper_id=paper.pk)


def test_from_the_paper_we_wrote_to_the_tasks_below(world: World, moment: datetime) -> None:
    """The province writes, the district's office finds it read in its own book, confirms and gives the work on."""
    body = "Đề nghị huyện:\n1. Ủy ban nhân dân các xã rà soát từng nhà, hoàn thành trước ngày 28/11/2021."
    units = [world.bodies["UBPK"].pk, world.bodies["SYTSG"].pk]
    paper = signed(
        world, moment, system="party", body=body, addressed=units, recipients=["Ủy ban nhân dân huyện Phú Khê"]
    )
    with world.as_("linh") as linh:
        (delivery,) = papers.send_inside(actor=linh, moment=moment, paper_id=paper.pk)
        with pytest.raises(Refusal):
            papers.send_inside(actor=linh, moment=moment, paper_id=paper.pk)
    with world.as_("thuy") as thuy:
        document = Document.objects.get(pk=delivery.document_id)
        assert (document.organisation_id, document.reference) == (thuy.organisation, paper.reference)
        (proposal,) = document.proposals.all()
        sending.amend_proposal(
            actor=thuy, moment=moment, proposal_id=proposal.pk, version=proposal.version,
            addressees=[world.bodies["UBXPK"].pk], deadline=moment + timedelta(days=2),
        )  # fmt: skip
        (task,) = sending.dispatch_document(actor=thuy, moment=moment, document_id=document.pk)
    assert task.organisation == world.bodies["UBXPK"]
    page = sign_in("viet").get(f"/chi-huy/van-ban-di/{paper.pk}").content.decode()
    assert f"/chi-huy/van-ban/{document.pk}/cay" in page
    with world.as_("front"):
        assert Task.objects.filter(pk=task.pk).exists()
        assert not OutgoingPaper.objects.filter(pk=paper.pk).exists()


def test_the_office_writes_looks_and_the_head_signs(world: World, moment: datetime) -> None:
    linh, chinh = sign_in("linh"), sign_in("chinh")
    assert 'value="party" selected' in linh.get("/chi-huy/van-ban-di/soan").content.decode()
    sent = {
        "kind": "CV", "system": "party", "subject": "tăng cường truy vết", "body": BODY,
        "recipients": "Sở Y tế\n\nCông an tỉnh",
        "distribution": "Như trên", "archive": "VT", "copies": "3", "addressed": [world.bodies["UBTH"].pk],
    }  # fmt: skip
    refused = linh.post("/chi-huy/van-ban-di/soan", sent | {"subject": ""})
    assert refused.status_code == 422
    url = linh.post("/chi-huy/van-ban-di/soan", sent).url
    picture = linh.get(f"{url}/trang/1.png")
    assert picture["Content-Type"] == "image/png"
    assert picture["Cache-Control"].startswith("private")
    assert picture.content.startswith(b"\x89PNG")
    assert linh.get(f"{url}/trang/99.png").status_code == 404
    with world.as_("linh"):
        version = OutgoingPaper.objects.get(subject="tăng cường truy vết").version
    linh.post(f"{url}/sua", sent | {"subject": "thần tốc truy vết", "version": version})
    assert linh.post(f"{url}/ky").status_code == 403
    assert chinh.post(f"{url}/ky").status_code == 302
    assert "-CV/" in chinh.get(url).content.decode()
    assert linh.post(f"{url}/gui").status_code == 302
    with world.as_("linh"):
        paper = OutgoingPaper.objects.get(subject="thần tốc truy vết")
        assert paper.recipients == ["Sở Y tế", "Công an tỉnh"]
        assert [one.organisation.code for one in paper.deliveries.all()] == ["UBTH"]
    assert paper.reference in linh.get("/chi-huy/van-ban-di/").content.decode()


def test_the_database_keeps_papers_with_their_writers(world: World, moment: datetime) -> None:
    paper = signed(world, moment, addressed=[world.bodies["UBPK"].pk])
    with world.as_("chinh") as chinh:
        papers.send_inside(actor=chinh, moment=moment, paper_id=paper.pk)
    seen = {}
    for who in ("chinh", "viet", "dat", "thuy", "sang"):
        with world.as_(who), connection.cursor() as cursor:
            papers_seen = OutgoingPaper.objects.filter(pk=paper.pk).count()
            cursor.execute("update command_outgoingpaper set note = note where id = %s", [paper.pk])
            seen[who] = (papers_seen, cursor.rowcount, Delivery.objects.filter(paper=paper).count())
            cursor.execute("delete from command_outgoingpaper")
            assert cursor.rowcount == 0
    assert seen == {"chinh": (1, 1, 1), "viet": (1, 0, 1), "dat": (0, 0, 0), "thuy": (0, 0, 1), "sang": (0, 0, 0)}
    sql = "insert into command_delivery (paper_id, organisation_id, document_id, at) values (%s, %s, %s, now())"
    with world.as_("dat") as dat, pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [paper.pk, dat.organisation, 1])


ANNEX = """Phụ lục: Giường bệnh theo huyện
Đơn vị | Giường | Máy thở
Huyện Thuận Hòa | 1.150 | 3
Huyện Phú Khê | 80 | 0
Biểu đồ: Giường
Trang ngang"""


def test_an_annex_is_printed_with_its_table_and_chart(world: World, moment: datetime) -> None:
    paper = signed(world, moment, annexes=annexes_of(ANNEX))
    with world.as_("chinh"):
        for suffix in ("docx", "pdf"):
            text = " ".join(congvan.read(content_of(paper, suffix), filename=f"a.{suffix}").text.split())
            assert "Giường bệnh theo huyện" in text or "GIƯỜNG BỆNH THEO HUYỆN" in text
            assert "1.150" in text
        parts = ZipFile(BytesIO(content_of(paper, "docx"))).namelist()
    assert any(part.endswith(".png") for part in parts)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("Đơn vị | Giường", "start"),
        ("Phụ lục: A\nĐơn vị | Giường\nHuyện", "cells"),
        ("Phụ lục: A\nĐơn vị | Giường\nBiểu đồ: Máy", "column"),
    ],
)
def test_a_line_that_fits_no_table_is_named(typed: str, problem: str) -> None:
    with pytest.raises(Ragged) as refused:
        annexes_of(typed)
    assert refused.value.problem == problem
    assert refused.value.line == typed.splitlines()[-1]


CELL = st.text("abcđ 0159.,", min_size=1, max_size=8).map(str.strip).filter(bool)


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=5))
def test_tables_are_typed_and_read_back(rows: list[tuple[str, str]]) -> None:
    annexes = [{"title": "T", "header": ["A", "B"], "rows": [list(r) for r in rows], "chart": ["B"], "landscape": True}]
    assert annexes_of(text_of(annexes)) == annexes


@pytest.mark.parametrize(
    ("cell", "value", "kept"),
    [("1.150", 1150, 1150), ("2021", 2021, "2021"), ("3,50", 3.5, "3,50"), ("Sở", None, "Sở")],
)
def test_a_number_keeps_its_print(cell: str, value: Any, kept: Any) -> None:
    assert number_of(cell) == value
    assert cell_of(cell) == kept


def test_party_bodies_carry_their_committees_code(world: World) -> None:
    bodies = world.bodies
    with world.as_("chinh"):
        assert symbol_of(bodies["TU"], KINDS["CV"], System.PARTY) == "CV/TU"
        assert symbol_of(bodies["VPTU"], KINDS["CV"], System.PARTY) == "CV/VPTU"
        assert symbol_of(bodies["VPTU"], KINDS["TB"], System.PARTY) == "TB/VPTU"


def test_the_form_says_which_line_of_an_annex_is_wrong(world: World) -> None:
    given_ = {"kind": "CV", "system": "state", "subject": "x", "body": "1. A", "archive": "VT", "copies": "1"}
    answer = sign_in("chinh").post(
        "/chi-huy/van-ban-di/soan", given_ | {"annexes": "Phụ lục: A\nĐơn vị | Giường\nHuyện"}
    )
    assert answer.status_code == 422
    assert "Huyện" in answer.content.decode()
