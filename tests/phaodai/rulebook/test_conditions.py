"""Conditions in the jurist's notation, with three truth values."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from phaodai.rulebook import load
from phaodai.rulebook.conditions import read_interval, read_when
from phaodai.rulebook.facts import Columns

FACTS = load().facts
AGE = FACTS["age"]
numbers = st.floats(-100, 200, allow_nan=False)


@given(value=numbers, low=numbers, high=numbers)
def test_an_interval_holds_as_it_reads(value: float, low: float, high: float) -> None:
    columns: Columns = {"age": np.array([value])}
    wanted = {
        f"[{low!r},{high!r})": low <= value < high,
        f"({low!r},{high!r}]": low < value <= high,
        f">= {low!r}": value >= low,
        f"< {low!r}": value < low,
        f"[{low!r},)": value >= low,
    }
    for text, expected in wanted.items():
        assert bool(read_interval(AGE, text).test(columns).holds[0]) is expected


def test_a_missing_fact_leaves_it_open() -> None:
    truth = read_interval(AGE, ">= 5").test({"age": np.array([np.nan, 6, 4])})
    assert truth.holds.tolist() == [False, True, False]
    assert truth.unknown.tolist() == [True, False, False]


def test_one_certain_alternative_decides() -> None:
    when = read_when({"any": [{"distance_m": "<= 2"}, {"physical": True}]}, FACTS)
    truth = when.test({"distance_m": np.array([np.nan, np.nan, 5.0]), "physical": np.array([1.0, 0.0, 0.0])})
    assert truth.holds.tolist() == [True, False, False]
    assert truth.unknown.tolist() == [False, True, False]


def test_one_certain_failure_decides() -> None:
    when = read_when({"masked": True, "minutes": ">= 15"}, FACTS)
    truth = when.test({"masked": np.array([0.0, 1.0]), "minutes": np.array([np.nan, np.nan])})
    assert truth.unknown.tolist() == [False, True]


@pytest.mark.parametrize("text", ["20", "[20;50)", "20..50", ">="])
def test_other_notations_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no interval"):
        read_interval(AGE, text)
