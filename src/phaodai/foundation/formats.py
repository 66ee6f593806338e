"""How dates, numbers and names are written, ordered and found, in Vietnamese and in English. Pure functions."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal
from zoneinfo import ZoneInfo

Language = Literal["vi", "en"]
Number = int | float | Decimal

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
NO_BREAK = "\u00a0"
MINUS = "−"
EN_DASH = "–"

WEEKDAYS = {
    "vi": ("T2", "T3", "T4", "T5", "T6", "T7", "CN"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
LONG_WEEKDAYS = {
    "vi": ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_UNITS = {
    "vi": ((_DAY, "ngày", "ngày"), (_HOUR, "giờ", "giờ"), (_MINUTE, "phút", "phút")),
    "en": ((_DAY, "day", "days"), (_HOUR, "hour", "hours"), (_MINUTE, "minute", "minutes")),
}


def _in_vietnam(value: date) -> date:
    """A moment read from the database stands in UTC; people read it on Vietnam's clock."""
    return value.astimezone(VIETNAM) if isinstance(value, datetime) and value.tzinfo else value


def day(value: date, language: Language = "vi") -> str:
    """24/11/2021 or 24 Nov 2021."""
    local = _in_vietnam(value)
    if language == "vi":
        return f"{local:%d/%m/%Y}"
    return f"{local.day} {ENGLISH_MONTHS[local.month - 1]} {local.year}"


def short_day(value: date, language: Language = "vi") -> str:
    """24/11 or 24 Nov, where the year is plain."""
    local = _in_vietnam(value)
    return f"{local:%d/%m}" if language == "vi" else f"{local.day} {ENGLISH_MONTHS[local.month - 1]}"


def weekday(value: date, language: Language = "vi", *, long: bool = False) -> str:
    """T4 or Wed; long: thứ Tư or Wednesday."""
    return (LONG_WEEKDAYS if long else WEEKDAYS)[language][_in_vietnam(value).weekday()]


def weekday_and_day(value: date, language: Language = "vi") -> str:
    """T4 24/11/2021 or Wed 24 Nov 2021."""
    return f"{weekday(value, language)} {day(value, language)}"


def clock(value: datetime) -> str:
    """06:40 in both languages."""
    return f"{_in_vietnam(value):%H:%M}"


def moment(value: datetime, language: Language = "vi") -> str:
    """06:40 24/11/2021 or 06:40, 24 Nov 2021."""
    return f"{clock(value)}{' ' if language == 'vi' else ', '}{day(value, language)}"


def as_of(value: datetime, language: Language = "vi") -> str:
    """06:40, T4 24/11/2021 or 06:40, Wed 24 Nov 2021: the clock of the top bar."""
    return f"{clock(value)}, {weekday_and_day(value, language)}"


def span(duration: timedelta, language: Language = "vi") -> str:
    """3 ngày, 19 giờ, 20 phút: the largest whole unit, rounded down; hours up to two days, so that "36 giờ" is said."""
    length = abs(duration)
    for unit, one, many in _UNITS[language]:
        if length >= (2 * unit if unit == _DAY else unit):
            count = length // unit
            return f"{count} {one if count == 1 else many}"
    return "dưới 1 phút" if language == "vi" else "under a minute"


def ago(value: datetime, now: datetime, language: Language = "vi") -> str:
    """2 ngày trước or 2 days ago; "vừa xong" within a minute; a future moment is written out."""
    if value > now:
        return moment(value, language)
    if now - value < _MINUTE:
        return "vừa xong" if language == "vi" else "just now"
    return f"{span(now - value, language)} {'trước' if language == 'vi' else 'ago'}"


def time_left(deadline: datetime, now: datetime, language: Language = "vi") -> str:
    """còn 4 ngày before the deadline, trễ 19 giờ after it; 4 days left, 19 hours late."""
    length = span(deadline - now, language)
    if deadline >= now:
        return f"còn {length}" if language == "vi" else f"{length} left"
    return f"trễ {length}" if language == "vi" else f"{length} late"


def number(value: Number, places: int | None = None, language: Language = "vi") -> str:
    """1.234,5 or 1,234.5, rounded half up to ``places``; None keeps the digits that are there."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if not exact.is_finite():
        raise ValueError(f"Not a number that can be written: {value!r}.")
    rounded = exact if places is None else exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    written = f"{abs(rounded):,f}"
    if language == "vi":
        written = written.translate({ord(","): ".", ord("."): ","})
    return f"{MINUS}{written}" if rounded < 0 else written


def percent(share: Number, places: int = 1, language: Language = "vi") -> str:
    """76,8% of a share between 0 and 1; a whole percentage is written without decimals."""
    hundredfold = Decimal(str(share)) * 100
    return f"{number(hundredfold, 0 if hundredfold == hundredfold.to_integral_value() else places, language)}%"


def interval(low: Number, high: Number, places: int | None = None, language: Language = "vi") -> str:
    """1,06–1,31 with an en dash."""
    return f"{number(low, places, language)}{EN_DASH}{number(high, places, language)}"


def quantity(value: Number, unit: str, places: int | None = None, language: Language = "vi") -> str:
    """1.500 m³, kept on one line."""
    return f"{number(value, places, language)}{NO_BREAK}{unit}"


def fold(text: str) -> str:
    """Key for search: no accents, đ as d, lower case, single spaces. ``fold("Đặng  Văn Khoá") == "dang van khoa"``."""
    signs = unicodedata.normalize("NFD", text.replace("\0", ""))  # PostgreSQL keeps and finds no text with that sign
    plain = "".join(sign for sign in signs if not unicodedata.combining(sign))
    return " ".join(plain.replace("đ", "d").replace("Đ", "D").casefold().split())


ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng; no mark comes before all
_FIRST_LETTER = ord("A")
_NOT_WORDS = re.compile(r"[^\w]+")


def sort_key(name: str) -> str:
    """Key for the order of Vietnamese names: given name, then family name, then the names between.

    Letters come before tones within each word (a ă â b … y z; no tone, huyền, hỏi, ngã, sắc, nặng). Compare the keys
    by code point: in PostgreSQL keep them in a column ``COLLATE "C"``.
    """
    words = _NOT_WORDS.sub(" ", unicodedata.normalize("NFC", name)).split()
    return " ".join(_word_key(word) for word in words[-1:] + words[:-1])


def initials(name: str) -> str:
    """P.T.L. for Phạm Thị Lan, keeping Đ, Ô and the like."""
    words = unicodedata.normalize("NFC", name).split()
    return "".join(f"{_without_tone(word[0]).upper()}." for word in words)


def masked(name: str, birth_year: int | None = None, sex: str = "") -> str:
    """P.T.L. 1969, nữ: how a person is shown until someone asks for the name and the look is logged."""
    code = initials(name) + (f" {birth_year}" if birth_year else "")
    return f"{code}, {sex}" if sex else code


def _word_key(word: str) -> str:
    letters, tones = "", ""
    for letter in unicodedata.normalize("NFC", word.lower()):
        base, tone = _split_tone(letter)
        letters += _letter_key(base)
        tones += str(tone)
    return f"{letters} {tones.rstrip('0') or '0'}"


def _split_tone(letter: str) -> tuple[str, int]:
    """The letter without its tone, and the place of the tone (0: none)."""
    marks = unicodedata.normalize("NFD", letter)
    tone = next((TONES.index(mark) + 1 for mark in marks if mark in TONES), 0)
    return _without_tone(letter), tone


def _without_tone(letter: str) -> str:
    marks = unicodedata.normalize("NFD", letter)
    return unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in TONES))


def _letter_key(letter: str) -> str:
    if letter not in ALPHABET:
        stripped = "".join(s for s in unicodedata.normalize("NFD", letter) if not unicodedata.combining(s))
        letter = stripped if stripped and stripped in ALPHABET else letter
    place = ALPHABET.find(letter)
    if place >= 0:
        return chr(_FIRST_LETTER + place)
    return letter if letter.isdigit() else ""
