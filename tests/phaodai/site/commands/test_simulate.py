"""`phaodai simulate` as people type it."""

import json

import pytest

pytest.importorskip("numba")

from phaodai.__main__ import main

SCENARIO = """
name = "Thử"
start = 2021-05-08
days = 30
runs = 3
[province]
people = 6000
communes = 3
[[outbreak]]
infected = 20
[[testing]]
share = 0.3
[[isolation]]
"""


@pytest.fixture
def scenario(tmp_path):
    path = tmp_path / "scenario.toml"
    path.write_text(SCENARIO, encoding="utf-8")
    return str(path)


def as_json(capsys, *arguments):
    assert main(["simulate", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_record_holds_what_the_contract_names(capsys, scenario):
    record = as_json(capsys, scenario)
    assert record["people"] == 6000
    assert record["seconds"] > 0
    assert record["seeds"] == [1, 2, 3]
    assert record["dates"][0] == "2021-05-08"
    assert record["daily"].keys() == record["totals"].keys() == record["bands"].keys()
    assert all(len(values) == 30 for values in record["daily"].values())
    parts = ("susceptible", "latent", "infectious", "recovered", "dead")
    assert all(sum(record["daily"][name][day] for name in parts) == pytest.approx(6000, abs=0.05) for day in range(30))


def test_a_seed_gives_the_same_figures_again_and_whole_ones_in_a_single_run(capsys, scenario):
    one, again = (as_json(capsys, scenario, "--seed", "7", "--runs", "1") for _ in range(2))
    other = as_json(capsys, scenario, "--seed", "8", "--runs", "1")
    assert one["daily"] == again["daily"] != other["daily"]
    assert "bands" not in one
    assert all(isinstance(value, int) for value in one["daily"]["infections"])


def test_the_means_are_those_of_the_single_runs(capsys, scenario):
    together = as_json(capsys, scenario, "--seed", "5", "--runs", "2")
    apart = [as_json(capsys, scenario, "--seed", seed, "--runs", "1")["totals"]["infections"] for seed in ("5", "6")]
    assert together["totals"]["infections"] == sum(apart) / 2


@pytest.mark.parametrize(("by", "parts"), [("commune", 3), ("age", 10)])
def test_parts_sum_to_the_province(capsys, scenario, by, parts):
    record = as_json(capsys, scenario, "--runs", "1", "--by", by)
    assert len(record["by"]) == parts
    assert sum(sum(part["infections"]) for part in record["by"].values()) == record["totals"]["infections"]


def test_a_table_for_people(capsys, scenario):
    assert main(["simulate", scenario]) == 0
    out, err = capsys.readouterr()
    assert "Thử: 6,000 people, 30 days, 3 runs" in out
    assert "infections" in out
    assert "seeds 1 to 3" in err


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("days = 30", "days = 0"), "line 4: days is 0"),
        (("share = 0.3", "share = 0.3\narea = ['Mars']"), "line 13: [testing] area holds 'Mars'"),
    ],
)
def test_a_mistake_ends_with_two_and_one_line(capsys, tmp_path, change, told):
    path = tmp_path / "wrong.toml"
    path.write_text(SCENARIO.replace(*change), encoding="utf-8")
    assert main(["simulate", str(path), "--json"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(("option", "value"), [("--runs", "0"), ("--seed", "-1")])
def test_options_out_of_bounds_are_refused(capsys, scenario, option, value):
    assert main(["simulate", scenario, option, value]) == 2
    assert option in capsys.readouterr().err
