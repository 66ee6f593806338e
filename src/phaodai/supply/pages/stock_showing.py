"""How quantities, days left and expiry days are said, the same on every page of stock."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phaodai.foundation.components import State
from phaodai.foundation.formats import day as written_day
from phaodai.foundation.formats import number
from phaodai.foundation.registers.showing import language
from phaodai.supply.models import Movement, Order
from phaodai.supply.rules.stock import EXPIRING_WITHIN, days_left, is_expired

SOON = 7


def amount(quantity: Decimal, unit: str = "") -> str:
    """1.200 cái; 0,5 m³: no needless zeros."""
    whole = quantity == quantity.to_integral_value()
    written = number(int(quantity) if whole else quantity.normalize(), None, language())
    return f"{written} {unit}".strip()


def days_left_mark(stock: Decimal, used: Decimal) -> State | str:
    """How long stock lasts; a state of its own below a week."""
    days = days_left(stock, used)
    if days is None:
        return "–"
    words = ngettext("%(days)d day", "%(days)d days", days) % {"days": days}
    return State(words, "late", "warning") if days < SOON else words


def expiry_mark(expires_on: date | None, today: date) -> State | str:
    """The last day of a batch; marked where it is over or near."""
    if expires_on is None:
        return "–"
    words = written_day(expires_on, language())
    if is_expired(expires_on, today):
        return State(_("expired %(day)s") % {"day": words}, "late", "warning")
    return State(words, "late", "clock") if expires_on - today <= EXPIRING_WITHIN else words


def other_side(movement: Movement) -> str:
    """Whom a movement concerns besides its store: the other store, the giver, the purpose."""
    if movement.to_store_id is not None and movement.to_store is not None:
        return movement.to_store.name
    return movement.about


ORDER_MARKS = {
    Order.State.DRAFT: ("", "edit"),
    Order.State.APPROVED: ("act", "check"),
    Order.State.SENT: ("act", "send"),
    Order.State.PART: ("act", "download"),
    Order.State.CLOSED: ("", "check"),
    Order.State.DROPPED: ("", "close"),
}


def order_mark(order: Order) -> State:
    """How far an order has come."""
    kind, icon = ORDER_MARKS[Order.State(order.state)]
    return State(order.get_state_display(), kind, icon)  # type: ignore[arg-type]


def transit_mark(movement: Movement) -> Any:
    """Whether a transfer is still on the way."""
    if movement.kind != Movement.Kind.TRANSFER:
        return ""
    if movement.answered_at is not None:
        return _("answered")
    return State(_("on the way"), "act", "clock")
