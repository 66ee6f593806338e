"""Which values of a reading a person should look at first. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

# The column that holds a value, and what the reading calls its place in the text; in the order of the page.
FIELDS: tuple[tuple[str, str], ...] = (
    ("issuer", "issuer"), ("kind", "doc_type"), ("number", "number"), ("symbol", "symbol"), ("issued_on", "date"),
    ("place", "place"), ("subject", "subject"), ("urgency", "urgency"), ("signer_name", "signer"),
    ("recipients", "recipients"), ("distribution", "distribution"),
)  # fmt: skip
# A paper may well have none of these; that nothing was read of them is no reason to doubt.
_OPTIONAL = ("urgency", "recipients", "distribution", "place")


@dataclass(frozen=True)
class FieldReading:
    """One value of a document as the page shows it: what to look at first, and where it stands in the text."""

    column: str
    value: Any
    anchor: str
    confirmed: bool
    missing: bool
    repaired: bool

    @property
    def certain(self) -> bool:
        """Read without a repair, or left out where a paper may leave it out."""
        return not self.missing and not self.repaired

    @property
    def rank(self) -> int:
        """Doubtful first, then what nobody has confirmed, then the rest."""
        return 2 if self.confirmed else 1 if self.certain else 0


def field_readings(values: dict[str, Any], reading: dict[str, Any], confirmed: Sequence[str]) -> list[FieldReading]:
    """The fields of a document, those that a person should look at first."""
    spans = reading.get("spans") or {}
    repairs = [tuple(one["span"]) for one in reading.get("warnings") or [] if one.get("span")]
    found = []
    for column, name in FIELDS:
        span = spans.get(name)
        touched = span is not None and any(start < span[1] and span[0] < end for start, end in repairs)
        missing = not values[column] and column not in _OPTIONAL
        anchor = f"doc-{name}" if span else ""
        found.append(FieldReading(column, values[column], anchor, column in confirmed, missing, touched))
    return sorted(found, key=lambda one: one.rank)
