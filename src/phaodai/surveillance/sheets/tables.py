"""Files as tables of text: CSV in any separator, Excel with its title rows, header rows of several lines and totals."""

import csv
import gc
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from phaodai.foundation.formats import fold
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.sheets import LARGEST_SHEET
from phaodai.foundation.sheets import text_of as cell_text
from phaodai.surveillance.rules.words import plain, vocabulary
from phaodai.surveillance.sheets.encodings import mended, old_typeface, text_of

SEPARATORS = ",;\t|"
_HEADER_WITHIN = 30
_TOTALS = re.compile(r"(?:tong(?: cong| so)?|total|totals|cong|sum|grand total|nguoi lap(?: bieu)?|ghi chu:.*)")
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f]")
_UNSEEN = "\u200b\ufeff"
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Line:
    """One row below the header: its number in the file and its cells."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One sheet with its header found: `headers` are different from each other, and no cell is wider than they are."""

    name: str
    headers: tuple[str, ...]
    lines: tuple[Line, ...]

    def columns(self, most: int = 400) -> dict[str, list[str]]:
        """Samples of the cells below each header, evenly from the whole sheet."""
        step = max(1, len(self.lines) // most)
        chosen = self.lines[::step]
        return {header: [line.cells[place] for line in chosen] for place, header in enumerate(self.headers)}


def read_tables(name: str, content: bytes) -> list[Table]:
    """Every sheet of a file that holds a table. Raises `Refusal` for what is no table."""
    if not content:
        raise Refusal(_("The file is empty. Save it again and send it."), field="file")
    if len(content) > LARGEST_SHEET:
        raise Refusal(_("The file is larger than 40 MB. Split it into several sheets."), field="file")
    with _everything_stays():
        grids = _excel(content) if content.startswith((_ZIP, _OLD_EXCEL)) else {name: _csv(content)}
        tables = [table for title, grid in grids.items() if (table := _table(title, _in_unicode(grid)))]
    if not tables:
        raise Refusal(_("There is no table in this file: a header row and rows below it are needed."), field="file")
    return tables


@contextmanager
def _everything_stays() -> Iterator[None]:
    """Without the collector, which would walk all the rows again and again while they become more, and find nothing."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _excel(content: bytes) -> dict[str, list[list[str]]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return {title: _grid(book, title) for title in book.sheet_names}
    except (CalamineError, OSError, ValueError) as problem:
        raise Refusal(
            _("This is not an Excel file that can be read. Save it as .xlsx without a password and send it again."),
            field="file",
        ) from problem


def _grid(book: CalamineWorkbook, title: str) -> list[list[str]]:
    rows = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
    return [[cell_text(value) for value in row] for row in rows]


def _csv(content: bytes) -> list[list[str]]:
    try:
        text = text_of(content)
    except UnicodeDecodeError as problem:
        raise Refusal(
            _("This file holds no text that can be read. Send the Excel file or a CSV."), field="file"
        ) from problem
    if _NO_TEXT.search(text):
        raise Refusal(_("This file holds no text that can be read. Send the Excel file or a CSV."), field="file")
    first, rest = text.partition("\n")[::2]
    if first.lower().startswith("sep="):
        text = rest
    csv.field_size_limit(1_000_000)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    try:
        if not any(sign in text for sign in _UNSEEN):
            return [list(map(str.strip, row)) for row in lines]
        return [[cell.strip().strip(f"\u00a0{_UNSEEN}") for cell in row] for row in lines]
    except csv.Error as problem:
        raise Refusal(
            _("This file holds no text that can be read. Send the Excel file or a CSV."), field="file"
        ) from problem


def _separator(text: str) -> str:
    """The one that parts the first lines into the most columns of the same number."""
    sample = text[:20_000].splitlines()[:40]

    def regularity(separator: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(sample, delimiter=separator) if row]
        common = max(set(widths), key=lambda width: (widths.count(width), width)) if widths else 1
        return (0, 0) if common < 2 else (widths.count(common), common)

    return max(SEPARATORS, key=regularity)


def _in_unicode(grid: list[list[str]]) -> list[list[str]]:
    typeface = old_typeface(cell for row in grid[:500] for cell in row)
    return [[mended(cell, typeface) for cell in row] for row in grid] if typeface else grid


def _table(title: str, grid: list[list[str]]) -> Table | None:
    start = _header_row(grid)
    if start is None:
        return None
    height = 2 if start + 1 < len(grid) and _continues(grid[start], grid[start + 1]) else 1
    width = max(map(len, grid[start : start + height]))
    headers = _joined([_padded(row, width) for row in grid[start : start + height]])
    below = enumerate(grid[start + height :], start + height + 1)
    lines = tuple(_lines(below, headers, width))
    return Table(title, headers, lines) if lines else None


def _header_row(grid: list[list[str]]) -> int | None:
    """The row whose cells are the most like names of columns: many, different, words; the first of equals."""
    best, best_score = None, 0.0
    for place, row in enumerate(grid[:_HEADER_WITHIN]):
        filled = [cell for cell in row if cell]
        if len(filled) < 2 or place + 1 >= len(grid):
            continue
        words = sum(not _like_value(cell) for cell in filled)
        score = words * len(set(filled)) / len(filled) - 2 * (len(filled) - words)
        if score > best_score:
            best, best_score = place, score
    return best


def _like_value(cell: str) -> bool:
    """Figures, days and the words of cells are no names of columns."""
    digits = sum(map(str.isdigit, cell))
    return digits > sum(map(str.isalpha, cell)) or plain(cell) in _cell_words()


def _cell_words() -> frozenset[str]:
    return frozenset(vocabulary("sex")) | frozenset(vocabulary("missing"))


def _padded(row: Sequence[str], width: int) -> list[str]:
    return [*row, *[""] * (width - len(row))]


def _continues(first: Sequence[str], second: Sequence[str]) -> bool:
    """A second header line fills what the first, with its merged cells, left open, and holds words alone."""
    filled = [cell for cell in second if cell]
    gaps = sum(1 for above, below in zip(first, second, strict=False) if not above and below)
    return bool(filled) and gaps >= 2 and gaps >= 0.5 * len(filled) and not any(map(_like_value, filled))


def _joined(rows: list[list[str]]) -> tuple[str, ...]:
    """One name a column: the upper line goes on over the cells merged with it; repeated names are numbered."""
    names, upper = [], ""
    for place in range(len(rows[0])):
        upper = rows[0][place] or (upper if len(rows) > 1 and rows[-1][place] else "")
        lower = rows[1][place] if len(rows) > 1 else ""
        names.append(" ".join(f"{upper} {lower}".split()))
    return tuple(_numbered(names))


def _numbered(names: Iterable[str]) -> Iterator[str]:
    seen: dict[str, int] = {}
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 or not name else f"{name} ({seen[name]})"


def _lines(rows: Iterable[tuple[int, list[str]]], headers: tuple[str, ...], width: int) -> Iterator[Line]:
    names = frozenset(headers)
    many = width - max(2, width // 2)
    for number, row in rows:
        cells = tuple(row if len(row) == width else _padded(row[:width], width))
        if cells.count("") < many and cells[0] and cells[0].strip("()") != "1" and names.isdisjoint(cells):
            yield Line(number, cells)  # neither a line of sums, which is short, nor a header
            continue
        filled = list(filter(None, cells))
        if filled and not _is_total(filled, width) and not _is_header_again(cells, filled, headers, names):
            yield Line(number, cells)


def _is_total(filled: list[str], width: int) -> bool:
    """A line of sums or a signature below the table."""
    return len(filled) <= max(2, width // 2) and any(_TOTALS.fullmatch(fold(cell).strip(" :.")) for cell in filled[:2])


def _is_header_again(
    cells: Sequence[str], filled: Sequence[str], headers: Sequence[str], names: frozenset[str]
) -> bool:
    """The header repeated on a new page, or the line of column numbers (1) (2) (3) below it."""
    if names.isdisjoint(filled) and filled[0].strip("()") != "1":
        return False
    same = sum(bool(cell) and cell == header for cell, header in zip(cells, headers, strict=True))
    numbered = [cell.strip("()") for cell in filled]
    in_turn = [str(place) for place in range(1, len(numbered) + 1)]
    return same >= max(2, len(headers) // 2) or (
        len(numbered) > 3 and numbered == in_turn and len(numbered) == len(headers)
    )
