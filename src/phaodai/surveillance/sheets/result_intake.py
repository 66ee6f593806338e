"""A laboratory's sheet of results from its bytes to the tubes; rows that cannot be used wait with their reason."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.models import ParkedRow
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import Actor
from phaodai.surveillance.actions.results import park_rows, write_results
from phaodai.surveillance.actions.sample_words import words_of
from phaodai.surveillance.rules.dates import DateForm, Impossible, date_form, read_moment
from phaodai.surveillance.rules.samples import Reading, read_barcode, read_result
from phaodai.surveillance.rules.words import header_words
from phaodai.surveillance.sheets.tables import Line, Table, read_tables

WORDS: Mapping[str, tuple[str, ...]] = {
    "barcode": (
        "barcode", "mã vạch", "mã ống", "mã mẫu", "mã xét nghiệm", "mã số mẫu", "số ống", "sample id", "sample code",
        "specimen id", "tube", "tube id", "sample barcode", "mã",
    ),
    "result": (
        "result", "kết quả", "kết quả xét nghiệm", "kết quả pcr", "kết luận", "test result", "final result", "kq", "kqxn",
        "kết quả sars cov 2", "sars cov 2",
    ),
    "result_at": (
        "result at", "result date", "ngày kết quả", "ngày có kết quả", "ngày trả kết quả", "giờ kết quả", "thời gian kết quả",
        "ngày xét nghiệm", "ngày chạy", "thời gian có kết quả", "tested at", "date of result", "result time",
    ),
    "cycle_threshold": ("ct", "ct value", "giá trị ct", "cycle threshold", "ct n", "ct e", "ct orf1ab"),
}  # fmt: skip
NEEDED = ("barcode", "result")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


@dataclass(frozen=True)
class ResultsTaken:
    """What became of a sheet."""

    rows: int
    written: int
    unchanged: int
    opened: int
    parked: list[ParkedRow]


def columns_of(headers: Sequence[str], chosen: Mapping[str, str] | None = None) -> dict[str, int]:
    """Field to place of its column: as an officer chose, else by the names that laboratories give. Raises Refusal."""
    places = {header_words(header): place for place, header in enumerate(headers)}
    found: dict[str, int] = {}
    for field, words in WORDS.items():
        names = [(chosen or {}).get(field, ""), *words]
        known = [places[header_words(name)] for name in names if name and header_words(name) in places]
        free = [place for place in known if place not in found.values()]
        if free:
            found[field] = free[0]
    missing = [WORDS[field][1] for field in NEEDED if field not in found]
    if missing:
        told = _("No column of this sheet is called %(names)s. Its columns are: %(headers)s. Say which one it is.")
        raise Refusal(told % {"names": ", ".join(missing), "headers": ", ".join(headers)}, field="file")
    return found


@transaction.atomic
def take_in_results(
    *,
    actor: Actor,
    moment: datetime,
    name: str,
    content: bytes,
    laboratory_id: int | None = None,
    chosen: Mapping[str, str] | None = None,
) -> ResultsTaken:
    """Read a sheet and write what can be used, all of it or nothing; twice the same sheet changes nothing."""
    table = max(read_tables(name, content), key=lambda one: len(one.lines))
    columns = columns_of(table.headers, chosen)
    form = _form(table, columns, moment)
    readings: dict[int, Reading] = {}
    aside: dict[int, str] = {}
    for place, line in enumerate(table.lines):
        try:
            readings[place] = _reading(line, columns, form, moment)
        except _Doubt as doubt:
            aside[place] = str(doubt)
    places = list(readings)
    written = write_results(
        actor=actor, moment=moment, readings=[readings[place] for place in places], laboratory_id=laboratory_id
    )
    aside |= {places[index]: reason for index, reason in written.aside.items()}
    waiting = ((table.lines[place], reason) for place, reason in sorted(aside.items()))
    rows = ((line.number, dict(zip(table.headers, line.cells, strict=True)), reason) for line, reason in waiting)
    parked = park_rows(actor=actor, moment=moment, sheet=name, rows=rows)
    return ResultsTaken(len(table.lines), written.written, written.unchanged, written.opened, parked)


class _Doubt(Exception):
    """A row that waits, with the reason in words."""


def _form(table: Table, columns: Mapping[str, int], moment: datetime) -> DateForm:
    place = columns.get("result_at")
    cells = [] if place is None else [line.cells[place].split(" ")[0] for line in table.lines]
    return date_form(cells, moment.astimezone(VIETNAM).date())


def _reading(line: Line, columns: Mapping[str, int], form: DateForm, moment: datetime) -> Reading:
    """What a row says. Raises _Doubt."""
    cells = {field: line.cells[place].strip() for field, place in columns.items()}
    code = read_barcode(cells["barcode"])
    if not code:
        raise _Doubt(words_of("no-barcode", ""))
    result = read_result(cells["result"])
    if not result:
        raise _Doubt(words_of("no-result", code, cells["result"]))
    known_at = _known_at(code, cells.get("result_at", ""), form, moment)
    return Reading(code, result, known_at, _threshold(code, cells.get("cycle_threshold", "")))


def _known_at(code: str, text: str, form: DateForm, moment: datetime) -> datetime:
    """The moment of a result: now where nobody wrote it; where only the day is written, its end."""
    if not text:
        return moment
    try:
        found = read_moment(text, form)
    except Impossible:
        found = None
    if found is None:
        raise _Doubt(words_of("bad-time", code, text))
    day, hour = found
    return _end_of(day, moment) if hour is None else datetime.combine(day, hour, VIETNAM)


def _end_of(day: date, moment: datetime) -> datetime:
    last = datetime.combine(day, time(23, 59), VIETNAM)
    return min(last, moment) if day <= moment.astimezone(VIETNAM).date() else last


def _threshold(code: str, text: str) -> float | None:
    """A Ct value; empty where nothing rose above the threshold, which laboratories write in words."""
    if not any(sign.isdigit() for sign in text):
        return None
    if not _NUMBER.fullmatch(text):
        raise _Doubt(words_of("bad-ct", code))
    return float(text.replace(",", "."))
