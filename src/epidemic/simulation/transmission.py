"""How likely a contact passes the virus on: set so that the uncontrolled epidemic has the reproduction number asked for."""

import numpy as np
from numpy.typing import NDArray

from epidemic.simulation.contacts import Contacts
from epidemic.simulation.course import LATENT, MILD, MOST_SUSCEPTIBLE, PRESYMPTOMS, PROFILE_DAYS, Course
from epidemic.simulation.kinds import LAYERS
from epidemic.simulation.population import Population

Floats = NDArray[np.float64]

# Household 3, school and work 0.6, community 0.3 as Covasim 3.1.6; a gathering lasts longer than an everyday meeting.
LAYER_WEIGHTS = (3.0, 0.6, 0.6, 0.3, 0.6)
MOST_LIKELY = 0.6
"""No contact passes the virus on more surely than this in one day."""
SAMPLE = 20_000
_BISECTIONS = 30


def transmission_for(population: Population, course: Course, variant: int, reproduction: float) -> Floats:
    """Probability a day that a contact of each layer passes the virus on, shape (layers,), for infectiousness 1.

    Found by bisection on `reproduction_number`.

    Raises
    ------
    ValueError
        When no probability reaches that reproduction number.
    """
    near = _susceptible_contacts(population, course)
    low, high, weights = 0.0, 1.0, np.array(LAYER_WEIGHTS)
    if reproduction > 0 and _offspring(near, course, variant, high * weights) < reproduction:
        raise ValueError(f"no transmission gives a reproduction number of {reproduction:g} with these contacts")
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        if _offspring(near, course, variant, middle * weights) < reproduction:
            low = middle
        else:
            high = middle
    return weights * (high if reproduction > 0 else 0.0)


def reproduction_number(population: Population, course: Course, variant: int, transmission: Floats) -> float:
    """Mean number of people infected by one infected by contact, in a population where nobody else is or was infected."""
    return _offspring(_susceptible_contacts(population, course), course, variant, transmission)


def _susceptible_contacts(population: Population, course: Course) -> Floats:
    """Summed susceptibility of the contacts of somebody infected by contact, by layer, shape (layers,).

    A mean over people picked evenly, weighted by how likely contacts infect them; one contact of each is taken off in
    proportion to its weight, for who infected it is no susceptible.
    """
    people = np.unique(np.linspace(0, population.size - 1, min(SAMPLE, population.size)).astype(np.int64))
    of_person = course.susceptibility[np.minimum(population.people.age // 10, 8)]
    sums = [_sums(population.contacts, people, layer, of_person) for layer in range(len(LAYERS))]
    count, susceptibility = np.stack([one for one, _ in sums], 1), np.stack([other for _, other in sums], 1)
    weights = np.array(LAYER_WEIGHTS)
    force = (count * weights).sum(axis=1)
    left = 1 - weights / np.maximum(force, 1e-12)[:, None]
    infected = of_person[people] * force
    return np.asarray((infected[:, None] * susceptibility * left).sum(axis=0) / max(infected.sum(), 1e-12))


def _sums(contacts: Contacts, people: NDArray[np.int64], layer: int, values: Floats) -> tuple[Floats, Floats]:
    at = people * len(LAYERS) + layer
    first = contacts.offsets[at].astype(np.int64)
    count = contacts.offsets[at + 1] - first
    rows = np.repeat(np.arange(len(people)), count)
    places = np.arange(len(rows)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(first, count)
    total = np.bincount(rows, weights=values[contacts.neighbours[places]], minlength=len(people))
    return count.astype(np.float64), total.astype(np.float64)


def _offspring(near: Floats, course: Course, variant: int, transmission: Floats) -> float:
    return sum(float(near[at]) * _pair_probability(course, variant, chance) for at, chance in enumerate(transmission))


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
