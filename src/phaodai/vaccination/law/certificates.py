"""What a certificate asks of the rulebook: how long it is good, and how many doses make a full course."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from phaodai.rulebook import Refusal as NoSuchLaw
from phaodai.rulebook import Rulebook
from phaodai.rulebook.rules.calendar import months_after

THREE_DOSES = frozenset({"abdala"})
"""Products whose third dose belongs to the course; the rulebook's row says "from memory" until somebody verifies it."""


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
    return 3 if product in THREE_DOSES else 2


def _concluded(book: Rulebook, product: str, number: int, on: date) -> bool:
    try:
        decision = book.decide("vaccine-interval", on, {"product": product, "dose_number": number, "last_dose_on": on})
    except NoSuchLaw:
        return False
    return decision.status == "concluded"


def last_day(issued_on: date, months: int) -> date:
    """The last day of a certificate: the same day of the month so many months later, or that month's last."""
    later = months_after(np.array([issued_on], "datetime64[D]"), np.array([float(months)]))
    day: date = later[0].astype(date)
    return day
