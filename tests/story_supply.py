"""Four stores of the small world: of a district's health centre, of two communes, of the other province."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from tests.world import World

STORES = (
    # name, tier, kept by, how many masks were received
    ("Mốc kho Thuận Hòa", "district", "TTTH", 5000),
    ("Mốc kho Tân Lộc", "commune", "TYTL", 200),
    ("Mốc kho Phú Khê", "commune", "UBXPK", 300),
    ("Mốc kho Sơn Giang", "province", "SYTSG", 400),
)
CATALOGUES = ("98", "97")


def build_supply(world: World, evening: datetime) -> None:
    """Each with masks in one batch, an order of kits and one machine; masks are on the way from the district to Tân Lộc."""
    from phaodai.foundation.scope import SYSTEM, entering

    with entering(SYSTEM):
        masks, kits, machines = ({code: _item(world, code, *one) for code in CATALOGUES} for one in ITEMS)
        for number, (name, tier, body, quantity) in enumerate(STORES, 1):
            province = "97" if body == "SYTSG" else "98"
            store = _store(world, name, tier, body)
            _receipt(store, masks[province], quantity, evening, UUID(int=number))
            _order(store, kits[province], evening, UUID(int=100 + number))
            _machine(store, machines[province], name.replace("kho", "máy"), evening)
        _send("Mốc kho Thuận Hòa", "Mốc kho Tân Lộc", evening, UUID(int=200))


ITEMS = (
    ("KT-YT", "Khẩu trang y tế", "cái", "ppe"),
    ("TEST-KN", "Bộ xét nghiệm nhanh kháng nguyên", "bộ", "kit"),
    ("MTO2", "Máy tạo oxy 10 lít", "máy", "equipment"),
)


def _item(world: World, province: str, code: str, name: str, unit: str, kind: str) -> Any:
    from phaodai.foundation.formats import fold, sort_key
    from phaodai.supply.models import Item

    name = name if province == "98" else f"Hàng Sơn Giang {code}"
    return Item.objects.create(
        province_id=world.units[province].pk, code=code, name=name, unit=unit, kind=kind,
        sort_key=sort_key(name), search_key=fold(f"{code} {name}"),
    )  # fmt: skip


def _store(world: World, name: str, tier: str, body: str) -> Any:
    from phaodai.foundation.formats import fold, sort_key
    from phaodai.supply.models import Store

    organisation = world.bodies[body]
    return Store.objects.create(
        name=name, tier=tier, organisation=organisation, sort_key=sort_key(name),
        search_key=fold(f"{name} {organisation.short_name}"), **organisation.area.columns,
    )  # fmt: skip


def _columns(store: Any) -> dict[str, Any]:
    from phaodai.foundation.scope import Area

    return {"store": store, "organisation_id": store.organisation_id, **Area.of(store).columns}


def _receipt(store: Any, item: Any, quantity: int, evening: datetime, key: UUID) -> None:
    from phaodai.supply.models import Batch, Holding, Movement, MovementLine

    batch = Batch.objects.get_or_create(
        province_id=item.province_id, item=item, number="M01", expires_on=date(2022, 6, 30)
    )[0]
    movement = Movement.objects.create(
        kind="receipt", origin="bought", about="Mốc nhập đầu đợt", at=evening, written_at=evening, key=key,
        summary=f"{item.name} {quantity} {item.unit}", search_key=f"{store.search_key} {item.search_key}",
        **_columns(store),
    )  # fmt: skip
    MovementLine.objects.create(
        movement=movement, item=item, batch=batch, quantity=Decimal(quantity), taken_from="outside",
        put_into="store", day=evening.date(), **_columns(store),
    )  # fmt: skip
    Holding.objects.filter(store=store, item=item).update(least=100)


def _send(sender: str, receiver: str, evening: datetime, key: UUID) -> None:
    from phaodai.supply.models import Movement, MovementLine, StockLevel, Store

    store, to_store = Store.objects.get(name=sender), Store.objects.get(name=receiver)
    level = StockLevel.objects.get(store=store)
    to = {"to_organisation_id": to_store.organisation_id}
    movement = Movement.objects.create(
        kind="transfer", to_store=to_store, about="Mốc điều chuyển", at=evening, written_at=evening, key=key,
        summary="Khẩu trang y tế 50 cái", search_key=f"{store.search_key} moc dieu chuyen", **to, **_columns(store),
    )  # fmt: skip
    MovementLine.objects.create(
        movement=movement, item_id=level.item_id, batch_id=level.batch_id, quantity=Decimal(50), taken_from="store",
        put_into="on_way", day=evening.date(), **to, **_columns(store),
    )  # fmt: skip


def _order(store: Any, item: Any, evening: datetime, key: UUID) -> None:
    from phaodai.supply.models import Order, OrderLine

    order = Order.objects.create(
        reason=f"Mốc đơn {store.name}", drafted_at=evening, key=key, search_key=f"{store.search_key} moc don",
        wanted_on=evening.date() + timedelta(days=7), **_columns(store),
    )  # fmt: skip
    OrderLine.objects.create(order=order, item=item, quantity=Decimal(500))


def _machine(store: Any, item: Any, name: str, evening: datetime) -> None:
    from phaodai.foundation.formats import fold, sort_key
    from phaodai.foundation.scope import Area
    from phaodai.supply.models import Equipment, EquipmentStep, Redeployment

    machine = Equipment.objects.create(
        serial=name, item=item, origin="given", given_by="Mặt trận Tổ quốc", organisation=store.organisation,
        store=store, acquired_on=evening.date(), sort_key=sort_key(name), search_key=fold(f"{item.name} {name}"),
        **Area.of(store).columns,
    )  # fmt: skip
    EquipmentStep.objects.create(equipment=machine, at=evening, what="registered", words=store.name)
    Redeployment.objects.create(
        equipment=machine, organisation_id=machine.organisation_id, closed="Mốc bệnh viện dã chiến",
        proposed_at=evening, **Area.of(store).columns,
    )  # fmt: skip
