"""`phaodai decide`: its exit codes, its JSON and its one-line refusals."""

import json

import pytest

from phaodai.__main__ import main

FIELDS = {
    *("outcome", "figures", "rule", "document", "clause"),
    *("in_force_from", "in_force_to", "confidence", "why"),
}


def test_json_has_the_promised_fields(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["decide", "quarantine", "--on", "2022-03-01", "who=contact", "start_on=2022-03-01", "--json"])
    record = json.loads(capsys.readouterr().out)
    assert code == 0
    assert set(record) >= FIELDS
    assert record["outcome"]["isolate_days"] == 7
    assert set(record["why"]) == {"vi", "en"}


def test_facts_may_stand_before_the_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["decide", "vaccine-priority", "group=giáo viên", "--on", "2021-08-01"]) == 0
    assert '{"rank": 8}' in capsys.readouterr().out


def test_an_unverified_value_exits_3_and_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["decide", "measures", "--on", "2021-11-01", "level=2", "activity=karaoke", "--json"])
    printed = capsys.readouterr()
    assert code == 3
    assert json.loads(printed.out)["outcome"] is None
    assert "awaits verification: measures/high-risk-2@2021-10-11 (128/NQ-CP)" in printed.err


REFUSED = {
    "unknown rule": (["curfew", "--on", "2021-11-01"], "choose one of: area-controlled"),
    "unknown key": (["measures", "--on", "2021-11-01", "colour=red"], "knows no 'colour'; give any of: activity"),
    "unknown value": (["measures", "--on", "2021-11-01", "level=2", "activity=circus"], "choose one of: arts-venues"),
    "out of range": (["measures", "--on", "2021-11-01", "level=5", "activity=bars"], "give a number from 1 to 4"),
    "no date": (["measures", "--on", "1/11/2021", "level=2"], "write it like 2021-10-24"),
    "not a fact": (["measures", "--on", "2021-11-01", "level"], "write it like key=value"),
    "given twice": (["measures", "--on", "2021-11-01", "level=1", "level=2"], "given twice"),
    "missing fact": (["measures", "--on", "2021-11-01", "activity=bars"], "give level=…"),
    "no rule yet": (["risk-level", "--on", "2020-01-01"], "choose a date from 2021-05-31"),
    "no rule any more": (["quarantine-meals", "--on", "2022-01-01"], "choose a date from 2020-03-29 to 2021-12-31"),
    "no levels then": (["measures", "--on", "2020-04-05", "level=4", "activity=bars"], "give directive=15, 16 or 19"),
    "policy not yet": (
        ["support-amount", "--on", "2021-06-15", "policy=nq68-4", "days=20"],
        "policy=nq68-4 is not in force on 2021-06-15; choose a date from 2021-07-01",
    ),
    "wrong count": (
        ["enterprise-index", "--on", "2021-06-01", "scheme=1203", "scores=1,2"],
        "needs exactly 10 component scores",
    ),
    "unknown disease": (["measures", "--on", "2021-11-01", "--disease", "plague"], "choose one of: covid-19, dengue"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_input_exits_2_with_one_line(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments, message = REFUSED[name]
    assert main(["decide", *arguments]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert message in printed.err
    assert printed.err.count("\n") == 1


def test_another_disease_needs_data_only(capsys: pytest.CaptureFixture[str]) -> None:
    facts = ["tier=commune", "cases_this_month=13", "mean_of_same_month=12"]
    assert main(["decide", "epidemic-declared", "--disease", "dengue", "--on", "2022-08-31", *facts]) == 0
    assert capsys.readouterr().out.startswith("true\n")
