"""A decision as plain JSON data: what the command prints, what other contexts store and machines read."""

import datetime as dt
from typing import Any

from phaodai.rulebook.decision import Decision
from phaodai.rulebook.provisions import Provision


def as_record(decision: Decision) -> dict[str, Any]:
    """All fields of a decision; days as ISO text, absent values as None."""
    record: dict[str, Any] = _plain(
        {
            "outcome": decision.outcome,
            "status": decision.status,
            "figures": decision.figures,
            "assumed": decision.assumed,
            "rule": decision.rule,
            "version": decision.version or None,
            "on": decision.on,
            "document": decision.document.number if decision.document else None,
            "clause": decision.clause or None,
            "in_force_from": decision.in_force_from,
            "in_force_to": decision.in_force_to,
            "confidence": decision.confidence,
            "why": decision.why._asdict(),
            "what_would_change_it": [
                {"fact": one.fact, "outcome": one.outcome, **one.words._asdict()}
                for one in decision.what_would_change_it
            ],
            "awaiting_verification": [awaited(one) for one in decision.awaiting],
            "losers": [one.as_dict() for one in decision.losers],
            "values": [one.as_dict() for one in decision.steps],
            "documents": [one.as_dict() for one in decision.documents],
        }
    )
    return record


def awaited(provision: Provision) -> dict[str, Any]:
    """What has to be verified: the value's name, its document, and the fields if only those are in doubt."""
    whole = not provision.verified
    return {
        "value": provision.name,
        "fields": [] if whole else sorted(provision.doubtful),
        "document": provision.document.number,
        "note": provision.note or None,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value
