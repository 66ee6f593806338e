import numpy as np
import pytest

from epidemic.calibration import CalibrationError, Prior, fit, weighted_quantiles

PRIOR = Prior(("mean", "idle"), np.array([-10.0, 0.0]), np.array([10.0, 1.0]))


def seen_at(observed: float):
    """A simulator whose answer is its first parameter with noise of 1; the second one does nothing."""

    def distance(parameters: np.ndarray, seed: int) -> float:
        return abs(parameters[0] + np.random.default_rng(seed).normal() - observed)

    return distance


def test_the_posterior_of_a_normal_mean_is_found_and_an_idle_parameter_stays_unknown() -> None:
    found = fit(seen_at(3.0), PRIOR, rounds=4, each=1500, seed=1)
    low, median, high = found.quantiles([0.05, 0.5, 0.95])
    # Flat prior, one observation with noise 1: mean 3, standard deviation 1 (a little more for the tolerance left).
    assert median[0] == pytest.approx(3.0, abs=0.2)
    assert high[0] - low[0] == pytest.approx(2 * 1.645, rel=0.15)
    assert high[1] - low[1] == pytest.approx(0.9, abs=0.06)
    assert list(found.tolerances) == sorted(found.tolerances, reverse=True)
    assert found.tolerances[-1] < 0.6
    assert found.weights.sum() == pytest.approx(1.0)
    assert 50 < found.effective <= len(found.draws)
    assert PRIOR.holds(found.draws).all()


def test_the_same_seed_gives_the_same_draws() -> None:
    first, again = (fit(seen_at(0.0), PRIOR, rounds=2, each=200, seed=5) for _ in range(2))
    np.testing.assert_array_equal(first.draws, again.draws)
    np.testing.assert_array_equal(first.seeds, again.seeds)


def test_quantiles_follow_the_weights() -> None:
    values, weights = np.array([3.0, 1.0, 2.0]), np.array([0.2, 0.5, 0.3])
    np.testing.assert_array_equal(weighted_quantiles(values, weights, [0.4, 0.6, 0.9]), [1.0, 2.0, 3.0])


def test_what_cannot_be_fitted_is_refused_in_words() -> None:
    with pytest.raises(CalibrationError, match="higher"):
        Prior(("mean",), np.array([1.0]), np.array([1.0]))
    with pytest.raises(CalibrationError, match="at least"):
        fit(seen_at(0.0), PRIOR, each=10, seed=1)
