"""Weekly figures of the small world, as its stations would send them."""

from datetime import date, timedelta
from typing import Any

from phaodai.containment.models import WeeklyIndicator
from phaodai.foundation.scope import SYSTEM, entering
from tests.world import World

SUNDAY = date(2021, 11, 21)
"""The end of the last full week before the tests' morning."""
COMMUNES = ("98001", "98002", "98101", "98102")

# 10,000 people; two weeks of 10 cases are 100 per 100,000 a week.
COVERED = {
    "population": 10_000, "adults": 7_000, "adults_one_dose": 6_500,
    "elderly_from": 50, "elderly": 2_000, "elderly_full": 1_700, "treatment_plan": True,
}  # fmt: skip


def tell_weeks(
    world: World, code: str, cases: tuple[int, ...], *, ending: date = SUNDAY, **figures: Any
) -> list[WeeklyIndicator]:
    """Figures of the weeks up to `ending`, one for each number of cases, the last week last."""
    unit = world.units[code]
    rows = [
        WeeklyIndicator(
            unit=unit,
            code=code,
            week_ending=ending - timedelta(weeks=len(cases) - 1 - place),
            community_cases=count,
            province_id=unit.province_id,
            district_id=unit.district_id,
            commune_id=unit.commune_id,
            **(COVERED | figures),
        )
        for place, count in enumerate(cases)
    ]
    with entering(SYSTEM):
        return WeeklyIndicator.objects.bulk_create(rows)
