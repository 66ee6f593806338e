"""Identity numbers of Vietnam and telephone numbers: their form, what they say of their holder, and the card's QR text.

A CCCD has 12 digits: three of the province of birth registration, one of century and sex, two of the year of birth, six
without meaning (Nghị định 137/2015/NĐ-CP, điều 13; codes of provinces and of century and sex: Thông tư 59/2021/TT-BCA,
điều 4 and its annex). The older CMND has 9 digits. The QR of the chip card holds, parted by bars: CCCD, CMND, full name,
date of birth, sex, address, date of issue; days as ddmmyyyy.
"""

import re
from dataclasses import dataclass
from datetime import date

# Codes of the provinces that Thông tư 59/2021/TT-BCA lists in its annex; others were never given to anybody.
PROVINCES = frozenset(
    f"{code:03d}"
    for code in (
        1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37, 38, 40, 42, 44,
        45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89,
        91, 92, 93, 94, 95, 96,
    )
)  # fmt: skip
_NOT_DIGITS = re.compile(r"\D")
_QR_DAY = re.compile(r"(\d{2})(\d{2})(\d{4})")


@dataclass(frozen=True, slots=True)
class CitizenCard:
    """What the 12 digits say: where the birth was registered, the sex (F, M) and the year of birth."""

    number: str
    province: str
    sex: str
    birth_year: int


@dataclass(frozen=True, slots=True)
class CardText:
    """What the QR of a card says. Empty where a field of it is empty."""

    card: CitizenCard
    old_number: str
    full_name: str
    birth_date: date | None
    sex: str
    address: str
    issued_on: date | None


class NotAnIdentity(ValueError):
    """Why a number is no identity number: `length`, `province`, `year`, `sex`, or `form` of a QR text."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def digits_of(text: str) -> str:
    """The digits of a number as people write it: 012 345.678-901."""
    return _NOT_DIGITS.sub("", text)


def citizen_card(number: str) -> CitizenCard:
    """What a 12 digit number says. Raises `NotAnIdentity`."""
    if len(number) != 12 or not number.isdigit():
        raise NotAnIdentity("length")
    if number[:3] not in PROVINCES:
        raise NotAnIdentity("province")
    century = 1900 + 100 * (int(number[3]) // 2)
    return CitizenCard(number, number[:3], "FM"[int(number[3]) % 2 == 0], century + int(number[4:6]))


def identity_number(text: str, *, sex: str = "", birth_year: int | None = None) -> str:
    """The number in its plain form, checked against what else is known. Raises `NotAnIdentity`.

    A sheet that kept the number as a figure lost its leading zeros: they are put back where the result says the same as
    the sheet does of sex and year of birth.
    """
    number = digits_of(text)
    if len(number) == 9:
        return number
    if len(number) in (10, 11) and (sex or birth_year):
        return _with_zeros(number.zfill(12), sex, birth_year)
    card = citizen_card(number)
    if birth_year and card.birth_year != birth_year:
        raise NotAnIdentity("year")
    if sex and card.sex != sex:
        raise NotAnIdentity("sex")
    return number


def _with_zeros(number: str, sex: str, birth_year: int | None) -> str:
    try:
        return identity_number(number, sex=sex, birth_year=birth_year)
    except NotAnIdentity:
        raise NotAnIdentity("length") from None


def card_text(text: str) -> CardText:
    """What the QR of a chip card says. Raises `NotAnIdentity`."""
    parts = [part.strip() for part in text.strip().split("|")]
    if len(parts) < 6:
        raise NotAnIdentity("form")
    number, old, name, born, sex, address, *rest = parts
    card = citizen_card(number)
    named = {"nam": "M", "nữ": "F"}.get(sex.lower(), "")
    if named and named != card.sex:
        raise NotAnIdentity("sex")
    birth = _qr_day(born)
    if birth and birth.year != card.birth_year:
        raise NotAnIdentity("year")
    return CardText(card, old, name, birth, named or card.sex, address, _qr_day(rest[0]) if rest else None)


def _qr_day(text: str) -> date | None:
    found = _QR_DAY.fullmatch(text)
    if not found:
        return None
    try:
        return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        raise NotAnIdentity("form") from None


def phone_number(text: str) -> str:
    """A telephone number with its digits alone, Vietnam's prefix as 0; empty where it is none."""
    number = digits_of(text)
    if number.startswith("84") and len(number) in (11, 12):
        number = f"0{number[2:]}"
    if len(number) == 9 and not number.startswith("0"):
        number = f"0{number}"
    return number if 8 <= len(number) <= 15 else ""
