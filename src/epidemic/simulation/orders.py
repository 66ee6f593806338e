"""A scenario as the numbers that kernels read: orders by day and hamlet, capacities, programmes, campaigns, arrivals."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from epidemic.simulation.contacts import Contacts
from epidemic.simulation.course import Course

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Days = NDArray[np.int16]
Counts = NDArray[np.int64]

CONDUCT = (
    "tracing", "tracing_delay", "household", "school", "work", "community", "gathering", "second", "second_days",
    "quarantine", "quarantine_days", "at_site", "quarantine_adherence", "quarantine_sensitivity", "isolation",
    "admission",
)  # fmt: skip
(
    TRACED, TRACING_DELAY, COMPLETENESS, _, _, _, _, SECOND, SECOND_DAYS,
    QUARANTINED, QUARANTINE_DAYS, AT_SITE, QUARANTINE_ADHERENCE, QUARANTINE_SENSITIVITY, ISOLATED,
    ADMITTED,
) = range(len(CONDUCT))  # fmt: skip
"""How cases and contacts of a hamlet are dealt with on a day."""

CAPACITIES = (
    "tracing_capacity", "site_places", "beds_tier_1", "beds_tier_2", "beds_tier_3", "oxygen",
    "cross_contacts", "without_care", "without_intensive_care",
)  # fmt: skip
(
    TRACING_CAPACITY, SITE_PLACES, BEDS_TIER_1, BEDS_TIER_2, BEDS_TIER_3, OXYGEN_PLACES,
    CROSS_CONTACTS, WITHOUT_CARE, WITHOUT_INTENSIVE_CARE,
) = range(len(CAPACITIES))  # fmt: skip
"""What the province has on a day."""
UNLIMITED = 1e12

AGAINST_INFECTION, AGAINST_PASSING_ON, AGAINST_SEVERE = range(3)
REMEMBERED_DAYS = 512


class Areas(NamedTuple):
    """Orders by phase (days on which nothing changes) and place.

    `phase` (days); `contact` (phases, hamlets, 7): factors by `KINDS`; `parks` (phases,
    parks + 1): the same inside parks; `on_site` (phases, parks + 1): share of workers who live at the plant; `lost` (phases,
    3): share of workdays outside parks, in parks, and of school days that closing takes; `row` (phases, hamlets) of
    `conduct` (rows, CONDUCT); `capacity` (phases, CAPACITIES); `test_days` (phases): days of quarantine with a test, as bits.
    """

    phase: Days
    contact: Singles
    parks: Singles
    on_site: Floats
    lost: Floats
    row: Days
    conduct: Floats
    capacity: Floats
    test_days: Counts


class Programmes(NamedTuple):
    """Test programmes (q): first and last day, period, chance a day for people with symptoms and for others, sensitivity,
    capacity in tests a day, pool size, turnaround, groups as bits, hamlets (q, hamlets), people concerned, and share of them
    who have like symptoms of another cause."""

    first: Counts
    last: Counts
    every: Counts
    symptomatic: Floats
    other: Floats
    sensitivity: Floats
    capacity: Floats
    pool: Counts
    turnaround: Counts
    groups: Counts
    hamlets: NDArray[np.uint8]
    concerned: Floats
    alike: Floats


class Campaigns(NamedTuple):
    """Vaccination campaigns (c): `order` of people, bounded by `bounds` (c, 2); `supply` (c, days) of doses; `interval` (c) in
    days; `already` (c): how many had both doses 30 days before; `protection` (3 aspects, 2 doses, 512 days since)."""

    order: NDArray[np.int32]
    bounds: Counts
    supply: Counts
    interval: Counts
    already: Counts
    protection: Singles


class Introductions(NamedTuple):
    """Infections from outside (i): day, `bounds` (i, 2) in `pool` of the people among whom they are put, how many, variant, the
    share that a checkpoint finds, and whether their number is a mean (arrivals, Poisson) or exact (an outbreak's start)."""

    day: Counts
    pool: NDArray[np.int32]
    bounds: Counts
    number: Floats
    variant: Counts
    caught: Floats
    varies: NDArray[np.bool_]


class Plan(NamedTuple):
    """A scenario compiled for a population.

    `transmission` (variants, layers): probability a day and contact; `mixing` (confinements, layers); `natural` (512):
    protection by an earlier infection; `reinfection`: whether there is any; `treatment`: whether beds may run out.
    """

    areas: Areas
    course: Course
    transmission: Floats
    mixing: Singles
    programmes: Programmes
    campaigns: Campaigns
    introductions: Introductions
    natural: Singles
    reinfection: bool
    treatment: bool


class World(NamedTuple):
    """What a run only reads: contacts, each hamlet's commune, the plan, and the seed."""

    contacts: Contacts
    commune: NDArray[np.uint16]
    plan: Plan
    seed: int
