"""A public notice of exposure sites: places and times, and nobody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

# Homes name a family; everything else is where others went too.
NEVER_NAMED = frozenset({"home"})
# Two stays at one place with so short a while between them are one site and time.
SAME_STAY = timedelta(hours=1)


@dataclass(frozen=True)
class Site:
    """One place from one moment to another."""

    place_id: int
    name: str
    address: str
    begin: datetime
    end: datetime


def sites_of(stays: Iterable[Site], kinds: dict[int, str]) -> list[Site]:
    """Stays joined where they lie close together, homes left out, in the order of time."""
    joined: list[Site] = []
    for stay in sorted(stays, key=lambda one: (one.place_id, one.begin)):
        last = joined[-1] if joined else None
        if last and last.place_id == stay.place_id and stay.begin - last.end <= SAME_STAY:
            joined[-1] = Site(last.place_id, last.name, last.address, last.begin, max(last.end, stay.end))
        elif kinds.get(stay.place_id) not in NEVER_NAMED:
            joined.append(stay)
    return sorted(joined, key=lambda one: (one.begin, one.name))
