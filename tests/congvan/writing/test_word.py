"""The .docx reopened: page, styles, tables, language, metadata."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from congvan.writing import Bullet, Paragraph, System, write_docx, write_docx_template
from tests.congvan.writing.reopening import docx_paragraphs, open_docx
from tests.congvan.writing.samples import (
    SAMPLES,
    UNITS,
    daily_report,
    decision,
    directive,
    official_letter,
    party_letter,
)


@pytest.fixture(scope="module")
def report():
    return open_docx(write_docx(daily_report()))


def styled(document, style):
    """Texts of the paragraphs of a style, in tables too."""
    found = document.element.body.iter(qn("w:p"))
    style_id = document.styles[style].style_id
    return ["".join(run.text or "" for run in p.iter(qn("w:t"))) for p in found if p.style == style_id]


def test_the_page_is_a4_with_the_decrees_margins(report):
    section = report.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = [
        side.mm for side in (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    ]
    assert [round(side) for side in margins] == [20, 20, 30, 20]


def test_page_numbers_start_on_the_second_page_at_the_top_centre(report):
    section = report.sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert not section.first_page_header.paragraphs[0].text


def test_the_head_stands_in_two_columns_with_number_and_date_level(report):
    head = report.tables[0]
    assert head.cell(0, 0).text.split() == [
        "ỦY",
        "BAN",
        "NHÂN",
        "DÂN",
        "TỈNH",
        "BẾN",
        "MAI",
        "BAN",
        "CHỈ",
        "ĐẠO",
        "PHÒNG,",
        "CHỐNG",
        "DỊCH",
        "COVID-19",
    ]
    assert head.cell(0, 1).text.strip() == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    assert head.cell(1, 0).text.split("\n") == ["Số: 215/BC-BCĐ", "HỎA TỐC"]
    assert head.cell(1, 1).text == "Bến Mai, ngày 23 tháng 11 năm 2021"


@pytest.mark.parametrize(
    ("style", "size", "bold", "italic"),
    [
        ("Quốc hiệu", 12, True, False),
        ("Tiêu ngữ", 13, True, False),
        ("Số ký hiệu", 13, False, False),
        ("Địa danh ngày tháng", 13, False, True),
        ("Tên loại", 14, True, False),
        ("Nội dung", 14, False, False),
        ("Tiêu đề nơi nhận", 12, True, True),
        ("Nơi nhận", 11, False, False),
        ("Người ký", 14, True, False),
    ],
)
def test_styles_have_the_sizes_of_decree_30(report, style, size, bold, italic):
    font = report.styles[style].font
    assert (font.size, font.bold, font.italic, font.name) == (Pt(size), bold, italic, "Times New Roman")


def test_every_paragraph_has_a_named_style(report):
    written = [paragraph for paragraph in report.paragraphs if paragraph.text.strip()]
    assert {paragraph.style.name for paragraph in written} <= {style.name for style in report.styles} - {"Normal"}


def test_titles_are_in_the_navigation_pane(report):
    titles = [p.text for p in report.paragraphs if p.style.name == "Heading 1"]
    assert titles == ["I. TÌNH HÌNH DỊCH BỆNH", "II. KẾT QUẢ THỰC HIỆN NHIỆM VỤ ĐƯỢC GIAO", "III. KIẾN NGHỊ, ĐỀ XUẤT"]


def test_the_table_of_units_repeats_its_header_and_adds_up(report):
    table = report.tables[1]
    assert [cell.text for cell in table.rows[0].cells][:3] == ["TT", "Đơn vị", "Được giao"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert len(table.rows) == len(UNITS) + 2
    assert table.rows[-1].cells[2].text == str(sum(unit[1] for unit in UNITS))
    assert table.rows[-1].cells[2].paragraphs[0].runs[0].bold


def test_tables_fill_the_text_width(report):
    section = report.sections[0]
    width = section.page_width - section.left_margin - section.right_margin
    for table in report.tables:
        assert abs(sum(column.width for column in table.columns) - width) < Mm(0.5)


def test_the_chart_has_alternative_text(report):
    descriptions = [inline._inline.docPr.get("descr") for inline in report.inline_shapes]
    assert len(descriptions) == 1
    assert descriptions[0].startswith("Biểu đồ cột số ca mắc mới")


def test_the_language_is_vietnamese(report):
    defaults = next(report.styles.element.iter(qn("w:rPrDefault")))
    assert [lang.get(qn("w:val")) for lang in defaults.iter(qn("w:lang"))] == ["vi-VN"]
    assert report.core_properties.language == "vi-VN"


def test_the_file_knows_its_title_author_and_date(report):
    properties = report.core_properties
    assert properties.title == "Báo cáo số 215/BC-BCĐ: Kết quả công tác phòng, chống dịch COVID-19 ngày 23/11/2021"
    assert properties.author == "Ban Chỉ đạo phòng, chống dịch COVID-19"
    assert properties.created.date() == date(2021, 11, 23)


def test_word_does_not_open_it_in_compatibility_mode(report):
    modes = [
        s for s in report.settings.element.iter(qn("w:compatSetting")) if s.get(qn("w:name")) == "compatibilityMode"
    ]
    assert [mode.get(qn("w:val")) for mode in modes] == ["15"]


def test_distribution_and_signature_close_the_paper(report):
    closing = report.tables[-1]
    assert closing.cell(0, 0).text.split("\n") == [
        "Nơi nhận:",
        "- Như trên;",
        "- Bộ Y tế (để báo cáo);",
        "- Các thành viên Ban Chỉ đạo;",
        "- Ban Chỉ đạo các huyện, thị xã, thành phố;",
        "- Lưu: VT, NVY.",
    ]
    assert closing.cell(0, 1).text.split("\n") == ["KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "Trần Văn Hậu"]


def test_the_last_words_carry_the_end_mark_and_stay_with_the_signature(report):
    last = [paragraph for paragraph in report.paragraphs if paragraph.text][-1]
    assert last.text == "b) Báo cáo kết quả về Ban Chỉ đạo trước 16 giờ cùng ngày./."
    assert last.paragraph_format.keep_with_next


def test_a_letter_has_its_subject_under_the_number_and_no_kind(report):
    document = open_docx(write_docx(official_letter()))
    assert not styled(document, "Tên loại")
    number, *subject = document.tables[0].cell(1, 0).text.split("\n")
    assert number == "Số: 2981/UBND-VXNV"
    assert " ".join(subject) == f"V/v {official_letter().subject}"


def test_copies_of_a_group_stand_under_its_name():
    closing = open_docx(write_docx(official_letter())).tables[-1].cell(0, 0).text.split("\n")
    assert closing == [
        "Nơi nhận:",
        "Gửi bản điện tử:",
        "- Như trên;",
        "- TT Tỉnh ủy (b/c);",
        "- CT, các PCT UBND tỉnh;",
        "- Lưu: VT, VXNV.",
    ]


def test_the_party_has_its_own_form():
    document = open_docx(write_docx(party_letter()))
    texts = docx_paragraphs(document)
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in texts
    assert not any("CỘNG HÒA" in text for text in texts)
    assert document.tables[0].cell(0, 0).text.split("\n")[:2] == ["TỈNH ỦY BẾN MAI", "*"]
    assert document.tables[0].cell(1, 0).text.startswith("Số 571-CV/TU\nV/v tiếp tục")
    assert {"T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "- Lưu Văn phòng Tỉnh ủy."} <= set(texts)
    assert document.styles["Quốc hiệu"].font.size == Pt(15)


def test_a_party_directive_names_who_directs_under_its_kind():
    paper = replace(directive(), system=System.PARTY, ordering_body="Ban Thường vụ Tỉnh ủy", symbol="CT/TU")
    texts = docx_paragraphs(open_docx(write_docx(paper)))
    place = texts.index("CHỈ THỊ")
    assert texts[place + 1] == "CỦA BAN THƯỜNG VỤ TỈNH ỦY"
    assert "-----" in texts


def test_a_decision_goes_from_bases_to_articles():
    texts = [text for text in docx_paragraphs(open_docx(write_docx(decision()))) if text]
    places = [
        texts.index("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH BẾN MAI"),
        texts.index("Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;"),
        texts.index("QUYẾT ĐỊNH:"),
        texts.index("Điều 2. Tổ chức thực hiện"),
    ]
    assert places == sorted(places)
    assert texts[places[1] + 2].endswith("ngày 03 tháng 9 năm 2021.")


def test_annexes_start_new_pages_with_their_own_numbers_and_may_lie_on_their_side():
    sections = open_docx(write_docx(decision())).sections
    assert [section.start_type for section in sections][1:] == [WD_SECTION.NEW_PAGE] * 2
    assert [section.orientation for section in sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
    ]
    restarts = [section._sectPr.find(qn("w:pgNumType")) for section in sections[1:]]
    assert [restart.get(qn("w:start")) for restart in restarts] == ["1", "1"]


def test_an_annex_names_the_paper_it_belongs_to():
    texts = docx_paragraphs(open_docx(write_docx(decision())))
    assert "(Kèm theo Quyết định số 15/QĐ-UBND\nngày 05 tháng 9 năm 2021 của Ủy ban nhân dân tỉnh Bến Mai)" in texts
    assert [text for text in texts if text.startswith("Phụ lục I")][:2] == ["Phụ lục I", "Phụ lục II"]


def test_a_paper_that_ends_in_a_list_or_nothing_still_ends():
    for body in ((), (Bullet("Một"),)):
        texts = [t for t in docx_paragraphs(open_docx(write_docx(replace(directive(), body=body)))) if t]
        assert sum(text.endswith("./.") for text in texts) == 1


def test_an_offices_template_keeps_its_styles_and_loses_its_text():
    office = open_docx(write_docx_template())
    office.styles["Nội dung"].font.size = Pt(13)
    office.add_paragraph("Chữ cũ của mẫu")
    kept = BytesIO()
    office.save(kept)
    document = open_docx(write_docx(daily_report(), template=kept.getvalue()))
    assert document.styles["Nội dung"].font.size == Pt(13)
    assert "Chữ cũ của mẫu" not in docx_paragraphs(document)
    assert docx_paragraphs(document) == docx_paragraphs(open_docx(write_docx(daily_report())))


def test_a_template_of_somebody_else_gets_the_missing_styles():
    import docx

    foreign = BytesIO()
    docx.Document().save(foreign)
    assert open_docx(write_docx(directive(), template=foreign.getvalue())).styles["Quốc hiệu"].font.size == Pt(12)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_parts_of_the_file_are_sound_xml_with_paragraph_properties_in_order(name):
    """Word refuses a file whose paragraph properties are out of the schema's order; LibreOffice does not mind."""
    order = ["pStyle", "keepNext", "keepLines", "widowControl", "pBdr", "spacing", "ind", "contextualSpacing", "jc"]
    file = write_docx(SAMPLES[name]())
    assert ZipFile(BytesIO(file)).testzip() is None
    document = open_docx(file)
    everywhere = [*document.element.body.iter(qn("w:pPr")), *document.styles.element.iter(qn("w:pPr"))]
    for properties in everywhere:
        tags = [child.tag.split("}")[1] for child in properties]
        known = [order.index(tag) for tag in tags if tag in order]
        assert known == sorted(known), tags


def test_line_feeds_in_text_become_lines():
    paper = replace(directive(), body=(Paragraph("một\nhai"), Paragraph("ba")))
    assert "một\nhai" in docx_paragraphs(open_docx(write_docx(paper)))
