"""Counts of cases by day (or week) and place, read from whatever table people keep them in."""

import csv
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from math import isfinite, nan

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Days = NDArray[np.datetime64]

DATE_NAMES = (
    "date",
    "dates",
    "day",
    "ngay",
    "time",
    "report date",
    "date report",
    "target end date",
    "week end",
    "week",
)
LOCATION_NAMES = (
    *("location", "place", "province", "district", "commune", "region", "country", "unit", "area", "location name"),
    *("tinh", "huyen", "xa", "dia phuong", "don vi", "name", "code"),
)
COUNT_NAMES = (
    *("cases", "count", "counts", "value", "i", "n", "incid", "incidence", "new cases", "confirmed", "new confirmed"),
    *("inc case", "so ca", "so ca mac", "ca mac", "ca mac moi"),
)
DATE_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%Y/%m/%d", "%d-%m-%Y", "%d.%m.%Y", "%Y%m%d")
NOT_REPORTED = frozenset({"", "na", "n/a", "nan", "null", "none", "-", "."})
WEEK = 7


class SeriesError(ValueError):
    """A table that is not counts by date; the message is one line that says how to mend it."""


@dataclass(frozen=True, kw_only=True)
class Incidence:
    """Counts on an unbroken calendar.

    Attributes
    ----------
    dates
        Days, shape (steps,), `step` days apart.
    locations
        Names of the places; a table without a place has one, the empty name.
    counts
        New cases, shape (steps, places); `nan` where nothing was reported.
    imported
        Those of `counts` infected elsewhere, where the table says so.
    step
        1 for daily counts, 7 for weekly ones.
    """

    dates: Days
    locations: tuple[str, ...]
    counts: Floats
    imported: Floats | None
    step: int


@dataclass(frozen=True)
class _Columns:
    """Which column says what; `counts` has one column, or one per place in a wide table."""

    date: int
    location: int | None
    counts: tuple[int, ...]
    imported: int | None
    local: bool
    wide: bool


@dataclass(frozen=True)
class _Row:
    line: int
    day: date
    cells: list[str]


@dataclass(frozen=True)
class _Cell:
    line: int
    day: date
    location: str
    count: float
    imported: float


def read_incidence(text: str, *, until: date | None = None) -> Incidence:
    """Read a table of counts: long (date, [location], count) or wide (date, one column of counts per place).

    Parameters
    ----------
    text
        CSV parted by commas, semicolons or tabs. Columns are told by their names, in English or Vietnamese, or else by
        what they hold. With the columns `local` and `imported`, their sum is the count. An empty cell is a day without
        a report.
    until
        Rows after this day are dropped before anything else is looked at, so that nothing can depend on them.

    Raises
    ------
    SeriesError
        Where a row cannot be read; the message names the line.
    """
    header, rows = _rows(text, until)
    columns = _find_columns(header, [row.cells for row in rows])
    return _on_calendar([cell for row in rows for cell in _cells(row, header, columns)])


@lru_cache(maxsize=4096)
def parse_day(text: str) -> date | None:
    """The day a cell names, written as ISO, year first, or day first; `None` where it names none."""
    stamp = text.strip().split("T")[0].split(" ")[0]
    for form in DATE_FORMATS:
        try:
            return datetime.strptime(stamp, form).date()  # noqa: DTZ007 - a calendar day has no zone
        except ValueError:
            continue
    return None


def _rows(text: str, until: date | None) -> tuple[list[str], list[_Row]]:
    lines = text.lstrip("\ufeff").splitlines()
    if not lines:
        raise SeriesError("the file is empty: give a header line and one row per day")
    reader = csv.reader(lines, delimiter=max(",;\t", key=lines[0].count))
    header = [name.strip() for name in next(reader)]
    table = [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    position = _date_column(header, [cells for _, cells in table])
    rows = [_row(line, cells, position, len(header)) for line, cells in table]
    kept = [row for row in rows if until is None or row.day <= until]
    if not kept:
        raise SeriesError("no row of counts is there" + (f" up to {until}" if until else "") + ": give one row per day")
    return header, kept


def _date_column(header: list[str], table: list[list[str]]) -> int:
    named = _first_named(header, DATE_NAMES)
    if named is not None:
        return named
    for position in range(len(header)):
        if table and all(position < len(cells) and parse_day(cells[position]) for cells in table):
            return position
    raise SeriesError("no column holds dates: name one 'date' and write days as YYYY-MM-DD")


def _row(line: int, cells: list[str], date_position: int, width: int) -> _Row:
    if len(cells) != width:
        raise SeriesError(f"line {line} has {len(cells)} cells where the header has {width}: give one cell per column")
    day = parse_day(cells[date_position])
    if day is None:
        raise SeriesError(f"line {line}: '{cells[date_position].strip()}' is no date: write days as YYYY-MM-DD")
    return _Row(line, day, cells)


def _find_columns(header: list[str], table: list[list[str]]) -> _Columns:
    date_position = _date_column(header, table)
    folded = [_fold(name) for name in header]
    if {"local", "imported"} <= set(folded):
        return _Columns(
            date=date_position,
            location=_first_named(header, LOCATION_NAMES),
            counts=(folded.index("local"),),
            imported=folded.index("imported"),
            local=True,
            wide=False,
        )
    imported_position = folded.index("imported") if "imported" in folded else None
    taken = {date_position, imported_position}
    free = [position for position in range(len(header)) if position not in taken]
    location = _location_column(header, table, free)
    counts = _count_columns(header, table, [position for position in free if position != location], location)
    return _Columns(date_position, location, counts, imported_position, local=False, wide=len(counts) > 1)


def _location_column(header: list[str], table: list[list[str]], free: list[int]) -> int | None:
    named = [p for p in free if _fold(header[p]) in LOCATION_NAMES]
    if named:
        return min(named, key=lambda p: LOCATION_NAMES.index(_fold(header[p])))
    texts = [p for p in free if _fold(header[p]) not in COUNT_NAMES and not _numeric(table, p)]
    return texts[0] if len(texts) == 1 and len(free) > 1 else None


def _count_columns(header: list[str], table: list[list[str]], free: list[int], location: int | None) -> tuple[int, ...]:
    named = [p for p in free if _fold(header[p]) in COUNT_NAMES]
    if named:
        return (named[0],)
    numeric = [p for p in free if _numeric(table, p)]
    if len(numeric) == 1 or (numeric and location is None and numeric == free):
        return tuple(numeric)
    if len(free) == 1:
        return (free[0],)
    raise SeriesError("which column holds the counts is not clear: name it 'cases', and the place's 'location'")


def _numeric(table: list[list[str]], position: int) -> bool:
    return all(_number(cells[position]) is not None for cells in table)


def _number(text: str) -> float | None:
    """A count; `nan` where the cell says that none was reported, `None` where it is no number."""
    stripped = text.strip().lower()
    if stripped in NOT_REPORTED:
        return nan
    try:
        value = float(stripped)
    except ValueError:
        return None
    return value if isfinite(value) else None


def _fold(name: str) -> str:
    """A header's name without case, accents and separators."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("đ", "d"))
    return " ".join("".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c)).split())


def _first_named(header: Sequence[str], names: Iterable[str]) -> int | None:
    folded = [_fold(name) for name in header]
    return next((folded.index(name) for name in names if name in folded), None)


def _cells(row: _Row, header: list[str], columns: _Columns) -> Iterable[_Cell]:
    imported = _count(row, columns.imported) if columns.imported is not None else 0.0
    for position in columns.counts:
        if columns.wide:
            place = header[position]
        else:
            place = row.cells[columns.location].strip() if columns.location is not None else ""
        count = _count(row, position) + (imported if columns.local else 0.0)
        yield _Cell(row.line, row.day, place, count, imported)


def _count(row: _Row, position: int) -> float:
    value = _number(row.cells[position])
    if value is None:
        written = row.cells[position].strip()
        raise SeriesError(f"line {row.line}: '{written}' is no count: write a plain number, or leave the cell empty")
    return value


def _on_calendar(cells: list[_Cell]) -> Incidence:
    _refuse_repeats(cells)
    locations = tuple(dict.fromkeys(cell.location for cell in cells))
    first, last = min(cell.day for cell in cells), max(cell.day for cell in cells)
    step = _step(cells, first)
    dates = np.arange(np.datetime64(first), np.datetime64(last) + 1, step)
    place = {name: position for position, name in enumerate(locations)}

    def spread(value: Callable[[_Cell], float]) -> Floats:
        grid = np.full((len(dates), len(locations)), nan)
        for cell in cells:
            grid[(cell.day - first).days // step, place[cell.location]] = value(cell)
        return grid

    imported = spread(lambda cell: cell.imported)
    return Incidence(
        dates=dates,
        locations=locations,
        counts=spread(lambda cell: cell.count),
        imported=imported if np.any(np.nan_to_num(imported) != 0) else None,
        step=step,
    )


def _refuse_repeats(cells: list[_Cell]) -> None:
    seen: set[tuple[str, date]] = set()
    for cell in cells:
        if (cell.location, cell.day) in seen:
            where = f" for {cell.location}" if cell.location else ""
            raise SeriesError(f"line {cell.line} gives {cell.day}{where} a second time: keep one row per day and place")
        seen.add((cell.location, cell.day))


def _step(cells: list[_Cell], first: date) -> int:
    offsets = {(cell.day - first).days for cell in cells}
    return WEEK if len(offsets) > 1 and all(offset % WEEK == 0 for offset in offsets) else 1
