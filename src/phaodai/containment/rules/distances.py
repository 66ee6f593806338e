"""How many people a unit is away from another level: more cases, fewer cases, more doses."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from phaodai.rulebook import Rulebook
from phaodai.rulebook.conditions import intervals

RULE = "risk-level"
PEOPLE = 100_000
_HAIR = 1e-9  # keeps what computers lose on thirds from moving a limit by one person


@dataclass(frozen=True)
class Counted:
    """A fact as people: `part` of `whole`, times `scale`. Cases: part of people times weeks, times 100,000."""

    part: int
    whole: int
    scale: int = 1
    falls: bool = False
    """Whether the part can become smaller: cases can, doses cannot."""

    def value(self, part: int) -> float:
        """The fact if `part` people were counted; one division, as the rate itself is computed."""
        return part * self.scale / self.whole

    def fewest(self, limit: float) -> int:
        """The fewest people with whom the fact is `limit` or more."""
        return ceil(limit * self.whole / self.scale - _HAIR)


@dataclass(frozen=True)
class Turn:
    """With `total` people counted instead of now, the level would be `level`."""

    fact: str
    total: int
    more: int
    level: int


def limits_of(book: Rulebook, on: date, fact: str) -> list[float]:
    """The limits that the tables of the rule set to a number on a day, where somebody has verified them."""
    tables = [book.table(name, on) for name, spec in book.tables.items() if spec.rule == RULE]
    found = (
        limit
        for table in tables
        for row in table.rows
        if row.provision.verified
        for one in intervals(row.provision.when)
        if one.fact == fact
        for limit in (one.low, one.high)
    )
    return sorted({float(limit) for limit in found if isinstance(limit, int | float) and limit > 0})


def turns(book: Rulebook, on: date, facts: Mapping[str, Any], counted: Mapping[str, Counted]) -> list[Turn]:
    """For each counted fact the nearest number of people that changes the level, one upwards and one downwards."""
    trials = [(name, total) for name in counted for total in _candidates(book, on, name, counted[name])]
    if not trials:
        return []
    columns: dict[str, list[Any]] = {name: [value] * (len(trials) + 1) for name, value in facts.items()}
    for place, (name, total) in enumerate(trials, 1):
        columns[name][place] = counted[name].value(total)
    present, *outcomes = book.decide_many(RULE, on, columns).outcomes
    found: dict[tuple[str, bool], Turn] = {}
    for (name, total), level in zip(trials, outcomes, strict=True):
        more = total - counted[name].part
        if level is not None and level != present:
            found.setdefault((name, more > 0), Turn(name, total, more, level))
    return list(found.values())


def _candidates(book: Rulebook, on: date, name: str, counted: Counted) -> Iterator[int]:
    """Numbers of people just past a limit, the nearest first."""
    most = counted.whole if counted.scale == 1 else None
    reached = [counted.fewest(limit) for limit in limits_of(book, on, name)]
    yield from (total for total in reached if total > counted.part and (most is None or total <= most))
    if counted.falls:
        yield from _downwards(reached, counted.part)


def _downwards(reached: Sequence[int], part: int) -> Iterator[int]:
    yield from (total - 1 for total in reversed(reached) if 0 <= total - 1 < part)
    if part > 0 and reached and reached[0] > 1:
        yield 0
