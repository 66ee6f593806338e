"""A province's people as arrays: built from the sizes of its units and a seed, nobody real among them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from epidemic.simulation.contacts import Contacts, Pairs, contacts_of
from epidemic.simulation.demography import (
    OLDEST_PARK_WORKER,
    YOUNGEST_WORKER,
    Demography,
    cumulative,
    head_and_other_ages,
    school_attendance,
    worker_ages,
)
from epidemic.simulation.groups import (
    LARGEST_TEAM,
    SMALLEST_TEAM,
    community_pairs,
    cut,
    group_pairs,
    household_pairs,
    shuffled_by,
)
from epidemic.simulation.kinds import COMMUNITY, GATHERING, HEALTH_WORKER, PARK_WORKER, PUPIL, SCHOOL, TEACHER, WORKER
from epidemic.simulation.lodgings import lodge
from epidemic.simulation.settling import commute, grow, occupy, settle
from epidemic.simulation.surroundings import Surroundings, surroundings_of
from epidemic.simulation.territory import Province

Ids = NDArray[np.int32]
Bytes = NDArray[np.uint8]
Floats = NDArray[np.float64]

# Shares that stay in the commune, go elsewhere in the district, and elsewhere in the province: assumed, no source.
COMMUTING = (0.6, 0.25, 0.15)
MEETING = (0.80, 0.13, 0.07)
CELEBRATING = (0.60, 0.25, 0.15)
PARK_PULL_OF_OWN_DISTRICT = 4.0


class People(NamedTuple):
    """What is known of p people for good: age in years, role of `ROLES`, hamlet, and park (0 for none)."""

    age: NDArray[np.uint8]
    role: NDArray[np.uint8]
    hamlet: NDArray[np.uint16]
    park: NDArray[np.uint8]


class Occupied(NamedTuple):
    """Workers elsewhere than in parks and pupils by hamlet, shape (hamlets,); workers by park, shape (parks + 1,)."""

    workers: NDArray[np.int64]
    pupils: NDArray[np.int64]
    park_workers: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Population:
    """People of a province, its hamlets, and who meets whom.

    Attributes
    ----------
    hamlet_commune
        The commune of each hamlet, shape (hamlets,).
    household
        Each person's household, shape (people,).
    """

    province: Province
    people: People
    contacts: Contacts
    hamlet_commune: NDArray[np.uint16]
    household: Ids

    @property
    def size(self) -> int:
        return len(self.people.age)

    @property
    def commune(self) -> NDArray[np.uint16]:
        """Each person's commune, shape (people,)."""
        return self.hamlet_commune[self.people.hamlet]

    @cached_property
    def surroundings(self) -> Surroundings:
        """What is around somebody infected by contact; every plan asks, so it is worked out once."""
        return surroundings_of(self.contacts, self.people.age)

    @cached_property
    def occupied(self) -> Occupied:
        """Who works or learns where; every plan asks, so it is counted once."""
        hamlets, of = len(self.hamlet_commune), self.people
        works = (of.role > PUPIL) & (of.role != PARK_WORKER)
        return Occupied(
            workers=np.bincount(of.hamlet[works], minlength=hamlets),
            pupils=np.bincount(of.hamlet[of.role == PUPIL], minlength=hamlets),
            park_workers=np.bincount(of.park[of.role == PARK_WORKER], minlength=len(self.province.parks) + 1),
        )


def build_population(province: Province, *, seed: int = 1, demography: Demography | None = None) -> Population:
    """Settle a province: ages, households, classes, teams, lines at the parks, and everybody's contacts.

    The same province and seed give the same people on every machine.
    """
    how = demography or Demography()
    starts = np.concatenate([[0], np.cumsum([unit.people for unit in province.communes])]).astype(np.int32)
    household, hamlet, hamlet_commune = settle(
        seed, starts, cumulative(np.asarray(how.household_shares, float)), how.hamlet_size
    )
    commune = hamlet_commune[hamlet]
    household, lodged = lodge(province, starts, household, how.lodging_size)
    age = _ages(seed, how, household, lodged)
    role, park = _occupations(province, seed, how, commune, age, lodged)
    people = People(age, role, hamlet, park)
    pairs = tuple(_pairs(province, seed, how, people, household, commune, starts))
    return Population(province, people, contacts_of(len(age), pairs), hamlet_commune, household)


def _ages(seed: int, how: Demography, household: Ids, lodged: Bytes) -> Bytes:
    """Each person's age; tenants of lodgings are of the age of workers."""
    age = grow(seed, household, *head_and_other_ages(how))
    if lodged.any():
        workers = worker_ages(how)
        age = np.where(lodged > 0, grow(seed, household, workers, workers), age)
    return age


def _occupations(
    province: Province, seed: int, how: Demography, commune: NDArray[np.uint16], age: Bytes, lodged: Bytes
) -> tuple[Bytes, Bytes]:
    """Each person's role and park."""
    others = lodged == 0
    park_sums = _park_sums(province, commune[others], age[others], how.employment)
    shares = np.array([how.employment, how.teachers, how.health_workers])
    role, park = occupy(seed, age, school_attendance(), shares, park_sums, commune)
    return np.where(others, role, np.uint8(PARK_WORKER)), np.where(others, park, lodged)


def _park_sums(province: Province, commune: NDArray[np.uint16], age: Bytes, employment: float) -> Floats:
    """Chances to work at each park for those who live at home, as running sums."""
    able = (
        np.bincount(commune[(age >= YOUNGEST_WORKER) & (age <= OLDEST_PARK_WORKER)], minlength=len(province.communes))
        * employment
    )
    district = {unit.code: unit.district for unit in province.communes}
    chances = np.zeros((len(province.communes), len(province.parks)))
    for at, park in enumerate(province.parks):
        near = np.array([unit.district == district[park.commune] for unit in province.communes])
        pull = np.where(near, PARK_PULL_OF_OWN_DISTRICT, 1.0)
        chances[:, at] = (park.workers - park.tenants) * pull / max(1.0, float(able @ pull))
    crowded = np.maximum(1.0, chances.sum(axis=1, keepdims=True))
    sums = np.cumsum(chances / crowded, axis=1)
    return np.hstack([sums, np.ones((len(sums), 1))])


def _pairs(
    province: Province,
    seed: int,
    how: Demography,
    people: People,
    household: Ids,
    commune: NDArray[np.uint16],
    starts: Ids,
) -> Iterator[Pairs]:
    bounds, district, district_starts = _districts(province, starts)
    yield household_pairs(household)
    yield _class_pairs(seed, how, people, commune)
    works = commute(seed, people.role, commune, starts, district_starts, district, cumulative(np.asarray(COMMUTING)))
    yield _work_pairs(seed, how, people, works)
    for layer, name, shares in ((COMMUNITY, "community", MEETING), (GATHERING, "gathering", CELEBRATING)):
        yield community_pairs(seed, layer, how.contacts[name], cumulative(np.asarray(shares)), bounds, commune)


def _districts(province: Province, starts: Ids) -> tuple[Ids, NDArray[np.uint16], Ids]:
    names = province.districts
    district = np.array([names.index(unit.district) for unit in province.communes], np.uint16)
    first = np.searchsorted(district, np.arange(len(names) + 1))
    district_starts = starts[first].astype(np.int32)
    ends = np.column_stack([starts[:-1], starts[1:], district_starts[district], district_starts[district + 1]])
    return ends.astype(np.int32), district, district_starts


def _class_pairs(seed: int, how: Demography, people: People, commune: NDArray[np.uint16]) -> Pairs:
    members = np.flatnonzero((people.role == PUPIL) | (people.role == TEACHER)).astype(np.int32)
    # Teachers take a place in a class of some age of their commune.
    age = np.where(people.role[members] == PUPIL, people.age[members], 3 + members % 15)
    ordered, buckets = shuffled_by(seed, members, commune[members].astype(np.int64) * 32 + age)
    return _met(seed, SCHOOL, ordered, buckets, (how.class_size, how.class_size), how.contacts["school"])


def _work_pairs(seed: int, how: Demography, people: People, works: NDArray[np.uint16]) -> Pairs:
    role, contacts = people.role, how.contacts["work"]
    members = np.flatnonzero((role == WORKER) | (role == HEALTH_WORKER)).astype(np.int32)
    bucket = works[members].astype(np.int64) * 2 + (role[members] == HEALTH_WORKER)
    teams = _met(seed, 10, *shuffled_by(seed, members, bucket), (SMALLEST_TEAM, LARGEST_TEAM), contacts)
    members = np.flatnonzero(role == PARK_WORKER).astype(np.int32)
    ordered, buckets = shuffled_by(seed, members, people.park[members].astype(np.int64))
    lines = _met(seed, 11, ordered, buckets, (how.line_size, how.line_size), contacts * 3 // 4)
    # A quarter of a worker's contacts is with other lines: canteen, gate, bus.
    elsewhere = _met(seed, 12, ordered, buckets, (len(ordered), len(ordered)), contacts - contacts * 3 // 4)
    return _joined((teams, lines, elsewhere))


def _met(
    seed: int, draw: int, ordered: Ids, buckets: NDArray[np.int64], sizes: tuple[int, int], contacts: int
) -> Pairs:
    return group_pairs(seed, draw, ordered, cut(seed, buckets, *sizes), contacts)


def _joined(pairs: Sequence[Pairs]) -> Pairs:
    return np.concatenate([one for one, _ in pairs]), np.concatenate([other for _, other in pairs])
