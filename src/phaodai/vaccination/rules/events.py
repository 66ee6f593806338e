"""Days of the council and the signal of a lot. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from scipy.special import gammainc  # type: ignore[import-untyped]

SATURDAY = 5
PER = 100_000
_UNLIKELY = 0.01
"""How unlikely a lot's count must be at the rate of its product before somebody is asked to look."""


def council_day(reported: date, working_days: int) -> date:
    """The last of so many working days after a day. Public holidays are not known here and are counted as work."""
    day, left = reported, working_days
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < SATURDAY
    return day


@dataclass(frozen=True, slots=True)
class LotSignal:
    """Events of a lot beside those of its product: rates per 100,000 doses, and how unlikely the count is by chance."""

    events: int
    doses: int
    product_events: int
    product_doses: int

    @property
    def rate(self) -> float | None:
        """Events per 100,000 doses of the lot."""
        return PER * self.events / self.doses if self.doses else None

    @property
    def product_rate(self) -> float | None:
        """Events per 100,000 doses of all other lots of the product."""
        doses = self.product_doses - self.doses
        return PER * (self.product_events - self.events) / doses if doses else None

    @property
    def chance(self) -> float | None:
        """The chance of at least this count, were the lot like the product's others (Poisson); None without others."""
        if self.product_rate is None or not self.doses or not self.product_rate:
            return None
        return float(gammainc(self.events, self.product_rate * self.doses / PER)) if self.events else 1.0

    @property
    def stands_out(self) -> bool:
        """Whether somebody should look at this lot: a count that chance alone makes less than once in a hundred."""
        return self.chance is not None and self.chance < _UNLIKELY and self.events > 1
