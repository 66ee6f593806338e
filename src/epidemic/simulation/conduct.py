"""How cases and contacts are dealt with: the rows of conduct that hamlets point to, and what the province has in all.

Of two orders of a kind for one hamlet the later in the scenario counts; capacities of orders in force add up.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from epidemic.simulation.areas import Gazetteer
from epidemic.simulation.measures import Isolation, Order, Quarantine, Tracing, Treatment
from epidemic.simulation.orders import CAPACITIES, CONDUCT, UNLIMITED

Floats = NDArray[np.float64]
Row = tuple[float, ...]


class Ways:
    """The distinct rows of conduct met so far."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._rows: dict[Row, int] = {}

    def number(self, row: Row) -> int:
        """The number of a row, new or known."""
        return self._rows.setdefault(row, len(self._rows))

    def table(self) -> Floats:
        """All rows, shape (rows, CONDUCT)."""
        return np.array(list(self._rows), float)


def conduct_on(orders: Sequence[Order], ways: Ways) -> NDArray[np.int64]:
    """The row of each hamlet under some orders."""
    table = np.zeros((len(ways.gazetteer.population.hamlet_commune), len(CONDUCT)))
    for order in orders:
        inside = ways.gazetteer.hamlets(order.area) if _conduct(order) else None
        for name, value in _conduct(order).items():
            table[inside, CONDUCT.index(name)] = value
    rows, back = np.unique(table, axis=0, return_inverse=True)
    return np.array([ways.number(tuple(row)) for row in rows.tolist()])[back.ravel()]


def _conduct(order: Order) -> dict[str, float]:
    match order:
        case Tracing():
            shares = {layer: getattr(order, layer) for layer in CONDUCT[2:7]}
            follow_up = {"second": order.second, "second_days": order.second_days}
            return {"tracing": 1.0, "tracing_delay": order.delay} | shares | follow_up
        case Quarantine():
            return {
                "quarantine": 1.0,
                "quarantine_days": order.days,
                "at_site": order.at_site,
                "quarantine_adherence": order.adherence,
                "quarantine_sensitivity": order.sensitivity,
            }
        case Isolation():
            return {"isolation": order.share}
        case Treatment():
            return {"admission": 1.0}
    return {}


def capacity_on(orders: Sequence[Order]) -> Floats:
    """What the province has under some orders, shape (CAPACITIES,); without any treatment ordered, care is unlimited."""
    treated = any(isinstance(order, Treatment) for order in orders)
    have = dict.fromkeys(CAPACITIES, 0.0) | {"without_care": 1.0, "without_intensive_care": 1.0}
    if not treated:
        have |= {"beds_tier_2": UNLIMITED, "beds_tier_3": UNLIMITED, "oxygen": UNLIMITED}
    for order in orders:
        for name, value in _capacity(order).items():
            greatest = name in ("cross_contacts", "without_care", "without_intensive_care")
            have[name] = max(have[name], value) if greatest else min(UNLIMITED, have[name] + value)
    return np.array([have[name] for name in CAPACITIES])


def _capacity(order: Order) -> dict[str, float]:
    match order:
        case Tracing():
            return {"tracing_capacity": order.cases_a_day}
        case Quarantine():
            return {"site_places": order.places, "cross_contacts": order.cross_contacts}
        case Treatment():
            beds = {f"beds_tier_{tier}": getattr(order, f"tier_{tier}") for tier in (1, 2, 3)}
            without = {name: getattr(order, name) for name in ("without_care", "without_intensive_care")}
            return beds | without | {"oxygen": order.oxygen}
    return {}


def test_days_on(orders: Sequence[Order]) -> int:
    """Days of quarantine with a test, as bits; of several orders the later counts."""
    for order in reversed(orders):
        if isinstance(order, Quarantine):
            return sum(1 << day for day in set(order.test_days))
    return 0
