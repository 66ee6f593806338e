"""Stock of the invented province: stores of the province, its districts and communes, two weeks of use, orders, machines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from demo import SEED
from demo.directives import at
from demo.streams import stream
from phaodai.foundation import clock
from phaodai.foundation.formats import fold, number, sort_key
from phaodai.foundation.scope import SYSTEM, Area, entering
from phaodai.people.models import Organisation
from phaodai.supply.actions.orders import move_order, propose_order
from phaodai.supply.actions.redeployment import propose_redeployment
from phaodai.supply.models import Batch, Equipment, EquipmentStep, Holding, Item, Movement, MovementLine, Store

KINDS = Item.Kind
# Code, name, unit, kind, days until an order arrives; batches with their last day; what a province's, a district's and a
# commune's store began with; what a district's and a commune's gives out on a day.
GOODS_TABLE = """
TEST-KN  | Bộ xét nghiệm nhanh kháng nguyên | bộ | kit | 7 | KN2108 2021-12-15, KN2110 2022-08-31 | 60000 6000 400 | 260 14
TEST-PCR | Bộ lấy mẫu và môi trường vận chuyển PCR | bộ | kit | 10 | VTM21 2022-05-31 | 20000 2500 60 | 90 2
KT-YT    | Khẩu trang y tế 4 lớp | cái | ppe | 5 | KT0921 2023-09-30 | 400000 30000 2500 | 900 60
KT-N95   | Khẩu trang N95 | cái | ppe | 10 | N95-07 2024-07-31 | 40000 3000 150 | 85 4
PH-C3    | Bộ trang phục phòng, chống dịch cấp 3 | bộ | ppe | 10 | C3-1021 2023-10-31 | 25000 1800 120 | 75 3
CLB-25   | Cloramin B 25% bột | kg | chemical | 7 | CB2020 2021-11-30, CB2021 2023-03-31 | 8000 700 60 | 22 1
DD-SK    | Dung dịch sát khuẩn tay 500 ml | chai | chemical | 5 | SK1021 2022-10-31 | 15000 1500 120 | 35 3
GOI-A    | Gói thuốc A điều trị tại nhà | gói | medicine | 5 | A1121 2022-11-30 | 9000 900 80 | 30 4
GOI-B    | Gói thuốc B điều trị tại nhà | gói | medicine | 7 | B1121 2022-11-30 | 3000 250 20 | 8 1
GOI-C    | Gói thuốc C điều trị tại nhà | gói | medicine | 10 | C1021 2022-04-30 | 2000 180 0 | 6 0
OXY-40   | Bình oxy 40 lít (6 m³) | bình | oxygen | 3 | | 400 60 4 | 3 0
VTM-C    | Vitamin tổng hợp | hộp | medicine | 5 | V0921 2023-09-30 | 6000 500 60 | 12 1
"""


@dataclass(frozen=True)
class Good:
    """One row of the table."""

    code: str
    name: str
    unit: str
    kind: str
    lead_days: int
    lots: tuple[tuple[str, date | None], ...]
    starts: tuple[int, ...]
    uses: tuple[int, ...]


def _good(row: str) -> Good:
    code, name, unit, kind, days, lots, starts, uses = (cell.strip() for cell in row.split("|"))
    known = [one.split() for one in lots.split(",") if one.strip()]
    dated = tuple((lot, date.fromisoformat(last)) for lot, last in known)
    numbers = (tuple(map(int, cell.split())) for cell in (starts, uses))
    return Good(code, name, unit, kind, int(days), dated or (("", None),), *numbers)


GOODS = tuple(_good(row) for row in GOODS_TABLE.strip().splitlines())
MACHINES = (
    ("MTO2-10", "Máy tạo oxy 10 lít/phút"),
    ("HFNC", "Máy thở oxy dòng cao HFNC"),
    ("SPO2", "Máy đo SpO2 kẹp ngón"),
)
GIVERS = (
    "Ủy ban Mặt trận Tổ quốc tỉnh",
    "Công ty May Đông Khê",
    "Hội đồng hương Bình Minh",
    "Nhóm thiện nguyện Áo Xanh",
)
LEAST_DAYS = 14
FIRST, LAST = 11, 23
CLOSED = "Chốt kiểm soát đèo Khau Lạc (đã rút)"


@dataclass
class Books:
    """Movements and their lines, gathered to be written as sets."""

    movements: list[Movement] = field(default_factory=list)
    lines: list[MovementLine] = field(default_factory=list)

    def write(self, kind: str, store: Store, when: datetime, goods: Sequence[tuple[Batch, int]], **more: Any) -> None:
        """One movement of `store`: batches with their quantities."""
        to_store: Store | None = more.get("to_store")
        columns = {
            "store": store, "organisation_id": store.organisation_id,
            "to_organisation_id": to_store.organisation_id if to_store else None, **Area.of(store).columns,
        }  # fmt: skip
        first = [f"{batch.item.name} {number(some)} {batch.item.unit}" for batch, some in goods[:2]]
        summary = "; ".join(first) + (f" +{len(goods) - 2}" if len(goods) > 2 else "")
        words = [
            store.search_key,
            more.get("about", ""),
            *(f"{batch.item.search_key} {batch.number}" for batch, _s in goods),
        ]
        movement = Movement(
            kind=kind, at=when, written_at=when, key=UUID(int=SEED * 10**9 + len(self.movements)), summary=summary[:300],
            search_key=fold(" ".join(words))[:900], officer_name="Thủ kho", **more, **columns,
        )  # fmt: skip
        self.movements.append(movement)
        accounts = {"receipt": ("outside", "store"), "issue": ("store", "used"), "transfer": ("store", "on_way")}[kind]
        self.lines += [
            MovementLine(
                movement=movement, item=batch.item, batch=batch, quantity=some, taken_from=accounts[0],
                put_into=accounts[1], day=when.date(), **columns,
            )
            for batch, some in goods
        ]  # fmt: skip

    def keep(self) -> None:
        """Write them: receipts first, so that nothing is given out before it came."""
        Movement.objects.bulk_create(self.movements)
        MovementLine.objects.bulk_create(self.lines)


def load_supply(now: datetime) -> None:
    """Stores, two weeks of receipts and issues up to the evening before `now`, what is on the way, orders, machines."""
    with clock.at(now), entering(SYSTEM, why="demo"):
        stores = _stores()
        province = stores[0].province_id
        batches = _catalogue(province)
        books = Books()
        for place, store in enumerate(stores):
            _fill(books, store, batches, place)
        _on_the_way(books, stores, batches)
        books.keep()
        _limits(stores, batches)
        _orders(stores, now)
        _machines(stores, province, now)


TIERS = (
    (Organisation.Kind.HEALTH_CENTRE, Store.Tier.DISTRICT),
    (Organisation.Kind.HEALTH_STATION, Store.Tier.COMMUNE),
)


def _stores() -> list[Store]:
    """The store of the disease control centre, then those of every district's centre and commune's station."""
    centre = Organisation.objects.get(code="98-CDC")
    bodies = Organisation.objects.filter(province_id=centre.province_id).exclude(pk=centre.pk).order_by("code")
    listed = [(centre, Store.Tier.PROVINCE), *((one, tier) for kind, tier in TIERS for one in bodies.filter(kind=kind))]
    known = set(Store.objects.values_list("organisation_id", flat=True))
    made = [_store(body, tier) for body, tier in listed if body.pk not in known]
    Store.objects.bulk_create(made)
    by_body = {one.organisation_id: one for one in Store.objects.select_related("organisation").order_by("-pk")}
    return [by_body[body.pk] for body, _tier in listed]


def _store(body: Organisation, tier: str) -> Store:
    name = f"Kho {body.short_name}"
    keys = {"sort_key": sort_key(name), "search_key": fold(f"{name} {body.short_name}")}
    return Store(name=name, tier=tier, organisation=body, phone=body.phone[:20], **keys, **body.area.columns)


def _catalogue(province: int) -> dict[str, list[Batch]]:
    """The items, each with its batches; items that another part of the province brought along stay as they are."""
    known = set(Item.objects.filter(province_id=province).values_list("code", flat=True))
    rows = [(one.code, one.name, one.unit, one.kind, one.lead_days, one.lots[0][1] is not None) for one in GOODS]
    rows += [(code, name, "máy", KINDS.EQUIPMENT, 30, False) for code, name in MACHINES]
    Item.objects.bulk_create(
        Item(
            province_id=province, code=code, name=name, unit=unit, kind=kind, lead_days=days, dated=dated,
            sort_key=sort_key(name), search_key=fold(f"{code} {name}"),
        )
        for code, name, unit, kind, days, dated in rows
        if code not in known
    )  # fmt: skip
    items = {one.code: one for one in Item.objects.filter(province_id=province)}
    made = {
        one.code: [
            Batch(province_id=province, item=items[one.code], number=lot, expires_on=last) for lot, last in one.lots
        ]
        for one in GOODS
    }
    Batch.objects.bulk_create([one for batches in made.values() for one in batches])
    return made


PLACE_OF = {Store.Tier.PROVINCE: 0, Store.Tier.DISTRICT: 1, Store.Tier.COMMUNE: 2}


def _fill(books: Books, store: Store, batches: dict[str, list[Batch]], place: int) -> None:
    """What a store began with, and what it gave out each day; the further an item is used up, the fewer days are left."""
    tier, chance = PLACE_OF[Store.Tier(store.tier)], stream(SEED, "supply", str(place))
    began: list[tuple[Batch, int]] = []
    given: dict[int, list[tuple[Batch, int]]] = {day: [] for day in range(FIRST, LAST + 1)}
    for good in GOODS:
        parts = _split(batches[good.code], int(good.starts[tier] * chance.uniform(0.7, 1.2)))
        began += [one for one in parts if one[1] > 0]
        left = {batch.number: some for batch, some in parts}
        for goods in given.values():
            asked = int(chance.poisson(good.uses[tier - 1])) if tier else 0
            goods.extend(_take(batches[good.code], left, asked))
    books.write("receipt", store, at(10, 8, 0), began, origin="opening", about="Tồn đầu kỳ")
    for day, goods in given.items():
        # A station writes its use up twice a week, a centre every day.
        if tier == 1 and goods:
            books.write("issue", store, at(day, 16, 30), goods, about="Các tổ lấy mẫu, truy vết, khu cách ly")
    if tier == 2:
        for first in range(FIRST, LAST, 4):
            goods = _together([one for day in range(first, min(first + 4, LAST + 1)) for one in given[day]])
            if goods:
                books.write(
                    "issue", store, at(min(first + 3, LAST), 17, 0), goods, about="Tổ COVID cộng đồng, F0 tại nhà"
                )


def _split(batches: list[Batch], start: int) -> list[tuple[Batch, int]]:
    """A tenth in the batch that expires first, the rest in the last."""
    if len(batches) == 1:
        return [(batches[0], start)]
    return [(batches[0], start // 10), (batches[1], start - start // 10)]


def _take(batches: list[Batch], left: dict[str, int], asked: int) -> Iterator[tuple[Batch, int]]:
    for batch in batches:
        some = min(asked, left[batch.number])
        if some > 0:
            left[batch.number] -= some
            asked -= some
            yield batch, some


def _together(goods: list[tuple[Batch, int]]) -> list[tuple[Batch, int]]:
    totals: dict[Batch, int] = {}
    for batch, some in goods:
        totals[batch] = totals.get(batch, 0) + some
    return list(totals.items())


def _named(stores: list[Store], words: str) -> Store:
    """The store of an organisation; in a small province the last one."""
    return next((one for one in stores if words in one.name), stores[-1])


def _on_the_way(books: Books, stores: list[Store], batches: dict[str, list[Batch]]) -> None:
    """From the province to Thuận Hòa since yesterday, from there to Tân Lộc since this morning."""
    centre, station = _named(stores[1:], "Thuận Hòa"), _named(stores, "Tân Lộc")
    sent = [(batches["TEST-KN"][-1], 2000), (batches["PH-C3"][0], 300)]
    books.write(
        "transfer", stores[0], at(23, 16, 0), sent, to_store=centre, about="Bổ sung cho ổ dịch Tân Lộc", paper="PX 118"
    )
    sent = [(batches["TEST-KN"][-1], 300), (batches["GOI-A"][0], 40)]
    books.write(
        "transfer", centre, at(24, 5, 50), sent, to_store=station, about="Xét nghiệm sàng lọc sáng 24/11", paper="PX 57"
    )


def _limits(stores: list[Store], batches: dict[str, list[Batch]]) -> None:
    """The least that should lie in each store: two weeks of its usual use."""
    uses = {batches[one.code][0].item_id: one.uses for one in GOODS}
    held = list(Holding.objects.filter(store__in=stores).select_related("store"))
    for one in held:
        tier = PLACE_OF[Store.Tier(one.store.tier)]
        usual = uses.get(one.item_id, (0, 0))[tier - 1] if tier else 0
        one.least = Decimal(usual * LEAST_DAYS) or None
        one.most = one.least * 6 if one.least else None
    Holding.objects.bulk_update([one for one in held if one.least], ["least", "most"], batch_size=2000)


def _orders(stores: list[Store], now: datetime) -> None:
    """A station's draft of this morning, and a centre's order that was approved and sent."""
    for words, key, reason in (
        ("Tân Lộc", 1, "Ổ dịch Tân Lộc"),
        ("TTYT huyện Thuận Hòa", 2, "Bảo đảm 4 tại chỗ tháng 12"),
    ):
        store = _named(stores, words)
        needed = {
            one.item_id: (one.least or Decimal(0)) * 3 for one in Holding.objects.filter(store=store, least__gt=0)
        }
        order = propose_order(
            actor=SYSTEM, moment=now, store_id=store.pk, key=UUID(int=SEED * 10**9 - key), planned=needed, reason=reason,
            asked_of_id=stores[0].pk if store != stores[0] else None,
        )  # fmt: skip
        if key == 2:
            for step in ("approved", "sent"):
                move_order(actor=SYSTEM, moment=now, order_id=order.pk, to=step)


def _machines(stores: list[Store], province: int, now: datetime) -> None:
    """Machines of the centres, bought or given; three stood at a checkpoint that was withdrawn."""
    items = {one.code: one for one in Item.objects.filter(province_id=province, kind=KINDS.EQUIPMENT)}
    kept = [one for one in stores if one.tier != Store.Tier.COMMUNE]
    made = [
        _machine(items[code], f"{code}-{place + 1:02}{serial:02}", store, place + serial)
        for place, store in enumerate(kept)
        for code, _name in MACHINES
        for serial in range(1, 4)
    ]
    for one in made[-3:]:
        one.where = CLOSED
    Equipment.objects.bulk_create(made)
    EquipmentStep.objects.bulk_create(
        EquipmentStep(
            equipment=one, at=at(12, 9, 0), what="registered", words=one.where or one.store.name if one.store else ""
        )
        for one in made
    )
    least = Holding(
        store=kept[1], item=items["MTO2-10"], least=Decimal(6), **Area.of(kept[1]).columns
    )  # fmt: skip
    Holding.objects.bulk_create([least])
    propose_redeployment(actor=SYSTEM, moment=now, closed=CLOSED, where=CLOSED)


def _machine(item: Item, serial: str, store: Store, turn: int) -> Equipment:
    given = turn % 3 == 0
    words = f"{item.search_key} {serial} {store.organisation.short_name} {store.name}"
    return Equipment(
        item=item, serial=serial, organisation=store.organisation, store=store, acquired_on=date(2021, 8, 20),
        origin="given" if given else "bought", given_by=GIVERS[turn % len(GIVERS)] if given else "",
        state="repair" if turn % 17 == 0 else "working", sort_key=sort_key(f"{item.name} {serial}"), search_key=fold(words),
        **Area.of(store).columns,
    )  # fmt: skip
