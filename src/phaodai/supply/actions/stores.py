"""Stores are opened, mended and closed; the least and the most that each should hold of an item."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.clock import local_day
from phaodai.foundation.constraints import worded
from phaodai.foundation.formats import fold, sort_key
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, Refusal
from phaodai.foundation.scope import Actor, Area
from phaodai.foundation.versions import guard_version
from phaodai.people.models import Organisation
from phaodai.supply.actions.stock_shared import renew_words, store_for
from phaodai.supply.models import Holding, Item, StockLevel, Store
from phaodai.territory.models import Place


@transaction.atomic
def open_store(
    *,
    actor: Actor,
    moment: datetime,
    name: str,
    tier: str,
    organisation: Organisation,
    place: Place | None = None,
    phone: str = "",
) -> Store:
    """Open a store of an organisation; it lies where the place lies, or else where the organisation works."""
    actor.require(Permission.SUPPLY_STORE_MANAGE)
    where = Area.of(place or organisation)
    store = Store(
        name=name.strip(), tier=tier, organisation=organisation, place=place, phone=phone.strip(), **where.columns
    )
    if not _may_open(actor, store):
        raise NotAllowed(_("This organisation is outside the area of your post. You can send a request."))
    _keep(store)
    Fact.tell("supply:store:opened", subject=store, moment=moment, officer=actor.officer)
    return store


def _may_open(actor: Actor, store: Store) -> bool:
    """In the area of the post; a health centre opens the stores of the units that answer to it."""
    if actor.reach == "all" or (actor.reach == "area" and actor.area.holds(store)):
        return True
    return actor.organisation in (store.organisation_id, store.organisation.parent_id)


def _keep(store: Store) -> None:
    store.sort_key = sort_key(store.name)
    store.search_key = fold(f"{store.name} {store.organisation.short_name}")
    store.full_clean(exclude=["place", "organisation"])
    with worded():
        store.save()


@transaction.atomic
def amend_store(*, actor: Actor, moment: datetime, pk: int, version: int, **changes: Any) -> Store:
    """Mend the name, the tier or the telephone."""
    actor.require(Permission.SUPPLY_STORE_MANAGE)
    store = store_for(actor, pk, open_only=False)
    old = store.search_key
    for name, value in guard_version(store, version, changes).items():
        setattr(store, name, value)
    store.version += 1
    _keep(store)
    if store.search_key != old:
        renew_words(actor, StockLevel.objects.filter(store=store))
    Fact.tell("supply:store:amended", subject=store, moment=moment, officer=actor.officer)
    return store


@transaction.atomic
def close_store(*, actor: Actor, moment: datetime, store_id: int) -> Store:
    """Close an empty store."""
    actor.require(Permission.SUPPLY_STORE_MANAGE)
    store = store_for(actor, store_id)
    left = StockLevel.objects.there().filter(store=store).count()
    if left:
        words = _("%(count)d batches still lie in %(store)s. Send them on or write them off first.")
        raise Refusal(words % {"count": left, "store": store.name})
    store.closed_on = local_day(moment)
    store.version += 1
    _keep(store)
    Fact.tell("supply:store:closed", subject=store, moment=moment, officer=actor.officer)
    return store


@transaction.atomic
def set_limits(
    *,
    actor: Actor,
    moment: datetime,
    store_id: int,
    limits: Mapping[int, tuple[Decimal | None, Decimal | None]],
) -> list[Holding]:
    """Set the least and the most of items (by row id) at a store; None takes a limit away."""
    actor.require(Permission.SUPPLY_STOCK_WRITE)
    store = store_for(actor, store_id)
    items = Item.objects.filter(province_id=store.province_id).in_bulk(list(limits))
    held = []
    for item_id, (least, most) in limits.items():
        if item_id not in items:
            raise Refusal(_("This item is not in the catalogue. Choose one from the list."), field="item")
        if (least or 0) < 0 or (most or 0) < 0:
            raise Refusal(_("A limit is not less than zero."), field="least")
        with worded():
            values = {"least": least, "most": most}
            held.append(
                Holding.objects.update_or_create(
                    store=store, item_id=item_id, defaults=values, create_defaults=values | Area.of(store).columns
                )[0]
            )
    Fact.tell("supply:store:limits", subject=store, moment=moment, officer=actor.officer, items=len(held))
    return held
