"""The land of the invented province: units of four tiers with codes, names, people and outlines that tile.

Hamlets are drawn first and are the only drawn thing: a commune is the union of its hamlets, a district of its
communes, so that every tier covers the province exactly. Codes start with 98, which no real unit uses.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon

from demo import SEED, tessellation
from demo.land import Land, draw_hamlets, draw_land, members_outwards
from demo.names.places import DISTRICT_PLANS, PROVINCE_CODE, PROVINCE_NAME, DistrictPlan, commune_names, hamlet_names
from demo.streams import share_out, stream

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


def make_geography(*, population: int = 180_000, seed: int = SEED) -> Geography:
    """Draw the province for ``population`` residents; the same seed gives the same land whatever their number.

    Raises ValueError when a seed draws land that cannot be tiled (none is known).
    """
    land = draw_land(seed)
    cells, commune_of = draw_hamlets(land, seed)
    outlines = tessellation.bend(cells, tessellation.Warp.draw(stream(seed, "land", "warp")))
    weights = land.weight[commune_of] * stream(seed, "land", "hamlet weights").gamma(9.0, size=len(cells))
    people = share_out(population, weights / np.bincount(commune_of)[commune_of])
    return _Register(seed, land, outlines, commune_of, people).geography()


@dataclass
class _Register:
    """Gives drawn cells their codes, names and parents, district by district."""

    seed: int
    land: Land
    outlines: list[Polygon]
    commune_of: NDArray[np.intp]
    people: NDArray[np.int64]
    communes: list[UnitRow] = field(default_factory=list)
    hamlets: list[UnitRow] = field(default_factory=list)

    def geography(self) -> Geography:
        districts = [self._district(number, plan) for number, plan in enumerate(DISTRICT_PLANS)]
        province = _union("province", PROVINCE_CODE, ("Tỉnh", f"Tỉnh {PROVINCE_NAME}"), None, districts)
        neighbours = _neighbours(districts) | _neighbours(self.communes) | _neighbours(self.hamlets)
        return Geography(self.seed, province, tuple(districts), tuple(self.communes), tuple(self.hamlets), neighbours)

    def _district(self, number: int, plan: DistrictPlan) -> UnitRow:
        members = members_outwards(self.land, number)
        names = commune_names(plan, len(members), stream(self.seed, "names", plan.name))
        code = f"{PROVINCE_CODE}{number}"
        communes = [self._commune(plan, code, member, named) for member, named in zip(members, names, strict=True)]
        return _union("district", code, (plan.kind, f"{plan.kind} {plan.name}"), PROVINCE_CODE, communes)

    def _commune(self, plan: DistrictPlan, district_code: str, member: int, named: tuple[str, str]) -> UnitRow:
        kind, name = named
        code = f"{PROVINCE_CODE}{len(self.communes) + 1:03d}"
        cells = np.flatnonzero(self.commune_of == member)
        labels = hamlet_names(plan, kind, name, len(cells), stream(self.seed, "names", code))
        hamlets = [
            _row("hamlet", f"{code}{place:02d}", label, code, [self.outlines[cell]], people=int(self.people[cell]))
            for place, (cell, label) in enumerate(zip(cells, labels, strict=True), start=1)
        ]
        commune = _union("commune", code, (kind, f"{kind} {name}"), district_code, hamlets)
        self.hamlets += hamlets
        self.communes.append(commune)
        return commune


def _union(tier: str, code: str, named: tuple[str, str], parent: str | None, rows: list[UnitRow]) -> UnitRow:
    """The unit above ``rows``: their people together, their outlines joined."""
    people = sum(row.population for row in rows)
    return _row(tier, code, named, parent, [row.outline for row in rows], people=people)


def _row(
    tier: str, code: str, named: tuple[str, str], parent: str | None, outlines: list[Polygon], *, people: int
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
        population=people,
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
