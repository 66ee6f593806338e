"""When something was seen, as a telephone that was offline says it: believed within reason. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

AHEAD = timedelta(minutes=5)
"""How far a telephone's clock may run ahead."""
KEPT_OFFLINE = timedelta(days=1)
"""How long an entry may wait for the network: a shift and its night. Older ones tell of a clock that stands wrong."""


@dataclass(frozen=True)
class Seen:
    """The moment that is kept, and whether the telephone's own was believed."""

    at: datetime
    believed: bool


def seen_at(told: datetime | None, received: datetime) -> Seen:
    """The telephone's moment where it can be right, else the moment of receipt."""
    if told is None:
        return Seen(received, believed=True)
    right = received - KEPT_OFFLINE <= told <= received + AHEAD
    return Seen(min(told, received) if right else received, believed=right)
