"""Residents of the invented province as columns, 23 bytes a person; names and addresses are written when asked for."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from demo import SEED, TODAY
from demo.geography import Geography
from demo.names import persons
from demo.names.persons import Ethnicity, Sex
from demo.names.places import DISTRICT_PLANS
from demo.population import Members, Role, settle
from demo.streams import share_out, stream

DAYS_PER_YEAR = 365.2425
EPOCH = date(1970, 1, 1)
MINORITIES = ((Ethnicity.TAY, 0.2), (Ethnicity.THAI, 0.45), (Ethnicity.MUONG, 0.35))

PHONE_PREFIX = "095"
"""Prefix of a mobile operator that closed: to our knowledge no subscriber of 2021 has a number under it."""
PHONES = 9_000_000
PHONE_STEP = 7_654_321
"""Coprime to ``PHONES``: walking by it gives every person another number in no visible order."""
NO_PHONE = -1

LANE_WORDS = {"Thôn": "ngõ", "Tổ dân phố": "ngõ", "Ấp": "tổ", "Khóm": "hẻm"}


@dataclass(frozen=True)
class People:
    """One entry per person in each array, household by household, head first; households in hamlet order.

    ``hamlet`` indexes ``geography.hamlets``; ``birth_day`` counts days from 1/1/1970; ``family``, ``middle`` and
    ``given`` index the tables of :mod:`demo.names.persons`; ``phone`` is -1 for none. ``house`` and ``lane`` have one
    entry per household (0: none). Person and household numbers shown outside count from 1.
    """

    geography: Geography
    household: NDArray[np.int32]
    hamlet: NDArray[np.int16]
    birth_day: NDArray[np.int32]
    sex: NDArray[np.uint8]
    role: NDArray[np.uint8]
    ethnicity: NDArray[np.uint8]
    family: NDArray[np.uint8]
    middle: NDArray[np.uint8]
    given: NDArray[np.uint8]
    phone: NDArray[np.int32]
    house: NDArray[np.uint16]
    lane: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.household)

    @property
    def households(self) -> int:
        return len(self.house)

    @property
    def birth_date(self) -> NDArray[np.datetime64]:
        return self.birth_day.astype("datetime64[D]")

    def age(self, on: date = TODAY) -> NDArray[np.int32]:
        """Whole years on a day (of 365.2425 days)."""
        return (((on - EPOCH).days - self.birth_day) / DAYS_PER_YEAR).astype(np.int32)

    def hamlet_population(self) -> NDArray[np.int64]:
        """Residents of each hamlet, in the order of ``geography.hamlets``: the plan, give or take one household."""
        return np.bincount(self.hamlet, minlength=len(self.geography.hamlets))

    def full_names(self, start: int = 0, stop: int | None = None) -> list[str]:
        """Family, middle and given name of the people of a range."""
        part = slice(start, stop)
        indices = zip(self.family[part].tolist(), self.middle[part].tolist(), self.given[part].tolist(), strict=True)
        family, middle, given = persons.FAMILIES.entries, persons.MIDDLES.entries, persons.GIVENS.entries
        return [f"{family[f]} {middle[m]} {given[g]}" for f, m, g in indices]

    def phones(self, start: int = 0, stop: int | None = None) -> list[str | None]:
        """Ten digits, or None for those without a telephone."""
        return [None if phone < 0 else f"{PHONE_PREFIX}{phone:07d}" for phone in self.phone[start:stop].tolist()]

    @cached_property
    def household_hamlet(self) -> NDArray[np.int16]:
        """Index of each household's hamlet."""
        return self.hamlet[np.searchsorted(self.household, np.arange(self.households))]

    def addresses(self, start: int = 0, stop: int | None = None) -> list[str]:
        """House and lane within the hamlet of the households of a range: "Số 12, ngõ 5, Tổ dân phố 3"."""
        part = slice(start, stop)
        columns = (self.house[part].tolist(), self.lane[part].tolist(), self.household_hamlet[part].tolist())
        names = [hamlet.name for hamlet in self.geography.hamlets]
        lanes = [LANE_WORDS[hamlet.kind] for hamlet in self.geography.hamlets]
        return [_address(house, lanes[at], lane, names[at]) for house, lane, at in zip(*columns, strict=True)]


def _address(house: int, lane_word: str, lane: int, hamlet: str) -> str:
    where = f"{lane_word} {lane}, {hamlet}" if lane else hamlet
    if house:
        return f"Số {house}, {where}"
    return where[0].upper() + where[1:]


def make_people(geography: Geography, size: int | None = None, seed: int = SEED) -> People:
    """Settle ``size`` people (default: the geography's own population) in the hamlets in proportion to its plan."""
    plan = geography.hamlet_population
    size = geography.province.population if size is None else size
    members = settle(size, stream(seed, "people", "households"))
    hamlet = _hamlet_of_households(members, share_out(size, plan.astype(float)))
    birth_day = _birth_days(members, stream(seed, "people", "birthdays"))
    ethnicity = _ethnicity(geography, hamlet, stream(seed, "people", "ethnicity"))
    family, middle, given = _names(members, birth_day, ethnicity, stream(seed, "people", "names"))
    house, lane = _houses(geography, hamlet, stream(seed, "people", "houses"))
    return People(
        geography=geography,
        household=members.household,
        hamlet=hamlet[members.household].astype(np.int16),
        birth_day=birth_day,
        sex=members.sex,
        role=members.role,
        ethnicity=ethnicity[members.household].astype(np.uint8),
        family=family.astype(np.uint8),
        middle=middle.astype(np.uint8),
        given=given.astype(np.uint8),
        phone=_phones(members, stream(seed, "people", "phones")),
        house=house,
        lane=lane,
    )


def _hamlet_of_households(members: Members, planned: NDArray[np.int64]) -> persons.Indices:
    """Hamlet of each household: the first hamlets fill up first, a household is never split."""
    sizes = np.bincount(members.household)
    middle = np.cumsum(sizes) - sizes / 2
    hamlet = np.searchsorted(np.cumsum(planned), middle, side="left")
    return np.minimum(hamlet, len(planned) - 1)


def _birth_days(members: Members, rng: np.random.Generator) -> NDArray[np.int32]:
    """Days since 1970; the day within the year is shaken so that couples do not share birthdays."""
    age_days = members.age * DAYS_PER_YEAR + rng.uniform(0, 30, len(members))
    return ((TODAY - EPOCH).days - age_days).astype(np.int32)


def _ethnicity(geography: Geography, hamlet: persons.Indices, rng: np.random.Generator) -> persons.Indices:
    """Ethnicity of each household: the minorities live in the hill districts."""
    shares = {geography.districts[number].code: plan.minority for number, plan in enumerate(DISTRICT_PLANS)}
    share = np.array([shares[geography.ancestors(row)[1]] for row in geography.hamlets])[hamlet]
    groups, weights = zip(*MINORITIES, strict=True)
    minority = rng.choice(np.array(groups), len(hamlet), p=weights)
    return np.where(rng.random(len(hamlet)) < share, minority, int(Ethnicity.KINH))


def _names(
    members: Members, birth_day: NDArray[np.int32], ethnicity: persons.Indices, rng: np.random.Generator
) -> tuple[persons.Indices, persons.Indices, persons.Indices]:
    """Indices of family, middle and given names; children carry the name of the man of the house."""
    year = birth_day.astype("datetime64[D]").astype("datetime64[Y]").astype(int) + EPOCH.year
    sex = members.sex.astype(np.intp)
    family = _inherited(members, persons.draw_families(ethnicity[members.household], rng))
    middle = persons.draw_by_generation(persons.MIDDLES, sex, year, rng)
    given = persons.draw_by_generation(persons.GIVENS, sex, year, rng)
    return family, middle, given


def _inherited(members: Members, own: persons.Indices) -> persons.Indices:
    """Family names after marriage and birth: a wife keeps hers, a child takes the father's.

    ``own`` is the name each would have alone. Where no man heads or shares the house, children keep a name of their
    own (their father's), one per house.
    """
    households = int(members.household[-1]) + 1
    head, father = np.zeros(households, dtype=np.intp), np.zeros(households, dtype=np.intp)
    head[members.household[members.role == Role.HEAD]] = own[members.role == Role.HEAD]
    young = np.isin(members.role, (Role.CHILD, Role.GRANDCHILD))
    father[members.household[young]] = own[young]
    man = np.isin(members.role, (Role.HEAD, Role.SPOUSE)) & (members.sex == Sex.MALE)
    father[members.household[man]] = own[man]
    grandfather = (members.role == Role.PARENT) & (members.sex == Sex.MALE)
    family = np.where(young, father[members.household], own)
    return np.where(grandfather, head[members.household], family)


def _phones(members: Members, rng: np.random.Generator) -> NDArray[np.int32]:
    """A number of one's own for most from 14 years up, fewer among the old."""
    chance = np.interp(members.age, [13.9, 14, 18, 60, 75, 90], [0, 0.6, 0.96, 0.92, 0.6, 0.2])
    number = (np.arange(len(members), dtype=np.int64) * PHONE_STEP + int(rng.integers(PHONES))) % PHONES
    return np.where(rng.random(len(members)) < chance, number, NO_PHONE).astype(np.int32)


def _houses(
    geography: Geography, hamlet: persons.Indices, rng: np.random.Generator
) -> tuple[NDArray[np.uint16], NDArray[np.uint8]]:
    """House and lane numbers: every house in town has a number, one in eight in the villages."""
    urban = np.array([row.urban for row in geography.hamlets])[hamlet]
    numbered = urban | (rng.random(len(hamlet)) < 0.125)
    house = np.where(numbered, rng.integers(1, 260, len(hamlet)), 0)
    lane = np.where(rng.random(len(hamlet)) < np.where(urban, 0.75, 0.5), rng.integers(1, 40, len(hamlet)), 0)
    return house.astype(np.uint16), lane.astype(np.uint8)
