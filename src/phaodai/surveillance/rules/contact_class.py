"""Which contact somebody is, by the rule in force, from how the two met."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from phaodai.rulebook import Rulebook, decision_of
from phaodai.rulebook.record import as_record

RULE = "contact-class"
F1, F2, NONE = "F1", "F2", "none"
FACTS = ("distance_m", "minutes", "masked", "enclosed", "physical", "care_without_ppe")
KEPT = (
    *("outcome", "status", "figures", "assumed", "rule", "version", "on", "document", "clause"),
    *("in_force_from", "in_force_to", "confidence", "why"),
)
# Our own presumption where nobody said otherwise: people under one roof come within the 2 metres of every rule.
HOUSEHOLD_DISTANCE_M = 1
# Kinds of place that are closed rooms as a rule; markets and other places may be in the open, so nothing is presumed.
ENCLOSED = frozenset({"shop", "school", "workplace", "health", "worship", "transport", "gathering", "office", "home"})

Of = Literal["F0", "F1"]


@dataclass(frozen=True)
class Exposure:
    """How somebody met a case (`of` F0) or a contact (`of` F1); `stated` are facts that somebody observed or asked."""

    of: Of
    via: str
    minutes: int | None = None
    place_kind: str = ""
    stated: Mapping[str, Any] | None = None


def presumed(exposure: Exposure) -> dict[str, Any]:
    """What goes without saying until somebody says otherwise."""
    if exposure.via == "household":
        return {"distance_m": HOUSEHOLD_DISTANCE_M, "enclosed": True}
    return {"enclosed": True} if exposure.place_kind in ENCLOSED else {}


def facts_of(exposure: Exposure) -> dict[str, Any]:
    """The facts of the rule: what is presumed, measured, and above both what was stated."""
    measured = {} if exposure.minutes is None else {"minutes": exposure.minutes}
    stated = {name: value for name, value in (exposure.stated or {}).items() if name in FACTS and value is not None}
    return {"of": exposure.of, **presumed(exposure), **measured, **stated}


def classify(book: Rulebook, on: date, exposures: Sequence[Exposure]) -> list[dict[str, Any]]:
    """The decision about each exposure as plain data: the fields `KEPT` of a rulebook record, `missing` and `presumed`.

    `outcome` is "F1", "F2" or "none", and None where a fact is missing or the value that would decide awaits
    verification. Raises the rulebook's Refusal where no version of the rule is in force on the day.
    """
    facts = [facts_of(exposure) for exposure in exposures]
    places: dict[tuple[tuple[str, Any], ...], int] = {}
    order = [places.setdefault(tuple(sorted(one.items())), len(places)) for one in facts]
    records = _decided(book, on, [dict(key) for key in places])
    return [records[place] | _taken(one) for place, one in zip(order, exposures, strict=True)]


def _decided(book: Rulebook, on: date, facts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One record for each different set of facts: of a market's thousand visitors only some dozens differ."""
    if not facts:
        return []
    names = dict.fromkeys(name for one in facts for name in one)
    columns = {name: [one.get(name) for one in facts] for name in names}
    findings = book.decide_many(RULE, on, columns)
    decisions = [decision_of(findings, case) for case in range(len(facts))]
    return [_kept(as_record(one)) | {"missing": list(one.missing)} for one in decisions]


def _kept(record: dict[str, Any]) -> dict[str, Any]:
    return {name: record[name] for name in KEPT}


def _taken(exposure: Exposure) -> dict[str, Any]:
    """Which of the facts nobody has stated."""
    stated = exposure.stated or {}
    return {"presumed": [name for name in presumed(exposure) if stated.get(name) is None]}
