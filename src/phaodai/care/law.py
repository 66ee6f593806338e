"""What care asks of the law as a plain value: the share of its beds that every hospital holds back."""

from dataclasses import dataclass
from datetime import date

from phaodai.rulebook import Rulebook

RESERVE = "treatment.reserve"


@dataclass(frozen=True)
class ReserveLaw:
    """The share, 0 to 1, and where it stands; `confidence` is the letter of how sure the source is."""

    share: float
    document: str
    confidence: str


def reserve_on(book: Rulebook, on: date) -> ReserveLaw | None:
    """The rule of the reserve on a day; None where none is in force that was verified."""
    for row in book.table(RESERVE, on).rows:
        found = row.provision
        if found.verified and isinstance(found.then, float):
            return ReserveLaw(found.then, found.document.number, found.confidence)
    return None
