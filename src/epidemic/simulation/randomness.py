"""Random numbers that are looked up, not drawn in turn: each belongs to (seed, stream, day, person, draw).

So neither the order of people, nor the number of threads, nor what another scenario did before matters, and two scenarios of
one seed differ by their measures alone (common random numbers). Each (seed, stream, day) starts a SplitMix64 sequence
(Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195), which can be entered at any place.
"""

import numpy as np

from epidemic.simulation.kernel import part_kernel

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
FIRST, SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
S27, S30, S31, S11 = np.uint64(27), np.uint64(30), np.uint64(31), np.uint64(11)
DRAWS = np.uint64(1024)
LAST_STEP = np.uint64(1023)
UNIT = 2.0**-53
ALWAYS = 0

STREAMS = (
    "settling", "ages", "roles", "workplace", "teams", "contacts", "course", "spreading", "testing", "tracing",
    "adherence", "sites", "arrivals", "outbreak", "vaccination", "outcome",
)  # fmt: skip
(
    SETTLING, AGES, ROLES, WORKPLACE, TEAMS, CONTACTS, COURSE, SPREADING, TESTING, TRACING, ADHERENCE, SITES, ARRIVALS,
    OUTBREAK, VACCINATION, OUTCOME,
) = range(len(STREAMS))  # fmt: skip


@part_kernel
def mixed(word: np.uint64) -> np.uint64:
    """SplitMix64's finaliser: a 64-bit number with every bit of the input spread over it."""
    word = (word ^ (word >> S30)) * FIRST
    word = (word ^ (word >> S27)) * SECOND
    return word ^ (word >> S31)


@part_kernel
def key_of(seed: int, stream: int, day: int) -> np.uint64:
    """Where the numbers of a seed, a stream and a day begin."""
    start = mixed(np.uint64(seed) * GOLDEN + np.uint64(stream) + np.uint64(1))
    return mixed(start + np.uint64(day + 1) * SECOND)


@part_kernel
def word(key: np.uint64, person: int, draw: int) -> np.uint64:
    """64 random bits of that person; `draw` tells several apart, below 1,024."""
    return mixed(key + (np.uint64(person) * DRAWS + np.uint64(draw)) * GOLDEN)


@part_kernel
def uniform(key: np.uint64, person: int, draw: int) -> float:
    """A number in [0, 1) of that person."""
    return float(word(key, person, draw) >> S11) * UNIT


@part_kernel
def step(bits: np.uint64, nth: int) -> int:
    """A number from 0 to 1,023 out of 64 random bits, which hold six."""
    return int((bits >> np.uint64(10 * nth)) & LAST_STEP)


@part_kernel
def below(key: np.uint64, person: int, draw: int, limit: int) -> int:
    """A whole number from 0 to before `limit`."""
    return int(uniform(key, person, draw) * limit)
