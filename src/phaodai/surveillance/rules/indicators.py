"""The figures by which WHO judges the following of contacts. Pure.

After WHO, Contact tracing in the context of COVID-19 (interim guidance, 1 February 2021): contacts seen each day,
followed for all their days, new cases that were known contacts, contacts traced in time, contacts lost.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

TRACED_WITHIN = timedelta(hours=24)
"""From the positive result of the case until its contact is told."""


@dataclass(frozen=True)
class Share:
    """A part of a whole; no share where the whole is empty."""

    part: int
    whole: int

    @property
    def share(self) -> float | None:
        """Between 0 and 1."""
        return self.part / self.whole if self.whole else None


def share_of(outcomes: Iterable[bool]) -> Share:
    """How many of them are true."""
    known = list(outcomes)
    return Share(sum(known), len(known))
