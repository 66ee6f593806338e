"""The typed tree that a document is read into: `Reading` and its parts.

Every part keeps `span`, the half-open interval of characters of `Reading.text` that it came from, so that a screen can
light it. Texts are as printed; only `value`, `date` and `id` are worked out. What the document does not say is None or
an empty tuple.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed: `authority` lines as printed, `codes` (TM, T/M, KT ...) without the final full stop."""

    name: str | None = None
    title: str | None = None
    authority: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Copy:
    """One line of the distribution list; `note` is why it is sent (b/c), `group` the heading it stands under."""

    name: str
    note: str | None = None
    group: str | None = None
    span: Span = (0, 0)


@dataclass(frozen=True, slots=True)
class Stamp:
    """The stamp of the office that received the document, never the document's own number and date."""

    office: str | None = None
    number: str | None = None
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Meta:
    """The fields of the letterhead, the addressees and the signature block."""

    doc_type: str | None = None
    system: str | None = None
    issuer: str | None = None
    issuer_parent: str | None = None
    number: str | None = None
    symbol: str | None = None
    place: str | None = None
    date: dt.date | None = None
    province: str | None = None
    subject: str | None = None
    urgency: str | None = None
    recipients: tuple[str, ...] = ()
    ordering_body: str | None = None
    signer: Signer = Signer()
    distribution: tuple[Copy, ...] = ()
    archive: str | None = None
    receiving_stamp: Stamp | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """Another document that this one names; `relation` is replaces, basis or cites."""

    raw: str
    type: str | None
    number: str | None
    symbol: str | None
    date: dt.date | None
    issuer: str | None
    relation: str
    span: Span
    mentions: int = 1


@dataclass(frozen=True, slots=True)
class Agency:
    """A body that a section orders; `inherited` when the order to it stands in the section above."""

    name: str
    role: str
    inherited: bool
    raw: str
    span: Span


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when: `date`, or only `raw` when it is relative; `time` HH:MM; `recurrence` daily, weekly ..."""

    raw: str
    date: dt.date | None
    time: str | None
    recurrence: str | None
    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Quantity:
    """A counted or measured amount; `value` is a pair for a range such as 100-150 mm."""

    raw: str
    value: float | int | tuple[float | int, float | int]
    unit: str
    span: Span


@dataclass(frozen=True, slots=True)
class Reporting:
    """A duty to report: who, to whom, how often."""

    by: str | None
    to: tuple[str, ...]
    frequency: str | None
    raw: str
    span: Span


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of the body; `text` is its own text without that of `children`."""

    id: str
    marker: str | None
    first_words: str
    text: str
    kind: str
    agencies: tuple[Agency, ...]
    deadlines: tuple[Deadline, ...]
    quantities: tuple[Quantity, ...]
    reporting: tuple[Reporting, ...]
    children: tuple[Section, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Doubt:
    """A repair that was made or a reading that a person should check; `where` names the field or section."""

    where: str
    what: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as data. `text` is the normalised source; every span counts characters of it."""

    meta: Meta
    references: tuple[Reference, ...]
    sections: tuple[Section, ...]
    warnings: tuple[Doubt, ...]
    text: str
    spans: dict[str, Span] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The reading in the layout of `phaodai read-directive --json`: plain lists, dicts and ISO dates."""
        meta = plain(self.meta)
        meta["spans"] = {name: list(span) for name, span in self.spans.items()}
        return {
            "meta": meta,
            "references": plain(self.references),
            "sections": plain(self.sections),
            "warnings": plain(self.warnings),
        }


def plain(value: Any) -> Any:
    """A value of the tree as JSON data."""
    if is_dataclass(value) and not isinstance(value, type):
        return {part.name: plain(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(part) for part in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return value
