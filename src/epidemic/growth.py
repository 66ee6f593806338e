"""What recent counts say of the weeks to come: growth seen at an origin, and simple models that carry it forward."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from epidemic.delays import discretised_serial_interval
from epidemic.reporting import mend

Floats = NDArray[np.float64]

WEEK = 7
# Days looked back on; weekday patterns need eight weeks.
LOOK_BACK = 70
USUAL_WEEKS = 40
RECENT = 3
# Added to counts before logarithms, so that places of few cases neither divide by zero nor shout.
OFFSET = 3.0
FEW = 25.0
STEEPEST = 1.6
# Generation time of COVID-19 in days (Ganyani et al., Euro Surveill 2020, rounded); forecasts hardly depend on it.
_GENERATION = discretised_serial_interval(2 * WEEK + 1, mean=5.2, sd=2.8)[1:]
FEATURES = (
    "last growth",
    "acceleration within the week",
    "growth before",
    "growth elsewhere",
    "above usual",
    "constant",
)


@dataclass(frozen=True)
class Situation:
    """What is known at an origin.

    Attributes
    ----------
    week
        Mended cases of the last seven days, shape (places,).
    features
        Shape (places, features), per week on the log scale; see `FEATURES`.
    pace
        Mended cases per day at an even pace, shape (days, places), the last four weeks.
    """

    week: Floats
    features: Floats
    pace: Floats


def situation(counts: Floats) -> Situation:
    """Read the situation from at least six weeks of daily counts up to the origin, shape (days, places)."""
    mended = mend(counts[-LOOK_BACK:])
    weeks = _weeks(mended.counts)
    growth = _log_ratio(weeks[:-1], weeks[1:])
    recent = mended.counts[-RECENT:].sum(axis=0), mended.counts[-RECENT - WEEK : -WEEK].sum(axis=0)
    elsewhere = _mean_elsewhere(growth[0], weeks[0])
    features = np.column_stack(
        [
            growth[0],
            _log_ratio(*recent) - growth[0],
            growth[1],
            elsewhere - growth[0],
            above_usual(counts, weeks[0]),
            np.ones_like(growth[0]),
        ]
    )
    return Situation(weeks[0], features, mended.pace[-4 * WEEK :])


def above_usual(counts: Floats, week: Floats) -> Floats:
    """Log of the last week over the geometric mean of the past forty: high waves seldom double; shape (places,)."""
    weeks = min(USUAL_WEEKS, len(counts) // WEEK)
    past = counts[len(counts) - weeks * WEEK :].reshape(weeks, WEEK, -1)
    known = ~np.isnan(past).all(axis=1)
    logs = np.where(known, np.log(np.maximum(np.nansum(past, axis=1), 0) + OFFSET), 0.0)
    usual = logs.sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    above: Floats = np.clip(np.log(week + OFFSET) - usual, -4.0, 4.0)
    return above


def _weeks(counts: Floats) -> Floats:
    """Sums of the last weeks, newest first, shape (weeks, places)."""
    weeks = len(counts) // WEEK
    sums: Floats = counts[len(counts) - weeks * WEEK :].reshape(weeks, WEEK, -1).sum(axis=1)[::-1]
    return sums


def _log_ratio(now: Floats, before: Floats) -> Floats:
    """Log growth from `before` to `now`, drawn to none where few cases say it."""
    certainty = (now + before) / (now + before + FEW)
    ratio: Floats = np.clip(certainty * np.log((now + OFFSET) / (before + OFFSET)), -STEEPEST, STEEPEST)
    return ratio


def _mean_elsewhere(growth: Floats, week: Floats) -> Floats:
    """Mean growth of the other places, each weighing by how surely its growth is known; its own where alone."""
    weight = week / (week + 200.0)
    others = weight.sum() - weight
    mean = (np.sum(weight * growth) - weight * growth) / np.maximum(others, 1e-9)
    trust = others / (others + 2.0)
    result: Floats = trust * mean + (1 - trust) * growth
    return result


def horizon_weeks(lead: int, weeks: int) -> Floats:
    """Distance in weeks from the last seven days to each target week; `lead` days reach the first one's end."""
    return lead / WEEK + np.arange(weeks, dtype=np.float64)


def last_value(now: Situation, distance: Floats) -> Floats:
    """The last week repeats itself: log growth 0, shape (weeks, places)."""
    return np.zeros((len(distance), len(now.week)))


# By the invented epidemics (docs/epidemic-forecast.md): response to the features at a distance of one week, and the
# share of that response that each further week keeps.
DAMPING = 0.80
RESPONSE = np.array([0.62, 0.43, 0.10, 0.10, -0.02, 0.0])


def damped_trend(now: Situation, distance: Floats) -> Floats:
    """Growth goes on, losing a share each week: log growth Σ_j φ^(j-1) (response · features); shape (weeks, places)."""
    reach = (1 - DAMPING**distance) / (1 - DAMPING)
    growth: Floats = reach[:, None] * (now.features @ RESPONSE)
    return growth


def renewal(now: Situation, distance: Floats) -> Floats:
    """Cases renew themselves with the last reproduction number, whose logarithm fades; log growth (weeks, places).

    I(t) = R(t) Σ_s w(s) I(t - s), ln R(t + 1) = 0.97 ln R(t).
    """
    weights = _GENERATION / _GENERATION.sum()
    path = list(now.pace)
    past = np.lib.stride_tricks.sliding_window_view(now.pace, len(weights), axis=0)[-WEEK - 1 : -1] @ weights[::-1]
    log_r = np.log((now.pace[-WEEK:].sum(axis=0) + 1) / (past.sum(axis=0) + 1))
    last = int(np.ceil(distance[-1] * WEEK))
    for _ in range(last):
        log_r = 0.97 * log_r
        path.append(np.exp(log_r) * (weights @ np.array(path[-1 : -len(weights) - 1 : -1])))
    ends = len(now.pace) + np.round(distance * WEEK).astype(int)
    sums = np.array([np.sum(path[end - WEEK : end], axis=0) for end in ends])
    base = now.pace[-WEEK:].sum(axis=0)
    growth: Floats = np.clip(np.log((sums + OFFSET) / (base + OFFSET)), -4.0, 4.0)
    return growth


# Name -> model: from a situation and the distances of the target weeks (weeks), log growth of shape (weeks, places).
MODELS: Mapping[str, Callable[[Situation, Floats], Floats]] = {
    "last value": last_value,
    "damped trend": damped_trend,
    "renewal": renewal,
}
