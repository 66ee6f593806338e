"""The PDF reopened: words, pages, fonts, metadata."""

from dataclasses import replace
from io import BytesIO

import pypdf
import pytest

from congvan.writing import Figure, Paragraph, Table, write, write_pdf
from congvan.writing.composing import compose
from congvan.writing.printed import Line
from congvan.writing.tables import printed_header, printed_rows
from tests.congvan.writing.reopening import docx_paragraphs, one_line, open_docx, pdf_pages
from tests.congvan.writing.samples import SAMPLES, daily_report, decision, directive


def composed_texts(paper):
    """Everything that the paper prints, piece by piece."""
    sheet = compose(paper)
    parts = [sheet.issuer, sheet.title_block, sheet.number, sheet.place_date, sheet.opening, sheet.body]
    parts += [sheet.distribution, sheet.signature, *(annex.elements for annex in sheet.annexes)]
    for element in (element for part in parts for element in part):
        if isinstance(element, Line):
            yield f"{element.lead} {element.text}"
        elif isinstance(element, Table):
            yield from printed_header(element)
            yield from (cell for row in printed_rows(element) for cell in row)
        if isinstance(element, Table | Figure) and element.caption:
            yield element.caption


@pytest.mark.parametrize("portable", [True, False])
@pytest.mark.parametrize("name", SAMPLES)
def test_every_word_can_be_copied_out_exactly(name, portable):
    paper = SAMPLES[name]()
    text = " ".join(pdf_pages(write_pdf(paper, portable=portable)))
    missing = [piece for piece in map(one_line, composed_texts(paper)) if piece not in text]
    assert missing == []


def test_the_first_page_bears_no_number_and_the_second_does():
    first, second = pdf_pages(write_pdf(daily_report()))
    assert second.startswith("2 ")
    assert first.startswith("ỦY BAN NHÂN DÂN TỈNH BẾN MAI")


def test_annexes_start_new_pages_and_count_their_own():
    pages = pdf_pages(write_pdf(decision()))
    assert [page[:10] for page in pages[1:]] == ["Phụ lục I ", "2 TT Vị tr", "Phụ lục II"]


def test_a_long_table_repeats_its_header():
    pages = pdf_pages(write_pdf(decision()))
    assert all("TT Vị trí Số người Đơn vị cử" in page for page in pages[1:3])


def test_a_signature_never_stands_alone():
    """However long the body is, some of it is on the page of the signature."""
    for lines in range(20, 34):
        body = tuple(Paragraph(f"Đoạn thứ {place} của văn bản.") for place in range(lines))
        last = pdf_pages(write_pdf(replace(directive(), body=body)))[-1]
        assert f"Đoạn thứ {lines - 1} của văn bản./." in last
        assert "Nguyễn Thị Đào" in last
        assert "Nơi nhận:" in last


def test_all_fonts_are_embedded():
    reader = pypdf.PdfReader(BytesIO(write_pdf(daily_report(), portable=True)))
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    descriptors = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert fonts
    assert all({"/FontFile2", "/FontFile3"} & set(descriptor) for descriptor in descriptors)
    assert all("/ToUnicode" in font for font in fonts)


def test_the_file_knows_its_title_language_and_structure():
    reader = pypdf.PdfReader(BytesIO(write_pdf(daily_report())))
    assert reader.metadata.title.startswith("Báo cáo số 215/BC-BCĐ: Kết quả công tác")
    assert reader.metadata.author == "Ban Chỉ đạo phòng, chống dịch COVID-19"
    catalogue = reader.trailer["/Root"]
    assert catalogue["/Lang"] == "vi-VN"
    assert catalogue["/MarkInfo"]["/Marked"]
    assert next(entry.title for entry in reader.outline if not isinstance(entry, list)) == "I. TÌNH HÌNH DỊCH BỆNH"


def test_the_same_paper_gives_the_same_bytes():
    assert write_pdf(directive(), portable=True) == write_pdf(directive(), portable=True)


def test_an_open_date_leaves_blanks():
    (page,) = pdf_pages(write_pdf(replace(directive(), date=None, number=None)))
    assert "Bến Mai, ngày tháng năm" in page


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".PDF"])
def test_the_suffix_chooses_the_format(tmp_path, suffix):
    target = tmp_path / f"bao-cao{suffix}"
    write(directive(), target)
    if suffix == ".docx":
        assert "CHỈ THỊ" in docx_paragraphs(open_docx(target.read_bytes()))
    else:
        assert "CHỈ THỊ" in pdf_pages(target.read_bytes())[0]


def test_an_unknown_suffix_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"use \.docx or \.pdf"):
        write(directive(), tmp_path / "bao-cao.odt")
    assert not (tmp_path / "bao-cao.odt").exists()
