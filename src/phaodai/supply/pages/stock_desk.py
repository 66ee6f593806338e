"""The desk of supply: what runs out first, what expires, what is on the way, what waits for somebody."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from phaodai.foundation import clock
from phaodai.foundation.asked import whole
from phaodai.foundation.components import KeyFigure, KeyFigures
from phaodai.foundation.formats import number
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.supply.models import Holding, Movement, Order, Redeployment, StockLevel, Store
from phaodai.supply.models.shortages import running_out
from phaodai.supply.pages.stock_showing import amount, days_left_mark, expiry_mark, order_mark
from phaodai.supply.rules.stock import EXPIRING_WITHIN

SHOWN = 25
STORES_SHOWN = 12
TIERS = list(Store.Tier)


@page(Permission.SUPPLY_STOCK_READ)
def desk(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What must be done about goods in the stores that the officer answers for, or in one of them (`?kho=`)."""
    today = clock.today()
    kept = Store.objects.kept_by(actor).open().order_by("sort_key", "pk")
    mine = sorted(kept, key=lambda one: TIERS.index(Store.Tier(one.tier)))
    chosen = [one for one in mine if one.pk == whole(request.GET.get("kho"))]
    stores = chosen or mine
    ids = [one.pk for one in stores]
    coming = Movement.objects.on_the_way().filter(to_store__in=ids).select_related("store", "to_store").order_by("at")
    expiring = _expiring(ids, today)
    context = {
        "figures": _figures(ids, today, coming.count(), expiring.count()),
        "short": _short_rows(stores, today),
        "coming": coming[:SHOWN],
        "expiring": [
            (one, expiry_mark(one.expires_on, today), amount(one.quantity, one.item.unit)) for one in expiring[:SHOWN]
        ],
        "orders": [(one, order_mark(one)) for one in _orders(ids)],
        "stores": mine[:STORES_SHOWN],
        "more_stores": max(len(mine) - STORES_SHOWN, 0),
        "chosen": chosen[0] if chosen else None,
        "free_things": Redeployment.objects.visible_to(actor).open().count(),
        "may_write": actor.may(Permission.SUPPLY_STOCK_WRITE),
        "may_manage": actor.may(Permission.SUPPLY_STORE_MANAGE),
    }
    return render(request, "supply/stock_desk.html", context)


def _short_rows(stores: list[Store], today: date) -> list[dict[str, Any]]:
    rows = running_out(stores, today, SHOWN)
    return [
        {
            "item": one.item,
            "store": one.store,
            "stock": amount(one.stock, one.item.unit),
            "used": amount(one.used),
            "least": amount(one.least) if one.least else "–",
            "days": days_left_mark(one.stock, one.used),
        }
        for one in rows
    ]


def _expiring(stores: list[int], today: date) -> Any:
    rows = StockLevel.objects.there().filter(store__in=stores, expires_on__lte=today + EXPIRING_WITHIN)
    # Joined, every batch of the province would be fetched before the first are chosen.
    return rows.prefetch_related("item", "batch", "store").order_by("expires_on", "pk")


def _orders(stores: list[int]) -> Any:
    return Order.objects.open().filter(store__in=stores).select_related("store").order_by("wanted_on", "pk")[:SHOWN]


def _figures(stores: list[int], today: date, coming: int, expiring: int) -> KeyFigures:
    below = Holding.objects.under_least().filter(store__in=stores).count()
    expired = StockLevel.objects.there().filter(store__in=stores, expires_on__lt=today).count()
    late = Order.objects.open().filter(store__in=stores, wanted_on__lt=today).count()

    def count(value: int) -> str:
        return number(value, 0, language())

    stock, orders = reverse("ton-kho-list"), reverse("don-hang-list")
    return KeyFigures(
        [
            KeyFigure(_("Below the least"), count(below), "#sap-het", _("items by store"), late=below > 0),
            KeyFigure(
                _("Expires within 30 days"), count(expiring), f"{stock}?xem=sap-het-han",
                _("%(count)s expired already") % {"count": count(expired)}, late=expired > 0,
            ),
            KeyFigure(_("On the way to us"), count(coming), "#dang-den", _("transfers")),
            KeyFigure(_("Orders late"), count(late), f"{orders}?xem=tre", _("past the day they were wanted"), late=late > 0),
        ]
    )  # fmt: skip
