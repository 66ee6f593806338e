from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from epidemic.delays import (
    TruncatedNormal,
    UncertainSerialInterval,
    discretised_serial_interval,
    tabulated_serial_interval,
)
from epidemic.reproduction import (
    GammaPrior,
    IncidenceError,
    ReproductionEstimate,
    estimate_reproduction,
    estimate_reproduction_uncertain,
    infectiousness,
    mix_over_serial_intervals,
)

COLUMNS = {0.025: "Quantile.0.025(R)", 0.5: "Median(R)", 0.975: "Quantile.0.975(R)"}
Rows = Callable[[str], list[dict[str, str]]]
INTERVAL = discretised_serial_interval(60, 5.2, 2.8)


def flu_2009(reference_rows: Rows) -> np.ndarray:
    return np.array([float(row["I"]) for row in reference_rows("rt/Flu2009_incidence.csv")])


def assert_equals_table(estimate: ReproductionEstimate, rows: list[dict[str, str]]) -> None:
    assert [int(row["t_start"]) for row in rows] == estimate.t_start.tolist()
    assert [int(row["t_end"]) for row in rows] == estimate.t_end.tolist()
    figures = {"Mean(R)": estimate.mean, "Std(R)": estimate.sd}
    figures |= {COLUMNS[level]: values for level, values in estimate.quantiles.items()}
    for name, values in figures.items():
        np.testing.assert_allclose(values[:, 0], [float(row[name]) for row in rows], rtol=1e-9)


def test_equals_epiestim_with_a_parametric_serial_interval(reference_rows: Rows) -> None:
    cases = flu_2009(reference_rows)
    estimate = estimate_reproduction(cases, discretised_serial_interval(len(cases), 2.6, 1.5))
    assert_equals_table(estimate, reference_rows("rt/Flu2009_param_2.6_1.5_weekly.csv"))


def test_equals_epiestim_with_a_tabulated_serial_interval(reference_rows: Rows) -> None:
    table = reference_rows("rt/Flu2009_si_distr.csv")
    weights = tabulated_serial_interval([float(row["k"]) for row in table], [float(row["w"]) for row in table])
    assert_equals_table(
        estimate_reproduction(flu_2009(reference_rows), weights), reference_rows("rt/Flu2009_nonparam_weekly.csv")
    )


def test_the_discretised_interval_equals_epiestim(reference_rows: Rows) -> None:
    rows = reference_rows("rt/Flu2009_param_2.6_1.5_discr_si.csv")[
        :-1
    ]  # the last is EpiEstim's padding beyond the data
    weights = discretised_serial_interval(len(rows), 2.6, 1.5)
    np.testing.assert_allclose(weights, [float(row["w"]) for row in rows], atol=1e-11)


def outbreak(reproduction: float, days: int = 60, first: float = 100.0) -> np.ndarray:
    """Expected cases of a renewal process with a constant reproduction number."""
    cases = np.zeros(days)
    cases[0] = first
    for day in range(1, days):
        cases[day] = reproduction * infectiousness(cases[: day + 1], INTERVAL)[day]
    return cases


@pytest.mark.parametrize("reproduction", [0.7, 1.0, 1.8])
def test_a_known_reproduction_number_is_recovered(reproduction: float) -> None:
    estimate = estimate_reproduction(1e6 * outbreak(reproduction), INTERVAL)
    np.testing.assert_allclose(estimate.mean[10:, 0], reproduction, rtol=1e-4)
    np.testing.assert_allclose(estimate.quantiles[0.5][10:, 0], reproduction, rtol=1e-4)


def test_a_change_of_the_reproduction_number_is_seen_one_window_later() -> None:
    cases = outbreak(1.5)
    for day in range(30, 60):
        cases[day] = 0.6 * infectiousness(cases[: day + 1], INTERVAL)[day]
    estimate = estimate_reproduction(1e6 * cases, INTERVAL)
    assert estimate.mean[estimate.t_end == 30, 0] == pytest.approx(1.5, rel=1e-3)
    assert estimate.mean[estimate.t_start == 31, 0] == pytest.approx(0.6, rel=1e-3)


counts = st.lists(st.integers(0, 500), min_size=12, max_size=40)


@given(cases=counts)
def test_many_places_at_once_equal_each_alone(cases: list[int]) -> None:
    places = np.column_stack([cases, cases[::-1], np.zeros(len(cases))])
    together = estimate_reproduction(places, INTERVAL)
    for place in range(3):
        alone = estimate_reproduction(places[:, place], INTERVAL)
        np.testing.assert_allclose(together.mean[:, place], alone.mean[:, 0], rtol=1e-13)
        np.testing.assert_allclose(together.quantiles[0.975][:, place], alone.quantiles[0.975][:, 0], rtol=1e-12)


@given(cases=counts)
def test_quantiles_are_ordered_around_the_mean_s_gamma(cases: list[int]) -> None:
    estimate = estimate_reproduction(cases, INTERVAL)
    low, median, high = (estimate.quantiles[level][estimate.t_end > 5.2] for level in (0.025, 0.5, 0.975))
    assert np.all(low < median)
    assert np.all(median < high)


def test_without_cases_the_prior_is_returned() -> None:
    estimate = estimate_reproduction(np.zeros(20), INTERVAL, prior=GammaPrior(mean=3, sd=2))
    np.testing.assert_allclose(estimate.mean[10:], 3)
    np.testing.assert_allclose(estimate.sd[10:], 2)


def test_windows_before_one_mean_interval_are_unknown() -> None:
    estimate = estimate_reproduction(np.full(30, 9.0), discretised_serial_interval(30, 8.4, 3.8))
    np.testing.assert_array_equal(np.isnan(estimate.mean[:, 0]), estimate.t_end < 8.4)


def test_imported_cases_infect_but_were_not_infected_here() -> None:
    cases = np.full(30, 10.0)
    imported = np.where(np.arange(30) % 2, 4.0, 6.0)
    estimate = estimate_reproduction(cases, INTERVAL, imported=imported, prior=GammaPrior(mean=1, sd=1e6))
    exposure = infectiousness(cases, INTERVAL)
    expected = (cases - imported)[10:17].sum() / exposure[10:17].sum()
    assert estimate.mean[estimate.t_start == 11, 0] == pytest.approx(expected, rel=1e-6)


def test_no_imported_case_reduces_to_the_plain_estimate() -> None:
    cases = outbreak(1.2)
    plain, with_zeros = (
        estimate_reproduction(cases, INTERVAL),
        estimate_reproduction(cases, INTERVAL, imported=0 * cases),
    )
    np.testing.assert_array_equal(plain.mean, with_zeros.mean)


def test_a_day_without_report_changes_little_and_a_zero_much() -> None:
    cases = 1e4 * outbreak(1.3)
    missing, zero = cases.copy(), cases.copy()
    missing[40], zero[40] = np.nan, 0.0
    window = estimate_reproduction(cases, INTERVAL).t_end == 43
    whole, left_out, counted = (
        estimate_reproduction(series, INTERVAL).mean[window, 0] for series in (cases, missing, zero)
    )
    assert left_out == pytest.approx(whole, rel=0.005)
    assert counted < 0.9 * whole


def test_one_certain_pair_reduces_the_mixture_to_the_plain_estimate() -> None:
    cases = outbreak(1.4)
    plain, mixed = estimate_reproduction(cases, INTERVAL), mix_over_serial_intervals(cases, [(5.2, 2.8)])
    np.testing.assert_allclose(mixed.mean, plain.mean, rtol=1e-12)
    np.testing.assert_allclose(mixed.sd, plain.sd, rtol=1e-9)
    np.testing.assert_allclose(mixed.quantiles[0.975], plain.quantiles[0.975], rtol=1e-9)


def test_the_mixture_equals_sampling_from_its_parts() -> None:
    cases, pairs = outbreak(1.6, first=5.0).round(), [(3.0, 1.5), (5.0, 2.0), (8.0, 3.0)]
    mixed = mix_over_serial_intervals(cases, pairs)
    generator = np.random.default_rng(3)
    parts = [estimate_reproduction(cases, discretised_serial_interval(60, *pair)) for pair in pairs]
    window = 12
    sample = np.concatenate(
        [
            generator.gamma((p.mean[window] / p.sd[window]) ** 2, p.sd[window] ** 2 / p.mean[window], 200_000)
            for p in parts
        ]
    )
    assert mixed.mean[window, 0] == pytest.approx(sample.mean(), rel=0.005)
    assert mixed.sd[window, 0] == pytest.approx(sample.std(), rel=0.01)
    assert mixed.quantiles[0.975][window, 0] == pytest.approx(np.quantile(sample, 0.975), rel=0.01)


def test_an_uncertain_interval_widens_the_estimate() -> None:
    cases = 100 * outbreak(1.6)
    interval = UncertainSerialInterval(
        mean=TruncatedNormal(mean=5.2, sd=1.0, low=3.0, high=8.0),
        sd=TruncatedNormal(mean=2.8, sd=0.5, low=1.0, high=4.0),
    )
    uncertain = estimate_reproduction_uncertain(cases, interval, generator=np.random.default_rng(1))
    certain = estimate_reproduction(cases, INTERVAL)
    assert np.all(uncertain.sd[10:] > certain.sd[10:])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"cases": [1, 2, -1, 4]}, "negative"),
        ({"cases": [1, 2, 3]}, "window"),
        ({"cases": [1] * 9, "window": 0}, "window"),
        ({"cases": [1] * 9, "imported": [1] * 8}, "same days"),
        ({"cases": [1] * 9, "imported": [2] * 9}, "outnumber"),
    ],
)
def test_impossible_counts_are_refused(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(IncidenceError, match=message):
        estimate_reproduction(serial_interval=INTERVAL, **arguments)
