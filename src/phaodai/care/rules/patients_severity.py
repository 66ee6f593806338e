"""How severe somebody is, on which tier they are treated and which bed they need, by the rule in force. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from phaodai.rulebook import Decision, Rulebook
from phaodai.rulebook import Refusal as NoSuchLaw
from phaodai.rulebook.inquiry import Inquiry
from phaodai.rulebook.record import as_record

TIER_RULE, RISK_RULE, TIER_TABLE = "treatment-tier", "risk-group", "treatment-tier"
SEVERITIES = ("asymptomatic", "mild", "moderate", "severe", "critical")
NEEDS = {"asymptomatic": "plain", "mild": "plain", "moderate": "oxygen", "severe": "oxygen", "critical": "icu"}
"""A working rule: no document that was read says which bed a severity needs; the doctor may choose a better one."""
INTENSIVE = ("high_flow", "mask", "ventilator", "ecmo")
KINDS = ("plain", "oxygen", "icu")


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What was found of somebody; None or empty where nobody looked. `lesion_share` 0 to 1, `spo2` per cent in air."""

    symptoms: tuple[str, ...] = ()
    spo2: int | None = None
    respiratory_rate: int | None = None
    lesion_share: float | None = None
    critical: bool = False
    comorbidity: bool | None = None
    pregnant: bool | None = None
    fully_vaccinated: bool | None = None
    age: float | None = None
    support: str = "none"


@dataclass(frozen=True)
class Judgement:
    """What was made of the findings: `severity` and `tier` None where no verified rule says.

    `decision` and `risk` are the records of both rules (`rulebook.record`), whatever they said.
    """

    severity: str | None
    tier: int | None
    decision: Mapping[str, Any] = field(default_factory=dict)
    risk: Mapping[str, Any] = field(default_factory=dict)

    @property
    def concluded(self) -> bool:
        """Whether the law says how severe this is."""
        return self.severity is not None


def judge(book: Rulebook, on: date, found: Findings) -> Judgement:
    """What `treatment-tier` and `risk-group` in force on a day say of somebody."""
    tiers = _ask(book, TIER_RULE, on, _severity_facts(found))
    risk = _ask(book, RISK_RULE, on, _risk_facts(found))
    outcome = tiers.outcome if tiers is not None and tiers.outcome is not None else {}
    severity, tier = outcome.get("severity"), outcome.get("tier")
    return Judgement(
        severity,
        None if tier is None else int(tier),
        as_record(tiers) if tiers else {},
        as_record(risk) if risk else {},
    )


def _severity_facts(found: Findings) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "symptoms": "mild" if found.symptoms else "none",
        "spo2": found.spo2,
        "respiratory_rate": found.respiratory_rate,
        "lesion_share": found.lesion_share,
        "comorbidity": found.comorbidity,
        "critical": found.critical,
    }
    return facts


def _risk_facts(found: Findings) -> dict[str, Any]:
    names = ("age", "fully_vaccinated", "comorbidity", "pregnant")
    return {name: getattr(found, name) for name in names}


def _ask(book: Rulebook, rule: str, on: date, facts: Mapping[str, Any]) -> Decision | None:
    try:
        return book.decide(rule, on, {name: value for name, value in facts.items() if value is not None})
    except NoSuchLaw:
        return None


def tier_of(book: Rulebook, on: date, severity: str) -> tuple[int | None, str]:
    """The tier that treats a severity which a doctor wrote, and the value of the rulebook that says so; None, "" where none."""
    if not book.table(TIER_TABLE, on).rows:
        return None, ""
    answer = Inquiry(book.law(on), {"severity": np.array([severity])}).ask(TIER_TABLE)
    if not answer.settled[0]:
        return None, ""
    return int(answer.numbers()[0]), answer.table.rows[int(answer.hits[0])].provision.name


def need_of(severity: str, support: str, critical: bool) -> str:  # noqa: FBT001  (three findings, not a switch)
    """The least kind of bed for somebody: plain, oxygen or icu."""
    if critical or support in INTENSIVE:
        return "icu"
    least = NEEDS.get(severity, "plain")
    return "oxygen" if support == "oxygen" and least == "plain" else least


def suits(kind: str, need: str) -> bool:
    """Whether a kind of bed gives what is needed."""
    return KINDS.index(kind) >= KINDS.index(need)


def spends(kind: str, need: str) -> bool:
    """Whether a kind of bed gives more than is needed, so that somebody else may miss it: an intensive-care bed, always."""
    return kind == "icu" and need != "icu"
