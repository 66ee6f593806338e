"""Shares that are positive, with their intervals; and how many people a campaign should reach."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from math import ceil, sqrt
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
NORMAL_95 = 1.959963984540054
AGE_BANDS = ((0, 17), (18, 39), (40, 64), (65, 150))


@dataclass(frozen=True, slots=True)
class Share:
    """`positive` of `tested`; `low` and `high` bound the share at 95%, all three None where nobody was tested."""

    positive: int
    tested: int

    @property
    def share(self) -> float | None:
        """The share positive, 0 to 1."""
        return self.positive / self.tested if self.tested else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's score interval (1927, Journal of the American Statistical Association 22:209)."""
        return wilson(self.positive, self.tested) if self.tested else None


def wilson(positive: int, tested: int, z: float = NORMAL_95) -> tuple[float, float]:
    """Bounds of a share of `positive` in `tested` (at least 1), each 0 to 1."""
    share, square = positive / tested, z * z
    middle = (share + square / (2 * tested)) / (1 + square / tested)
    half = z / (1 + square / tested) * sqrt(share * (1 - share) / tested + square / (4 * tested * tested))
    return max(0.0, middle - half), min(1.0, middle + half)


def shares_by(rows: Iterable[tuple[Key, bool]]) -> dict[Key, Share]:
    """The share of each key, from rows of (key, whether positive)."""
    counts: dict[Key, list[int]] = {}
    for key, positive in rows:
        found = counts.setdefault(key, [0, 0])
        found[0] += positive
        found[1] += 1
    return {key: Share(*found) for key, found in counts.items()}


def age_band(age: int | None) -> tuple[int, int] | None:
    """The band of an age in years; None where nobody knows it."""
    return next((band for band in AGE_BANDS if age is not None and band[0] <= age <= band[1]), None)


def tubes_needed(people: int, pool_size: int, positivity: float, tubes_a_person: Callable[[int, float], float]) -> int:
    """Tubes that a laboratory must examine for so many people, opened pools included."""
    return ceil(people * tubes_a_person(pool_size, positivity))
