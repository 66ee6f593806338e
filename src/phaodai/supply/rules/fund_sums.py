"""What a ledger says: in, out and left, by month and purpose. A counter-entry takes away from where its entry stood."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

MONEY = "money"


@dataclass(frozen=True)
class Line:
    """One entry of a ledger. `quantity` is signed; `reversal` marks a counter-entry, whose sign is its entry's turned."""

    thing: str
    unit: str
    kind: str
    on: date
    quantity: Decimal
    value: int
    purpose: str
    reversal: bool = False

    @property
    def is_in(self) -> bool:
        """Whether it counts among what came in; a counter-entry does where the entry it answers does."""
        return (self.quantity > 0) != self.reversal


def trimmed(quantity: Decimal) -> Decimal:
    """A quantity without the zeros behind its point, as people write it: 50.00 is 50."""
    return quantity.quantize(Decimal(1)) if quantity == quantity.to_integral_value() else quantity.normalize()


@dataclass(frozen=True)
class Sums:
    """In, out and left of one thing. All three are never negative in a sound ledger, and `came - went == left`."""

    came: Decimal
    went: Decimal

    @property
    def left(self) -> Decimal:
        return self.came - self.went


def sums_of(lines: Iterable[Line]) -> Sums:
    """The sums over lines of one thing."""
    came = went = Decimal(0)
    for line in lines:
        if line.is_in:
            came += line.quantity
        else:
            went -= line.quantity
    return Sums(came, went)


def statement_of(lines: Iterable[Line], first: date, last: date) -> dict[str, Any]:
    """What is told to the public of the days `first` to `last`: money by month and purpose, goods by sort, as JSON.

    `before` is what was left on the eve of `first`. Money is in đồng; quantities are strings, exact to a hundredth.
    """
    told = [line for line in lines if line.on <= last]
    inside = [line for line in told if line.on >= first]
    money = [line for line in inside if line.kind == MONEY]
    before = sums_of(line for line in told if line.kind == MONEY and line.on < first)
    now = sums_of(money)
    return {
        "before": int(before.left),
        "came": int(now.came),
        "went": int(now.went),
        "left": int(before.left + now.left),
        "months": [_summed(key, rows) for key, rows in sorted(_grouped(money, _month).items())],
        "purposes": [_summed(key, rows) for key, rows in sorted(_grouped(money, _purpose).items())],
        "goods": [_goods(key, rows) for key, rows in sorted(_grouped(_of_goods(told), _thing).items())],
        "goods_value": sum(line.value for line in inside if line.kind != MONEY and line.is_in),
    }


def _of_goods(lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if line.kind != MONEY]


def _month(line: Line) -> str:
    return f"{line.on:%Y-%m}"


def _purpose(line: Line) -> str:
    return line.purpose


def _thing(line: Line) -> str:
    return f"{line.thing}\n{line.unit}"


def _grouped(lines: Iterable[Line], by: Any) -> dict[str, list[Line]]:
    groups: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        groups[by(line)].append(line)
    return groups


def _summed(key: str, lines: list[Line]) -> dict[str, Any]:
    sums = sums_of(lines)
    return {"key": key, "came": int(sums.came), "went": int(sums.went)}


def _goods(key: str, lines: list[Line]) -> dict[str, Any]:
    name, unit = key.split("\n")
    sums = sums_of(lines)
    return {
        "name": name,
        "unit": unit,
        **{part: str(trimmed(getattr(sums, part))) for part in ("came", "went", "left")},
    }
