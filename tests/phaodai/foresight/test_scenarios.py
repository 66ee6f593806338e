"""Scenarios from the present to kept results: planned, ordered, run in slices, compared, cancelled, gone on with."""

import tomllib
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from epidemic.simulation import build_population, simulate
from epidemic.simulation.files import read_scenario_text
from phaodai.foresight.actions import scenario_runs
from phaodai.foresight.actions.scenario_runs import cancel_run, files_of, start_run
from phaodai.foresight.actions.scenario_work import work_on_runs
from phaodai.foresight.actions.scenarios import add_order, import_scenario, plan_scenario, remove_order, setting_of
from phaodai.foresight.models import ScenarioPlan, ScenarioRun, ScenarioSeed
from phaodai.foresight.rules.scenario_files import orders_of_file, scenario_file
from phaodai.foresight.rules.scenario_packs import packages
from phaodai.foundation import clock
from phaodai.foundation.models import Fact
from phaodai.foundation.refusals import NotAllowed, Refusal
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.people.models import Person
from phaodai.surveillance.models import Membership
from phaodai.territory.models import Place
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("compiled_simulator")]

SEEDS = {ScenarioRun.Kind.QUICK: 3, ScenarioRun.Kind.FRONTIER: 2}
LEVEL_4 = {"kind": "distancing", "level": "level-4", "from": 1}


@pytest.fixture
def plan(world: World, moment: datetime, monkeypatch: pytest.MonkeyPatch) -> ScenarioPlan:
    """A tiny province of 3,000 people, and few seeds; no other run waits."""
    monkeypatch.setattr(scenario_runs, "SEEDS", SEEDS)
    with entering(SYSTEM):
        ScenarioRun.objects.open().update(state=ScenarioRun.State.CANCELLED)
    with world.as_("viet") as viet:
        return plan_scenario(
            actor=viet, moment=moment, unit_id=world.units["98"].pk, name="Thử cấp 4", days=21, variant="delta",
            reproduction=6.0,
        )  # fmt: skip


def order(world: World, moment: datetime, plan: ScenarioPlan, words: dict[str, Any]) -> ScenarioPlan:
    with world.as_("viet") as viet:
        return add_order(actor=viet, moment=moment, pk=plan.pk, version=plan.version, order=words)


def ask(world: World, moment: datetime, plan: ScenarioPlan, kind: str = "quick") -> ScenarioRun:
    with world.as_("viet") as viet:
        return start_run(actor=viet, moment=moment, pk=plan.pk, kind=kind)


def again(run: ScenarioRun) -> ScenarioRun:
    with entering(SYSTEM):
        return ScenarioRun.objects.get(pk=run.pk)


def finish(run: ScenarioRun) -> ScenarioRun:
    while work_on_runs():
        assert again(run).is_open
    return again(run)


def test_a_plan_begins_with_the_path_of_today(world: World, moment: datetime, plan: ScenarioPlan) -> None:
    assert plan.orders == plan.today
    assert {one["code"] for one in plan.beginning["communes"]} == {"98001", "98002", "98101", "98102"}
    assert sum(one["people"] for one in plan.beginning["communes"]) == 3000
    kinds = [one["kind"] for one in plan.orders]
    assert kinds == ["outbreak", "five_measures", "testing", "isolation", "tracing", "quarantine", "treatment"]
    beds = plan.beginning["beds"]
    assert plan.orders[-1] | {"kind": "treatment"} == {
        "kind": "treatment", "tier_1": beds["plain"], "tier_2": beds["oxygen"], "tier_3": beds["icu"],
        "oxygen": beds["oxygen"] + beds["icu"],
    }  # fmt: skip
    assert plan.orders[-2]["places"] == plan.beginning["places"] > 0


def test_two_identical_paths_do_not_differ_and_a_stricter_one_does(
    world: World, moment: datetime, plan: ScenarioPlan
) -> None:
    """Common random numbers: the difference of a path and itself is exactly nothing, seed by seed."""
    same = finish(ask(world, moment, plan))
    assert (same.state, same.done, same.problem) == ("finished", 3, "")
    assert all(band == [0, 0, 0, 0, 0] for band in same.results["differences"][1].values())
    assert same.results["totals"][0]["infections"][2] > 0
    stricter = finish(ask(world, moment, order(world, moment, plan, LEVEL_4)))
    assert stricter.results["totals"][0] == same.results["totals"][0], "today's path again, with the same seeds"
    assert stricter.results["differences"][1]["workdays_lost"][0] > 0
    assert len(stricter.results["weeks"][1]["tests"][4]) == 3
    assert set(stricter.results["communes"][1]) == {"98001", "98002", "98101", "98102"}
    with entering(SYSTEM):
        assert not ScenarioSeed.objects.filter(run=stricter).exists(), "what was summed up is not kept twice"
        assert Fact.objects.filter(kind="foresight:scenario:finished", subject_id=stricter.pk).exists()
    _the_file_gives_the_same(stricter)


def _the_file_gives_the_same(run: ScenarioRun) -> None:
    """What `phaodai simulate` computes from the downloaded file is what was kept."""
    read = read_scenario_text(files_of(run)[1])
    population = build_population(read.province, seed=read.province_seed)
    totals = [simulate(population, read.scenario, seed=seed).total("infections") for seed in (1, 2, 3)]
    assert sorted(totals)[1] == run.results["totals"][1]["infections"][2]


def test_a_run_is_left_gone_on_with_after_a_kill_and_cancelled(
    world: World, moment: datetime, plan: ScenarioPlan
) -> None:
    run = ask(world, moment, plan)
    assert ask(world, moment, plan).pk == run.pk, "a second press finds the first run"
    assert work_on_runs(seconds=-1), "no time: the run is left where it is"
    assert again(run).done == 0
    with entering(SYSTEM):
        ScenarioRun.objects.filter(pk=run.pk).update(beat_at=clock.now())
    assert not work_on_runs(), "somebody else is at it"
    with entering(SYSTEM):
        ScenarioRun.objects.filter(pk=run.pk).update(beat_at=clock.now() - timedelta(hours=1))
        ScenarioSeed.objects.create(run=run, seed=2, arrays=_seed_of(run, 2))
    assert finish(run).state == "finished"
    other = ask(world, moment, plan)
    with world.as_("viet") as viet:
        cancel_run(actor=viet, moment=moment, run_id=other.pk)
    assert not work_on_runs()
    assert again(other).state == "cancelled"
    with world.as_("viet") as viet, pytest.raises(Refusal, match=r"\w+ \w+"):
        cancel_run(actor=viet, moment=moment, run_id=other.pk)


def _seed_of(run: ScenarioRun, seed: int) -> bytes:
    """What the killed worker had kept of one seed."""
    from io import BytesIO

    import numpy as np

    from phaodai.foresight.actions.scenario_work import _one_seed

    stream = BytesIO()
    np.savez_compressed(stream, **_one_seed(run, seed))
    return stream.getvalue()


def test_a_frontier_has_a_point_for_each_package(
    world: World, moment: datetime, plan: ScenarioPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = [one for one in packages() if one.key in ("level-1", "level-2", "directive-16")]
    monkeypatch.setattr(scenario_runs, "packages", lambda: chosen)
    run = finish(ask(world, moment, plan, "frontier"))
    assert [path["key"] for path in run.recipe["paths"]] == ["today", "plan", *(one.key for one in chosen)]
    points = dict(zip((path["key"] for path in run.recipe["paths"]), run.results["totals"], strict=True))
    assert points["directive-16"]["workdays_lost"][2] > points["level-2"]["workdays_lost"][2]
    assert points["level-1"] == points["today"], "it limits nothing"


def test_what_the_simulation_cannot_read_is_refused_in_words(
    world: World, moment: datetime, plan: ScenarioPlan
) -> None:
    with pytest.raises(Refusal, match=r"no commune, district or park: is it 98102"):
        order(world, moment, plan, {"kind": "lockdown", "area": ["98103"]})
    with pytest.raises(Refusal, match=r"choose from 15, 16"):
        order(world, moment, plan, {"kind": "distancing", "level": "17"})
    with world.as_("viet") as viet, pytest.raises(Refusal, match="nobody is ever infected"):
        remove_order(actor=viet, moment=moment, pk=plan.pk, version=plan.version, place=0)
    with world.as_("dat") as dat, pytest.raises(NotAllowed):
        add_order(actor=dat, moment=moment, pk=plan.pk, version=plan.version, order=LEVEL_4)


def test_a_file_goes_out_and_comes_in_again(world: World, moment: datetime, plan: ScenarioPlan) -> None:
    plan = order(world, moment, plan, {"kind": "lockdown", "area": ["98001", "Huyện Phú Khê"], "from": 3, "until": 9})
    text = scenario_file(setting_of(plan), plan.orders)
    assert orders_of_file(text)[0] == sorted(plan.orders, key=lambda one: _place(one["kind"]))
    with world.as_("viet") as viet:
        taken = import_scenario(actor=viet, moment=moment, unit_id=world.units["98"].pk, name="Tệp", text=text)
        assert taken.orders == orders_of_file(text)[0]
        dated = "start = 2021-12-01\n[[outbreak]]\ninfected = 5\n[[lockdown]]\nfrom = 2021-12-04\n"
        taken = import_scenario(actor=viet, moment=moment, unit_id=world.units["98"].pk, name="Ngày", text=dated)
        assert taken.orders[1] == {"kind": "lockdown", "from": 3}
        with pytest.raises(Refusal, match="end of document"):
            import_scenario(actor=viet, moment=moment, unit_id=world.units["98"].pk, name="Sai", text="a =")
    assert tomllib.loads(text)["start"] == moment.date()


def _place(kind: str) -> int:
    from phaodai.foresight.rules.scenario_files import KINDS

    return KINDS.index(kind)


def test_parks_come_with_their_rosters(world: World, moment: datetime) -> None:
    area = world.units["98001"].area
    with entering(SYSTEM):
        parks = [
            Place.objects.create(code=code, name=name, kind=kind, **area.columns)
            for code, name, kind in (
                ("KCN1", "Khu Đông", "park"),
                ("KCN2", "Khu Tây", "park"),
                ("XN", "Xưởng", "workplace"),
            )
        ]
        people = [
            Person(full_name=f"Công nhân {number}", sort_key="c", search_key="c", **area.columns)
            for number in range(60)
        ]
        Person.objects.bulk_create(people)
        always = (date(2021, 1, 1), None)
        for park, workers in zip(parks, (60, 49, 60), strict=True):
            Membership.objects.bulk_create(
                Membership(place=park, person=one, during=always, **area.columns) for one in people[:workers]
            )
    with world.as_("viet") as viet:
        made = plan_scenario(
            actor=viet, moment=moment, unit_id=world.units["98"].pk, name="Có khu công nghiệp", days=21, variant="delta",
            reproduction=6.0,
        )  # fmt: skip
    assert made.parks == [{"name": "Khu Đông", "commune": "98001", "workers": 60}]
    read = read_scenario_text(scenario_file(setting_of(made), made.orders))
    assert [(park.name, park.workers) for park in read.province.parks] == [("Khu Đông", 60)]
