"""Beds counted by kind: how many there are, taken, free and held back, how old the figure is, and the rule of the reserve."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil

KINDS = ("plain", "oxygen", "icu")
OLD_AFTER = timedelta(hours=24)
"""A bed figure is old when nobody counted for a day: facilities report daily. A working figure, not a rule."""


@dataclass(frozen=True, slots=True)
class BedCount:
    """Beds of one kind. `beds` are all that are set up and not closed; `held` and `cleaning` are among them."""

    beds: int = 0
    used: int = 0
    held: int = 0
    cleaning: int = 0
    closed: int = 0

    @property
    def free(self) -> int:
        """Where a patient can be laid now, the reserve left alone."""
        return max(self.beds - self.used - self.held - self.cleaning, 0)

    @property
    def occupancy(self) -> float | None:
        """Share of the beds that is taken, 0 to 1; None without beds."""
        return self.used / self.beds if self.beds else None

    def __add__(self, other: "BedCount") -> "BedCount":
        return BedCount(
            self.beds + other.beds,
            self.used + other.used,
            self.held + other.held,
            self.cleaning + other.cleaning,
            self.closed + other.closed,
        )


@dataclass(frozen=True, slots=True)
class Counted:
    """The beds of a facility, a tier or a province by kind, and when the oldest of its figures was counted."""

    kinds: Mapping[str, BedCount] = field(default_factory=dict)
    counted_at: datetime | None = None

    def of(self, kind: str) -> BedCount:
        """The beds of one kind."""
        return self.kinds.get(kind, BedCount())

    @property
    def all(self) -> BedCount:
        """Every bed."""
        return together(self.kinds.values())

    def is_old(self, now: datetime) -> bool:
        """Whether the figure needs to be asked for: never counted, or not for a day."""
        return self.counted_at is None or now - self.counted_at > OLD_AFTER


def together(counts: Iterable[BedCount]) -> BedCount:
    """Their sum."""
    total = BedCount()
    for one in counts:
        total += one
    return total


def joined(parts: Iterable[Counted]) -> Counted:
    """Several facilities as one; its age is that of the oldest figure, which is unknown where one was never counted."""
    listed = list(parts)
    kinds = {kind: together(one.of(kind) for one in listed) for kind in KINDS}
    moments = [one.counted_at for one in listed if one.counted_at is not None]
    return Counted(kinds, min(moments) if moments and len(moments) == len(listed) else None)


@dataclass(frozen=True, slots=True)
class Reserve:
    """What a facility holds back against the share that the rule asks for; `share` is None where none is in force."""

    share: float | None
    beds: int
    held: int

    @property
    def asked(self) -> int | None:
        """Beds that the rule wants held back, rounded up."""
        return None if self.share is None else ceil(round(self.share * self.beds, 6))

    @property
    def missing(self) -> int:
        """How many more would have to be held back."""
        return max((self.asked or 0) - self.held, 0)
