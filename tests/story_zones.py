"""Lockdown zones of the small world: one open and one proposed in each of three communes, with a gate and what hangs on it."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from tests.story_surveillance import area_of
from tests.world import World

OPENED = date(2021, 11, 20)


def build_zones(world: World, evening: datetime) -> None:
    """Zones of Tân Lộc, Phú Khê and of the other province."""
    from phaodai.foundation.scope import SYSTEM, entering

    with entering(SYSTEM):
        for code, name in (("98001.1", "Tân Lộc"), ("98101.1", "Phú Khê"), ("97001.1", "Sơn Giang")):
            _open_zone(world.units[code], name, evening)
            _zone(world.units[code], f"Mốc đề xuất {name}", "proposed", evening)


def _zone(hamlet: Any, name: str, state: str, evening: datetime) -> Any:
    from phaodai.containment.models import Zone, ZonePart, ZoneStep
    from phaodai.foundation.formats import fold, sort_key

    begun = None if state == "proposed" else OPENED
    zone = Zone.objects.create(
        name=name, state=state, proposed_at=evening - timedelta(days=4), opened_on=begun, sort_key=sort_key(name),
        planned_until=date(2021, 12, 5), households=1, people=1, by_hamlet=[[hamlet.pk, 1, 1]], search_key=fold(name),
        **area_of(hamlet),
    )  # fmt: skip
    ZonePart.objects.create(zone=zone, kind="hamlet", hamlet=hamlet, from_on=OPENED)
    ZoneStep.objects.create(zone=zone, kind="propose", on=OPENED, at=evening, reason="Ba ca trong một thôn")
    if begun:
        ZoneStep.objects.create(
            zone=zone, kind="decide", on=OPENED, at=evening, order_number="17/QĐ-UBND", order_on=OPENED, households=1,
            people=1,
        )  # fmt: skip
        ZoneStep.objects.create(zone=zone, kind="open", on=OPENED, at=evening, households=1, people=1)
    return zone


def _open_zone(hamlet: Any, name: str, evening: datetime) -> None:
    from phaodai.containment.models import Gate, GateDuty, GatePassage, HouseCheck, Need, Permit, ZoneHousehold
    from phaodai.people.models import Household

    zone, area = _zone(hamlet, f"Mốc vùng {name}", "open", evening), area_of(hamlet)
    home = Household.objects.get(hamlet=hamlet)
    ZoneHousehold.objects.create(zone=zone, household=home, from_on=OPENED, people=1, **area)
    gate = Gate.objects.create(
        zone=zone, name=f"Mốc chốt {name}", place="Đầu làng", in_charge=f"Mốc trưởng chốt {name}", **area
    )
    GateDuty.objects.create(
        gate=gate, name="Giàng A Dơ", phone="0912000111", starts_at=evening, ends_at=evening + timedelta(days=1), **area
    )
    permit = Permit.objects.create(
        zone=zone, holder=f"Mốc giấy đi đường {name}", plate="98A-123.45", purpose="food", search_key="moc 98a12345",
        valid_from=evening - timedelta(days=1), valid_until=evening + timedelta(days=5), **area,
    )  # fmt: skip
    GatePassage.objects.create(
        gate=gate, key=uuid5(NAMESPACE_URL, f"passage {name}"), direction="in", plate="98A-123.45", purpose="food",
        permit=permit, at=evening, recorded_at=evening, **area,
    )  # fmt: skip
    Need.objects.create(
        zone=zone, household=home, kind="medicine", what=f"Mốc thuốc {name}", due_on=date(2021, 11, 24),
        asked_at=evening, **area,
    )  # fmt: skip
    HouseCheck.objects.create(
        zone=zone, household=home, key=uuid5(NAMESPACE_URL, f"check {name}"), found="present", at=evening, recorded_at=evening,
        **area,
    )  # fmt: skip
