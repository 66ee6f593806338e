"""When a reading of somebody at home is an alarm, and how far up an unanswered alarm has gone. Pure.

What the law supports: a value at which the rule `home-care` in force no longer lets a case stay at home is an alarm, with that
rule's document. The rest is a working list and says so: Decision 261/QĐ-BYT names eleven warning signs, and its annex was not
read.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from phaodai.rulebook import Decision, Rulebook
from phaodai.rulebook import Refusal as NoSuchLaw

HOME_CARE, CLINICAL = "home-care", "clinical"
MEASURED = ("spo2", "respiratory_rate")
WORKING = "working"

URGENT_SIGNS = (
    "breathlessness",
    "chest pain",
    "blue lips",
    "confusion",
    "convulsion",
    "cannot drink",
    "bleeding",
)
SOON_SIGNS = ("high fever", "vomiting", "worse")
SIGNS = (*URGENT_SIGNS, *SOON_SIGNS)
FEVER_FROM = 39.0
"""Degrees Celsius. A working value: no document that was read sets it."""
WORSE = "worse"

PATIENCE = {True: timedelta(minutes=10), False: timedelta(minutes=60)}
"""How long each step waits for an answer, urgent or not, before the next one is told. Working values of ours."""
LAST_STEP = 2


@dataclass(frozen=True)
class Taken:
    """What was measured and ticked. Values that nobody measured are None."""

    spo2: int | None = None
    temperature: float | None = None
    respiratory_rate: int | None = None
    pulse: int | None = None
    feeling: str = ""
    signs: Collection[str] = ()
    words: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing at all of the person."""
        measured = (self.spo2, self.temperature, self.respiratory_rate, self.pulse)
        return not self.signs and not self.feeling and all(value is None for value in measured)


@dataclass(frozen=True)
class Finding:
    """One reason for an alarm. `source` is the version of the provision, or "working" where no document was read."""

    code: str
    urgent: bool
    source: str
    document: str = ""
    confidence: str = ""
    value: float | None = None

    def as_data(self) -> dict[str, Any]:
        """As it is kept with the reading."""
        return dict(vars(self))


def findings_of(book: Rulebook, on: date, taken: Taken) -> tuple[Finding, ...]:
    """Everything in a reading that raises an alarm on a day, the urgent first; empty: all is well."""
    known = [sign for sign in SIGNS if sign in set(taken.signs) | _from_values(taken)]
    by_list = [Finding(sign, sign in URGENT_SIGNS, WORKING) for sign in known]
    found = [*_by_law(book, on, taken), *by_list]
    return tuple(sorted(found, key=lambda one: not one.urgent))


def _from_values(taken: Taken) -> set[str]:
    """Signs of the working list that the thermometer or the family's own word gives."""
    hot = {"high fever"} if taken.temperature is not None and taken.temperature >= FEVER_FROM else set()
    return hot | ({WORSE} if taken.feeling == WORSE else set())


def _by_law(book: Rulebook, on: date, taken: Taken) -> list[Finding]:
    """The measured values that the rule in force does not allow at home, each on its own."""
    values = {name: getattr(taken, name) for name in MEASURED if getattr(taken, name) is not None}
    found = []
    for name, value in values.items():
        decision = ask_clinical(book, on, {name: value})
        if decision is not None and decision.document is not None:
            number = decision.document.number
            found.append(
                Finding(
                    name,
                    urgent=True,
                    source=decision.version,
                    document=number,
                    confidence=decision.confidence,
                    value=float(value),
                )
            )
    return found


def ask_clinical(book: Rulebook, on: date, values: Mapping[str, Any]) -> Decision | None:
    """The decision by which `home-care` refuses these values; None where it does not, or no document is in force."""
    try:
        decision = book.decide(HOME_CARE, on, values)
    except NoSuchLaw:
        return None
    refused = decision.outcome is False and decision.version.startswith(f"{HOME_CARE}/{CLINICAL}@")
    return decision if refused else None


def step_due(*, urgent: bool, reached: int, reached_at: datetime, moment: datetime) -> bool:
    """Whether an unanswered alarm is to be passed on to the next step now."""
    return reached < LAST_STEP and moment >= reached_at + PATIENCE[urgent]
