"""What a path needs by week: beds, oxygen, tests, kits, protective sets, quarantine places, staff."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from phaodai.foresight.rules.scenario_packs import staff_norms

NEEDS: Mapping[str, tuple[str, ...]] = {
    "beds_tier_1": ("beds_tier_1",),
    "beds_tier_2": ("beds_tier_2",),
    "beds_tier_3": ("beds_tier_3",),
    "waiting_for_bed": ("waiting_for_bed",),
    "oxygen": ("oxygen", "waiting_for_oxygen"),
    "isolation_home": ("isolation_home",),
    "quarantine_site": ("quarantine_site",),
    "quarantine_home": ("quarantine_home",),
    "tests": ("tests",),
    "kits": ("kits",),
    "protective_sets": ("protective_sets",),
    "doses": ("doses_first", "doses_second"),
}
"""Each line of the order list and the series it sums."""
ORDERED = ("tests", "kits", "protective_sets", "doses")
"""What is used up: a week's sum is ordered. Of the others the highest day of the week counts."""
LOW, MIDDLE, HIGH = 0, 2, 4


@dataclass(frozen=True)
class Need:
    """One line: the middle of the seeds and the upper end of their 95% for each week."""

    key: str
    middle: tuple[int, ...]
    high: tuple[int, ...]

    @property
    def is_used_up(self) -> bool:
        """Whether weeks add up; else the highest week counts."""
        return self.key in ORDERED

    def total(self, weeks: Sequence[int]) -> int:
        """What to have for all weeks together."""
        return (sum(weeks) if self.is_used_up else max(weeks, default=0)) if weeks else 0


def needs_of(weeks: Mapping[str, Any]) -> list[Need]:
    """The order list of one path from its bands by week (`rules.scenario_sums`).

    Upper ends of several series are added, which errs towards more.
    """
    found = [
        Need(key, _added([weeks[name][MIDDLE] for name in series]), _added([weeks[name][HIGH] for name in series]))
        for key, series in NEEDS.items()
    ]
    return [*found, _staff(weeks)]


def _added(lists: Sequence[Sequence[int]]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*lists, strict=True)))


def _staff(weeks: Mapping[str, Any]) -> Need:
    norms = staff_norms()
    return Need("staff", *(_staffed(weeks, norms, place) for place in (MIDDLE, HIGH)))


def _staffed(weeks: Mapping[str, Any], norms: Mapping[str, float], place: int) -> tuple[int, ...]:
    """Beds and places by their highest day, tests by the mean day of the week."""
    number = len(weeks["tests"][place])
    return tuple(
        round(sum(norm * weeks[name][place][week] / (7 if name in ORDERED else 1) for name, norm in norms.items()))
        for week in range(number)
    )
