"""Who may leave a facility by the rule, what is still missing, and when a death must have been reviewed. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from phaodai.rulebook import Refusal as NoSuchLaw
from phaodai.rulebook import Rulebook
from phaodai.rulebook.record import as_record

RELEASE = "isolation-release"
REVIEW_WITHIN = timedelta(days=7)
"""A working rule: no document that was read says how soon a death must be reviewed."""


@dataclass(frozen=True)
class Leaving:
    """Whether somebody may be discharged on a day.

    `may` is None where the law concludes nothing (`missing`: the facts it still needs; empty: no verified rule). `on` is the
    day from which the rule lets them go, None while nothing given ends it.
    """

    may: bool | None
    on: date | None
    missing: tuple[str, ...] = ()
    record: Mapping[str, Any] = field(default_factory=dict)

    @property
    def needs_reason(self) -> bool:
        """Whether a doctor must say on which finding they decide."""
        return self.may is None and not self.missing


def leaving(book: Rulebook, on: date, facts: Mapping[str, Any]) -> Leaving:
    """What `isolation-release` of hospitals in force on a day says.

    Facts: since_on (first day of isolation), symptomatic, symptoms_end_on, negative_test_on, fully_vaccinated.
    """
    asked = {name: value for name, value in facts.items() if value is not None}
    try:
        found = book.decide(RELEASE, on, {"setting": "hospital", **asked})
    except NoSuchLaw:
        return Leaving(None, None)
    if found.outcome is None:
        return Leaving(None, None, found.missing, as_record(found))
    free = found.outcome["on"]
    return Leaving(bool(found.outcome["released"]), free, (), as_record(found))


def review_due(died_on: date) -> date:
    """The day by which a death must have been reviewed."""
    return died_on + REVIEW_WITHIN
