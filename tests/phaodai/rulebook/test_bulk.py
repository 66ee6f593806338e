"""Many cases at once decide exactly as one by one, from the same definition."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phaodai.rulebook import Refusal, decision_of, load
from phaodai.rulebook.rules import RULES
from tests.phaodai.rulebook.test_cases import CASES


def grouped() -> dict[tuple[str, str, dt.date], list[dict[str, Any]]]:
    """The jurist's cases by pack, rule and day, those that can stand side by side."""
    groups: dict[tuple[str, str, dt.date], list[dict[str, Any]]] = {}
    for parameter in CASES:
        disease, case = parameter.values
        if "rule" in case and RULES[case["rule"]].law_day is None:
            groups.setdefault((disease, case["rule"], case["on"]), []).append(case["facts"])
    return {key: cases for key, cases in groups.items() if len(cases) > 1}


@pytest.mark.parametrize("key", grouped(), ids=str)
def test_bulk_equals_one_by_one(key: tuple[str, str, dt.date]) -> None:
    disease, rule, on = key
    book, cases = load(disease), grouped()[key]
    read = [book.read_facts(rule, facts) for facts in cases]
    names = {name for facts in read for name in facts}
    columns = {name: [facts.get(name) for facts in read] for name in names}
    findings = book.decide_many(rule, on, columns)
    for place, facts in enumerate(cases):
        alone = book.decide(rule, on, facts)
        together = decision_of(findings, place)
        assert together.outcome == alone.outcome
        assert together.why == alone.why
        assert (together.status, together.confidence, together.version) == (
            alone.status,
            alone.confidence,
            alone.version,
        )


rates = st.floats(0, 1000, allow_nan=False)
shares = st.floats(0, 1, allow_nan=False)


@given(rate=rates, dose=shares, elderly=shares, more=rates)
def test_more_cases_never_lower_the_level(rate: float, dose: float, elderly: float, more: float) -> None:
    facts = {
        "cases_per_100k_week": [rate, rate + more],
        "dose1_adult_share": [dose] * 2,
        "full_elderly_share": [elderly] * 2,
    }
    lower, upper = load().decide_many("risk-level", dt.date(2021, 12, 1), facts).outcomes
    # A unit without cases is exempt from the raise; every other step up keeps or raises the level.
    assert lower is None or upper is None or lower <= upper


@given(doses=st.integers(0, 4), gap=st.integers(0, 800), day=st.dates(dt.date(2020, 3, 1), dt.date(2022, 12, 31)))
def test_quarantine_always_says_something(doses: int, gap: int, day: dt.date) -> None:
    last = day - dt.timedelta(days=gap) if doses else None
    decision = load().decide(
        "quarantine", day, {"who": "contact", "start_on": day, "doses": doses, "last_dose_on": last}
    )
    assert decision.status == "concluded"
    assert decision.outcome["isolate_days"] in (0, 5, 7, 14, 21)


def test_a_value_out_of_range_is_refused_in_bulk() -> None:
    with pytest.raises(Refusal, match=r"dose1_adult_share=1\.5 is out of range"):
        load().decide_many("risk-level", dt.date(2021, 12, 1), {"dose1_adult_share": [0.5, 1.5]})


def test_an_unknown_term_is_refused_in_bulk_and_a_spelling_is_understood() -> None:
    day = dt.date(2021, 12, 1)
    found = load().decide_many("measures", day, {"level": [4, 4], "activity": ["nhà hàng", "restaurants"]})
    assert found.outcomes == ["limited", "limited"]
    with pytest.raises(Refusal, match="activity=circus is not known"):
        load().decide_many("measures", day, {"level": [4, 4], "activity": ["circus", "restaurants"]})


def test_cases_of_different_law_days_are_refused_together() -> None:
    days = [dt.date(2021, 3, 1), dt.date(2021, 6, 1)]
    with pytest.raises(Refusal, match="2 days"):
        load().decide_many("quarantine-meals", dt.date(2021, 6, 30), {"start_on": days, "days": [5.0, 5.0]})
