"""Goods from gifts and mutual aid that wait for the keeper of a store, on a phone beside the boxes."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from phaodai.foundation import clock
from phaodai.foundation.asked import whole
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.editing import act
from phaodai.foundation.scope import Actor
from phaodai.supply.actions.handovers import refuse_handover, take_into_store
from phaodai.supply.models import GoodsHandover, Item, Store
from phaodai.supply.pages.funds import amount
from phaodai.supply.pages.funds_forms import day_field

READ, WRITE = Permission.SUPPLY_STOCK_READ, Permission.SUPPLY_STOCK_WRITE
SHOWN = 100


class TakeForm(forms.Form):
    """Which item, which batch, into which store; or why the goods are not taken."""

    store_id = forms.TypedChoiceField(label=gettext_lazy("Into the store"), coerce=int)
    code = forms.CharField(label=gettext_lazy("Code in the catalogue"), max_length=40, required=False)
    batch = forms.CharField(label=gettext_lazy("Batch number"), max_length=60, required=False)
    expires_on = day_field(gettext_lazy("Expires on"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Not taken: why"), max_length=300, required=False,
        help_text=gettext_lazy("Fill this in only when the goods go back."),
    )  # fmt: skip

    def __init__(self, actor: Actor, handover: GoodsHandover, data: Any = None, **options: Any) -> None:
        code = handover.item.code if handover.item else ""
        super().__init__(data, initial={"store_id": handover.store_id, "code": code}, **options)
        kept = Store.objects.kept_by(actor).open().order_by("sort_key", "pk")
        self.fields["store_id"].choices = list(kept.values_list("pk", "name"))  # type: ignore[attr-defined]


@page(READ)
def waiting(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What waits, oldest first, each with its form; POST settles the one named in `row`."""
    if request.method == "POST":
        actor.require(WRITE)
    rows = list(_waiting(actor)[:SHOWN])
    asked = whole(request.POST.get("row"))
    status = 200
    cards = []
    for one in rows:
        form = TakeForm(actor, one, request.POST if one.pk == asked else None, auto_id=f"id_%s_{one.pk}")
        if one.pk == asked and request.method == "POST":
            if form.is_valid() and act(form, lambda: _settle(actor, asked, dict(form.cleaned_data))) is not None:  # noqa: B023
                messages.success(request, _("Written down: %(what)s.") % {"what": one.name})
                return redirect("supply-handovers")
            status = 422
        cards.append((one, amount(one.quantity), form if actor.may(WRITE) else None))
    return render(request, "supply/handovers.html", {"cards": cards}, status=status)


def _waiting(actor: Actor) -> Any:
    rows = GoodsHandover.objects.visible_to(actor).filter(state=GoodsHandover.State.WAITING)
    return rows.select_related("keeper", "item", "store").order_by("made_at", "pk")


def _settle(actor: Actor, pk: int, said: dict[str, Any]) -> GoodsHandover:
    reason, code = said.pop("reason"), said.pop("code").strip()
    if reason.strip():
        return refuse_handover(actor=actor, moment=clock.now(), handover_id=pk, reason=reason)
    item = Item.objects.visible_to(actor).filter(code=code).first() if code else None
    return take_into_store(actor=actor, moment=clock.now(), handover_id=pk, item_id=item.pk if item else None, **said)
