"""Doubtful readings come first, each value is confirmed by itself, and every one lights its place in the text."""

from datetime import datetime
from io import BytesIO

import pytest
from PIL import Image

from phaodai.command.actions.confirming import confirm_certain_fields, confirm_fields, readings_of
from phaodai.command.actions.documents import amend_document
from phaodai.command.marking import citation_anchor, marks_of, places_of, warning_anchor
from phaodai.command.models import Citation, Document, DocumentFile
from phaodai.command.page_pictures import WIDTH, NoPicture, count_pages, png_of_page
from phaodai.command.rules.certainty import FIELDS, field_readings
from phaodai.foundation.refusals import Refusal
from tests.clients import sign_in
from tests.story import Story
from tests.world import World

pytestmark = pytest.mark.django_db

VALUES = {column: "x" for column, _name in FIELDS}


def test_what_is_doubtful_comes_first() -> None:
    reading = {
        "spans": {"number": [10, 12], "place": [40, 50]},
        "warnings": [{"span": [11, 15], "what": "O thành 0"}, {"what": "x"}],
    }
    found = field_readings(VALUES | {"issuer": "", "urgency": ""}, reading, ["subject"])
    assert [one.column for one in found[:2]] == ["issuer", "number"]
    assert found[0].missing
    assert found[1].repaired
    assert found[-1].column == "subject"
    assert {one.column: one.anchor for one in found}["place"] == "doc-place"
    assert all(one.certain for one in found if one.column == "urgency")


def test_certain_ones_together_doubtful_ones_by_themselves(world: World, story: Story, moment: datetime) -> None:
    document: Document = story.documents["Mốc giấy Hai"]
    with world.as_("linh") as linh:
        amend_document(actor=linh, moment=moment, document_id=document.pk, version=document.version, subject="")
        document.refresh_from_db()
        with pytest.raises(Refusal) as refused:
            confirm_fields(actor=linh, moment=moment, document_id=document.pk, fields=["subject"])
        assert refused.value.field == "subject"
        done = confirm_certain_fields(actor=linh, moment=moment, document_id=document.pk)
        assert len(done.confirmed_fields) == len(FIELDS)
        assert readings_of(done)[-1].confirmed
        with pytest.raises(Refusal):
            confirm_fields(actor=linh, moment=moment, document_id=document.pk, fields=["arrival_number"])


def test_every_warning_finds_words_that_are_lit() -> None:
    reading = {
        "spans": {"number": [10, 20]},
        "references": [{"span": [30, 40]}],
        "warnings": [{"span": [12, 14], "what": "a"}, {"span": [60, 65], "what": "b"}, {"what": "nowhere"}],
        "sections": [{"agencies": [{"name": "Sở", "span": [58, 70]}]}],
    }
    lit = {mark.anchor for mark in marks_of(reading)}
    places = places_of(reading)
    assert places[warning_anchor(0)] == "doc-number"
    assert places[citation_anchor(0)] == citation_anchor(0)
    assert places[warning_anchor(1)] in lit
    assert warning_anchor(2) not in places


def test_a_corrected_number_finds_the_papers_that_cite_it(world: World, story: Story, moment: datetime) -> None:
    document, other = story.documents["Mốc giấy Hai"], story.documents["Mốc giấy Một"]
    with world.as_("linh") as linh:
        citation = Citation.objects.create(document=other, raw="Công văn số 7-CV/XY", number="7", symbol="CV/XY")
        amend_document(
            actor=linh, moment=moment, document_id=document.pk, version=document.version, number="7", symbol="CV/XY"
        )
        citation.refresh_from_db()
        assert citation.cited_id == document.pk


def test_a_value_that_was_corrected_is_confirmed(world: World, story: Story, moment: datetime) -> None:
    document: Document = story.documents["Mốc giấy Hai"]
    with world.as_("linh") as linh:
        saved = amend_document(
            actor=linh, moment=moment, document_id=document.pk, version=document.version, place="Phú Khê", note="Gấp"
        )
    assert saved.confirmed_fields == ["place"]


def test_the_page_counts_and_lights(world: World, story: Story) -> None:
    document, linh = story.documents["Mốc giấy Hai"], sign_in("linh")
    url = f"/chi-huy/van-ban/{document.pk}"
    page = linh.get(url).content.decode()
    assert "0/11 đã xác nhận" in page
    assert 'id="doc-number"' in page
    assert 'data-span="doc-number"' in page
    part = linh.post(f"{url}/dung", {"field": "number"}, headers={"hx-request": "true"}).content.decode()
    assert "1/11 đã xác nhận" in part
    assert linh.post(f"{url}/dung", {"certain": "1"}).status_code == 302
    assert "11/11 đã xác nhận" in linh.get(url).content.decode()


def scan(pages: int = 1, kind: str = "PNG") -> bytes:
    first, *more = [Image.new("L", (300, 420), 255 - 20 * number) for number in range(pages)]
    written = BytesIO()
    first.save(written, kind, **({"save_all": True, "append_images": more} if more else {}))
    return written.getvalue()


def test_pages_of_scans_are_pictures() -> None:
    assert (count_pages(scan()), count_pages(scan(3, "TIFF")), count_pages(scan(2, "PDF"))) == (1, 3, 2)
    assert count_pages(b"chi la chu") == 0
    assert Image.open(BytesIO(png_of_page(scan(2, "PDF"), 2))).width in (WIDTH, WIDTH + 1)
    assert png_of_page(scan(3, "TIFF"), 3) != png_of_page(scan(3, "TIFF"), 1)
    for content, number in ((scan(), 2), (scan(), 0), (b"%PDF-1.7 hong", 1), (b"", 1)):
        with pytest.raises(NoPicture):
            png_of_page(content, number)


def test_the_scan_stands_beside_the_words(world: World, story: Story) -> None:
    """The original of a document in the book is taken for a scan, which needs no recognition to be looked at."""
    document = story.documents["Mốc giấy Hai"]
    with world.as_("linh"):
        assert DocumentFile.objects.get(document=document).name == "62.txt"
    linh, url = sign_in("linh"), f"/chi-huy/van-ban/{document.pk}"
    assert "xem=ban-quet" not in linh.get(url).content.decode()
    assert linh.get(f"{url}/trang/1.png").status_code == 404
    from phaodai.foundation.scope import SYSTEM, entering

    with entering(SYSTEM):
        DocumentFile.objects.filter(document=document).update(name="62.tif", content=scan(2, "TIFF"))
    assert "xem=ban-quet" in linh.get(url).content.decode()
    assert f"{url}/trang/2.png" in linh.get(f"{url}?xem=ban-quet").content.decode()
    picture = linh.get(f"{url}/trang/2.png")
    assert (picture["Content-Type"], picture["Cache-Control"]) == ("image/png", "private, max-age=300")
    assert sign_in("viet").get(f"{url}/trang/1.png").status_code == 200
    assert sign_in("dat").get(f"{url}/trang/1.png").status_code == 404
