"""What is kept of a decision about a unit: enough to say years later why, without asking the rulebook of that day."""

from collections.abc import Iterator
from typing import Any

from phaodai.rulebook import Findings, decision_of
from phaodai.rulebook.record import as_record

KEPT = (
    *("status", "figures", "assumed", "rule", "version", "on", "document", "clause", "in_force_from", "in_force_to"),
    *("confidence", "why", "awaiting_verification"),
)


def records_of(findings: Findings) -> Iterator[tuple[int | None, dict[str, Any]]]:
    """Per case the level and its record: plain JSON data with the names of `rulebook.record`."""
    for case in range(len(findings)):
        decision = decision_of(findings, case)
        whole = as_record(decision)
        record = {name: whole[name] for name in KEPT} | {"documents": [one.number for one in decision.documents]}
        yield decision.outcome, record
