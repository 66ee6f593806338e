"""Weekly forecasts with intervals that rest on the forecaster's own past errors and on nothing after the last row."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from epidemic.growth import FEATURES, LOOK_BACK, MODELS, OFFSET, Situation, damped_trend, horizon_weeks, situation
from epidemic.reporting import mend
from epidemic.scoring import QUANTILE_LEVELS

Floats = NDArray[np.float64]

WEEK = 7
MEMBERS = (*MODELS, "pooled regression")
# Origins looked back on, a week apart.
PAST = 60
SHORTEST = 42
# How much of a past week's weight is left a week later: in regression, in weighing members, in the size of errors.
REGRESSION_MEMORY = 0.96
MEMBER_MEMORY = 0.90
SCALE_MEMORY = 0.90
SHAPE_MEMORY = 0.97
# Strength of what invented epidemics taught, as if so many past forecasts had shown it.
RIDGE = 30.0
SCALE_PRIOR = 6.0
SCALE_PRIOR_WEEKS = 6.0
SHAPE_PRIOR = 40.0
LIKE_HEIGHT = 0.7
LIKE_SIZE = 1.5
# Standardised errors of invented epidemics are logistic with this scale, from the 1% to the 99% quantile.
USUAL_SHAPE = 0.65
# A week stranger than this many expected sizes, a dump of old cases, says no more than that there are such weeks: alone it
# would put the outermost quantile of a place with a short past at hundreds of times what is expected.
STRANGEST = 6.0
_EVEN = (np.arange(200) + 0.5) / 200
ABOVE_USUAL = FEATURES.index("above usual")
# Sharpness of the choice between members: weight ~ error^-SHARPNESS.
SHARPNESS = 4.0
WINSOR = 0.8
# Spread of errors one week ahead (log scale) to start from in a young series, growth with distance, counting noise.
USUAL_SCALE = 0.32
SCALE_GROWTH = 0.75
COUNT_NOISE = 2.5
# Past rows have been revised, the last ones have not: errors look smaller in hindsight by this much (log scale).
LATER_REVISIONS = 0.04


@dataclass(frozen=True)
class _History:
    """What was known and then observed at each origin; origin 0 is the last day of the data, k lies k weeks before.

    Attributes
    ----------
    situations
        One per origin.
    distance
        Weeks from each origin to its targets, shape (weeks,).
    observed
        Weekly counts, shape (origins, weeks, places); `nan` where not over by the last row, or not reported.
    lags
        Origins that lie between a forecast and the day its target is over, shape (weeks,).
    """

    situations: list[Situation]
    distance: Floats
    observed: Floats
    lags: NDArray[np.int64]

    @property
    def base(self) -> Floats:
        return np.stack([now.week for now in self.situations])[:, None, :]

    @property
    def growth(self) -> Floats:
        """Observed log growth from the week before the origin, shape as `observed`."""
        growth: Floats = np.log((np.maximum(self.observed, 0) + OFFSET) / (self.base + OFFSET))
        return growth


def forecast_weeks(
    counts: Floats,
    *,
    lead: int = WEEK,
    weeks: int = 4,
    levels: Floats = QUANTILE_LEVELS,
    whole: bool | None = None,
) -> Floats:
    """Predictive quantiles of weekly counts.

    Parameters
    ----------
    counts
        Daily counts as known, shape (days, places), time first; `nan` without a report, negative corrections allowed.
    lead
        Days from the last row to the end of the first target week, at least 1.
    weeks
        Target weeks, each ending seven days after the one before.
    whole
        Whether to give whole cases; by default where all counts are whole. Rates are not.

    Returns
    -------
    Shape (weeks, places, levels), cases per week, not below 0 and not falling with the level.
    """
    missing = np.full((max(SHORTEST - len(counts), 0), counts.shape[1]), np.nan)
    history = _history(np.vstack([missing, counts]), lead, weeks)
    grown = _members(history)
    centre = _combine(grown, history)
    scaled, scale = _standardised(centre, history)
    quantiles = _quantiles(centre[0], scale, _shape(scaled, history, levels), history.base[0])
    if lead < WEEK:
        quantiles[0] = _with_what_is_counted(quantiles[0], counts, lead)
    return np.round(quantiles) if (are_whole(counts) if whole is None else whole) else quantiles


def _with_what_is_counted(quantiles: Floats, counts: Floats, lead: int) -> Floats:
    """The first target week (places, levels), where part of it is known: with its dumps, and not below its count."""
    known = counts[max(len(counts) - max(WEEK - lead, 0), 0) :]
    mended = mend(counts[-LOOK_BACK:]).counts[max(min(len(counts), LOOK_BACK) - len(known), 0) :]
    mended_away = np.where(np.nan_to_num(known) != 0, known - mended, 0.0).sum(axis=0)
    counted = np.nansum(known, axis=0)
    result: Floats = np.maximum(quantiles + mended_away[:, None], np.maximum(counted, 0.0)[:, None])
    return result


def are_whole(counts: Floats) -> bool:
    """Whether every known count is a whole number."""
    known = counts[~np.isnan(counts)]
    return bool(np.all(known == np.round(known)))


def _history(counts: Floats, lead: int, weeks: int) -> _History:
    days = len(counts)
    origins = 1 + min(PAST, (days - SHORTEST) // WEEK)
    situations = [situation(counts[: days - WEEK * k]) for k in range(origins)]
    ends = days - WEEK * np.arange(origins)[:, None] + lead + WEEK * np.arange(weeks)
    lags = np.ceil((lead + WEEK * np.arange(weeks)) / WEEK).astype(np.int64)
    return _History(situations, horizon_weeks(lead, weeks), _observed(counts, ends), lags)


def _observed(counts: Floats, ends: NDArray[np.int64]) -> Floats:
    """Sums of the seven days up to each end; `nan` where they are not over or more than half is unreported."""
    observed = np.full((*ends.shape, counts.shape[1]), np.nan)
    for position in zip(*np.nonzero(ends <= len(counts)), strict=True):
        week = counts[ends[position] - WEEK : ends[position]]
        reported = (~np.isnan(week)).sum(axis=0)
        observed[position] = np.where(reported > WEEK // 2, np.nansum(week, axis=0), np.nan)
    return observed


def _members(history: _History) -> Floats:
    """Log growth by every member from every origin, shape (members, origins, weeks, places)."""
    simple = [np.stack([model(now, history.distance) for now in history.situations]) for model in MODELS.values()]
    return np.stack([*simple, _pooled_regression(history)])


def _pooled_regression(history: _History) -> Floats:
    """Log growth on the features, learned over all places and the origins whose targets were over by then.

    Ridge regression of what the damped trend left unexplained, winsorised so that no dump of old cases bends it; the
    response is therefore the damped trend's until the data have shown otherwise. Shape (origins, weeks, places).
    """
    features = np.stack([now.features for now in history.situations])
    trend = np.stack([damped_trend(now, history.distance) for now in history.situations])
    left = history.growth - trend
    limit = WINSOR * np.sqrt(history.distance)[None, :, None]
    weight = np.where(np.isnan(left), 0.0, history.base / (history.base + 20.0))
    left = np.clip(np.nan_to_num(left), -limit, limit)
    grams = np.einsum("khn,kni,knj->khij", weight, features, features)
    moments = np.einsum("khn,kni,khn->khi", weight, features, left)
    result = trend.copy()
    for week, lag in enumerate(history.lags):
        gram, moment = _remembered(grams[:, week], lag), _remembered(moments[:, week], lag)
        response = np.linalg.solve(gram + _ridge(), moment[..., None])[..., 0]
        result[:, week] += np.einsum("kni,ki->kn", features, response)
    return result


def _ridge() -> Floats:
    """Typical squares of the features times the number of forecasts that the prior is worth."""
    squares = np.array([0.08, 0.02, 0.08, 0.04, 1.5, 1.0])
    assert len(squares) == len(FEATURES)
    return RIDGE * np.diag(squares)


def _remembered(values: Floats, lag: int, memory: float = REGRESSION_MEMORY) -> Floats:
    """Fading sums over the origins at least `lag` before each; origins on the first axis, the newest first."""
    total = np.zeros_like(values)
    for origin in range(len(values) - lag - 1, -1, -1):
        older = total[origin + 1] if origin + 1 < len(values) else 0.0
        total[origin] = values[origin + lag] + memory * older
    return total


def _combine(grown: Floats, history: _History) -> Floats:
    """Log growth weighted by each member's past errors, those known at each origin; (origins, weeks, places)."""
    errors = np.abs(grown - history.growth)
    known = ~np.isnan(errors)
    weight = history.base / (history.base + 20.0)
    centre = np.zeros(grown.shape[1:])
    for week, lag in enumerate(history.lags):
        weighted = np.where(known[:, :, week], np.minimum(np.nan_to_num(errors[:, :, week]), 2.0), 0.0) * weight[:, 0]
        loss = np.stack([_remembered(member, lag, MEMBER_MEMORY) for member in weighted])
        amount = _remembered(known[0, :, week] * weight[:, 0], lag, MEMBER_MEMORY)
        centre[:, week] = np.einsum("mkn,mkn->kn", _member_weights(loss, amount), grown[:, :, week])
    return centre


def _member_weights(loss: Floats, amount: Floats) -> Floats:
    """Weights that add up to one over the members, from fading sums of absolute errors by origin and place."""
    pooled = loss.sum(axis=2, keepdims=True) / np.maximum(amount.sum(axis=1)[None, :, None], 1e-9)
    prior = np.array([1.35, 1.05, 1.10, 1.0])[:, None, None] * USUAL_SCALE
    enough = amount.sum(axis=1)[None, :, None]
    pooled = (enough * pooled + 20 * prior) / (enough + 20)
    mean = (loss + 10 * pooled) / (amount + 10)
    raw = mean**-SHARPNESS
    weights: Floats = raw / raw.sum(axis=0)
    return weights


def _standardised(centre: Floats, history: _History) -> tuple[Floats, Floats]:
    """Past errors over their expected size, and the expected size of the errors of the forecasts being made.

    Returns shapes (origins, weeks, places) and (weeks, places).
    """
    expected = np.exp(centre) * (history.base + OFFSET)
    errors = np.log((np.maximum(history.observed, 0) + OFFSET) / expected)
    noise = COUNT_NOISE * (np.maximum(expected - OFFSET, 0) + 0.5) / expected**2  # variance of the log of a count
    scale = np.stack(
        [_scale(errors[:, week], noise[:, week], history, week) for week in range(len(history.lags))], axis=1
    )
    return np.clip(errors / scale, -STRANGEST, STRANGEST), np.sqrt(scale[0] ** 2 + LATER_REVISIONS**2)


def _scale(errors: Floats, noise: Floats, history: _History, week: int) -> Floats:
    """Expected size of errors by origin and place: fading mean of past sizes, drawn to all places' and to the usual."""
    lag = int(history.lags[week])
    usual = USUAL_SCALE * history.distance[week] ** SCALE_GROWTH
    known = ~np.isnan(errors)
    excess = np.where(known, np.minimum(np.abs(np.nan_to_num(errors)), 4 * usual) / np.sqrt(1 + noise / usual**2), 0.0)
    telling = known * history.base[:, 0] / (history.base[:, 0] + 20.0)  # weeks of no case say nothing about waves
    amount = _remembered(telling, lag, SCALE_MEMORY)
    total = _remembered(telling * excess, lag, SCALE_MEMORY)
    prior = SCALE_PRIOR * SCALE_MEMORY ** np.maximum(len(errors) - lag - np.arange(len(errors)), 0)
    pooled = (total.sum(axis=1) + prior * 0.8 * usual) / (amount.sum(axis=1) + prior)
    own = (total + SCALE_PRIOR_WEEKS * pooled[:, None]) / (amount + SCALE_PRIOR_WEEKS)
    scale: Floats = np.sqrt((own / 0.8) ** 2 + noise)
    return scale


def _shape(scaled: Floats, history: _History, levels: Floats) -> Floats:
    """Quantiles of standardised errors for the forecasts being made, shape (weeks, places, levels).

    Past errors count the more, the later they are and the more alike the place then was: in height above its usual
    level, from which the way is down, and in size. A heavy-tailed usual shape stands in while few are known.
    """
    standing = np.stack([_standing(now) for now in history.situations])
    return np.stack(
        [
            _weighted_quantiles(scaled[lag:, week], standing[lag:], standing[0], levels)
            for week, lag in enumerate(history.lags)
        ]
    )


def _standing(now: Situation) -> Floats:
    """What makes places alike in their errors, in units of likeness: height above the usual and size; (places, 2)."""
    return np.column_stack([now.features[:, ABOVE_USUAL] / LIKE_HEIGHT, np.log(now.week + OFFSET) / LIKE_SIZE])


def _weighted_quantiles(errors: Floats, past: Floats, present: Floats, levels: Floats) -> Floats:
    """Quantiles of errors (origins, places), weighted for each place present; shape (places, levels)."""
    known = ~np.isnan(errors)
    usual = USUAL_SHAPE * np.log(_EVEN / (1 - _EVEN))
    values = np.concatenate([errors[known], usual])
    age = np.broadcast_to(np.arange(len(errors))[:, None], errors.shape)[known]
    apart = ((past[known] - present[:, None]) ** 2).sum(axis=-1)
    learned = np.full((len(present), len(usual)), SHAPE_PRIOR / len(usual))
    order = np.argsort(values)
    weights = np.hstack([SHAPE_MEMORY**age * np.exp(-0.5 * apart), learned])[:, order]
    reached = (np.cumsum(weights, axis=1) - weights / 2) / weights.sum(axis=1, keepdims=True)
    return np.array([np.interp(levels, place, values[order]) for place in reached])


def _quantiles(centre: Floats, scale: Floats, shape: Floats, base: Floats) -> Floats:
    logs = centre[..., None] + scale[..., None] * shape
    values = np.exp(logs) * (base[..., None] + OFFSET) - OFFSET
    return np.maximum.accumulate(np.maximum(values, 0.0), axis=-1)
