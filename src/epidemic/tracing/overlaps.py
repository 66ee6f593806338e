"""Which rows of a segment share time with an interval: the innermost loop of tracing."""

import numpy as np
from numpy.typing import NDArray

from epidemic.tracing.accelerate import accelerate
from epidemic.tracing.ranges import ranges_of, spread
from epidemic.tracing.visits import Ids, Minutes, Rows, Shorts

Whole = NDArray[np.integer]


def _bounds(first: Rows, last: Rows, starts: Shorts, earliest: Minutes, after: Minutes) -> tuple[Rows, Rows]:
    """Narrow each range of rows to the starts from `earliest` up to before `after`."""
    near = np.flatnonzero(first < last)
    near = near[(starts[last[near] - 1] >= earliest[near]) & (starts[first[near]] < after[near])]
    low, high = np.zeros((2, len(first)), np.int64)
    for query in near:
        rows = slice(first[query], last[query])
        low[query], high[query] = first[query] + starts[rows].searchsorted((earliest[query], after[query]))
    return low, high


def _overlapping_spread(
    pointers: Whole,
    longest: Shorts,
    others: Ids,
    starts: Shorts,
    durations: Shorts,
    group: Rows,
    begin: Minutes,
    until: Minutes,
    origin: int,
    minimum: int,
) -> tuple[Rows, Ids, Minutes, Minutes]:
    first, last = ranges_of(pointers, group)
    earliest = begin - origin + minimum - longest[np.minimum(group, len(longest) - 1)]
    query, row = spread(*_bounds(first, last, starts, earliest, until - origin - minimum + 1))
    start, duration = origin + starts[row].astype(np.int64), durations[row].astype(np.int64)
    enough = np.minimum(until[query], start + duration) - np.maximum(begin[query], start) >= minimum
    return query[enough], others[row[enough]], start[enough], duration[enough]


# g: groups, l: g or 1, n: rows in order of start within each group, q: queries, m: overlaps found
@accelerate(_overlapping_spread)
def overlapping(
    pointers: Whole,
    longest: Shorts,
    others: Ids,
    starts: Shorts,
    durations: Shorts,
    group: Rows,
    begin: Minutes,
    until: Minutes,
    origin: int,
    minimum: int,
) -> tuple[Rows, Ids, Minutes, Minutes]:
    """Each overlap of `minimum` (1 or more) minutes between a query's interval and a row of its group.

    `pointers` (g + 1) bound the rows of each group, `longest` (l) their durations: rows that start before an interval by more
    cannot reach it. `others`, `starts` after the origin, and `durations` (n) are the rows'; `group`, `begin` and `until` (q)
    the queries', on the scale of the origin. A group past the last has no rows. Returns, each (m), the query, and the row's
    other, start on the scale of the origin, and duration.
    """
    bounds, rows = np.zeros((len(group), 2), np.int64), 0
    for query in range(len(group)):
        if group[query] >= len(pointers) - 1:
            continue
        reaching = np.int64(longest[min(group[query], len(longest) - 1)])
        low = np.int64(pointers[group[query]])
        for side in range(2):
            target = until[query] - minimum + 1 if side else begin[query] + minimum - reaching
            high = np.int64(pointers[group[query] + 1])
            while low < high:
                middle = (low + high) // 2
                if origin + np.int64(starts[middle]) < target:
                    low = middle + 1
                else:
                    high = middle
            bounds[query, side] = low
        rows += bounds[query, 1] - bounds[query, 0]
    queries, persons = np.empty(rows, np.int64), np.empty(rows, np.int32)
    begun, lasting, count = np.empty(rows, np.int64), np.empty(rows, np.int64), 0
    for query in range(len(group)):
        for row in range(bounds[query, 0], bounds[query, 1]):
            start, duration = origin + np.int64(starts[row]), np.int64(durations[row])
            if min(until[query], start + duration) - max(begin[query], start) >= minimum:
                queries[count], persons[count], begun[count], lasting[count] = query, others[row], start, duration
                count += 1
    return queries[:count], persons[:count], begun[:count], lasting[:count]
