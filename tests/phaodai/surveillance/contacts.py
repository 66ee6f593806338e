"""Many contacts of one commune, in households of three, with their days: what a grid has to show."""

from datetime import date, timedelta
from typing import Any

from tests.story_surveillance import area_of
from tests.world import World

TODAY = date(2021, 11, 24)
FIRST = TODAY - timedelta(days=4)


def fill_contacts(world: World, count: int, *, unit: str = "98002.1", days: int = 4) -> list[int]:
    """`count` followed contacts of the first case in a hamlet of Hòa Xuân, each with `days` answers; their row ids.

    Every seventh has symptoms on the last day that was written, every ninth was not met.
    """
    from phaodai.foundation.scope import SYSTEM, entering
    from phaodai.surveillance.models import Case, Contact, Team

    hamlet = world.units[unit]
    with entering(SYSTEM):
        case = Case.objects.get(code="Mốc ca 1")
        teams = list(Team.objects.filter(commune_id=hamlet.commune_id))
        persons = _persons(hamlet, count)
        contacts = Contact.objects.bulk_create(
            Contact(
                case=case, person=person, via="household", place_words="Đám cưới thôn Hạ", state="followed",
                listed_at=case.positive_at, told_at=case.positive_at, quarantined_at=case.positive_at, follow_from=FIRST,
                follow_until=FIRST + timedelta(days=13), team=teams[0] if teams and number % 2 else None,
                test_days=[(FIRST + timedelta(days=day)).isoformat() for day in (0, 6, 13)], **area_of(hamlet),
            )
            for number, person in enumerate(persons)
        )  # fmt: skip
        _answers(contacts, days, case.positive_at)
        return [one.pk for one in contacts]


def _persons(hamlet: Any, count: int) -> list[Any]:
    from phaodai.foundation.formats import fold, sort_key
    from phaodai.people.models import Household, Person

    area = area_of(hamlet)
    homes = Household.objects.bulk_create(
        Household(hamlet=hamlet, address=f"Số {number}", **area) for number in range(1, count // 3 + 2)
    )
    names = [f"Giàng {'Thị' if number % 2 else 'A'} {'ABCDEGHKLM'[number % 10]}a" for number in range(count)]
    return Person.objects.bulk_create(
        Person(
            full_name=name, sex="F" if number % 2 else "M", birth_year=1940 + number % 70, household=homes[number // 3],
            sort_key=sort_key(name), search_key=fold(name), **area,
        )
        for number, name in enumerate(names)
    )  # fmt: skip


def _answers(contacts: list[Any], days: int, at: Any) -> None:
    from phaodai.surveillance.models import FollowUpDay

    FollowUpDay.objects.bulk_create(
        FollowUpDay(contact=contact, day=FIRST + timedelta(days=day), seen_at=at, **_answer(number, day == days - 1))
        for number, contact in enumerate(contacts)
        for day in range(days)
    )


def _answer(number: int, last: bool) -> dict[str, str]:
    if last and number % 7 == 3:
        return {"state": "symptoms", "symptoms": "cough, fever"}
    return {"state": "not_seen" if number % 9 == 4 else "well"}
