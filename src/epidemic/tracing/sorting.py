"""Order rows by a small whole number in one pass (counting sort), and find rows in what is sorted."""

import numpy as np
from numpy.typing import NDArray

from epidemic.tracing.accelerate import accelerate
from epidemic.tracing.ranges import pointers_of
from epidemic.tracing.visits import Rows

Whole = NDArray[np.integer]


def _argsort(keys: Whole, size: int) -> tuple[Rows, Rows]:
    return pointers_of(np.bincount(keys, minlength=size)), np.argsort(keys, kind="stable")


# n: rows, k: keys from 0 up
@accelerate(_argsort)
def stable_order(keys: Whole, size: int) -> tuple[Rows, Rows]:
    """Where each key's rows start, shape (k + 1,), and the rows by key in their old order, shape (n,)."""
    counts = np.zeros(size + 1, np.int64)
    for row in range(len(keys)):
        counts[keys[row] + 1] += 1
    pointers = np.cumsum(counts)
    following = pointers[:-1].copy()
    order = np.empty(len(keys), np.int64)
    for row in range(len(keys)):
        order[following[keys[row]]] = row
        following[keys[row]] += 1
    return pointers, order


def order_of(keys: Whole) -> Rows:
    """Rows by key in their old order, however large the keys."""
    size = int(keys.max(initial=0)) + 1
    return stable_order(keys, size)[1] if size <= 4 * len(keys) + 2**22 else np.argsort(keys, kind="stable")


def _bisect_together(first: Rows, last: Rows, values: Whole, target: Whole) -> Rows:
    low, high = first.copy(), np.maximum(first, last)
    while (open_ := low < high).any():
        middle = (low + high) // 2
        below = open_ & (values[np.where(open_, middle, 0)] < target)
        low, high = np.where(below, middle + 1, low), np.where(open_ & ~below, middle, high)
    return low


# q: queries, n: values sorted within each range
@accelerate(_bisect_together)
def lower_bound(first: Rows, last: Rows, values: Whole, target: Whole) -> Rows:
    """The first row from `first` (q) up to before `last` (q) whose value (n) is not below `target` (q), or `last`."""
    found = np.empty(len(first), np.int64)
    for query in range(len(first)):
        low, high = first[query], max(first[query], last[query])
        while low < high:
            middle = (low + high) // 2
            if values[middle] < target[query]:
                low = middle + 1
            else:
                high = middle
        found[query] = low
    return found
