"""Rows of a sheet of doses that wait: read again as they stand today, shown with the cells to mend, taken in once they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from phaodai.foundation.formats import masked
from phaodai.foundation.language import page_language
from phaodai.foundation.scope import Actor, Area
from phaodai.surveillance.sheets.tables import Line, Table
from phaodai.vaccination.actions.doses_sheets import write_mended
from phaodai.vaccination.models import DoseSheet, ParkedDose
from phaodai.vaccination.rules.doses_rows import Columns, Unreadable, born_of, columns_of
from phaodai.vaccination.sheets.doses_intake import DoseReader, reader_of

MOST = 60
"""Rows on one page."""


@dataclass(frozen=True)
class Cell:
    """A cell to mend: the place of its column, the header above it and what stands in it."""

    place: int
    header: str
    text: str


@dataclass(frozen=True)
class WaitingRow:
    """A row that waits, of `who` (masked). Without a `reason` nothing is wrong any more; without `cells` the file mends it."""

    number: int
    who: str
    reason: str
    cells: Sequence[Cell]


def waiting_rows(sheet: DoseSheet, moment: datetime, code: str = "") -> list[WaitingRow]:
    """The first rows that wait, of one reason or of all."""
    waiting = sheet.parked_rows.waiting().order_by("row_number")
    chosen = list((waiting.filter(code=code) if code else waiting)[:MOST])
    if not chosen:
        return []
    table = _table(chosen, {})
    reading = _reader(sheet, table, moment).rows.read([line.cells for line in table.lines])
    columns = columns_of(table.headers)
    return [_row(line, table.headers, columns, reading.wrong.get(place)) for place, line in enumerate(table.lines)]


def take_mended(
    *, actor: Actor, moment: datetime, sheet: DoseSheet, mends: Mapping[int, Mapping[int, str]]
) -> list[int]:
    """Write the rows that are good now, by what was written into which column of each; returns those that came in."""
    waiting = list(sheet.parked_rows.waiting().filter(row_number__in=mends).order_by("row_number"))
    if not waiting:
        return []
    table = _table(waiting, mends)
    step = _reader(sheet, table, moment).step(0, len(table.lines))
    rows = [line.number for line in table.lines]
    return write_mended(actor=actor, moment=moment, sheet_id=sheet.pk, step=step, rows=rows)


def _reader(sheet: DoseSheet, table: Table, moment: datetime) -> DoseReader:
    return reader_of(table, Area(sheet.province_id or None, sheet.district_id, sheet.commune_id), moment)


def _table(rows: Sequence[ParkedDose], mends: Mapping[int, Mapping[int, str]]) -> Table:
    headers = tuple(dict(rows[0].cells))
    return Table("", headers, tuple(_line(one, headers, mends.get(one.row_number, {})) for one in rows))


def _line(one: ParkedDose, headers: Sequence[str], mended: Mapping[int, str]) -> Line:
    cells = dict(one.cells)
    return Line(one.row_number, tuple(mended.get(place, cells.get(name, "")) for place, name in enumerate(headers)))


def _row(line: Line, headers: Sequence[str], columns: Columns, problem: Unreadable | None) -> WaitingRow:
    places = _to_mend(columns, problem) if problem else []
    cells = [Cell(place, headers[place], line.cells[place]) for place in places]
    reason = problem.words.of(page_language()) if problem else ""
    return WaitingRow(line.number, _who(line, columns), reason, cells)


def _to_mend(columns: Columns, problem: Unreadable) -> list[int]:
    """The column of the bad cell; where two may be wrong, both; where a dose is missing, its own."""
    first = next(iter(columns.doses.values()), {})
    more = {
        "before-birth": [columns.fixed.get("born")],
        "empty": [first.get("product"), first.get("given")],
    }
    places = [problem.place, *more.get(problem.code, [])]
    return [place for place in places if place is not None]


def _who(line: Line, columns: Columns) -> str:
    told = {field: line.cells[place].strip() for field, place in columns.fixed.items()}
    try:
        _day, year = born_of(told.get("born", ""))
    except Unreadable:
        year = None
    return masked(told.get("full_name", ""), year)
