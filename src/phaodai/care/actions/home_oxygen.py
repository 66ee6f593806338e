"""Oxygen to the door: asked for, taken out of a store and delivered, taken back; a clock runs while it is awaited."""

from datetime import datetime, timedelta
from decimal import Decimal
from uuid import uuid4, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.care.actions.alarms import note_step
from phaodai.care.actions.home_finding import home_for, require_follow
from phaodai.care.models import AlarmStep, OxygenRequest
from phaodai.foundation.models import Fact
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor, Area
from phaodai.supply.actions.movements import issue, return_goods
from phaodai.supply.actions.movements_writing import Goods
from phaodai.supply.models import Item

WANTED_WITHIN = timedelta(minutes=60)
"""A working figure: how soon oxygen should stand at the door. No document that was read sets it."""
MOST_CYLINDERS = 4


@transaction.atomic
def ask_oxygen(
    *, actor: Actor, moment: datetime, home_care_id: int, quantity: int = 1, words: str = ""
) -> OxygenRequest:
    """Ask for oxygen at somebody's door; an open alarm of theirs is answered by it. Tells `care:oxygen:asked`."""
    require_follow(actor)
    care = home_for(actor, home_care_id)
    if not 1 <= quantity <= MOST_CYLINDERS:
        raise Refusal(_("Write how many cylinders: 1 to 4."), field="quantity")
    if care.oxygen.filter(state=OxygenRequest.State.ASKED).exists():
        raise Refusal(_("Oxygen was asked for already and is on its way."))
    alarm = care.alarms.waiting().first()
    wanted = OxygenRequest.objects.create(
        home_care=care,
        alarm=alarm,
        asked_at=moment,
        due_at=moment + WANTED_WITHIN,
        key=uuid4(),
        quantity=quantity,
        officer_id=actor.officer,
        words=words.strip()[:300],
        **Area.of(care).columns,
    )
    if alarm is not None:
        note_step(alarm, AlarmStep.What.OXYGEN, actor=actor, moment=moment, words=words)
    return _tell(wanted, "asked", actor, moment)


@transaction.atomic
def deliver_oxygen(
    *, actor: Actor, moment: datetime, request_id: int, store_id: int, item_id: int, words: str = ""
) -> OxygenRequest:
    """The cylinders stand at the door: taken out of the store in the same transaction. Tells `care:oxygen:delivered`."""
    wanted = _request_for(actor, request_id, OxygenRequest.State.ASKED)
    item = Item.objects.visible_to(actor).filter(pk=item_id, kind=Item.Kind.OXYGEN).first()
    if item is None:
        raise Refusal(_("Choose the kind of oxygen cylinder."), field="item")
    about = _("Oxygen to the door: %(who)s") % {"who": wanted.home_care.initials}
    goods = [Goods(item.pk, Decimal(wanted.quantity))]
    movement = issue(actor=actor, moment=moment, store_id=store_id, goods=goods, key=wanted.key, about=about)
    wanted.item, wanted.store_id = item, store_id
    wanted.batch = movement.lines.order_by("pk")[0].batch
    wanted.state, wanted.delivered_at = OxygenRequest.State.DELIVERED, moment
    return _keep(wanted, "delivered", words, actor, moment)


@transaction.atomic
def take_oxygen_back(*, actor: Actor, moment: datetime, request_id: int, words: str = "") -> OxygenRequest:
    """The cylinders come back to their store. Tells `care:oxygen:back`."""
    wanted = _request_for(actor, request_id, OxygenRequest.State.DELIVERED)
    assert wanted.item_id is not None, "delivered oxygen has an item"
    assert wanted.store_id is not None, "delivered oxygen has a store"
    goods = [Goods(wanted.item_id, Decimal(wanted.quantity), batch_id=wanted.batch_id)]
    about = _("Taken back from the door: %(who)s") % {"who": wanted.home_care.initials}
    key = uuid5(wanted.key, "back")
    return_goods(actor=actor, moment=moment, store_id=wanted.store_id, goods=goods, key=key, about=about)
    wanted.state, wanted.back_at = OxygenRequest.State.BACK, moment
    return _keep(wanted, "back", words, actor, moment)


@transaction.atomic
def cancel_oxygen(*, actor: Actor, moment: datetime, request_id: int, words: str) -> OxygenRequest:
    """Oxygen that was asked for is not needed any more; why, in a few words."""
    wanted = _request_for(actor, request_id, OxygenRequest.State.ASKED)
    if not words.strip():
        raise Refusal(_("Say why the oxygen is not needed any more."), field="words")
    wanted.state = OxygenRequest.State.CANCELLED
    return _keep(wanted, "cancelled", words, actor, moment)


def _request_for(actor: Actor, request_id: int, state: OxygenRequest.State) -> OxygenRequest:
    require_follow(actor)
    rows = OxygenRequest.objects.visible_to(actor).select_for_update(of=("self",)).select_related("home_care")
    wanted = rows.filter(pk=request_id).first()
    if wanted is None:
        raise NotHere(_("There is no such request for oxygen, or your post may not see it."))
    if wanted.state != state:
        raise Refusal(_("This oxygen is %(state)s already.") % {"state": wanted.get_state_display()})
    return wanted


def _keep(wanted: OxygenRequest, what: str, words: str, actor: Actor, moment: datetime) -> OxygenRequest:
    wanted.words = " · ".join(filter(None, [wanted.words, words.strip()]))[:300]
    wanted.version += 1
    wanted.save()
    return _tell(wanted, what, actor, moment)


def _tell(wanted: OxygenRequest, what: str, actor: Actor, moment: datetime) -> OxygenRequest:
    Fact.tell(f"care:oxygen:{what}", subject=wanted, moment=moment, officer=actor.officer)
    return wanted
