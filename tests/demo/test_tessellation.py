import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Polygon, box

from demo.streams import share_out, stream
from demo.tessellation import Warp, bend, nearest, relax, scatter, shared_borders, to_degrees, voronoi_cells


@given(st.integers(0, 2**31))
@settings(max_examples=12, deadline=None)
def test_bent_cells_tile_without_gap_or_overlap(seed: int) -> None:
    rng = stream(seed, "tiling")
    region = box(-30, -20, 30, 20)
    cells = voronoi_cells(scatter(region, 30, rng), region)
    bent = bend(cells, Warp.draw(rng))
    assert len(bent) == 30
    assert shapely.coverage_is_valid(bent)
    whole = shapely.coverage_union_all(bent)
    assert whole.geom_type == "Polygon"
    assert not whole.interiors


def test_the_warp_never_folds_the_plane() -> None:
    warp = Warp.draw(stream(3, "warp"))
    steepest = (np.linalg.norm(warp.direction, axis=1) * np.linalg.norm(warp.push, axis=1)).sum()
    assert steepest < 1


def test_bending_refuses_cells_that_overlap() -> None:
    with pytest.raises(ValueError, match="faces"):
        bend([box(0, 0, 2, 2), box(1, 1, 3, 3)], Warp.draw(stream(1, "warp")))


def test_borders_are_shared_by_length_not_by_a_point() -> None:
    squares = [box(0, 0, 1, 1), box(1, 0, 2, 1), box(1, 1, 2, 2)]
    assert shared_borders(squares) == [(0, 1, 1.0), (1, 2, 1.0)]


def test_relaxation_evens_out_the_cells() -> None:
    region = box(0, 0, 10, 10)
    sample = scatter(region, 4000, stream(5, "sample"))
    before = np.bincount(nearest(sample, sample[:20]), minlength=20).std()
    after = np.bincount(nearest(sample, relax(sample[:20], sample, rounds=20)), minlength=20).std()
    assert after < before / 2


def test_a_head_start_widens_a_cell() -> None:
    points, sites = np.array([[0.6, 0.0]]), np.array([[0.0, 0.0], [1.0, 0.0]])
    assert nearest(points, sites).tolist() == [1]
    assert nearest(points, sites, np.array([1.0, 0.0])).tolist() == [0]


def test_scattered_points_lie_inside() -> None:
    triangle = Polygon([(0, 0), (4, 0), (0, 1)])
    points = scatter(triangle, 200, stream(9, "points"))
    assert points.shape == (200, 2)
    assert shapely.contains_xy(triangle, points).all()


def test_a_kilometre_north_is_about_a_hundredth_of_a_degree() -> None:
    south, north = to_degrees(np.array([[0.0, 0.0], [0.0, 1.1065]]))
    assert north[1] - south[1] == pytest.approx(0.01)


@given(st.integers(0, 10_000), st.lists(st.floats(0.01, 100), min_size=1, max_size=40))
def test_shares_sum_and_stay_within_one_of_their_due(total: int, weights: list[float]) -> None:
    due = np.array(weights) * total / sum(weights)
    parts = share_out(total, np.array(weights))
    assert parts.sum() == total
    assert np.abs(parts - due).max() < 1 + 1e-6


def test_streams_depend_on_seed_and_name_only() -> None:
    assert stream(1, "a").random() == stream(1, "a").random()
    assert stream(1, "a").random() != stream(1, "b").random()
    assert stream(1, "a").random() != stream(2, "a").random()
