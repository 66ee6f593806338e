"""A street of Tân Lộc: households of two, and records of visits as a phone writes them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from phaodai.foundation.formats import fold, sort_key
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.people.models import Household, Person
from phaodai.surveillance.models import Round, Team, TeamHousehold
from tests.story_screening import ROUNDS
from tests.world import World


@dataclass(frozen=True)
class Street:
    """Row ids: the households, who lives in each, one household of another commune, the round, the team."""

    homes: list[int]
    people: dict[int, list[int]]
    elsewhere: int
    round: int
    team: int

    def visit(self, home: int, at: datetime, state: str = "well") -> dict[str, Any]:
        """A record as the phone writes it down, with a key of its own."""
        found = [{"person": person, "state": state} for person in self.people[home]]
        return {"key": str(uuid4()), "round": self.round, "household": home, "at": at.isoformat(), "findings": found}


def street_of(world: World, count: int) -> Street:
    """So many households of Tân Lộc, in the care of Tổ 2."""
    hamlet = world.units["98001.1"]
    area = hamlet.area.columns
    with entering(SYSTEM):
        homes = Household.objects.bulk_create(
            Household(hamlet=hamlet, address=f"Số {number}, ngõ 4", **area) for number in range(2, count + 2)
        )
        persons = Person.objects.bulk_create(
            Person(
                full_name=name, birth_year=born, household=home, sort_key=sort_key(name), search_key=fold(name), **area
            )
            for home in homes
            for name, born in ((f"Vàng A Sử {home.address}", 1972), (f"Hoàng Thị Mai {home.address}", 1975))
        )
        team = Team.objects.get(name="Tổ 2")
        TeamHousehold.objects.bulk_create(
            TeamHousehold(team=team, household=home, position=place, **area) for place, home in enumerate(homes, 2)
        )
        people: dict[int, list[int]] = {home.pk: [] for home in homes}
        for person in persons:
            people[person.household_id or 0].append(person.pk)
        going = Round.objects.get(name=ROUNDS[0][0])
        elsewhere = Household.objects.exclude(commune_id=hamlet.commune_id).order_by("pk")[0]
    return Street([home.pk for home in homes], people, elsewhere.pk, going.pk, team.pk)
