"""Daily counts of the small world, as its districts would send them."""

from datetime import date, timedelta
from typing import Any

import numpy as np

from phaodai.foresight.models import DailyCount
from phaodai.foundation.scope import SYSTEM, entering
from tests.world import World

YESTERDAY = date(2021, 11, 23)
"""The last whole day before the tests' morning."""


def growing(days: int, *, first: float = 5.0, rate: float = 0.02) -> list[int]:
    """Whole counts that grow evenly, with a weekday pattern and a little noise of a fixed seed."""
    rng = np.random.default_rng(5)
    weekdays = np.resize([1.1, 1.1, 1.0, 1.0, 1.0, 0.9, 0.9], days)
    return list(map(int, rng.poisson(first * np.exp(rate * np.arange(days)) * weekdays)))


def tell_days(world: World, code: str, counts: list[int], *, ending: date = YESTERDAY, late: bool = False) -> None:
    """One report a day on the day itself; with `late` each day has a fifth of its cases added one day later."""
    unit = world.units[code]
    area = unit.area.columns
    days = [ending - timedelta(days=len(counts) - 1 - place) for place in range(len(counts))]
    rows: list[Any] = []
    for day, count in zip(days, counts, strict=True):
        first = count - count // 5 if late else count
        rows.append(DailyCount(unit=unit, code=code, day=day, reported_on=day, cases=first, **area))
        if late and day < ending:
            rows.append(
                DailyCount(unit=unit, code=code, day=day, reported_on=day + timedelta(days=1), cases=count, **area)
            )
    with entering(SYSTEM):
        DailyCount.objects.bulk_create(rows)
