"""The lines of a table as rows to be written: read column by column, checked row by row.

A column of 100,000 cells holds few different ones: each different cell is read once.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from phaodai.foundation.formats import fold, sort_key
from phaodai.foundation.scope import Area
from phaodai.people.rules.identities import identity_number
from phaodai.surveillance.actions.line_lists import ParkedRow
from phaodai.surveillance.actions.staging import CASE, STAGED
from phaodai.surveillance.models import Case
from phaodai.surveillance.rules.checks import Doubt, doubt_of
from phaodai.surveillance.rules.dates import DateForm, date_form
from phaodai.surveillance.rules.headers import UNREAD, fields
from phaodai.surveillance.rules.links import cases_named, number_key
from phaodai.surveillance.rules.values import NOTHING, Reader, Reading
from phaodai.surveillance.rules.words import header_words, word_in
from phaodai.surveillance.sheets.mapping import Plan, choice_labels
from phaodai.surveillance.sheets.placing import Gazetteer
from phaodai.surveillance.sheets.tables import Table

_DATED = {"date", "birth_date", "year"}
_DAYS = ("onset_on", "exposed_from", "exposed_to", "sampled_on", "reported_on", "recovered_on", "died_on", "outcome_on")
_PLACE_WORDS = ("hamlet", "commune", "district", "province")
_WIDTHS = {
    name: getattr(Case._meta.get_field(name), "max_length", None)
    for name in CASE
    if CASE[name] == "text" and name != "notes"
}


@dataclass(frozen=True)
class Rows:
    """Every line of a table, read: what can be written, what waits, what says the same again, and who infected whom."""

    staged: Mapping[int, tuple[Any, ...]]
    parked: Mapping[int, ParkedRow]
    repeated: frozenset[int]
    links: list[tuple[str, str, str, str]]
    onsets: Mapping[str, int]


class SheetReader:
    """Reads the lines of one table by its plan; `known` are the case numbers that are in the books already.

    `prefix` stands before each number of the list, where the list shall be told apart from the books.
    """

    def __init__(
        self, table: Table, plan: Plan, *, area: Area, today: date, known: Mapping[str, str], prefix: str = ""
    ) -> None:
        self.table, self.plan, self.today, self.prefix = table, plan, today, prefix
        self._places = {header: place for place, header in enumerate(table.headers)}
        self._columns = {
            one.field: self._read_column(header, one.field, one.form) for header, one in plan.columns.items()
        }
        self._gazetteer = Gazetteer(area, today, list(self._place_words())[:400])
        self._known = dict(known) | {number_key(code): prefix + code for code in self._codes() if code}
        self._unmapped = [
            (place, header or f"#{place + 1}")
            for header, place in self._places.items()
            if header not in plan.columns and header_words(header) not in map(header_words, UNREAD)
        ]

    def _codes(self) -> Iterator[str | None]:
        return (reading.value for reading in self._columns.get("code", ()))

    def _read_column(self, header: str, field: str, form: str) -> list[Reading]:
        cells = [line.cells[self._places[header]] for line in self.table.lines]
        kind = fields()[field].kind
        days = date_form(cells, self.today) if kind in _DATED else DateForm()
        if form:
            days = DateForm(form == "mdy", days.latest)
        reader = Reader(kind, days, choice_labels(field))
        different = {cell: reader.read(cell) for cell in set(cells)}
        return [different[cell] for cell in cells]

    def _place_words(self) -> Iterator[tuple[str, str]]:
        communes, districts = self._columns.get("commune", ()), self._columns.get("district", ())
        for place in range(len(self.table.lines)):
            yield (
                (communes[place].value or "") if communes else "",
                (districts[place].value or "") if districts else "",
            )

    def read(self) -> Rows:
        """All lines, in their order."""
        staged: dict[int, tuple[Any, ...]] = {}
        parked: dict[int, ParkedRow] = {}
        repeated: set[int] = set()
        links: list[tuple[str, str, str, str]] = []
        onsets: dict[str, int] = {}
        first: dict[str, tuple[int, tuple[str, ...]]] = {}
        for place, line in enumerate(self.table.lines):
            row = self._row(place)
            before = first.get(row.get("code") or "")
            if before is not None and before[1] == line.cells:
                repeated.add(place)
                continue
            doubt = self._doubt(place, row, before)
            if doubt is not None:
                other = str(before[0]) if before else ""
                cells = self.cells(place)
                parked[place] = ParkedRow(line.number, cells, doubt.field, doubt.code, doubt.suggestion, other)
                continue
            first[row["code"]] = (line.number, line.cells)
            links += self._links(row)
            if row.get("onset_on"):
                onsets[row["code"]] = row["onset_on"].toordinal()
            staged[place] = self._staged(place, line.number, row)
        return Rows(staged, parked, frozenset(repeated), links, onsets)

    def cells(self, place: int) -> dict[str, str]:
        """A line as it came, by header; without the reasons that mended rows come back with."""
        line = self.table.lines[place]
        return {
            header: line.cells[at]
            for header, at in self._places.items()
            if header and header_words(header) not in map(header_words, UNREAD)
        }

    def _row(self, place: int) -> dict[str, Any]:
        row: dict[str, Any] = {}
        for field, column in self._columns.items():
            reading = column[place]
            if reading is NOTHING:
                continue
            row.update({name: value for name, value in reading.also.items() if not row.get(name)})
            if reading.value is not None:
                row[field] = reading.value
        if row.get("code"):
            row["code"] = self.prefix + row["code"]
        for field in _DAYS:
            if isinstance(row.get(field), datetime):
                row[field] = row[field].date()
        return row

    def _doubt(self, place: int, row: dict[str, Any], before: tuple[int, Any] | None) -> Doubt | None:
        for field, column in self._columns.items():
            if column[place].doubt:
                return Doubt(field, column[place].doubt, column[place].suggestion)
        if before is not None:
            return Doubt("code", "twice")
        found = doubt_of(row, today=self.today)
        if found is not None:
            return found
        placed = self._gazetteer.place(row.get("commune") or "", row.get("district") or "")
        row["area"] = placed.area
        return Doubt("commune", placed.doubt, placed.suggestion) if placed.doubt else None

    def _links(self, row: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
        text: str = row.get("source") or ""
        for source in cases_named(text, self._known):
            if source != row["code"]:
                yield source, row["code"], row.get("setting") or word_in("setting", text) or "", text[:200]

    def _staged(self, place: int, number: int, row: dict[str, Any]) -> tuple[Any, ...]:
        given = self._given(place)
        self._conclude(row, given)
        area: Area = row["area"]
        ids = {
            "row": number,
            "province_id": area.province or 0,
            "district_id": area.district,
            "commune_id": area.commune,
        }
        values = {**row, **ids, "given": json.dumps(given, ensure_ascii=False) if given else None}
        return tuple(values.get(name) for name in STAGED)

    def _given(self, place: int) -> dict[str, str]:
        """Cells that no column took, as they came: of unknown columns, and words that a value does not hold."""
        cells = self.table.lines[place].cells
        given = {name: cells[at] for at, name in self._unmapped if cells[at]}
        for header, one in self.plan.columns.items():
            text = cells[self._places[header]]
            if text and (one.field == "source" or self._columns[one.field][place].kept):
                given[header] = text
        return given

    def _conclude(self, row: dict[str, Any], given: dict[str, str]) -> None:
        """What several columns say together: how it ended, where it happened, who the person is."""
        _end(row)
        if "origin" in row:
            row["imported"] = row.pop("origin")
        if row.get("source") and cases_named(row["source"], self._known):
            row["source_known"] = True
        if not row.get("residence"):
            row["residence"] = ", ".join(row[name] for name in _PLACE_WORDS if row.get(name)) or None
        if row.get("identity_number"):
            row["identity_number"] = identity_number(
                row["identity_number"], sex=row.get("sex") or "", birth_year=row.get("birth_year")
            )
        if row.get("full_name"):
            row["sort_key"], row["search_key"] = _keys(row["full_name"])
        for name, width in _WIDTHS.items():
            if width and row.get(name) and len(row[name]) > width:
                given.setdefault(self.plan.header_of(name) or name, row[name])
                row[name] = row[name][:width]
        if row.get("address"):
            row["address"] = row["address"][:200]


def _end(row: dict[str, Any]) -> None:
    """Outcome and its day from the columns that tell of it; somebody who is no case has none."""
    if row.get("died_on"):
        row["outcome"], row["outcome_on"] = "died", row["died_on"]
    elif row.get("recovered_on") and row.get("outcome") in (None, "", "recovered"):
        row["outcome"], row["outcome_on"] = "recovered", row["recovered_on"]
    if not row.get("outcome"):
        row.pop("outcome", None)
        row.pop("outcome_on", None)
    if row.get("classification") == "discarded":
        row["outcome"], row["outcome_on"] = "", None


@lru_cache(maxsize=50_000)
def _keys(name: str) -> tuple[str, str]:
    return sort_key(name)[:200], fold(name)[:160]
