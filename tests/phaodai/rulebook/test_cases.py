"""The jurist's cases beside each pack: what a person who holds the documents expects of the rule on that day."""

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest

from phaodai.rulebook import Decision, diseases, load
from phaodai.rulebook.pack import PACKS

CANNOT_CONCLUDE = "cannot conclude"


def read_cases() -> list[Any]:
    """Every case of every pack, named by its file and what it says."""
    found = []
    for disease in diseases():
        for path in sorted((PACKS / disease / "cases").glob("*.toml")):
            cases = tomllib.loads(path.read_text(encoding="utf-8"))["case"]
            found += [pytest.param(disease, case, id=f"{disease}/{path.stem}: {case['name']}") for case in cases]
    return found


CASES = read_cases()


@pytest.mark.parametrize(("disease", "case"), CASES)
def test_case(disease: str, case: dict[str, Any]) -> None:
    if "value" in case:
        value = load(disease).value(case["value"], case["on"], case.get("row", "value"))
        assert value.then == case["outcome"]
        assert value.verified
        assert value.confidence == case.get("confidence", value.confidence)
        return
    decision = load(disease).decide(case["rule"], case["on"], case["facts"])
    check_outcome(decision, case)
    if decision.status != "unprovided":
        check_source(decision, case)


def check_outcome(decision: Decision, case: dict[str, Any]) -> None:
    if case["outcome"] == CANNOT_CONCLUDE:
        assert decision.outcome is None
        assert decision.status in ("unverified", "unprovided")
        assert "onclude" in decision.why.en
        assert "Chưa kết luận được" in decision.why.vi
        assert case.get("awaiting") in (None, *(one.name for one in decision.awaiting))
        assert bool(decision.awaiting) == (decision.status == "unverified")
        return
    assert decision.status == "concluded", decision.why.en
    if not isinstance(case["outcome"], dict):
        assert decision.outcome == case["outcome"]
        return
    assert {name: decision.outcome[name] for name in case["outcome"]} == case["outcome"]
    assert [decision.outcome[name] for name in case.get("absent", [])] == [None] * len(case.get("absent", []))


def check_source(decision: Decision, case: dict[str, Any]) -> None:
    assert decision.document is not None
    assert decision.document.number == case.get("document", decision.document.number)
    assert decision.clause == case.get("clause", decision.clause)
    assert decision.confidence == case.get("confidence", decision.confidence)
    if "in_force" in case:
        assert [decision.in_force_from, decision.in_force_to] == case["in_force"]
    assert decision.in_force_from is not None
    assert decision.in_force_from <= decision.on <= (decision.in_force_to or dt.date.max)


def test_cases_reach_every_rule_with_a_table() -> None:
    asked = {case.values[1].get("rule") for case in CASES}
    from phaodai.rulebook.rules import RULES

    assert asked - {None} == set(RULES)


def test_every_verified_row_that_decides_is_reached_by_a_case() -> None:
    """No A or B value of a rule may be shipped without a case that rests on it."""
    reached: set[str] = set()
    for parameter in CASES:
        disease, case = parameter.values
        if "rule" in case:
            reached |= {step.name for step in load(disease).decide(case["rule"], case["on"], case["facts"]).steps}
    missing = [
        provision.name
        for disease in diseases()
        for table, provisions in load(disease).provisions.items()
        if load(disease).tables[table].rule
        for provision in provisions
        if provision.confidence in "AB" and provision.state == "set" and provision.name not in reached
    ]
    assert missing == []


def test_pack_folders_hold_cases() -> None:
    assert all(list(Path(PACKS / disease / "cases").glob("*.toml")) for disease in diseases())
