"""What a certificate asks of the rulebook: how long it is good, and how many doses make a full course."""

from dataclasses import dataclass
from datetime import date

from phaodai.rulebook import Refusal as NoSuchLaw
from phaodai.rulebook import Rulebook

_MOST_DOSES = 3


@dataclass(frozen=True)
class Validity:
    """For how many months a certificate is good, and which document says so."""

    months: int
    document: str


def validity_on(book: Rulebook, on: date) -> Validity | None:
    """The rule in force on a day; None where there is none, or none that was verified."""
    rows = (one.provision for one in book.table("vaccination", on).rows if one.provision.row == "certificate-months")
    found = next((one for one in rows if one.verified), None)
    return Validity(int(found.then), found.document.number) if found else None


def course_of(book: Rulebook, product: str, on: date) -> int | None:
    """How many doses make a full course of a product: as far as the interval rule goes without a booster.

    None where the second dose rests on a value that nobody has verified, or on none at all.
    """
    if not _concluded(book, product, 2, on):
        return None
    return _MOST_DOSES if product in THREE_DOSES else 2


THREE_DOSES = frozenset({"abdala"})
"""Products whose third dose belongs to the course (decision 3588/QĐ-BYT as later amended; the row says from memory)."""


def _concluded(book: Rulebook, product: str, number: int, on: date) -> bool:
    try:
        decision = book.decide("vaccine-interval", on, {"product": product, "dose_number": number, "last_dose_on": on})
    except NoSuchLaw:
        return False
    return decision.status == "concluded"


def last_day(issued_on: date, months: int) -> date:
    """The same day of the month so many months later, or that month's last."""
    year, month = divmod(issued_on.year * 12 + issued_on.month - 1 + months, 12)
    for day in (issued_on.day, 30, 29, 28):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    raise AssertionError
