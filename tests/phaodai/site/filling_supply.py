"""Many rows of stock, so that its registers have something to page and count."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from phaodai.foundation.scope import Area
from tests.world import World

EVENING = datetime.fromisoformat("2021-11-23T17:00:00+07:00")


def _store() -> Any:
    from phaodai.supply.models import Store

    return Store.objects.get(name="Mốc kho Thuận Hòa")


def _items(count: int, world: World) -> list[Any]:
    from phaodai.supply.models import Item

    return Item.objects.bulk_create(
        Item(
            province_id=world.units["98"].pk, code=f"H{number:04}", name=f"Hàng {number:04}", unit="cái",
            sort_key=f"hang {number:04}", search_key=f"hang {number:04}",
        )
        for number in range(count)
    )  # fmt: skip


def _stores(count: int, world: World) -> None:
    from phaodai.supply.models import Store

    body = world.bodies["TTTH"]
    Store.objects.bulk_create(
        Store(
            name=f"Kho {number:04}", tier="district", organisation=body, sort_key=f"kho {number:04}",
            search_key=f"kho {number:04}", **body.area.columns,
        )
        for number in range(count)
    )  # fmt: skip


def _levels(count: int, world: World) -> None:
    from phaodai.supply.models import Batch, StockLevel

    store, items = _store(), _items(count, world)
    days = [date(2022, 1, 1) + timedelta(days=number) for number in range(count)]
    batches = Batch.objects.bulk_create(
        Batch(province_id=item.province_id, item=item, number="L1", expires_on=day)
        for item, day in zip(items, days, strict=True)
    )
    StockLevel.objects.bulk_create(
        StockLevel(
            store=store, batch=one, item=one.item, expires_on=one.expires_on, quantity=5, search_key=one.item.search_key,
            **Area.of(store).columns,
        )
        for one in batches
    )  # fmt: skip


def _movements(count: int, world: World) -> None:
    from phaodai.supply.models import Movement

    store = _store()
    Movement.objects.bulk_create(
        Movement(
            kind="issue", store=store, organisation_id=store.organisation_id, about=f"Tổ {number}", key=UUID(int=9000 + number),
            at=EVENING - timedelta(hours=number), written_at=EVENING, summary="Khẩu trang", search_key=f"to {number}",
            **Area.of(store).columns,
        )
        for number in range(count)
    )  # fmt: skip


def _orders(count: int, world: World) -> None:
    from phaodai.supply.models import Order

    store = _store()
    Order.objects.bulk_create(
        Order(
            store=store, organisation_id=store.organisation_id, reason=f"Đợt {number}", key=UUID(int=9000 + number),
            drafted_at=EVENING - timedelta(hours=number), search_key=f"dot {number}", **Area.of(store).columns,
        )
        for number in range(count)
    )  # fmt: skip


def _machines(count: int, world: World) -> None:
    from phaodai.supply.models import Equipment, Item

    store = _store()
    item = Item.objects.get(code="MTO2", province_id=store.province_id)
    Equipment.objects.bulk_create(
        Equipment(
            serial=f"S{number:04}", item=item, organisation=store.organisation, store=store, sort_key=f"may {number:04}",
            search_key=f"may {number:04}", **Area.of(store).columns,
        )
        for number in range(count)
    )  # fmt: skip


MAKERS: dict[str, Callable[[int, World], Any]] = {
    "mat-hang": _items,
    "kho": _stores,
    "ton-kho": _levels,
    "phieu-kho": _movements,
    "don-hang": _orders,
    "thiet-bi": _machines,
}
