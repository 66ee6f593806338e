"""The screening of the small world: a round in Tân Lộc with one door done, one refused record, and rounds elsewhere."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from tests.story_surveillance import area_of
from tests.world import World

ROUNDS = (("Mốc rà soát Tân Lộc", "98001"), ("Mốc rà soát Phú Khê", "98101"), ("Mốc rà soát Sơn Giang", "97001"))
FIRST_KEY, REFUSED_KEY = UUID(int=1), UUID(int=2)


def build_screening(world: World, evening: datetime) -> None:
    """Tráng A Lộc coughs at the first door of Tân Lộc; somebody's phone sent a record that could not be taken."""
    from phaodai.foundation.formats import fold
    from phaodai.foundation.scope import SYSTEM, entering
    from phaodai.people.models import Person
    from phaodai.surveillance.models import Round, Team, TeamHousehold

    with entering(SYSTEM):
        for name, code in ROUNDS:
            Round.objects.create(
                name=name, starts_on=date(2021, 11, 23), ends_on=date(2021, 11, 27), questions=["fever", "cough"],
                search_key=fold(name), **_area(world.units[code]),
            )  # fmt: skip
        person, team = Person.objects.get(full_name="Tráng A Lộc"), Team.objects.get(name="Tổ 2")
        household = person.household
        assert household is not None, "every resident of the story lives somewhere"
        TeamHousehold.objects.create(team=team, household=household, position=1, **area_of(person))
        _visit(Round.objects.get(name=ROUNDS[0][0]), person, team, evening)
        _visit_elsewhere(Round.objects.get(name=ROUNDS[1][0]), Person.objects.get(full_name="Vừ Văn Khê"), evening)


def _visit_elsewhere(going: Any, person: Any, evening: datetime) -> None:
    from phaodai.surveillance.models import ScreeningRecord

    ScreeningRecord.objects.create(
        key=UUID(int=3), digest="0" * 64, round=going, household=person.household, at=evening, phone_at=evening,
        received_at=evening, source="online", device="may-2", standing="done", persons=1, absent=0, symptomatic=0,
        **area_of(person),
    )  # fmt: skip


def _area(unit: Any) -> dict[str, Any]:
    return unit.area.columns


def _visit(going: Any, person: Any, team: Any, evening: datetime) -> None:
    from phaodai.surveillance.models import RefusedVisit, ScreenedDoor, ScreeningFinding, ScreeningRecord, TestRequest

    area, at = area_of(person), evening - timedelta(hours=1)
    record = ScreeningRecord.objects.create(
        key=FIRST_KEY, digest="0" * 64, round=going, household=person.household, team=team, at=at, phone_at=at,
        received_at=evening, source="offline", device="may-1", standing="done", persons=1, absent=0, symptomatic=1, **area,
    )  # fmt: skip
    ScreeningFinding.objects.create(record=record, person=person, state="symptoms", symptoms="cough", **area)
    ScreenedDoor.objects.create(
        round=going, household=person.household, hamlet_id=person.household.hamlet_id, record=record, at=at,
        standing="done", **area,
    )  # fmt: skip
    TestRequest.objects.create(
        round=going, person=person, record=record, symptoms="cough", asked_at=evening, **area
    )  # fmt: skip
    RefusedVisit.objects.create(
        key=REFUSED_KEY, content={"key": str(REFUSED_KEY), "round": going.pk, "household": 0, "findings": []},
        reason="household", about="0", device="may-1", received_at=evening, **area,
    )  # fmt: skip
