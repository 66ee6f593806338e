"""What is kept of a decision about a unit: enough to say years later why, without asking the rulebook of that day."""

from collections.abc import Iterator
from typing import Any

from phaodai.rulebook import Findings, reasons_of
from phaodai.rulebook.findings import STATUSES
from phaodai.rulebook.record import awaited
from phaodai.rulebook.tables import Row


def records_of(findings: Findings) -> Iterator[tuple[int | None, dict[str, Any]]]:
    """Per case the level and its record: plain JSON data with the names of `rulebook.record`.

    Cases that the same provisions decided share what those say, which is why this is not made of whole decisions.
    """
    shared: dict[tuple[int, ...], dict[str, Any]] = {}
    status, why, outcomes = findings.status.tolist(), reasons_of(findings), findings.outcomes
    for case, outcome in enumerate(outcomes):
        rows = findings.rows(case)
        key = tuple(map(id, rows))
        if key not in shared:
            shared[key] = _provisions_of(rows, findings.principal(case))
        record = {
            "status": STATUSES[status[case]],
            "figures": findings.figures(case),
            "assumed": findings.assumptions(case),
            "rule": findings.rule,
            "on": findings.inquiry.law.on.isoformat(),
            "confidence": findings.confidence[case],
            "why": why[case]._asdict(),
            **shared[key],
        }
        yield outcome, record


def _provisions_of(rows: list[Row], principal: Row | None) -> dict[str, Any]:
    """What the provisions that decided say of themselves."""
    provisions = [row.provision for row in rows]
    documents = [one for each in provisions for one in (each.document, *each.further_documents)]
    chief = principal.provision if principal else None
    last_day = principal.last_day if principal else None
    return {
        "version": chief.name if chief else None,
        "document": chief.document.number if chief else None,
        "clause": (chief.clause or None) if chief else None,
        "in_force_from": chief.begin.isoformat() if chief else None,
        "in_force_to": last_day.isoformat() if last_day else None,
        "awaiting_verification": [awaited(one) for one in provisions if not one.verified or one.doubtful],
        "documents": list(dict.fromkeys(one.number for one in documents)),
        "provisions": [one.name for one in provisions],
    }
