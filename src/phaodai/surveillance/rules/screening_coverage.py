"""How far a round has come, hamlet by hamlet. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True)
class Coverage:
    """Households of an area in a round: everybody met, somebody to visit again, not visited yet."""

    done: int = 0
    absent: int = 0
    left: int = 0

    @property
    def whole(self) -> int:
        """All of them."""
        return self.done + self.absent + self.left

    @property
    def share(self) -> float:
        """The share of households where everybody was met, 0 to 1; 0 where nobody lives."""
        return self.done / self.whole if self.whole else 0.0

    def owed(self, target_percent: int) -> int:
        """So many households are still owed to reach the target."""
        return max(0, ceil(self.whole * target_percent / 100) - self.done)

    def __add__(self, other: "Coverage") -> "Coverage":
        return Coverage(self.done + other.done, self.absent + other.absent, self.left + other.left)


def coverage_of(homes: int, done: int, absent: int) -> Coverage:
    """Of an area with so many households; a household that moved in after the count never makes what is left negative."""
    return Coverage(done, absent, max(0, homes - done - absent))


def covered(homes: Mapping[int, int], seen: Iterable[tuple[int, str, int]]) -> dict[int, Coverage]:
    """Coverage by area from the households of each and rows of (area, standing, households)."""
    done: dict[int, int] = {}
    absent: dict[int, int] = {}
    for area, standing, count in seen:
        kept = done if standing == "done" else absent
        kept[area] = kept.get(area, 0) + count
    areas = {*homes, *done, *absent}
    return {area: coverage_of(homes.get(area, 0), done.get(area, 0), absent.get(area, 0)) for area in areas}


def total(parts: Iterable[Coverage]) -> Coverage:
    """The coverage of several areas together."""
    return sum(parts, Coverage())
