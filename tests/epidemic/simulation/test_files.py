"""Scenario files: what they mean, and how a mistake in one is named."""

from pathlib import Path

import pytest

from epidemic.simulation import Closing, Distancing, Lockdown, Quarantine, Sampling, Tracing, Vaccination, simulate
from epidemic.simulation.files import ORDERS, read_scenario, read_scenario_text
from epidemic.simulation.population import build_population
from epidemic.simulation.reading import ScenarioError

EXAMPLES = sorted((Path(__file__).parents[3] / "docs" / "scenarios").glob("*.toml"))
SMALLEST = "[[outbreak]]\ninfected = 3\n"


@pytest.fixture
def read(tmp_path):
    """Read a scenario from text, units beside it."""

    def from_text(text, **beside):
        for name, content in beside.items():
            (tmp_path / f"{name}.csv").write_text(content, encoding="utf-8")
        path = tmp_path / "scenario.toml"
        path.write_text(text, encoding="utf-8")
        return read_scenario(path)

    return from_text


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_of_the_documentation_can_be_read(path):
    assert read_scenario(path).scenario.orders


def test_an_example_shows_every_table():
    orders = next(read_scenario(path) for path in EXAMPLES if path.stem == "every-measure").scenario.orders
    assert {type(order) for order in orders} == set(ORDERS.values())


def test_little_is_needed(read):
    found = read(SMALLEST)
    assert (found.province.people, found.scenario.days, found.runs, found.seed) == (100_000, 120, 20, 1)
    assert found.scenario.variants[0].name == "delta"


def test_dates_become_days_of_the_scenario(read):
    text = "start = 2021-05-08\n" + SMALLEST + "[[lockdown]]\nfrom = 2021-05-18\nuntil = 2021-05-20\narea = 'X001'\n"
    lock = next(order for order in read(text).scenario.orders if isinstance(order, Lockdown))
    assert (lock.since, lock.until, lock.area) == (10, 12, ("X001",))


def test_days_may_be_counted(read):
    closing = read(SMALLEST + "[[closing]]\nfrom = 7\nwhat = 'schools'\n").scenario.orders[1]
    assert isinstance(closing, Closing)
    assert (closing.since, closing.until, closing.what) == (7, None, ("schools",))


def test_every_value_arrives(read):
    text = SMALLEST + (
        "[[testing]]\nwho='targeted'\ngroups=['parks','health']\nshare=0.7\nevery=3\npool=10\n"
        "[[tracing]]\ncases_a_day=12\nwork=0.5\n[[quarantine]]\nplaces=9\ntest_days=[1, 5]\n"
        "[[vaccination]]\ndoses_a_day=70\nsevere=[0.5, 0.9]\n[[distancing]]\nlevel='16'\ncontacts={work=0.5}\n"
    )
    orders = {type(order): order for order in read(text).scenario.orders}
    assert orders[Sampling].groups == ("parks", "health")
    assert (orders[Sampling].every, orders[Sampling].pool, orders[Sampling].share) == (3, 10, 0.7)
    assert (orders[Tracing].cases_a_day, orders[Tracing].work) == (12.0, 0.5)
    assert (orders[Quarantine].places, orders[Quarantine].test_days) == (9.0, (1, 5))
    assert orders[Vaccination].severe == (0.5, 0.9)
    assert orders[Distancing].factor("work") == 0.5


def test_units_come_from_a_sheet_beside_the_file(read):
    units = "code,name,district,people\n1,Xã A,Huyện B,900\n2,Xã C,Huyện D,400\n3,Xã E,Huyện B,300\n"
    found = read("[province]\nunits='communes.csv'\n" + SMALLEST + "area=['Huyện B']\n", communes=units)
    assert found.province.people == 1600
    assert [unit.code for unit in found.province.communes] == ["1", "3", "2"]
    run = simulate(build_population(found.province), found.scenario)
    assert run.by_commune("infections")[0, :2].sum() == 3


def test_units_may_stand_in_the_file_itself():
    units = "[[province.commune]]\ncode='1'\npeople=900\nname='Xã A'\n[[province.commune]]\ncode='2'\npeople=400\n"
    found = read_scenario_text(units + SMALLEST + "area=['Xã A']\n")
    assert [(unit.code, unit.people) for unit in found.province.communes] == [("1", 900), ("2", 400)]
    with pytest.raises(ScenarioError, match="people is missing"):
        read_scenario_text("[[province.commune]]\ncode='1'\n" + SMALLEST)
    with pytest.raises(ScenarioError, match=r"there is none beside: give \[\[province.commune\]\]"):
        read_scenario_text("[province]\nunits='communes.csv'\n" + SMALLEST)


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("days = 0\n" + SMALLEST, 1, "days is 0: give a whole number from 1 to 1000"),
        ("dais = 10\n" + SMALLEST, 1, "did you mean days?"),
        (
            SMALLEST + "[[testing]]\nshare = 0.2\n[[testing]]\n# twice\nshare = 1.4\n",
            7,
            "[testing] share is 1.4: give a number from 0 to 1",
        ),
        (SMALLEST + "[[testing]]\nshare = 'much'\n", 4, "share is 'much'"),
        (SMALLEST + "[[distancing]]\nlevel = '17'\n", 4, "choose from 15, 16, 19, level-1"),
        (SMALLEST + "[[distancing]]\n", 3, "level is missing"),
        (SMALLEST + "[[closing]]\nwhat = ['schols']\n", 4, "holds 'schols': choose from schools, parks"),
        (SMALLEST + "[[lockdown]]\nfrom = 2021-05-01\n", 4, "give start = YYYY-MM-DD"),
        ("start = 2021-05-08\n" + SMALLEST + "[[lockdown]]\nfrom = 2021-05-01\n", 5, "from is 2021-05-01"),
        (SMALLEST + "[[lockdown]]\nfrom = 9\nuntil = 3\n", 5, "until lies before from"),
        (SMALLEST + "[lockdown]\nfrom = 9\n", 3, "must be written as [[lockdown]]"),
        (SMALLEST + "[[tracing]]\n", 3, "does nothing without [[quarantine]]"),
        (SMALLEST + "[[tracing]]\n[[quarantine]]\ntest_days = [1, 70]\n", 5, "whole numbers from 0 to 62"),
        (SMALLEST + "[[vaccination]]\ndoses_a_day = 5\nsevere = [0.2]\n", 5, "two numbers from 0 to 1"),
        ("[virus]\nvariants = ['delta', 'delta']\n" + SMALLEST, 2, "each variant once"),
        ("[virus]\nvariants = ['zeta']\n" + SMALLEST, 2, "choose from wild, alpha, delta, omicron"),
        (SMALLEST + "variant = 'alpha'\n", 3, "variant is 'alpha'"),
        ("[province]\npeople = 3\ncommunes = 9\n" + SMALLEST, 1, "give fewer communes"),
        (
            "[province]\n[[province.park]]\nname = 'A'\ncommune = 'nowhere'\nworkers = 5\n" + SMALLEST,
            1,
            "stands in a commune",
        ),
        (
            "[[province.park]]\nname='A'\ncommune='X001'\nworkers=5\nlodged=2\n" + SMALLEST,
            5,
            "lodged is 2: give a number",
        ),
        ("[[closing]]\nwhat = 'schools'\n", 1, "add [[outbreak]] or [[arrivals]]"),
        (SMALLEST + "area = ['X0001']\n", 3, "holds 'X0001', which is no commune, district or park: is it X001?"),
        (SMALLEST + "[[distancing]]\nlevel='16'\ncontacts={works=0.5}\n", 5, "must be a table of shares"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_its_remedy(read, text, line, told):
    with pytest.raises(ScenarioError) as refused:
        read(text)
    assert str(refused.value).startswith(f"line {line}: ")
    assert told in str(refused.value)
    assert "\n" not in str(refused.value)


def test_no_toml_and_no_file_are_named(read, tmp_path):
    with pytest.raises(ScenarioError, match=r"no valid TOML.*line 1"):
        read("days = = 3\n")
    with pytest.raises(ScenarioError, match="check the path"):
        read_scenario(tmp_path / "nowhere.toml")


def test_a_sheet_without_its_columns_is_named(read):
    with pytest.raises(ScenarioError, match="has no column people"):
        read("[province]\nunits = 'u.csv'\n" + SMALLEST, u="code,name\n1,A\n")
    with pytest.raises(ScenarioError, match="row 3: people is 'many'"):
        read("[province]\nunits = 'u.csv'\n" + SMALLEST, u="code,people\n1,5\n2,many\n")
