"""Where each house stands: a point inside the outline of its hamlet, by chance and by the same seed the same."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from shapely.geometry import Polygon

from demo.tessellation import scatter

DIGITS = 6
"""A tenth of a metre, as a telephone gives it."""


def scatter_homes(
    outlines: Sequence[Polygon], hamlet_of: NDArray[np.int16], rng: np.random.Generator
) -> NDArray[np.float64]:
    """Longitude and latitude of each household, shape (households, 2); `hamlet_of` is the place of its hamlet's outline."""
    points = np.empty((len(hamlet_of), 2))
    order = np.argsort(hamlet_of, kind="stable")
    counts = np.bincount(hamlet_of, minlength=len(outlines))
    first = 0
    for outline, count in zip(outlines, counts.tolist(), strict=True):
        if count:
            points[order[first : first + count]] = scatter(outline, count, rng)
        first += count
    return np.round(points, DIGITS)
