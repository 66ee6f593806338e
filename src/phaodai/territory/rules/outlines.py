"""Outlines of units: read from GeoJSON, checked, and set the way the standard asks."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shapely import from_geojson, get_coordinates, orient_polygons, to_geojson
from shapely.errors import GEOSException
from shapely.geometry.base import BaseGeometry

from phaodai.territory.rules.units import Problem, Unusable, refuse


@dataclass(frozen=True, slots=True)
class Outline:
    """The outline of the unit of a code: a Polygon or MultiPolygon in degrees (WGS 84), and a point inside it."""

    code: str
    geometry: Mapping[str, Any]
    longitude: float | None = None
    latitude: float | None = None
    area_km2: float | None = None


def read_outlines(content: bytes) -> list[Outline]:
    """The outlines of a GeoJSON FeatureCollection whose features carry `code`; raises `Unusable`."""
    try:
        collection = json.loads(content)
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise Unusable(f"the file is no GeoJSON ({error}); give a FeatureCollection of outlines") from error
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list) or not features:
        raise Unusable(
            "the file holds no features; give a GeoJSON FeatureCollection whose features carry the unit's code"
        )
    outlines, problems = [], []
    for place, feature in enumerate(features, start=1):
        try:
            outlines.append(_outline(feature))
        except (ValueError, TypeError, AttributeError, GEOSException) as error:
            problems.append(Problem(0, f"feature {place}: {str(error).splitlines()[0]}"))
    refuse(problems)
    return outlines


def outline_of(code: str, shape: BaseGeometry) -> Outline:
    """An outline from a shape, its outer rings counter-clockwise (RFC 7946) and its point inside."""
    if shape.geom_type not in ("Polygon", "MultiPolygon") or shape.is_empty:
        raise ValueError(f"the outline of {code} is a {shape.geom_type}; give a Polygon or MultiPolygon")
    _check_degrees(code, get_coordinates(shape).tolist())
    middle = shape.centroid if shape.contains(shape.centroid) else shape.representative_point()
    return Outline(code, json.loads(to_geojson(orient_polygons(shape))), round(middle.x, 6), round(middle.y, 6))


def _outline(feature: Mapping[str, Any]) -> Outline:
    properties = feature.get("properties") or {}
    code = str(properties.get("code") or "").strip()
    if not code:
        raise ValueError("the property code is missing; write the unit's code")
    found = outline_of(code, from_geojson(json.dumps(feature.get("geometry"))))
    area = properties.get("area_km2")
    return Outline(code, found.geometry, found.longitude, found.latitude, float(area) if area is not None else None)


def _check_degrees(code: str, points: Sequence[Sequence[float]]) -> None:
    for east, north in points:
        if not (-180 <= east <= 180 and -90 <= north <= 90):
            where = f"the outline of {code} has the point {east:g}, {north:g}"
            raise ValueError(f"{where}; give longitude and latitude in degrees (WGS 84)")
