"""An order as an official letter: drafted in the outgoing book, where it is read, signed and sent."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.command.actions.papers import draft_paper
from phaodai.command.models import OutgoingPaper
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import Actor
from phaodai.supply.actions.orders import order_for
from phaodai.supply.models import Order
from phaodai.supply.rules.order_paper import Ordered, annex_of, body_of, subject_of


@transaction.atomic
def draft_order_paper(*, actor: Actor, moment: datetime, order_id: int) -> OutgoingPaper:
    """Draft the letter that asks for the goods of an order, with the list as its annex."""
    actor.require(Permission.COMMAND_PAPER_DRAFT)
    order = order_for(actor, order_id)
    lines = [
        Ordered(one.item.name, one.item.unit, one.quantity, one.item.national_code or one.item.code)
        for one in order.lines.filter(quantity__gt=0).select_related("item").order_by("item__sort_key")
    ]
    if not lines or order.state == Order.State.DROPPED:
        raise Refusal(_("This order asks for nothing."))
    asked = order.asked_of.organisation if order.asked_of else None
    return draft_paper(
        actor=actor, moment=moment, kind=OutgoingPaper.Kind.LETTER, subject=subject_of(order.store.name),
        body=body_of(order.store.name, order.reason, order.wanted_on, len(lines)), annexes=[annex_of(lines)],
        addressed=[asked.pk] if asked else [],
    )  # fmt: skip
