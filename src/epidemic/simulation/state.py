"""What changes during a run: each person's state, the infected under way, and the counts."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from epidemic.simulation.encounters import LEAF, Agenda, new_agenda
from epidemic.simulation.kernel import part_kernel
from epidemic.simulation.kinds import BANDS, CONFINEMENTS, FREE, LAYERS, NEVER, PLACE_SERIES, ROLES, SERIES
from epidemic.simulation.population import People

Bytes = NDArray[np.uint8]
Days = NDArray[np.int16]
Ids = NDArray[np.int32]
Counts = NDArray[np.int64]
Floats = NDArray[np.float64]

UNINFECTED, UNLISTED, LAST_LISTED, NOWHERE = -1, -1, -2, -1
AGE_BAND, CLOSED, CUT_SHORT, STANDINGS = 15, 16, 32, 64
"""Somebody's standing: the age band, whether they cannot be infected, and whether their infection ended before it had to."""
BLOCK, SPANS = 1 << 12, 1 << 7
"""Candidates that are looked at together: few enough for the cache, many enough that memory is asked at once."""

INFECTED = np.dtype(
    [
        ("person", np.int32), ("spread", np.float32), ("infected_on", np.int16), ("infectious_on", np.int16),
        ("symptoms_on", np.int16), ("severe_on", np.int16), ("critical_on", np.int16), ("ends_on", np.int16),
        ("result_on", np.int16), ("variant", np.uint8), ("again", np.uint8), ("dies", np.uint8), ("found", np.uint8),
        ("tier", np.uint8), ("oxygen", np.uint8),
    ],
    align=True,
)  # fmt: skip
"""One person's infection; `again`: not the first. It is under way until the day `ends_on`."""

CANDIDATE = np.dtype(
    [
        ("contact", np.int32), ("person", np.int32), ("other", np.int32), ("chance", np.float32), ("hazard", np.float32),
        ("infected_on", np.int16), ("on", np.int16), ("layer", np.uint8), ("variant", np.uint8), ("standing", np.uint8),
    ],
    align=True,
)  # fmt: skip
"""A contact of an infected person on a day, who is infected if the hazard of it exceeds `hazard`; `chance`: its highest
probability."""

ROW = np.dtype([("contacts", np.int32), ("degree", np.int32), ("hazard", np.float64), ("begins", np.float64)])
"""Contacts of an infected person in a layer: where they begin in the network, how many, the hazard that bounds each one's on a
day of infectiousness 1, and the sum of the hazards of the layers before."""

BODY = np.dtype(
    [
        ("hamlet", np.uint16), ("age", np.uint8), ("role", np.uint8), ("park", np.uint8), ("confinement", np.uint8),
        ("infected_on", np.int16), ("dose1_on", np.int16), ("dose2_on", np.int16), ("confined_on", np.int16),
        ("confined_until", np.int16), ("infected_by", np.int32), ("listed", np.int32), ("place", np.int32),
    ],
    align=True,
)  # fmt: skip
"""One person: what is known for good, `confinement` of `CONFINEMENTS`, days of infection, of doses, of confinement and its end,
who infected them (-1 nobody, -2 from outside), `listed`: the next to be released on the same day, and `place`: where they stand
in the list of a quarantine site's residents. Together, since who asks for one asks for others, and memory answers by lines."""


class Ledgers(NamedTuple):
    """Lists and counters of the province.

    `infected`: infections in the order of their days, some of which are over; `wakes`: when something may next happen in each,
    never if it is over; `turning` (days): how many become infectious; `size`: whatever is counted in one number (named below);
    `release` (days): first to be released; `residents`: people in quarantine sites; `queue`: cases that wait for tracing,
    `queue_ready`: since when; `confined` by kind; `away` by role: kept from work or school; `planned_tests` (days); `campaign`
    (campaigns, 2): next for the first and the second dose; `stock` (campaigns): doses kept; `used`: beds of tiers 1 to 3 and
    oxygen; `role_counts`: people of each role. The others are scratch: `candidates` of a block; where `near` and `far` end of
    the encounters on a leaf live; `spans`: where the contacts of some infected begin and end, layer by layer; the `row` of one;
    `receptive`: how susceptible somebody of each standing is.
    """

    infected: NDArray[np.void]
    wakes: Days
    turning: Counts
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
    spans: Ids
    near: Ids
    far: Ids
    row: NDArray[np.void]
    receptive: Floats


UNDER_WAY, RESIDENTS, QUEUE_HEAD, QUEUE_TAIL, RECOVERED_TOTAL, DEAD_TOTAL, SUSCEPTIBLE_TOTAL, LATENT_TOTAL = range(8)
WAITING_BEDS, WAITING_OXYGENS, SICK_AT_WORK, TRACED_TODAY, CANDIDATES, LISTED, EXPOSED = range(8, 15)


class Tallies(NamedTuple):
    """Results: `daily` (days, series), `communes` (days, communes, place series), `bands` (days, age bands, place series)."""

    daily: Counts
    communes: Ids
    bands: Ids


class State(NamedTuple):
    """Everything that a run changes.

    `bodies` (people) of `BODY`; `standing` (people): age band and whether closed or ill, apart, since it is asked most often.
    """

    bodies: NDArray[np.void]
    standing: Bytes
    agenda: Agenda
    ledgers: Ledgers
    tallies: Tallies


def new_state(of: People, communes: int, days: int, campaigns: int, beyond: int) -> State:
    """Everybody susceptible and free; `beyond` days are kept after the last for what is planned then."""
    roles = np.bincount(of.role, minlength=len(ROLES)).astype(np.int64)
    ledgers = _new_ledgers(roles, days + beyond, campaigns)
    agenda = new_agenda(days, 2 * days + (BLOCK + len(of.age) // 4) // LEAF)
    band = np.minimum(of.age // 10, len(BANDS) - 1)
    return State(_bodies_of(of), band, agenda, ledgers, new_tallies(days, communes))


def _bodies_of(of: People) -> NDArray[np.void]:
    nobody = np.zeros((), BODY)
    nobody["confinement"] = FREE
    nobody["infected_on"] = nobody["infected_by"] = UNINFECTED
    nobody["dose1_on"] = nobody["dose2_on"] = nobody["confined_on"] = NEVER
    nobody["listed"], nobody["place"] = UNLISTED, NOWHERE
    bodies = np.full(len(of.age), nobody)
    for name, values in of._asdict().items():
        bodies[name] = values
    return bodies


def _new_ledgers(role_counts: Counts, days: int, campaigns: int) -> Ledgers:
    people = int(role_counts.sum())
    size = np.zeros(15, np.int64)
    size[SUSCEPTIBLE_TOTAL] = people
    return Ledgers(
        # Nobody is infected twice a day; infections that are over are among the others at most for a while.
        infected=np.empty(2 * people, INFECTED),
        wakes=np.empty(2 * people, np.int16),
        turning=np.zeros(days, np.int64),
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
        near=np.empty(LEAF, np.int32),
        far=np.empty(LEAF, np.int32),
        spans=np.empty((SPANS, len(LAYERS) + 1), np.int32),
        row=np.zeros(len(LAYERS), ROW),
        receptive=np.zeros(STANDINGS),
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


@part_kernel
def is_open(state: State, person: int) -> bool:
    """Whether somebody can be infected at all."""
    return bool(state.standing[person] & CLOSED == 0)


@part_kernel
def band_of(state: State, person: int) -> int:
    """Somebody's age band."""
    return int(state.standing[person] & AGE_BAND)
