"""A row of a unit's list as a person who is to be vaccinated; what cannot be used says why. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from phaodai.foundation.formats import fold, sort_key
from phaodai.people.rules.identities import NotAnIdentity, digits_of, identity_number, phone_number
from phaodai.surveillance.rules.dates import DateForm, Impossible, read_day

HEADS: dict[str, tuple[str, ...]] = {
    "full_name": ("ho va ten", "ho ten", "full name", "name", "ten"),
    "birth": ("ngay sinh", "ngay thang nam sinh", "nam sinh", "ngay, thang, nam sinh", "date of birth", "year of birth"),
    "sex": ("gioi tinh", "gioi", "sex"),
    "identity_number": ("so cccd", "cccd", "cmnd", "cccd/cmnd", "cmnd/cccd", "so cmnd/cccd", "so can cuoc", "so giay to",
                        "so dinh danh", "id card number", "id"),
    "phone": ("so dien thoai", "dien thoai", "sdt", "telephone", "phone"),
    "workplace": ("don vi", "don vi cong tac", "noi lam viec", "co quan", "truong", "works or studies at", "unit"),
    "group": ("nhom uu tien", "nhom", "doi tuong", "ma nhom", "priority group", "group"),
    "hamlet": ("thon", "thon/to", "to dan pho", "ap", "khom", "xom", "thon ban", "to/thon", "hamlet"),
    "commune": ("xa", "phuong", "xa/phuong", "xa, phuong", "xa phuong", "noi o", "commune"),
}  # fmt: skip
_SEXES = {
    "nam": "M",
    "m": "M",
    "male": "M",
    "trai": "M",
    "1": "M",
    "nu": "F",
    "f": "F",
    "female": "F",
    "gai": "F",
    "0": "F",
}
OLDEST = 130


class Fault(StrEnum):
    """Why a row cannot be used as it is."""

    NO_NAME = "no-name"
    NO_BIRTH = "no-birth"
    BAD_BIRTH = "bad-birth"
    NOT_BORN = "not-born"
    TOO_OLD = "too-old"
    BAD_SEX = "bad-sex"
    BAD_NUMBER = "bad-number"
    NUMBER_AGAINST_BIRTH = "number-against-birth"
    NUMBER_AGAINST_SEX = "number-against-sex"
    BAD_GROUP = "bad-group"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """What a row says of one person. `birth_date` is None where the row gives a year alone."""

    row: int
    full_name: str
    birth_date: date | None
    birth_year: int
    sex: str
    identity_number: str
    phone: str
    workplace: str
    group: str
    hamlet: str
    commune: str
    same_key: str
    sort_key: str
    search_key: str


@dataclass(frozen=True, slots=True)
class Faulty:
    """A row that waits: its number, what is wrong and the cell that is."""

    row: int
    fault: Fault
    cell: str


def heads_of(headers: Iterable[str]) -> dict[str, str]:
    """Field to header of the sheet; the first header that means a field counts."""
    found: dict[str, str] = {}
    for header in headers:
        plain = fold(header).strip(" *:.()")
        field = next((name for name, words in HEADS.items() if plain in words), None)
        if field and field not in found:
            found[field] = header
    return found


def group_words(labels: Iterable[tuple[str, Sequence[str]]]) -> dict[str, str]:
    """Folded word to group key, from each key with the words that people write for it."""
    return {fold(word): key for key, words in labels for word in (key, *words)}


def read_person(
    row: int, cells: Mapping[str, str], heads: Mapping[str, str], *, today: date, group: str, groups: Mapping[str, str]
) -> ListedPerson | Faulty:
    """The person that a row names, or what is wrong with it. `group` is that of the list, where the row names none."""
    told = {field: " ".join(cells.get(header, "").split()) for field, header in heads.items()}
    try:
        return _person(row, told, today, group, groups)
    except _Wrong as wrong:
        return Faulty(row, wrong.fault, wrong.cell)


class _Wrong(Exception):
    def __init__(self, fault: Fault, cell: str = "") -> None:
        super().__init__(fault)
        self.fault, self.cell = fault, cell


def _person(row: int, told: Mapping[str, str], today: date, group: str, groups: Mapping[str, str]) -> ListedPerson:
    name = told.get("full_name", "")
    if len(name) < 2 or not any(sign.isalpha() for sign in name):
        raise _Wrong(Fault.NO_NAME, name)
    born, year = _birth(told.get("birth", ""), today)
    sex = _sex(told.get("sex", ""))
    number = _number(told.get("identity_number", ""), sex, year)
    folded = fold(name)
    return ListedPerson(
        row=row,
        full_name=name[:120],
        birth_date=born,
        birth_year=year,
        sex=sex,
        identity_number=number,
        phone=phone_number(told.get("phone", "")),
        workplace=told.get("workplace", "")[:160],
        group=_group(told.get("group", ""), group, groups),
        hamlet=told.get("hamlet", "")[:120],
        commune=told.get("commune", "")[:120],
        same_key=f"{folded}|{sex}|{born or year}"[:200],
        sort_key=sort_key(name)[:200],
        search_key=folded[:160],
    )


def _birth(text: str, today: date) -> tuple[date | None, int]:
    if not text:
        raise _Wrong(Fault.NO_BIRTH)
    if len(text) == 4 and text.isdigit():
        day, year = None, int(text)
    else:
        day = _day(text)
        year = day.year
    if year > today.year or (day and day > today):
        raise _Wrong(Fault.NOT_BORN, text)
    if today.year - year > OLDEST:
        raise _Wrong(Fault.TOO_OLD, text)
    return day, year


def _day(text: str) -> date:
    try:
        day = read_day(text, DateForm())
    except Impossible as impossible:
        raise _Wrong(Fault.BAD_BIRTH, text) from impossible
    if day is None:
        raise _Wrong(Fault.BAD_BIRTH, text)
    return day


def _sex(text: str) -> str:
    if text and fold(text) not in _SEXES:
        raise _Wrong(Fault.BAD_SEX, text)
    return _SEXES.get(fold(text), "")


_NUMBER_FAULTS = {"year": Fault.NUMBER_AGAINST_BIRTH, "sex": Fault.NUMBER_AGAINST_SEX}


def _number(text: str, sex: str, year: int) -> str:
    if not digits_of(text):
        return ""
    try:
        return identity_number(text, sex=sex, birth_year=year)
    except NotAnIdentity as problem:
        raise _Wrong(_NUMBER_FAULTS.get(problem.reason, Fault.BAD_NUMBER), text) from problem


def _group(text: str, group: str, groups: Mapping[str, str]) -> str:
    if not text:
        return group
    if fold(text) not in groups:
        raise _Wrong(Fault.BAD_GROUP, text)
    return groups[fold(text)]


def said_twice(persons: Iterable[ListedPerson]) -> tuple[list[ListedPerson], list[Faulty]]:
    """The persons of a sheet once each, and the rows that name one of them again."""
    seen: set[str] = set()
    once, again = [], []
    for person in persons:
        key = person.identity_number or f"{person.same_key}|{person.phone}|{fold(person.hamlet)}|{fold(person.commune)}"
        if key in seen:
            again.append(Faulty(person.row, Fault.TWICE, person.full_name))
        else:
            once.append(person)
            seen.add(key)
    return once, again
