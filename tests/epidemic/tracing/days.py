"""Days of visits for the cache, light enough for a process that is started to be killed."""

import numpy as np

from epidemic.tracing import SegmentCache, Visits, VisitSegment

DAY = 18_800
ROWS = 5_000


def visits(seed: int = 1, day: int = DAY) -> Visits:
    generator = np.random.default_rng(seed)
    return Visits.of(
        person=generator.integers(0, 300, ROWS),
        place=generator.integers(0, 20, ROWS),
        day=day,
        start=generator.integers(0, 1440, ROWS),
        duration=np.full(ROWS, seed),
    )


def kept(cache: SegmentCache, seed: int = 1, day: int = DAY) -> VisitSegment:
    return cache.segment(day, f"seed {seed}", lambda: visits(seed, day), persons=300, places=20)
