"""Vials shared out among the stores by the rule, decided by a person, sent as transfers of the store."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Count, F, Q, Sum
from django.utils.translation import gettext as _

from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor, Area
from phaodai.supply.actions.movements import Goods, transfer
from phaodai.supply.actions.stock_shared import mine, seen_store
from phaodai.supply.models import StockLevel, Store
from phaodai.vaccination.actions.cold_levels import free_in
from phaodai.vaccination.actions.cold_lines import take_with
from phaodai.vaccination.actions.lots import lot_for
from phaodai.vaccination.models import Allotment, ListEntry, LotHold, VaccineLot
from phaodai.vaccination.rules.lots_allotting import Need, shares

_NAMESPACE = UUID("5b1f6a1e-8c0f-4a3e-9a53-6b1c4c2f7d10")
_BELOW = {Store.Tier.PROVINCE: Store.Tier.DISTRICT, Store.Tier.DISTRICT: Store.Tier.COMMUNE}


@transaction.atomic
def propose_allotments(*, actor: Actor, moment: datetime, lot_id: int, source_id: int, vials: int) -> list[Allotment]:
    """Share vials of a lot at a store out among the stores below: due second doses first, then by who waits.

    Proposals of before that were not sent are dropped. Refuses more vials than lie there, a held or an expired lot.
    """
    actor.require(Permission.VACCINATION_PLAN_WRITE)
    lot, source = lot_for(actor, lot_id), seen_store(actor, source_id)
    if not mine(actor, source):
        raise NotAllowed(_("This store belongs to another unit. You can send a request."))
    _refuse_unfit(lot, source, vials, moment.date())
    stores = stores_below(source)
    needs = needs_of(stores, lot, moment.date())
    Allotment.objects.filter(lot=lot, source=source, state=Allotment.State.PROPOSED).update(
        state=Allotment.State.DROPPED, updated_at=moment
    )
    by_store, by_pk = {need.store: need for need in needs}, {store.pk: store for store in stores}
    return Allotment.objects.bulk_create(
        Allotment(
            lot=lot, source=source, store_id=share.store, vials=share.vials, proposed_at=moment,
            grounds=_grounds(by_store[share.store]), **Area.of(by_pk[share.store]).columns,
        )
        for share in shares(needs, vials=vials, doses_per_vial=lot.doses_per_vial)
    )  # fmt: skip


def _grounds(need: Need) -> dict[str, int]:
    return {"due": need.due, "waiting": need.waiting, "held": need.held}


def _refuse_unfit(lot: VaccineLot, source: Store, vials: int, day: date) -> None:
    if lot.expires_on < day:
        raise Refusal(_("Lot %(lot)s expired on %(day)s.") % {"lot": lot.number, "day": f"{lot.expires_on:%d/%m/%Y}"})
    if LotHold.objects.of_lot(lot.pk, source.pk).exists():
        raise Refusal(_("Lot %(lot)s is held here until somebody decides about it.") % {"lot": lot.number})
    there = free_in(source.pk, lot)
    if not 0 < vials <= there:
        words = _("%(store)s has %(there)d vials of lot %(lot)s that are not held. Share out between 1 and that many.")
        raise Refusal(words % {"store": source.name, "there": there, "lot": lot.number}, field="vials")


def stores_below(source: Store) -> list[Store]:
    """The open stores of the tier below, inside the area of a store."""
    below = Store.objects.open().filter(tier=_BELOW.get(Store.Tier(source.tier), ""), **Area.of(source).narrowing)
    return list(below.exclude(pk=source.pk).order_by("sort_key", "pk"))


def needs_of(stores: list[Store], lot: VaccineLot, day: date) -> list[Need]:
    """What each unit needs in doses of the lot's product: second doses due, first doses waiting, less what it holds.

    Where a unit has several stores, the one that keeps vaccine stands for it, so that nobody is counted twice.
    """
    tier = "district_id" if stores and stores[0].tier == Store.Tier.DISTRICT else "commune_id"
    waiting = _waiting(tier, [getattr(store, tier) for store in stores], lot.product, day)
    held = _held([store.pk for store in stores], lot.product)
    together: dict[int, list[Store]] = defaultdict(list)
    for store in stores:
        together[getattr(store, tier)].append(store)
    return [
        Need(
            max(beside, key=lambda store: held.get(store.pk, 0)).pk,
            *waiting.get(unit, (0, 0)),
            sum(held.get(store.pk, 0) for store in beside),
        )
        for unit, beside in together.items()
    ]


def _waiting(tier: str, units: list[int], product: str, day: date) -> Mapping[int, tuple[int, int]]:
    """Unit to second doses of the product due within a week, and first doses waiting."""
    due = Q(next_number__gt=1, last_product=product, due_from__lte=day)
    rows = (
        ListEntry.objects.waiting()
        .filter(**{f"{tier}__in": units})
        .values_list(tier)
        .annotate(due=Count("pk", filter=due), first=Count("pk", filter=Q(next_number=1)))
    )
    return {unit: (due_doses, first) for unit, due_doses, first in rows}


def _held(stores: list[int], product: str) -> Mapping[int, int]:
    levels = StockLevel.objects.there().filter(store_id__in=stores, batch__vaccine_lot__product=product)
    doses = Sum(F("quantity") * F("batch__vaccine_lot__doses_per_vial"))
    return {store: int(count or 0) for store, count in levels.values_list("store_id").annotate(doses=doses)}


@transaction.atomic
def send_allotment(
    *, actor: Actor, moment: datetime, allotment_id: int, vials: int | None = None, place_id: int | None = None
) -> Allotment:
    """Send an allotment, changed or not, as a transfer between the two stores, out of a fridge where one is named."""
    actor.require(Permission.VACCINATION_PLAN_WRITE)
    seen: Any = (
        Allotment.objects.visible_to(actor).select_for_update(of=("self",)).select_related("lot__batch", "store")
    )
    allotment: Allotment | None = seen.filter(pk=allotment_id).first()
    if allotment is None:
        raise NotHere(_("There is no such allotment that your post may see."))
    if allotment.state != Allotment.State.PROPOSED:
        raise Refusal(_("This allotment was sent or dropped already."))
    batch, number = allotment.lot.batch, vials or allotment.vials
    _refuse_unfit(allotment.lot, allotment.source, number, moment.date())
    key = uuid5(_NAMESPACE, f"allotment-{allotment.pk}")
    take_with(
        actor=actor, moment=moment, store_id=allotment.source_id, lot=allotment.lot, place_id=place_id, vials=number,
        movement_key=key,
    )  # fmt: skip
    movement = transfer(
        actor=actor, moment=moment, store_id=allotment.source_id, to_store_id=allotment.store_id, key=key,
        goods=[Goods(batch.item_id, Decimal(number), batch_id=batch.pk)], about=_("Vaccine allotted"),
    )  # fmt: skip
    allotment.vials, allotment.state, allotment.movement_id = number, Allotment.State.SENT, movement.pk
    allotment.decided_by_id, allotment.version = actor.officer, allotment.version + 1
    allotment.save()
    Fact.tell("vaccination:lot:allotted", subject=allotment, moment=moment, officer=actor.officer, vials=number)
    return allotment
