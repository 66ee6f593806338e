"""Where a thing goes when the place that it stood in closes: to the largest gap, near before far. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Thing:
    """One thing that is free; `district` is where it stands (None: at the province)."""

    id: int
    item: int
    district: int | None


@dataclass(frozen=True)
class Gap:
    """How many of an item are missed at a store, and how that is known: an approved order, or the least it should hold."""

    store: int
    item: int
    district: int | None
    missing: Decimal
    why: str


@dataclass(frozen=True)
class Goal:
    """Where one thing should go, and how many were missed there before it came."""

    thing: Thing
    gap: Gap | None


def send_to_gaps(things: Sequence[Thing], gaps: Sequence[Gap]) -> list[Goal]:
    """One goal for each thing: of its own district first, then by the larger gap; None where none is missed anywhere."""
    open_gaps = {(one.store, one.item): one for one in gaps if one.missing > 0}
    goals = []
    for thing in things:
        fitting = [one for one in open_gaps.values() if one.item == thing.item]
        best = min(fitting, key=lambda one: _rank(one, thing), default=None)
        goals.append(Goal(thing, best))
        if best is not None:
            _fill(open_gaps, best)
    return goals


def _rank(gap: Gap, thing: Thing) -> tuple[bool, Decimal, int]:
    return gap.district != thing.district, -gap.missing, gap.store


def _fill(gaps: dict[tuple[int, int], Gap], filled: Gap) -> None:
    left = filled.missing - 1
    key = (filled.store, filled.item)
    if left > 0:
        gaps[key] = Gap(filled.store, filled.item, filled.district, left, filled.why)
    else:
        del gaps[key]
