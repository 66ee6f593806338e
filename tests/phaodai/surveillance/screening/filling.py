"""Many rounds and many visits, so that their lists have something to page and count."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from phaodai.surveillance.models import Round, ScreeningRecord
from tests.phaodai.surveillance.screening.street import street_of
from tests.world import World

EVENING = datetime.fromisoformat("2021-11-23T17:00:00+07:00")
FIRST = date(2020, 1, 1)


def _area(world: World) -> dict[str, Any]:
    return world.units["98001"].area.columns


def fill_rounds(count: int, world: World) -> None:
    """`count` rounds of Tân Lộc, two days each."""
    Round.objects.bulk_create(
        Round(
            name=f"Vòng {number}", starts_on=FIRST + timedelta(days=2 * number), questions=["fever"],
            ends_on=FIRST + timedelta(days=2 * number + 1), search_key=f"vong {number}", **_area(world),
        )
        for number in range(1, count + 1)
    )  # fmt: skip


def fill_visits(count: int, world: World) -> None:
    """A visit at each of `count` households."""
    street = street_of(world, count)
    ScreeningRecord.objects.bulk_create(
        ScreeningRecord(
            key=uuid4(), digest="0" * 64, round_id=street.round, household_id=home, team_id=street.team,
            at=EVENING - timedelta(minutes=number), phone_at=EVENING, received_at=EVENING, source="offline",
            standing="done", persons=2, absent=0, symptomatic=0, **_area(world),
        )
        for number, home in enumerate(street.homes)
    )  # fmt: skip
