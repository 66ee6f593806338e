"""Who sits in one class, works in one team or stands at one line, and whom everybody meets there."""

import numpy as np
from numpy.typing import NDArray

from epidemic.simulation.kernel import kernel
from epidemic.simulation.randomness import ALWAYS, CONTACTS, TEAMS, below, key_of, mixed

Ids = NDArray[np.int32]
Pairs = tuple[Ids, Ids]
SMALLEST_TEAM, LARGEST_TEAM = 4, 28


def shuffled_by(seed: int, members: Ids, bucket: NDArray[np.int64]) -> tuple[Ids, NDArray[np.int64]]:
    """Members ordered by bucket, mixed within it, and their buckets."""
    order = np.argsort(bucket << np.int64(32) | _hashes(seed, members))
    return members[order], bucket[order]


@kernel
def _hashes(seed: int, members: Ids) -> NDArray[np.int64]:
    key, found = key_of(seed, TEAMS, ALWAYS), np.empty(len(members), np.int64)
    for at in range(len(members)):
        found[at] = np.int64(mixed(key + np.uint64(members[at])) >> np.uint64(32))
    return found


@kernel
def cut(seed: int, buckets: NDArray[np.int64], smallest: int, largest: int) -> Ids:
    """Starts of groups of `smallest` to `largest` members within each bucket of ordered members, and the end."""
    starts, count, left = np.empty(len(buckets) + 1, np.int32), 0, 0
    key = key_of(seed, TEAMS, ALWAYS)
    for at in range(len(buckets)):
        if left == 0 or buckets[at] != buckets[at - 1]:
            starts[count] = at
            left = smallest + below(key, at, 1, largest - smallest + 1)
            count += 1
        left -= 1
    starts[count] = len(buckets)
    return starts[: count + 1].copy()


@kernel
def household_pairs(household: Ids) -> Pairs:
    """Everybody with everybody of the household: each pair once."""
    count, start = 0, 0
    for person in range(len(household)):
        start = start if person and household[person] == household[person - 1] else person
        count += person - start
    one, other = np.empty(count, np.int32), np.empty(count, np.int32)
    count = 0
    for person in range(len(household)):
        start = start if person and household[person] == household[person - 1] else person
        for relative in range(start, person):
            one[count], other[count] = relative, person
            count += 1
    return one, other


@kernel
def group_pairs(seed: int, draw: int, members: Ids, starts: Ids, contacts: int) -> Pairs:
    """Each member of a group meets half of `contacts` others of its choice, and those who chose it; small groups, everybody.

    `members` lie group by group, bounded by `starts`. `draw` keeps the kinds of groups apart.
    """
    key, half = key_of(seed, CONTACTS, draw), contacts // 2
    one, other = np.empty(len(members) * half, np.int32), np.empty(len(members) * half, np.int32)
    count = 0
    for group in range(len(starts) - 1):
        first, size = starts[group], starts[group + 1] - starts[group]
        for at in range(size):
            met = min(half, size - 1 - at) if size <= contacts else half
            for nth in range(met):
                partner = at + 1 + (nth if size <= contacts else below(key, members[first + at], nth, size - 1))
                one[count], other[count] = members[first + at], members[first + partner % size]
                count += 1
    return one[:count].copy(), other[:count].copy()


@kernel
def community_pairs(
    seed: int, draw: int, contacts: int, shares: NDArray[np.float64], bounds: Ids, place: NDArray[np.uint16]
) -> Pairs:
    """Each person meets half of `contacts` others, drawn evenly from the commune, the district or the province.

    `shares` are running sums of the three; `bounds` (communes, 4): first and last person of each commune and of its district.
    """
    people, half, key = len(place), contacts // 2, key_of(seed, CONTACTS, draw)
    one, other = np.empty(people * half, np.int32), np.empty(people * half, np.int32)
    for person in range(people):
        home = bounds[place[person]]
        for nth in range(half):
            reach = below(key, person, 2 * nth, 1 << 20) / float(1 << 20)
            first, last = (home[0], home[1]) if reach < shares[0] else (home[2], home[3])
            if reach >= shares[1]:
                first, last = 0, people
            one[person * half + nth] = person
            other[person * half + nth] = first + below(key, person, 2 * nth + 1, last - first)
    return one, other
