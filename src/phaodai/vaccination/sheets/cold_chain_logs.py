"""The file of a thermometer: times and degrees in a CSV or Excel file, whatever else the logger writes around them."""

from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from django.utils.translation import gettext as _

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.formats import fold
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.sheets import SheetRow, read_rows
from phaodai.surveillance.rules.dates import DateForm, Impossible, read_day, read_moment
from phaodai.vaccination.rules.cold_chain import Reading

_TIMES = (
    "thoi gian",
    "thoi diem",
    "ngay gio",
    "date time",
    "datetime",
    "date/time",
    "time",
    "timestamp",
    "ngay",
    "date",
)
_HOURS = ("gio", "hour", "time")
_DEGREES = ("nhiet do", "temperature", "temp", "celsius", "do c")
_COLDEST, _HOTTEST = Decimal(-120), Decimal(80)
_ISO = 16


def read_log(name: str, content: bytes) -> tuple[list[Reading], int]:
    """The readings in the order of time, and how many rows hold none. Raises `Refusal` without the two columns."""
    rows = read_rows(name, content)
    heads = {head: fold(head) for head in (rows[0].cells if rows else ())}
    when = next((head for head, plain in heads.items() if plain.startswith(_TIMES)), None)
    degrees = next((head for head, plain in heads.items() if plain.startswith(_DEGREES) or "°c" in plain), None)
    if when is None or degrees is None:
        words = _("No reading was found in the file. It needs a column of times and one of degrees.")
        raise Refusal(words, field="file")
    hour = next((head for head, plain in heads.items() if head != when and plain.startswith(_HOURS)), None)
    read = [_reading(row, when, hour, degrees) for row in rows]
    found = sorted((one for one in read if one), key=lambda one: one.at)
    once = found[:1] + [after for before, after in pairwise(found) if after.at != before.at]
    return once, sum(one is None for one in read)


def _reading(row: SheetRow, when: str, hour: str | None, degrees: str) -> Reading | None:
    at = _moment(row.cells.get(when, ""), row.cells.get(hour, "") if hour else "")
    celsius = _degrees(row.cells.get(degrees, ""))
    return Reading(at, celsius) if at is not None and celsius is not None else None


def _moment(text: str, hour: str) -> datetime | None:
    if text[:4].isdigit() and len(text) >= _ISO:
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            return None
        return found if found.tzinfo else found.replace(tzinfo=VIETNAM)
    try:
        day, clock = _day_and_hour(text, hour)
    except Impossible:
        return None
    return datetime.combine(day, clock, VIETNAM) if day and clock is not None else None


def _day_and_hour(text: str, hour: str) -> tuple[date | None, time | None]:
    if hour:
        return read_day(text, DateForm()), _clock(hour)
    found = read_moment(text, DateForm())
    return found or (None, None)


def _clock(text: str) -> time | None:
    try:
        return time.fromisoformat(text.strip().zfill(5))
    except ValueError:
        return None


def _degrees(text: str) -> Decimal | None:
    try:
        value = Decimal(text.lower().replace("°c", "").replace("c", "").replace(",", ".").replace("−", "-").strip())
    except InvalidOperation:
        return None
    return value.quantize(Decimal("0.1")) if value.is_finite() and _COLDEST <= value <= _HOTTEST else None
