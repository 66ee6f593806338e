"""Order rows by a small whole number in one pass (counting sort)."""

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
