"""What was drawn on a map becomes ground, or a fault that says what is wrong with it. Pure; raises nothing.

Coordinates are longitude and latitude in degrees (WGS 84), as GeoJSON (RFC 7946) writes them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import cos, isfinite, radians
from typing import Any, TypeAlias

import shapely
from shapely.geometry import MultiPolygon, Polygon

MOST_CORNERS = 2000
LONGEST_TEXT = 200_000
"""Signs of text that are read at all: two thousand corners fit many times over."""
LEAST_KM2 = 0.0001
"""A hundred square metres: less ground than one house stands on."""
OUTSIDE_ALLOWED = 0.01
"""How much of a drawing may lie over the border: a finger on a telephone is no surveyor."""
KM_PER_DEGREE = 111.32

Shape: TypeAlias = Polygon | MultiPolygon


class Fault(StrEnum):
    """Why a drawing is no ground."""

    EMPTY = "empty"
    UNREADABLE = "unreadable"
    TOO_LONG = "too long"
    CROSSES = "crosses"
    TINY = "tiny"
    OUTSIDE = "outside"
    PARTLY_OUTSIDE = "partly outside"


@dataclass(frozen=True)
class Outline:
    """Ground that may be closed off, and how large it is."""

    shape: Shape
    km2: float

    @property
    def geometry(self) -> dict[str, Any]:
        """Its GeoJSON."""
        found: dict[str, Any] = json.loads(shapely.to_geojson(self.shape))
        return found


def read_outline(text: str, ground: Shape | None = None) -> Outline | Fault:
    """The outline that a GeoJSON text draws; it must lie on `ground` where that is given."""
    if not text.strip():
        return Fault.EMPTY
    if len(text) > LONGEST_TEXT:
        return Fault.TOO_LONG
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return Fault.UNREADABLE
    shape = _shape_of(told)
    return shape if isinstance(shape, Fault) else _checked(shape, ground)


def _shape_of(told: object) -> Shape | Fault:
    """A Polygon or MultiPolygon of the parts that have one."""
    if not isinstance(told, Mapping):
        return Fault.UNREADABLE
    if told.get("type") == "Feature":
        return _shape_of(told.get("geometry"))
    coordinates = told.get("coordinates")
    parts = {"Polygon": [coordinates], "MultiPolygon": coordinates}.get(str(told.get("type")))
    if not isinstance(parts, list):
        return Fault.UNREADABLE
    polygons: list[Polygon] = []
    for part in parts:
        polygon = _polygon(part)
        if isinstance(polygon, Fault):
            return polygon
        polygons.append(polygon)
    if not polygons:
        return Fault.EMPTY
    return polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)


def _polygon(part: object) -> Polygon | Fault:
    if not isinstance(part, list):
        return Fault.UNREADABLE
    rings = [_ring(ring) for ring in part]
    fault = next((ring for ring in rings if isinstance(ring, Fault)), None)
    if fault is not None or not rings:
        return fault or Fault.EMPTY
    sound = [ring for ring in rings if not isinstance(ring, Fault)]
    return Polygon(sound[0], sound[1:])


def _ring(ring: object) -> list[tuple[float, float]] | Fault:
    if not isinstance(ring, list):
        return Fault.UNREADABLE
    if len(ring) > MOST_CORNERS:
        return Fault.TOO_LONG
    points = [_point(point) for point in ring]
    if any(point is None for point in points):
        return Fault.UNREADABLE
    corners = [point for point in points if point is not None]
    return corners if len(set(corners)) > 2 else Fault.EMPTY


def _point(point: object) -> tuple[float, float] | None:
    """Degrees on the earth; None for anything else. True and False are no degrees."""
    if not isinstance(point, list) or len(point) < 2 or any(type(one) not in (int, float) for one in point[:2]):
        return None
    if not all(isfinite(one) for one in point[:2]) or abs(point[0]) > 180 or abs(point[1]) > 90:
        return None
    return float(point[0]), float(point[1])


def _checked(shape: Shape, ground: Shape | None) -> Outline | Fault:
    if not shapely.is_valid(shape):
        return Fault.CROSSES
    km2 = area_km2(shape)
    if km2 < LEAST_KM2:
        return Fault.TINY
    if ground is not None:
        outside = 1 - shapely.area(shapely.intersection(shape, ground)) / shape.area
        if outside > OUTSIDE_ALLOWED:
            return Fault.OUTSIDE if outside > 1 - OUTSIDE_ALLOWED else Fault.PARTLY_OUTSIDE
    return Outline(shapely.orient_polygons(shape), km2)


def area_km2(shape: Shape) -> float:
    """Square kilometres of a shape a few kilometres wide: degrees scaled at its middle latitude, off by less than 0.1%."""
    middle = (shape.bounds[1] + shape.bounds[3]) / 2
    return float(shape.area * KM_PER_DEGREE**2 * cos(radians(middle)))


def shape_of(geometry: Mapping[str, Any]) -> Shape:
    """A kept GeoJSON geometry as a shape; it was checked when it was kept."""
    found = shapely.from_geojson(json.dumps(geometry))
    assert isinstance(found, Polygon | MultiPolygon), "only ground is kept"
    return found
