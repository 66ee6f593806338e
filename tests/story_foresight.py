"""What the small world counted by day in September, which serves no estimate of November any more, and old warnings."""

from datetime import date, datetime
from typing import Any

from tests.world import World

DAY = date(2021, 9, 4)


def build_foresight(world: World, evening: datetime) -> None:
    """A report from each of three communes, and a warning of three."""
    from phaodai.foresight.models import DailyCount, EarlyWarning
    from phaodai.foundation.scope import SYSTEM, entering

    def area(code: str) -> dict[str, Any]:
        return {"unit": world.units[code]} | world.units[code].area.columns

    with entering(SYSTEM):
        for code in ("98001", "98101", "97001"):
            DailyCount.objects.create(code=code, day=DAY, reported_on=DAY, cases=3, **area(code))
        for code in ("98101", "98102", "97001"):
            EarlyWarning.objects.create(
                day=DAY, cases=9, median=2, upper=6, forecast_on=date(2021, 8, 29), raised_at=evening, **area(code)
            )
