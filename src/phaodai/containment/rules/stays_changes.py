"""What a change of rule does to those inside: the end by the rule of their admission beside the end by the new one. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from phaodai.containment.rules.stays import Plan, ask_law, plan_by_law
from phaodai.rulebook import Rulebook

NEW, SHORTER, OLD = "new", "shorter", "old"


@dataclass(frozen=True)
class Standing:
    """One stay as it stands: what the rule was asked, and when it ends by the rule of its admission."""

    stay: int
    kind: str
    day_zero: date
    facts: Mapping[str, Any]
    release_on: date
    version: str


@dataclass(frozen=True)
class Turn:
    """One stay under another rule. `plan` is None where the new rule concludes nothing or asks for no quarantine."""

    standing: Standing
    plan: Plan | None
    version: str
    free_at_once: bool

    @property
    def release_on(self) -> date | None:
        """The end under the new rule; None where it concludes nothing."""
        return self.plan.release_on if self.plan else None

    @property
    def days(self) -> int | None:
        """By how many days the end moves: negative is earlier."""
        return (self.release_on - self.standing.release_on).days if self.release_on else None

    def taken(self, choice: str) -> bool:
        """Whether a decider's choice puts this stay under the new rule."""
        if choice == OLD or self.plan is None or self.days == 0:
            return False
        return choice == NEW or (self.days or 0) < 0


def turns_of(book: Rulebook, on: date, standings: Iterable[Standing]) -> list[Turn]:
    """Each stay whose rule is no longer the one in force on `on`."""
    found = (_turn(book, on, one) for one in standings)
    return [one for one in found if one.version != one.standing.version]


def _turn(book: Rulebook, on: date, standing: Standing) -> Turn:
    decision = ask_law(book, on, standing.kind, standing.day_zero, standing.facts)
    plan = plan_by_law(decision, standing.day_zero) if decision else None
    free = decision is not None and decision.outcome is not None and not decision.outcome["isolate_days"]
    return Turn(standing, plan, decision.version if decision else "", free)
