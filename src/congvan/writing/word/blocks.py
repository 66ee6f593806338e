"""Puts printed lines, tables and figures into a Word document, a cell or a section."""

from io import BytesIO
from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Mm, Pt

from congvan.writing.layout import Layout, Role
from congvan.writing.paper import Figure, Table
from congvan.writing.printed import Element, Line
from congvan.writing.tables import column_alignments, column_shares, printed_header, printed_rows
from congvan.writing.widths import text_width
from congvan.writing.word.oxml import apply_style, describe, keep_whole, repeat_header, set_borders
from congvan.writing.word.styles import ALIGNMENTS
from congvan.writing.wording import clean


class WordWriter:
    """Writes elements into places of one document: its body or a table's cell, `width` millimetres wide."""

    def __init__(self, document: Any, layout: Layout) -> None:
        self.document = document
        self.layout = layout
        self.style_ids = {role: document.styles[role.value].style_id for role in layout.styles}

    def add(self, place: Any, elements: tuple[Element, ...], width: float) -> None:
        """Any elements, in order."""
        for element in elements:
            if isinstance(element, Line):
                self.add_line(place, element, width)
            elif isinstance(element, Table):
                self.add_table(place, element, width)
            else:
                self.add_figure(place, element, width)

    def add_line(self, place: Any, line: Line, width: float) -> None:
        """One paragraph, with its rule below or its frame around."""
        paragraph = place.add_paragraph()
        apply_style(paragraph, self.style_ids[line.role])
        if line.lead:
            paragraph.add_run(f"{line.lead} " if line.text else line.lead).bold = True
        if line.text:
            paragraph.add_run(line.text)
        style = self.layout.styles[line.role]
        line_width = min(width, text_width(line.text, style))
        if line.framed:
            set_borders(paragraph, "top", "left", "bottom", "right")
            indent(paragraph, (width - line_width - 8) / 2)
        if line.keep:
            paragraph.paragraph_format.keep_with_next = True
        if line.rule:
            paragraph.paragraph_format.space_after = Pt(0)
            add_rule(place, (width - line.rule * line_width) / 2, style.after)

    def add_table(self, place: Any, table: Table, width: float) -> None:
        """A real table: repeated header, no row broken over pages."""
        if table.caption:
            self.add_line(place, Line(Role.CAPTION, table.caption, keep=True), width)
        rows = [printed_header(table), *printed_rows(table)]
        grid = add_grid(place, len(rows), [share * width for share in column_shares(table)])
        grid.style = "Table Grid"
        alignments = column_alignments(table)
        for place_of_row, (row, cells) in enumerate(zip(grid.rows, rows, strict=True)):
            header = place_of_row == 0
            total = table.total is not None and place_of_row == len(rows) - 1
            self.fill_row(row, cells, None if header else alignments, bold=total)
            keep_whole(row)
        repeat_header(grid.rows[0])
        add_gap(place, 6)

    def fill_row(self, row: Any, cells: list[str], alignments: tuple[str, ...] | None, *, bold: bool) -> None:
        """Text into the cells of a row; a row without alignments is the header."""
        for place, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            paragraph = cell.paragraphs[0]
            apply_style(paragraph, self.style_ids[Role.TABLE_CELL if alignments else Role.TABLE_HEADER])
            if alignments:
                paragraph.alignment = ALIGNMENTS[alignments[place]]
            run = paragraph.add_run(text)
            run.bold = bold or None

    def add_figure(self, place: Any, figure: Figure, width: float) -> None:
        """A picture in the line, with its alternative text, and the caption under it."""
        paragraph = place.add_paragraph()
        apply_style(paragraph, self.style_ids[Role.FIGURE])
        picture = paragraph.add_run().add_picture(BytesIO(figure.png), width=Mm(figure.width * width))
        describe(picture, clean(figure.alternative_text))
        paragraph.paragraph_format.keep_with_next = figure.caption is not None
        if figure.caption:
            self.add_line(place, Line(Role.CAPTION, figure.caption), width)


def add_grid(place: Any, rows: int, widths: list[float]) -> Any:
    """A table of fixed columns (millimetres) as wide as its columns together."""
    grid = place.add_table(rows, len(widths))
    grid.autofit = False
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Mm(width)
    for row in grid.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    return grid


def indent(paragraph: Any, each_side: float) -> None:
    """The same indent left and right, in millimetres."""
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(max(0, each_side))


def add_rule(place: Any, each_side: float, after: float) -> None:
    """A thin horizontal line, as the border of an empty paragraph: it stays where it is when the office edits."""
    paragraph = place.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    spacing = paragraph.paragraph_format
    spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(4)
    spacing.space_before, spacing.space_after = Pt(3), Pt(after)
    spacing.keep_with_next = True
    indent(paragraph, each_side)
    set_borders(paragraph, "top")


def add_gap(place: Any, points: float) -> Any:
    """An empty paragraph as room above or below a table: Word tables have no outer margin."""
    paragraph = place.add_paragraph()
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = Pt(points)
    return paragraph
