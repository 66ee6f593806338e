"""Goods from a gift or from mutual aid on their way into a store: handed over, counted in by the keeper, or not taken."""

from datetime import date, datetime
from decimal import Decimal
from uuid import NAMESPACE_OID, UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor, Area
from phaodai.people.models import Organisation
from phaodai.supply.actions.funds import enter, own_fund
from phaodai.supply.actions.movements import Goods, receive
from phaodai.supply.models import AidLine, FundEntry, FundHolding, GoodsHandover, Item, Movement, Store

State = GoodsHandover.State


@transaction.atomic
def hand_over(
    *, actor: Actor, moment: datetime, key: UUID, holding_id: int, quantity: Decimal, store_id: int, decision: str
) -> GoodsHandover:
    """Give goods of the fund to a store. They leave the fund's book now, and enter the store's when its keeper counts them."""
    actor.require(Permission.SUPPLY_DONATION_WRITE)
    holding = _goods_of(actor, holding_id)
    known: GoodsHandover | None = GoodsHandover.objects.filter(entry__key=key).first()
    if known is not None:
        return known
    if quantity <= 0:
        raise Refusal(_("The quantity must be more than 0."), field="quantity")
    store = Store.objects.visible_to(actor).open().select_related("organisation").filter(pk=store_id).first()
    if store is None:
        raise Refusal(_("Choose the store that takes the goods."), field="store_id")
    entry = enter(
        holding, -quantity, actor=actor, moment=moment, on=moment.date(), key=key, purpose=FundEntry.Purpose.STORE,
        words=store.name, decision=decision.strip(),
    )  # fmt: skip
    return begin_handover(
        actor=actor, moment=moment, keeper=store.organisation, area=Area.of(holding), giver=holding.fund.name, entry=entry,
        item=holding.item, name=holding.name, unit=holding.unit, quantity=quantity, store=store,
    )  # fmt: skip


def _goods_of(actor: Actor, holding_id: int) -> FundHolding:
    rows = FundHolding.objects.visible_to(actor).filter(kind=FundHolding.Kind.GOODS)
    holding: FundHolding | None = rows.select_related("fund", "item").filter(pk=holding_id).first()
    if holding is None:
        raise NotHere(_("The fund holds no such goods that your post may see."))
    own_fund(actor, holding.fund_id)
    locked: FundHolding = rows.select_for_update(of=("self",)).select_related("fund", "item").get(pk=holding_id)
    return locked


def begin_handover(
    *, actor: Actor, moment: datetime, keeper: Organisation, area: Area, giver: str, quantity: Decimal, name: str,
    unit: str, item: Item | None, store: Store | None = None, entry: FundEntry | None = None,
    aid_line: AidLine | None = None,
) -> GoodsHandover:  # fmt: skip
    """Write that goods wait for the keeper of a store."""
    made: GoodsHandover = GoodsHandover.objects.create(
        entry=entry, aid_line=aid_line, keeper=keeper, item=item, name=name, unit=unit, quantity=quantity, giver=giver,
        store=store, made_at=moment, officer_id=actor.officer, **area.columns,
    )  # fmt: skip
    Fact.tell("supply:handover:made", subject=made, moment=moment, officer=actor.officer, keeper=keeper.pk)
    return made


@transaction.atomic
def take_into_store(
    *,
    actor: Actor,
    moment: datetime,
    handover_id: int,
    store_id: int,
    item_id: int | None = None,
    batch: str = "",
    expires_on: date | None = None,
) -> GoodsHandover:
    """Count the goods in: a receipt of the store, given by the fund or the partner. Refuses what the store's book refuses."""
    actor.require(Permission.SUPPLY_STOCK_WRITE)
    handover = _waiting(actor, handover_id)
    item = item_id or handover.item_id
    if item is None:
        raise Refusal(_("Say which item of the catalogue these goods are."), field="item_id")
    goods = Goods(item_id=item, quantity=handover.quantity, number=batch.strip(), expires_on=expires_on)
    movement = receive(
        actor=actor, moment=moment, store_id=store_id, goods=[goods], origin=Movement.Origin.GIVEN,
        key=uuid5(NAMESPACE_OID, f"supply handover {handover.pk}"), about=handover.giver,
    )  # fmt: skip
    handover.item_id, handover.store_id, handover.movement = item, store_id, movement
    return _settled(handover, State.TAKEN, actor, moment)


@transaction.atomic
def refuse_handover(*, actor: Actor, moment: datetime, handover_id: int, reason: str) -> GoodsHandover:
    """Send the goods back: broken, expired, not what was said. The giver's side then answers its line by a counter-entry."""
    actor.require(Permission.SUPPLY_STOCK_WRITE)
    handover = _waiting(actor, handover_id)
    if not reason.strip():
        raise Refusal(_("Say why the goods are not taken."), field="reason")
    handover.note = reason.strip()
    return _settled(handover, State.RETURNED, actor, moment)


def _waiting(actor: Actor, handover_id: int) -> GoodsHandover:
    rows = GoodsHandover.objects.visible_to(actor).select_for_update(of=("self",)).select_related("keeper")
    handover: GoodsHandover | None = rows.filter(pk=handover_id).first()
    if handover is None:
        raise NotHere(_("There are no such goods that your post may see."))
    inside = actor.reach == "area" and actor.area.holds(handover.keeper)
    if handover.keeper_id != actor.organisation and not inside:
        who = {"who": handover.keeper.name}
        raise NotAllowed(_("These goods are for %(who)s. Only its keeper counts them in.") % who)
    if handover.state != State.WAITING:
        raise Refusal(_("These goods were dealt with already: %(state)s.") % {"state": handover.get_state_display()})
    return handover


def _settled(handover: GoodsHandover, state: GoodsHandover.State, actor: Actor, moment: datetime) -> GoodsHandover:
    handover.state, handover.settled_at = state, moment
    handover.version += 1
    handover.save()
    Fact.tell(f"supply:handover:{state}", subject=handover, moment=moment, officer=actor.officer)
    return handover
