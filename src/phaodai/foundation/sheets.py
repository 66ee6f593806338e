"""Excel in and out. Whatever a sheet holds comes in as text, so that codes keep their zeros and days their form."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from phaodai.foundation import clock
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.refusals import Refusal

LARGEST_SHEET = 40 * 1024 * 1024
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


@dataclass(frozen=True)
class SheetRow:
    """One row as it came: its number in the file and its cells by trimmed header."""

    number: int
    cells: dict[str, str]


def read_rows(name: str, content: bytes) -> list[SheetRow]:
    """The rows below the header of an Excel file or a CSV. Raises `Refusal` for what is neither."""
    if not content:
        raise Refusal(_("The file is empty. Save it again and send it."), field="file")
    if len(content) > LARGEST_SHEET:
        raise Refusal(_("The file is larger than 40 MB. Split it into several sheets."), field="file")
    table = _csv_table(content) if name.lower().endswith((".csv", ".txt")) else _excel_table(content)
    return _below_header(table)


def _excel_table(content: bytes) -> list[list[str]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except (CalamineError, OSError, ValueError) as problem:
        raise Refusal(
            _("This is not an Excel file that can be read. Save it as .xlsx without a password and send it again."),
            field="file",
        ) from problem
    return [[text_of(value) for value in row] for row in book.get_sheet_by_index(0).to_python()]


def _csv_table(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
        first = text.partition("\n")[0]
        separator = max(",;\t", key=first.count)
        table = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), delimiter=separator)]
    except (UnicodeDecodeError, csv.Error) as problem:
        raise _no_text() from problem
    if "\0" in text:  # no text holds it, and PostgreSQL keeps none; a picture called .csv does
        raise _no_text()
    return table


def _no_text() -> Refusal:
    words = _("The text is not in Unicode. Save the file as “CSV UTF-8”, or send the Excel file itself.")
    return Refusal(words, field="file")


def text_of(value: Any) -> str:
    """A cell as a person would type it: 24/11/2021, 36,8 stays what it is, 12.0 is 12."""
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if value.time() == time(0) else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def _below_header(table: list[list[str]]) -> list[SheetRow]:
    """Title rows above the header hold at most one filled cell; the header is the first row with two."""
    start = next((i for i, row in enumerate(table) if sum(1 for cell in row if cell) > 1), None)
    if start is None:
        raise Refusal(_("The sheet has no header row. Download the template and copy the rows into it."), field="file")
    header = [" ".join(cell.split()) for cell in table[start]]
    rows = []
    for index, row in enumerate(table[start + 1 :], start + 2):
        cells = {name: cell for name, cell in zip(header, row, strict=False) if name}
        if any(cells.values()):
            rows.append(SheetRow(index, cells))
    return rows


def write_sheet(title: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """An .xlsx with one sheet: frozen bold header, days as days, numbers as numbers, formulas never."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    )
    # By the clock of the installation: the same rows at the same moment are the same file, which is known when it comes again.
    book.set_properties({"created": clock.now().astimezone(UTC)})
    sheet = book.add_worksheet(title[:31].translate(dict.fromkeys(map(ord, "[]:*?/\\"), " ")))
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1}),
        "day": book.add_format({"num_format": "dd/mm/yyyy"}),
        "moment": book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
    }
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(header):
        sheet.set_column(column, column, max(12, min(40, len(name) + 4)))
        sheet.write_string(0, column, name, formats["head"])
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            _write_cell(sheet, number, column, value, formats)
    book.close()
    return stream.getvalue()


def _write_cell(sheet: Any, row: int, column: int, value: Any, formats: dict[str, Any]) -> None:
    if isinstance(value, datetime):
        sheet.write_datetime(row, column, value.astimezone(VIETNAM).replace(tzinfo=None), formats["moment"])
    elif isinstance(value, date):
        sheet.write_datetime(row, column, datetime.combine(value, time(0)), formats["day"])
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        sheet.write_number(row, column, float(value))
    elif value not in (None, ""):
        sheet.write_string(row, column, str(value))
