"""Which houses stand inside which drawings, for a whole province at once; and which houses stand in a street. Pure."""

import re
from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from phaodai.containment.rules.zones_outline import Shape
from phaodai.foundation.formats import fold

Degrees = NDArray[np.float64]
Places = NDArray[np.int64]


def inside_outlines(longitude: Degrees, latitude: Degrees, shapes: Sequence[Shape]) -> tuple[Places, Places]:
    """Pairs (place of the house, place of the shape) of every house inside a shape.

    longitude, latitude: one entry a house, shape (n,). Houses are sorted by latitude once, so that a shape looks only at the
    band that it lies in: half a million houses and hundreds of shapes take a fraction of a second.
    """
    order = np.argsort(latitude, kind="stable")
    sorted_latitude, sorted_longitude = latitude[order], longitude[order]
    houses: list[Places] = [np.empty(0, np.int64)]
    owners: list[Places] = [np.empty(0, np.int64)]
    for place, shape in enumerate(shapes):
        west, south, east, north = shape.bounds
        first = int(np.searchsorted(sorted_latitude, south, side="left"))
        band = sorted_longitude[first : int(np.searchsorted(sorted_latitude, north, side="right"))]
        near = np.flatnonzero((band >= west) & (band <= east)) + first
        shapely.prepare(shape)
        found = near[shapely.intersects_xy(shape, sorted_longitude[near], sorted_latitude[near])]
        houses.append(order[found].astype(np.int64))
        owners.append(np.full(len(found), place, np.int64))
    return np.concatenate(houses), np.concatenate(owners)


def in_street(addresses: Sequence[str], street: str) -> list[bool]:
    """Whether each address lies in a street, accents or not: "ngõ 5" is found in "Số 3, ngõ 5, thôn Trung", not in "ngõ 51"."""
    asked = " ".join(re.findall(r"\w+", fold(street)))
    if not asked:
        return [False] * len(addresses)
    words = re.compile(rf"\b{re.escape(asked)}\b")
    return [words.search(" ".join(re.findall(r"\w+", fold(address)))) is not None for address in addresses]
