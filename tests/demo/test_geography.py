import csv
import os
from collections import Counter
from pathlib import Path

import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st

from demo.geography import Geography, UnitRow, make_geography
from demo.land import draw_land
from demo.names.places import DISTRICT_PLANS, REAL_PROVINCES

TIERS = ("districts", "communes", "hamlets")


@pytest.mark.parametrize("tier", TIERS)
def test_each_tier_tiles_the_province_exactly(geography: Geography, tier: str) -> None:
    outlines = [row.outline for row in getattr(geography, tier)]
    assert shapely.coverage_is_valid(outlines)
    assert shapely.coverage_union_all(outlines).equals(geography.province.outline)
    assert all(outline.is_valid and outline.geom_type == "Polygon" for outline in outlines)
    assert sum(row.area for row in getattr(geography, tier)) == pytest.approx(geography.province.area, abs=0.5)


@pytest.mark.parametrize("tier", ["province", "districts", "communes"])
def test_children_tile_their_parent(geography: Geography, tier: str) -> None:
    parents = (geography.province,) if tier == "province" else getattr(geography, tier)
    for parent in parents:
        children = geography.children[parent.code]
        assert shapely.coverage_union_all([child.outline for child in children]).equals(parent.outline)
        assert sum(child.population for child in children) == parent.population


@given(st.integers(0, 10_000))
@example(4340)
@settings(max_examples=3, deadline=None)
def test_any_seed_gives_contiguous_districts_of_about_the_planned_size(seed: int) -> None:
    land = draw_land(seed)
    for number, plan in enumerate(DISTRICT_PLANS):
        members = [cell for cell, district in zip(land.cells, land.district, strict=True) if district == number]
        assert shapely.union_all(members, grid_size=0.001).geom_type == "Polygon"
        assert abs(len(members) - plan.communes) <= 4


def test_counts_and_codes(geography: Geography) -> None:
    assert (len(geography.districts), len(geography.communes)) == (10, 120)
    assert Counter(row.kind for row in geography.districts) == {"Thành phố": 1, "Thị xã": 1, "Huyện": 8}
    assert all(5 <= len(geography.children[commune.code]) <= 9 for commune in geography.communes)
    widths = {"province": 2, "district": 3, "commune": 5, "hamlet": 7}
    codes = [row.code for row in geography.rows()]
    assert len(set(codes)) == len(codes)
    assert all(row.code.isdigit() and len(row.code) == widths[row.tier] for row in geography.rows())
    assert all(row.code.startswith("98") for row in geography.rows())


def test_codes_are_no_real_units(geography: Geography) -> None:
    source = (
        Path(os.environ.get("PHAODAI_SHARED", Path(__file__).parents[3] / "shared")) / "geo" / "units_2021-07-01.csv"
    )
    if not source.exists():
        pytest.skip(f"the official list of units is not at {source}")
    with source.open(encoding="utf-8") as lines:
        real = {row["code"] for row in csv.DictReader(lines)}
    assert not real & {row.code for row in geography.rows()}


def test_parents_come_first_and_exist(geography: Geography) -> None:
    seen: set[str] = set()
    for row in geography.rows():
        assert row.parent_code is None or row.parent_code in seen
        seen.add(row.code)


def test_names_are_composed_invented_and_unique_beside_each_other(geography: Geography) -> None:
    for rows in geography.children.values():
        assert len({row.name for row in rows}) == len(rows)
    real = set(REAL_PROVINCES.split(","))
    assert not any(row.bare_name in real for row in geography.rows())
    names = Counter(row.name for row in geography.communes)
    assert {name for name, count in names.items() if count > 1} == {"Xã Phú Lễ"}


def test_the_named_places_exist(geography: Geography) -> None:
    district = geography.unit("Huyện Thuận Hòa")
    for name in ("Xã Tân Lộc", "Xã Hòa Xuân", "Xã Đông Khê", "Xã Phú Lễ", "Thị trấn Thuận Hòa"):
        assert geography.unit(name, within=district.code).parent_code == district.code
    ward = geography.unit("Phường Bến Gỗ")
    assert geography.by_code[str(ward.parent_code)].name == "Thành phố Bình Minh"
    hamlets = [row.name for row in geography.children[geography.unit("Xã Tân Lộc").code]]
    assert hamlets[:2] == ["Thôn Đông", "Thôn Đoài"]
    with pytest.raises(KeyError):
        geography.unit("Xã Không Có")


def test_ancestors_lead_to_the_province(geography: Geography) -> None:
    hamlet = geography.hamlets[0]
    assert [len(code) for code in geography.ancestors(hamlet)] == [5, 3, 2]


def test_neighbours_are_mutual_and_touch(geography: Geography) -> None:
    for code, others in geography.neighbours.items():
        assert others, f"{code} has no neighbour"
        for other in others:
            assert code in geography.neighbours[other]
            assert geography.by_code[code].outline.touches(geography.by_code[other].outline)


def test_the_city_is_the_densest_and_districts_are_compact(geography: Geography) -> None:
    density = {row.name: row.population / row.area for row in geography.districts}
    assert max(density, key=lambda name: density[name]) == "Thành phố Bình Minh"
    assert max(density.values()) > 8 * min(density.values())
    assert all(_compactness(row) > 0.3 for row in geography.districts)


def _compactness(row: UnitRow) -> float:
    """4 pi area / perimeter squared: 1 for a circle (Polsby and Popper 1991)."""
    return 4 * 3.14159 * row.outline.area / row.outline.length**2


def test_centroids_lie_inside(geography: Geography) -> None:
    assert all(row.outline.intersects(shapely.Point(row.centroid)) for row in geography.rows())


def test_same_seed_same_land_whatever_the_population(geography: Geography) -> None:
    other = make_geography(population=200_000, seed=geography.seed)
    for row, twin in zip(geography.rows(), other.rows(), strict=True):
        assert (row.code, row.name) == (twin.code, twin.name)
        assert shapely.equals_exact(row.outline, twin.outline)
    assert other.province.population == 200_000
