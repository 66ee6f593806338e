"""Outlines that tile the plane: relaxed Voronoi cells, noded once, then bent together so that no border opens.

Planar coordinates are kilometres from the middle of the province, x east and y north.
"""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, MultiPoint, Polygon

Points = NDArray[np.float64]
"""Coordinates, shape (n, 2)."""

NODING_GRID_KM = 0.001
"""Borders closer than one metre are one border: what clipping leaves beside a corner is rounding, not land."""

LONGITUDE, LATITUDE = 105.45, 19.2
KM_PER_DEGREE = np.array([111.32 * np.cos(np.radians(LATITUDE)), 110.65])
"""Length of a degree of longitude and of latitude at the middle of the province (WGS84)."""

HALF_WIDTH_KM, HALF_HEIGHT_KM = 44.0, 27.5


def province_outline(rng: np.random.Generator) -> Polygon:
    """An ellipse with lobes and bays: low harmonics whose amplitudes fall with their order."""
    angle = np.linspace(0, 2 * np.pi, 361)[:-1]
    orders = np.arange(2, 8)
    amplitude = rng.uniform(0.6, 1.0, orders.size) * 0.2 / orders
    phase = rng.uniform(0, 2 * np.pi, orders.size)
    radius = 1 + (amplitude[:, None] * np.cos(orders[:, None] * angle + phase[:, None])).sum(axis=0)
    return Polygon(np.column_stack([HALF_WIDTH_KM * radius * np.cos(angle), HALF_HEIGHT_KM * radius * np.sin(angle)]))


def scatter(region: Polygon, count: int, rng: np.random.Generator) -> Points:
    """``count`` points spread evenly over the region by chance."""
    west, south, east, north = region.bounds
    shapely.prepare(region)
    found = np.empty((0, 2))
    while len(found) < count:
        candidates = rng.uniform((west, south), (east, north), (2 * count, 2))
        found = np.vstack([found, candidates[shapely.contains_xy(region, candidates)]])
    return found[:count]


def nearest(points: Points, sites: Points, head_start: NDArray[np.float64] | float = 0.0) -> NDArray[np.intp]:
    """Index of the site nearest to each point; ``head_start`` (square kilometres) lets some sites reach farther."""
    distance = ((points[:, None, :] - sites[None, :, :]) ** 2).sum(axis=2) - head_start
    return np.asarray(distance.argmin(axis=1), dtype=np.intp)


def relax(sites: Points, sample: Points, rounds: int) -> Points:
    """Lloyd's relaxation on a sample: each site moves to the mean of the sample points nearest to it.

    A sample that is denser in towns gives smaller cells there.
    """
    for _ in range(rounds):
        owner = nearest(sample, sites)
        count = np.bincount(owner, minlength=len(sites))
        sums = np.column_stack([np.bincount(owner, sample[:, axis], len(sites)) for axis in (0, 1)])
        sites = np.where(count[:, None] > 0, sums / np.maximum(count, 1)[:, None], sites)
    return sites


def voronoi_cells(sites: Points, region: Polygon) -> list[Polygon]:
    """The part of the region nearest to each site, in the order of the sites."""
    diagram = shapely.voronoi_polygons(MultiPoint(sites), extend_to=region, ordered=True)
    return [cell.intersection(region) for cell in diagram.geoms]


@dataclass(frozen=True)
class Warp:
    """A smooth displacement of the plane, the sum of waves too gentle to fold it.

    Each wave moves points by ``amplitude`` across ``wavelength``; the steepest slopes sum to less than one, so the
    map is one to one and what tiled the plane before tiles it after.
    """

    direction: Points
    push: Points
    phase: NDArray[np.float64]

    @classmethod
    def draw(cls, rng: np.random.Generator) -> "Warp":
        wavelength = np.repeat([34.0, 13.0, 5.5, 2.8], 2)
        slope = np.repeat([0.06, 0.10, 0.15, 0.17], 2)
        heading, side = rng.uniform(0, 2 * np.pi, (2, wavelength.size))
        number = 2 * np.pi / wavelength
        direction = np.column_stack([np.cos(heading), np.sin(heading)]) * number[:, None]
        push = np.column_stack([np.cos(side), np.sin(side)]) * (slope / number)[:, None]
        return cls(direction, push, rng.uniform(0, 2 * np.pi, wavelength.size))

    def __call__(self, points: Points) -> Points:
        return np.asarray(points + np.sin(points @ self.direction.T + self.phase) @ self.push)


def to_degrees(points: Points) -> Points:
    """Kilometres to longitude and latitude, rounded to a millionth of a degree (a decimetre)."""
    degrees: Points = np.round(np.array([LONGITUDE, LATITUDE]) + points / KM_PER_DEGREE, 6)
    return degrees


def noded_borders(cells: list[Polygon]) -> list[LineString]:
    """Every border between two junctions once, however many cells share it."""
    lines = shapely.unary_union([cell.boundary for cell in cells], grid_size=NODING_GRID_KM)
    return list(shapely.get_parts(shapely.line_merge(lines)))


def bend(cells: list[Polygon], warp: Warp, step_km: float = 0.35) -> list[Polygon]:
    """The cells bent by the warp, in degrees; neighbours share every vertex of their border.

    The borders, not the cells, are bent: a border that exists once cannot differ between its two sides.
    Raises ValueError when the cells do not come back one for one.
    """
    borders = [shapely.segmentize(border, step_km) for border in noded_borders(cells)]
    bent = shapely.transform(borders, lambda points: to_degrees(warp(points)))
    faces = np.array(shapely.get_parts(shapely.polygonize(bent)))
    inside = np.array([cell.representative_point().coords[0] for cell in cells])
    marks = shapely.points(to_degrees(warp(inside)))
    cell_index, face_index = shapely.STRtree(faces).query(marks, predicate="within")
    if len(faces) != len(cells) or not np.array_equal(np.sort(cell_index), np.arange(len(cells))):
        raise ValueError(f"{len(cells)} cells came back as {len(faces)} faces; try another seed")
    return list(faces[face_index[np.argsort(cell_index)]])


def shared_borders(outlines: list[Polygon]) -> list[tuple[int, int, float]]:
    """Pairs of outlines that share more than a point: (lower index, higher index, length in the outlines' unit)."""
    shapes = np.array(outlines)
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    first, second = first[first < second], second[first < second]
    length = shapely.length(shapely.intersection(shapely.boundary(shapes[first]), shapely.boundary(shapes[second])))
    order = np.lexsort((second, first))
    return [(int(first[i]), int(second[i]), float(length[i])) for i in order if length[i] > 0]
