"""Whether somebody is a case, by the case definition in force on the day of the result."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from phaodai.rulebook import Refusal, Rulebook
from phaodai.rulebook.record import as_record

RULE = "case-class"
PCR, ANTIGEN, POSITIVE = "pcr", "antigen", "positive"
CONFIRMED, SUSPECTED = "confirmed", "suspected"
CONCLUDED = "concluded"
WHO_DEFINITION = "WHO/2019-nCoV/Surveillance_Case_Definition/2020.2"
"""A person with a positive nucleic acid test is a confirmed case."""
_BETWEEN = re.compile(r"[,;+/\n]|\bvà\b|\band\b")
_FEVER, _COUGH = re.compile(r"\b(sốt|fever)\b", re.IGNORECASE), re.compile(r"\b(ho|cough)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Sample:
    """One sample with its answer."""

    method: str
    result: str
    sampled_at: datetime


@dataclass(frozen=True)
class Evidence:
    """What speaks for a case. `symptoms` as told, parted by commas; None where nobody knows."""

    samples: Sequence[Sample] = ()
    symptoms: str = ""
    symptomatic: bool | None = None
    contact_of_case: bool | None = None
    epidemiological_factor: bool | None = None


@dataclass(frozen=True)
class Classified:
    """`outcome`: confirmed, suspected, or None where the law gives none; `record` is kept and shown with its reason."""

    outcome: str | None
    record: dict[str, Any] = field(default_factory=dict)
    provisional: str | None = None
    """Where the law gives no outcome: what the definition of the World Health Organization gives meanwhile."""


def facts_of(evidence: Evidence) -> dict[str, Any]:
    """The facts of the rule, without those that nobody knows."""
    positive = [one for one in evidence.samples if one.result == POSITIVE]
    rapid = sorted(one.sampled_at for one in positive if one.method == ANTIGEN)
    symptoms = [part for part in _BETWEEN.split(evidence.symptoms) if part.strip()]
    facts: dict[str, Any] = {
        "pcr_positive": any(one.method == PCR for one in positive),
        "antigen_positive": bool(rapid),
        "hours_between_antigen_tests": (rapid[-1] - rapid[-2]).total_seconds() / 3600 if len(rapid) > 1 else None,
        "symptomatic": True if symptoms else evidence.symptomatic,
        "symptom_count": len(symptoms) if symptoms else None,
        "fever_and_cough": bool(_FEVER.search(evidence.symptoms) and _COUGH.search(evidence.symptoms))
        if symptoms
        else None,
        "contact_of_case": evidence.contact_of_case,
        "epidemiological_factor": evidence.contact_of_case or evidence.epidemiological_factor,
    }
    return {name: value for name, value in facts.items() if value is not None}


def classify(book: Rulebook, on: date, evidence: Evidence) -> Classified:
    """What the definition in force on `on` says.

    No outcome where no definition of that day was read, where a value is unverified, or where none of the definitions
    that were read fits: then `provisional` says what the World Health Organization's definition would, marked as no law.
    """
    facts = facts_of(evidence)
    found = _by_law(book, on, facts)
    if found.outcome is None and facts["pcr_positive"]:
        return Classified(None, found.record | {"provisional": WHO_DEFINITION}, CONFIRMED)
    return found


def _by_law(book: Rulebook, on: date, facts: dict[str, Any]) -> Classified:
    try:
        decision = book.decide(RULE, on, facts)
    except Refusal as refusal:
        return Classified(None, _unread(on, facts, refusal))
    outcome = decision.outcome if decision.status == CONCLUDED and decision.outcome in (CONFIRMED, SUSPECTED) else None
    return Classified(outcome, as_record(decision))


def _unread(on: date, facts: dict[str, Any], refusal: Refusal) -> dict[str, Any]:
    """The record of a day whose definition is not in the rulebook."""
    return {
        "outcome": None,
        "status": "unprovided",
        "figures": facts,
        "rule": RULE,
        "on": on.isoformat(),
        "document": None,
        "clause": None,
        "why": refusal.words._asdict(),
        "awaiting_verification": [],
    }
