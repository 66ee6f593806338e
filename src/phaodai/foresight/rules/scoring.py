"""How the forecasts of past weeks did, for each place of some that are forecast together, beside the last-value baseline."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from epidemic.evaluation import WEEK, Evaluation, evaluate
from epidemic.forecast import forecast_weeks
from epidemic.scoring import Score

Floats = NDArray[np.float64]

FIRST_ORIGIN = 6
"""Weeks that are known before the first past forecast is asked for."""
MOST_ORIGINS = 52


def past_scores(counts: Floats, places: Sequence[int]) -> dict[int, list[dict[str, float | int | None]]]:
    """Scores by weeks ahead of some places of `counts` (days, places), each forecast among all of `places`.

    Counts are taken as known at the end and cut at each past week, so that late corrections flatter both forecasters
    alike. A place with too short a past, or without any case, has no scores.
    """
    if not places or len(counts) < (FIRST_ORIGIN + 1) * WEEK:
        return {}
    counts = counts[len(counts) % WEEK :, list(places)]

    @cache
    def past(days: int) -> Floats:
        return forecast_weeks(counts[:days])

    def forecaster_of(at: int) -> Any:
        return lambda known, weeks: past(len(known))[:weeks, [at]]

    found = {}
    for at, place in enumerate(places):
        known = counts[:, [at]]
        if (~np.isnan(known)).sum() >= (FIRST_ORIGIN + 1) * WEEK and np.nansum(known) > 0:
            found[place] = score_rows(evaluate(known, first=FIRST_ORIGIN, forecaster=forecaster_of(at)))
    return found


def score_rows(evaluation: Evaluation) -> list[dict[str, float | int | None]]:
    """One row for each number of weeks ahead, as it is kept and shown."""
    pairs = zip(evaluation.model, evaluation.baseline, evaluation.relative_wis, strict=True)
    return [_row(model, baseline, relative) for model, baseline, relative in pairs]


def _row(model: Score, baseline: Score, relative: float) -> dict[str, float | int | None]:
    figures = {
        "wis": model.wis,
        "baseline": baseline.wis,
        "relative": relative,
        "coverage_50": model.coverage_50,
        "coverage_95": model.coverage_95,
        "bias": model.bias,
        "baseline_50": baseline.coverage_50,
        "baseline_95": baseline.coverage_95,
    }
    return {"forecasts": model.forecasts} | {
        name: None if np.isnan(value) else round(float(value), 3) for name, value in figures.items()
    }


def series_scores(counts: Floats) -> list[dict[str, float | int | None]]:
    """Scores by weeks ahead over all places of a series of its own, shape (days, places); at most a year of origins.

    Raises `ValueError` where the series is too short to ask for one forecast.
    """
    weeks = len(counts) // WEEK
    return score_rows(evaluate(counts, first=max(FIRST_ORIGIN, weeks - MOST_ORIGINS)))
