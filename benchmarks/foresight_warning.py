"""How often the early warning rings on invented provinces, and how often the bands of days hold what came.

    python -m benchmarks.foresight_warning [seeds]

Every fourth week of the last year each of 63 provinces is forecast by day with what was known; the seventh day ahead is held
against its forecast, as `foresight` does each morning.
"""

import sys
from time import process_time

import numpy as np

from benchmarks.epidemic_synthetic import PROVINCES, WEEK, invent
from epidemic.forecast import forecast_weeks
from phaodai.foresight.rules.days import daily_quantiles
from phaodai.foresight.rules.leaving import leaves_band

FIRST_SEED, YEAR, EVERY = 2000, 52, 4


def judge(seed: int) -> np.ndarray:
    """Of each forecast whether its day was above the band, inside 95%, inside 50%; shape (forecasts, 3)."""
    reports = invent(PROVINCES, seed)
    days = len(reports.final) - len(reports.final) % WEEK
    rows = []
    for origin in range(days - YEAR * WEEK, days - WEEK, EVERY * WEEK):
        known = reports.as_of(origin)
        weekly = forecast_weeks(known)
        for place in range(known.shape[1]):
            count = reports.final[origin + WEEK - 1, place]
            if not np.isnan(count):
                low, low50, _median, high50, high = daily_quantiles(weekly[:1, place], known[:, place])[WEEK - 1]
                rows.append((leaves_band(float(count), float(high)), low <= count <= high, low50 <= count <= high50))
    return np.array(rows, dtype=float)


def main() -> None:
    """Print the shares over some seeds."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    begin = process_time()
    found = np.concatenate([judge(FIRST_SEED + seed) for seed in range(seeds)])
    above, in95, in50 = found.mean(axis=0)
    print(f"{len(found)} days: {above:.1%} raise a warning, {in95:.1%} lie in the 95% band, {in50:.1%} in the 50% band")
    print(f"{process_time() - begin:.0f} CPU s")


if __name__ == "__main__":
    main()
