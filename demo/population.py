"""Households and their members: who lives with whom, how old, of which sex.

Ages are first drawn from each household's story, then moved to the exact age pyramid rank by rank: the order of ages
in a household stays, and the province has the shares of the 2019 census (24.3% under 15, 68.0% of 15 to 64, 7.7%
older; General Statistics Office, "Completed results of the 2019 Viet Nam population and housing census").
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from demo.names.persons import Indices, Sex

Ages = NDArray[np.float64]
"""Years and parts of a year."""


class Role(IntEnum):
    """Place in the household, as the household book (sổ hộ khẩu) words it."""

    HEAD = 0
    SPOUSE = 1
    CHILD = 2
    PARENT = 3
    GRANDCHILD = 4
    OTHER = 5

    @property
    def label(self) -> str:
        return ("Chủ hộ", "Vợ/chồng", "Con", "Bố/mẹ", "Cháu", "Khác")[self]


PYRAMID_EDGES = np.array([0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 100], dtype=float)
PYRAMID_SHARES = np.array([8.1, 8.6, 7.6, 6.8, 7.0, 8.5, 8.6, 7.7, 7.1, 6.4, 6.1, 5.4, 4.4, 3.0, 1.7, 1.2, 1.8])
"""Per cent of the people between neighbouring edges, both sexes: the broad groups are the census's, the steps within
them drawn to its shape."""

SLOTS = 7
"""Places at a household's table: couple (2), grown or growing children (3), parents of the head (2)."""

MAXIMUM_AGE = 99.0


@dataclass(frozen=True)
class Kind:
    """A kind of household: its share, and the chance that each place at its table is taken.

    ``head_age`` is (mean, standard deviation) in years; ``places`` are the probabilities of spouse, first, second and
    third child, and one and two parents of the head.
    """

    share: float
    head_age: tuple[float, float]
    places: tuple[float, float, float, float, float, float]
    children_are_grandchildren: bool = False


KINDS = (
    Kind(0.06, (68, 11), (0, 0, 0, 0, 0, 0)),
    Kind(0.04, (29, 8), (0, 0, 0, 0, 0, 0)),
    Kind(0.08, (63, 9), (1, 0, 0, 0, 0, 0)),
    Kind(0.05, (28, 4), (1, 0.3, 0, 0, 0, 0)),
    Kind(0.38, (41, 8), (1, 1, 0.86, 0.25, 0, 0)),
    Kind(0.06, (42, 9), (0, 1, 0.55, 0.1, 0, 0)),
    Kind(0.26, (38, 7), (1, 1, 0.82, 0.24, 1, 0.55)),
    Kind(0.07, (62, 6), (0.8, 1, 0.45, 0, 0, 0), children_are_grandchildren=True),
)


@dataclass(frozen=True)
class Members:
    """People household by household, head first; ``household`` counts from 0."""

    household: NDArray[np.int32]
    role: NDArray[np.uint8]
    sex: NDArray[np.uint8]
    age: Ages

    def __len__(self) -> int:
        return len(self.household)


def settle(size: int, rng: np.random.Generator) -> Members:
    """``size`` people in households, about 3.5 to a household, with the age pyramid of the census."""
    count = int(size / 2.9) + 50
    kind = rng.choice(len(KINDS), count, p=np.array([each.share for each in KINDS]) / sum(k.share for k in KINDS))
    age = _ages(kind, rng)
    present = _presence(kind, rng) & (age >= 0)
    role, sex = _roles(kind), _sexes(kind, rng)
    household = np.repeat(np.arange(count, dtype=np.int32), SLOTS).reshape(count, SLOTS)
    taken = np.flatnonzero(present.ravel())[:size]
    members = Members(household.ravel()[taken], role.ravel()[taken], sex.ravel()[taken], age.ravel()[taken])
    return Members(members.household, members.role, members.sex, _to_pyramid(members.age, rng))


def _presence(kind: Indices, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Which places are taken, shape (households, SLOTS): a later child or parent comes only after the one before."""
    chance = np.array([(1.0, *each.places) for each in KINDS])[kind]
    present: NDArray[np.bool_] = rng.random(chance.shape) < chance
    present[:, 3] &= present[:, 2]
    present[:, 4] &= present[:, 3]
    present[:, 6] &= present[:, 5]
    return present


def _ages(kind: Indices, rng: np.random.Generator) -> Ages:
    """Ages as the households' stories have them, shape (households, SLOTS); below zero is not born yet."""
    count = len(kind)
    mean, spread = np.array([each.head_age for each in KINDS])[kind].T
    head = np.clip(mean + spread * rng.standard_normal(count), 19, 95)
    grand = np.array([each.children_are_grandchildren for each in KINDS])[kind]
    mother = head - 2.5 * rng.random(count)
    first_child = mother - np.where(grand, 44, 19.5) - rng.gamma(3.0, 2.3, count)
    gaps = 1.6 + rng.gamma(2.5, 1.5, (count, 2))
    children = np.column_stack([first_child, first_child - gaps[:, 0], first_child - gaps.sum(axis=1)])
    parents = head[:, None] + 21 + rng.gamma(4.0, 1.6, (count, 2))
    spouse = head - 2.4 + 3.2 * rng.standard_normal(count)
    ages: Ages = np.column_stack([head, np.maximum(spouse, 18.5), children, parents])
    return np.minimum(ages, MAXIMUM_AGE)


def _roles(kind: Indices) -> NDArray[np.uint8]:
    grand = np.array([each.children_are_grandchildren for each in KINDS])[kind]
    roles = np.tile(
        np.array([Role.HEAD, Role.SPOUSE, *[Role.CHILD] * 3, *[Role.PARENT] * 2], dtype=np.uint8), (len(kind), 1)
    )
    roles[grand, 2:5] = Role.GRANDCHILD
    return roles


def _sexes(kind: Indices, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Couples are a man and a woman, boys are 52.7% of children, people alone and parents more often women."""
    count = len(kind)
    has_spouse = np.array([each.places[0] > 0 for each in KINDS])[kind]
    head = np.where(rng.random(count) < np.where(has_spouse, 0.8, 0.27), Sex.MALE, Sex.FEMALE)
    children = np.where(rng.random((count, 3)) < 0.527, Sex.MALE, Sex.FEMALE)
    mother_first = np.where(rng.random(count) < 0.75, Sex.FEMALE, Sex.MALE)
    sexes = np.column_stack([head, 1 - head, children, mother_first, 1 - mother_first])
    return sexes.astype(np.uint8)


def _to_pyramid(age: Ages, rng: np.random.Generator) -> Ages:
    """The pyramid's ages in the order of the given ones; the very old, who tie, are ordered by chance."""
    order = np.argsort(age + 1e-7 * rng.random(len(age)), kind="stable")
    cumulative = np.concatenate([[0.0], np.cumsum(PYRAMID_SHARES) / PYRAMID_SHARES.sum()])
    moved = np.empty(len(age))
    moved[order] = np.interp((np.arange(len(age)) + 0.5) / len(age), cumulative, PYRAMID_EDGES)
    return moved
