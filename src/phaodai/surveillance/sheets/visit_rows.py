"""Rows of check-ins, journeys, proximity logs, interviews and rosters: what their columns are called, and what cells say."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.sheets import SheetRow
from phaodai.surveillance.rules.dates import DateForm, Impossible, at_hour, date_form, read_moment
from phaodai.surveillance.rules.words import plain


class Kind(models.TextChoices):
    """What a sheet holds."""

    CHECK_IN = "checkin", gettext_lazy("QR check-ins")
    JOURNEY = "journey", gettext_lazy("Declared journeys")
    PROXIMITY = "proximity", gettext_lazy("Proximity log of phones")
    INTERVIEW = "interview", gettext_lazy("Meetings told in interviews")
    ROSTER = "roster", gettext_lazy("Roster of a workplace, class or ward")


PERSON = (
    "person", "person id", "visitor", "user", "người", "mã người", "cccd", "căn cước", "số căn cước", "số điện thoại",
    "điện thoại", "sđt", "phone", "one", "seen by", "máy ghi", "bí danh", "pseudonym", "mã ca", "case", "id card no",
)  # fmt: skip
WORDS: dict[str, tuple[str, ...]] = {
    "person": PERSON,
    "other": ("whom they met", "other", "seen", "contact", "met", "người kia", "người gặp", "gặp ai", "máy gặp", "bí danh gặp"),
    "place": ("place", "place code", "location", "nơi", "nơi đến", "mã nơi", "mã điểm", "mã qr", "địa điểm", "điểm đến"),
    "place_name": ("place name", "name of the place", "tên nơi", "tên nơi đến", "tên địa điểm", "tên điểm đến"),
    "begin": (
        "from", "from when",
        "start", "started at", "time", "check in", "từ", "từ lúc", "giờ vào", "vào lúc", "lúc", "thời gian", "từ ngày",
    ),
    "end": ("to", "end", "ended at", "check out", "đến lúc", "đến", "giờ ra", "ra lúc", "đến ngày"),
    "minutes": ("minutes", "duration", "phút", "số phút", "thời lượng"),
    "distance": ("distance", "distance m", "metres", "khoảng cách", "cách", "số mét"),
    "group": ("group", "class", "line", "ward", "shift", "nhóm", "lớp", "tổ", "chuyền", "ca làm", "khoa"),
}  # fmt: skip
NEEDED: dict[Kind, tuple[str, ...]] = {
    Kind.CHECK_IN: ("person", "place", "begin"),
    Kind.JOURNEY: ("person", "place", "begin"),
    Kind.PROXIMITY: ("person", "other", "begin"),
    Kind.INTERVIEW: ("person", "other", "begin"),
    Kind.ROSTER: ("person", "place"),
}
# A check-in without a check-out: how long people stay, as the QR posters of 2021 took it (ours; no document sets it).
STAY_MINUTES = 30
Cells = dict[str, str]


@dataclass(frozen=True)
class Read:
    """One row whose cells are understood; `minutes` and `distance` are None where nobody wrote them."""

    row: SheetRow
    cells: Cells
    begin: datetime
    end: datetime | None
    minutes: int | None
    distance: float | None


class Doubt(Exception):
    """A row that waits, with the reason in words."""


def columns_of(rows: Iterable[SheetRow], kind: Kind) -> dict[str, str]:
    """Field to header. Refuses a sheet that lacks a column which this kind needs."""
    headers = {plain(name): name for row in rows for name in row.cells}
    found = {field: headers[plain(word)] for field, words in WORDS.items() for word in words if plain(word) in headers}
    missing = [field for field in NEEDED[kind] if field not in found]
    if missing:
        raise Refusal(
            _("This sheet has no column for %(fields)s. Name one of its columns %(words)s.")
            % {"fields": ", ".join(missing), "words": ", ".join(WORDS[field][0] for field in missing)},
            field="file",
        )
    return found


def cells_of(row: SheetRow, columns: Mapping[str, str]) -> Cells:
    """A row's cells by field."""
    return {field: row.cells.get(header, "").strip() for field, header in columns.items()}


def form_of(rows: Iterable[Cells], today: date) -> DateForm:
    """How the days of this sheet are written."""
    return date_form([cells.get("begin", "").split(" ")[0] for cells in rows], today)


def read_row(row: SheetRow, cells: Cells, form: DateForm, kind: Kind) -> Read:
    """What a row says. Raises Doubt."""
    begin = _moment(cells.get("begin", ""), form) if kind != Kind.ROSTER or cells.get("begin") else None
    if begin is None and kind != Kind.ROSTER:
        raise Doubt(_("The row does not say when. Write the day and the hour."))
    begun = begin or datetime(1970, 1, 1, tzinfo=VIETNAM)
    end = _moment(cells.get("end", ""), form, begun.date())
    minutes = _number(cells.get("minutes", ""), int, _("minutes"))
    if minutes is None and end is not None:
        minutes = int((end - begun).total_seconds() // 60)
    if (minutes is not None and minutes < 0) or (end is not None and end < begun):
        raise Doubt(_("The visit ends before it starts. Correct one of the two times."))
    return Read(row, cells, begun, end, minutes, _number(cells.get("distance", ""), float, _("distance")))


def _moment(text: str, form: DateForm, day: date | None = None) -> datetime | None:
    """A day with its hour; an hour alone stands on `day`."""
    if not text:
        return None
    clock = text if day and len(text) <= len("00:00:00") and ":" in text else ""
    try:
        found = read_moment(f"{day:%d/%m/%Y} {clock}" if clock else text, form)
    except Impossible:
        found = None
    if found is None:
        raise Doubt(_("%(text)s is no time. Write it like 21/11/2021 08:30.") % {"text": text})
    return at_hour(*found).replace(tzinfo=VIETNAM)


def _number(text: str, kind: Callable[[float], Any], name: str) -> Any:
    if not text:
        return None
    try:
        return kind(float(text.replace(",", ".")))
    except (ValueError, OverflowError):
        raise Doubt(_("%(name)s: %(text)s is no number.") % {"name": name, "text": text}) from None


def last_day(read: Read) -> date | None:
    """The last day of a roster's row; None while it goes on."""
    return read.end.date() if read.end else None


def stay_minutes(read: Read) -> int:
    """How long a visit lasts."""
    return STAY_MINUTES if read.minutes is None else read.minutes


def latest_start(moment: datetime) -> datetime:
    """Clocks of phones run a little ahead."""
    return moment + timedelta(minutes=5)
