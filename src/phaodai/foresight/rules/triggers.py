"""Scenario levels (`packs/triggers.toml`): which one a unit stands at, by which figures, and the tasks that are ready."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Literal

FIGURES = (
    *("weekly_cases_per_100k", "reproduction_low", "warnings", "high_share"),
    *("oxygen_beds_taken", "intensive_beds_taken", "places_taken"),
)
SHARES = frozenset({"high_share", "oxygen_beds_taken", "intensive_beds_taken", "places_taken"})
Figures = Mapping[str, float | None]
"""What is known of a unit; None where nobody can say."""


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A threshold on a figure: met from `value` on, or above it."""

    key: str
    figure: str
    value: float
    kind: Literal["from", "above"]
    source: str
    confidence: str
    is_own: bool = False
    """Whether the province set it."""

    def holds(self, figures: Figures) -> bool:
        """Whether the figure meets it; what is not known meets nothing."""
        known = figures.get(self.figure)
        if known is None:
            return False
        return known > self.value if self.kind == "above" else known >= self.value


@dataclass(frozen=True, kw_only=True)
class ReadyTask:
    """A task of the pack: for bodies of a kind, of the unit itself or of the units below it."""

    body: str
    to: Literal["unit", "below"]
    title: str
    measure: str
    hours: int
    citation: str


@dataclass(frozen=True, kw_only=True)
class ScenarioLevel:
    """A level: groups of conditions, of which one must hold whole, and its tasks."""

    number: int
    name: Mapping[str, str]
    groups: tuple[tuple[Condition, ...], ...]
    tasks: tuple[ReadyTask, ...]

    def met(self, figures: Figures) -> tuple[Condition, ...]:
        """The conditions of the first group that holds; none when the level is not met."""
        return next((group for group in self.groups if all(one.holds(figures) for one in group)), ())

    def with_own(self, own: Mapping[str, float]) -> "ScenarioLevel":
        """The level with the province's own thresholds in place of the working values."""
        groups = (
            tuple(replace(one, value=own[one.key], is_own=True) if one.key in own else one for one in group)
            for group in self.groups
        )
        return replace(self, groups=tuple(groups))


@cache
def working_levels() -> tuple[ScenarioLevel, ...]:
    """The levels as the pack has them."""
    found = tomllib.loads(files("phaodai.foresight").joinpath("packs/triggers.toml").read_text("utf-8"))
    return tuple(
        ScenarioLevel(
            number=level["number"],
            name=level["name"],
            groups=tuple(
                tuple(_conditions(level["number"], place, group["all"])) for place, group in enumerate(level["group"])
            ),
            tasks=tuple(ReadyTask(**task) for task in level["task"]),
        )
        for level in found["level"]
    )


def _conditions(level: int, group: int, rows: Sequence[Mapping[str, Any]]) -> Iterator[Condition]:
    for row in rows:
        kind: Literal["from", "above"] = "above" if "above" in row else "from"
        yield Condition(
            key=f"{level}/{group}/{row['figure']}",
            figure=row["figure"],
            value=float(row[kind]),
            kind=kind,
            source=row["source"],
            confidence=row["confidence"],
        )


def levels_of(own: Mapping[str, float]) -> list[ScenarioLevel]:
    """The levels with a province's own thresholds."""
    return [level.with_own(own) for level in working_levels()]


def keys() -> frozenset[str]:
    """Every threshold that a province may set."""
    return frozenset(one.key for level in working_levels() for group in level.groups for one in group)


def highest_met(
    levels: Sequence[ScenarioLevel], figures: Figures
) -> tuple[ScenarioLevel, tuple[Condition, ...]] | None:
    """The highest level whose conditions hold, with those that do."""
    for level in sorted(levels, key=lambda one: -one.number):
        if met := level.met(figures):
            return level, met
    return None
