"""One item: where it lies in the province, how fast it goes, what was done with it."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from phaodai.foundation import clock
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.scope import Actor
from phaodai.supply.actions.stock_shared import mine
from phaodai.supply.models import Equipment, Holding, Item, Movement, OrderLine, StockLevel
from phaodai.supply.models.needs import used_by
from phaodai.supply.pages.stock_showing import amount, days_left_mark, expiry_mark

STORES_SHOWN = 60
MOVEMENTS_SHOWN = 15
NOTHING = Decimal(0)


@page(Permission.SUPPLY_STOCK_READ)
def item(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Where an item lies, the most first; its batches; its last movements in the officer's stores."""
    found = Item.objects.visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    today = clock.today()
    held = Holding.objects.visible_to(actor).filter(item=found).select_related("store").order_by("-quantity", "pk")
    used = _used(found)
    levels = StockLevel.objects.visible_to(actor).there().filter(item=found).select_related("batch", "store")
    context = {
        "item": found,
        "total": amount(sum((one.quantity for one in held), NOTHING), found.unit),
        "rows": [
            {
                "store": one.store,
                "quantity": amount(one.quantity, found.unit),
                "least": amount(one.least) if one.least is not None else "–",
                "low": one.least is not None and one.quantity < one.least,
                "days": days_left_mark(one.quantity, used.get(one.store_id, NOTHING)),
                "mine": mine(actor, one.store),
            }
            for one in held[:STORES_SHOWN]
        ],
        "levels": [
            {"level": one, "expires": expiry_mark(one.expires_on, today), "quantity": amount(one.quantity)}
            for one in levels.first_expired_first()[:STORES_SHOWN]
        ],
        "movements": Movement.objects.visible_to(actor)
        .filter(lines__item=found)
        .select_related("store", "to_store")
        .distinct()
        .order_by("-at", "-pk")[:MOVEMENTS_SHOWN],
        "coming": _coming(found),
        "things": Equipment.objects.visible_to(actor).filter(item=found).count(),
        "may_manage": actor.may(Permission.SUPPLY_STORE_MANAGE),
        "may_write": actor.may(Permission.SUPPLY_STOCK_WRITE),
    }
    return render(request, "supply/item.html", context)


def _coming(found: Item) -> list[dict[str, Any]]:
    """Approved orders of which something is still to come."""
    lines = OrderLine.objects.coming().filter(item=found).select_related("order__store").order_by("pk")
    return [
        {"line": one, "received": amount(one.received), "quantity": amount(one.quantity)}
        for one in lines[:MOVEMENTS_SHOWN]
    ]


def _used(found: Item) -> dict[int, Decimal]:
    """What went out of each store that the officer may look into."""
    stores = Holding.objects.filter(item=found).values_list("store_id", flat=True)
    return {store: some for (store, _item), some in used_by(stores, clock.today(), found).items()}
