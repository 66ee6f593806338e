"""What a phone sent of one dose: whether it can be read at all, in which types. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from phaodai.people.rules.identities import NotAnIdentity, identity_number, phone_number
from phaodai.rulebook.words import Words
from phaodai.surveillance.rules.screening_records import Unfit as UnfitRecord
from phaodai.surveillance.rules.screening_records import digest_of, moment_of
from phaodai.surveillance.rules.screening_records import key_of as record_key
from phaodai.vaccination.rules.checking_words import WAYS
from phaodai.vaccination.rules.identities import Written

_CONTENT = (
    *("session", "person", "entry", "identity", "number", "product", "lot", "lot_number", "at", "group"),
    *("overridden", "reason", "consent"),
)
_LONGEST_NAME, _LONGEST_REASON = 120, 200
_YEAR = re.compile(r"\d{4}")

WRONG = {
    "shape": Words("Bản ghi không đọc được. Ghi lại mũi này.", "This record cannot be read. Write the dose down again."),
    "key": Words(
        "Một mũi khác đã gửi cùng mã. Ghi lại mũi này.", "Another dose was sent under the same key. Write it down again."
    ),
    "session": Words(
        "Buổi tiêm này không có hoặc không phải của đơn vị bạn. Tải lại danh sách.",
        "There is no such session of your unit. Load the list again.",
    ),
    "closed": Words(
        "Buổi tiêm đã đóng. Nhờ người phụ trách mở lại rồi gửi lại.",
        "The session is closed. Ask whoever runs it to open it again, then send again.",
    ),
    "person": Words("Người này không còn trong sổ. Tìm lại.", "This person is not in the books. Look again."),
    "name": Words("Thiếu họ tên. Ghi họ tên như trên giấy tờ.", "The name is missing. Write it as on the card."),
    "born": Words(
        "Ngày sinh {about} không đúng. Ghi như trên giấy tờ.", "The day of birth {about} is not right. Write it as on the card."
    ),
    "identity_number": Words(
        "Số CCCD {about} không đúng: 12 số, khớp năm sinh và giới tính. Đọc lại trên thẻ, hoặc để trống.",
        "The card number {about} is not right: 12 digits that fit year and sex. Read the card again, or leave it out.",
    ),
    "product": Words("Không có vắc xin “{about}”. Chọn lại.", "There is no vaccine “{about}”. Choose again."),
    "number": Words("Mũi thứ {about} không có. Chọn từ 1 đến 9.", "There is no dose {about}. Choose 1 to 9."),
    "time": Words("Giờ tiêm không đọc được. Ghi lại mũi này.", "The time cannot be read. Write the dose down again."),
    "again": Words(
        "{about} Nếu ghi nhầm hai lần, bỏ mũi này. Nếu thật sự tiêm hai lần, sửa và ghi lý do.",
        "This person was given a dose today already. Written down twice: drop this one. Really given twice: say why.",
    ),
}  # fmt: skip


class Unfit(ValueError):
    """A record that cannot be taken in: a code of `WRONG`, and the value it is about."""

    def __init__(self, code: str, about: object = "") -> None:
        super().__init__(code)
        self.code = code
        self.about = str(about)[:120]

    @property
    def words(self) -> Words:
        """What happened and what to do."""
        return Words(*(text.format(about=self.about) for text in WRONG[self.code]))


@dataclass(frozen=True, slots=True)
class Sent:
    """One dose as the phone sent it, with everything in its own type."""

    key: UUID
    digest: str
    session: int
    person: int | None
    entry: int | None
    written: Written
    number: int
    product: str
    lot: int | None
    lot_number: str
    phone_at: datetime
    group: str
    overridden: frozenset[str]
    reason: str
    consent: bool


def read(raw: object, products: Mapping[str, Any], ahead: timedelta = timedelta(0)) -> Sent:
    """One record of a batch. Raises `Unfit` for what cannot be taken in; what is only against the rule is no matter here."""
    if not isinstance(raw, dict):
        raise Unfit("shape")
    content = {name: raw.get(name) for name in _CONTENT}
    product = _text(content["product"], 20)
    if product not in products:
        raise Unfit("product", product)
    number = content["number"]
    if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= 9:
        raise Unfit("number", number)
    codes = content["overridden"] if isinstance(content["overridden"], list) else []
    return Sent(
        key_of(raw), digest_of(content), _row(content["session"], "session"), _row_or_none(content["person"], "person"),
        _row_or_none(content["entry"], "shape"),
        written_of(content["identity"]), number, product, _row_or_none(content["lot"], "shape"),
        _text(content["lot_number"], 60), _moment(content["at"]) + ahead, _text(content["group"], 30),
        frozenset(one for one in codes if isinstance(one, str) and one in WAYS), _text(content["reason"], _LONGEST_REASON),
        content["consent"] is True,
    )  # fmt: skip


def written_of(raw: object) -> Written:
    """The identity of a record. Raises `Unfit`."""
    if not isinstance(raw, dict):
        raise Unfit("shape")
    name = _text(raw.get("name"), _LONGEST_NAME)
    if not name:
        raise Unfit("name")
    birth_date, birth_year = born_of(raw.get("born"))
    sex = _text(raw.get("sex"), 1)
    number = _text(raw.get("number"), 20)
    try:
        number = identity_number(number, sex=sex, birth_year=birth_year) if number else ""
    except NotAnIdentity as problem:
        raise Unfit("identity_number", number) from problem
    return Written(
        name, sex if sex in ("F", "M") else "", birth_date, birth_year, number,
        phone_number(_text(raw.get("phone"), 30)), _text(raw.get("address"), 200),
    )  # fmt: skip


def born_of(value: object) -> tuple[date | None, int | None]:
    """A day as 1980-01-31, or a year. Raises `Unfit`."""
    text = _text(value, 10)
    if not text:
        return None, None
    if _YEAR.fullmatch(text) and int(text) > 0:
        return None, int(text)
    try:
        day = date.fromisoformat(text)
    except ValueError as problem:
        raise Unfit("born", text) from problem
    return day, day.year


def key_of(raw: object) -> UUID:
    """The idempotency key of a record. Raises `Unfit` where there is none."""
    try:
        return record_key(raw)
    except UnfitRecord as problem:
        raise Unfit("shape", "key") from problem


def _moment(value: object) -> datetime:
    try:
        return moment_of(value)
    except UnfitRecord as problem:
        raise Unfit("time", value) from problem


def _row(value: object, code: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 1 << 62:
        raise Unfit(code, value)
    return value


def _row_or_none(value: object, code: str) -> int | None:
    return None if value in (None, 0, "") else _row(value, code)


def _text(value: object, longest: int) -> str:
    return " ".join(str(value).replace("\0", "").split())[:longest] if value else ""
