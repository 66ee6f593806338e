"""The actions of stock, stores, orders and equipment. The store of Thuận Hòa is kept by the district's health centre."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.foundation.sheets import SheetRow
from phaodai.supply.actions import (
    equipment,
    items,
    movements,
    movements_answering,
    movements_writing,
    opening,
    orders,
    orders_papers,
    redeployment,
    stores,
)
from phaodai.supply.models import Equipment, Item, Movement, Order, Redeployment, StockLevel, Store
from tests.phaodai.site.action_rows.case import Case, Given
from tests.story import Story
from tests.world import World

HERE, MACHINE = "Mốc kho Thuận Hòa", "Mốc máy Thuận Hòa"
KEY = uuid5(UUID(int=0), "supply")
P = Permission
MODULES = (
    *("equipment", "items", "movements", "movements_answering", "movements_writing", "opening", "orders"),
    *("orders_papers", "orders_receiving", "redeployment", "stock_shared", "stores"),
)


def _there(find: Callable[[], dict[str, Any]], **more: Any) -> Given:
    def given(_world: World, _story: Story) -> dict[str, Any]:
        with entering(SYSTEM):
            return find() | more

    return given


def _store() -> Store:
    return Store.objects.get(name=HERE)


def _item(code: str) -> Item:
    return Item.objects.get(code=code, province_id=_store().province_id)


def _stock(**more: Any) -> Given:
    return _there(lambda: {"store_id": _store().pk, "key": KEY}, **more)


def _masks(**more: Any) -> Given:
    """Five masks of the batch that lies there."""
    goods = movements.Goods
    return _there(
        lambda: {"store_id": _store().pk, "key": KEY, "goods": [goods(_item("KT-YT").pk, Decimal(5))]}, **more
    )


def _kits() -> dict[str, Any]:
    goods = movements.Goods(_item("TEST-KN").pk, Decimal(5), number="K1", expires_on=date(2022, 6, 30))
    return {"store_id": _store().pk, "key": KEY, "goods": [goods]}


def _counted() -> dict[str, Any]:
    level = StockLevel.objects.get(store__name=HERE)
    return {"store_id": level.store_id, "key": KEY, "counted": [movements.Counted(level.batch_id, level.quantity)]}


def _movement(kind: str, **more: Any) -> Given:
    return _there(lambda: {"movement_id": Movement.objects.get(kind=kind, store__name=HERE).pk, "key": KEY}, **more)


def _to_tan_loc() -> dict[str, Any]:
    goods = [movements.Goods(_item("KT-YT").pk, Decimal(5))]
    to = Store.objects.get(name="Mốc kho Tân Lộc").pk
    return {"store_id": _store().pk, "to_store_id": to, "goods": goods, "key": KEY}


def _limits() -> dict[str, Any]:
    return {"store_id": _store().pk, "limits": {_item("TEST-KN").pk: (Decimal(10), None)}}


def _empty() -> dict[str, Any]:
    StockLevel.objects.filter(store__name=HERE).update(quantity=0)
    return {"store_id": _store().pk}


def _new_store() -> dict[str, Any]:
    return {"name": "Kho hai", "tier": "district", "organisation": _store().organisation}


def _need() -> dict[str, Any]:
    return {"store_id": _store().pk, "key": KEY, "planned": {_item("TEST-KN").pk: Decimal(40)}}


def _amended() -> dict[str, Any]:
    order = Order.objects.get(store__name=HERE)
    return {"order_id": order.pk, "version": order.version, "quantities": {_item("TEST-KN").pk: Decimal(300)}}


def _machine(**more: Any) -> Given:
    return _there(lambda: {"equipment_id": Equipment.objects.get(serial=MACHINE).pk}, **more)


def _new_machine() -> dict[str, Any]:
    return {"item": _item("MTO2"), "serial": "S2", "organisation": _store().organisation, "store": _store()}


def _on_the_way() -> dict[str, Any]:
    """It was sent to the station of Tân Lộc."""
    store = Store.objects.get(name="Mốc kho Tân Lộc")
    Equipment.objects.filter(serial=MACHINE).update(to_organisation_id=store.organisation_id)
    return {"equipment_id": Equipment.objects.get(serial=MACHINE).pk, "store_id": store.pk}


def _proposal() -> dict[str, Any]:
    row = Redeployment.objects.get(equipment__serial=MACHINE)
    return {"redeployment_id": row.pk, "accept": False, "reason": "Còn dùng"}


def _masks_item() -> dict[str, Any]:
    return {"pk": _item("KT-YT").pk, "version": 1}


def _known_store() -> dict[str, Any]:
    return {"pk": _store().pk, "version": 1}


def _order() -> dict[str, Any]:
    return {"order_id": Order.objects.get(store__name=HERE).pk}


def _known_machine() -> dict[str, Any]:
    return {"pk": Equipment.objects.get(serial=MACHINE).pk, "version": 1}


def _sent_machine() -> dict[str, Any]:
    to = Store.objects.get(name="Mốc kho Tân Lộc").pk
    return {"equipment_id": Equipment.objects.get(serial=MACHINE).pk, "to_store_id": to}


def _closed() -> dict[str, Any]:
    return {"closed": "Khu Thuận Hòa", "organisation_id": _store().organisation_id}


ROWS = [SheetRow(2, {"Mã mặt hàng": "TEST-KN", "Số lô": "K9", "Hạn dùng": "30/06/2022", "Số lượng": "1.200"})]
WRITE = (
    (movements.receive, _there(_kits)),
    (movements.issue, _masks(about="Tổ lấy mẫu")),
    (movements.transfer, _there(_to_tan_loc)),
    (movements.write_off, _masks(reason="Ẩm")),
    (movements.count, _there(_counted)),
    (movements.return_goods, _there(_kits, about="Tổ trả lại")),
    (movements.send_back, _masks(about="Bên bán")),
    (movements_answering.reverse, _movement("transfer", reason="Ghi nhầm")),
    (stores.set_limits, _there(_limits)),
    (opening.load_opening_balance, _there(lambda: {"store_id": _store().pk, "rows": ROWS, "sheet": "ton.xlsx"})),
)
CASES = (
    *(Case(action, P.SUPPLY_STOCK_WRITE, "dich", given, "khoa") for action, given in WRITE),
    Case(movements_answering.take_in, P.SUPPLY_STOCK_WRITE, "ngoc", _movement("transfer"), "khoa"),
    Case(items.add_item, P.SUPPLY_STORE_MANAGE, "dich", _there(lambda: {"code": "X1", "name": "Găng", "unit": "đôi"}), ""),
    Case(items.amend_item, P.SUPPLY_STORE_MANAGE, "dich", _there(_masks_item, lead_days=9), "giang"),
    Case(stores.open_store, P.SUPPLY_STORE_MANAGE, "dich", _there(_new_store), "khoa"),
    Case(stores.amend_store, P.SUPPLY_STORE_MANAGE, "dich", _there(_known_store, phone="0204"), "khoa"),
    Case(stores.close_store, P.SUPPLY_STORE_MANAGE, "dich", _there(_empty), "khoa"),
    Case(orders.propose_order, P.SUPPLY_ORDER_DRAFT, "dich", _there(_need), "khoa"),
    Case(orders.amend_order, P.SUPPLY_ORDER_DRAFT, "dich", _there(_amended), "khoa"),
    Case(orders.move_order, P.SUPPLY_ORDER_DECIDE, "dich", _there(_order, to="approved"), "khoa"),
    Case(orders_papers.draft_order_paper, P.COMMAND_PAPER_DRAFT, "dat", _there(_order), "khoa"),
    Case(equipment.register_equipment, P.SUPPLY_EQUIPMENT_WRITE, "dich", _there(_new_machine), "khoa"),
    Case(equipment.amend_equipment, P.SUPPLY_EQUIPMENT_WRITE, "dich", _there(_known_machine, where="Phòng 2"), "khoa"),
    Case(equipment.set_equipment_state, P.SUPPLY_EQUIPMENT_WRITE, "dich", _machine(state="repair"), "khoa"),
    Case(equipment.hand_over, P.SUPPLY_EQUIPMENT_WRITE, "dich", _there(_sent_machine), "khoa"),
    Case(equipment.take_over, P.SUPPLY_EQUIPMENT_WRITE, "ngoc", _there(_on_the_way), "khoa"),
    Case(redeployment.propose_redeployment, P.SUPPLY_EQUIPMENT_WRITE, "dich", _there(_closed), "khoa"),
    Case(redeployment.decide_redeployment, P.SUPPLY_ORDER_DECIDE, "dich", _there(_proposal), "khoa"),
)  # fmt: skip
# Written by the verbs above under their own check.
CLOCKWORK: set[Callable[..., Any]] = {equipment.send_thing, movements_writing.write}
