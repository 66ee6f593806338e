"""How likely a contact passes the virus on: set so that the uncontrolled epidemic has the reproduction number asked for."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from epidemic.simulation.contacts import Contacts
from epidemic.simulation.course import LATENT, MILD, MOST_SUSCEPTIBLE, PRESYMPTOMS, PROFILE_DAYS, Course
from epidemic.simulation.kinds import BANDS, LAYERS
from epidemic.simulation.population import Population

Floats = NDArray[np.float64]

# Household 3, school and work 0.6, community 0.3 as Covasim 3.1.6; a gathering lasts longer than an everyday meeting.
LAYER_WEIGHTS = (3.0, 0.6, 0.6, 0.3, 0.6)
MOST_LIKELY = 0.6
"""No contact passes the virus on more surely than this in one day."""
SAMPLE, PAIRS = 20_000, 1_000
_BISECTIONS = 30


class Surroundings(NamedTuple):
    """What is around somebody infected by contact, by layer, each shape (layers,).

    `susceptible`: summed susceptibility of contacts, who infected the person left out; `degree`: contacts of a contact;
    `shared`: share of a contact's contacts who are contacts of both.
    """

    susceptible: Floats
    degree: Floats
    shared: Floats


def transmission_for(population: Population, course: Course, variant: int, reproduction: float) -> Floats:
    """Probability a day that a contact of each layer passes the virus on, shape (layers,), for infectiousness 1.

    Found by bisection on `reproduction_number`.

    Raises
    ------
    ValueError
        When no probability reaches that reproduction number.
    """
    around = _surroundings(population, course)
    low, high, weights = 0.0, 1.0, np.array(LAYER_WEIGHTS)
    if reproduction > 0 and _offspring(around, course, variant, high * weights) < reproduction:
        raise ValueError(f"no transmission gives a reproduction number of {reproduction:g} with these contacts")
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        if _offspring(around, course, variant, middle * weights) < reproduction:
            low = middle
        else:
            high = middle
    return weights * (high if reproduction > 0 else 0.0)


def reproduction_number(population: Population, course: Course, variant: int, transmission: Floats) -> float:
    """Mean number of people infected by one infected by contact, early on, when nobody else was but those around.

    Who was infected in a household or a class meets others there whom the same person infected, or now competes for: that share
    is taken off.
    """
    return _offspring(_surroundings(population, course), course, variant, transmission)


def _surroundings(population: Population, course: Course) -> Surroundings:
    """Means over people picked evenly, weighted by how likely contacts infect them."""
    people = np.unique(np.linspace(0, population.size - 1, min(SAMPLE, population.size)).astype(np.int64))
    of_person = course.susceptibility[np.minimum(population.people.age // 10, len(BANDS) - 1)]
    sums = [_sums(population.contacts, people, layer, of_person) for layer in range(len(LAYERS))]
    count, susceptibility = np.stack([one for one, _ in sums], 1), np.stack([other for _, other in sums], 1)
    weights = np.array(LAYER_WEIGHTS)
    force = (count * weights).sum(axis=1)
    # One contact is the infector: of layer l with probability weight x count / force, and then one of count.
    left = 1 - weights / np.maximum(force, 1e-12)[:, None]
    infected = of_person[people] * force
    susceptible = (infected[:, None] * susceptibility * left).sum(axis=0) / max(infected.sum(), 1e-12)
    degree = (count**2).sum(axis=0) / np.maximum(count.sum(axis=0), 1)
    shared = [
        _shared(population.contacts, people[:: max(1, len(people) // PAIRS)], layer) for layer in range(len(LAYERS))
    ]
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


def _offspring(around: Surroundings, course: Course, variant: int, transmission: Floats) -> float:
    """Those infected, less those of a shared layer whom the infector had infected, or whom other infected ones get at first."""
    reach = np.array([_pair_probability(course, variant, chance) for chance in transmission])
    infected = around.susceptible * reach
    rivals = around.shared * reach * np.maximum(around.degree - 1, 0)
    won = (1 - (1 - reach) ** (1 + rivals)) / np.maximum((1 + rivals) * reach, 1e-12)
    came_by = infected / max(infected.sum(), 1e-12)
    return float(infected @ (1 - came_by * around.shared * (1 - (1 - reach) * won)))


def _pair_probability(course: Course, variant: int, chance: float) -> float:
    """Probability to infect one contact of susceptibility 1 over the whole infectious period."""
    daily = np.minimum(np.outer(course.spread, course.profile[variant]) * chance * MOST_SUSCEPTIBLE, MOST_LIKELY)
    escaped = np.cumprod(1 - daily / MOST_SUSCEPTIBLE, axis=1)
    lasting = np.bincount(infectious_days(course, variant), minlength=PROFILE_DAYS + 1)[1:]
    return float(1 - escaped.mean(axis=0) @ (lasting / lasting.sum()))


def infectious_days(course: Course, variant: int) -> NDArray[np.int64]:
    """Days of infectiousness of mild courses, sampled: until recovery, and for two in three the presymptomatic days before."""
    steps = np.arange(course.days.shape[2])
    before = np.where(steps % 3 > 0, course.days[variant, PRESYMPTOMS], 0)
    days = before + course.days[variant, MILD][(steps * 389) % len(steps)]
    return np.asarray(np.clip(days, 1, PROFILE_DAYS), np.int64)


def mean_latent(course: Course, variant: int) -> float:
    """Mean days from infection to infectious."""
    return float(course.days[variant, LATENT].mean())
