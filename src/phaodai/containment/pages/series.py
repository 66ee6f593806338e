"""Levels of many units over many days, as short as they can be sent: one string of digits a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from phaodai.containment.models import Level, LevelDecision
from phaodai.foundation.clock import VIETNAM

DAYS = 365
UNKNOWN = ord("0")


@dataclass(frozen=True)
class Series:
    """`days[i][j]` is the level of unit j on the i-th day from `first` on, as a digit; 0 where there is none."""

    first: date
    units: Sequence[int]
    days: list[bytearray]

    @classmethod
    def empty(cls, units: Sequence[int], last: date) -> "Series":
        """A year that ends with `last`."""
        blank = bytes([UNKNOWN]) * len(units)
        return cls(last - timedelta(days=DAYS - 1), units, [bytearray(blank) for _day in range(DAYS)])

    def on(self, day: date) -> bytearray:
        """The levels of one day."""
        return self.days[min(max((day - self.first).days, 0), len(self.days) - 1)]

    def level(self, day: date, place: int) -> int:
        """The level of one unit on one day; 0 without one."""
        return self.on(day)[place] - UNKNOWN


def assessed(units: Sequence[int], last: date) -> Series:
    """What the figures say, each day by the law of that day."""
    series, places = Series.empty(units, last), {pk: place for place, pk in enumerate(units)}
    rows = Level.objects.filter(unit_id__in=units, on__range=(series.first, last), level__isnull=False)
    for on, unit, level in rows.values_list("on", "unit_id", "level").iterator(chunk_size=10_000):
        series.days[(on - series.first).days][places[unit]] = UNKNOWN + (level or 0)
    return series


def in_force(units: Sequence[int], last: date) -> Series:
    """What was decided and announced, from the day on which it counts."""
    series, places = Series.empty(units, last), {pk: place for place, pk in enumerate(units)}
    rows = LevelDecision.objects.in_force().filter(unit_id__in=units).order_by("takes_effect_at", "id")
    for unit, begins, level in rows.values_list("unit_id", "takes_effect_at", "to_level"):
        begin = (begins.astimezone(VIETNAM).date() - series.first).days
        for day in series.days[max(begin, 0) :]:
            day[places[unit]] = UNKNOWN + level
    return series
