"""Where people live, how old they are and what they do: the kernels that settle a province."""

import numpy as np
from numpy.typing import NDArray

from epidemic.simulation.kernel import kernel
from epidemic.simulation.kinds import HEALTH_WORKER, NOBODY, PARK_WORKER, PUPIL, TEACHER, WORKER
from epidemic.simulation.randomness import AGES, ALWAYS, ROLES, SETTLING, WORKPLACE, key_of, uniform

Floats = NDArray[np.float64]
Ids = NDArray[np.int32]
Places = NDArray[np.uint16]
Bytes = NDArray[np.uint8]


@kernel
def looked_up(sums: Floats, number: float) -> int:
    """The first index whose running sum exceeds the number."""
    low, high = 0, len(sums) - 1
    while low < high:
        middle = (low + high) // 2
        if sums[middle] > number:
            high = middle
        else:
            low = middle + 1
    return low


# c: communes, p: people
@kernel
def settle(seed: int, commune_starts: Ids, sizes: Floats, hamlet_size: int) -> tuple[Ids, Places, Places]:
    """Fill each commune household by household, and hamlet by hamlet of about `hamlet_size`.

    `commune_starts` (c + 1) bound each commune's people; `sizes` are running sums of household sizes 1, 2, 3 ... Returns each
    person's household and hamlet (p), and each hamlet's commune.
    """
    people, key = commune_starts[-1], key_of(seed, SETTLING, ALWAYS)
    household, hamlet = np.empty(people, np.int32), np.empty(people, np.uint16)
    communes, hamlets, home = np.empty(people + 1, np.uint16), -1, -1
    for commune in range(len(commune_starts) - 1):
        person, last, living = commune_starts[commune], commune_starts[commune + 1], 0
        while person < last:
            # What is left of a commune is no hamlet of its own when it is less than half of one.
            if living == 0 or (living >= hamlet_size and last - person >= hamlet_size // 2):
                hamlets, living = hamlets + 1, 0
                communes[hamlets] = commune
            home += 1
            size = min(last - person, looked_up(sizes, uniform(key, home, 0)) + 1)
            household[person : person + size] = home
            hamlet[person : person + size] = hamlets
            person, living = person + size, living + size
    return household, hamlet, communes[: hamlets + 1].copy()


@kernel
def grow(seed: int, household: Ids, first: Floats, others: Floats) -> Bytes:
    """Each person's age (p): of the first of a household from `first`, of the others from `others`, running sums by year."""
    key, ages = key_of(seed, AGES, ALWAYS), np.empty(len(household), np.uint8)
    for person in range(len(household)):
        heads = person == 0 or household[person] != household[person - 1]
        ages[person] = looked_up(first if heads else others, uniform(key, person, 0))
    return ages


@kernel
def occupy(
    seed: int, ages: Bytes, attendance: Floats, shares: Floats, park_sums: Floats, commune: Places
) -> tuple[Bytes, Bytes]:
    """Each person's role and park (p), park 0 for none.

    `attendance` by age; `shares` of work, teachers and health workers; `park_sums` (communes, parks + 1): running
    probabilities for somebody of 18 to 45 who works to be at each park, the last sum one for elsewhere.
    """
    key, role, park = key_of(seed, ROLES, ALWAYS), np.zeros(len(ages), np.uint8), np.zeros(len(ages), np.uint8)
    parks = park_sums.shape[1] - 1
    for person in range(len(ages)):
        age, coin = ages[person], uniform(key, person, 0)
        if coin < attendance[age]:
            role[person] = PUPIL
        elif 18 <= age < 62 and uniform(key, person, 1) < shares[0]:
            at = looked_up(park_sums[commune[person]], uniform(key, person, 2)) if age <= 45 else parks
            if at < parks:
                role[person], park[person] = PARK_WORKER, at + 1
            else:
                role[person] = profession(uniform(key, person, 3), shares[1], shares[2])
        else:
            role[person] = NOBODY
    return role, park


@kernel
def profession(coin: float, teachers: float, health: float) -> int:
    """Teacher, health worker or other worker."""
    return TEACHER if coin < teachers else HEALTH_WORKER if coin < teachers + health else WORKER


@kernel
def commute(
    seed: int, role: Bytes, commune: Places, commune_starts: Ids, district_starts: Ids, district: Places, shares: Floats
) -> Places:
    """The commune in which each worker works (p): its own, its district or the province, by running sums `shares` (3).

    Who commutes goes to where a person picked evenly lives, so that larger communes draw more.
    """
    key, works = key_of(seed, WORKPLACE, ALWAYS), commune.copy()
    for person in range(len(role)):
        if role[person] != WORKER and role[person] != HEALTH_WORKER:
            continue
        reach = looked_up(shares, uniform(key, person, 0))
        if reach > 0:
            at = district[commune[person]]
            first, last = (district_starts[at], district_starts[at + 1]) if reach == 1 else (0, commune_starts[-1])
            works[person] = commune[first + int(uniform(key, person, 1) * (last - first))]
    return works
