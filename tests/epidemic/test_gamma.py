import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from epidemic.gamma import gamma_cdf, gamma_quantile

SHAPES = np.concatenate([np.geomspace(0.1, 1e6, 400), np.arange(1.0, 300.0)])


@pytest.mark.parametrize("probability", [0.001, 0.025, 0.25, 0.5, 0.75, 0.975, 0.999])
def test_quantiles_equal_scipy(probability: float) -> None:
    special = pytest.importorskip("scipy.special")
    np.testing.assert_allclose(
        gamma_quantile(probability, SHAPES), special.gammaincinv(SHAPES, probability), rtol=1e-11
    )


@pytest.mark.parametrize("ratio", [0.2, 0.8, 0.99, 1.0, 1.01, 1.3, 4.0])
def test_distribution_function_equals_scipy(ratio: float) -> None:
    special = pytest.importorskip("scipy.special")
    # Above 1e5 SciPy's own expansion loses digits a few standard deviations below the mean.
    shapes = SHAPES[SHAPES < 1e5]
    np.testing.assert_allclose(gamma_cdf(ratio * shapes, shapes), special.gammainc(shapes, ratio * shapes), atol=1e-13)


def test_a_gamma_of_shape_one_is_exponential() -> None:
    points = np.array([-1.0, 0.0, 0.3, 1.0, 7.0])
    np.testing.assert_allclose(gamma_cdf(points, 1.0, scale=2.0), -np.expm1(-np.maximum(points, 0) / 2), atol=1e-15)
    assert gamma_quantile(0.5, 1.0, 2.0) == pytest.approx(2 * np.log(2), rel=1e-13)


@given(shape=st.floats(0.1, 1e6), probability=st.floats(0.001, 0.999))
def test_the_quantile_inverts_the_distribution_function(shape: float, probability: float) -> None:
    assert gamma_cdf(gamma_quantile(probability, shape), shape) == pytest.approx(probability, rel=1e-9)


def test_an_unknown_shape_stays_unknown() -> None:
    quantile = gamma_quantile(0.5, [[1.0, np.nan]])
    assert quantile.shape == (1, 2)
    assert np.isnan(quantile[0, 1])
