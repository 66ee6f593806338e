"""The land of the invented province: units of four tiers with codes, names, people and outlines that tile.

Hamlets are drawn first and are the only drawn thing: a commune is the union of its hamlets, a district of its
communes, so that every tier covers the province exactly. Codes start with 98, which no real unit uses.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon

from demo import SEED, tessellation
from demo.names.places import DISTRICT_PLANS, PROVINCE_CODE, PROVINCE_NAME, DistrictPlan, commune_names, hamlet_names
from demo.streams import share_out, stream

COMMUNES = sum(plan.communes for plan in DISTRICT_PLANS)
SAMPLE = 24_000
"""Points on which density is carried while communes are drawn."""

Neighbours = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class UnitRow:
    """An administrative unit as the official list would give it, with its outline.

    ``tier`` is province, district, commune or hamlet; ``name`` carries the kind ("Xã Tân Lộc"); the outline is
    a WGS84 polygon (longitude, latitude), ``centroid`` a point inside it, ``area`` in square kilometres.
    """

    tier: str
    code: str
    name: str
    kind: str
    parent_code: str | None
    province_code: str | None
    population: int
    area: float
    centroid: tuple[float, float]
    outline: Polygon

    @property
    def bare_name(self) -> str:
        """The name without its kind: "Tân Lộc"."""
        return self.name.removeprefix(self.kind).strip()

    @property
    def urban(self) -> bool:
        return self.kind in {"Phường", "Thị trấn", "Tổ dân phố", "Khóm", "Thành phố", "Thị xã"}


@dataclass(frozen=True)
class Geography:
    """The province, its units in code order, and who borders whom."""

    seed: int
    province: UnitRow
    districts: tuple[UnitRow, ...]
    communes: tuple[UnitRow, ...]
    hamlets: tuple[UnitRow, ...]
    neighbours: Neighbours
    """Code of each district, commune and hamlet to the codes of its tier that share a border with it."""

    def rows(self) -> Iterator[UnitRow]:
        """Every unit, parents before children."""
        yield self.province
        yield from self.districts
        yield from self.communes
        yield from self.hamlets

    @cached_property
    def by_code(self) -> dict[str, UnitRow]:
        return {row.code: row for row in self.rows()}

    @cached_property
    def children(self) -> dict[str, tuple[UnitRow, ...]]:
        """Units below each code, in code order."""
        below: dict[str, list[UnitRow]] = defaultdict(list)
        for row in self.rows():
            if row.parent_code:
                below[row.parent_code].append(row)
        return {code: tuple(rows) for code, rows in below.items()}

    @cached_property
    def hamlet_population(self) -> NDArray[np.int64]:
        """Planned residents of each hamlet, in the order of ``hamlets``."""
        return np.array([hamlet.population for hamlet in self.hamlets])

    def unit(self, name: str, *, within: str | None = None) -> UnitRow:
        """The first unit of that full name ("Xã Hòa Xuân"), inside the unit of code ``within`` if given.

        Raises KeyError when there is none.
        """
        for row in self.rows():
            if row.name == name and (within is None or within in self.ancestors(row)):
                return row
        raise KeyError(name)

    def ancestors(self, row: UnitRow) -> tuple[str, ...]:
        """Codes of the units above, nearest first."""
        codes = []
        while row.parent_code:
            codes.append(row.parent_code)
            row = self.by_code[row.parent_code]
        return tuple(codes)


@dataclass(frozen=True)
class _Land:
    """Communes before they have names: their cells, the district of each, and the weight of their population."""

    cells: list[Polygon]
    district: NDArray[np.intp]
    weight: NDArray[np.float64]


def make_geography(*, population: int = 180_000, seed: int = SEED) -> Geography:
    """Draw the province for ``population`` residents; the same seed gives the same land whatever their number.

    Raises ValueError when a seed draws land that cannot be tiled (none is known).
    """
    land = _draw_land(seed)
    hamlet_cells, commune_of = _draw_hamlets(land, seed)
    outlines = tessellation.bend(hamlet_cells, tessellation.Warp.draw(stream(seed, "land", "warp")))
    weights = land.weight[commune_of] * stream(seed, "land", "hamlet weights").gamma(9.0, size=len(outlines))
    weights /= np.bincount(commune_of)[commune_of]
    return _name_units(seed, land, outlines, commune_of, share_out(population, weights))


def density(points: tessellation.Points) -> NDArray[np.float64]:
    """Relative density of people: thin in the hills of the north-west, dense about the towns."""
    plain = 1.0 + 0.55 * np.tanh((points @ np.array([0.9, -1.3])) / 22.0)
    people = plain.copy()
    for plan in DISTRICT_PLANS:
        distance = np.linalg.norm(points - _anchor(plan), axis=1)
        people += plan.pull * np.exp(-0.5 * (distance / plan.reach_km) ** 2)
    return people


def _anchor(plan: DistrictPlan) -> tessellation.Points:
    return np.array([plan.east * tessellation.HALF_WIDTH_KM, plan.north * tessellation.HALF_HEIGHT_KM])


def _draw_land(seed: int) -> _Land:
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
    return _Land(cells, district, weight * rng.gamma(30.0, size=COMMUNES))


def _group(sites: tessellation.Points, borders: list[tuple[int, int, float]]) -> NDArray[np.intp]:
    """District of each commune: the city and the town take what is nearest to them, the others share the rest."""
    district = np.full(COMMUNES, -1, dtype=np.intp)
    for number, plan in enumerate(DISTRICT_PLANS):
        if plan.kind != "Huyện":
            distance = np.linalg.norm(sites - _anchor(plan), axis=1) + np.where(district < 0, 0.0, np.inf)
            district[np.argsort(distance, kind="stable")[: plan.communes]] = number
    rural = [number for number, plan in enumerate(DISTRICT_PLANS) if plan.kind == "Huyện"]
    rest = np.flatnonzero(district < 0)
    district[rest] = np.array(rural)[_balanced(sites[rest], [DISTRICT_PLANS[number] for number in rural])]
    return _join_fragments(district, borders)


def _balanced(sites: tessellation.Points, plans: list[DistrictPlan]) -> NDArray[np.intp]:
    """The nearest seat of each site, seats reaching out until each has about the number planned for it."""
    anchors = np.array([_anchor(plan) for plan in plans])
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
    """Give each piece of a district that lies apart from its main body to the neighbour with the longest border."""
    district = district.copy()
    for stray in _strays(district, borders):
        length: dict[int, float] = defaultdict(float)
        for first, second, shared in borders:
            if stray in (first, second):
                length[int(district[second if stray == first else first])] += shared
        district[stray] = max(length, key=lambda candidate: length[candidate])
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


def _draw_hamlets(land: _Land, seed: int) -> tuple[list[Polygon], NDArray[np.intp]]:
    """Five to nine hamlets in each commune, more where more people live; with the commune of each."""
    rng = stream(seed, "land", "hamlets")
    crowd = np.argsort(np.argsort(land.weight)) / (COMMUNES - 1)
    counts = np.clip(np.rint(5 + 4 * crowd + rng.normal(0, 0.7, COMMUNES)), 5, 9).astype(int)
    cells: list[Polygon] = []
    for cell, count in zip(land.cells, counts, strict=True):
        sample = tessellation.scatter(cell, 600, rng)
        cells += tessellation.voronoi_cells(tessellation.relax(sample[:count], sample, rounds=8), cell)
    return cells, np.repeat(np.arange(COMMUNES), counts)


def _name_units(
    seed: int, land: _Land, outlines: list[Polygon], commune_of: NDArray[np.intp], people: NDArray[np.int64]
) -> Geography:
    province_people = int(people.sum())
    districts: list[UnitRow] = []
    communes: list[UnitRow] = []
    hamlets: list[UnitRow] = []
    for number, plan in enumerate(DISTRICT_PLANS):
        members = _reading_order(np.flatnonzero(land.district == number), land.cells, _anchor(plan))
        names = commune_names(plan, len(members), stream(seed, "names", plan.name))
        code = f"{PROVINCE_CODE}{number}"
        own: list[UnitRow] = []
        for member, (kind, name) in zip(members, names, strict=True):
            below = np.flatnonzero(commune_of == member)
            commune_code = f"{PROVINCE_CODE}{len(communes) + len(own) + 1:03d}"
            labels = hamlet_names(plan, kind, name, len(below), stream(seed, "names", commune_code))
            rows = [
                _row("hamlet", f"{commune_code}{place:02d}", label, commune_code, [outlines[cell]], int(people[cell]))
                for place, (cell, label) in enumerate(zip(below, labels, strict=True), start=1)
            ]
            hamlets += rows
            own.append(_union("commune", commune_code, (kind, f"{kind} {name}"), code, rows))
        communes += own
        districts.append(_union("district", code, (plan.kind, f"{plan.kind} {plan.name}"), PROVINCE_CODE, own))
    province = _union("province", PROVINCE_CODE, ("Tỉnh", f"Tỉnh {PROVINCE_NAME}"), None, districts)
    assert province.population == province_people
    neighbours = _neighbours(districts) | _neighbours(communes) | _neighbours(hamlets)
    return Geography(seed, province, tuple(districts), tuple(communes), tuple(hamlets), neighbours)


def _reading_order(members: NDArray[np.intp], cells: list[Polygon], anchor: tessellation.Points) -> list[int]:
    """Communes outwards from the seat of the district, so that the first names of a plan are the urban ones."""
    centres = np.array([cells[member].centroid.coords[0] for member in members])
    return [int(member) for member in members[np.argsort(np.linalg.norm(centres - anchor, axis=1), kind="stable")]]


def _union(tier: str, code: str, named: tuple[str, str], parent: str | None, rows: list[UnitRow]) -> UnitRow:
    return _row(tier, code, named, parent, [row.outline for row in rows], sum(row.population for row in rows))


def _row(
    tier: str, code: str, named: tuple[str, str], parent: str | None, outlines: list[Polygon], population: int
) -> UnitRow:
    kind, name = named
    outline = outlines[0] if len(outlines) == 1 else shapely.coverage_union_all(outlines)
    planar = shapely.transform(outline, lambda points: points * tessellation.KM_PER_DEGREE)
    inside = outline.centroid if outline.contains(outline.centroid) else outline.representative_point()
    return UnitRow(
        tier=tier,
        code=code,
        name=name,
        kind=kind,
        parent_code=parent,
        province_code=None if tier == "province" else PROVINCE_CODE,
        population=population,
        area=round(planar.area, 3),
        centroid=(round(inside.x, 6), round(inside.y, 6)),
        outline=outline,
    )


def _neighbours(rows: list[UnitRow]) -> Neighbours:
    found: dict[str, list[str]] = {row.code: [] for row in rows}
    for first, second, _ in tessellation.shared_borders([row.outline for row in rows]):
        found[rows[first].code].append(rows[second].code)
        found[rows[second].code].append(rows[first].code)
    return {code: tuple(sorted(codes)) for code, codes in found.items()}
