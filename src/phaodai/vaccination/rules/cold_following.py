"""Where the vials may be by now that lay in a fridge while it was too warm. Pure.

Vials of one lot cannot be told apart. So every count is the most that may be harmed: whatever leaves a place takes harmed
vials along first, and leaves behind as many as there still fit. Where nothing else of the lot lay beside them it is exact.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

SHELF = 0
"""In the store and in no fridge, as far as is written down."""
GIVEN_OUT = -1
"""With a session, on the way to another store, or missed by a count: from where vials may come back."""
OUTSIDE = -2
"""Not come yet, or gone for good."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Some vials of one lot from one spot to another: the row id of a fridge, or one of the three above."""

    at: datetime
    vials: int
    taken_from: int
    put_into: int
    movement: UUID | None = None


@dataclass
class Followed:
    """How many vials may be harmed by spot, and with which movements of the stock they left."""

    spots: Counter[int] = field(default_factory=Counter)
    left: Counter[UUID] = field(default_factory=Counter)


def follow(flows: Iterable[Flow], *, place: int, began_at: datetime, ended_at: datetime) -> Followed:
    """Follow what lay in the fridge `place`, or in no fridge of its store, at some moment of an excursion."""
    there: Counter[int] = Counter()
    found = Followed()
    exposed = False
    for flow in (*_in_order(flows), None):
        if not exposed and (flow is None or flow.at > began_at):
            exposed = True
            _expose(found, there, place)
        if flow is None:
            break
        _carry(flow, found, there)
        if exposed and flow.at <= ended_at:
            _expose(found, there, place)
    found.spots = Counter({spot: vials for spot, vials in found.spots.items() if vials > 0})
    return found


def _in_order(flows: Iterable[Flow]) -> Sequence[Flow]:
    """What comes onto the shelf at a moment before what leaves it then."""
    return sorted(flows, key=lambda flow: (flow.at, flow.put_into != SHELF))


def _expose(found: Followed, there: Counter[int], place: int) -> None:
    for spot in (place, SHELF):
        found.spots[spot] = max(there[spot], 0)


def _carry(flow: Flow, found: Followed, there: Counter[int]) -> None:
    along = min(flow.vials, found.spots[flow.taken_from])
    there[flow.taken_from] -= flow.vials
    there[flow.put_into] += flow.vials
    if not along:
        return
    found.spots[flow.taken_from] = min(found.spots[flow.taken_from], max(there[flow.taken_from], 0))
    if flow.put_into != OUTSIDE:
        found.spots[flow.put_into] += along
    if flow.put_into == GIVEN_OUT and flow.movement is not None:
        found.left[flow.movement] += along
