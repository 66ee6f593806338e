"""What changes during a run: each person's state, the infected under way, and the counts."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from epidemic.simulation.kinds import BANDS, CONFINEMENTS, FREE, LAYERS, NEVER, PLACE_SERIES, ROLES, SERIES
from epidemic.simulation.population import People

Bytes = NDArray[np.uint8]
Days = NDArray[np.int16]
Ids = NDArray[np.int32]
Counts = NDArray[np.int64]
Floats = NDArray[np.float64]

UNINFECTED, UNLISTED, LAST_LISTED, NOWHERE = -1, -1, -2, -1
BLOCK = 1 << 14
"""Candidate contacts that are looked at together: few enough for the cache, many enough that memory is asked at once."""

INFECTED = np.dtype(
    [
        ("person", np.int32), ("contacts", np.int32), ("spread", np.float32), ("reach", np.float32),
        ("infectious_on", np.int16), ("symptoms_on", np.int16), ("severe_on", np.int16), ("critical_on", np.int16),
        ("ends_on", np.int16), ("result_on", np.int16),
        ("household", np.uint8), ("school", np.uint8), ("work", np.uint8), ("community", np.uint8),
        ("gathering", np.uint8), ("variant", np.uint8), ("dies", np.uint8), ("found", np.uint8), ("tier", np.uint8),
        ("oxygen", np.uint8),
    ],
    align=True,
)  # fmt: skip
"""One person's infection under way. `contacts`: where its contacts begin in the network; then how many in each layer.
`reach`: no less than the expected number of contacts found on a day of infectiousness 1."""

CANDIDATE = np.dtype(
    [
        ("contact", np.int32), ("person", np.int32), ("other", np.int32), ("chance", np.float32), ("coin", np.float32),
        ("layer", np.uint8), ("variant", np.uint8),
    ],
    align=True,
)  # fmt: skip
"""A contact that would pass the virus on at the upper bound; `coin` tells whether it does at its own probability."""


BODY = np.dtype(
    [
        ("hamlet", np.uint16), ("age", np.uint8), ("band", np.uint8), ("role", np.uint8), ("park", np.uint8),
        ("confinement", np.uint8), ("infected_on", np.int16), ("dose1_on", np.int16), ("dose2_on", np.int16),
        ("confined_on", np.int16), ("confined_until", np.int16), ("infected_by", np.int32), ("listed", np.int32),
        ("place", np.int32),
    ],
    align=True,
)  # fmt: skip
"""One person: what is known for good, `confinement` of `CONFINEMENTS`, days of infection, of doses, of confinement and its end,
who infected them (-1 nobody, -2 from outside), `listed`: the next to be released on the same day, and `place`: where they stand
in the list of a quarantine site's residents. Together, since who asks for one asks for others, and memory answers by lines."""


class Ledgers(NamedTuple):
    """Lists and counters of the province.

    `infected`: infections under way; `size`: how many of them, and whatever else is counted in one number (named below);
    `release` (days): first to be released; `residents`: people in quarantine sites; `queue`: cases that wait for tracing,
    `queue_ready`: since when; `confined` by kind; `away` by role: kept from work or school; `planned_tests` (days); `campaign`
    (campaigns, 2): next for the first and the second dose; `stock` (campaigns): doses kept; `used`: beds of tiers 1 to 3 and
    oxygen; `role_counts`: people of each role. The last four are scratch: candidates of a block, and for one person the
    bound on the probability, its hazard, and the number of contacts by layer.
    """

    infected: NDArray[np.void]
    size: Counts
    release: Ids
    residents: Ids
    queue: Ids
    queue_ready: Days
    confined: Counts
    away: Counts
    planned_tests: Counts
    campaign: Counts
    stock: Counts
    used: Counts
    role_counts: Counts
    candidates: NDArray[np.void]
    bounds: Floats
    hazards: Floats
    degrees: Counts


UNDER_WAY, RESIDENTS, QUEUE_HEAD, QUEUE_TAIL, RECOVERED_TOTAL, DEAD_TOTAL, SUSCEPTIBLE_TOTAL, LATENT_TOTAL = range(8)
WAITING_BEDS, WAITING_OXYGENS, SICK_AT_WORK, TRACED_TODAY, CANDIDATES = range(8, 13)


class Tallies(NamedTuple):
    """Results: `daily` (days, series), `communes` (days, communes, place series), `bands` (days, age bands, place series)."""

    daily: Counts
    communes: Ids
    bands: Ids


class State(NamedTuple):
    """Everything that a run changes.

    `bodies` (people) of `BODY`; `open` (people): whether they can be infected at all, apart, since it is asked most often.
    """

    bodies: NDArray[np.void]
    open: Bytes
    ledgers: Ledgers
    tallies: Tallies


def new_state(of: People, communes: int, days: int, campaigns: int, beyond: int) -> State:
    """Everybody susceptible and free; `beyond` days are kept after the last for what is planned then."""
    roles = np.bincount(of.role, minlength=len(ROLES)).astype(np.int64)
    ledgers = _new_ledgers(roles, days + beyond, campaigns)
    return State(_bodies_of(of), np.ones(len(of.age), np.uint8), ledgers, new_tallies(days, communes))


def _bodies_of(of: People) -> NDArray[np.void]:
    bodies = np.empty(len(of.age), BODY)
    bodies["confinement"], bodies["confined_until"] = FREE, 0
    bodies["infected_on"] = bodies["infected_by"] = UNINFECTED
    bodies["dose1_on"] = bodies["dose2_on"] = bodies["confined_on"] = NEVER
    bodies["listed"], bodies["place"] = UNLISTED, NOWHERE
    for name, values in of._asdict().items():
        bodies[name] = values
    bodies["band"] = np.minimum(of.age // 10, len(BANDS) - 1)
    return bodies


def _new_ledgers(role_counts: Counts, days: int, campaigns: int) -> Ledgers:
    people = int(role_counts.sum())
    size = np.zeros(13, np.int64)
    size[SUSCEPTIBLE_TOTAL] = people
    return Ledgers(
        infected=np.empty(people, INFECTED),
        size=size,
        release=np.full(days, LAST_LISTED, np.int32),
        residents=np.empty(people, np.int32),
        queue=np.empty(people, np.int32),
        queue_ready=np.empty(people, np.int16),
        confined=_everybody_free(people),
        away=np.zeros(len(ROLES), np.int64),
        planned_tests=np.zeros(days, np.int64),
        campaign=np.zeros((campaigns, 2), np.int64),
        stock=np.zeros(campaigns, np.int64),
        used=np.zeros(5, np.int64),
        role_counts=role_counts,
        candidates=np.empty(BLOCK, CANDIDATE),
        bounds=np.empty(len(LAYERS)),
        hazards=np.empty(len(LAYERS)),
        degrees=np.empty(len(LAYERS), np.int64),
    )


def _everybody_free(people: int) -> Counts:
    confined = np.zeros(len(CONFINEMENTS), np.int64)
    confined[FREE] = people
    return confined


def new_tallies(days: int, communes: int) -> Tallies:
    """Zeros to count into."""
    return Tallies(
        np.zeros((days, len(SERIES)), np.int64),
        np.zeros((days, communes, len(PLACE_SERIES)), np.int32),
        np.zeros((days, len(BANDS), len(PLACE_SERIES)), np.int32),
    )
