"""Who is cared for at home and when it ends, as the rulebook answers. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from phaodai.rulebook import Decision, Rulebook
from phaodai.rulebook import Refusal as NoSuchLaw
from phaodai.rulebook.record import as_record
from phaodai.surveillance.rules.follow_up import KEPT

HOME_CARE, RELEASE = "home-care", "isolation-release"
CONDITIONS = ("own_room", "telephone", "thermometer", "oximeter", "water_and_toilet")
"""What a home is looked at for. A working list: what the documents that were read ask of the home itself is not in them."""


def ask_home_care(book: Rulebook, on: date, facts: Mapping[str, Any]) -> Decision | None:
    """What `home-care` says of a case on a day; None where no document is in force.

    Facts: symptoms, respiratory_rate, spo2, age, comorbidity, comorbidity_stable, doses, last_dose_on, carer.
    """
    return _ask(book, HOME_CARE, on, facts)


def ask_release(book: Rulebook, on: date, facts: Mapping[str, Any]) -> Decision | None:
    """What `isolation-release` says of somebody at home on a day; None where no document is in force.

    Facts: since_on, negative_test_on, fully_vaccinated, symptoms_end_on.
    """
    return _ask(book, RELEASE, on, {**facts, "setting": "home"})


def _ask(book: Rulebook, rule: str, on: date, facts: Mapping[str, Any]) -> Decision | None:
    try:
        return book.decide(rule, on, {name: value for name, value in facts.items() if value not in (None, "")})
    except NoSuchLaw:
        return None


def kept(decision: Decision | None, rule: str) -> dict[str, Any]:
    """A decision as it is kept with the care: enough to say years later why."""
    if decision is None:
        return {"status": "no-law", "rule": rule}
    record = as_record(decision)
    return {name: record[name] for name in KEPT}
