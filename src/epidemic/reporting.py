"""Reporting effects in daily counts: weekdays, days without a bulletin, backlogs, dumps of old cases, corrections."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

WEEK = 7
SHARE_WEEKS = 8
SHORTEST = 14
# Weeks of fewer cases say nothing about weekdays.
TELLING_WEEK = 30.0
# A weekday with less than this, where an even day has 1, is one on which the place brings out no bulletin.
SILENT = 0.2
# So many cases in a fortnight make a day of none mean "not reported" rather than "no case".
FORTNIGHT = 14
MANY_IN_A_FORTNIGHT = 100.0
# Below so many expected cases, chance alone makes short days and high ones.
FEW = 32.0
# A bulletin with less than this share of what was expected was cut short.
SHORT = 0.3
# A bulletin this many times what was expected, after silent days, holds their cases too.
CATCH_UP = 1.3
# A single bulletin this many times what the days around it support holds old cases.
DUMP = 4.0
DUMP_AT_THE_END = 5.0


def weekday_shares(counts: Floats) -> Floats:
    """Typical share of a week's cases by day, counted back from the last day.

    Parameters
    ----------
    counts
        Daily counts, shape (days, places), time first; `nan` or negative where a day is not to be trusted.

    Returns
    -------
    Shape (7, places), in time order: the last row belongs to the last day's weekday. Medians over the last eight weeks,
    which a holiday or a dump does not move, drawn to even shares as far as the weeks disagree.
    """
    if len(counts) < SHORTEST:
        return np.full((WEEK, counts.shape[1]), 1 / WEEK)
    weeks = _last_weeks(counts)
    totals = weeks.sum(axis=1, keepdims=True)
    usable = (np.nan_to_num(totals) >= TELLING_WEEK) & (np.nan_to_num(weeks, nan=-1.0) >= 0).all(axis=1, keepdims=True)
    shares = np.where(usable, weeks / np.where(usable, totals, 1.0), np.nan)
    typical = _nan_median(np.moveaxis(shares, 0, -1), ~np.isnan(np.moveaxis(shares, 0, -1)))
    typical = np.nan_to_num(typical, nan=1 / WEEK)
    typical = typical / np.maximum(typical.sum(axis=0), 1e-12)
    certainty = _certainty(shares, typical)
    result: Floats = certainty * typical + (1 - certainty) / WEEK
    return result


def _certainty(shares: Floats, typical: Floats) -> Floats:
    """How much of the differences between weekdays is pattern and not chance (James and Stein); shape (places,)."""
    weeks = (~np.isnan(shares[:, 0])).sum(axis=0)
    distance = np.moveaxis(np.abs(shares - typical), 0, -1)
    spread = 1.48 * np.nan_to_num(_nan_median(distance, ~np.isnan(distance)))  # of a normal, from the median distance
    chance = 1.57 * (spread**2).mean(axis=0) / np.maximum(weeks - 1, 1)  # π/2: a median varies more than a mean
    pattern = np.maximum(typical.var(axis=0) - chance, 0.0)
    return np.where(weeks >= 3, pattern / np.maximum(pattern + chance, 1e-12), 0.0)


@dataclass(frozen=True)
class Mended:
    """Counts as they would have been reported on time.

    Attributes
    ----------
    pace
        Cases per day with the weekday pattern taken out, shape (days, places).
    weekdays
        Factor of each day's weekday, mean 1 over a week; same shape.
    """

    pace: Floats
    weekdays: Floats

    @property
    def counts(self) -> Floats:
        """Cases per day with the weekday pattern; equal to what was reported wherever nothing had to be mended."""
        return self.pace * self.weekdays


def mend(counts: Floats) -> Mended:
    """Take reporting effects out of daily counts.

    Parameters
    ----------
    counts
        As reported, shape (days, places); `nan` without a report. Negative corrections count as no report.

    Notes
    -----
    The cases of days without a bulletin are taken from the bulletin that caught up with them; where none did, those
    days are put at the level around. A dump of old cases is cut to that level.
    """
    reported = np.where(counts < 0, np.nan, counts)
    weekdays = _repeat(weekday_shares(reported), len(counts)) * WEEK
    reported[_missing_zero(reported)] = np.nan
    level = running_level(reported, weekdays)
    return Mended(_cut_dumps(_spread_backlogs(reported, weekdays, level), level), weekdays)


def running_level(reported: Floats, weekdays: Floats) -> Floats:
    """Cases per day at an even pace, by the median over the days around of what each bulletin supports; same shape."""
    days = len(reported)
    pace = np.where(weekdays >= SILENT, reported / np.maximum(weekdays, SILENT), np.nan)
    padded = np.pad(pace, ((3, 3), (0, 0)), constant_values=np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(padded, WEEK, axis=0)
    known = ~np.isnan(windows)
    return _carry(_nan_median(windows, known)[:days])


def _carry(values: Floats) -> Floats:
    """Unknown values take the last known one before them, or else the first after; 0 where a place has none."""
    known = ~np.isnan(values)
    steps = np.arange(len(values))[:, None]
    before = np.maximum.accumulate(np.where(known, steps, -1), axis=0)
    source = np.where(before < 0, np.argmax(known, axis=0), before)
    return np.nan_to_num(np.take_along_axis(values, source, axis=0))


def _nan_median(windows: Floats, known: Flags) -> Floats:
    """Median over the last axis of what is known; `nan` where nothing is."""
    ordered = np.sort(np.where(known, windows, np.inf), axis=-1)
    count = known.sum(axis=-1)
    low, high = np.maximum((count - 1) // 2, 0), count // 2
    high = np.minimum(high, windows.shape[-1] - 1)
    take = np.take_along_axis(ordered, np.stack([low, high], axis=-1), axis=-1)
    return np.where(count > 0, np.where(np.isfinite(take), take, 0.0).mean(axis=-1), np.nan)


def _last_weeks(counts: Floats) -> Floats:
    weeks = min(SHARE_WEEKS, len(counts) // WEEK)
    return counts[len(counts) - weeks * WEEK :].reshape(weeks, WEEK, counts.shape[1])


def _repeat(shares: Floats, days: int) -> Floats:
    """Shares laid along the calendar so that the last row falls on the last day."""
    weeks = -(-days // WEEK)
    return np.tile(shares, (weeks, 1))[weeks * WEEK - days :]


def _missing_zero(reported: Floats) -> Flags:
    """Zeros that cannot be true because the fortnight before had many cases: days without a bulletin, entered as 0."""
    counted = np.cumsum(np.vstack([np.zeros((1, reported.shape[1])), np.nan_to_num(reported)]), axis=0)
    start = np.maximum(np.arange(len(reported)) - FORTNIGHT, 0)
    missing: Flags = (reported == 0) & (counted[:-1] - counted[start] > MANY_IN_A_FORTNIGHT)
    return missing


def _silent(reported: Floats, weekdays: Floats) -> Flags:
    """Days without a bulletin: none given, or a weekday that never has one."""
    silent: Flags = np.isnan(reported) | (weekdays < SILENT)
    return silent


def _short(reported: Floats, weekdays: Floats, level: Floats) -> Flags:
    """Days whose bulletin held only a small part of what was expected, perhaps because it was closed early."""
    expected = level * weekdays
    return (reported < SHORT * expected) & (expected > FEW)


def _spread_backlogs(reported: Floats, weekdays: Floats, level: Floats) -> Floats:
    """Even pace by day; each silent or short run shares the bulletin after it, if that one caught up.

    Where none did, silent days take the level around and short ones stand.
    """
    silent = _silent(reported, weekdays)
    counts, factors = np.nan_to_num(reported), np.maximum(weekdays, SILENT)
    pace = np.where(silent, level, counts / factors)
    held_back = silent | _short(reported, weekdays, level)
    for place in np.flatnonzero(held_back[:-1].any(axis=0)):
        for start, stop in _runs(held_back[:, place]):
            run = slice(start, stop + 1)
            usual = bool(np.all(weekdays[start:stop, place] < SILENT))
            before = level[max(start - 1, 0), place]
            if stop < len(counts) and (usual or pace[stop, place] > CATCH_UP * before):
                pace[run, place] = counts[run, place].sum() / weekdays[run, place].sum()
    return pace


def _runs(flags: Flags) -> list[tuple[int, int]]:
    """First and past-the-last position of each run of true values."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    return [(int(start), int(stop)) for start, stop in edges.reshape(-1, 2)]


def dumps_in(counts: Floats) -> Flags:
    """Single days far above what the days around support, shape (days, places); `counts` as for `mend`."""
    mended = mend(counts)
    return _dumps(np.nan_to_num(counts) / np.maximum(mended.weekdays, SILENT), mended.pace)


def _dumps(pace: Floats, level: Floats) -> Flags:
    """The last days, seen from one side only, get more credit."""
    limit = np.full((len(pace), 1), DUMP)
    limit[-3:] = DUMP_AT_THE_END
    dumps: Flags = pace > limit * level + FEW
    return dumps


def _cut_dumps(pace: Floats, level: Floats) -> Floats:
    return np.where(_dumps(pace, level), level, pace)
