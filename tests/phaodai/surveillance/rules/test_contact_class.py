"""Who is a contact, by the rule in force and from what was presumed, measured and stated."""

from datetime import date
from typing import Any

import pytest

from phaodai.rulebook import load
from phaodai.surveillance.rules.contact_class import Exposure, classify

BOOK = load("covid-19")
HANDBOOK, LETTER = date(2021, 11, 24), date(2022, 1, 20)


@pytest.mark.parametrize(
    ("on", "exposure", "outcome"),
    [
        (HANDBOOK, Exposure("F0", "household"), "F1"),
        (HANDBOOK, Exposure("F0", "proximity", 10, stated={"distance_m": 1.5}), "F1"),
        (HANDBOOK, Exposure("F0", "proximity", 10, stated={"distance_m": 5}), "none"),
        (HANDBOOK, Exposure("F1", "household"), "F2"),
        (HANDBOOK, Exposure("F1", "proximity", 10, stated={"distance_m": 3}), "none"),
        (LETTER, Exposure("F0", "visit", 20, "shop"), "F1"),
        (LETTER, Exposure("F0", "visit", 14, "shop", {"masked": True}), "none"),
        (LETTER, Exposure("F0", "visit", 15, "shop", {"masked": True}), "F1"),
    ],
)
def test_the_class_and_the_document_behind_it(on: date, exposure: Exposure, outcome: str) -> None:
    (record,) = classify(BOOK, on, [exposure])
    assert record["outcome"] == outcome
    assert record["document"]
    assert record["why"]["vi"]


def test_an_unknown_distance_stays_open_and_is_named() -> None:
    (record,) = classify(BOOK, HANDBOOK, [Exposure("F0", "visit", 96, "market")])
    assert (record["outcome"], record["missing"]) == (None, ["distance_m"])


def test_what_was_stated_goes_above_what_was_presumed() -> None:
    (record,) = classify(BOOK, HANDBOOK, [Exposure("F0", "household", stated={"distance_m": 4, "enclosed": False})])
    assert record["outcome"] == "none"
    assert record["presumed"] == []


def test_each_exposure_gets_its_own_decision_in_its_order() -> None:
    minutes = [30, 5, 30, 90]
    found = classify(BOOK, HANDBOOK, [Exposure("F0", "visit", one, "market", {"distance_m": 1}) for one in minutes])
    assert [record["figures"]["minutes"] for record in found] == minutes


def test_nobody_is_classified_where_nobody_was_met() -> None:
    nothing: list[dict[str, Any]] = []
    assert classify(BOOK, HANDBOOK, []) == nothing
