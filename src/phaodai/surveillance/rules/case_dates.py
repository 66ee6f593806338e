"""Days of a case that contradict each other. The same checks serve a form, a sheet and the interface."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Contradiction(StrEnum):
    """What cannot be; each has its sentence in both languages."""

    FUTURE = "future"
    BEFORE_BIRTH = "before_birth"
    AFTER_DEATH = "after_death"
    RESULT_BEFORE_SAMPLE = "result_before_sample"
    OUTCOME_BEFORE_ONSET = "outcome_before_onset"
    EXPOSURE_TURNED = "exposure_turned"


@dataclass(frozen=True)
class Finding:
    """One contradiction: the field to mend and the days that do not go together."""

    kind: Contradiction
    field: str
    day: date
    other: date | None = None


@dataclass(frozen=True, kw_only=True)
class Days:
    """The days of a case and of the person, as far as they are known; `died_on` where the outcome is death."""

    birth_year: int | None = None
    birth_date: date | None = None
    onset_on: date | None = None
    exposed_from: date | None = None
    exposed_to: date | None = None
    sampled_on: date | None = None
    positive_on: date | None = None
    reported_on: date | None = None
    isolated_on: date | None = None
    outcome_on: date | None = None
    died_on: date | None = None


FIELDS = {
    "onset_on": "onset_on",
    "exposed_from": "exposed_from",
    "exposed_to": "exposed_to",
    "sampled_on": "sampled_on",
    "positive_on": "positive_at",
    "reported_on": "reported_on",
    "isolated_on": "isolated_at",
    "outcome_on": "outcome_on",
}
"""Day to the field of the case that holds it."""
LIVED = ("onset_on", "exposed_from", "exposed_to", "sampled_on")
"""What happens to the living. A result and a report may follow a death."""


def contradictions(days: Days, today: date) -> Iterator[Finding]:
    """Everything that cannot be, in the order of the form."""
    born = days.birth_date or (date(days.birth_year, 1, 1) if days.birth_year else None)
    for name, field in FIELDS.items():
        day = getattr(days, name)
        if day is None:
            continue
        if day > today:
            yield Finding(Contradiction.FUTURE, field, day)
        elif born and day < born:
            yield Finding(Contradiction.BEFORE_BIRTH, field, day, born)
        elif name in LIVED and days.died_on and day > days.died_on:
            yield Finding(Contradiction.AFTER_DEATH, field, day, days.died_on)
    yield from _turned(days)


def _turned(days: Days) -> Iterator[Finding]:
    """Pairs of days in the wrong order."""
    pairs = (
        (Contradiction.RESULT_BEFORE_SAMPLE, "positive_at", days.positive_on, days.sampled_on),
        (Contradiction.OUTCOME_BEFORE_ONSET, "outcome_on", days.outcome_on, days.onset_on),
        (Contradiction.EXPOSURE_TURNED, "exposed_to", days.exposed_to, days.exposed_from),
    )
    for kind, field, later, earlier in pairs:
        died = kind == Contradiction.OUTCOME_BEFORE_ONSET and days.died_on
        if later and earlier and later < earlier and not died:
            yield Finding(kind, field, later, earlier)


def day_of(moment: datetime | None) -> date | None:
    """The day of an aware moment in its own zone."""
    return moment.date() if moment else None
