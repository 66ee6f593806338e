"""How likely a contact passes the virus on: set so that the uncontrolled epidemic has the reproduction number asked for."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from epidemic.simulation.course import LATENT, MILD, MOST_SUSCEPTIBLE, PRESYMPTOMS, PROFILE_DAYS, Course
from epidemic.simulation.population import Population
from epidemic.simulation.surroundings import LAYER_WEIGHTS, Surroundings

Floats = NDArray[np.float64]

MOST_LIKELY = 0.6
"""No contact passes the virus on more surely than this in one day."""
_BISECTIONS = 30


def transmission_for(population: Population, course: Course, variant: int, reproduction: float) -> Floats:
    """Probability a day that a contact of each layer passes the virus on, shape (layers,), for infectiousness 1.

    Found by bisection on `reproduction_number`.

    Raises
    ------
    ValueError
        When no probability reaches that reproduction number.
    """
    around, reach = population.surroundings, _reach(course, variant)
    low, high, weights = 0.0, 1.0, np.array(LAYER_WEIGHTS)
    if reproduction > 0 and _offspring(around, reach(high * weights)) < reproduction:
        raise ValueError(f"no transmission gives a reproduction number of {reproduction:g} with these contacts")
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        if _offspring(around, reach(middle * weights)) < reproduction:
            low = middle
        else:
            high = middle
    return weights * (high if reproduction > 0 else 0.0)


def reproduction_number(population: Population, course: Course, variant: int, transmission: Floats) -> float:
    """Mean number of people infected by one infected by contact, early on, when nobody else was but those around.

    Who was infected in a household or a class meets others there whom the same person infected, or now competes for: that share
    is taken off.
    """
    return _offspring(population.surroundings, _reach(course, variant)(transmission))


def _offspring(around: Surroundings, reach: Floats) -> float:
    """Those infected, less those of a shared layer whom the infector had infected, or whom other infected ones get at first.

    `reach`: probability to infect one contact over the whole infectious period, shape (layers,).
    """
    infected = around.susceptible * reach
    rivals = around.shared * reach * np.maximum(around.degree - 1, 0)
    won = (1 - (1 - reach) ** (1 + rivals)) / np.maximum((1 + rivals) * reach, 1e-12)
    came_by = infected / max(infected.sum(), 1e-12)
    return float(infected @ (1 - came_by * around.shared * (1 - (1 - reach) * won)))


def _reach(course: Course, variant: int) -> Callable[[Floats], Floats]:
    """The probability to infect one contact of susceptibility 1 over the whole infectious period, of the transmission."""
    force = np.outer(course.spread, course.profile[variant])
    lasting = np.bincount(infectious_days(course, variant), minlength=PROFILE_DAYS + 1)[1:]
    lasting = lasting / lasting.sum()

    def of_chance(chance: float) -> float:
        daily = np.minimum(force * chance * MOST_SUSCEPTIBLE, MOST_LIKELY)
        escaped = np.cumprod(1 - daily / MOST_SUSCEPTIBLE, axis=1)
        return float(1 - escaped.mean(axis=0) @ lasting)

    def of_layers(transmission: Floats) -> Floats:
        chances, layer = np.unique(transmission, return_inverse=True)
        return np.array([of_chance(chance) for chance in chances])[layer]

    return of_layers


def infectious_days(course: Course, variant: int) -> NDArray[np.int64]:
    """Days of infectiousness of mild courses, sampled: until recovery, and for two in three the presymptomatic days before."""
    steps = np.arange(course.days.shape[2])
    before = np.where(steps % 3 > 0, course.days[variant, PRESYMPTOMS], 0)
    days = before + course.days[variant, MILD][(steps * 389) % len(steps)]
    return np.asarray(np.clip(days, 1, PROFILE_DAYS), np.int64)


def mean_latent(course: Course, variant: int) -> float:
    """Mean days from infection to infectious."""
    return float(course.days[variant, LATENT].mean())
