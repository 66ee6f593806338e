"""Dates and clock times as documents print them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

# A bruised text may have lost a mark ("thảng"): a number must follow all the same.
# "ngày 16 tháng 11 năm 2025", "16/11/2025", "16-11-2025", "1/3/21"; without a year "ngày 30/6", "30 tháng 6".
_WRITTEN = (
    r"(?P<day>\d{1,2})\s*(?:/|-|\.|\s+th[aàáảãạ]ng\s+)\s*(?P<month>\d{1,2})(?:\s*(?:/|-|\.|"
    r",?\s+n[aăâắằẳẵặ]m\s+)\s*(?P<year>\d{4}|\d{2}(?!\d)))?"
)
DATE = re.compile(rf"(?<![\d/])(?:ngày\s*)?{_WRITTEN}(?![\d%])(?!/\d)", re.IGNORECASE)
MONTH = re.compile(r"(?<!\w)tháng\s+(?P<month>\d{1,2})(?:\s*/\s*|\s+năm\s+)(?P<year>\d{4})(?!\d)", re.IGNORECASE)
QUARTER = re.compile(
    r"(?<!\w)quý\s+(?P<quarter>IV|I{1,3}|[1-4])(?:\s*/\s*|\s+năm\s+)(?P<year>\d{4})(?!\d)", re.IGNORECASE
)
TIME = r"(?P<hour>\d{1,2})\s*(?:giờ|h|g|:|\.(?=\d{2}\s))\s*(?P<minute>\d{2})?(?:\s*(?:phút|'))?"
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4}


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date in a passage; `whole` when the year is printed too."""

    start: int
    end: int
    date: dt.date
    whole: bool


def day(year: int, month: int, day_of_month: int) -> dt.date | None:
    """The date, or None where the calendar has none."""
    try:
        return dt.date(year, month, day_of_month)
    except ValueError:
        return None


def dates_in(form: str, year: int | None, start: int = 0, end: int | None = None) -> Iterator[DateFound]:
    """The dates between `start` and `end`; `year` completes those printed without one."""
    for found in DATE.finditer(form, start, len(form) if end is None else end):
        date = from_match(found, year)
        if date is not None:
            yield DateFound(found.start(), found.end(), date, found["year"] is not None)


def from_match(found: re.Match[str], year: int | None, *, awaited: bool = False) -> dt.date | None:
    """The date of a match of `DATE`, or None: 4/2021 without "ngày" is a month, 5-7 without it a range.

    Where a date is `awaited` ("trước 30/6"), a day and a month with a stroke between them are one.
    """
    printed = found["year"]
    worded = (
        (awaited and "/" in found.group())
        or found.group().lower().startswith("ngày")
        or "tháng" in found.group().lower()
    )
    if printed is None and (not worded or year is None):
        return None
    if printed is not None and len(printed) == 2 and not worded:
        return None
    which = int(printed) + (2000 if len(printed) == 2 else 0) if printed else year
    return day(which or 0, int(found["month"]), int(found["day"]))


def month_end(year: int, month: int) -> dt.date | None:
    """The last day of a month."""
    if not 1 <= month <= 12:
        return None
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return following - dt.timedelta(days=1)


def quarter_end(year: int, printed: str) -> dt.date | None:
    """The last day of a quarter, printed in Roman or Arabic numerals."""
    quarter = _QUARTERS.get(printed.upper()) or int(printed)
    return month_end(year, quarter * 3)


def clock(hour: str | None, minute: str | None) -> str | None:
    """HH:MM, or None where it is no time of day."""
    if hour is None or int(hour) > 24 or int(minute or 0) > 59:
        return None
    return f"{int(hour):02d}:{int(minute or 0):02d}"
