"""Free places and tomorrow's releases across all sites of the officer's area."""

from collections.abc import Sequence
from datetime import timedelta
from functools import reduce
from operator import add
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from phaodai.containment.models import Site, SiteAlert
from phaodai.containment.models.sites_free import Going, SiteNow, going_of, sites_now
from phaodai.containment.rules.cohorts import Capacity
from phaodai.foundation import clock
from phaodai.foundation.asked import whole
from phaodai.foundation.components import KeyFigure, KeyFigures, Pager
from phaodai.foundation.formats import fold, number
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.territory.models import Unit

SHOWN = 40
ORDERS = ("trong", "mai", "ten")


@page(Permission.CONTAINMENT_STAY_READ)
def board(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Where somebody can go tonight, and who goes home tomorrow."""
    today = clock.today()
    everywhere = _found(actor, request.GET.get("q", ""))
    everybody = going_of(today)
    now = sites_now(everywhere, today, everybody)
    places = reduce(add, (one.capacity for one in now), Capacity())
    going = reduce(add, (one.going for one in now), Going())
    order, start = _order(request), max(whole(request.GET.get("tu")), 0)
    ordered = sorted(now, key=ORDER_KEYS[order])
    shown = ordered[start : start + SHOWN]
    context = {
        "figures": _figures(places, going, everybody.get(None, Going())),
        "rows": _named(shown),
        "orders": _orders(order, request.GET.get("q", "")),
        "pager": _pager(start, len(ordered), order),
        "words": request.GET.get("q", ""),
        "alerts": SiteAlert.objects.visible_to(actor).open().select_related("site", "room", "stay")[:20],
        "may_manage": actor.may(Permission.CONTAINMENT_SITE_MANAGE),
        "may_write": actor.may(Permission.CONTAINMENT_STAY_WRITE),
        "tomorrow": today + timedelta(days=1),
    }
    return render(request, "containment/site_board.html", context)


def _found(actor: Actor, words: str) -> list[Site]:
    rows = Site.objects.visible_to(actor).open().order_by("sort_key")
    for word in fold(words).split():
        rows = rows.filter(search_key__contains=word)
    return list(rows)


ORDER_KEYS: dict[str, Any] = {
    "trong": lambda one: (-one.capacity.empty, -one.capacity.free),
    "mai": lambda one: (-one.going.tomorrow, -one.going.by_today),
    "ten": lambda one: one.site.sort_key,
}


def _order(request: HttpRequest) -> str:
    asked = request.GET.get("xep", "")
    return asked if asked in ORDERS else "trong"


def _orders(current: str, words: str) -> list[dict[str, Any]]:
    labels = {"trong": _("Most empty rooms"), "mai": _("Most releases tomorrow"), "ten": _("By name")}
    return [
        {"label": labels[key], "url": f"?{urlencode({'xep': key, 'q': words})}", "current": key == current}
        for key in ORDERS
    ]


def _pager(start: int, total: int, order: str) -> Pager | None:
    if total <= SHOWN:
        return None
    shown = min(start + SHOWN, total)
    before = f"?xep={order}&tu={max(start - SHOWN, 0)}" if start else ""
    after = f"?xep={order}&tu={start + SHOWN}" if start + SHOWN < total else ""
    return Pager(shown, total, before, after)


def _named(rows: Sequence[SiteNow]) -> list[dict[str, Any]]:
    """Each site with the name of its commune and how full it is."""
    units = Unit.objects.in_bulk([one.site.commune_id for one in rows if one.site.commune_id])
    found = []
    for one in rows:
        unit = units.get(one.site.commune_id or 0)
        found.append({"now": one, "site": one.site, "unit": unit.name if unit else ""})
    return found


def _figures(places: Capacity, going: Going, home: Going) -> KeyFigures:
    stays = reverse("nguoi-cach-ly-list")

    def count(value: int) -> str:
        return number(value, 0, language())

    beside = _("%(count)s more beside cohorts") % {"count": count(places.beside)}
    late = _("%(count)s could leave today") % {"count": count(going.by_today + home.by_today)}
    return KeyFigures(
        [
            KeyFigure(_("Inside now"), count(going.inside), f"{stays}?o=khu", _("at sites")),
            KeyFigure(_("Free in empty rooms"), count(places.empty), "", beside),
            KeyFigure(_("Released tomorrow"), count(going.tomorrow + home.tomorrow), f"{stays}?xem=mai", late),
            KeyFigure(_("At home"), count(home.inside), f"{stays}?o=nha", _("quarantine and isolation")),
        ]
    )
