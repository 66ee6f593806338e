"""The whole Word document: page, head, body, signature, annexes, metadata."""

from datetime import datetime, time
from io import BytesIO
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.shared import Mm

from congvan.writing.composing import compose
from congvan.writing.kinds import System
from congvan.writing.layout import LAYOUTS, Layout, Role
from congvan.writing.paper import Paper
from congvan.writing.printed import Element, Line, Printed, PrintedAnnex
from congvan.writing.word.blocks import WordWriter, add_gap, add_grid
from congvan.writing.word.oxml import (
    LANGUAGE,
    add_page_number,
    drop_cell_margins,
    keep_whole,
    remove,
    restart_page_numbers,
)
from congvan.writing.word.styles import set_styles

SIGNATURE_SHARE = 0.48


def write_docx(paper: Paper, template: bytes | None = None) -> bytes:
    """The paper as a .docx file that an office can go on editing.

    `template` is a .docx whose styles are to be kept, as `write_docx_template` gives it and an office has changed it;
    its text is replaced. Styles that it lacks are added.
    """
    sheet = compose(paper)
    document = docx.Document(BytesIO(template) if template else None)
    empty(document)
    set_styles(document, sheet.layout, only_missing=template is not None)
    set_page(document.sections[0], sheet.layout)
    fill(WordWriter(document, sheet.layout), sheet)
    set_metadata(document, sheet, paper)
    return saved(document)


def write_docx_template(system: System = System.STATE) -> bytes:
    """An empty .docx with the styles and the page of a system, for an office to change in Word."""
    document = docx.Document()
    set_styles(document, LAYOUTS[system], only_missing=False)
    set_page(document.sections[0], LAYOUTS[system])
    return saved(document)


def empty(document: Any) -> None:
    """Takes away the text, keeps the page of the last section."""
    body = document.element.body
    for child in [child for child in body if child is not body.sectPr]:
        body.remove(child)


def saved(document: Any) -> bytes:
    """The document's file."""
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def set_page(section: Any, layout: Layout, *, landscape: bool = False) -> None:
    """A4, margins, and the page number in the top margin from page 2."""
    sides = (layout.page_height, layout.page_width) if landscape else (layout.page_width, layout.page_height)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(sides[0]), Mm(sides[1])
    section.top_margin, section.bottom_margin = Mm(layout.top), Mm(layout.bottom)
    section.left_margin, section.right_margin = Mm(layout.left), Mm(layout.right)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = False
    paragraph = section.header.paragraphs[0]
    paragraph.style = Role.PAGE_NUMBER.value
    paragraph.clear()
    add_page_number(paragraph)


def fill(writer: WordWriter, sheet: Printed) -> None:
    """All parts in order."""
    document, width = writer.document, sheet.layout.text_width
    add_head(writer, sheet)
    writer.add(document, (*sheet.opening, *sheet.body), width)
    add_gap(document, 10).paragraph_format.keep_with_next = True
    add_signature(writer, sheet)
    for annex in sheet.annexes:
        add_annex(writer, annex, sheet.layout)


def add_head(writer: WordWriter, sheet: Printed) -> None:
    """Two rows of two columns, so that number and date stand level."""
    widths = [sheet.layout.head_left, sheet.layout.text_width - sheet.layout.head_left]
    grid = add_grid(writer.document, 2, widths)
    drop_cell_margins(grid)
    rows = ((sheet.issuer, sheet.title_block), (sheet.number, sheet.place_date))
    for row, cells in zip(grid.rows, rows, strict=True):
        for cell, lines, width in zip(row.cells, cells, widths, strict=True):
            fill_cell(writer, cell, lines, width)


def add_signature(writer: WordWriter, sheet: Printed) -> None:
    """ "Nơi nhận" on the left, the signer on the right, never torn apart nor alone on a page."""
    right = sheet.layout.text_width * (1 - SIGNATURE_SHARE)
    widths = [sheet.layout.text_width - right, right]
    grid = add_grid(writer.document, 1, widths)
    drop_cell_margins(grid)
    keep_whole(grid.rows[0])
    for cell, lines, width in zip(grid.rows[0].cells, (sheet.distribution, sheet.signature), widths, strict=True):
        fill_cell(writer, cell, lines, width)


def fill_cell(writer: WordWriter, cell: Any, lines: tuple[Line, ...], width: float) -> None:
    """Lines into a cell instead of the empty paragraph that Word puts there."""
    elements: tuple[Element, ...] = lines
    writer.add(cell, elements, width)
    if lines:
        remove(cell.paragraphs[0])


def add_annex(writer: WordWriter, annex: PrintedAnnex, layout: Layout) -> None:
    """A section of its own: new page, own page numbers, landscape where asked."""
    section = writer.document.add_section(WD_SECTION.NEW_PAGE)
    set_page(section, layout, landscape=annex.landscape)
    restart_page_numbers(section)
    long_side = layout.page_height if annex.landscape else layout.page_width
    writer.add(writer.document, annex.elements, long_side - layout.left - layout.right)


def set_metadata(document: Any, sheet: Printed, paper: Paper) -> None:
    """Title, author, subject, language and date of the file."""
    properties = document.core_properties
    properties.title, properties.subject = sheet.title[:255], sheet.description[:255]
    properties.author = properties.last_modified_by = sheet.author[:255]
    properties.language, properties.comments = LANGUAGE, ""
    if paper.date:
        properties.created = properties.modified = datetime.combine(paper.date, time())
