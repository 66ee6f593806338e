"""Judging a visit, the share of places that comply, and who is due for a visit in walking order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import asin, cos, radians, sin, sqrt
from statistics import NormalDist

from phaodai.containment.rules.checklists import Checklist, Item

MET, NOT_MET, NOT_APPLICABLE = "ok", "not", "na"
ANSWERS = (MET, NOT_MET, NOT_APPLICABLE)
EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Judged:
    """A visit item by item: what was met, what was not, what is still without an answer."""

    met: tuple[Item, ...]
    failed: tuple[Item, ...]
    unanswered: tuple[Item, ...]

    @property
    def asked(self) -> int:
        """Items that apply to this place."""
        return len(self.met) + len(self.failed)


def judge(items: Sequence[Item], answers: Mapping[str, str]) -> Judged:
    """Sort the items of a visit by their answers (ok, not, na)."""

    def answered(*wanted: str) -> tuple[Item, ...]:
        return tuple(one for one in items if answers.get(one.id) in wanted)

    unanswered = tuple(one for one in items if answers.get(one.id) not in ANSWERS)
    return Judged(answered(MET), answered(NOT_MET), unanswered)


def deadline_of(item: Item, on: date) -> date:
    """By when an item that was not met on a day must be put right."""
    return on + timedelta(days=item.days)


def items_again(checklist: Checklist, open_items: Iterable[str]) -> tuple[Item, ...]:
    """What a second visit looks at: those items alone that were not met."""
    wanted = set(open_items)
    return tuple(one for one in checklist.items if one.id in wanted)


@dataclass(frozen=True, slots=True)
class Share:
    """Places that comply among those that were visited; low and high are the limits of the interval."""

    met: int
    visited: int
    low: float
    high: float

    @property
    def value(self) -> float | None:
        """The share; None where nobody was visited."""
        return self.met / self.visited if self.visited else None


def share_of(met: int, visited: int, confidence: float = 0.95) -> Share:
    """A share with Wilson's score interval, which stays inside 0 to 1 and is honest for few places.

    E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209-212; recommended for small n by Brown, Cai and DasGupta,
    Statist. Sci. 16 (2001) 101-133. Of nobody nothing is known: 0 to 1. Raises ValueError unless 0 <= met <= visited.
    """
    if not 0 <= met <= visited:
        message = f"{met} of {visited}"
        raise ValueError(message)
    if not visited:
        return Share(0, 0, 0.0, 1.0)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, shrink = met / visited, 1 + z * z / visited
    middle = (share + z * z / (2 * visited)) / shrink
    half = z / shrink * sqrt(share * (1 - share) / visited + z * z / (4 * visited * visited))
    return Share(met, visited, 0.0 if met == 0 else middle - half, 1.0 if met == visited else middle + half)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that is due: since when, why it is (a finding's deadline, never seen, seen long ago), and where it stands."""

    place: int
    due_on: date
    open_findings: int = 0
    last_on: date | None = None
    longitude: float | None = None
    latitude: float | None = None

    @property
    def point(self) -> tuple[float, float] | None:
        """Longitude and latitude in degrees."""
        return None if self.longitude is None or self.latitude is None else (self.longitude, self.latitude)


def due_on(last_on: date | None, every_days: int, deadline: date | None, today: date) -> date:
    """When a place must be seen next: at its first deadline, else so long after the last visit; at once if never."""
    again = last_on + timedelta(days=every_days) if last_on else today
    return min(again, deadline) if deadline else again


def in_walking_order(spots: Sequence[Spot], start: tuple[float, float] | None = None) -> list[Spot]:
    """The nearest next, from `start` or from the place that is due first; places without a point come last, by their date.

    A plan for an afternoon on foot or by motorbike, not the shortest round: at each step the nearest place that is left.
    """
    ahead = sorted((one for one in spots if one.point), key=lambda one: (one.due_on, one.place))
    order: list[Spot] = []
    while ahead:
        here = order[-1].point if order else start
        following = min(ahead, key=lambda one: kilometres(here, one.point)) if here else ahead[0]
        ahead.remove(following)
        order.append(following)
    return [*order, *sorted((one for one in spots if not one.point), key=lambda one: (one.due_on, one.place))]


def kilometres(one: tuple[float, float] | None, other: tuple[float, float] | None) -> float:
    """Great-circle distance of two points (longitude, latitude in degrees), by haversines; 0 where one is unknown."""
    if one is None or other is None:
        return 0.0
    (long1, lat1), (long2, lat2) = (tuple(map(radians, point)) for point in (one, other))
    chord = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((long2 - long1) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(chord))
