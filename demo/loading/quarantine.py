"""Quarantine of the invented province: two sites, about a hundred stays by day of arrival, a positive room, stays at home."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from demo.directives import at
from phaodai.containment.actions.sites import add_rooms, count_meals, open_site
from phaodai.containment.actions.stays import Newcomer, admit
from phaodai.containment.actions.stays_home import raise_alarm, stay_at_home
from phaodai.containment.actions.stays_tests import record_result
from phaodai.containment.models import Site, Stay, StayTest
from phaodai.foundation import clock
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.people.models import Organisation, Person
from phaodai.surveillance.models import Contact
from phaodai.territory.models import Tier, Unit

SITES = (
    # name, commune, address, buildings with rooms, places in each
    ("Trường Quân sự địa phương", "Tân Lộc", "Thôn Thượng, xã Tân Lộc", {"Nhà A": 15, "Nhà B": 15}, 4),
    ("Ký túc xá Trường Cao đẳng nghề", "Hòa Xuân", "Xã Hòa Xuân", {"Nhà K1": 14}, 6),
)
GROUPS = ((10, 18), (11, 14), (15, 22), (18, 16), (21, 12), (23, 9))
"""The day of November on which a coach came to the first site, and how many were on it."""
ASKED_DAY = "Chưa có quy định đã đối chiếu cho người về từ vùng dịch; theo chỉ đạo của Ban Chỉ đạo tỉnh"
AT_HOME, ON_DUTY = 12, 4


def load_quarantine(units: Mapping[str, Unit], now: datetime) -> None:
    """Everything that stood in the books of both sites on the morning of `now`."""
    communes = {unit.bare_name: unit for unit in units.values() if unit.tier == Tier.COMMUNE}
    with clock.at(now), entering(SYSTEM, why="demo"):
        sites = [_open(communes[one[1]], one) for one in SITES]
        people = _residents(communes["Tân Lộc"])
        for day, count in GROUPS:
            _admit(sites[0], _next(people, count), "arrival", at(day, 9, 20))
        _admit(sites[0], _next(people, ON_DUTY), "staff", at(15, 7, 0))
        _at_home(communes["Tân Lộc"], now)
        _admit(sites[1], _contacts(communes["Hòa Xuân"], 24), "contact", at(23, 14, 5))
        _sample(sites[0], now)
        for site in sites:
            count_meals(
                actor=SYSTEM, moment=now, site_id=site.pk, day=now.date() - timedelta(days=1), served=_inside(site)
            )


def _open(commune: Unit, facts: tuple[str, str, str, dict[str, int], int]) -> Site:
    name, _commune, address, buildings, places = facts
    moment = at(8, 8, 0)
    station = Organisation.objects.filter(unit=commune, kind=Organisation.Kind.HEALTH_STATION).first()
    site = open_site(
        actor=SYSTEM, moment=moment, commune=commune, name=name, address=address, organisation=station,
        contact_name="Trực ban khu cách ly", phone="0204 3 868 115", opened_on=moment.date(),
    )  # fmt: skip
    for building, rooms in buildings.items():
        names = [f"{100 + number}" for number in range(1, rooms + 1)]
        add_rooms(actor=SYSTEM, moment=moment, site_id=site.pk, building=building, names=names, places=places)
    return site


def _residents(commune: Unit) -> list[int]:
    """Persons of the district whom no list of the outbreak names."""
    rows = Person.objects.filter(district_id=commune.district_id, contacts=None, cases=None, stays=None)
    return list(rows.order_by("-id").values_list("id", flat=True)[:150])


def _next(people: list[int], count: int) -> list[Newcomer]:
    """The next ones, or as many as are left in a small province."""
    taken, people[:count] = people[:count], []
    return [Newcomer(person) for person in taken]


def _contacts(commune: Unit, count: int) -> list[Newcomer]:
    """First-degree contacts of the outbreak who were told and are in no quarantine yet; else those followed."""
    rows = Contact.objects.filter(degree=1, commune_id=commune.pk, person__stays=None)
    rows = rows.filter(state__in=(Contact.State.LISTED, Contact.State.TOLD, Contact.State.FOLLOWED))
    found: dict[int, int] = {}
    for contact, person in rows.order_by("state", "-id").values_list("id", "person_id"):
        found.setdefault(person, contact)
    return [Newcomer(person, contact=contact) for person, contact in list(found.items())[:count]]


def _admit(site: Site, newcomers: Sequence[Newcomer], kind: str, moment: datetime) -> None:
    chosen: dict[str, Any] = {"days": 14, "reason": ASKED_DAY} if kind == "arrival" else {}
    if newcomers:
        admit(actor=SYSTEM, moment=moment, site_id=site.pk, newcomers=newcomers, kind=kind, since=moment, **chosen)


def _sample(site: Site, now: datetime) -> None:
    """Samples of past days are answered; of those whose days are over most are negative, and one was positive yesterday."""
    due = StayTest.objects.filter(stay__site=site, due_on__lt=now.date(), result="")
    due.update(taken_at=now - timedelta(days=1), result="negative", result_at=now - timedelta(hours=9))
    today = StayTest.objects.filter(stay__site=site, due_on=now.date())
    today.update(taken_at=now - timedelta(hours=2))
    ill = Stay.objects.filter(site=site, kind="arrival", day_zero=at(18, 0).date()).order_by("pk").first()
    if ill is not None:
        moment = now - timedelta(hours=1)
        record_result(
            actor=SYSTEM, moment=moment, stay_id=ill.pk, result="positive", taken_at=now - timedelta(hours=20)
        )


def _at_home(commune: Unit, now: datetime) -> None:
    """Contacts of the outbreak who have a room of their own; the grid shows them. One has alarm signs since dawn."""
    stays = [
        stay_at_home(
            actor=SYSTEM, moment=now - timedelta(days=1), newcomer=one, kind="contact", own_room=True,
            address=f"Số {place + 3}, thôn Thượng",
        )
        for place, one in enumerate(_contacts(commune, AT_HOME))
    ]  # fmt: skip
    if stays:
        moment = now - timedelta(minutes=50)
        raise_alarm(actor=SYSTEM, moment=moment, stay_id=stays[0].pk, signs=["breathlessness", "high fever"])


def _inside(site: Site) -> int:
    return Stay.objects.inside().filter(site=site).count()
