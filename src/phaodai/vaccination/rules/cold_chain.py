"""When a thermometer's log shows that vaccine was too warm or too cold, or shows nothing. Pure.

The ranges are working rules: no document that was read gives them. They follow the leaflets of the products (most at
2-8 °C; Comirnaty frozen at -90 to -60 °C, Moderna and Sputnik V at -25 to -15 °C until thawed). A person sets the range
of each fridge; these are only what its form begins with.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Literal

Kind = Literal["warm", "cold", "gap"]

WORKING_RANGES: dict[str, tuple[Decimal, Decimal]] = {
    "fridge": (Decimal(2), Decimal(8)),
    "freezer": (Decimal(-25), Decimal(-15)),
    "ultra": (Decimal(-90), Decimal(-60)),
    "box": (Decimal(2), Decimal(8)),
    "vehicle": (Decimal(2), Decimal(8)),
}
WORKING_TOLERANCE = timedelta(minutes=30)
"""Outside the range for longer than this is an excursion: a door stands open for less."""
WORKING_GAP = timedelta(hours=2)
"""Readings further apart than this leave the time between unknown."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a thermometer wrote: an aware moment, and °C."""

    at: datetime
    celsius: Decimal


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time outside the range, or without readings; `worst` is the temperature furthest outside."""

    kind: Kind
    began_at: datetime
    ended_at: datetime
    worst: Decimal | None


def excursions(
    readings: Sequence[Reading],
    *,
    low: Decimal,
    high: Decimal,
    tolerance: timedelta = WORKING_TOLERANCE,
    gap: timedelta = WORKING_GAP,
) -> list[Stretch]:
    """Every stretch outside `low` to `high` that lasts longer than `tolerance`, and every gap longer than `gap`.

    `readings` in the order of time. A stretch ends at its last reading outside; a gap parts two stretches, because
    nobody knows what lies between.
    """
    found = [stretch for stretch in _outside(readings, low, high, gap) if _lasts(stretch, tolerance)]
    found += _gaps(readings, gap)
    return sorted(found, key=lambda stretch: (stretch.began_at, stretch.kind))


def _lasts(stretch: Stretch, tolerance: timedelta) -> bool:
    return stretch.ended_at - stretch.began_at > tolerance


def _gaps(readings: Sequence[Reading], gap: timedelta) -> Iterator[Stretch]:
    for before, after in pairwise(readings):
        if after.at - before.at > gap:
            yield Stretch("gap", before.at, after.at, None)


def _outside(readings: Sequence[Reading], low: Decimal, high: Decimal, gap: timedelta) -> Iterator[Stretch]:
    run: list[Reading] = []
    kind: Kind | None = None
    for reading in readings:
        now = _kind_of(reading.celsius, low, high)
        if run and (now != kind or reading.at - run[-1].at > gap):
            yield _stretch(run, kind)
            run = []
        kind = now
        if now:
            run.append(reading)
    if run:
        yield _stretch(run, kind)


def _kind_of(celsius: Decimal, low: Decimal, high: Decimal) -> Kind | None:
    if celsius > high:
        return "warm"
    return "cold" if celsius < low else None


def _stretch(run: Sequence[Reading], kind: Kind | None) -> Stretch:
    assert kind is not None, "a run holds readings outside alone"
    furthest = max if kind == "warm" else min
    return Stretch(kind, run[0].at, run[-1].at, furthest(one.celsius for one in run))


def thinned(readings: Iterable[Reading], most: int = 400) -> list[Reading]:
    """At most about `most` readings for a drawing: of each bundle the coldest and the warmest, so that no peak is lost."""
    every = list(readings)
    if len(every) <= most:
        return every
    size = -(-2 * len(every) // most)
    kept: list[Reading] = []
    for start in range(0, len(every), size):
        bundle = every[start : start + size]
        ends = {min(bundle, key=lambda one: one.celsius), max(bundle, key=lambda one: one.celsius)}
        kept += sorted(ends, key=lambda one: one.at)
    return kept
