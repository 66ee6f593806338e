"""A province's own layer over the national pack: values that it sets and values that its legal officer has verified."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from phaodai.rulebook.conditions import Every, read_when
from phaodai.rulebook.documents import Document
from phaodai.rulebook.errors import Refusal
from phaodai.rulebook.facts import Fact
from phaodai.rulebook.provisions import Provision, State
from phaodai.rulebook.words import Words


@dataclass(frozen=True, slots=True)
class OverlayEntry:
    """One value entered by an officer who holds the text of the document and signs for it.

    table, row: the value it sets; a row that the pack does not know needs `when` and `reason`.
    then: the value, in the form of the table; None where `state` is "abolished" and nothing applies any more.
    scope: code of the unit in which it counts.
    """

    table: str
    row: str
    begin: dt.date
    end: dt.date | None
    then: Any
    document: Document
    clause: str
    scope: str
    signed_by: str
    signed_on: dt.date
    when: Mapping[str, Any] | None = None
    reason: Words | None = None
    note: str = ""
    state: State = "set"


def provisions_of(
    entries: Iterable[OverlayEntry], known: Mapping[str, Iterable[Provision]], facts: Mapping[str, Fact]
) -> list[Provision]:
    """The entries as provisions; condition, reason and order come from the value they replace unless given."""
    return [_provision(entry, _replaced(entry, known), facts) for entry in entries]


def _replaced(entry: OverlayEntry, known: Mapping[str, Iterable[Provision]]) -> Provision | None:
    if entry.table not in known:
        raise Refusal(f"no table '{entry.table}' in this rulebook; choose one of: {', '.join(sorted(known))}")
    versions = [one for one in known[entry.table] if one.row == entry.row]
    current = [one for one in versions if one.counts_on(entry.begin)]
    return max(current or versions, key=lambda one: one.precedence, default=None)


def _provision(entry: OverlayEntry, replaced: Provision | None, facts: Mapping[str, Fact]) -> Provision:
    if replaced is None and (entry.when is None or entry.reason is None):
        raise Refusal(f"{entry.table} has no row '{entry.row}'; a new row needs 'when' and 'reason'")
    return Provision(
        table=entry.table,
        row=entry.row,
        begin=entry.begin,
        end=entry.end,
        when=_when(entry, replaced, facts),
        then=entry.then,
        document=entry.document,
        confidence="A",
        reason=entry.reason or (replaced.reason if replaced else Words("", "")),
        clause=entry.clause,
        state=entry.state,
        priority=replaced.priority if replaced else 1,
        order=replaced.order if replaced else 0,
        scope=entry.scope,
        note=entry.note,
        verified_by=entry.signed_by,
        verified_on=entry.signed_on,
    )


def _when(entry: OverlayEntry, replaced: Provision | None, facts: Mapping[str, Fact]) -> Every:
    if entry.when is None and replaced is not None:
        return replaced.when
    try:
        return read_when(entry.when or {}, facts)
    except ValueError as error:
        raise Refusal(f"{entry.table}/{entry.row}: {error}") from None
