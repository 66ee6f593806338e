"""Whether somebody's doses may be certified: what stands in the way, as a code."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from phaodai.vaccination.rules.certificates import PRODUCTS


class Obstacle(StrEnum):
    """Why no certificate can be drafted yet, in the order in which it is asked."""

    NO_DOSE = "no-dose"
    DOUBTED = "doubted"
    GAP = "gap"
    PRODUCT = "product"
    COURSE_UNKNOWN = "course-unknown"
    COURSE_OPEN = "course-open"
    NAME = "name"
    BIRTH = "birth"
    NATIONALITY = "nationality"
    HAS_ONE = "has-one"


@dataclass(frozen=True)
class CertifiedDose:
    """One dose of the person that was not struck out."""

    number: int
    product: str
    given_on: date
    doubted: bool


@dataclass(frozen=True)
class Holder:
    """What is known of the person."""

    full_name: str
    birth: str
    nationality: str
    certified: frozenset[int] = frozenset()
    """Dose numbers of certificates that stand."""


def obstacle(holder: Holder, doses: Sequence[CertifiedDose], course: int | None) -> Obstacle | None:
    """The first thing in the way; None when the last dose may be certified.

    `course` is how many doses make a full course of the first dose's product, None where nobody has verified that.
    """
    if not doses:
        return Obstacle.NO_DOSE
    numbers = [dose.number for dose in doses]
    last = last_of(doses)
    checks = (
        (any(dose.doubted for dose in doses), Obstacle.DOUBTED),
        (sorted(numbers) != list(range(1, len(numbers) + 1)), Obstacle.GAP),
        (last.product not in PRODUCTS, Obstacle.PRODUCT),
        (course is None, Obstacle.COURSE_UNKNOWN),
        (course is not None and len(numbers) < course, Obstacle.COURSE_OPEN),
        (" " not in holder.full_name.strip(), Obstacle.NAME),
        (not holder.birth, Obstacle.BIRTH),
        (not holder.nationality, Obstacle.NATIONALITY),
        (last.number in holder.certified, Obstacle.HAS_ONE),
    )
    return next((found for stands, found in checks if stands), None)


def last_of(doses: Sequence[CertifiedDose]) -> CertifiedDose:
    """The dose that a certificate states."""
    return max(doses, key=lambda dose: dose.number)


def first_of(doses: Sequence[CertifiedDose]) -> CertifiedDose:
    """The dose whose product says how long the course is."""
    return min(doses, key=lambda dose: dose.number)
