"""Scenarios of the small world: one of its own province and one of the neighbour's, a run of each, a threshold, an episode."""

from datetime import date, datetime
from typing import Any

from tests.world import World

PEOPLE = {"98001": 900, "98002": 700, "98101": 800, "98102": 600, "97001": 500}
NAMES = {"98": "Mốc kịch bản", "97": "Mốc kịch bản Sơn Giang"}


def build_scenarios(world: World, evening: datetime) -> None:
    """A plan and a run of each province; the own one has an episode that waits and a threshold of its own."""
    from phaodai.foundation.scope import SYSTEM, entering
    from phaodai.territory.models import Unit

    with entering(SYSTEM):
        for code, people in PEOPLE.items():
            Unit.objects.filter(code=code).update(population=people)
        for code, name in NAMES.items():
            _province(world, code, name, evening)


def _province(world: World, code: str, name: str, evening: datetime) -> None:
    from phaodai.foresight.models import ScenarioPlan, ScenarioRun, ScenarioSeed, TriggerEpisode, TriggerThreshold

    unit, officer = world.units[code], world.officers["viet" if code == "98" else "sang"]
    area: dict[str, Any] = unit.area.columns
    orders = [{"kind": "outbreak", "infected": 10}]
    commune = "98001" if code == "98" else "97001"
    plan = ScenarioPlan.objects.create(
        unit=unit, name=name, start=date(2021, 11, 24), days=30, reproduction=5.0, officer=officer, **area,
        beginning={"on": "2021-11-23", "communes": [{"code": commune, "people": 900}]},
        orders=orders, today=orders,
    )  # fmt: skip
    run = ScenarioRun.objects.create(
        plan=plan, first_seed=1, seeds=2, people=900, simulated=900, engine="1", queued_at=evening, officer=officer,
        **area,
    )  # fmt: skip
    ScenarioSeed.objects.create(run=run, seed=1, arrays=b"")
    TriggerThreshold.objects.create(
        key="3/0/weekly_cases_per_100k", value=90, reason="thử", officer=officer, set_at=evening, **area
    )
    district = world.units["980" if code == "98" else "970"]
    TriggerEpisode.objects.create(unit=district, level=2, begun_at=evening, **district.area.columns)
