"""Three quarantine sites of the small world, with one person inside each: in two districts and in the other province."""

from datetime import date, datetime
from typing import Any

from tests.story_surveillance import area_of
from tests.world import World

INSIDE = (
    # site, commune, run by, who is inside
    ("Mốc khu cách ly Tân Lộc", "98001", "TYTL", "Giàng Thị Xuân"),
    ("Mốc khu cách ly Phú Khê", "98101", "UBXPK", "Vừ Văn Khê"),
    ("Mốc khu cách ly Giang Sơn", "97001", "SYTSG", "Lầu Thị Giang"),
)
CAME = date(2021, 11, 22)


def build_quarantine(world: World, evening: datetime) -> None:
    """Each with a building, a room of four and one contact who came on 22 November."""
    from phaodai.foundation.scope import SYSTEM, entering

    with entering(SYSTEM):
        for name, commune, body, person in INSIDE:
            _inside(_site(world, name, commune, body), person, evening)


def _site(world: World, name: str, commune: str, body: str) -> Any:
    from phaodai.containment.models import Building, MealDay, Room, Site
    from phaodai.foundation.formats import fold, sort_key
    from phaodai.territory.models import Place

    area = world.units[commune].area.columns
    keys = {"sort_key": sort_key(name), "search_key": fold(name)}
    place = Place.objects.create(code=f"KCL-{commune}", name=name, kind="quarantine", **keys, **area)
    site = Site.objects.create(
        place=place, name=name, organisation=world.bodies[body], opened_on=date(2021, 11, 1), **keys, **area
    )
    building = Building.objects.create(site=site, name="Nhà A")
    for room in ("A1", "A2"):
        Room.objects.create(site=site, building=building, name=room, places=4, **area)
    MealDay.objects.create(
        site=site, day=date(2021, 11, 23), served=1, written_at=datetime.fromisoformat("2021-11-23T19:00+07:00")
    )
    return site


def _inside(site: Any, name: str, evening: datetime) -> None:
    from phaodai.containment.models import (
        Cohort,
        Placement,
        SiteAlert,
        Stay,
        StayCheck,
        StayRuleChange,
        StayStep,
        StayTest,
    )
    from phaodai.foundation.formats import fold
    from phaodai.people.models import Person

    person, area = Person.objects.get(full_name=name), area_of(site)
    room = site.rooms.get(name="A1")
    contact = person.contacts.filter(state="followed").first()
    stay = Stay.objects.create(
        person=person, initials=person.masked, kind="contact", site=site, contact=contact, day_zero=CAME,
        admitted_at=datetime.fromisoformat("2021-11-22T09:00+07:00"), release_on=date(2021, 12, 6),
        monitor_until=date(2021, 12, 20), search_key=fold(f"{person.masked} {site.name}"), **area,
        decision={
            "outcome": {"isolate_days": 14, "monitor_days": 14, "test_days": [1, 7, 14]}, "status": "concluded",
            "document": "5599/BYT-MT", "version": "quarantine/contact@2021-07-14", "on": "2021-11-22",
        },
    )  # fmt: skip
    cohort = Cohort.objects.create(site=site, day=CAME)
    Placement.objects.create(
        stay=stay, site=site, room=room, cohort=cohort, place=1, places=room.places, since=stay.admitted_at, **area
    )
    StayStep.objects.create(stay=stay, what="admitted", at=stay.admitted_at)
    StayTest.objects.create(stay=stay, day_number=1, due_on=CAME)
    StayTest.objects.create(stay=stay, day_number=14, due_on=date(2021, 12, 5))
    StayCheck.objects.create(stay=stay, day=date(2021, 11, 23), state="well", temperature="36.6", seen_at=evening)
    SiteAlert.objects.create(
        site=site, room=site.rooms.get(name="A2"), stay=stay, raised_at=evening, closed_at=evening,
        what_followed="Đã chuyển người, khử khuẩn phòng.", **area,
    )  # fmt: skip
    StayRuleChange.objects.create(
        on=CAME, choice="old", basis="10696/BYT-MT", reason="Chưa có hướng dẫn", decided_at=evening, **area
    )


def more_sites(world: World, count: int) -> None:
    """Sites of Tân Lộc without rooms."""
    from phaodai.containment.models import Site
    from phaodai.territory.models import Place

    area = world.units["98001"].area.columns
    places = Place.objects.bulk_create(
        Place(code=f"THEM-{number}", name=f"Điểm {number}", kind="quarantine", **area) for number in range(count)
    )
    Site.objects.bulk_create(
        Site(
            place=place, name=place.name, organisation=world.bodies["UBTL"], opened_on=CAME, phone=f"0204 {number:06}",
            sort_key=f"diem {number:04}", search_key=f"diem {number}", **area,
        )
        for number, place in enumerate(places)
    )  # fmt: skip


def more_stays(world: World, count: int, evening: datetime) -> None:
    """Stays at home in Tân Lộc."""
    from datetime import timedelta

    from phaodai.containment.models import Stay
    from phaodai.people.models import Person

    area = world.units["98001"].area.columns
    persons = Person.objects.bulk_create(
        Person(full_name=f"Hà Văn {number}", birth_year=1970, sort_key=f"{number:04}", search_key=f"{number}", **area)
        for number in range(count)
    )
    Stay.objects.bulk_create(
        Stay(
            person=person, initials=person.masked, kind="contact", address="Thôn Thượng", day_zero=CAME,
            admitted_at=evening - timedelta(hours=number), search_key=f"h.v.{number}", **area,
        )
        for number, person in enumerate(persons)
    )  # fmt: skip
