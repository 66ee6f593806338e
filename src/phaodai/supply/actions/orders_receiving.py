"""What of an order has come: told by receipts and arrivals, under their own check."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import Actor
from phaodai.supply.actions.movements_writing import Step
from phaodai.supply.models import Order, Store


def order_of(actor: Actor, order_id: int | None, store: Store) -> Order | None:
    """The order that a delivery answers: one of that very store, approved and not closed."""
    if order_id is None:
        return None
    order = Order.objects.visible_to(actor).filter(pk=order_id, store=store).first()
    if order is None:
        raise Refusal(_("This store has no such order."), field="order")
    if order.state not in Order.COMING:
        about = {"state": order.get_state_display()}
        raise Refusal(_("This order is %(state)s: nothing is received for it.") % about, field="order")
    return order


def note_received(order: Order | None, steps: Sequence[Step], moment: datetime) -> None:
    """Add what came to the lines of the order; close it once everything is there."""
    if order is None:
        return
    _add(order, steps, sign=1)
    full = all(line.received >= line.quantity for line in order.lines.all())
    order.state = Order.State.CLOSED if full else Order.State.PART
    order.closed_at = moment if full else None
    _keep(order)


def take_back_received(order: Order | None, steps: Sequence[Step]) -> None:
    """Take off again what a corrected receipt had added."""
    if order is None:
        return
    _add(order, steps, sign=-1)
    order.state, order.closed_at = Order.State.PART, None
    _keep(order)


def _add(order: Order, steps: Sequence[Step], *, sign: int) -> None:
    came: dict[int, Decimal] = {}
    for one in steps:
        came[one.item.pk] = came.get(one.item.pk, Decimal(0)) + sign * one.quantity
    for line in order.lines.select_for_update().filter(item__in=came):
        line.received += came[line.item_id]
        line.save(update_fields=["received"])


def _keep(order: Order) -> None:
    order.version += 1
    order.save()
