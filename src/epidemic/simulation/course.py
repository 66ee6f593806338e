"""The course of the disease as tables that a uniform number is looked up in.

Probabilities by age and the times from onset on are Covasim's defaults (version 3.1.6; Kerr et al. 2021,
doi:10.1371/journal.pcbi.1009149, after Verity, Ferguson, Zhang, Brazeau and others, named there) until Vietnamese ones are
sourced. Durations are lognormal, rounded to days, as quantiles at 1,024 points.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from epidemic.gamma import gamma_cdf
from epidemic.simulation.variants import PRESYMPTOMATIC_DAYS, Variant

Floats = NDArray[np.float64]
Days = NDArray[np.int16]

STEPS = 1024
PROFILE_DAYS = 30

SYMPTOMATIC_SHARES = (0.50, 0.55, 0.60, 0.65, 0.70, 0.75, 0.80, 0.85, 0.90, 0.90)
SEVERE_SHARES = (0.001, 0.003, 0.012, 0.032, 0.049, 0.102, 0.166, 0.243, 0.273, 0.273)
CRITICAL_SHARES = (0.06, 0.0485, 0.05, 0.05, 0.063, 0.122, 0.274, 0.432, 0.709, 0.709)
FATAL_SHARES = (0.667, 0.25, 0.278, 0.308, 0.454, 0.284, 0.210, 0.273, 0.476, 0.929)
SUSCEPTIBILITY = (0.34, 0.67, 1.0, 1.0, 1.0, 1.0, 1.24, 1.47, 1.47, 1.47)
MOST_SUSCEPTIBLE = 1.47

PRESYMPTOMATIC = (PRESYMPTOMATIC_DAYS, 0.9)
ILLNESS, SEVERE_ILLNESS, CRITICAL_ILLNESS = (8.0, 2.0), (18.1, 6.3), (18.1, 6.3)
TO_SEVERE, TO_CRITICAL, TO_DEATH = (6.6, 4.9), (1.5, 2.0), (10.7, 4.8)

LONGEST_WEIGHT = 8.0
LATENT, PRESYMPTOMS, MILD, ONSET_SEVERE, SEVERE_STAY, ONSET_CRITICAL, CRITICAL_STAY, ONSET_DEATH = range(8)


class Course(NamedTuple):
    """Tables for v variants and 10 age bands.

    `days` (v, 8, 1024): durations in days in the order LATENT ... ONSET_DEATH; `symptomatic` (10), `severe` (v, 10),
    `critical` (10), `fatal` (10): probabilities, each given the stage before; `susceptibility` (10); `spread` (1024): how much
    more than the average a person passes on; `profile` (v, 30): infectiousness on each day since infectious, the days of a
    mild course adding up to 8; `profile_sums` (v, 31): sums of all before; `peak` (v): the highest; `escape` (v).
    """

    days: Days
    symptomatic: Floats
    severe: Floats
    critical: Floats
    fatal: Floats
    susceptibility: Floats
    spread: Floats
    profile: Floats
    profile_sums: Floats
    peak: Floats
    escape: Floats


@dataclass(frozen=True, kw_only=True)
class Biology:
    """What may be set otherwise: dispersion of individual infectiousness (gamma shape; Covasim's 0.45; 0 for none) and the
    profile: `peaked` as the generation interval asks, or `flat` over the infectious days (as Covasim without viral load)."""

    dispersion: float = 0.45
    flat: bool = False


def course_of(variants: Sequence[Variant], biology: Biology | None = None) -> Course:
    """The tables of some variants."""
    how = biology or Biology()
    profile = np.stack([_flat() if how.flat else _peaked(variant) for variant in variants])
    severe = np.minimum(1.0, np.outer([variant.severity for variant in variants], SEVERE_SHARES))
    return Course(
        days=np.stack([_durations(variant) for variant in variants]),
        symptomatic=np.array(SYMPTOMATIC_SHARES),
        severe=severe,
        critical=np.array(CRITICAL_SHARES),
        fatal=np.array(FATAL_SHARES),
        susceptibility=np.array(SUSCEPTIBILITY),
        spread=_spread(how.dispersion),
        profile=profile,
        profile_sums=np.hstack([np.zeros((len(profile), 1)), np.cumsum(profile, axis=1)]),
        peak=profile.max(axis=1),
        escape=np.array([variant.escape for variant in variants]),
    )


def _durations(variant: Variant) -> Days:
    latent = variant.latent_mean, variant.incubation_sd * variant.latent_mean / variant.incubation_mean
    rows = (latent, PRESYMPTOMATIC, ILLNESS, TO_SEVERE, SEVERE_ILLNESS, TO_CRITICAL, CRITICAL_ILLNESS, TO_DEATH)
    return np.stack([lognormal_days(mean, sd) for mean, sd in rows])


def lognormal_days(mean: float, sd: float) -> Days:
    """Quantiles of a lognormal duration at 1,024 even points, in whole days."""
    variance = np.log(1 + (sd / mean) ** 2)
    days = np.exp(np.log(mean) - variance / 2 + np.sqrt(variance) * np.array(_normal_quantiles()))
    return np.asarray(np.round(days), np.int16)


@cache
def _normal_quantiles() -> tuple[float, ...]:
    return tuple(NormalDist().inv_cdf((step + 0.5) / STEPS) for step in range(STEPS))


def _spread(dispersion: float) -> Floats:
    if dispersion <= 0:
        return np.ones(STEPS)
    grid = np.geomspace(1e-12, 60.0, 8 * STEPS)
    factors = np.interp((np.arange(STEPS) + 0.5) / STEPS, gamma_cdf(grid, dispersion, 1 / dispersion), grid)
    return np.asarray(factors / factors.mean())


def _flat() -> Floats:
    return np.ones(PROFILE_DAYS)


def _peaked(variant: Variant) -> Floats:
    """Weights k+1 times q^k (two stages of like length): their mean is the generation interval less the latent period."""
    delay = max(0.2, variant.generation_mean - variant.latent_mean)
    day = np.arange(PROFILE_DAYS)
    weights = (day + 1) * (delay / (2 + delay)) ** day
    return np.asarray(weights * LONGEST_WEIGHT / weights.sum())
