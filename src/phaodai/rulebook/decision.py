"""Frozen decisions, each with its reasons and everything it rests on."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from phaodai.rulebook import explain
from phaodai.rulebook.documents import Document
from phaodai.rulebook.findings import STATUSES, Findings, Status
from phaodai.rulebook.provisions import Provision
from phaodai.rulebook.tables import Row
from phaodai.rulebook.words import Words


@dataclass(frozen=True)
class Change:
    """One thing that would change the outcome: the fact that would have to move and what would then be decided."""

    fact: str
    words: Words
    outcome: Any


@dataclass(frozen=True)
class Decision:
    """What a rule decides about one case, and everything it rests on.

    outcome: None unless `status` is "concluded".
    status: "unverified" (a value that nobody has verified is needed), "unprovided" (no provision speaks of this case),
    "incomplete" (`missing` facts are needed), "refused" (the facts contradict the rule; `why` says how to mend them).
    version: `table/row@first day` of the provision that decides; `steps` lists all provisions consulted, in order.
    """

    rule: str
    on: dt.date
    status: Status
    outcome: Any
    figures: Mapping[str, Any]
    assumed: Mapping[str, Any]
    missing: tuple[str, ...]
    version: str
    document: Document | None
    documents: tuple[Document, ...]
    clause: str
    in_force_from: dt.date | None
    in_force_to: dt.date | None
    confidence: str
    why: Words
    steps: tuple[Provision, ...] = ()
    losers: tuple[Provision, ...] = ()
    awaiting: tuple[Provision, ...] = ()
    what_would_change_it: tuple[Change, ...] = ()


def decision_of(findings: Findings, case: int = 0) -> Decision:
    """The decision about one case with its reasons (without what would change it: see `Rulebook.decide`)."""
    rows, principal = findings.rows(case), findings.principal(case)
    provisions = tuple(row.provision for row in rows)
    status = STATUSES[findings.status[case]]
    return Decision(
        rule=findings.rule,
        on=findings.inquiry.law.on,
        status=status,
        outcome=findings.outcomes[case],
        figures=findings.figures(case),
        assumed=findings.assumptions(case),
        missing=findings.missing(case) if status == "incomplete" else (),
        version=principal.provision.name if principal else "",
        document=principal.provision.document if principal else None,
        documents=_documents(principal, provisions),
        clause=principal.provision.clause if principal else "",
        in_force_from=principal.provision.begin if principal else None,
        in_force_to=principal.last_day if principal else None,
        confidence=findings.confidence[case],
        why=explain.why(findings, case),
        steps=provisions,
        losers=tuple(loser for row in rows for loser in row.losers),
        awaiting=tuple(one for one in provisions if not one.verified or one.doubtful),
    )


def decisions_of(findings: Findings) -> list[Decision]:
    """The decision about every case."""
    return [decision_of(findings, case) for case in range(len(findings))]


def _documents(principal: Row | None, provisions: tuple[Provision, ...]) -> tuple[Document, ...]:
    """Each document once, the principal one first."""
    ordered = [principal.provision] if principal else []
    ordered += provisions
    found = [document for one in ordered for document in (one.document, *one.further_documents)]
    return tuple(dict.fromkeys(found))
