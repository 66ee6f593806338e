"""Which rows of a segment share time with an interval: the innermost loop of tracing."""

import numpy as np
from numpy.typing import NDArray

from epidemic.tracing.accelerate import accelerate
from epidemic.tracing.ranges import spread
from epidemic.tracing.visits import Minutes, Rows, Shorts


def _overlapping_spread(
    first: Rows, last: Rows, begin: Minutes, until: Minutes, starts: Shorts, durations: Shorts, minimum: int
) -> tuple[Rows, Rows]:
    query, row = spread(first, last)
    start: NDArray[np.int64] = starts[row].astype(np.int64)
    shared = np.minimum(until[query], start + durations[row]) - np.maximum(begin[query], start)
    enough = shared >= minimum
    return query[enough], row[enough]


# q: queries, n: rows of the segment, m: overlaps found
@accelerate(_overlapping_spread)
def overlapping(
    first: Rows, last: Rows, begin: Minutes, until: Minutes, starts: Shorts, durations: Shorts, minimum: int
) -> tuple[Rows, Rows]:
    """Query and row (m) of each overlap of at least `minimum` minutes, among the rows from `first` (q) to before `last` (q).

    `begin` and `until` (q) bound the queries' intervals, `starts` and `durations` (n) the rows', on one scale of minutes.
    """
    found = 0
    for query in range(len(first)):
        for row in range(first[query], last[query]):
            start = np.int64(starts[row])
            found += min(until[query], start + durations[row]) - max(begin[query], start) >= minimum
    queries, rows = np.empty(found, np.int64), np.empty(found, np.int64)
    found = 0
    for query in range(len(first)):
        for row in range(first[query], last[query]):
            start = np.int64(starts[row])
            if min(until[query], start + durations[row]) - max(begin[query], start) >= minimum:
                queries[found], rows[found] = query, row
                found += 1
    return queries, rows
