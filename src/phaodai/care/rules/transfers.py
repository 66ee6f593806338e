"""The states of a transfer, which follows which, and how long each may last. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta

REQUESTED, APPROVED, ASSIGNED, ON_THE_WAY, ARRIVED = "requested", "approved", "assigned", "on_the_way", "arrived"
REFUSED, CANCELLED = "refused", "cancelled"

NEXT: Mapping[str, tuple[str, ...]] = {
    REQUESTED: (APPROVED, REFUSED, CANCELLED),
    APPROVED: (ASSIGNED, REFUSED, CANCELLED),
    ASSIGNED: (ON_THE_WAY, ASSIGNED, CANCELLED),
    ON_THE_WAY: (ARRIVED, CANCELLED),
    ARRIVED: (),
    REFUSED: (),
    CANCELLED: (),
}
"""An assigned ambulance may be changed for another until it drives; whoever is on the way can still be called back."""

MINUTES: Mapping[str, Mapping[str, int]] = {
    "a_emergency": {REQUESTED: 10, APPROVED: 10, ASSIGNED: 15, ON_THE_WAY: 60, ARRIVED: 15},
    "b_urgent": {REQUESTED: 30, APPROVED: 30, ASSIGNED: 30, ON_THE_WAY: 90, ARRIVED: 30},
    "c_routine": {REQUESTED: 240, APPROVED: 120, ASSIGNED: 120, ON_THE_WAY: 120, ARRIVED: 60},
}
"""How long a state may last: a working rule, which a province sets as it finds right (`TransferLimit`); no document that
was read says how soon a patient must be moved."""

URGENCIES = {"critical": "a_emergency", "severe": "a_emergency", "moderate": "b_urgent"}


def may_follow(state: str, wanted: str) -> bool:
    """Whether one state may follow another."""
    return wanted in NEXT[state]


def urgency_of(severity: str) -> str:
    """What is proposed for a severity; whoever asks may choose another."""
    return URGENCIES.get(severity, "c_routine")


def due_at(
    urgency: str, state: str, since: datetime, own: Mapping[tuple[str, str], int] | None = None
) -> datetime | None:
    """When the next state must have begun; None where none follows. `own` are the province's limits in minutes."""
    minutes = (own or {}).get((urgency, state), MINUTES[urgency].get(state))
    return None if minutes is None else since + timedelta(minutes=minutes)
