"""What somebody may tick after a dose, which of it sends people to 115, and until when they are asked. Pure.

The days of self-monitoring are the law's (3588/QĐ-BYT); the signs are a working list of this program and say so: the
annexes with the signs were not read.
"""

from collections.abc import Collection
from datetime import date, timedelta

ALARMING = (
    "breathless", "chest-pain", "swelling", "rash-all-over", "fainting", "fits", "weakness", "severe-headache",
    "blurred-sight", "vomiting", "bleeding", "leg-swelling",
)  # fmt: skip
ORDINARY = ("sore-arm", "fever", "tired", "headache", "aches", "chills", "nausea", "other")
SIGNS = (*ALARMING, *ORDINARY)
WORKING_MONITOR_DAYS = 28
"""Where no verified rule gives the days of self-monitoring."""


def is_alarming(signs: Collection[str]) -> bool:
    """Whether one of the signs cannot wait for a call back."""
    return not set(ALARMING).isdisjoint(signs)


def last_day(given_on: date, monitor_days: int | None) -> date:
    """The last day on which somebody is asked to tell what they feel."""
    return given_on + timedelta(days=WORKING_MONITOR_DAYS if monitor_days is None else monitor_days)
