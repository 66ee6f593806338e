"""What follows for stores, drills and mutual aid: what runs short is ordered, what a drill found is put right, help thanked."""

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from phaodai.command.models import Task
from phaodai.foundation.clock import local_day
from phaodai.foundation.scope import Actor
from phaodai.supply.actions.aid_papers import thank_for_aid
from phaodai.supply.actions.drills_tasks import ask_units, owed_after
from phaodai.supply.actions.orders import propose_order
from phaodai.supply.models import AidRequest, Holding, Movement, Order, OrderLine, ReadinessDrill, Store
from phaodai.supply.models.needs import needs_of


def short_store(subject_id: int) -> Store | None:
    """The store whose item fell below its least by this movement, while it is still missing: neither there, nor on the way,
    nor in an order that somebody drafted."""
    movement = Movement.objects.filter(pk=subject_id).select_related("store").first()
    if movement is None or movement.store.closed_on is not None:
        return None
    low = Holding.objects.under_least().filter(store=movement.store, item__in=movement.lines.values("item"))
    needs = needs_of(movement.store, local_day(movement.at), {})
    missing = low.filter(item__in=[item for item, need in needs.items() if need.to_order > 0])
    ordered = OrderLine.objects.filter(order__in=Order.objects.open().filter(store=movement.store), quantity__gt=0)
    return movement.store if missing.exclude(item__in=ordered.values("item")).exists() else None


def order_short(*, actor: Actor, moment: datetime, subject_id: int) -> Order:
    """Draft an order of all that the store will miss; it is checked, approved and sent by people."""
    movement = Movement.objects.get(pk=subject_id)
    key = uuid5(NAMESPACE_URL, f"short:{movement.key}")
    return propose_order(actor=actor, moment=moment, store_id=movement.store_id, key=key)


def with_differences(subject_id: int) -> ReadinessDrill | None:
    """A drill after which some unit owes an answer, or the reason why its books and shelves lie apart."""
    drill: ReadinessDrill | None = ReadinessDrill.objects.filter(pk=subject_id).first()
    return drill if drill is not None and next(owed_after(drill), None) else None


def put_right(*, actor: Actor, moment: datetime, subject_id: int) -> list[Task]:
    """Each such unit gets its task."""
    return ask_units(actor=actor, moment=moment, drill_id=subject_id)


def unthanked(subject_id: int) -> AidRequest | None:
    """Help that reached us and was not thanked for."""
    found: AidRequest | None = AidRequest.objects.filter(pk=subject_id).unthanked().first()
    return found


def thank(*, actor: Actor, moment: datetime, subject_id: int) -> AidRequest:
    """Draft the letter of thanks in the outgoing book; people read and sign it."""
    return thank_for_aid(actor=actor, moment=moment, aid_id=subject_id)
