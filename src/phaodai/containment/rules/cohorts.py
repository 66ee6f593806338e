"""Which room takes whom: people of one cohort together, never two cohorts in a room. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

COHORT_KEY = tuple[str, str, str]


@dataclass(frozen=True)
class RoomNow:
    """A room as it is: its places, the numbers taken, and the row id of the cohort inside (None: empty)."""

    room: int
    places: int
    taken: frozenset[int] = frozenset()
    cohort: int | None = None

    @property
    def free(self) -> list[int]:
        """The numbers of its free places."""
        return [number for number in range(1, self.places + 1) if number not in self.taken]


@dataclass(frozen=True)
class Shortage(Exception):
    """Not everybody finds a place: how many do."""

    found: int


def propose_places(rooms: Sequence[RoomNow], cohort: int | None, people: int) -> list[tuple[int, int]]:
    """A room and place number for each of `people`: first where their cohort lies already, then empty rooms.

    Of empty rooms the smallest that takes all who are left comes first, else the largest, so that few rooms are opened.

    Raises
    ------
    Shortage
        With the number of places that were found.
    """
    found = [(one.room, place) for one in _shared(rooms, cohort) for place in one.free][:people]
    empty = sorted((one for one in rooms if not one.taken), key=lambda one: (one.places, one.room))
    while len(found) < people and empty:
        left = people - len(found)
        chosen = next((one for one in empty if one.places >= left), empty[-1])
        empty.remove(chosen)
        found += [(chosen.room, place) for place in chosen.free][:left]
    if len(found) < people:
        raise Shortage(len(found))
    return found


def _shared(rooms: Iterable[RoomNow], cohort: int | None) -> list[RoomNow]:
    if cohort is None:
        return []
    return sorted(
        (one for one in rooms if one.taken and one.cohort == cohort), key=lambda one: (len(one.free), one.room)
    )


@dataclass(frozen=True)
class Capacity:
    """Places of a site: all, taken, free beside people of a cohort, and free in empty rooms, where a new cohort can go."""

    places: int = 0
    taken: int = 0
    beside: int = 0
    empty: int = 0

    @property
    def free(self) -> int:
        """Every free place."""
        return self.beside + self.empty

    def __add__(self, other: "Capacity") -> "Capacity":
        return Capacity(
            self.places + other.places,
            self.taken + other.taken,
            self.beside + other.beside,
            self.empty + other.empty,
        )


def capacity_of(places: int, taken: int) -> Capacity:
    """What one open room adds."""
    free = max(places - taken, 0)
    return Capacity(places, taken, free if taken else 0, 0 if taken else free)
