"""Legal documents: what each value of a pack rests on, and which of two documents outranks the other."""

import datetime as dt
from dataclasses import dataclass

from phaodai.rulebook.words import Words

# From the strongest to the weakest, after Article 4 of the Law on the promulgation of legal documents (80/2015/QH13);
# letters and press reports are no legal documents and stand at the end.
RANKS = (
    "law",
    "standing-committee",
    "decree",
    "government-resolution",
    "prime-minister",
    "circular",
    "ministry-decision",
    "ministry-letter",
    "province-decision",
    "province-letter",
    "report",
)


@dataclass(frozen=True, slots=True)
class Document:
    """One document that a value cites.

    `number` is the official number and symbol as printed ("4800/QĐ-BYT"), or a name where the number was not read.
    `confidence` says how surely the document itself is known, on the letters of `Confidence`.
    """

    number: str
    kind: str
    issuer: str
    date: dt.date
    rank: str
    confidence: str
    subject: Words
    note: str = ""

    @property
    def strength(self) -> int:
        """Larger is stronger."""
        return len(RANKS) - RANKS.index(self.rank)

    def as_dict(self) -> dict[str, object]:
        """The document as the decision's JSON shows it."""
        return {
            "number": self.number,
            "kind": self.kind,
            "issuer": self.issuer,
            "date": self.date.isoformat(),
            "confidence": self.confidence,
            "subject": self.subject._asdict(),
        }
