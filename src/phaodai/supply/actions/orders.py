"""Orders: drafted from the need of a store, mended, approved, sent, received and closed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.clock import local_day
from phaodai.foundation.formats import fold
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import Clash, NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor, Area
from phaodai.supply.actions.movements_writing import require_quantity
from phaodai.supply.actions.stock_shared import mine, seen_store, store_for
from phaodai.supply.models import Item, Order, OrderLine, Store
from phaodai.supply.models.needs import needs_of
from phaodai.supply.rules.stock import Need

LINES_AT_MOST = 500

# From which states an order is brought to which, and what is stamped.
STEPS: dict[str, tuple[frozenset[str], str]] = {
    Order.State.APPROVED: (frozenset({Order.State.DRAFT}), "approved_at"),
    Order.State.SENT: (frozenset({Order.State.APPROVED}), "sent_at"),
    Order.State.CLOSED: (frozenset({Order.State.SENT, Order.State.PART}), "closed_at"),
    Order.State.DROPPED: (frozenset({Order.State.DRAFT, Order.State.APPROVED, Order.State.SENT}), "closed_at"),
}


@transaction.atomic
def propose_order(
    *,
    actor: Actor,
    moment: datetime,
    store_id: int,
    key: UUID,
    planned: Mapping[int, Decimal] | None = None,
    only: Sequence[int] | None = None,
    reason: str = "",
    wanted_on: date | None = None,
    asked_of_id: int | None = None,
    supplier: str = "",
) -> Order:
    """Draft an order of what a store will miss.

    For each item max(least, use x days until an order arrives, `planned`) - in stock - on the way; `planned` is what a
    plan or a scenario needs, by item row id, in the item's unit. `only` leaves the rest out. Every line keeps its figures.
    Refuses where nothing is missing.
    """
    actor.require(Permission.SUPPLY_ORDER_DRAFT)
    store = store_for(actor, store_id)
    if done := Order.objects.filter(key=key).first():
        return done
    asked_of = _asked(actor, asked_of_id, store)
    missing = _missing(store, planned or {}, only, local_day(moment))
    if not missing:
        raise Refusal(_("Nothing is missing: what lies in %(store)s and comes is enough.") % {"store": store.name})
    order = Order.objects.create(
        store=store, organisation_id=store.organisation_id, asked_of=asked_of, key=key, reason=reason.strip()[:300],
        asked_of_organisation_id=asked_of.organisation_id if asked_of else None, supplier=supplier.strip()[:160],
        wanted_on=wanted_on or _by_lead(missing, moment), drafted_at=moment, drafted_by=actor.name,
        search_key=_search_key(store, reason, missing), **Area.of(store).columns,
    )  # fmt: skip
    OrderLine.objects.bulk_create(
        OrderLine(order=order, item=item, quantity=need.to_order, figures=_figures(need)) for item, need in missing
    )
    Fact.tell("supply:order:drafted", subject=order, moment=moment, officer=actor.officer)
    return order


def _asked(actor: Actor, asked_of_id: int | None, store: Store) -> Store | None:
    if asked_of_id is None:
        return None
    if asked_of_id == store.pk:
        raise Refusal(_("A store does not order from itself. Choose another store."), field="asked_of")
    return seen_store(actor, asked_of_id)


def _missing(
    store: Store, planned: Mapping[int, Decimal], only: Sequence[int] | None, today: date
) -> list[tuple[Item, Need]]:
    needs = needs_of(store, today, planned)
    items = Item.objects.filter(province_id=store.province_id).in_bulk(list(needs))
    unknown = [item for item in planned if item not in items]
    if unknown:
        raise Refusal(_("This item is not in the catalogue. Choose one from the list."), field="item")
    chosen = [(items[pk], need) for pk, need in needs.items() if pk in items and (only is None or pk in only)]
    missing = [(item, need) for item, need in chosen if need.to_order > 0]
    return sorted(missing, key=lambda one: one[0].sort_key)[:LINES_AT_MOST]


def _by_lead(missing: Sequence[tuple[Item, Need]], moment: datetime) -> date:
    return local_day(moment) + timedelta(days=min(item.lead_days for item, _need in missing))


def _figures(need: Need) -> dict[str, str | int]:
    words = {name: str(getattr(need, name)) for name in ("least", "used", "planned", "stock", "on_way", "for_lead")}
    return {**words, "lead_days": need.lead_days}


def _search_key(store: Store, reason: str, missing: Sequence[tuple[Item, Need]]) -> str:
    return fold(" ".join([store.search_key, reason, *(item.name for item, _need in missing[:20])]))[:900]


def order_for(actor: Actor, order_id: int, *, mine_only: bool = True) -> Order:
    """An order that the officer may see, locked; with `mine_only` one of a store they answer for."""
    seen = Order.objects.visible_to(actor).select_for_update(of=("self",), no_key=True)
    order = seen.select_related("store", "asked_of").filter(pk=order_id).first()
    if order is None:
        raise NotHere(_("There is no such order that your post may see."))
    if mine_only and not mine(actor, order):
        raise NotAllowed(_("This order belongs to another unit. You can send a request."))
    return order


@transaction.atomic
def amend_order(
    *,
    actor: Actor,
    moment: datetime,
    order_id: int,
    version: int,
    quantities: Mapping[int, Decimal],
    supplier: str | None = None,
    wanted_on: date | None = None,
) -> Order:
    """Change a draft: how much of each item (by row id; 0 takes the line out), from whom, by when."""
    actor.require(Permission.SUPPLY_ORDER_DRAFT)
    order = order_for(actor, order_id)
    if order.state != Order.State.DRAFT:
        raise Refusal(_("Only a draft is changed. Drop this order and draft another."))
    if order.version != version:
        raise Clash(
            _("Somebody changed this order meanwhile. Open it again."), by="", when=order.updated_at, differences=(),
            mine=frozenset(),
        )  # fmt: skip
    _set_quantities(order, quantities)
    order.supplier = order.supplier if supplier is None else supplier.strip()[:160]
    order.wanted_on = wanted_on or order.wanted_on
    order.version += 1
    order.save()
    Fact.tell("supply:order:amended", subject=order, moment=moment, officer=actor.officer)
    return order


def _set_quantities(order: Order, quantities: Mapping[int, Decimal]) -> None:
    items = Item.objects.filter(province_id=order.province_id).in_bulk(list(quantities))
    for item_id, quantity in quantities.items():
        if item_id not in items:
            raise Refusal(_("This item is not in the catalogue. Choose one from the list."), field="item")
        if quantity != 0:
            require_quantity(items[item_id], quantity)
        OrderLine.objects.update_or_create(order=order, item_id=item_id, defaults={"quantity": quantity})
    if not order.lines.filter(quantity__gt=0).exists():
        raise Refusal(_("An order asks for something. Drop it instead."), field="quantity")


@transaction.atomic
def move_order(*, actor: Actor, moment: datetime, order_id: int, to: str) -> Order:
    """Approve, send, close or drop an order. Approving needs the right to decide orders."""
    actor.require(Permission.SUPPLY_ORDER_DECIDE)
    order = order_for(actor, order_id)
    known = STEPS.get(to)
    if known is None:
        raise Refusal(_("There is no such step of an order."), field="to")
    before, stamp = known
    if order.state not in before:
        raise Refusal(_("This order is %(state)s already.") % {"state": order.get_state_display()})
    order.state = Order.State(to)
    setattr(order, stamp, moment)
    if to == Order.State.APPROVED:
        order.approved_by = actor.name
    order.version += 1
    order.save()
    Fact.tell(f"supply:order:{to}", subject=order, moment=moment, officer=actor.officer)
    return order
