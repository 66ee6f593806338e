"""Ranges of rows, spread out into the rows themselves."""

import numpy as np
from numpy.typing import NDArray

from epidemic.tracing.visits import Minutes, Rows


def spread(first: Rows, last: Rows) -> tuple[Rows, Rows]:
    """Which range each row belongs to, and the row, for the rows from each `first` up to before its `last`."""
    lengths = np.maximum(last - first, 0)
    owner = np.repeat(np.arange(len(first)), lengths)
    before = np.cumsum(lengths) - lengths
    return owner, np.arange(len(owner)) + (first - before)[owner]


def pointers_of(counts: Minutes) -> Rows:
    """Where each group starts, and the end: shape (groups + 1,)."""
    pointers: Rows = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=pointers[1:])
    return pointers


def ranges_of(pointers: NDArray[np.integer], keys: NDArray[np.integer]) -> tuple[Rows, Rows]:
    """First row and row after the last of each key; an empty range where the key is beyond the one or more groups."""
    known = keys < len(pointers) - 1
    group = np.where(known, keys, 0)
    first = pointers[group].astype(np.int64)
    return first, np.where(known, pointers[group + 1], first)
