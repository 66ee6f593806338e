"""Which team goes to which door: evenly, or the nearest. Households stay together. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians

KILOMETRES_A_DEGREE = 111.2


@dataclass(frozen=True)
class Point:
    """A place in degrees."""

    longitude: float
    latitude: float

    def kilometres_to(self, other: "Point") -> float:
        """On a plane: within a commune the earth is flat enough."""
        middle = radians((self.latitude + other.latitude) / 2)
        east = (self.longitude - other.longitude) * cos(middle)
        return hypot(east, self.latitude - other.latitude) * KILOMETRES_A_DEGREE


@dataclass(frozen=True)
class Door:
    """People behind one door, by the row ids of their follow-ups."""

    contacts: tuple[int, ...]
    point: Point | None = None


@dataclass(frozen=True)
class Crew:
    """A team: how many it follows already and where it sits."""

    team: int
    load: int = 0
    point: Point | None = None


def share_evenly(doors: Iterable[Door], crews: Sequence[Crew]) -> dict[int, int]:
    """Contact to team, so that teams follow about the same number: the fullest door first, to the least laden team."""
    load = Counter({crew.team: crew.load for crew in crews})
    shared: dict[int, int] = {}
    for door in sorted(doors, key=lambda one: (-len(one.contacts), one.contacts)):
        team = min((crew.team for crew in crews), key=lambda one: (load[one], one))
        load[team] += len(door.contacts)
        shared |= dict.fromkeys(door.contacts, team)
    return shared


def share_nearest(doors: Iterable[Door], crews: Sequence[Crew]) -> dict[int, int]:
    """Contact to the nearest team; doors or teams whose place nobody knows are shared evenly, after the others."""
    placed = [crew for crew in crews if crew.point]
    near: dict[int, int] = {}
    rest = []
    for door in doors:
        if door.point is None or not placed:
            rest.append(door)
        else:
            near |= dict.fromkeys(door.contacts, _nearest(door.point, placed))
    return near | share_evenly(rest, _laden(crews, near))


def _nearest(point: Point, crews: Sequence[Crew]) -> int:
    return min(crews, key=lambda one: (one.point.kilometres_to(point) if one.point else 0.0, one.team)).team


def _laden(crews: Sequence[Crew], given: Mapping[int, int]) -> list[Crew]:
    more = Counter(given.values())
    return [Crew(crew.team, crew.load + more[crew.team], crew.point) for crew in crews]
