"""Vaccination in three communes: a lot with a fridge, an open group, a list, a session and whoever is invited to it."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from tests.world import World

POINTS = (
    # mark, commune, run by, who is on the list
    ("Tân Lộc", "98001", "TYTL", "Mốc Lò Thị Tân"),
    ("Phú Khê", "98101", "UBXPK", "Mốc Lò Thị Phú"),
    ("Sơn Giang", "97001", "SYTSG", "Mốc Lò Thị Giang"),
)
DAY = date(2021, 11, 25)


def build_vaccination_plan(world: World, evening: datetime) -> None:
    """Each point with everything that Thursday's session needs; a fridge was too warm in the night."""
    from phaodai.foundation.scope import SYSTEM, entering

    with entering(SYSTEM):
        for number, (name, commune, body, person) in enumerate(POINTS, 1):
            unit, organisation = world.units[commune], world.bodies[body]
            store = _store(f"Mốc vắc xin {name}", organisation)
            lot = _lot(store, f"MOC-{commune}", evening, UUID(int=300 + number))
            _fridge(f"Mốc tủ lạnh {name}", store, lot, evening)
            _turn(unit, evening)
            entry = _listed(unit, organisation, f"Mốc danh sách {name}", person, evening)
            _session(f"Mốc buổi tiêm {name}", unit, store, lot, entry, evening)


def _keys(name: str) -> dict[str, str]:
    from phaodai.foundation.formats import fold, sort_key

    return {"sort_key": sort_key(name), "search_key": fold(name)}


def _store(name: str, organisation: Any) -> Any:
    from phaodai.supply.models import Store

    return Store.objects.create(
        name=name, tier="commune", organisation=organisation, **_keys(name), **organisation.area.columns
    )


def _lot(store: Any, number: str, evening: datetime, key: UUID) -> Any:
    from phaodai.foundation.scope import Area
    from phaodai.supply.models import Batch, Item, Movement, MovementLine
    from phaodai.vaccination.models import VaccineLot

    item = Item.objects.get_or_create(
        province_id=store.province_id, code="VX-AZ",
        defaults={"name": "Vắc xin AstraZeneca", "unit": "lọ", "kind": "vaccine", **_keys("Vắc xin AstraZeneca")},
    )[0]  # fmt: skip
    expires_on = date(2022, 1, 31)
    batch = Batch.objects.create(province_id=store.province_id, item=item, number=number, expires_on=expires_on)
    where = {"store": store, "organisation_id": store.organisation_id, **Area.of(store).columns}
    movement = Movement.objects.create(
        kind="receipt", origin="above", at=evening, written_at=evening, key=key, summary=f"{item.name} 30 lọ",
        search_key=store.search_key, **where,
    )  # fmt: skip
    MovementLine.objects.create(
        movement=movement, item=item, batch=batch, quantity=Decimal(30), taken_from="outside", put_into="store",
        day=evening.date(), **where,
    )  # fmt: skip
    return VaccineLot.objects.create(
        province_id=store.province_id, batch=batch, product="astrazeneca", number=number, expires_on=expires_on,
        doses_per_vial=10, **_keys(f"astrazeneca {number}"),
    )  # fmt: skip


def _fridge(name: str, store: Any, lot: Any, evening: datetime) -> None:
    from phaodai.foundation.scope import Area
    from phaodai.supply.models import Store
    from phaodai.vaccination.models import (
        Allotment,
        ColdChainLog,
        ColdPlace,
        ColdReading,
        Excursion,
        LotHold,
    )

    area = Area.of(store).columns
    place = ColdPlace.objects.create(
        name=name, kind="fridge", organisation=store.organisation, store=store, low=2, high=8,
        last_read_at=evening, last_celsius=5, **_keys(name), **area,
    )  # fmt: skip
    began = evening - timedelta(hours=14)
    ColdReading.objects.bulk_create(
        ColdReading(place=place, at=began + timedelta(minutes=20 * step), celsius=celsius, **area)
        for step, celsius in enumerate((5, 9, 11, 10, 6))
    )
    ColdChainLog.objects.create(
        place=place, name="nhat-ky.csv", sha256=f"{place.pk:064}", since=began, until=evening, readings=5,
        taken_in_at=evening, **area,
    )  # fmt: skip
    excursion = Excursion.objects.create(
        place=place, kind="warm", began_at=began, ended_at=began + timedelta(minutes=60), worst=11, low=2, high=8,
        found_at=evening, decision="use", reason="Dưới 12 °C, nhà sản xuất cho dùng", decided_at=evening, **area,
    )  # fmt: skip
    LotHold.objects.create(
        province_id=store.province_id, lot=lot, store=store, excursion=excursion, reason=name, held_at=evening,
        released_at=evening, outcome="use", release_reason="Nhà sản xuất cho dùng",
    )  # fmt: skip
    other = Store.objects.filter(province_id=store.province_id).exclude(pk=store.pk).first()
    if other:
        Allotment.objects.create(
            lot=lot, source=store, store=other, vials=2, proposed_at=evening, grounds={"waiting": 20}, **area
        )


def _turn(unit: Any, evening: datetime) -> None:
    from phaodai.vaccination.models import GroupTurn

    GroupTurn.objects.create(
        unit=unit, group="chronic-elderly", target=900, opens_on=evening.date() - timedelta(days=20), rank=9,
        document=f"Mốc KH tiêm {unit.name}", **unit.area.columns,
    )  # fmt: skip


def _listed(unit: Any, organisation: Any, name: str, person: str, evening: datetime) -> Any:
    from phaodai.vaccination.models import ListEntry, ListSource, PriorityList

    listed = PriorityList.objects.create(
        name=name, unit=unit, organisation=organisation, group="chronic-elderly", sha256=f"{unit.pk:064}", rows=1,
        reached=1, added=1, state="finished", received_at=evening, **unit.area.columns,
    )  # fmt: skip
    entry = ListEntry.objects.create(
        full_name=person, birth_date=date(1950, 5, 1), birth_year=1950, sex="F", group="chronic-elderly", rank=9,
        same_key=f"{person}|F|1950-05-01", organisation=organisation, phone="0912345678", state="invited",
        **_keys(person), **unit.area.columns,
    )  # fmt: skip
    ListSource.objects.create(entry=entry, priority_list=listed, row_number=2, group=listed.group)
    return entry


def _session(name: str, unit: Any, store: Any, lot: Any, entry: Any, evening: datetime) -> None:
    from phaodai.vaccination.models import Invitation, Session, SessionLot

    session = Session.objects.create(
        name=name, organisation=store.organisation, store=store, day=DAY, groups=["chronic-elderly"],
        product="astrazeneca", team="BS Lý Văn Phúc", **_keys(name), **unit.area.columns,
    )  # fmt: skip
    SessionLot.objects.create(session=session, lot=lot, brought=3)
    Invitation.objects.create(
        session=session, entry=entry, slot=time(7, 30), position=1, invited_at=evening, **unit.area.columns
    )
