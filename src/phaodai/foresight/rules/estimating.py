"""Everything that is estimated of some units of one tier, together: what each lacks is said, not guessed."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from epidemic.delays import discretised_serial_interval
from epidemic.forecast import forecast_weeks
from epidemic.nowcast import nowcast
from epidemic.reproduction import estimate_reproduction
from epidemic.scoring import QUANTILE_LEVELS
from phaodai.foresight.rules.days import SEED, WEEK, daily_quantiles, growth_of
from phaodai.foresight.rules.scoring import past_scores
from phaodai.foresight.rules.series import DailySeries

Floats = NDArray[np.float64]

ENGINE = "1"
"""Raised when the same counts would give other figures."""
SERIAL_MEAN, SERIAL_SD = 4.1, 2.8
"""Days. Mean of Delta in the Netherlands (Park et al., PNAS 2023); sd of Ganyani et al. (Euro Surveill 2020)."""
FEWEST_CASES = 11
"""With so many in the window the estimate of R varies by less than 30% (Cori et al. 2013, web appendix 1)."""
FEWEST_DAYS = 21
"""Known days before a forecast is made: with fewer there is no growth to go on from."""
OLDEST = 7
"""Days after which the last count says nothing of the present."""
WEEKS_AHEAD = 4
SHOWN = 120
"""Days of counts that are kept with the figures."""
NOWCAST_SHOWN = 14
FEWEST_TOLD = 30
"""Reported cases that the delay of reports is learned from at least."""
DELAYS_OF = 3 * WEEK
"""Delays change with the workload: those of three weeks count, where they hold cases enough."""
LEAST_COMPLETE = 0.3
"""A day of which less is expected to be reported so far is left unknown: few cases would speak for many."""


@dataclass(frozen=True)
class Findings:
    """What was found for one unit, as it is kept.

    `lacks` holds keys of what could not be estimated: counts, reproduction, forecast, nowcast, evaluation.
    """

    figures: dict[str, Any]
    reproduction: tuple[float, float, float] | None
    lacks: list[str] = field(default_factory=list)


def estimate(series: Sequence[DailySeries]) -> list[Findings]:
    """Findings of each series; all end on the same day. Units of one tier teach each other's forecasts."""
    days = max(len(one.counts) for one in series)
    nowcasts = [_nowcast(one) for one in series]
    known = np.stack([_from(one.counts, days) for one in series], axis=1)
    expected = np.stack([_from(_expected(*pair), days) for pair in zip(series, nowcasts, strict=True)], axis=1)
    imported = np.stack([_from(one.imported, days, 0.0) for one in series], axis=1)
    reproduction = _reproduction(expected, imported)
    weekly = _weekly(expected)
    scores = past_scores(known, [place for place in range(len(series)) if weekly[place] is not None])
    return [
        _findings(one, nowcasts[place], expected[:, place], reproduction[place], weekly[place], scores.get(place))
        for place, one in enumerate(series)
    ]


def _from(values: Floats, days: int, blank: float = np.nan) -> Floats:
    return np.concatenate([np.full(days - len(values), blank), values])


def _nowcast(series: DailySeries) -> Floats | None:
    """Of the last days the 2.5%, 50% and 97.5% of what each will have been, shape (days, 3).

    `nan` where no correction is known, infinite where too little of the day is reported to say anything.
    """
    if series.triangle is None or np.nansum(series.triangle) < FEWEST_TOLD:
        return None
    recent = DELAYS_OF if np.nansum(series.triangle[-DELAYS_OF:]) >= FEWEST_TOLD else None
    generator = np.random.default_rng(SEED)
    found = nowcast(series.triangle, generator=generator, recent=recent, levels=(0.025, 0.5, 0.975))
    last = found.quantiles[-NOWCAST_SHOWN:].copy()
    untold = np.isnan(series.triangle[-NOWCAST_SHOWN:, 0])
    last[untold] = np.nan
    last[~untold & (found.completeness[-NOWCAST_SHOWN:] < LEAST_COMPLETE)] = np.inf
    return last


def _expected(series: DailySeries, now: Floats | None) -> Floats:
    """Counts with the last days as they will have been; a day of which too little is reported is unknown."""
    if now is None:
        return series.counts
    counts, days = series.counts.copy(), min(len(now), len(series.counts))
    median = now[-days:, 1]
    counts[-days:] = np.where(np.isnan(median), counts[-days:], np.fmax(median, counts[-days:]))
    counts[np.isinf(counts)] = np.nan
    return counts


def _reproduction(expected: Floats, imported: Floats) -> list[Floats | None]:
    """Per unit the 2.5%, 50% and 97.5% by day, shape (days, 3); None where too few cases lie behind the last."""
    days, places = expected.shape
    if days < 2 * WEEK:
        return [None] * places
    weights = discretised_serial_interval(days, SERIAL_MEAN, SERIAL_SD)
    found = estimate_reproduction(expected + imported, weights, imported=imported)
    values = np.stack([found.quantiles[level] for level in (0.025, 0.5, 0.975)], axis=-1)
    padded = np.concatenate([np.full((days - len(values), places, 3), np.nan), values])
    recent = np.nansum(expected[-WEEK:], axis=0)
    reported: NDArray[np.bool_] = np.logical_or.reduce(~np.isnan(expected[-WEEK:]), axis=0)
    return [padded[:, place] if reported[place] and recent[place] >= FEWEST_CASES else None for place in range(places)]


def _weekly(expected: Floats) -> list[Floats | None]:
    """Per unit the quantiles of the coming weeks, shape (weeks, 23); None with too little to go on."""
    enough = ((~np.isnan(expected)).sum(axis=0) >= FEWEST_DAYS) & (~np.isnan(expected[-OLDEST:])).any(axis=0)
    places = np.flatnonzero(enough)
    if not places.size:
        return [None] * expected.shape[1]
    quantiles = forecast_weeks(expected[:, places], weeks=WEEKS_AHEAD, whole=True)
    by_place: dict[int, Floats] = {int(place): quantiles[:, at] for at, place in enumerate(places)}
    return [by_place.get(place) for place in range(expected.shape[1])]


def _findings(
    series: DailySeries,
    now: Floats | None,
    expected: Floats,
    reproduction: Floats | None,
    weekly: Floats | None,
    scores: list[dict[str, float | int | None]] | None,
) -> Findings:
    growth = growth_of(expected)
    parts: dict[str, Any] = {
        "nowcast": None if now is None else _lists(now[-min(len(now), len(series.counts)) :]),
        "reproduction": None if reproduction is None else _lists(reproduction[-SHOWN:], 3),
        "forecast": None if weekly is None else _lists(daily_quantiles(weekly, expected)),
        "evaluation": scores,
    }
    counts = series.counts[-SHOWN:]
    figures = parts | {
        "first": (series.last - timedelta(days=len(counts) - 1)).isoformat(),
        "counts": _list(counts),
        "imported": _list(series.imported[-SHOWN:]),
        "growth": asdict(growth) if growth else None,
        "weeks": None if weekly is None else {"levels": QUANTILE_LEVELS.tolist(), "quantiles": _lists(weekly)},
        "left_out": series.left_out,
    }
    lacks = [name for name, part in parts.items() if part is None]
    return Findings(figures, _last(reproduction), lacks)


def _last(reproduction: Floats | None) -> tuple[float, float, float] | None:
    if reproduction is None or np.isnan(reproduction[-1]).any():
        return None
    low, median, high = reproduction[-1].tolist()
    return low, median, high


def _lists(values: Floats, digits: int = 1) -> list[list[float | None]]:
    return [_list(row, digits) for row in values]


def _list(values: Floats, digits: int = 1) -> list[float | None]:
    """Plain numbers; None where nothing is known."""
    return [round(value, digits) if np.isfinite(value) else None for value in values.tolist()]
