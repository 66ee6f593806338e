"""Encounters to come: contacts, each on its day, at which the virus passes on unless a measure or a vaccine is in the way.

They are kept by day on leaves of equal size, so that room which one day leaves is another's, and what belongs to a day stands
together in memory.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from epidemic.simulation.kernel import part_kernel

Ids = NDArray[np.int32]
Counts = NDArray[np.int64]

ENCOUNTER = np.dtype(
    [
        ("person", np.int32), ("other", np.int32), ("least", np.float32), ("infected_on", np.int16), ("layer", np.uint8),
        ("variant", np.uint8),
    ],
    align=True,
)  # fmt: skip
"""An infected `person`, since `infected_on`, meets `other`, who is infected if more than `least` is left of the probability
that the virus passes from the one to the other at most."""

LEAF = 128
"""Encounters on a leaf."""
NO_LEAF = -1
NEXT_FREE, FREE_LEAVES = 0, 1


class Agenda(NamedTuple):
    """Encounters by day.

    `encounters` (leaves, LEAF); `following` (leaves): the next leaf of the same day, or the next free one; `newest` (days): the
    leaf of each day that is written on, `written` (days): how many encounters stand on it, while those that follow are full;
    `free`: the first free leaf and how many there are.
    """

    encounters: NDArray[np.void]
    following: Ids
    newest: Ids
    written: Counts
    free: Counts


def new_agenda(days: int, leaves: int) -> Agenda:
    """All leaves free."""
    return Agenda(
        encounters=np.empty((leaves, LEAF), ENCOUNTER),
        following=np.arange(1, leaves + 1, dtype=np.int32),
        newest=np.full(days, NO_LEAF, np.int32),
        written=np.zeros(days, np.int64),
        free=np.array([0, leaves]),
    )


def enlarged(agenda: Agenda) -> Agenda:
    """The same encounters with twice as many leaves."""
    before = len(agenda.following)
    after = new_agenda(len(agenda.newest), 2 * before)
    after.encounters[:before], after.following[:before] = agenda.encounters, agenda.following
    after.newest[:], after.written[:] = agenda.newest, agenda.written
    # The new leaves come first, and the last of them leads to the free ones that there were.
    after.following[-1] = agenda.free[NEXT_FREE]
    after.free[:] = before, agenda.free[FREE_LEAVES] + before
    return after


@part_kernel
def has_room(agenda: Agenda, encounters: int) -> bool:
    """Whether so many encounters find room, on whatever days."""
    return bool(agenda.free[FREE_LEAVES] >= len(agenda.newest) + encounters // LEAF)


@part_kernel
def place_for(agenda: Agenda, day: int) -> tuple[int, int]:
    """Leaf and place on it for one more encounter of a day."""
    if agenda.newest[day] == NO_LEAF or agenda.written[day] == LEAF:
        leaf = agenda.free[NEXT_FREE]
        agenda.free[NEXT_FREE] = agenda.following[leaf]
        agenda.free[FREE_LEAVES] -= 1
        agenda.following[leaf] = agenda.newest[day]
        agenda.newest[day], agenda.written[day] = leaf, 0
    agenda.written[day] += 1
    return agenda.newest[day], agenda.written[day] - 1


@part_kernel
def give_back(agenda: Agenda, leaf: int) -> int:
    """Free a leaf; the one that followed it on its day."""
    following = agenda.following[leaf]
    agenda.following[leaf] = agenda.free[NEXT_FREE]
    agenda.free[NEXT_FREE] = leaf
    agenda.free[FREE_LEAVES] += 1
    return int(following)
