"""A small town to trace in: people under roofs, places, a case, and what the tests record of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.scope import SYSTEM
from phaodai.surveillance.actions.visits import Stay, record_visits

MOMENT = datetime(2021, 11, 24, 6, 40, tzinfo=VIETNAM)
MONDAY = datetime(2021, 11, 22, tzinfo=VIETNAM)


@dataclass
class Town:
    """People and places by number, as rows."""

    province: Any
    commune: Any
    persons: list[Any]
    places: list[Any]

    @property
    def area(self) -> dict[str, Any]:
        return {f"{tier}_id": getattr(self.commune, f"{tier}_id") for tier in ("province", "district", "commune")}

    def case(self, person: int, **facts: Any) -> Any:
        from phaodai.surveillance.models import Case

        given = {"code": f"BM-{person}", "onset_on": date(2021, 11, 23), "positive_at": MOMENT} | facts
        return Case.objects.create(person=self.persons[person], **given, **self.area)

    def stay(self, person: int, place: int, start: datetime, minutes: int) -> Stay:
        return Stay(self.persons[person].pk, self.places[place].pk, start, minutes)

    def record(self, *stays: Stay, at: datetime = MOMENT) -> int:
        return record_visits(actor=SYSTEM, moment=at, province_id=self.province.pk, stays=stays)

    def numbers(self, ids: Sequence[int]) -> list[int]:
        """Row ids of persons as their numbers in the town."""
        return [[person.pk for person in self.persons].index(pk) for pk in ids]


def build_town(world: Any, households: Sequence[int | None], places: int = 3) -> Town:
    """One person for each entry, who lives under the roof of that number or nowhere known."""
    from phaodai.people.models import Household, Person
    from phaodai.territory.models import Place

    hamlet, province = world.units["98001.1"], world.units["98"]
    town = Town(province, hamlet, [], [])
    roofs = {
        number: Household.objects.create(hamlet=hamlet, address=f"Số {number}", **town.area)
        for number in dict.fromkeys(households)
        if number is not None
    }
    for number, roof in enumerate(households):
        household = None if roof is None else roofs[roof]
        key = f"nguoi {number}"
        town.persons.append(
            Person.objects.create(
                full_name=f"Người {number}", household=household, sort_key=key, search_key=key, **town.area
            )
        )
    for number in range(places):
        code = f"P{number}"
        town.places.append(
            Place.objects.create(code=code, name=f"Chợ {number}", sort_key=code, search_key=code, **town.area)
        )
    return town


def days_later(days: int, hours: float = 0) -> datetime:
    """After Monday, 22 November."""
    return MONDAY + timedelta(days=days, hours=hours)
