"""Rows of a sheet of doses: which column says what, in the national platform's words or ours, and what each tells. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from phaodai.foundation.formats import fold
from phaodai.people.rules.identities import digits_of, phone_number
from phaodai.rulebook.words import Words

# Folded words that a header holds, by field; the first that fits takes the column. The platform gives each dose columns
# of its own ("Ngày tiêm mũi 2"), a list of doses one row each ("Mũi thứ").
HEADERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("commune", ("ma xa", "ma phuong", "commune")),
    ("full_name", ("ho va ten", "ho ten", "full name", "name")),
    ("born", ("ngay sinh", "nam sinh", "ngay thang nam sinh", "date of birth", "birth")),
    ("sex", ("gioi tinh", "sex")),
    ("identity_number", ("cccd", "cmnd", "dinh danh", "id card", "identity")),
    ("phone", ("dien thoai", "sdt", "phone")),
    ("lot", ("so lo", "lo vac xin", "lot")),
    ("given", ("ngay tiem", "thoi gian tiem", "gio tiem", "given")),
    ("facility", ("co so tiem", "dia diem tiem", "diem tiem", "noi tiem", "facility", "site")),
    ("number", ("mui thu", "mui so", "mui tiem", "so mui", "dose number")),
    ("product", ("vac xin", "vaccine", "vacxin")),
    ("group", ("nhom", "group")),
    ("address", ("dia chi", "noi o", "address")),
)
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
OF_A_DOSE = ("lot", "given", "facility", "product")
_NUMBERED = re.compile(r"\b(?:mui(?: thu| so)?|dose) ?([1-9])\b")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ T]+(\d{1,2}):(\d{2}))?.*")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2}))?.*")
_WHOLE = re.compile(r"\d{1,2}")
_SEXES = {"nam": "M", "m": "M", "male": "M", "1": "M", "nu": "F", "f": "F", "female": "F", "0": "F", "2": "F"}
_MORNING = time(8)
"""The hour of a dose of which a sheet tells the day alone."""
_LENGTHS = (0, 9, 12)

WHY = {
    "full_name": Words("Thiếu họ tên.", "The name is missing."),
    "born": Words("Ngày sinh “{cell}” không đọc được.", "The day of birth “{cell}” cannot be read."),
    "identity_number": Words(
        "Số giấy tờ “{cell}” không phải 9 hoặc 12 số.", "The card number “{cell}” has neither 9 nor 12 digits."
    ),
    "product": Words("Không nhận ra vắc xin “{cell}”.", "The vaccine “{cell}” is not known."),
    "number": Words("Mũi thứ “{cell}” không phải từ 1 đến 9.", "The dose number “{cell}” is none from 1 to 9."),
    "given": Words("Ngày tiêm “{cell}” không đọc được.", "The day of the dose “{cell}” cannot be read."),
    "future": Words("Ngày tiêm “{cell}” ở tương lai.", "The day of the dose “{cell}” lies in the future."),
    "before-birth": Words("Ngày tiêm “{cell}” trước ngày sinh.", "The dose of “{cell}” lies before the birth."),
    "commune": Words("Mã xã “{cell}” không có trong địa bàn.", "There is no commune “{cell}” in the area."),
    "empty": Words("Dòng không có mũi tiêm nào.", "The row tells of no dose."),
}
BLANK = {
    "product": Words("Chưa ghi vắc xin.", "The vaccine is not said."),
    "number": Words("Chưa ghi mũi thứ mấy.", "The dose number is not said."),
    "given": Words("Chưa ghi ngày tiêm.", "The day of the dose is not said."),
}
"""What is said instead where the cell is empty."""


class Unreadable(ValueError):
    """A row that cannot be taken: a code of `WHY`, the cell it is about, and the column of that cell where it has one."""

    def __init__(self, code: str, cell: str = "", place: int | None = None) -> None:
        super().__init__(code)
        self.code, self.cell, self.place = code, cell[:80], place

    @property
    def words(self) -> Words:
        """The reason in both languages."""
        told = WHY[self.code] if self.cell else BLANK.get(self.code, WHY[self.code])
        return Words(*(text.format(cell=self.cell) for text in told))


@dataclass(frozen=True, slots=True)
class ToldDoses:
    """Doses that rows tell of, column by column: entry i of each list speaks of dose i. `given_at` aware."""

    rows: list[int]
    full_name: list[str]
    sex: list[str]
    birth_date: list[date | None]
    birth_year: list[int | None]
    identity_number: list[str]
    phone: list[str]
    address: list[str]
    number: list[int]
    product: list[str]
    lot_number: list[str]
    given_at: list[datetime]
    facility: list[str]
    group: list[str]
    commune: list[str]

    def only(self, kept: Sequence[int]) -> "ToldDoses":
        """Some of them, by their entries."""
        return ToldDoses(*([column[entry] for entry in kept] for column in self.columns))

    @property
    def columns(self) -> list[list[Any]]:
        """The lists in the order of the fields."""
        return [getattr(self, told.name) for told in fields(self)]


@dataclass(frozen=True)
class Reading:
    """What some rows tell: for each dose number its doses, and what is wrong with the rows that cannot be taken."""

    told: Sequence[ToldDoses]
    wrong: Mapping[int, Unreadable]


@dataclass(frozen=True)
class Columns:
    """Which place of a row says what; for each dose number the places of its own columns (0: one dose a row)."""

    fixed: Mapping[str, int]
    doses: Mapping[int, Mapping[str, int]]

    @property
    def usable(self) -> bool:
        """Whether the least is there: who, when and what."""
        told = all({"given", "product"} <= {*self.fixed, *places} for places in self.doses.values())
        return "full_name" in self.fixed and bool(self.doses) and told


def columns_of(headers: Sequence[str]) -> Columns:
    """What the columns of a sheet mean, by their headers."""
    fixed: dict[str, int] = {}
    doses: dict[int, dict[str, int]] = {}
    for place, header in enumerate(headers):
        name = next((name for name, words in HEADERS if any(word in fold(header) for word in words)), "")
        numbered = _NUMBERED.search(fold(header)) if name in OF_A_DOSE else None
        where = doses.setdefault(int(numbered[1]), {}) if numbered else fixed
        if name:
            where.setdefault(name, place)
    return Columns(fixed, doses or ({0: {}} if {"given", "product"} <= fixed.keys() else {}))


@dataclass
class RowReader:
    """Reads rows of one sheet column by column, each different cell of a column once.

    `product_of` gives the key of a product as written; `today` ends what may be told.
    """

    columns: Columns
    today: date
    product_of: Callable[[str], str | None]
    communes: frozenset[str] | None = None

    def read(self, rows: Sequence[Sequence[str]]) -> Reading:
        """Every dose of some rows. Of a row that has something wrong no dose is told, and the first thing is named."""
        cells = _Cells(self.columns.fixed, list(zip(*rows, strict=True)), len(rows))
        people = self._people(cells)
        told = [self._doses(cells, number, places, people) for number, places in self.columns.doses.items()]
        said = {row for doses in told for row in doses.rows}
        for row in range(len(rows)):
            if row not in said:
                cells.wrong.setdefault(row, Unreadable("empty"))
        return Reading([_without(doses, cells.wrong) for doses in told], cells.wrong)

    def _people(self, cells: "_Cells") -> dict[str, list[Any]]:
        """Who each row speaks of."""
        names = cells.read("full_name", _name_of)
        born = cells.read("born", born_of)
        numbers = cells.read("identity_number", _number_of_card)
        return {
            "full_name": names, "sex": cells.read("sex", sex_of), "birth_date": [day for day, _year in born],
            "birth_year": [year for _day, year in born], "identity_number": numbers,
            "phone": cells.read("phone", lambda cell: phone_number(cell)[:20] if cell else ""),
            "address": cells.read("address", lambda cell: cell[:200]), "commune": cells.read("commune", self._commune),
            "group": cells.read("group", lambda cell: cell[:30]),
        }  # fmt: skip

    def _commune(self, cell: str) -> str:
        if cell and self.communes is not None and cell not in self.communes:
            raise Unreadable("commune", cell)
        return cell

    def _doses(
        self, cells: "_Cells", numbered: int, places: Mapping[str, int], people: Mapping[str, list[Any]]
    ) -> ToldDoses:
        """The doses of one number: a row of the wide form that says neither when nor what tells of none."""
        here = cells.of_dose(places, needed=bool(numbered))
        product = here.read("product", self._product)
        given = here.read("given", self._given)
        _refuse_before_birth(here, given, people)
        number = [numbered] * len(here.rows) if numbered else here.read("number", number_of)
        whose = {name: [column[row] for row in here.rows] for name, column in people.items()}
        return ToldDoses(
            rows=here.rows, number=number, product=product, given_at=given, **whose,
            lot_number=here.read("lot", lambda cell: cell[:60]), facility=here.read("facility", lambda cell: cell[:200]),
        )  # fmt: skip

    def _product(self, cell: str) -> str:
        product = self.product_of(cell)
        if product is None:
            raise Unreadable("product", cell)
        return product

    def _given(self, cell: str) -> datetime:
        at = moment_of(cell)
        if at is None:
            raise Unreadable("given", cell)
        if at.date() > self.today:
            raise Unreadable("future", cell)
        return at


@dataclass
class _Cells:
    """The cells of some rows by column, and what was found wrong with a row first."""

    places: Mapping[str, int]
    columns: Sequence[Sequence[str]]
    height: int
    wrong: dict[int, Unreadable] = field(default_factory=dict)
    some: list[int] | None = None

    @property
    def rows(self) -> list[int]:
        """The rows that are read."""
        return list(range(self.height)) if self.some is None else self.some

    def texts(self, name: str) -> Sequence[str]:
        """The cells of a field as they came, empty where no column holds it."""
        place = self.places.get(name)
        if place is None:
            return [""] * len(self.rows)
        column = self.columns[place]
        return column if self.some is None else [column[row] for row in self.some]

    def of_dose(self, places: Mapping[str, int], *, needed: bool) -> "_Cells":
        """The same with the columns of one dose before the common ones; `needed` leaves out rows that tell nothing of it."""
        here = _Cells({**self.places, **places}, self.columns, self.height, self.wrong)
        if needed:
            said = zip(here.texts("given"), here.texts("product"), strict=True)
            here.some = [row for row, (given, product) in enumerate(said) if given.strip() or product.strip()]
        return here

    def read(self, name: str, reading: Callable[[str], Any]) -> list[Any]:
        """What each cell of a field says; a cell that cannot be read is noted against its row, and says None."""
        texts, known, unread = self.texts(name), dict[str, Any](), dict[str, Unreadable]()
        for text in set(texts):
            try:
                known[text] = reading(text.strip())
            except Unreadable as problem:
                unread[text] = Unreadable(problem.code, problem.cell, self.places.get(name))
                known[text] = _NOTHING.get(name)
        if unread:
            for row, text in zip(self.rows, texts, strict=True):
                if text in unread:
                    self.wrong.setdefault(row, unread[text])
        return [known[text] for text in texts]


_NOTHING: Mapping[str, Any] = {"born": (None, None)}


def _without(doses: ToldDoses, wrong: Mapping[int, Unreadable]) -> ToldDoses:
    if not wrong:
        return doses
    return doses.only([entry for entry, row in enumerate(doses.rows) if row not in wrong])


def _refuse_before_birth(here: _Cells, given: Sequence[datetime | None], people: Mapping[str, Sequence[Any]]) -> None:
    days, years, texts = people["birth_date"], people["birth_year"], here.texts("given")
    for row, at, text in zip(here.rows, given, texts, strict=True):
        year = years[row]
        if at is not None and year is not None and at.year <= year:
            born = days[row]
            if at.year < year or (born is not None and at.date() < born):
                here.wrong.setdefault(row, Unreadable("before-birth", text.strip(), here.places.get("given")))


def _name_of(cell: str) -> str:
    name = " ".join(cell.split())[:120]
    if not name:
        raise Unreadable("full_name")
    return name


def _number_of_card(cell: str) -> str:
    number = cell if cell.isdecimal() else digits_of(cell)
    if len(number) not in _LENGTHS:
        raise Unreadable("identity_number", number)
    return number


def born_of(text: str) -> tuple[date | None, int | None]:
    """A day or a year of birth. Raises `Unreadable`."""
    if not text:
        return None, None
    if len(text) == 4 and text.isdigit():
        return None, int(text)
    at = moment_of(text)
    if at is None:
        raise Unreadable("born", text)
    return at.date(), at.year


def moment_of(text: str) -> datetime | None:
    """24/11/2021, 24/11/2021 07:30 or 2021-11-24: the moment in Vietnam; None for what is none."""
    if found := _DAY.fullmatch(text):
        day, month, year, hour, minute = found.groups()
    elif found := _ISO.fullmatch(text):
        year, month, day, hour, minute = found.groups()
    else:
        return None
    try:
        at = time(int(hour), int(minute)) if hour else _MORNING
        return datetime.combine(date(int(year), int(month), int(day)), at, VIETNAM)
    except ValueError:
        return None


def sex_of(text: str) -> str:
    """F, M, or nothing where it is not said."""
    return _SEXES.get(fold(text), "")


def number_of(text: str) -> int:
    """2, "Mũi 2", "2/2": the number of a dose. Raises `Unreadable`."""
    found = _WHOLE.search(text)
    number = int(found[0]) if found else 0
    if not 1 <= number <= 9:
        raise Unreadable("number", text)
    return number
