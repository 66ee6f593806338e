"""What follows from balances and use: which batch goes out first, how long stock lasts, how much to order. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal, InvalidOperation

# The use of two weeks says what goes out on an ordinary day and on a Sunday alike.
USE_DAYS = 14
EXPIRING_WITHIN = timedelta(days=30)
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Available:
    """Some of a batch in a store."""

    batch_id: int
    expires_on: date | None
    quantity: Decimal


@dataclass(frozen=True)
class Need:
    """Why an item is ordered: the figures of one store, in the item's unit."""

    least: Decimal = NOTHING
    used: Decimal = NOTHING
    lead_days: int = 7
    planned: Decimal = NOTHING
    stock: Decimal = NOTHING
    on_way: Decimal = NOTHING

    @property
    def for_lead(self) -> Decimal:
        """What goes out until an order arrives, at the use of the last days."""
        return rate(self.used) * self.lead_days

    @property
    def wanted(self) -> Decimal:
        """The largest of the three reasons to hold something."""
        return max(self.least, self.for_lead, self.planned)

    @property
    def to_order(self) -> Decimal:
        """What is missing, in whole units; nothing where enough lies there or comes."""
        missing = self.wanted - self.stock - self.on_way
        return missing.to_integral_value(ROUND_CEILING) if missing > 0 else NOTHING


def first_expired_first(quantity: Decimal, there: Iterable[Available]) -> tuple[list[tuple[int, Decimal]], Decimal]:
    """From which batches to take `quantity`, the first to expire first; and how much is missing (0: enough)."""
    taken, left = [], quantity
    for one in sorted(there, key=lambda one: (one.expires_on or date.max, one.batch_id)):
        some = min(one.quantity, left)
        if some > 0:
            taken.append((one.batch_id, some))
            left -= some
    return taken, left


def rate(used: Decimal) -> Decimal:
    """What goes out on a day, by the use of the last `USE_DAYS` days."""
    return used / USE_DAYS


def days_left(stock: Decimal, used: Decimal) -> int | None:
    """Whole days that the stock lasts at that use; None where nothing was used."""
    return int(stock / rate(used)) if used > 0 else None


def is_expired(expires_on: date | None, day: date) -> bool:
    """Whether a batch may no longer be given out on `day`; its last day is `expires_on`."""
    return expires_on is not None and expires_on < day


def read_quantity(text: str) -> Decimal | None:
    """1.200 and 1.200,5 as people write them here, 1200.5 as machines do; None for what is no number."""
    plain = "".join(text.split())
    if "," in plain or plain.count(".") > 1 or len(plain.partition(".")[2]) == 3:
        plain = plain.replace(".", "").replace(",", ".")
    try:
        quantity = Decimal(plain).quantize(Decimal("0.01"))
    except InvalidOperation:
        return None
    return quantity if quantity.is_finite() else None
