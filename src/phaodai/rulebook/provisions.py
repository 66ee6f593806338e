"""Provisions: the dated values of a pack, each one row of one decision table, with the document it rests on."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Literal

from phaodai.rulebook.conditions import Every
from phaodai.rulebook.documents import Document
from phaodai.rulebook.words import Words

Confidence = Literal["A", "B", "E", "C", "D"]
# From the surest on: read in the text; read in secondary text; derived from data; from memory; uncertain.
CONFIDENCES: tuple[Confidence, ...] = ("A", "B", "E", "C", "D")
UNVERIFIED: frozenset[str] = frozenset({"C", "D"})
NATIONAL = ""

State = Literal["set", "announced", "abolished"]
STATES: tuple[State, ...] = ("set", "announced", "abolished")


@dataclass(frozen=True, slots=True)
class Provision:
    """One dated value.

    table, row: which value this is; the versions of one value over time share both.
    begin, end: first and last day on which it counts; end None while nothing ends it.
    when, then: the condition on the case and what follows (a scalar or a table of fields).
    state: "set"; "announced" (promised, no figure yet) or "abolished" (nothing applies any more), `then` being None.
    doubtful: fields of `then` that are less sure than the rest, with their letter.
    scope: "" for the whole country, otherwise the code of the unit whose overlay this is.
    """

    table: str
    row: str
    begin: dt.date
    end: dt.date | None
    when: Every
    then: Any
    document: Document
    confidence: Confidence
    reason: Words
    clause: str = ""
    state: State = "set"
    priority: int = 0
    order: int = 0
    scope: str = NATIONAL
    note: str = ""
    further_documents: tuple[Document, ...] = ()
    doubtful: dict[str, Confidence] = field(default_factory=dict)
    supersedes: tuple[str, ...] = ()
    verified_by: str = ""
    verified_on: dt.date | None = None

    @property
    def verified(self) -> bool:
        """Whether a decision may rest on it."""
        return self.confidence not in UNVERIFIED and self.state != "announced"

    @property
    def precedence(self) -> tuple[bool, dt.date, int, dt.date]:
        """Larger wins: a province's own over the nation's, then the newer, then the higher-ranking document."""
        return (self.scope != NATIONAL, self.begin, self.document.strength, self.document.date)

    @property
    def name(self) -> str:
        """`table/row@first day`: what a stored decision keeps to find this very value again."""
        return f"{self.table}/{self.row}@{self.begin.isoformat()}"

    def counts_on(self, day: dt.date) -> bool:
        return self.begin <= day and (self.end is None or day <= self.end)

    def as_dict(self) -> dict[str, object]:
        """The provision as lists of losers and of values awaiting verification show it."""
        return {
            "value": self.name,
            "then": self.then,
            "document": self.document.number,
            "clause": self.clause or None,
            "in_force_from": self.begin.isoformat(),
            "in_force_to": self.end.isoformat() if self.end else None,
            "confidence": self.confidence,
            "scope": self.scope or "national",
            "note": self.note or None,
        }
