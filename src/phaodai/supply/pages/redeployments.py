"""What stood at a place that closed, and where each thing is missed: sent there, elsewhere, or kept."""

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from phaodai.foundation import clock
from phaodai.foundation.asked import whole
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.supply.actions.equipment import standing
from phaodai.supply.actions.redeployment import decide_redeployment
from phaodai.supply.actions.stock_shared import mine
from phaodai.supply.models import Redeployment, Store
from phaodai.supply.pages.stock_showing import amount

SHOWN = 200
UNREADABLE = 422


@page(Permission.SUPPLY_EQUIPMENT_READ)
def redeployments(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The open proposals by place that closed; by POST the decision on one of them."""
    problem = ""
    if request.method == "POST":
        try:
            done = _decide(request, actor)
        except (NotAllowed, NotHere):
            raise
        except Refusal as refusal:
            problem = str(refusal)
        else:
            messages.success(request, f"{done.equipment}: {done.get_state_display()}")
            return redirect("supply-redeployments")
    context = {
        "groups": _groups(actor),
        "stores": Store.objects.visible_to(actor).open().order_by("tier", "sort_key"),
        "problem": problem,
    }
    return render(request, "supply/redeployments.html", context, status=UNREADABLE if problem else 200)


def _decide(request: HttpRequest, actor: Actor) -> Redeployment:
    return decide_redeployment(
        actor=actor, moment=clock.now(), redeployment_id=whole(request.POST.get("row")),
        accept=request.POST.get("viec") == "gui", to_store_id=whole(request.POST.get("to_store")) or None,
        reason=request.POST.get("reason", ""),
    )  # fmt: skip


def _groups(actor: Actor) -> list[tuple[str, list[dict[str, Any]]]]:
    rows = Redeployment.objects.visible_to(actor).open()
    rows = rows.select_related(
        "equipment__item", "equipment__store", "equipment__place", "equipment__organisation", "to_store"
    )
    decides = actor.may(Permission.SUPPLY_ORDER_DECIDE)
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in rows.order_by("-proposed_at", "closed", "pk")[:SHOWN]:
        shown = {"row": one, "standing": standing(one.equipment), "why": _why(one)}
        found[one.closed].append(shown | {"may_decide": decides and mine(actor, one)})
    return list(found.items())


def _why(one: Redeployment) -> str:
    """Why this goal: an order, the least that should lie there, or no gap at all."""
    about = {"missing": amount(one.missing)}
    if one.why == "order":
        return _("%(missing)s ordered and not there yet") % about
    if one.why == "least":
        return _("%(missing)s fewer than the least that should be there") % about
    return _("missed nowhere: kept ready there")
