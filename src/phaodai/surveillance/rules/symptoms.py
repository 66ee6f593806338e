"""The symptoms a team ticks, and when they propose a suspected case. Pure.

The list is a working one, of the complaints that declaration forms asked for: letter 11042/BYT-DP counts symptoms "in the
list", and that list itself has not been read.
"""

from collections.abc import Collection

FEVER = "fever"
SYMPTOMS = (
    FEVER,
    "cough",
    "sore throat",
    "runny nose",
    "tiredness",
    "aching",
    "chills",
    "loss of taste or smell",
    "headache",
    "diarrhoea",
    "breathlessness",
)
FEVER_FROM = 37.5
"""Degrees Celsius. A working value: no document that was read sets it."""
SUSPECTED = "suspected"
TWO_SYMPTOMS = 2
"""Where no case definition was in force (before 29/12/2021), two symptoms propose a suspected case: the count that letter
11042 later set for contacts. The officer decides."""


def codes_of(text: str) -> tuple[str, ...]:
    """The known symptoms of a kept text, which joins them with commas; other words a team wrote are passed over."""
    return tuple(word for word in (part.strip() for part in text.split(",")) if word in SYMPTOMS)


def with_fever(symptoms: Collection[str], temperature: float | None) -> frozenset[str]:
    """The symptoms, with fever among them when the thermometer says so."""
    measured = {FEVER} if temperature is not None and temperature >= FEVER_FROM else set()
    return frozenset(symptoms) | measured


def proposes_case(outcome: str | None, symptoms: Collection[str], *, law_in_force: bool) -> bool:
    """Whether a suspected case is proposed: what the case definition says, or two symptoms where none was in force."""
    return outcome == SUSPECTED if law_in_force else len(symptoms) >= TWO_SYMPTOMS
