"""Days and months as the texts count them, on columns of days (datetime64[D], NaT where there is none)."""

import numpy as np
from numpy.typing import NDArray

from phaodai.rulebook.facts import Column, is_missing

Day = np.datetime64
Days = NDArray[np.datetime64]
Numbers = NDArray[np.float64]


def days_after(start: Days, days: Numbers) -> Days:
    """The day `days` later; NaT where either is missing. The start counts as day 0."""
    whole = np.where(np.isnan(days), 0, days).astype("timedelta64[D]")
    return np.where(np.isnan(days), np.datetime64("NaT", "D"), start + whole)


def months_after(start: Days, months: Numbers) -> Days:
    """The same day of a later month, or the month's last day where it has no such day."""
    whole = np.where(np.isnan(months), 0, months).astype("timedelta64[M]")
    month = start.astype("datetime64[M]")
    target = month + whole
    last = (target + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
    same_day = target.astype("datetime64[D]") + (start - month.astype("datetime64[D]"))
    return np.where(np.isnan(months), np.datetime64("NaT", "D"), np.minimum(same_day, last))


def days_between(earlier: Days, later: Days) -> Numbers:
    """Whole days; NaN where either is missing."""
    gap = (later - earlier).astype("timedelta64[D]")
    return np.where(np.isnat(gap), np.nan, gap.astype(np.float64))


def months_between(earlier: Days, later: Days) -> Numbers:
    """Months begun: the least m for which `later` is not past the same day m months on; infinite without `earlier`.

    So "at most 6 months" is `<= 6`, its last day included, and a thing that never happened is infinitely long ago.
    """
    known = ~is_missing(earlier)
    start = np.where(known, earlier, later)
    months = (later.astype("datetime64[M]") - start.astype("datetime64[M]")).astype(np.float64)
    months = months + (months_after(start, months) < later)
    return np.where(known, months, np.inf)


def latest(*days: Column) -> Days:
    """The latest of several days, those that are missing left out."""
    return np.asarray(np.fmax.reduce([one.astype("datetime64[D]") for one in days]))
