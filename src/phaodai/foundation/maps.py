"""Choropleth maps of risk levels: drawn by the server for phones and print, with Leaflet where someone wants to move.

Only outlines of units are drawn: no tiles from outside, and no dot that is a house.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import cos, radians
from typing import Any, ClassVar, Literal

from phaodai.foundation.components import Component, Content, Level, Text

Position = Sequence[float]
"""Longitude and latitude in degrees."""
Geometry = Mapping[str, Any]
"""A GeoJSON Polygon or MultiPolygon."""

WIDTH = 386
MARGIN = 4


@dataclass(frozen=True, slots=True)
class MappedUnit:
    """A unit on the map; ``level`` 0 is unknown. ``turn`` marks a level that went up or down today."""

    name: Text
    geometry: Geometry
    level: int = 0
    url: str = ""
    turn: Literal["", "up", "down"] = ""
    was: int = 0
    """The level before the turn."""
    key: str = ""
    """Names the unit to a script that changes levels in place (``data-unit``)."""


@dataclass(frozen=True)
class UnitMap(Component):
    """A map of units by risk level with its legend as filter, what turned, and the list as the accessible version.

    ``borders`` are outlines of the tier above, ``places`` names with their position. With ``outlines_url`` (GeoJSON
    whose properties are name, label, level, url) a Leaflet map is loaded below, where it comes into sight.
    """

    title: Text
    subtitle: Text
    units: Sequence[MappedUnit]
    borders: Sequence[Geometry] = ()
    places: Sequence[tuple[Text, Position]] = ()
    noun: Text = ""
    """What is counted in the legend, such as "xã"."""
    outlines_url: str = ""
    more: Content = None
    every_level: bool = False
    """The legend holds all four levels, also those that no unit is at now: for maps that change in place."""

    template: ClassVar[str] = "foundation/components/unit_map.html"
    width: ClassVar[int] = WIDTH

    @cached_property
    def projection(self) -> "Projection":
        return Projection.around(ring for unit in self.units for ring in rings(unit.geometry))

    @property
    def height(self) -> float:
        return self.projection.height

    @property
    def shapes(self) -> list[tuple[MappedUnit, str]]:
        """Each unit with its path."""
        return [(unit, self.projection.path(unit.geometry)) for unit in self.units]

    @property
    def border_paths(self) -> list[str]:
        return [self.projection.path(border) for border in self.borders]

    @property
    def labels(self) -> list[tuple[Text, float, float]]:
        return [(name, *self.projection.place(position)) for name, position in self.places]

    @property
    def turned(self) -> list[tuple[MappedUnit, float, float]]:
        """Units whose level turned, with the place of their arrow."""
        return [(unit, *self.projection.middle(unit.geometry)) for unit in self.units if unit.turn]

    @property
    def legend(self) -> list[tuple[int, Level]]:
        """How many units stand at each level that occurs, or may occur later."""
        counts = {number: sum(unit.level == number for unit in self.units) for number in (1, 2, 3, 4)}
        return [
            (number, Level(number, f"{count} {self.noun}".strip()))
            for number, count in counts.items()
            if count or self.every_level
        ]

    @property
    def rows(self) -> list[MappedUnit]:
        """Units as listed: highest level first, otherwise as given."""
        return sorted(self.units, key=lambda unit: -unit.level)


@dataclass(frozen=True, slots=True)
class Projection:
    """Degrees to pixels: equirectangular at the middle latitude, which over a province is off by less than a pixel."""

    west: float
    north: float
    across: float
    """Pixels for a degree of longitude."""
    down: float
    """Pixels for a degree of latitude."""
    height: float

    @classmethod
    def around(cls, outlines: Iterable[Sequence[Position]]) -> "Projection":
        """The projection that fits the outlines into ``WIDTH``; ValueError without any."""
        points = [point for ring in outlines for point in ring]
        if not points:
            raise ValueError("A map needs at least one outline.")
        west, east = min(point[0] for point in points), max(point[0] for point in points)
        south, north = min(point[1] for point in points), max(point[1] for point in points)
        across = (WIDTH - 2 * MARGIN) / max(east - west, 1e-9)
        down = across / cos(radians((south + north) / 2))
        return cls(west, north, across, down, round((north - south) * down + 2 * MARGIN, 1))

    def place(self, position: Position) -> tuple[float, float]:
        """Pixel of a position."""
        x, y = (position[0] - self.west) * self.across, (self.north - position[1]) * self.down
        return round(x + MARGIN, 1), round(y + MARGIN, 1)

    def path(self, geometry: Geometry) -> str:
        """SVG path of a geometry."""
        return "".join("M" + "L".join(self._pair(point) for point in ring[:-1]) + "z" for ring in rings(geometry))

    def middle(self, geometry: Geometry) -> tuple[float, float]:
        """Pixel of the mean corner of the largest ring, where an arrow or a name can stand."""
        ring = max(rings(geometry), key=len)[:-1]
        return self.place((sum(point[0] for point in ring) / len(ring), sum(point[1] for point in ring) / len(ring)))

    def _pair(self, point: Position) -> str:
        x, y = self.place(point)
        return f"{x:g} {y:g}"


def rings(geometry: Geometry) -> list[Sequence[Position]]:
    """Rings of a Polygon or MultiPolygon; ValueError for another kind."""
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind == "Polygon":
        return list(coordinates)
    if kind == "MultiPolygon":
        return [ring for polygon in coordinates for ring in polygon]
    raise ValueError(f"A unit's outline is a Polygon or a MultiPolygon, not a {kind}.")
