"""What is around somebody infected by contact, and who works where: known of a population once, for every plan made for it."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from epidemic.simulation.contacts import Contacts
from epidemic.simulation.course import SUSCEPTIBILITY
from epidemic.simulation.kinds import BANDS, LAYERS

Floats = NDArray[np.float64]

# Household 3, school and work 0.6, community 0.3 as Covasim 3.1.6; a gathering lasts longer than an everyday meeting.
LAYER_WEIGHTS = (3.0, 0.6, 0.6, 0.3, 0.6)
SAMPLE, PAIRS = 20_000, 1_000


class Surroundings(NamedTuple):
    """Of one infected by contact, by layer, each shape (layers,).

    `susceptible`: summed susceptibility of contacts, who infected the person left out; `degree`: contacts of a contact;
    `shared`: share of a contact's contacts who are contacts of both.
    """

    susceptible: Floats
    degree: Floats
    shared: Floats


def surroundings_of(contacts: Contacts, age: NDArray[np.uint8]) -> Surroundings:
    """Means over people picked evenly, weighted by how likely contacts infect them."""
    people = np.unique(np.linspace(0, len(age) - 1, min(SAMPLE, len(age))).astype(np.int64))
    of_person = np.array(SUSCEPTIBILITY)[np.minimum(age // 10, len(BANDS) - 1)]
    sums = [_sums(contacts, people, layer, of_person) for layer in range(len(LAYERS))]
    count, susceptibility = np.stack([one for one, _ in sums], 1), np.stack([other for _, other in sums], 1)
    weights = np.array(LAYER_WEIGHTS)
    force = (count * weights).sum(axis=1)
    # One contact is the infector: of layer l with probability weight x count / force, and then one of count.
    left = 1 - weights / np.maximum(force, 1e-12)[:, None]
    infected = of_person[people] * force
    susceptible = (infected[:, None] * susceptibility * left).sum(axis=0) / max(infected.sum(), 1e-12)
    degree = (count**2).sum(axis=0) / np.maximum(count.sum(axis=0), 1)
    shared = [_shared(contacts, people[:: max(1, len(people) // PAIRS)], layer) for layer in range(len(LAYERS))]
    return Surroundings(susceptible, degree, np.array(shared))


def _shared(contacts: Contacts, people: NDArray[np.int64], layer: int) -> float:
    """Share of the contacts of each person, one contact aside, who are contacts of that one too."""
    common = total = 0
    for person in people:
        met = contacts.of(int(person), layer)
        if len(met) > 1:
            at = int(person) % len(met)
            others = np.delete(met, at)
            common += int(np.isin(others, contacts.of(int(met[at]), layer)).sum())
            total += len(others)
    return common / max(1, total)


def _sums(contacts: Contacts, people: NDArray[np.int64], layer: int, values: Floats) -> tuple[Floats, Floats]:
    at = people * len(LAYERS) + layer
    first = contacts.offsets[at].astype(np.int64)
    count = contacts.offsets[at + 1] - first
    rows = np.repeat(np.arange(len(people)), count)
    places = np.arange(len(rows)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(first, count)
    total = np.bincount(rows, weights=values[contacts.neighbours[places]], minlength=len(people))
    return count.astype(np.float64), total.astype(np.float64)
