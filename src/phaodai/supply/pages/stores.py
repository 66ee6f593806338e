"""One store: what lies there by item and batch, what was done, what comes; and the sheet to count it with."""

from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation import clock
from phaodai.foundation.asked import whole
from phaodai.foundation.formats import fold
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.editing import act
from phaodai.foundation.scope import Actor
from phaodai.supply.actions.orders import propose_order
from phaodai.supply.actions.stock_shared import mine, require_own, seen_store
from phaodai.supply.actions.stores import close_store
from phaodai.supply.models import Holding, Movement, StockLevel, Store
from phaodai.supply.models.needs import used_by
from phaodai.supply.pages.stock_showing import amount, days_left_mark, expiry_mark, other_side

ITEMS_SHOWN = 40
MOVEMENTS_SHOWN = 15
UNREADABLE = 422


class ProposeForm(forms.Form):
    """From whom a proposed order asks, and why."""

    key = forms.UUIDField(widget=forms.HiddenInput())
    asked_of = forms.ModelChoiceField(
        Store.objects.none(), label=pgettext_lazy("order", "Asked of the store"), required=False
    )
    supplier = forms.CharField(label=pgettext_lazy("order", "Supplier"), max_length=160, required=False)
    reason = forms.CharField(label=pgettext_lazy("order", "Reason"), max_length=300, required=False)

    def __init__(self, *arguments: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*arguments, **options)
        rows = Store.objects.visible_to(actor).open().filter(tier__in=[Store.Tier.PROVINCE, Store.Tier.DISTRICT])
        self.fields["asked_of"].queryset = rows.order_by("tier", "sort_key")  # type: ignore[attr-defined]


@page(Permission.SUPPLY_STOCK_READ)
def store(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The stock of one store; by POST its few deeds; with `?in=1` the sheet to count it with."""
    found = seen_store(actor, pk)
    if request.GET.get("in"):
        return render(request, "supply/count_sheet.html", {"store": found, "levels": _counted_in_order(found)})
    form = ProposeForm(request.POST if request.method == "POST" else None, actor=actor, initial={"key": uuid4()})
    if request.method == "POST":
        answer = _deed(request, actor, found, form)
        if answer is not None:
            return answer
    return render(
        request, "supply/store.html", _context(request, actor, found, form), status=UNREADABLE if form.errors else 200
    )


def _deed(request: HttpRequest, actor: Actor, found: Store, form: ProposeForm) -> HttpResponse | None:
    """Do what the form names in `viec`; None where the form must come back with its reason."""
    what = request.POST.get("viec", "")
    if what == "dong":
        close_store(actor=actor, moment=clock.now(), store_id=found.pk)
        messages.success(request, _("%(store)s is closed.") % {"store": found.name})
        return redirect("kho-list")
    if what != "de-nghi":
        raise NotHere(_("There is nothing at this address that your post may see."))
    require_own(actor, found, Permission.SUPPLY_ORDER_DRAFT)
    if not form.is_valid():
        return None
    order = act(form, lambda: _propose(actor, found, form.cleaned_data))
    return redirect("supply-order", pk=order.pk) if order is not None else None


def _propose(actor: Actor, found: Store, given: dict[str, Any]) -> Any:
    asked_of: Store | None = given["asked_of"]
    key: UUID = given["key"]
    return propose_order(
        actor=actor, moment=clock.now(), store_id=found.pk, key=key, reason=given["reason"], supplier=given["supplier"],
        asked_of_id=asked_of.pk if asked_of else None,
    )  # fmt: skip


def _counted_in_order(found: Store) -> list[tuple[StockLevel, str]]:
    """What is to be counted, in the order of the shelves, with what the books say."""
    levels = StockLevel.objects.there().filter(store=found).select_related("item", "batch")
    listed = levels.order_by("item__sort_key", "expires_on", "pk")
    return [(one, amount(one.quantity)) for one in listed]


def _context(request: HttpRequest, actor: Actor, found: Store, form: ProposeForm) -> dict[str, Any]:
    today, words = clock.today(), request.GET.get("q", "").strip()
    held = Holding.objects.filter(store=found).select_related("item").order_by("item__sort_key", "pk")
    for word in fold(words).split():
        held = held.filter(item__search_key__contains=word)
    pages = Paginator(held, ITEMS_SHOWN)
    shown = pages.get_page(whole(request.GET.get("trang"), 1))
    is_mine = mine(actor, found)
    return {
        "store": found,
        "rows": _rows(found, list(shown), today),
        "page": shown,
        "words": words,
        "coming": Movement.objects.on_the_way().filter(to_store=found).select_related("store").order_by("at"),
        "movements": _movements(found),
        "form": form,
        "may_write": is_mine and found.closed_on is None and actor.may(Permission.SUPPLY_STOCK_WRITE),
        "may_order": is_mine and found.closed_on is None and actor.may(Permission.SUPPLY_ORDER_DRAFT),
        "may_manage": is_mine and found.closed_on is None and actor.may(Permission.SUPPLY_STORE_MANAGE),
    }


def _movements(found: Store) -> list[dict[str, Any]]:
    """The newest that the officer may see; who that is the policy of the table says, one condition that leaves the index."""
    rows = Movement.objects.filter(store=found).select_related("store", "to_store").order_by("-at", "-pk")
    return [{"movement": one, "side": other_side(one)} for one in rows[:MOVEMENTS_SHOWN]]


def _rows(found: Store, held: list[Holding], today: date) -> list[dict[str, Any]]:
    """Each item with its batches, the first to expire first."""
    used = used_by([found.pk], today)
    batches: dict[int, list[dict[str, Any]]] = defaultdict(list)
    levels = StockLevel.objects.there().filter(store=found, item__in=[one.item_id for one in held])
    for level in levels.select_related("batch").first_expired_first():
        shown = {"level": level, "expires": expiry_mark(level.expires_on, today), "quantity": amount(level.quantity)}
        batches[level.item_id].append(shown)
    return [
        {
            "item": one.item,
            "quantity": amount(one.quantity, one.item.unit),
            "least": amount(one.least) if one.least is not None else "–",
            "most": amount(one.most) if one.most is not None else "–",
            "low": one.least is not None and one.quantity < one.least,
            "days": days_left_mark(one.quantity, used.get((found.pk, one.item_id), one.quantity * 0)),
            "batches": batches[one.item_id],
        }
        for one in held
    ]
