"""Cells of a line list as values: one reader a kind of column, and what of a cell no value holds. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from phaodai.foundation.formats import VIETNAM, fold
from phaodai.people.rules.identities import phone_number
from phaodai.surveillance.rules.dates import DateForm, Impossible, at_hour, read_day, read_moment
from phaodai.surveillance.rules.words import is_missing, plain, vocabulary, word_at_start, word_for, word_in

OLDEST = Decimal(130)
_AGE = re.compile(r"[<>~≈]?\s*(\d{1,3}(?:[.,]\d+)?)\s*([a-z ]*)")
_AGE_RANGE = re.compile(r"(\d{1,3})\s*(?:-|–|to|den)\s*(\d{1,3})(?: *(?:years?|yrs?|tuoi))?")
_DECADE = re.compile(r"(\d{1,2}0|0)s")
_MONTHS = ("m", "mo", "mos", "mth", "mths", "month", "months", "thang", "thang tuoi", "th")
_DAYS = ("d", "day", "days", "ngay", "ngay tuoi")
_WEEKS = ("w", "wk", "wks", "week", "weeks", "tuan", "tuan tuoi")
_YEARS = (
    "",
    "y",
    "yr",
    "yrs",
    "year",
    "years",
    "tuoi",
    "t",
    "years old",
    "year old",
    "yo",
    "y o",
    "and over",
    "tro len",
)
_MASKED = re.compile(r"(?:[^\W\d_]\.){1,8}(?:\s*\d{4})?")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_NOT_GIVEN = frozenset({"", "na", "n a", "nan", "null", "nil"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says. `doubt` names why its row cannot be used as it is; `kept` that words remain beside the value."""

    value: Any = None
    doubt: str = ""
    kept: bool = False
    suggestion: str = ""
    also: Mapping[str, Any] = field(default_factory=dict)


NOTHING = Reading()


@dataclass(frozen=True)
class Reader:
    """How the cells of one column are read: the form of its dates, and the labels that the screens give its words."""

    kind: str
    form: DateForm = field(default_factory=DateForm)
    labels: tuple[tuple[str, str], ...] = ()

    def read(self, text: str) -> Reading:
        """The value of a cell; nothing for an empty one."""
        return _READERS[self.kind](text, self) if text else NOTHING


def _text(text: str, _reader: Reader) -> Reading:
    return NOTHING if plain(text) in _NOT_GIVEN else Reading(text)


def _id(text: str, _reader: Reader) -> Reading:
    """A case number: what stands in the cell, without signs that nobody means."""
    key = plain(text)
    return NOTHING if key in _NOT_GIVEN or key == "unknown" else Reading(text.strip(" .#;,'\"")[:60])


def _name(text: str, _reader: Reader) -> Reading:
    """A name; initials and birth year, as the lists of the platform show persons, are no name."""
    if is_missing(text) or _MASKED.fullmatch(text.strip()):
        return NOTHING
    return Reading(" ".join(text.split())[:120])


def _sex(text: str, reader: Reader) -> Reading:
    found = word_for("sex", text, reader.labels)
    return Reading(found) if found else _unread(text)


def _unread(text: str) -> Reading:
    """Words that no value stands for: they stay beside the case as they came."""
    return NOTHING if is_missing(text) else Reading(kept=True)


def _age(text: str, _reader: Reader) -> Reading:
    """Years; months, weeks and days as their share of a year; the middle of "50s" and "60-69", with its words kept."""
    if is_missing(text):
        return NOTHING
    folded = fold(text).replace("+", "").strip(" .")
    if found := _DECADE.fullmatch(folded):
        return Reading(Decimal(found[1]) + 5, kept=True)
    if found := _AGE_RANGE.fullmatch(folded):
        return _possible((Decimal(found[1]) + Decimal(found[2]) + 1) / 2, kept=True)
    found = _AGE.fullmatch(folded)
    share = _share_of_year(found[2].strip()) if found else None
    if found is None or share is None:
        return Reading(doubt="age") if folded.lstrip("-").isdigit() else Reading(kept=True)
    years = Decimal(found[1].replace(",", ".")) * share
    return _possible(years, kept=share != 1 or folded[0] in "<>~≈")


def _share_of_year(unit: str) -> Decimal | None:
    for units, parts in ((_YEARS, 1), (_MONTHS, 12), (_WEEKS, 52), (_DAYS, 365)):
        if unit in units:
            return Decimal(1) / parts
    return None


def _possible(years: Decimal, *, kept: bool) -> Reading:
    rounded = years.quantize(Decimal("0.1"))
    return Reading(rounded, kept=kept) if rounded <= OLDEST else Reading(doubt="age")


def _date(text: str, reader: Reader) -> Reading:
    """A moment in Vietnam's time, midnight where no hour is written; words that are no day stay beside the case."""
    if is_missing(text):
        return NOTHING
    try:
        found = read_moment(text, reader.form)
    except Impossible as impossible:
        return _impossible(impossible)
    if found is None:
        asymptomatic = plain(text) in vocabulary("onset")
        return Reading(kept=True, also={"severity": "asymptomatic"} if asymptomatic else {})
    if not 1900 <= found[0].year <= 2100:
        return Reading(doubt="date")
    return Reading(at_hour(*found).replace(tzinfo=VIETNAM))


def _impossible(impossible: Impossible) -> Reading:
    nearest = impossible.nearest
    return Reading(doubt="date", suggestion=f"{nearest:%d/%m/%Y}" if nearest else "")


def _birth_date(text: str, reader: Reader) -> Reading:
    """A date of birth; a lone year is the year of birth."""
    if is_missing(text):
        return NOTHING
    if _YEAR.fullmatch(text.strip()):
        return Reading(also={"birth_year": int(text)})
    try:
        day = read_day(text, reader.form)
    except Impossible as impossible:
        return _impossible(impossible)
    return Reading(day, also={"birth_year": day.year}) if day else Reading(kept=True)


def _year(text: str, reader: Reader) -> Reading:
    """A year of birth; a whole date of birth says more."""
    found = _birth_date(text, reader)
    if "birth_year" in found.also:
        day = {"birth_date": found.value} if isinstance(found.value, date) else {}
        return Reading(found.also["birth_year"], also=day)
    return found


def _identity(text: str, _reader: Reader) -> Reading:
    return NOTHING if is_missing(text) else Reading(text)


def _phone(text: str, _reader: Reader) -> Reading:
    number = "" if is_missing(text) else phone_number(text)
    return Reading(number) if number else _unread(text)


def _choice(table: str) -> Callable[[str, Reader], Reading]:
    def read(text: str, reader: Reader) -> Reading:
        found = word_for(table, text, reader.labels)
        return Reading(found) if found is not None else _unread(text)

    return read


def _outcome(text: str, reader: Reader) -> Reading:
    """How it ended; words of a state that is none yet are `open`, which leaves what is known."""
    found = word_for("outcome", text, reader.labels)
    if found is None:
        return _unread(text)
    return Reading("" if found == "open" else found, kept=False)


def _origin(text: str, reader: Reader) -> Reading:
    found = word_for("origin", text, reader.labels) or word_at_start("origin", text)
    return Reading(found == "yes", kept=True) if found else _unread(text)


def _setting(text: str, reader: Reader) -> Reading:
    """A sentence of where it happened: its likeliest setting, and the sentence itself."""
    found = word_for("setting", text, reader.labels) or word_in("setting", text)
    exact = found is not None and any(plain(label) == plain(text) for label, _value in reader.labels)
    return Reading(found, kept=not exact) if found else _unread(text)


_READERS: dict[str, Callable[[str, Reader], Reading]] = {
    "id": _id,
    "ids": _text,
    "link": _id,
    "name": _name,
    "sex": _sex,
    "age": _age,
    "birth_date": _birth_date,
    "year": _year,
    "phone": _phone,
    "identity": _identity,
    "unit": _text,
    "text": _text,
    "date": _date,
    "outcome": _outcome,
    "severity": _choice("severity"),
    "classification": _choice("classification"),
    "detection": _choice("detection"),
    "origin": _origin,
    "setting": _setting,
}


def day_of(value: datetime | None) -> date | None:
    """The day of a moment that was read."""
    return value.date() if value else None


def is_day_alone(value: datetime) -> bool:
    """Whether a moment is a day without its hour."""
    return value.timetz().replace(tzinfo=None) == time(0)
