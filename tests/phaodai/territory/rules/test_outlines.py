"""Outlines as GeoJSON files bring them."""

import itertools
import json
from typing import Any

import pytest

from phaodai.territory.rules.outlines import read_outlines
from phaodai.territory.rules.units import Unusable

CLOCKWISE = [[[105.0, 21.0], [105.0, 22.0], [106.0, 22.0], [106.0, 21.0], [105.0, 21.0]]]


def collection(geometry: Any, **properties: Any) -> bytes:
    return json.dumps(
        {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": properties, "geometry": geometry}]}
    ).encode()


def test_an_outline_runs_counter_clockwise_and_has_a_point_inside() -> None:
    (outline,) = read_outlines(collection({"type": "Polygon", "coordinates": CLOCKWISE}, code="06", area_km2=4.5))
    ring = outline.geometry["coordinates"][0]
    turn = sum((x2 - x1) * (y2 + y1) for (x1, y1), (x2, y2) in itertools.pairwise(ring))
    assert turn < 0, "the shoelace sum is negative on a ring that runs counter-clockwise"
    assert (outline.code, outline.longitude, outline.latitude, outline.area_km2) == ("06", 105.5, 21.5, 4.5)


def test_the_point_of_a_bent_unit_lies_inside_it() -> None:
    horseshoe = [[[0, 0], [3, 0], [3, 3], [2, 3], [2, 1], [1, 1], [1, 3], [0, 3], [0, 0]]]
    (outline,) = read_outlines(collection({"type": "Polygon", "coordinates": horseshoe}, code="06"))
    assert outline.longitude is not None
    assert outline.latitude is not None
    assert not (1 < outline.longitude < 2 and outline.latitude > 1)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"level,code\n", "the file is no GeoJSON"),
        (b"[]", "the file holds no features"),
        (b'{"type": "FeatureCollection", "features": []}', "the file holds no features"),
        (collection({"type": "Polygon", "coordinates": CLOCKWISE}), "feature 1: the property code is missing"),
        (collection({"type": "Point", "coordinates": [105, 21]}, code="06"), "feature 1: the outline of 06 is a Point"),
        (collection(None, code="06"), "feature 1: "),
        (collection({"type": "Polygon", "coordinates": [[[105, 21], [106, 21]]]}, code="06"), "feature 1: "),
        (
            collection(
                {
                    "type": "Polygon",
                    "coordinates": [[[500000, 2300000], [500001, 2300000], [500001, 2300001], [500000, 2300000]]],
                },
                code="06",
            ),
            "feature 1: the outline of 06 has the point 500000, 2.3e+06; give longitude and latitude in degrees",
        ),
        (b'{"features": ["x"]}', "feature 1: "),
    ],
)
def test_what_is_no_outline_is_refused_in_one_line(content: bytes, told: str) -> None:
    with pytest.raises(Unusable) as refused:
        read_outlines(content)
    assert str(refused.value).startswith(told)
    assert "\n" not in str(refused.value)
