"""How far two records speak of one person: the weights of what agrees and what does not. Pure.

Fellegi and Sunter, A theory for record linkage, JASA 64 (1969): each field adds the binary logarithm of how much more
often it agrees in records of one person (m) than in records of two (u). A rare name says more than a common one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import log2

from phaodai.people.rules.names import likeness

PROPOSED = 0.6
"""From which score a pair is shown to a person."""
_M = 0.95
_TWICE = 0.01
# Chance that two persons of one province agree: years of birth over some 80 years, days over 365 more, telephones shared
# in a household, sexes half and half, communes over a province of some 150.
_U_YEAR, _U_DAY, _U_PHONE, _U_COMMUNE, _U_HOUSEHOLD = 1 / 60, 1 / 20_000, 1 / 100_000, 1 / 150, 1 / 50_000
_COMMONEST_NAME = 1e-3
_AGAINST_SEX, _AGAINST_YEAR, _AGAINST_DAY, _AGAINST_NUMBER = -8.0, -6.0, -3.0, -20.0


@dataclass(frozen=True, slots=True)
class Record:
    """What a record says of its person; empty where it says nothing."""

    full_name: str
    sex: str = ""
    birth_year: int | None = None
    birth_date: date | None = None
    phone: str = ""
    identity_number: str = ""
    commune: int | None = None
    household: int | None = None


@dataclass(frozen=True, slots=True)
class Likeness:
    """Between 0 and 1, and what each field said: above 0 for, below 0 against."""

    score: float
    evidence: Mapping[str, float]


def compare(one: Record, other: Record, *, name_share: float, persons: int) -> Likeness:
    """How likely two records are of one person among `persons`, where `name_share` of them bear the name."""
    evidence = {name: round(weight, 2) for name, weight in _weights(one, other, name_share) if weight}
    if likeness(one.full_name, other.full_name) == 0.0:
        return Likeness(0.0, evidence)
    # Before anything is compared: one record in a hundred has a second, among so many that it might be.
    odds = sum(evidence.values()) - log2(max(persons, 2) / _TWICE)
    return Likeness(1 / (1 + 2.0**-odds) if odds > -60 else 0.0, evidence)


def _weights(one: Record, other: Record, name_share: float) -> list[tuple[str, float]]:
    alike = likeness(one.full_name, other.full_name)
    share = min(max(name_share, 1e-7), _COMMONEST_NAME * 20)
    return [
        ("full_name", alike * log2(_M / share)),
        ("sex", _agree(one.sex, other.sex, 0.5, _AGAINST_SEX)),
        ("birth", _birth(one, other)),
        ("phone", _agree(one.phone, other.phone, _U_PHONE, 0.0)),
        ("identity_number", _number(one, other)),
        ("commune", _agree(one.commune, other.commune, _U_COMMUNE, 0.0)),
        ("household", _agree(one.household, other.household, _U_HOUSEHOLD, 0.0)),
    ]


def _agree(one: object, other: object, chance: float, against: float) -> float:
    """The weight of agreement, of contradiction, or nothing where one says nothing."""
    if not one or not other:
        return 0.0
    return log2(_M / chance) if one == other else against


def _birth(one: Record, other: Record) -> float:
    if one.birth_date and other.birth_date:
        if one.birth_date == other.birth_date:
            return log2(_M / _U_DAY)
        return _AGAINST_DAY + (0.0 if _like_days(one.birth_date, other.birth_date) else _AGAINST_YEAR)
    if not one.birth_year or not other.birth_year:
        return 0.0
    apart = abs(one.birth_year - other.birth_year)
    return {0: log2(_M / _U_YEAR), 1: 1.0}.get(apart, _AGAINST_YEAR)


def _like_days(one: date, other: date) -> bool:
    """Day and month changed over, or one of three parts wrong."""
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return True
    return sum((one.year == other.year, one.month == other.month, one.day == other.day)) == 2


def _number(one: Record, other: Record) -> float:
    """Two cards of one kind are of two persons; a CMND and a CCCD may be of one."""
    left, right = one.identity_number, other.identity_number
    if not left or not right or len(left) != len(right):
        return 0.0
    return 30.0 if left == right else _AGAINST_NUMBER
