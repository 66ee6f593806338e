"""What stores use, hold and expect, for many items at once: the figures behind days left and orders."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Sum

from phaodai.supply.models.equipment import Equipment
from phaodai.supply.models.items import Item
from phaodai.supply.models.movements import Account, MovementLine
from phaodai.supply.models.orders import OrderLine
from phaodai.supply.models.stores import Holding, StockLevel, Store
from phaodai.supply.rules.stock import USE_DAYS, Need

Key = tuple[int, int]
"""Row ids of a store and an item."""
NOTHING = Decimal(0)


def used_by(stores: Iterable[int], today: date, item: Item | None = None) -> dict[Key, Decimal]:
    """What went out to be used in the last `USE_DAYS` days, by store and item; today is the last of them."""
    out = MovementLine.objects.filter(store__in=list(stores), put_into=Account.USED)
    out = out if item is None else out.filter(item=item)
    rows = out.filter(day__gt=today - timedelta(days=USE_DAYS), day__lte=today)
    totals = rows.order_by().values_list("store_id", "item_id").annotate(total=Sum("quantity"))
    return {(store, item): total for store, item, total in totals}


def on_way_to(stores: Iterable[int]) -> dict[Key, Decimal]:
    """What was sent to stores and has not arrived, by store and item."""
    lines = MovementLine.objects.filter(movement__kind="transfer", movement__answered_at=None)
    rows = lines.filter(movement__to_store__in=list(stores), put_into=Account.ON_WAY)
    totals = rows.order_by().values_list("movement__to_store_id", "item_id").annotate(total=Sum("quantity"))
    return {(store, item): total for store, item, total in totals}


def ordered_by(stores: Iterable[int]) -> dict[Key, Decimal]:
    """What is still to come of approved orders, by store and item; a transfer for an order is counted as on the way."""
    listed = list(stores)
    coming = OrderLine.objects.still_coming(listed)
    sent = MovementLine.objects.filter(
        movement__kind="transfer", movement__answered_at=None, movement__to_store__in=listed
    )
    for store, item, total in (
        sent.exclude(movement__order=None)
        .order_by()
        .values_list("movement__to_store_id", "item_id")
        .annotate(total=Sum("quantity"))
    ):
        coming[store, item] = max(coming.get((store, item), NOTHING) - total, NOTHING)
    return coming


def needs_of(store: Store, today: date, planned: Mapping[int, Decimal]) -> dict[int, Need]:
    """The figures of every item that a store holds, uses, should hold or is planned to need, by item row id.

    Stock counts what may be given out today: expired goods serve nobody.
    """
    held = {one.item_id: one for one in Holding.objects.filter(store=store)}
    used = {item: some for (_store, item), some in used_by([store.pk], today).items()}
    coming = {item: some for (_store, item), some in on_way_to([store.pk]).items()}
    for (_store, item), some in ordered_by([store.pk]).items():
        coming[item] = coming.get(item, NOTHING) + some
    usable = usable_in(store, today)
    items = {*held, *used, *planned}
    leads = dict(Item.objects.filter(pk__in=items).values_list("pk", "lead_days"))
    return {
        item: Need(
            least=(held[item].least if item in held else None) or NOTHING,
            used=used.get(item, NOTHING),
            lead_days=lead,
            planned=planned.get(item, NOTHING),
            stock=usable.get(item, NOTHING),
            on_way=coming.get(item, NOTHING),
        )
        for item, lead in leads.items()
    }


def usable_in(store: Store, today: date) -> dict[int, Decimal]:
    """What may be given out of a store today, by item; of equipment, the things that serve or are in repair."""
    rows = StockLevel.objects.usable_on(today).filter(store=store).order_by().values_list("item_id")
    things = Equipment.objects.movable().filter(store=store).order_by().values_list("item_id")
    found = {item: Decimal(number) for item, number in things.annotate(number=Count("pk"))}
    return found | dict(rows.annotate(total=Sum("quantity")))
