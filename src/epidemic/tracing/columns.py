"""Named columns of equal length: take some of their rows, or join several."""

from collections.abc import Sequence
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

Columns = TypeVar("Columns", bound=tuple[Any, ...])
Selection = slice | NDArray[np.int64] | NDArray[np.bool_]


def take(columns: Columns, rows: Selection) -> Columns:
    """Some rows of a named tuple of arrays."""
    kind: Any = type(columns)
    return cast("Columns", kind(*(column[rows] for column in columns)))


def join(parts: Sequence[Columns]) -> Columns:
    """All rows of one or more named tuples of arrays, in their order."""
    kind: Any = type(parts[0])
    return cast("Columns", kind(*(np.concatenate(column) for column in zip(*parts, strict=True))))
