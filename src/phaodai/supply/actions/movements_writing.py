"""How a movement is written: its goods checked, its lines put down, the same key never twice. The verbs stand above."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from phaodai.foundation.clock import local_day
from phaodai.foundation.constraints import worded
from phaodai.foundation.formats import day as written_day
from phaodai.foundation.formats import fold, number
from phaodai.foundation.language import page_language
from phaodai.foundation.models import Fact
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import Actor, Area
from phaodai.supply.models import Account, Batch, Holding, Item, Movement, MovementLine, StockLevel, Store
from phaodai.supply.rules.stock import Available, first_expired_first, is_expired

LARGEST = Decimal(10) ** 9
LINES_AT_MOST = 5000


@dataclass(frozen=True)
class Goods:
    """Some of an item: of a known batch, of the one with that number and expiry date, or of whichever expires first."""

    item_id: int
    quantity: Decimal
    batch_id: int | None = None
    number: str = ""
    expires_on: date | None = None


@dataclass(frozen=True)
class Step:
    """One line to be: some of a batch from one account into another."""

    item: Item
    batch: Batch
    quantity: Decimal
    taken_from: Account
    put_into: Account


def done_before(key: UUID) -> Movement | None:
    """The movement that this key wrote already: a form sent twice, a telephone that tried again."""
    return Movement.objects.filter(key=key).first()


def items_of(goods: Sequence[Goods], store: Store) -> dict[int, Item]:
    """The items of goods, each named in words where it cannot be moved."""
    if not goods:
        raise Refusal(_("Write at least one item and how much of it."), field="item")
    if len(goods) > LINES_AT_MOST:
        raise Refusal(_("At most %(most)d lines at once.") % {"most": LINES_AT_MOST}, field="item")
    found = Item.objects.filter(province_id=store.province_id).in_bulk({one.item_id for one in goods})
    for one in goods:
        item = found.get(one.item_id)
        if item is None:
            raise Refusal(_("This item is not in the catalogue. Choose one from the list."), field="item")
        if item.kind == Item.Kind.EQUIPMENT:
            words = _("%(item)s is equipment: it is registered by its serial number, not counted.")
            raise Refusal(words % {"item": item.name}, field="item")
        require_quantity(item, one.quantity)
    return found


def require_quantity(item: Item, quantity: Decimal) -> None:
    """Refuse nothing, less than nothing, and more than any store holds."""
    if quantity <= 0:
        raise Refusal(_("%(item)s: the quantity is zero or less. Write how much.") % {"item": item}, field="quantity")
    if quantity > LARGEST:
        raise Refusal(_("%(item)s: this is too much to be right.") % {"item": item}, field="quantity")


def batches_in(goods: Sequence[Goods], items: dict[int, Item], day: date, *, opening: bool = False) -> list[Batch]:
    """The batch of each of the goods that come in; made where it is new. Refuses what came too late to be used."""
    for one in goods:
        if one.batch_id is None:
            _require_expiry(one, items[one.item_id], day, opening=opening)
    wanted = [_batch_key(one, items[one.item_id]) for one in goods]
    known = _batches(items)
    unnamed = {key for one, key in zip(goods, wanted, strict=True) if one.batch_id is None}
    new = {key: Batch(item=items[key[0]], number=key[1], expires_on=key[2]) for key in unnamed if key not in known}
    for batch in new.values():
        batch.province_id = batch.item.province_id
    if new:
        # Two stores may meet the same new batch at once: whoever is second finds it there.
        Batch.objects.bulk_create(new.values(), ignore_conflicts=True)
        known = _batches(items)
    return [
        known[key] if one.batch_id is None else _known_batch(one.batch_id, items[one.item_id])
        for one, key in zip(goods, wanted, strict=True)
    ]


BatchKey = tuple[int, str, date | None]


def _batch_key(one: Goods, item: Item) -> BatchKey:
    return item.pk, one.number.strip()[:60], one.expires_on if item.dated else None


def _batches(items: dict[int, Item]) -> dict[BatchKey, Batch]:
    found = Batch.objects.filter(item__in=items)
    return {(one.item_id, one.number, one.expires_on): one for one in found}


def _require_expiry(one: Goods, item: Item, day: date, *, opening: bool) -> None:
    if not item.dated:
        return
    if one.expires_on is None:
        raise Refusal(_("%(item)s: write the expiry date of the batch.") % {"item": item}, field="expires_on")
    if is_expired(one.expires_on, day) and not opening:
        raise Refusal(expired_words(item, one.number, one.expires_on), field="expires_on")


def _known_batch(batch_id: int, item: Item) -> Batch:
    batch = Batch.objects.filter(pk=batch_id, item=item).first()
    if batch is None:
        raise Refusal(_("This batch is not of %(item)s. Choose it again.") % {"item": item}, field="batch")
    return batch


def expired_words(item: Item, batch: str, expires_on: date | None) -> str:
    """What is said of a batch whose days are over."""
    day = written_day(expires_on, page_language()) if expires_on else ""
    about = {"batch": batch or "–", "item": item.name, "day": day}
    return _("Batch %(batch)s of %(item)s expired on %(day)s. It is not given out; write it off.") % about


def taken_out(goods: Sequence[Goods], items: dict[int, Item], store: Store, day: date, *, usable: bool) -> list[Step]:
    """Lines that take goods out of a store, into `USED` until the verb says where. Refuses what is not there.

    `usable` refuses batches whose days are over, and passes them by where no batch was named.
    """
    there = _balances(store, {one.item_id for one in goods})
    steps = []
    for one in goods:
        item, levels = items[one.item_id], there.get(one.item_id, [])
        if one.batch_id is not None:
            levels = [level for level in levels if level.batch_id == one.batch_id]
            if usable and levels and is_expired(levels[0].expires_on, day):
                raise Refusal(expired_words(item, levels[0].batch.number, levels[0].expires_on), field="batch")
        fit = [level for level in levels if not (usable and is_expired(level.expires_on, day))]
        batches, missing = first_expired_first(
            one.quantity, [Available(level.batch_id, level.expires_on, level.quantity) for level in fit]
        )
        if missing > 0:
            raise Refusal(_short_words(item, store, fit, one.quantity), field="quantity")
        for batch_id, quantity in batches:
            level = next(level for level in levels if level.batch_id == batch_id)
            level.quantity -= quantity
            steps.append(Step(item, level.batch, quantity, Account.STORE, Account.USED))
    return steps


def _balances(store: Store, items: set[int]) -> dict[int, list[StockLevel]]:
    """The batches of a store by item; what one line takes, the next finds gone."""
    levels = StockLevel.objects.there().filter(store=store, item__in=items).select_related("batch")
    found: dict[int, list[StockLevel]] = {}
    for level in levels:
        found.setdefault(level.item_id, []).append(level)
    return found


def _short_words(item: Item, store: Store, fit: Iterable[StockLevel], asked: Decimal) -> str:
    there = sum((level.quantity for level in fit), Decimal(0))
    about = {"store": store.name, "item": item.name, "unit": item.unit}
    amounts = {"there": plain(there), "asked": plain(asked)}
    words = _("%(store)s holds %(there)s %(unit)s of %(item)s that may be given out; %(asked)s were asked.")
    return words % (about | amounts)


def plain(quantity: Decimal) -> str:
    """A quantity without needless zeros: 1.200 or 0,5."""
    return number(
        quantity.normalize() if quantity != quantity.to_integral_value() else int(quantity), None, page_language()
    )


def write(
    *,
    actor: Actor,
    moment: datetime,
    kind: Movement.Kind,
    store: Store,
    steps: Sequence[Step],
    key: UUID,
    at: datetime | None = None,
    about: str = "",
    paper: str = "",
    **more: Any,
) -> Movement:
    """Put one movement and its lines down; balances follow by trigger, and refuse to become negative."""
    happened = at or moment
    if happened > moment:
        raise Refusal(_("This time has not come yet. Correct the day."), field="at")
    to_store: Store | None = more.get("to_store")
    columns = {
        "store": store,
        "organisation_id": store.organisation_id,
        "to_organisation_id": to_store.organisation_id if to_store else None,
        **Area.of(store).columns,
    }
    movement = Movement(
        kind=kind, key=key, at=happened, written_at=moment, about=about.strip()[:300], **columns, **more
    )
    movement.paper, movement.summary = paper.strip()[:60], _summary(steps)
    movement.officer_id, movement.officer_name = actor.officer, actor.name
    movement.search_key = _search_key(movement, steps)
    lines = [
        MovementLine(
            movement=movement, item=one.item, batch=one.batch, quantity=one.quantity, taken_from=one.taken_from,
            put_into=one.put_into, day=local_day(happened), **columns,
        )
        for one in steps
    ]  # fmt: skip
    with worded():
        movement.save()
        MovementLine.objects.bulk_create(lines)
    _tell(movement, steps, actor, moment)
    return movement


def _summary(steps: Sequence[Step]) -> str:
    if not steps:
        return ""
    totals: dict[Item, Decimal] = {}
    for one in steps:
        totals[one.item] = totals.get(one.item, Decimal(0)) + one.quantity
    first = [
        f"{item.name} {number(quantity.normalize() + 0)} {item.unit}" for item, quantity in list(totals.items())[:2]
    ]
    more = f" +{len(totals) - 2}" if len(totals) > 2 else ""
    return ("; ".join(first))[:290] + more


def _search_key(movement: Movement, steps: Sequence[Step]) -> str:
    goods = dict.fromkeys(f"{one.item.search_key} {one.batch.number}" for one in steps[:20])
    to = movement.to_store.search_key if movement.to_store else ""
    return fold(" ".join([movement.store.search_key, to, movement.about, movement.paper, *goods]))[:900]


def _tell(movement: Movement, steps: Sequence[Step], actor: Actor, moment: datetime) -> None:
    """What was done; and, where an item just fell below its least, that it is short."""
    kind = movement.kind.replace("_", "-")
    Fact.tell(f"supply:stock:{kind}", subject=movement, moment=moment, officer=actor.officer)
    taken: dict[int, Decimal] = {}
    for one in steps:
        if one.taken_from == Account.STORE:
            taken[one.item.pk] = taken.get(one.item.pk, Decimal(0)) + one.quantity
    low = Holding.objects.under_least().filter(store=movement.store, item__in=taken)
    fallen = [
        holding.item_id
        for holding in low
        if holding.least is not None and holding.quantity + taken[holding.item_id] >= holding.least
    ]
    if fallen:
        Fact.tell("supply:stock:short", subject=movement, moment=moment, officer=actor.officer, items=fallen)
