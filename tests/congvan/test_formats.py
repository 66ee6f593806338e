"""One letter in every format that the reader opens gives one reading."""

import io
import shutil
import subprocess
import zipfile
from random import Random

import docx
import pytest
import typst
from PIL import Image

import congvan

HEAD_LEFT = ["UBND TỈNH AN LẠC", "SỞ Y TẾ", "Số: 12/SYT-NVY", "V/v tăng cường phòng, chống dịch"]
HEAD_RIGHT = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "An Lạc, ngày 05 tháng 8 năm 2021"]
PREAMBLE = [
    "Kính gửi: Trung tâm Y tế các huyện, thành phố",
    "Thực hiện Công văn số 5028/BYT-DP ngày 26/6/2021 của Bộ Y tế, Sở Y tế yêu cầu:",
]
POINTS = [
    "Trung tâm Y tế các huyện, thành phố bố trí 10 đội lấy mẫu.",
    "Phòng Nghiệp vụ Y theo dõi, báo cáo Giám đốc Sở trước ngày 10/8/2021.",
]
FOOT_LEFT = ["Nơi nhận:", "- Như trên;", "- UBND tỉnh (b/c);", "- Lưu: VT, NVY."]
FOOT_RIGHT = ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lê Văn An"]


def assert_is_the_letter(reading: congvan.Reading) -> None:
    meta = reading.meta
    assert (meta.issuer_parent, meta.issuer) == ("UBND TỈNH AN LẠC", "SỞ Y TẾ")
    assert (meta.number, meta.symbol, str(meta.date)) == ("12", "SYT-NVY", "2021-08-05")
    assert meta.subject == "tăng cường phòng, chống dịch"
    assert meta.recipients == ("Trung tâm Y tế các huyện, thành phố",)
    assert (meta.signer.name, meta.signer.codes) == ("Lê Văn An", ("KT",))
    assert [copy.name for copy in meta.distribution] == ["Như trên", "UBND tỉnh"]
    assert [reference.symbol for reference in reading.references] == ["BYT-DP"]
    first, second = reading.sections
    assert [agency.name for agency in first.agencies] == ["Trung tâm Y tế các huyện, thành phố"]
    assert [str(deadline.date) for deadline in second.deadlines] == ["2021-08-10"]


def word_file(*, numbered_by_word: bool) -> bytes:
    document = docx.Document()
    head = document.add_table(rows=1, cols=2)
    head.cell(0, 0).text, head.cell(0, 1).text = "\n".join(HEAD_LEFT), "\n".join(HEAD_RIGHT)
    for paragraph in PREAMBLE:
        document.add_paragraph(paragraph)
    for place, point in enumerate(POINTS, start=1):
        document.add_paragraph(
            point if numbered_by_word else f"{place}. {point}", "List Number" if numbered_by_word else None
        )
    foot = document.add_table(rows=1, cols=2)
    foot.cell(0, 0).text, foot.cell(0, 1).text = "\n".join(FOOT_LEFT), "\n".join(FOOT_RIGHT)
    return saved(document)


def saved(document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def pdf_file() -> bytes:
    """The letter as a PDF with a text layer, its lines wrapped by the typesetter."""
    columns = "#grid(columns: (1fr, 1fr), [{}], [{}])"
    lines = [
        columns.format(" \\\n".join(HEAD_LEFT), " \\\n".join(HEAD_RIGHT)),
        *PREAMBLE,
        *(f"{place}\\. {point}" for place, point in enumerate(POINTS, start=1)),
        columns.format(" \\\n".join(line.replace("- ", "\\- ") for line in FOOT_LEFT), " \\\n".join(FOOT_RIGHT)),
    ]
    return typst.compile("\n\n".join(lines).encode())


def open_document_file() -> bytes:
    """A minimal .odt: layout tables, and the points as a numbered list."""
    spaces = {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    }
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in spaces.items())
    style = (
        '<office:automatic-styles><text:list-style style:name="L1"><text:list-level-style-number text:level="1" '
        'style:num-format="1" style:num-suffix="."/></text:list-style></office:automatic-styles>'
    )
    items = "".join(f"<text:list-item><text:p>{point}</text:p></text:list-item>" for point in POINTS)
    body = _odt_row(HEAD_LEFT, HEAD_RIGHT) + _odt_paragraphs(PREAMBLE)
    body += f'<text:list text:style-name="L1">{items}</text:list>' + _odt_row(FOOT_LEFT, FOOT_RIGHT)
    content = (
        f"<office:document-content {declared}>{style}<office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("META-INF/manifest.xml", "<manifest/>")
        package.writestr("content.xml", content)
    return buffer.getvalue()


def _odt_paragraphs(lines):
    return "".join(f"<text:p>{line}</text:p>" for line in lines)


def _odt_row(left, right):
    cells = "".join(f"<table:table-cell>{_odt_paragraphs(lines)}</table:table-cell>" for lines in (left, right))
    return f"<table:table><table:table-row>{cells}</table:table-row></table:table>"


def picture_of_the_letter() -> Image.Image:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf_file())
    picture = document[0].render(scale=200 / 72).to_pil()
    document.close()
    return picture


@pytest.mark.parametrize("numbered_by_word", [True, False])
def test_word(numbered_by_word):
    assert_is_the_letter(congvan.read(word_file(numbered_by_word=numbered_by_word), "letter.docx"))


def test_open_document():
    assert_is_the_letter(congvan.read(open_document_file()))


def test_pdf_with_a_text_layer():
    assert_is_the_letter(congvan.read(pdf_file()))


def test_a_path_and_bytes_read_alike(tmp_path):
    path = tmp_path / "letter.docx"
    path.write_bytes(word_file(numbered_by_word=False))
    assert congvan.read(path) == congvan.read(path.read_bytes()) == congvan.read(str(path))


def test_a_table_of_the_body_is_no_section():
    document = docx.Document(io.BytesIO(word_file(numbered_by_word=False)))
    table = document.add_table(rows=2, cols=3)
    for place, words in enumerate(["TT", "Đơn vị", "Số người", "1", "Xã Hòa Bình", "20"]):
        table.cell(place // 3, place % 3).text = words
    reading = congvan.read(saved(document))
    assert [section.id for section in reading.sections] == ["1", "2"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice makes the .doc for this test")
def test_word_97(tmp_path):
    (tmp_path / "letter.docx").write_bytes(word_file(numbered_by_word=False))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "doc"]
    subprocess.run(
        [*command, "--outdir", tmp_path, tmp_path / "letter.docx"], check=True, capture_output=True, timeout=120
    )
    assert_is_the_letter(congvan.read(tmp_path / "letter.doc"))


@pytest.mark.ocr
@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
class TestScans:
    def test_a_photo_that_is_tilted_and_specked(self):
        picture = picture_of_the_letter().convert("L").rotate(2.5, fillcolor=255, expand=True)
        random = Random(7)
        for _ in range(picture.width * picture.height // 120):
            picture.putpixel(
                (random.randrange(picture.width), random.randrange(picture.height)), random.choice((0, 255))
            )
        buffer = io.BytesIO()
        picture.save(buffer, "PNG")
        reading = congvan.read(buffer.getvalue(), "photo.png")
        assert (reading.meta.number, reading.meta.symbol) == ("12", "SYT-NVY")
        assert [section.id for section in reading.sections] == ["1", "2"]
        assert any("nhận dạng" in doubt.what for doubt in reading.warnings)

    def test_a_pdf_of_pictures(self):
        buffer = io.BytesIO()
        picture_of_the_letter().convert("RGB").save(buffer, "PDF", resolution=200)
        assert_is_the_letter(congvan.read(buffer.getvalue()))
