"""Where people live and where communes and districts end: the land before it has names.

Planar coordinates are kilometres from the middle of the province, x east and y north.
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from shapely.geometry import Polygon

from demo import tessellation
from demo.names.places import DISTRICT_PLANS, DistrictPlan
from demo.streams import stream

COMMUNES = sum(plan.communes for plan in DISTRICT_PLANS)
SAMPLE = 24_000
"""Points on which density is carried while communes are drawn."""


@dataclass(frozen=True)
class Land:
    """Communes before they have names: their cells, the district of each, and the weight of their population."""

    cells: list[Polygon]
    district: NDArray[np.intp]
    weight: NDArray[np.float64]


def density(points: tessellation.Points) -> NDArray[np.float64]:
    """Relative density of people: thin in the hills of the north-west, dense about the towns."""
    plain = 1.0 + 0.55 * np.tanh((points @ np.array([0.9, -1.3])) / 22.0)
    people: NDArray[np.float64] = plain.copy()
    for plan in DISTRICT_PLANS:
        distance = np.linalg.norm(points - anchor_of(plan), axis=1)
        people += plan.pull * np.exp(-0.5 * (distance / plan.reach_km) ** 2)
    return people


def anchor_of(plan: DistrictPlan) -> tessellation.Points:
    return np.array([plan.east * tessellation.HALF_WIDTH_KM, plan.north * tessellation.HALF_HEIGHT_KM])


def draw_land(seed: int) -> Land:
    region = tessellation.province_outline(stream(seed, "land", "outline"))
    rng = stream(seed, "land", "communes")
    candidates = tessellation.scatter(region, 3 * SAMPLE, rng)
    people = density(candidates)
    # Cells shrink where people are many, but less than in proportion: wards are small and full.
    chosen = rng.choice(len(candidates), SAMPLE, p=people**0.75 / (people**0.75).sum())
    sample, people = candidates[chosen], people[chosen]
    sites = tessellation.relax(sample[:COMMUNES], sample, rounds=40)
    cells = tessellation.voronoi_cells(sites, region)
    weight = np.bincount(tessellation.nearest(sample, sites), people**0.25, COMMUNES)
    district = _group(sites, tessellation.shared_borders(cells))
    return Land(cells, district, weight * rng.gamma(30.0, size=COMMUNES))


def _group(sites: tessellation.Points, borders: list[tuple[int, int, float]]) -> NDArray[np.intp]:
    """District of each commune: the city and the town take what is nearest to them, the others share the rest."""
    district = np.full(COMMUNES, -1, dtype=np.intp)
    for number, plan in enumerate(DISTRICT_PLANS):
        if plan.kind != "Huyện":
            distance = np.linalg.norm(sites - anchor_of(plan), axis=1) + np.where(district < 0, 0.0, np.inf)
            district[np.argsort(distance, kind="stable")[: plan.communes]] = number
    rural = [number for number, plan in enumerate(DISTRICT_PLANS) if plan.kind == "Huyện"]
    rest = np.flatnonzero(district < 0)
    district[rest] = np.array(rural)[_balanced(sites[rest], [DISTRICT_PLANS[number] for number in rural])]
    return _join_fragments(district, borders)


def _balanced(sites: tessellation.Points, plans: list[DistrictPlan]) -> NDArray[np.intp]:
    """The nearest seat of each site, seats reaching out until each has about the number planned for it."""
    anchors = np.array([anchor_of(plan) for plan in plans])
    wanted = np.array([plan.communes for plan in plans])
    reach = np.zeros(len(plans))
    best, least = tessellation.nearest(sites, anchors), len(sites)
    for step in np.linspace(12.0, 1.0, 300):
        owner = tessellation.nearest(sites, anchors, reach)
        excess = np.bincount(owner, minlength=len(plans)) - wanted
        if np.abs(excess).sum() < least:
            best, least = owner, int(np.abs(excess).sum())
        reach -= step * excess
    return best


def _join_fragments(district: NDArray[np.intp], borders: list[tuple[int, int, float]]) -> NDArray[np.intp]:
    """Give each piece of a district that lies apart from its main body to the neighbour with the longest border.

    Again until none is left: strays may lie side by side, and what one is given to may itself lie apart.
    """
    district = district.copy()
    for _round in range(len(district)):
        strays = _strays(district, borders)
        for stray in strays:
            length: dict[int, float] = defaultdict(float)
            for first, second, shared in borders:
                beyond = int(district[second if stray == first else first])
                if stray in (first, second) and beyond != district[stray]:
                    length[beyond] += shared
            if length:
                district[stray] = max(length, key=lambda candidate: length[candidate])
        if not strays:
            break
    return district


def _strays(district: NDArray[np.intp], borders: list[tuple[int, int, float]]) -> list[int]:
    """Communes outside the largest connected piece of their district."""
    piece = np.arange(len(district))
    inner = [(first, second) for first, second, _ in borders if district[first] == district[second]]
    for _ in range(len(district)):
        before = piece.copy()
        for first, second in inner:
            piece[first] = piece[second] = min(piece[first], piece[second])
        if np.array_equal(before, piece):
            break
    sizes = np.bincount(piece, minlength=len(district))
    main = {int(d): max(set(piece[district == d].tolist()), key=lambda p: int(sizes[p])) for d in np.unique(district)}
    return [index for index in range(len(district)) if piece[index] != main[int(district[index])]]


def draw_hamlets(land: Land, seed: int) -> tuple[list[Polygon], NDArray[np.intp]]:
    """Five to nine hamlets in each commune, more where more people live; with the commune of each."""
    rng = stream(seed, "land", "hamlets")
    crowd = np.argsort(np.argsort(land.weight)) / (COMMUNES - 1)
    counts = np.clip(np.rint(5 + 4 * crowd + rng.normal(0, 0.7, COMMUNES)), 5, 9).astype(int)
    cells: list[Polygon] = []
    for cell, count in zip(land.cells, counts, strict=True):
        sample = tessellation.scatter(cell, 600, rng)
        cells += tessellation.voronoi_cells(tessellation.relax(sample[:count], sample, rounds=8), cell)
    return cells, np.repeat(np.arange(COMMUNES), counts)


def members_outwards(land: Land, number: int) -> list[int]:
    """Communes of a district from its seat outwards, so that the first names of a plan are the urban ones."""
    members = np.flatnonzero(land.district == number)
    centres = np.array([land.cells[member].centroid.coords[0] for member in members])
    distance = np.linalg.norm(centres - anchor_of(DISTRICT_PLANS[number]), axis=1)
    return [int(member) for member in members[np.argsort(distance, kind="stable")]]
