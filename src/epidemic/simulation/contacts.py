"""The contact network: who meets whom, layer by layer, as one compressed sparse row matrix."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from epidemic.simulation.kernel import kernel
from epidemic.simulation.kinds import LAYERS

Ids = NDArray[np.int32]
Pairs = tuple[Ids, Ids]
MOST_CONTACTS = 255


class Contacts(NamedTuple):
    """Contacts of p people.

    `neighbours` (contacts) holds person after person and within each layer after layer; those of person i in layer l are
    ``neighbours[offsets[5 i + l] : offsets[5 i + l + 1]]``; `offsets` (5 p + 1).
    """

    offsets: Ids
    neighbours: Ids

    def of(self, person: int, layer: int) -> Ids:
        """Whom a person meets in a layer."""
        at = person * len(LAYERS) + layer
        return self.neighbours[self.offsets[at] : self.offsets[at + 1]]


def contacts_of(people: int, pairs: Sequence[Pairs]) -> Contacts:
    """The network of pairs (one, other) given layer by layer, in the order of `LAYERS`; nobody meets themselves.

    Raises ValueError where somebody has more than 255 contacts in a layer.
    """
    offsets = np.zeros(people * len(LAYERS) + 1, np.int32)
    for layer, (one, other) in enumerate(pairs):
        _count(offsets, layer, one, other)
    if offsets.max(initial=0) > MOST_CONTACTS:
        raise ValueError(f"a person has more than {MOST_CONTACTS} contacts in a layer")
    np.cumsum(offsets, out=offsets)
    neighbours = np.empty(offsets[-1], np.int32)
    filled = offsets[:-1].copy()
    for layer, (one, other) in enumerate(pairs):
        _fill(neighbours, filled, layer, one, other)
    return Contacts(offsets, neighbours)


@kernel
def _count(offsets: Ids, layer: int, one: Ids, other: Ids) -> None:
    for at in range(len(one)):
        if one[at] != other[at]:
            offsets[one[at] * 5 + layer + 1] += 1
            offsets[other[at] * 5 + layer + 1] += 1


@kernel
def _fill(neighbours: Ids, filled: Ids, layer: int, one: Ids, other: Ids) -> None:
    for at in range(len(one)):
        if one[at] != other[at]:
            neighbours[filled[one[at] * 5 + layer]] = other[at]
            filled[one[at] * 5 + layer] += 1
            neighbours[filled[other[at] * 5 + layer]] = one[at]
            filled[other[at] * 5 + layer] += 1
