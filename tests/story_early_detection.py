"""Early detection in the small world: a count and an alarm in Tân Lộc, in Phú Khê and in the other province."""

from datetime import date, datetime
from typing import Any

from tests.story_surveillance import area_of
from tests.world import World

COMMUNES = ("98001", "98101", "97001")
ABOVE = date(2021, 11, 22)


def build_early_detection(world: World, evening: datetime) -> None:
    """Fourteen absent from school where three to five are usual, in each of the communes."""
    from phaodai.foundation.scope import SYSTEM, entering

    with entering(SYSTEM):
        for code in COMMUNES:
            _above(world.units[code], evening)


def _above(unit: Any, evening: datetime) -> None:
    from phaodai.surveillance.models import Alarm, Exceedance, SignalCount

    about = {"unit": unit, **area_of(unit)}
    SignalCount.objects.create(code=unit.code, day=ABOVE, source="schools", count=14, denominator=400, **about)
    alarm = Alarm.objects.create(first_day=ABOVE, last_day=ABOVE, raised_at=evening, **about)
    Exceedance.objects.create(
        alarm=alarm, source="schools", day=ABOVE, count=14, expected=4.0, limit=8.5, statistic=6.7, method="C2"
    )
