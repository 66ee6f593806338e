"""Epidemiological weeks: they end on Saturday, and so do the targets of a forecast."""

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from epidemic.incidence import WEEK, Incidence

SATURDAY = 5


def target_ends(as_of: date, weeks: int) -> list[date]:
    """The first `weeks` Saturdays after the day."""
    first = as_of + timedelta(days=(SATURDAY - as_of.weekday() - 1) % WEEK + 1)
    return [first + timedelta(days=WEEK * week) for week in range(weeks)]


def daily_counts(incidence: Incidence) -> NDArray[np.float64]:
    """Counts by day up to the last row, shape (days, places); a weekly count is spread over the week that it closes."""
    if incidence.step == 1:
        return incidence.counts
    return np.repeat(incidence.counts / incidence.step, incidence.step, axis=0)


def last_day(incidence: Incidence) -> date:
    """The day of the last row."""
    day: date = incidence.dates[-1].item()
    return day
