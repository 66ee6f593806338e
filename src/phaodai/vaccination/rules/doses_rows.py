"""Rows of a sheet of doses: which column says what, in the national platform's words or ours, and what each tells. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from phaodai.foundation.formats import fold
from phaodai.people.rules.identities import digits_of, phone_number
from phaodai.rulebook.words import Words
from phaodai.vaccination.rules.identities import Written

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


class Unreadable(ValueError):
    """A row that cannot be taken: a code of `WHY` and the cell it is about."""

    def __init__(self, code: str, cell: str = "") -> None:
        super().__init__(code)
        self.code, self.cell = code, cell[:80]

    @property
    def words(self) -> Words:
        """The reason in both languages."""
        return Words(*(text.format(cell=self.cell) for text in WHY[self.code]))


@dataclass(frozen=True, slots=True)
class ToldDose:
    """One dose that a row tells of; `given_at` aware."""

    written: Written
    number: int
    product: str
    lot_number: str
    given_at: datetime
    facility: str
    group: str
    commune: str


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
    """Reads the rows of one sheet. `product_of` gives the key of a product as written; `today` ends what may be told."""

    columns: Columns
    today: date
    product_of: Callable[[str], str | None]
    communes: frozenset[str] | None = None
    _fixed: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self._fixed = self.columns.fixed
        self.product_of = lru_cache(maxsize=256)(self.product_of)

    def read(self, cells: Sequence[str]) -> list[ToldDose]:
        """Every dose of a row. Raises `Unreadable` with the first thing that is wrong."""
        written = self._written(cells)
        commune = self._cell(cells, "commune", {})
        if commune and self.communes is not None and commune not in self.communes:
            raise Unreadable("commune", commune)
        told = [
            self._dose(cells, number, places, written, commune)
            for number, places in self.columns.doses.items()
            if number == 0 or self._cell(cells, "given", places) or self._cell(cells, "product", places)
        ]
        if not told:
            raise Unreadable("empty")
        return told

    def _cell(self, cells: Sequence[str], name: str, places: Mapping[str, int]) -> str:
        place = places.get(name, self._fixed.get(name))
        return "" if place is None else cells[place].strip()

    def _written(self, cells: Sequence[str]) -> Written:
        name = " ".join(self._cell(cells, "full_name", {}).split())[:120]
        if not name:
            raise Unreadable("full_name")
        birth_date, birth_year = born_of(self._cell(cells, "born", {}))
        number = digits_of(self._cell(cells, "identity_number", {}))
        if len(number) not in _LENGTHS:
            raise Unreadable("identity_number", number)
        phone = self._cell(cells, "phone", {})
        return Written(
            name, sex_of(self._cell(cells, "sex", {})), birth_date, birth_year, number,
            phone_number(phone)[:20] if phone else "", self._cell(cells, "address", {})[:200],
        )  # fmt: skip

    def _dose(
        self, cells: Sequence[str], numbered: int, places: Mapping[str, int], written: Written, commune: str
    ) -> ToldDose:
        product = self.product_of(named := self._cell(cells, "product", places))
        if product is None:
            raise Unreadable("product", named)
        given = self._cell(cells, "given", places)
        given_at = moment_of(given)
        if given_at is None:
            raise Unreadable("given", given)
        day = given_at.date()
        if day > self.today:
            raise Unreadable("future", given)
        if (written.birth_date and day < written.birth_date) or (written.birth_year and day.year < written.birth_year):
            raise Unreadable("before-birth", given)
        number = numbered or number_of(self._cell(cells, "number", places))
        return ToldDose(
            written, number, product, self._cell(cells, "lot", places)[:60], given_at,
            self._cell(cells, "facility", places)[:200], self._cell(cells, "group", {})[:30], commune,
        )  # fmt: skip


@lru_cache(maxsize=65_536)
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


@lru_cache(maxsize=65_536)
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


@lru_cache(maxsize=64)
def sex_of(text: str) -> str:
    """F, M, or nothing where it is not said."""
    return _SEXES.get(fold(text), "")


@lru_cache(maxsize=256)
def number_of(text: str) -> int:
    """2, "Mũi 2", "2/2": the number of a dose. Raises `Unreadable`."""
    found = _WHOLE.search(text)
    number = int(found[0]) if found else 0
    if not 1 <= number <= 9:
        raise Unreadable("number", text)
    return number
