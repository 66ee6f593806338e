"""Days as people write them in line lists. Pure: the year of "5 Jan" comes from the other cells of the sheet."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from phaodai.foundation.formats import fold

EXCEL_EPOCH = date(1899, 12, 30)
"""Day 0 of Excel's serial numbers after February 1900 (ECMA-376, part 1, 18.17.4.1)."""
FIRST_SERIAL, LAST_SERIAL = 20_000, 80_000
_MONTHS = {
    month: number
    for number, names in enumerate(
        (
            ("jan", "january"), ("feb", "february"), ("mar", "march"), ("apr", "april"), ("may",), ("jun", "june"),
            ("jul", "july"), ("aug", "august"), ("sep", "sept", "september"), ("oct", "october"), ("nov", "november"),
            ("dec", "december"),
        ),
        1,
    )
    for month in names
}  # fmt: skip
_CLOCK = re.compile(r"[ t,]+(\d{1,2})[:h](\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(z|[+-]\d{2}:?\d{2})?\s*(am|pm)?$")
_CLOCK_FIRST = re.compile(r"^(\d{1,2})[:h](\d{2})(?::(\d{2}))?[ ,]+(?=\d)")
_THREE = re.compile(r"(\d{1,4})[/.\-\s](\d{1,2})[/.\-\s](\d{1,4})")
_TWO = re.compile(r"(\d{1,2})[/.\-](\d{1,2})")
_KOREAN = re.compile(r"(\d{4})[년年]\s*(\d{1,2})[월月]\s*(\d{1,2})[일日]?")
_SOLID = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_VIETNAMESE = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2})(?: nam (\d{4}))?")
_DAY_WORD = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s\-/.]*([a-z]{3,9})\.?[\s\-/.,]*(\d{4}|\d{2})?")
_WORD_DAY = re.compile(r"([a-z]{3,9})\.?[\s\-/.]*(\d{1,2})(?:st|nd|rd|th)?(?:[\s\-/.,]+(\d{4}))?")
_WEEKDAY = re.compile(
    r"^(?:thu (?:hai|ba|tu|nam|sau|bay)|chu nhat)[,.]?\s+|^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]?\s+"
)


class Impossible(ValueError):
    """Written like a day, but no calendar has it; `nearest` is the last day of its month, where there is a month."""

    def __init__(self, text: str, nearest: date | None = None) -> None:
        super().__init__(text)
        self.nearest = nearest


@dataclass(frozen=True, slots=True)
class DateForm:
    """How the days of a column are written: the day before the month or after it, and the year of those without one."""

    month_first: bool = False
    latest: date = date(2100, 1, 1)
    """No day without a year is later than this."""


def date_form(texts: Iterable[str], today: date) -> DateForm:
    """The form that most cells of a column agree with: 13/02 can only be a day before a month."""
    day_first = month_first = 0
    latest = None
    for text in texts:
        if parts := _THREE.fullmatch(text.strip()):
            one, two, three = map(int, parts.groups())
            day_first += 12 < one <= 31 and two <= 12
            month_first += one <= 12 < two <= 31
            year = max(one, three)
            latest = max(latest or year, year) if 1900 < year <= today.year else latest
    end = min(today, date(latest, 12, 31)) if latest else today
    return DateForm(month_first=month_first > day_first, latest=end)


def read_moment(text: str, form: DateForm) -> tuple[date, time | None] | None:
    """The day, and the hour where it is written; None for words that are no day. Raises `Impossible`."""
    plain = fold(text)
    hour = None
    if found := (_CLOCK.search(plain) or _CLOCK_FIRST.search(plain)):
        plain = (plain[: found.start()] + plain[found.end() :]).strip()
        hour = _hour(found)
    day = read_day(plain, form)
    return None if day is None else (day, None if hour == time(0) else hour)


def _hour(found: "re.Match[str]") -> time | None:
    hours, minutes = int(found[1]), int(found[2])
    afternoon = found.re is _CLOCK and found[5] == "pm" and hours < 12
    hours += 12 if afternoon else 0
    return time(hours, minutes) if hours < 24 and minutes < 60 else None


def read_day(text: str, form: DateForm) -> date | None:
    """The day that a cell says; None for words that are no day. Raises `Impossible` for a 31 November."""
    plain = _WEEKDAY.sub("", unicodedata.normalize("NFC", fold(text)).strip(" .,;"))
    for read in (_serial, _korean, _solid, _numbers, _without_year, _in_words):
        day = read(plain, form)
        if day is not None:
            return day
    return None


def _serial(text: str, _form: DateForm) -> date | None:
    """A serial number of Excel: 44166 is 1 December 2020."""
    whole, _point, rest = text.replace(",", ".").partition(".")
    if not (whole.isdigit() and (not rest or rest.isdigit())) or len(whole) != 5:
        return None
    return EXCEL_EPOCH + timedelta(days=int(whole)) if FIRST_SERIAL <= int(whole) <= LAST_SERIAL else None


def _korean(text: str, _form: DateForm) -> date | None:
    found = _KOREAN.match(text)
    return _day(int(found[1]), int(found[2]), int(found[3]), text) if found else None


def _solid(text: str, _form: DateForm) -> date | None:
    found = _SOLID.fullmatch(text)
    return _day(int(found[1]), int(found[2]), int(found[3]), text) if found else None


def _numbers(text: str, form: DateForm) -> date | None:
    found = _THREE.fullmatch(text)
    if not found:
        return None
    one, two, three = map(int, found.groups())
    if len(found[1]) >= 3:
        return _day(one, two, three, text)
    year = _full_year(three, len(found[3]), form)
    first, second = (two, one) if form.month_first else (one, two)
    if second > 12 >= first:
        first, second = second, first
    return _day(year, second, first, text)


def _full_year(year: int, digits: int, form: DateForm) -> int:
    """21 is 2021, and 62 is 1962: the century that is not later than the sheet."""
    if digits > 2:
        return year
    return 2000 + year if 2000 + year <= form.latest.year + 1 else 1900 + year


def _without_year(text: str, form: DateForm) -> date | None:
    if found := _TWO.fullmatch(text):
        one, two = int(found[1]), int(found[2])
        day, month = (two, one) if form.month_first else (one, two)
        if month > 12 >= day:
            day, month = month, day
        return _latest_such_day(month, day, text, form)
    return None


def _in_words(text: str, form: DateForm) -> date | None:
    if found := _VIETNAMESE.fullmatch(text):
        day, month, year = int(found[1]), int(found[2]), found[3]
    elif (found := _DAY_WORD.fullmatch(text)) and found[2] in _MONTHS:
        day, month, year = int(found[1]), _MONTHS[found[2]], found[3]
    elif (found := _WORD_DAY.fullmatch(text)) and found[1] in _MONTHS:
        day, month, year = int(found[2]), _MONTHS[found[1]], found[3]
    else:
        return None
    if year is None:
        return _latest_such_day(month, day, text, form)
    return _day(_full_year(int(year), len(year), form), month, day, text)


def _latest_such_day(month: int, day: int, text: str, form: DateForm) -> date:
    """The last 5 January that is not after the sheet."""
    found = _day(form.latest.year, month, day, text)
    return found if found <= form.latest else _day(form.latest.year - 1, month, day, text)


def _day(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Impossible(text, _nearest(year, month, day)) from None


def _nearest(year: int, month: int, day: int) -> date | None:
    if not (1 <= month <= 12 and 28 < day <= 31 and 1900 <= year <= 9998):
        return None
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def at_hour(day: date, hour: time | None) -> datetime:
    """A day with its hour; midnight where none is known."""
    return datetime.combine(day, hour or time(0))
