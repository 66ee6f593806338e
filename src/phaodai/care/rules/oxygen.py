"""Hours that the oxygen of a facility lasts: what is in store against what its patients breathe.

Use for one patient, where a facility has not measured its own: 10 litres a minute on an oxygen bed (severe), 30 in intensive
care (critical): WHO, "Oxygen sources and distribution for COVID-19 treatment centres", interim guidance, 4 April 2020.
Working figures, not law.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

OXYGEN_BED_FLOW = 10
ICU_BED_FLOW = 30
ALARM_HOURS = 24
"""Below this an alarm stands: a delivery takes up to a day. A working figure, not a rule."""


@dataclass(frozen=True, slots=True)
class Source:
    """Litres of gas in store (cylinders, tanks), or litres a minute that are made (lines)."""

    litres: int
    flow: int
    counted_at: datetime


@dataclass(frozen=True, slots=True)
class Breathing:
    """How many breathe oxygen, and how much each: litres a minute."""

    on_oxygen: int
    in_icu: int
    oxygen_flow: int = OXYGEN_BED_FLOW
    icu_flow: int = ICU_BED_FLOW

    @property
    def an_hour(self) -> int:
        """Litres an hour in all."""
        return 60 * (self.on_oxygen * self.oxygen_flow + self.in_icu * self.icu_flow)


@dataclass(frozen=True, slots=True)
class OxygenLeft:
    """What is left. `hours` is None where nothing is drawn from store: nobody breathes it, or lines make enough."""

    litres: int
    an_hour: int
    made_an_hour: int
    hours: float | None
    counted_at: datetime

    @property
    def alarm(self) -> bool:
        """Whether it ends within the limit."""
        return self.hours is not None and self.hours < ALARM_HOURS


def oxygen_left(sources: Iterable[Source], breathing: Breathing, now: datetime) -> OxygenLeft | None:
    """How long the sources last from `now`; None where no source was written down.

    What was breathed since the oldest count is taken off at today's use: without a new count nobody knows better, and
    the figure errs to the careful side while the number of patients falls.
    """
    listed = list(sources)
    if not listed:
        return None
    counted = min(one.counted_at for one in listed)
    stored, made = sum(one.litres for one in listed), 60 * sum(one.flow for one in listed)
    drawn = max(breathing.an_hour - made, 0)
    gone = drawn * max((now - counted).total_seconds(), 0) / 3600
    left = max(stored - gone, 0)
    return OxygenLeft(round(left), breathing.an_hour, made, left / drawn if drawn else None, counted)
