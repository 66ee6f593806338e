"""From the bytes of a CSV file to rows: the list of units in either layout, and the map from old units to new ones."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO

from phaodai.territory.rules.names import settle, tidy
from phaodai.territory.rules.units import Entry, Key, Problem, Unusable, check, refuse

_UNIT_COLUMNS = {"level", "code", "name", "type"}
_PARENTS = {"parent_code", "province_code"}
_MAP_COLUMNS = {"old_code", "new_code", "coverage"}
_DAY = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_COVERAGES = ("full", "partial")
_EXCESS = "cells beyond the first line's"

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Passage:
    """What a map says: the old unit went into the new one, `full` or `partial`."""

    old_code: str
    new_code: str
    coverage: str


def day_in_name(name: str) -> date | None:
    """The date written in a file's name (units_2021-07-01.csv), None when there is none."""
    match = _DAY.search(name)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def read_units(content: bytes) -> list[Entry]:
    """The units of a list in three tiers (`parent_code`) or two (`province_code` alone); raises `Unusable`."""
    columns, rows = _rows(content)
    if "old_code" in columns:
        raise Unusable("this file maps old units to new ones; give it as --mapping, and a list of units first")
    missing = sorted(_UNIT_COLUMNS - columns) or ([] if columns & _PARENTS else ["parent_code or province_code"])
    if missing:
        wanted = "a list has the columns level, code, name, type and parent_code or province_code"
        raise Unusable(f"the first line lacks {', '.join(missing)}; {wanted}")
    entries, problems, provinces = [], [], []
    named = {(row["level"].strip(), row["code"].strip()) for _line, row in rows}
    for line, row in rows:
        if not row["level"].strip().isdecimal():
            problems.append(
                Problem(
                    line,
                    f"level '{row['level']}' is no number; write 1 (province), 2 (district), 3 (commune) or 4 (hamlet)",
                )
            )
            continue
        entry = _entry(line, row, named)
        entries.append(entry)
        provinces.append((entry, row.get("province_code", "").strip()))
    refuse(problems)
    check(entries)
    refuse(list(_astray(provinces)))
    return entries


def _entry(line: int, row: Row, named: set[tuple[str, str]]) -> Entry:
    tier = int(row["level"])
    name, kind = settle(row["name"], row["type"])
    parent = _parent(tier, row, named)
    return Entry(tier, row["code"].strip(), name, kind, parent, name_en=tidy(row.get("name_en", "")), line=line)


def _parent(tier: int, row: Row, named: set[tuple[str, str]]) -> Key | None:
    """The unit above: in three tiers as written, looked for from the nearest tier up; in two tiers the province."""
    code = row.get("parent_code", "").strip() or (
        row.get("province_code", "").strip() if "parent_code" not in row else ""
    )
    if tier == 1:
        return (0, code) if code and code != row["code"].strip() else None
    if not code:
        return None
    above = next((one for one in range(tier - 1, 0, -1) if (str(one), code) in named), tier - 1)
    return above, code


def _astray(provinces: list[tuple[Entry, str]]) -> Iterator[Problem]:
    """Rows whose province is not the one their parents lead to."""
    by_key = {entry.key: entry for entry, _code in provinces}
    for entry, code in provinces:
        top = entry
        while top.parent:
            top = by_key[top.parent]
        if code and code != top.code:
            yield Problem(
                entry.line,
                f"{entry.name} names province {code}, but its parents lead to {top.code}; mend one of the codes",
            )


def read_map(content: bytes) -> list[Passage]:
    """What a map from old units to new ones says; raises `Unusable`."""
    columns, rows = _rows(content)
    if missing := _MAP_COLUMNS - columns:
        raise Unusable(
            f"the first line lacks {', '.join(sorted(missing))}; a map has the columns old_code, new_code and coverage"
        )
    found: dict[tuple[str, str], Passage] = {}
    problems = []
    for line, row in rows:
        passage = Passage(row["old_code"].strip(), row["new_code"].strip(), row["coverage"].strip().lower())
        problems += [Problem(line, text) for text in _wrong_passage(passage, found)]
        found[passage.old_code, passage.new_code] = passage
    refuse(problems)
    return list(found.values())


def _wrong_passage(passage: Passage, earlier: Mapping[tuple[str, str], Passage]) -> Iterator[str]:
    if not passage.old_code or not passage.new_code:
        yield "old_code or new_code is empty; write both, or take the row out"
    if passage.coverage not in _COVERAGES:
        yield f"coverage '{passage.coverage}' is neither full nor partial"
    if (passage.old_code, passage.new_code) in earlier:
        yield f"{passage.old_code} to {passage.new_code} stands twice; keep one of the rows"


def _rows(content: bytes) -> tuple[set[str], list[tuple[int, Row]]]:
    """Column names and numbered rows of a CSV file in UTF-8 whose cells are parted by commas, semicolons or tabs."""
    text = _text(content)
    first = text.split("\n", 1)[0]
    parting = max(",;\t", key=first.count)
    try:
        reader = csv.DictReader(StringIO(text, newline=""), delimiter=parting, restkey=_EXCESS, restval="", strict=True)
        reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or ()]
        rows: list[tuple[int, Row]] = [(reader.line_num, row) for row in reader if any(row.values())]
    except csv.Error as error:
        raise Unusable(f"the file is no CSV table ({error}); save it as CSV UTF-8") from error
    broken = [
        Problem(line, "the row has more cells than the first line names; quote names that hold a comma")
        for line, row in rows
        if _EXCESS in row
    ]
    refuse(broken)
    if not rows:
        raise Unusable("the file holds no rows; a list has one line of column names and one line for each unit")
    return set(reader.fieldnames), rows


def _text(content: bytes) -> str:
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Unusable("this is a workbook, not a CSV file; open it and save it as CSV UTF-8")
    if b"\x00" in content:
        raise Unusable("the file is not in UTF-8 (it looks like UTF-16); save it as CSV UTF-8")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Unusable(
            f"line {line}: the file is not in UTF-8; save it as CSV UTF-8, with Unicode letters (not TCVN3 or VNI)"
        ) from error
