"""A large province in the small: fewer people, and as much less of everything that is counted, so that a run is quick.

One simulated person stands for `factor` people. Shares, delays and contacts stay; people, capacities, doses and the first
infected are divided. Chance then plays a larger part than in the whole province: bands become wider, never narrower.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from phaodai.foresight.rules.scenario_files import Order, Setting

QUICK_PERSON_DAYS = 40_000_000
"""People times days of one run: about 1.3 CPU seconds on a busy machine when most of them fall ill
(benchmarks/scenario_bench.py), so that 20 seeds of two paths take about a minute."""
FRONTIER_PERSON_DAYS = 4_000_000
"""The same for the 200 seeds of each of a dozen points of a frontier."""
FEWEST = 2_000
DIVIDED = (
    "people_a_day",
    "tests_a_day",
    "cases_a_day",
    "places",
    "tier_1",
    "tier_2",
    "tier_3",
    "oxygen",
    "doses_a_day",
    "doses",
)


def factor_for(people: int, days: int, person_days: int) -> float:
    """How many people one simulated person stands for; 1 where the whole province fits."""
    return max(1.0, people / max(FEWEST, person_days / days))


def scaled_setting(setting: Setting, factor: float) -> Setting:
    """The units with fewer people, each with one at least."""
    return replace(
        setting,
        communes=tuple(dict(one, people=max(1, round(one["people"] / factor))) for one in setting.communes),
        parks=tuple(dict(one, workers=max(1, round(one["workers"] / factor))) for one in setting.parks),
    )


def scaled_orders(orders: Sequence[Order], factor: float) -> list[dict[str, Any]]:
    """Orders with as much less of what is counted; the first infected keep their sum, and at least one is left."""
    shares = _apportioned([int(one["infected"]) for one in orders if one["kind"] == "outbreak"], factor)
    scaled = []
    for order in orders:
        if order["kind"] != "outbreak":
            scaled.append(_divided(order, factor))
        elif (infected := next(shares)) > 0:
            scaled.append(dict(order, infected=infected))
    return scaled


def _divided(order: Order, factor: float) -> dict[str, Any]:
    return {key: value / factor if key in DIVIDED and factor > 1 else value for key, value in order.items()}


def _apportioned(counts: Sequence[int], factor: float) -> Iterator[int]:
    """Whole numbers near each count over the factor whose sum is that of all over the factor (largest remainders)."""
    exact = [count / factor for count in counts]
    whole = [int(one) for one in exact]
    left = max(round(sum(exact)), min(sum(counts), 1)) - sum(whole)
    first = sorted(range(len(exact)), key=lambda place: whole[place] - exact[place])[: max(left, 0)]
    return iter([count + (place in first) for place, count in enumerate(whole)])


def weeks_of(days: int) -> list[tuple[int, int]]:
    """First day and day after the last of each week; the last week may be a short one."""
    return [(first, min(first + 7, days)) for first in range(0, days, 7)]


def has(orders: Iterable[Mapping[str, Any]], kind: str) -> bool:
    """Whether there is an order of a kind."""
    return any(order["kind"] == kind for order in orders)
