"""A sheet as its page shows it: counts, groups of reasons, the rows of one group with the cell to mend."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from phaodai.foundation.formats import initials
from phaodai.surveillance.actions.reasons import label_of, title_of
from phaodai.surveillance.models import LineList, ParkedCase

MOST_ROWS = 60
_BESIDE = ("code", "full_name", "age", "birth_year", "sex", "onset_on")
_NOT_MENDED_HERE = frozenset({"twice", "outside"})


@dataclass(frozen=True)
class Progress:
    """How far a sheet is, in hundredths, and the shares of its bar."""

    percent: int
    inserted: int
    updated: int
    unchanged: int
    parked: int


@dataclass(frozen=True)
class Group:
    """Rows that wait for one reason; how many have a suggestion that one deed accepts."""

    code: str
    title: str
    rows: int
    suggested: int
    current: bool


@dataclass(frozen=True)
class WaitingRow:
    """A row with its bad cell, what may have been meant, and the cells by which a person knows it."""

    number: int
    cells: Sequence[tuple[str, str]]
    cell: str
    suggestion: str
    reason: str
    mendable: bool


def field_label(name: str) -> str:
    """What the screens call a field of a sheet."""
    more = {
        "source": _("Infected by"), "full_name": _("Full name"), "sex": _("Sex"), "birth_date": _("Date of birth"),
        "birth_year": _("Year of birth"), "phone": _("Telephone"), "address": _("Address"), "hamlet": _("Hamlet"),
        "commune": _("Commune"), "district": _("District"), "province": _("Province"), "origin": _("Imported or local"),
    }  # fmt: skip
    return more.get(name) or label_of(name)


def progress_of(found: LineList) -> Progress:
    """Counts as shares of the rows."""
    whole = max(found.rows, 1)
    shares = (found.inserted, found.updated, found.unchanged, found.parked)
    return Progress(100 * found.reached // whole, *(round(100 * share / whole) for share in shares))


def groups_of(found: LineList, asked: str) -> dict[str, Any]:
    """The reasons for which rows wait, the commonest first, and the one that is looked at."""
    waiting = found.parked_rows.filter(mended_at=None, dropped_at=None)
    counted = (
        waiting.values("reason_code")
        .annotate(rows=Count("pk"), suggested=Count("pk", filter=~Q(suggestion="")))
        .order_by("-rows", "reason_code")
    )
    codes = [row["reason_code"] for row in counted]
    current = asked if asked in codes else next(iter(codes), "")
    groups = [
        Group(
            row["reason_code"],
            title_of(row["reason_code"]),
            row["rows"],
            row["suggested"],
            row["reason_code"] == current,
        )
        for row in counted
    ]
    return {"groups": groups, "group": current, "waiting": sum(group.rows for group in groups)}


def rows_of(found: LineList, code: str) -> dict[str, Any]:
    """The first rows of a group. Names are closed: initials are enough to know a row by."""
    headers = _headers(found)
    waiting = found.parked_rows.filter(mended_at=None, dropped_at=None, reason_code=code).order_by("row_number")[
        :MOST_ROWS
    ]
    beside = [(field, headers[field]) for field in _BESIDE if field in headers][:4]
    rows = [_row(one, headers, beside) for one in waiting]
    about = next((one.field for one in waiting), "")
    return {
        "columns": [field_label(field) for field, _header in beside],
        "about": headers.get(about) or field_label(about),
        "rows": rows,
        "accepted": [row for row in rows if row.suggestion],
        "mendable": any(row.mendable for row in rows),
    }


def _headers(found: LineList) -> Mapping[str, str]:
    told = found.mapping.fields if found.mapping else {}
    return {one["field"]: header for header, one in told.items()}


def _row(one: ParkedCase, headers: Mapping[str, str], beside: Sequence[tuple[str, str]]) -> WaitingRow:
    cells = [(field_label(field), _closed(field, one.cells.get(header, ""))) for field, header in beside]
    cell = one.cells.get(headers.get(one.field, ""), "")
    return WaitingRow(
        one.row_number,
        cells,
        cell,
        one.suggestion,
        one.reason,
        one.field in headers and one.reason_code not in _NOT_MENDED_HERE,
    )


def _closed(field: str, text: str) -> str:
    return initials(text) if field == "full_name" else text
