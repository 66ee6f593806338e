"""Bad input gets a clear sentence in the reader's language, or the best reading there is with its doubts; never a failure."""

import io
import unicodedata
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfWriter

from phaodai.command.models import Document, Task
from phaodai.command.rules.files import LARGEST_DOCUMENT, MEGABYTE
from phaodai.foundation import clock
from phaodai.foundation.scope import SYSTEM, entering
from tests.clients import sign_in
from tests.story import PAPER, Story
from tests.world import World

pytestmark = pytest.mark.django_db

LANGUAGES = ("vi", "en")


def locked_pdf() -> bytes:
    """One page behind a password."""
    writer, stream = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.encrypt("mat-khau")
    writer.write(stream)
    return stream.getvalue()


def take_in(name: str, content: bytes, language: str = "vi") -> Any:
    """The office sends a file to its incoming book."""
    file = SimpleUploadedFile(name, content)
    return sign_in("linh", language).post(reverse("command-take-in"), {"file": file})


REFUSED = {
    "a program": ("virus.exe", b"MZ\x90\x00" + bytes(range(256)) * 8, ("không phải văn bản", "not a document")),
    "noise": ("a.docx", bytes(range(256)) * 16, ("", "")),
    "a broken archive": ("a.docx", b"PK\x03\x04" + b"\0" * 500, ("", "")),
    "nothing": ("a.txt", b"", ("không có chữ nào", "holds no text")),
    "blanks": ("a.txt", b" \n\t \n", ("", "")),
    "a locked file": ("a.pdf", locked_pdf(), ("mật khẩu", "password")),
    "50 MB": ("a.pdf", b"%PDF-1.7\n" + b"0" * (50 * MEGABYTE), ("50 MB", "50 MB")),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", REFUSED)
def test_a_file_that_is_no_document_is_refused_in_words(kind: str, language: str, world: World) -> None:
    name, content, words = REFUSED[kind]
    answer = take_in(name, content, language)
    assert answer.status_code == 422
    sentence = str(answer.context["form"].errors["file"][0])
    assert words[LANGUAGES.index(language)] in sentence, sentence
    assert len(sentence.split()) >= 6
    assert sentence.endswith(".")
    assert (sentence.isascii()) == (language == "en"), sentence
    assert sentence in _plain(answer.content.decode())


def _plain(html: str) -> str:
    import html as entities

    return entities.unescape(html)


def test_the_limit_is_below_what_is_refused() -> None:
    assert LARGEST_DOCUMENT < 50 * MEGABYTE


@pytest.mark.parametrize(
    ("language", "words"), [("vi", "đã có trong sổ: số đến"), ("en", "already in the book: arrival number")]
)
def test_the_same_file_twice_is_named(language: str, words: str, world: World, story: Story) -> None:
    again = PAPER.format(number="62", subject="Mốc giấy Hai").encode()
    answer = take_in("62.txt", again, language)
    assert answer.status_code == 422
    assert words in _plain(answer.content.decode())


# The same letter as old offices typed it: TCVN 5712 (ABC fonts) and VNI, each written down by hand.
TCVN3 = """ñy ban nh©n d©n                    Céng hßa x· héi chñ nghÜa ViÖt Nam
tØnh B×nh Minh                          §éc lËp - Tù do - H¹nh phóc
Sè: 75/UBND-VX                    B×nh Minh, ngµy 22 th¸ng 11 n¨m 2021
V/v rµ so¸t tõng nhµ
KÝnh göi: Së Y tÕ.
ñy ban nh©n d©n tØnh yªu cÇu:
1. Së Y tÕ chuÈn bÞ gi­êng bÖnh, hoµn thµnh tr­íc ngµy 30/11/2021.
"""
VNI = """UÛY BAN NHAÂN DAÂN                    COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM
TÆNH BÌNH MINH                          Ñoäc laäp - Töï do - Haïnh phuùc
Soá: 76/UBND-VX                    Bình Minh, ngaøy 22 thaùng 11 naêm 2021
V/v raø soaùt töøng nhaø
Kính göûi: Sôû Y teá.
UÛy ban nhaân daân tænh yeâu caàu:
1. Sôû Y teá chuaån bò giöôøng beänh, hoaøn thaønh tröôùc ngaøy 30/11/2021.
"""
LETTER = PAPER.format(number="77", subject="rà soát từng nhà")
ENCODED = {
    "TCVN3": TCVN3.encode("latin-1"),
    "VNI": VNI.encode("latin-1"),
    "UTF-16": LETTER.encode("utf-16"),
    "UTF-16 without a mark": LETTER.encode("utf-16-le"),
    "UTF-8 with a mark": LETTER.encode("utf-8-sig"),
    "decomposed": unicodedata.normalize("NFD", LETTER).encode(),
    "Windows line ends": LETTER.replace("\n", "\r\n").encode(),
}
# Nothing is repaired in these: they are Unicode, only written down otherwise.
SILENT = {"UTF-16", "UTF-8 with a mark", "Windows line ends"}


@pytest.mark.parametrize("encoding", ENCODED)
def test_old_encodings_are_read_and_doubts_are_shown(encoding: str, world: World) -> None:
    answer = take_in(f"{encoding}.txt", ENCODED[encoding])
    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    with entering(SYSTEM):
        document = Document.objects.latest("id")
    assert "rà soát từng nhà" in document.text
    assert unicodedata.is_normalized("NFC", document.text)
    assert (document.number, document.symbol, document.issued_on) in {
        (number, "UBND-VX", date(2021, 11, 22)) for number in ("75", "76", "77")
    }
    assert document.subject == "rà soát từng nhà"
    shown = sign_in("linh").get(answer["Location"])
    assert shown.status_code == 200
    if encoding not in SILENT:
        assert document.warnings
        assert str(document.warnings[0]["what"]) in _plain(shown.content.decode())


def test_a_name_with_strange_signs_is_kept(world: World) -> None:
    answer = take_in('CV "khẩn"; ../../etc/passwd\r\nX: y.txt', LETTER.encode())
    assert answer.status_code == 302
    with entering(SYSTEM):
        document = Document.objects.latest("id")
    original = sign_in("linh").get(reverse("command-original", kwargs={"pk": document.pk}))
    assert original.content == LETTER.encode()
    assert original["Content-Type"] == "application/octet-stream"
    assert original["Content-Disposition"].startswith("attachment")


def proposal_of(story: Story, place: int) -> Any:
    with entering(SYSTEM):
        return story.documents["Mốc giấy Hai"].proposals.select_related("clause").order_by("clause__position")[place]


def save(story: Story, place: int, language: str, **changes: Any) -> str:
    """The office saves a task in the making; what the page says."""
    proposal = proposal_of(story, place)
    sent = {"version": proposal.version, "title": proposal.title, "deadline": "", "recurrence": "once"} | changes
    url = reverse("command-proposal", kwargs={"pk": proposal.pk})
    answer = sign_in("linh", language).post(url, sent, headers={"hx-request": "true"})
    assert answer.status_code == 422
    with entering(SYSTEM):
        proposal.refresh_from_db()
    assert proposal.state == "proposed", "a refused form changes nothing"
    return _plain(answer.content.decode())


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("vi", "chưa có thời hạn. Đồng chí đặt thời hạn, hoặc ghi lý do không có."),
        ("en", "has no deadline. Set one, or say why there is none."),
    ],
)
def test_a_task_without_a_deadline(language: str, words: str, world: World, story: Story) -> None:
    assert words in save(story, 0, language, addressees=[world.bodies["UBTH"].pk])


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("vi", "Thời hạn 17:00 01/11/2021 của việc 1.1 đã qua."),
        ("en", "The deadline 17:00 01/11/2021 of task 1.1 has passed."),
    ],
)
def test_a_deadline_in_the_past(language: str, words: str, world: World, story: Story) -> None:
    text = save(story, 0, language, addressees=[world.bodies["UBTH"].pk], deadline="2021-11-01T17:00")
    assert words in text
    assert 'value="2021-11-01T17:00"' in text, "what was typed stays"


@pytest.mark.parametrize(
    ("language", "words"), [("vi", "chưa có đơn vị chịu trách nhiệm."), ("en", "has no accountable unit.")]
)
def test_a_task_without_a_unit(language: str, words: str, world: World, story: Story) -> None:
    assert words in save(story, 0, language, deadline="2021-12-01T17:00")


def merge_away(world: World) -> None:
    """Tân Lộc went into Hòa Xuân."""
    with entering(SYSTEM):
        body = world.bodies["UBTL"]
        body.closed_on, body.successor = date(2021, 11, 1), world.bodies["UBHX"]
        body.save()


MERGED = {
    "vi": "Ủy ban nhân dân xã Tân Lộc đã sáp nhập ngày 01/11/2021. Đồng chí giao việc cho Ủy ban nhân dân xã Hòa Xuân.",
    "en": "Ủy ban nhân dân xã Tân Lộc was merged away on 01/11/2021. Give the task to Ủy ban nhân dân xã Hòa Xuân.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_unit_that_was_merged_away_names_its_successor(language: str, world: World, story: Story) -> None:
    merge_away(world)
    assert MERGED[language] in save(
        story, 0, language, addressees=[world.bodies["UBTL"].pk], deadline="2021-12-01T17:00"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_work_is_not_passed_on_to_a_unit_that_was_merged_away(language: str, world: World, story: Story) -> None:
    merge_away(world)
    task = story.tasks["Mốc Thuận Hòa"]
    sent = {"title": "x", "deadline": "2021-11-27T17:00", "organisations": [world.bodies["UBTL"].pk]}
    answer = sign_in("dat", language).post(reverse("command-split", kwargs={"pk": task.pk}), sent)
    assert answer.status_code == 422
    assert MERGED[language] in _plain(answer.content.decode())


@pytest.mark.parametrize(
    ("deadline", "words"),
    [
        ("", "Đồng chí đặt thời hạn cho đơn vị cấp dưới"),
        ("2021-11-01T17:00", "Thời hạn này đã qua."),
        ("2022-01-01T17:00", "phải xong trước thời hạn của đơn vị đồng chí"),
        ("hôm qua", ""),
    ],
)
def test_a_part_s_deadline_lies_between_now_and_the_whole_s(
    deadline: str, words: str, world: World, story: Story
) -> None:
    task = story.tasks["Mốc Thuận Hòa"]
    sent = {"title": "x", "deadline": deadline, "organisations": [world.bodies["UBHX"].pk]}
    answer = sign_in("dat").post(reverse("command-split", kwargs={"pk": task.pk}), sent)
    assert answer.status_code == 422
    assert words in _plain(answer.content.decode())


@pytest.mark.parametrize(
    ("language", "words"),
    [("vi", "không có gì mà vị trí của đồng chí được xem"), ("en", "nothing at this address that your post may see")],
)
def test_another_unit_s_task_by_address_is_not_found(language: str, words: str, world: World, story: Story) -> None:
    client = sign_in("khoa", language)
    hidden = client.get(reverse("command-task", kwargs={"pk": story.tasks["Mốc Thuận Hòa"].pk}))
    never = client.get(reverse("command-task", kwargs={"pk": 10**15}))
    assert hidden.status_code == never.status_code == 404
    assert words in _plain(hidden.content.decode())
    assert _without_token(hidden) == _without_token(never), "what is hidden and what never was are not told apart"
    with world.as_("khoa"):
        assert not Task.objects.filter(pk=story.tasks["Mốc Thuận Hòa"].pk).exists()


def _without_token(answer: Any) -> str:
    import re

    text = re.sub(r"/chi-huy/viec/\d+", "", answer.content.decode())
    return re.sub(r'csrf(middleware)?token[^>]*value="\w+"|"X-CSRFToken": *"\w+"|nonce="[^"]+"', "", text)


EVIDENCE = {
    "virus.exe": (b"MZ\x90\x00" + bytes(256), "không nhận loại tệp"),
    "anh.jpg": (b"", "rỗng"),
    "phim.jpg": (b"\xff\xd8\xff" + b"0" * (21 * MEGABYTE), "lớn hơn 20 MB"),
}


@pytest.mark.parametrize("name", EVIDENCE)
def test_evidence_that_is_none_is_refused_and_the_words_stay(name: str, world: World, story: Story) -> None:
    content, words = EVIDENCE[name]
    url = reverse("command-progress", kwargs={"pk": story.tasks["Mốc Công ty"].pk})
    answer = sign_in("may").post(url, {"text": "Đã lấy mẫu 300 người", "files": [SimpleUploadedFile(name, content)]})
    text = _plain(answer.content.decode())
    assert answer.status_code == 422
    assert words in text
    assert "Đã lấy mẫu 300 người" in text
    with entering(SYSTEM):
        assert not story.tasks["Mốc Công ty"].log.filter(text="Đã lấy mẫu 300 người").exists()


@pytest.mark.parametrize("key", ["", "khong-phai-uuid", "\0"])
def test_a_key_that_is_none_is_no_error(key: str, world: World, story: Story) -> None:
    url = reverse("command-progress", kwargs={"pk": story.tasks["Mốc Công ty"].pk})
    assert sign_in("may").post(url, {"text": "Đang làm", "key": key}).status_code in (302, 422)


def test_signs_that_no_database_keeps_are_refused(world: World, story: Story) -> None:
    url = reverse("command-progress", kwargs={"pk": story.tasks["Mốc Công ty"].pk})
    assert sign_in("may").post(url, {"text": "a\0b"}).status_code == 422
    clause = proposal_of(story, 0).clause
    answer = sign_in("linh").post(reverse("command-proposal-add", kwargs={"pk": clause.pk}), {"title": "a\0b"})
    assert answer.status_code == 422
    assert "có ký hiệu không lưu được" in _plain(answer.content.decode())


def test_a_report_for_tomorrow_has_no_figures(world: World) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    for on, words in ((tomorrow.isoformat(), "Chưa có số liệu ngày"), ("24-11", "Đồng chí ghi ngày như 24/11/2021.")):
        answer = sign_in("dat").post(reverse("command-report-draft"), {"on": on})
        assert answer.status_code == 422
        assert words in _plain(answer.content.decode())
