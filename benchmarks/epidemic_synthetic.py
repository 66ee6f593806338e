"""Invented epidemics of many places as a surveillance system reports them: what a forecast is tuned and tested on.

Nothing here is fitted to the data of any judged place. What is imitated: waves by growth rates that wander, jump with
variants and fall with control; a factor common to all places; weekdays, days without a bulletin, holidays, dumps of old
cases, negative corrections, and last days that are revised later.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

WEEK = 7
# Share of a week reported by weekday, Sunday first: mild dip, strong dip, no weekend bulletin, three days without, even.
PATTERNS = np.array(
    [
        [0.9, 0.7, 1.1, 1.15, 1.1, 1.05, 1.0],
        [0.45, 0.6, 1.2, 1.3, 1.25, 1.2, 1.0],
        [0.0, 1.6, 1.4, 1.4, 1.3, 1.3, 0.0],
        [0.0, 0.0, 2.1, 1.8, 1.6, 1.5, 0.0],
        [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0],
    ]
)


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What the invented places are like; spreads are of the weekly log growth unless said."""

    places: int = 32
    weeks: int = 104
    wander: float = 0.34
    memory_days: float = 32.0
    common: float = 0.45
    jumps_per_year: float = 2.2
    smallest: float = 300.0
    largest: float = 250_000.0
    noise: float = 0.04
    dispersion: float = 25.0
    dumps_per_year: float = 0.25
    largest_dump: float = 3.0
    corrections_per_year: float = 0.2
    gaps_per_year: float = 0.8
    revised_share: float = 0.3
    starts_late: bool = False


PROVINCES = Setting(
    places=63, smallest=1.0, largest=8_000.0, dumps_per_year=0.3, largest_dump=40.0, gaps_per_year=2.0, starts_late=True
)


@dataclass(frozen=True)
class Reports:
    """Final daily reports (days, places), `nan` without one, and the share of each place's last days seen at first."""

    final: Floats
    completeness: Floats

    def as_of(self, day: int) -> Floats:
        """What was known after `day` days; shape (day, places)."""
        known = self.final[:day].copy()
        last = len(self.completeness)
        known[-last:] = np.floor(known[-last:] * self.completeness[::-1])
        return known


def invent(setting: Setting, seed: int) -> Reports:
    """Reports of one invented country of places; the first day is a Sunday."""
    generator = np.random.default_rng(seed)
    expected = _expected(setting, generator)
    counts = _weekly_reporting(setting, expected, generator)
    _disturb(setting, counts, generator)
    revised = generator.random(setting.places) < setting.revised_share
    first_seen = np.outer([0.75, 0.92, 0.98], revised) + np.outer(np.ones(3), ~revised)
    return Reports(counts, first_seen * 1.0)


def _expected(setting: Setting, generator: np.random.Generator) -> Floats:
    """Expected cases per day: growth wanders, jumps, and is pulled back when incidence strays from the usual."""
    days, places = setting.weeks * WEEK, setting.places
    size = np.exp(generator.uniform(np.log(setting.smallest), np.log(setting.largest), places)) / WEEK
    wander = _wander(setting, days, places, generator) + _jumps(setting, days, places, generator)
    level, path = np.full(places, -2.0), np.zeros((days, places))
    if setting.starts_late:
        wander[: days // 3] -= 0.15 * (np.arange(places) > 0)
    memory = np.zeros(places)
    for day in range(days):
        memory += (level - memory) / 21
        growth = wander[day] - 0.06 * level - 0.16 * np.maximum(memory, 0)
        level = np.maximum(level + growth / WEEK, -7.0)
        path[day] = level
    kernel = np.exp(-0.5 * ((np.arange(15) - 7) / 3.0) ** 2)
    smooth = np.apply_along_axis(
        lambda x: np.convolve(np.pad(x, 7, mode="edge"), kernel / kernel.sum(), "valid"), 0, path
    )
    tested = np.interp(
        np.arange(days), [0, days / 6, days / 2.5, days], [-2.5, -1.5, 0.0, 0.0]
    )  # testing was scarce at first
    return size * np.exp(smooth + tested[:, None])


def _wander(setting: Setting, days: int, places: int, generator: np.random.Generator) -> Floats:
    keep = np.exp(-1 / setting.memory_days)
    steps = generator.standard_t(4, (days, places + 1)) / np.sqrt(2) * np.sqrt(1 - keep**2)
    path = np.zeros((days, places + 1))
    for day in range(1, days):
        path[day] = keep * path[day - 1] + steps[day]
    share = setting.common
    return setting.wander * (np.sqrt(1 - share**2) * path[:, 1:] + share * path[:, :1])


def _jumps(setting: Setting, days: int, places: int, generator: np.random.Generator) -> Floats:
    """Control (a lasting fall), local flare-ups, and two variants that reach all places within weeks of each other."""
    effect = np.zeros((days, places))
    since = np.arange(days)[:, None]
    for _ in range(generator.poisson(setting.jumps_per_year * setting.weeks / 52)):
        start = generator.uniform(0, days, places)
        size = generator.normal(0, 0.45, places)
        effect += size * _pulse(since - start, 5, 25)
    for start in generator.uniform(0.3, 0.95, 2) * days:
        arrival = start + generator.normal(0, 12, places)
        size = generator.uniform(0.5, 1.1) * generator.uniform(0.7, 1.3, places)
        effect += size * _pulse(since - arrival, 7, 30)
    return effect


def _pulse(since: Floats, rise: float, fall: float) -> Floats:
    late = np.maximum(since, 0)
    return np.where(since > 0, (1 - np.exp(-late / rise)) * np.exp(-late / fall), 0.0)


def _weekly_reporting(setting: Setting, expected: Floats, generator: np.random.Generator) -> Floats:
    """Counts as reported: weekday pattern, slow reporting noise, holidays, and dispersion from day to day."""
    days, places = expected.shape
    pattern = PATTERNS[generator.choice(len(PATTERNS), places, p=[0.35, 0.25, 0.15, 0.1, 0.15])]
    pattern = pattern / pattern.mean(axis=1, keepdims=True)
    spread = setting.noise * generator.uniform(0.5, 2.0, places)
    weekly = spread * generator.standard_normal((days // WEEK + 1, places))
    mean = expected * np.exp(np.repeat(weekly, WEEK, axis=0)[:days])
    mean = _holidays(mean) * np.tile(pattern.T, (days // WEEK + 1, 1))[:days]
    dispersion = setting.dispersion * generator.uniform(0.4, 2.5, places)
    rate = mean * generator.gamma(dispersion, 1 / dispersion, mean.shape)
    return generator.poisson(rate).astype(float)


def _holidays(mean: Floats) -> Floats:
    """Each year a holiday week reports a quarter less and the two after it catch up."""
    shifted = mean.copy()
    for start in range(42 * WEEK, len(mean) - 3 * WEEK, 52 * WEEK):
        held = 0.25 * mean[start : start + 10]
        shifted[start : start + 10] -= held
        shifted[start + 10 : start + 20] += 0.7 * held
    return shifted


def _disturb(setting: Setting, counts: Floats, generator: np.random.Generator) -> None:
    days, places = counts.shape
    years = setting.weeks / 52
    for place in range(places):
        week = np.convolve(counts[:, place], np.ones(WEEK))[:days] + 1
        for day in generator.integers(WEEK, days, generator.poisson(setting.gaps_per_year * years)):
            stop = min(day + generator.integers(1, 5), days - 1)
            held = counts[day:stop, place].sum()
            counts[day:stop, place] = np.nan if generator.random() < 0.5 else 0.0
            if not np.isnan(counts[stop, place]):
                counts[stop, place] += held
        for day in generator.integers(WEEK, days, generator.poisson(setting.dumps_per_year * years)):
            counts[day, place] += round(
                week[day] * np.exp(generator.uniform(np.log(0.3), np.log(setting.largest_dump)))
            )
        for day in generator.integers(WEEK, days, generator.poisson(setting.corrections_per_year * years)):
            counts[day, place] -= round(week[day] * generator.uniform(0.05, 0.6))
