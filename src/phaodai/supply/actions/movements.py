"""What is done with goods: received, issued, sent, counted, lost, returned. Each deed once, by its key."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.clock import local_day
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.supply.actions.movements_writing import (
    LARGEST,
    Goods,
    Step,
    batches_in,
    done_before,
    items_of,
    taken_out,
    write,
)
from phaodai.supply.actions.orders_receiving import note_received, order_of
from phaodai.supply.actions.stock_shared import seen_store, store_for
from phaodai.supply.models import Account, Movement, StockLevel

__all__ = ["Counted", "Goods", "count", "issue", "receive", "return_goods", "send_back", "transfer", "write_off"]


@dataclass(frozen=True)
class Counted:
    """How much of a batch somebody counted on the shelf."""

    batch_id: int
    quantity: Decimal


@transaction.atomic
def receive(
    *,
    actor: Actor,
    moment: datetime,
    store_id: int,
    goods: Sequence[Goods],
    key: UUID,
    origin: str = Movement.Origin.BOUGHT,
    about: str = "",
    paper: str = "",
    at: datetime | None = None,
    order_id: int | None = None,
) -> Movement:
    """Take goods in from outside: bought, given, from the tier above, or the opening balance.

    Refuses an unknown item, nothing, a missing or past expiry date (the opening balance may hold what has expired).
    """
    actor.require(Permission.SUPPLY_STOCK_WRITE)
    store = store_for(actor, store_id)
    if done := done_before(key):
        return done
    items, order = items_of(goods, store), order_of(actor, order_id, store)
    batches = batches_in(goods, items, local_day(at or moment), opening=origin == Movement.Origin.OPENING)
    steps = [
        Step(items[one.item_id], batch, one.quantity, Account.OUTSIDE, Account.STORE)
        for one, batch in zip(goods, batches, strict=True)
    ]
    movement = write(
        actor=actor, moment=moment, kind=Movement.Kind.RECEIPT, store=store, steps=steps, key=key, at=at, about=about,
        paper=paper, origin=origin, order=order,
    )  # fmt: skip
    note_received(order, steps, moment)
    return movement


@transaction.atomic
def issue(
    *,
    actor: Actor,
    moment: datetime,
    store_id: int,
    goods: Sequence[Goods],
    key: UUID,
    about: str,
    paper: str = "",
    at: datetime | None = None,
) -> Movement:
    """Give goods out for a named purpose; where no batch is named, what expires first goes first."""
    actor.require(Permission.SUPPLY_STOCK_WRITE)
    store = store_for(actor, store_id)
    if done := done_before(key):
        return done
    if not about.strip():
        raise Refusal(_("Say what the goods are for."), field="about")
    items = items_of(goods, store)
    steps = taken_out(goods, items, store, local_day(at or moment), usable=True)
    return write(
        actor=actor, moment=moment, kind=Movement.Kind.ISSUE, store=store, steps=steps, key=key, at=at, about=about,
        paper=paper,
    )  # fmt: skip


@transaction.atomic
def transfer(
    *,
    actor: Actor,
    moment: datetime,
    store_id: int,
    to_store_id: int,
    goods: Sequence[Goods],
    key: UUID,
    about: str = "",
    paper: str = "",
    order_id: int | None = None,
) -> Movement:
    """Send goods to another store of the province; they are on the way until it takes them in (`take_in`)."""
    actor.require(Permission.SUPPLY_STOCK_WRITE)
    store = store_for(actor, store_id)
    if done := done_before(key):
        return done
    if to_store_id == store.pk:
        raise Refusal(_("A store does not send goods to itself. Choose another store."), field="to_store")
    to_store = seen_store(actor, to_store_id)
    if to_store.closed_on is not None:
        raise Refusal(_("%(store)s is closed. Choose another store.") % {"store": to_store.name}, field="to_store")
    order = order_of(actor, order_id, to_store)
    steps = taken_out(goods, items_of(goods, store), store, local_day(moment), usable=True)
    steps = [replace(one, put_into=Account.ON_WAY) for one in steps]
    return write(
        actor=actor, moment=moment, kind=Movement.Kind.TRANSFER, store=store, steps=steps, key=key, about=about,
        paper=paper, to_store=to_store, order=order,
    )  # fmt: skip


@transaction.atomic
def write_off(
    *, actor: Actor, moment: datetime, store_id: int, goods: Sequence[Goods], key: UUID, reason: str, paper: str = ""
) -> Movement:
    """Take lost, broken or expired goods out of the books."""
    actor.require(Permission.SUPPLY_STOCK_WRITE)
    store = store_for(actor, store_id)
    if done := done_before(key):
        return done
    if not reason.strip():
        raise Refusal(_("Say what happened to the goods."), field="about")
    steps = taken_out(goods, items_of(goods, store), store, local_day(moment), usable=False)
    steps = [replace(one, put_into=Account.LOST) for one in steps]
    return write(
        actor=actor,
        moment=moment,
        kind=Movement.Kind.LOSS,
        store=store,
        steps=steps,
        key=key,
        about=reason,
        paper=paper,
    )


@transaction.atomic
def count(
    *, actor: Actor, moment: datetime, store_id: int, counted: Sequence[Counted], key: UUID, reason: str = ""
) -> Movement:
    """Set batches to what was counted on the shelf; a difference needs a reason. `detail` keeps booked and counted."""
    actor.require(Permission.SUPPLY_STOCK_WRITE)
    store = store_for(actor, store_id)
    if done := done_before(key):
        return done
    steps, detail = [], []
    levels = StockLevel.objects.filter(store=store).select_related("item", "batch")
    there = {level.batch_id: level for level in levels.filter(batch__in=[one.batch_id for one in counted])}
    for one in counted:
        level = there.get(one.batch_id)
        if level is None:
            raise Refusal(_("This batch never lay in %(store)s. Receive it first.") % {"store": store}, field="batch")
        if not 0 <= one.quantity <= LARGEST:
            raise Refusal(_("%(item)s: this cannot have been counted.") % {"item": level.item}, field="quantity")
        detail.append({"batch": one.batch_id, "booked": str(level.quantity), "counted": str(one.quantity)})
        steps += _difference(level, one.quantity)
    if not counted:
        raise Refusal(_("Nothing was counted. Write what lies on the shelf."), field="quantity")
    if steps and not reason.strip():
        raise Refusal(_("The count differs from the books. Say why."), field="about")
    return write(
        actor=actor,
        moment=moment,
        kind=Movement.Kind.COUNT,
        store=store,
        steps=steps,
        key=key,
        about=reason,
        detail=detail,
    )


def _difference(level: StockLevel, counted: Decimal) -> list[Step]:
    if counted == level.quantity:
        return []
    more = counted > level.quantity
    accounts = (Account.COUNTED, Account.STORE) if more else (Account.STORE, Account.COUNTED)
    return [Step(level.item, level.batch, abs(counted - level.quantity), *accounts)]


@transaction.atomic
def return_goods(
    *, actor: Actor, moment: datetime, store_id: int, goods: Sequence[Goods], key: UUID, about: str, paper: str = ""
) -> Movement:
    """Put unused goods back into the store that gave them out."""
    actor.require(Permission.SUPPLY_STOCK_WRITE)
    store = store_for(actor, store_id)
    if done := done_before(key):
        return done
    items = items_of(goods, store)
    if not about.strip():
        raise Refusal(_("Say who brings the goods back."), field="about")
    batches = batches_in(goods, items, local_day(moment))
    steps = [
        Step(items[one.item_id], batch, one.quantity, Account.USED, Account.STORE)
        for one, batch in zip(goods, batches, strict=True)
    ]
    return write(
        actor=actor,
        moment=moment,
        kind=Movement.Kind.RETURN,
        store=store,
        steps=steps,
        key=key,
        about=about,
        paper=paper,
    )


@transaction.atomic
def send_back(
    *, actor: Actor, moment: datetime, store_id: int, goods: Sequence[Goods], key: UUID, about: str, paper: str = ""
) -> Movement:
    """Give goods back to whoever sold, gave or lent them; also those whose days are over."""
    actor.require(Permission.SUPPLY_STOCK_WRITE)
    store = store_for(actor, store_id)
    if done := done_before(key):
        return done
    if not about.strip():
        raise Refusal(_("Say to whom the goods go back."), field="about")
    steps = taken_out(goods, items_of(goods, store), store, local_day(moment), usable=False)
    steps = [replace(one, put_into=Account.OUTSIDE) for one in steps]
    return write(
        actor=actor, moment=moment, kind=Movement.Kind.SENT_BACK, store=store, steps=steps, key=key, about=about,
        paper=paper,
    )  # fmt: skip


def movement_for(actor: Actor, movement_id: int) -> Movement:
    """A movement that the officer may see."""
    seen = Movement.objects.seen_by(actor).select_related("store", "to_store")
    found = seen.filter(pk=movement_id).first()
    if found is None:
        raise NotHere(_("There is no such movement that your post may see."))
    return found
