"""When a field hospital, a quarantine site or a checkpoint closes: its equipment is proposed for where it is missed."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Count, F, Q, Sum
from django.utils.translation import gettext as _

from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor, Area
from phaodai.supply.actions.equipment import equipment_for, send_thing
from phaodai.supply.actions.stock_shared import mine, seen_store
from phaodai.supply.models import Equipment, Holding, OrderLine, Redeployment, Store
from phaodai.supply.rules.redeployment import Gap, Thing, send_to_gaps


@transaction.atomic
def propose_redeployment(
    *,
    actor: Actor,
    moment: datetime,
    closed: str,
    place_id: int | None = None,
    organisation_id: int | None = None,
    where: str = "",
) -> list[Redeployment]:
    """Propose a goal for every thing that stood at a place which closed; the open proposals, also those made before.

    Args:
        actor: the installation (by the playbook), or an officer with the right to write equipment.
        moment: when.
        closed: the name of what closed, as people read it.
        place_id: territory place that it stood in (a site, a field hospital).
        organisation_id: organisation whose things are all free, because it ended with the place.
        where: what stands in the thing's own words (a checkpoint has no place), of those in the officer's area.
    """
    actor.require(Permission.SUPPLY_EQUIPMENT_WRITE)
    things = list(_freed(actor, place_id, organisation_id, where))
    if any(not mine(actor, one) for one in things):
        raise NotAllowed(_("This equipment belongs to another unit. You can send a request."))
    proposed = set(Redeployment.objects.open().filter(equipment__in=things).values_list("equipment_id", flat=True))
    fresh = [one for one in things if one.pk not in proposed]
    for thing, store, gap in _goals(fresh):
        Redeployment.objects.create(
            equipment=thing, organisation_id=thing.organisation_id, closed=closed[:160], to_store=store,
            missing=gap.missing if gap else 0, why=gap.why if gap else "above", proposed_at=moment,
            **Area.of(thing).columns,
        )  # fmt: skip
    if fresh:
        Fact.tell(
            "supply:redeployment:proposed", subject=fresh[0], moment=moment, officer=actor.officer, closed=closed,
            things=len(fresh),
        )  # fmt: skip
    return list(Redeployment.objects.open().filter(equipment__in=things))


def _freed(actor: Actor, place_id: int | None, organisation_id: int | None, where: str) -> Sequence[Equipment]:
    asked = Q(pk=None)
    if place_id is not None:
        asked |= Q(place_id=place_id)
    if organisation_id is not None:
        asked |= Q(organisation_id=organisation_id)
    if where:
        asked |= Q(where=where)
    rows = Equipment.objects.visible_to(actor).movable().filter(asked, to_organisation_id=None)
    return list(rows.select_related("item", "organisation").order_by("item", "pk"))


def _goals(things: Sequence[Equipment]) -> list[tuple[Equipment, Store | None, Gap | None]]:
    """Where each thing goes: to a gap, else to the store above it."""
    if not things:
        return []
    by_id = {one.pk: one for one in things}
    goals = send_to_gaps([Thing(one.pk, one.item_id, one.district_id) for one in things], _gaps(things))
    stores = Store.objects.in_bulk([goal.gap.store for goal in goals if goal.gap])
    found = []
    for goal in goals:
        thing = by_id[goal.thing.id]
        store = stores[goal.gap.store] if goal.gap else _store_above(thing)
        found.append((thing, store, goal.gap))
    return found


def _gaps(things: Sequence[Equipment]) -> list[Gap]:
    """What stores of the province miss of these items: approved orders first, else the least that they should hold."""
    items, province = {one.item_id for one in things}, things[0].province_id
    homes = {one.store_id for one in things}
    ordered = OrderLine.objects.coming().filter(item__in=items, order__province_id=province)
    left = Sum(F("quantity") - F("received"))
    rows = ordered.order_by().values_list("order__store_id", "item_id", "order__district_id").annotate(left=left)
    gaps = {(store, item): Gap(store, item, district, some, "order") for store, item, district, some in rows}
    for held in Holding.objects.filter(item__in=items, province_id=province, least__gt=0):
        missing = (held.least or Decimal(0)) - _standing_at(held)
        if missing > 0:
            key = (held.store_id, held.item_id)
            gaps.setdefault(key, Gap(held.store_id, held.item_id, held.district_id, missing, "least"))
    return [one for one in gaps.values() if one.store not in homes]


def _standing_at(held: Holding) -> int:
    rows = Equipment.objects.movable().filter(store=held.store_id, item=held.item_id)
    return int(rows.aggregate(number=Count("pk"))["number"])


def _store_above(thing: Equipment) -> Store | None:
    """Where things without a goal are kept ready: the district's store, else the province's."""
    open_stores = Store.objects.open().filter(province_id=thing.province_id).exclude(pk=thing.store_id or 0)
    district = open_stores.filter(tier=Store.Tier.DISTRICT, district_id=thing.district_id)
    return district.order_by("pk").first() or open_stores.filter(tier=Store.Tier.PROVINCE).order_by("pk").first()


@transaction.atomic
def decide_redeployment(
    *,
    actor: Actor,
    moment: datetime,
    redeployment_id: int,
    accept: bool,
    to_store_id: int | None = None,
    reason: str = "",
) -> Redeployment:
    """Send the thing where it was proposed, or to another store; or let it stay, with a reason."""
    actor.require(Permission.SUPPLY_ORDER_DECIDE)
    seen = Redeployment.objects.visible_to(actor).select_for_update(of=("self",))
    proposal = seen.filter(pk=redeployment_id).first()
    if proposal is None:
        raise NotHere(_("There is no such proposal that your post may see."))
    if not mine(actor, proposal):
        raise NotAllowed(_("This equipment belongs to another unit. You can send a request."))
    if proposal.state != Redeployment.State.PROPOSED:
        raise Refusal(_("This was decided already."))
    if accept:
        _send(proposal, to_store_id, actor, moment)
    elif not reason.strip():
        raise Refusal(_("Say why it stays."), field="reason")
    proposal.state = Redeployment.State.ACCEPTED if accept else Redeployment.State.DECLINED
    proposal.decided_at, proposal.decided_by, proposal.reason = moment, actor.name, reason.strip()[:300]
    proposal.save()
    Fact.tell(f"supply:redeployment:{proposal.state}", subject=proposal, moment=moment, officer=actor.officer)
    return proposal


def _send(proposal: Redeployment, to_store_id: int | None, actor: Actor, moment: datetime) -> None:
    goal = to_store_id or proposal.to_store_id
    if goal is None:
        raise Refusal(_("Say to which store it goes."), field="to_store")
    store = seen_store(actor, goal)
    thing = equipment_for(actor, proposal.equipment_id)
    send_thing(thing, store, actor=actor, moment=moment, words=proposal.closed)
    proposal.to_store = store
