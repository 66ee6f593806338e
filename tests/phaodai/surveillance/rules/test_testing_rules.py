"""Pools, intervals and what a tube and a result may be to each other."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phaodai.rulebook.book import load
from phaodai.surveillance.rules.pooling import best_size, expected_tests, pool_size
from phaodai.surveillance.rules.positivity import Share, age_band, shares_by, wilson
from phaodai.surveillance.rules.samples import Reading, Tube, number_of, problem_of, read_barcode, read_result

TAKEN = datetime(2021, 11, 24, 1, tzinfo=UTC)
NOW = TAKEN + timedelta(hours=12)


def test_wilson_agrees_with_published_figures() -> None:
    """Newcombe 1998, Statistics in Medicine 17:857, table I, method 3: 81/263, 15/148, 0/20 and 1/29."""
    published = {
        (81, 263): (0.2553, 0.3662),
        (15, 148): (0.0624, 0.1605),
        (0, 20): (0.0, 0.1611),
        (1, 29): (0.0061, 0.1718),
    }
    for (positive, tested), bounds in published.items():
        assert wilson(positive, tested) == pytest.approx(bounds, abs=5e-5)
    assert Share(0, 0).interval is None
    assert Share(0, 0).share is None


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share(counted: tuple[int, int]) -> None:
    low, high = wilson(*counted)
    assert 0 <= low <= counted[0] / counted[1] + 1e-12
    assert counted[0] / counted[1] - 1e-12 <= high <= 1


def test_pools_follow_the_fewest_tubes() -> None:
    """Dorfman's table I (1943): at 1% groups of 11 cost 0.20 tests a person, at 10% groups of 4 cost 0.59."""
    assert expected_tests(11, 0.01) == pytest.approx(0.20, abs=0.005)
    assert expected_tests(4, 0.10) == pytest.approx(0.59, abs=0.005)
    assert [best_size([5, 10], share) for share in (0.005, 0.05, 0.35)] == [10, 5, 1]


def test_a_size_that_nobody_verified_is_no_size() -> None:
    found = pool_size(load("covid-19"), date(2021, 11, 24), method="pcr", positivity=0.01)
    assert (found.size, found.awaits) == (None, "testing/pool-sizes@2021-04-28")
    before = pool_size(load("covid-19"), date(2019, 1, 1), method="pcr", positivity=0.01)
    rapid = pool_size(load("covid-19"), date(2021, 11, 24), method="antigen", positivity=0.01)
    assert (before.size, before.awaits, rapid.size) == (None, "", None)


@pytest.mark.parametrize(
    ("tube", "result", "after", "problem"),
    [
        (None, "negative", 6, "unknown"),
        (Tube("due", None), "negative", 6, "not-taken"),
        (Tube("rejected", TAKEN), "negative", 6, "rejected"),
        (Tube("sent", TAKEN), "maybe", 6, "no-result"),
        (Tube("sent", TAKEN), "negative", -1, "before-taken"),
        (Tube("sent", TAKEN), "negative", 24, "future"),
        (Tube("resulted", TAKEN, None, "negative", NOW), "positive", 6, "other-result"),
        (Tube("resulted", TAKEN, None, "negative", NOW), "negative", 6, ""),
        (Tube("received", TAKEN, NOW), "positive", 6, ""),
    ],
)
def test_each_mistake_has_its_code(tube: Tube | None, result: str, after: int, problem: str) -> None:
    assert problem_of(tube, Reading("A1", result, TAKEN + timedelta(hours=after)), NOW) == problem


def test_a_tube_that_stood_too_long_is_told_apart_from_one_that_was_kept_cold() -> None:
    late = TAKEN + timedelta(days=7)
    assert problem_of(Tube("sent", TAKEN), Reading("A1", "negative", late), late) == "too-old"
    assert problem_of(Tube("received", TAKEN, late), Reading("A1", "negative", late), late) == ""
    assert problem_of(Tube("received", TAKEN, late), Reading("A1", "positive", late, 61.0), late) == "bad-ct"


def test_words_signs_and_barcodes_as_laboratories_write_them() -> None:
    told = {"Dương tính": "positive", "ÂM TÍNH": "negative", "(-)": "negative", "+": "positive", "Negative": "negative"}
    assert {text: read_result(text) for text in told} == told
    assert read_result("chờ") == ""
    assert (read_barcode(" *xn21 98-000123* "), number_of("XN2198-000123")) == ("XN2198-000123", ("XN2198-", 123, 6))
    assert number_of("KHÔNGSỐ") is None
    assert shares_by([("a", True), ("a", False)]) == {"a": Share(1, 2)}
    assert (age_band(17), age_band(65), age_band(None)) == ((0, 17), (65, 150), None)
