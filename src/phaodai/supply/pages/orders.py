"""One order: what is asked for and why that much, its steps, its sheet and its letter."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from phaodai.foundation import clock
from phaodai.foundation.asked import whole
from phaodai.foundation.components import Fact, Facts, Reason, Why
from phaodai.foundation.fields import DayField
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.registers.editing import act
from phaodai.foundation.registers.sheet_pages import attachment
from phaodai.foundation.scope import Actor
from phaodai.foundation.sheets import write_sheet
from phaodai.supply.actions.orders import STEPS, amend_order, move_order
from phaodai.supply.actions.orders_papers import draft_order_paper
from phaodai.supply.actions.stock_shared import mine, require_own
from phaodai.supply.models import Order, OrderLine
from phaodai.supply.pages.stock_showing import amount, order_mark
from phaodai.supply.rules.stock import USE_DAYS, read_quantity

UNREADABLE = 422


class DraftForm(forms.Form):
    """What of a draft is mended beside its quantities."""

    supplier = forms.CharField(label=pgettext_lazy("order", "Supplier"), max_length=160, required=False)
    wanted_on = DayField(label=pgettext_lazy("order", "Wanted by"), required=False)


@page(Permission.SUPPLY_STOCK_READ)
def order(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """An order; with `?dang=xlsx` its sheet; by POST its next step."""
    rows = Order.objects.visible_to(actor).select_related("store", "asked_of__organisation")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    lines = list(found.lines.filter(quantity__gt=0).select_related("item").order_by("item__sort_key", "pk"))
    if request.GET.get("dang") == "xlsx":
        return _sheet(found, lines)
    initial = {"supplier": found.supplier, "wanted_on": found.wanted_on}
    form = DraftForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST":
        answer = _deed(request, actor, found, form)
        if answer is not None:
            return answer
    context = _context(actor, found, lines) | {"form": form}
    return render(request, "supply/order.html", context, status=UNREADABLE if form.errors else 200)


def _deed(request: HttpRequest, actor: Actor, found: Order, form: DraftForm) -> HttpResponse | None:
    what = request.POST.get("viec", "")
    if what == "cong-van":
        return redirect("command-paper", pk=draft_order_paper(actor=actor, moment=clock.now(), order_id=found.pk).pk)
    require_own(actor, found, Permission.SUPPLY_ORDER_DRAFT if what == "sua" else Permission.SUPPLY_ORDER_DECIDE)
    if not form.is_valid():
        return None
    done = act(form, lambda: _step(request, actor, found, form, what))
    if done is None:
        return None
    messages.success(request, _("The order is %(state)s.") % {"state": done.get_state_display()})
    return redirect("supply-order", pk=found.pk)


def _step(request: HttpRequest, actor: Actor, found: Order, form: DraftForm, what: str) -> Order:
    moment = clock.now()
    if what != "sua":
        return move_order(actor=actor, moment=moment, order_id=found.pk, to=what)
    return amend_order(
        actor=actor, moment=moment, order_id=found.pk, version=whole(request.POST.get("version")),
        quantities=_quantities(request), **form.cleaned_data,
    )  # fmt: skip


def _quantities(request: HttpRequest) -> dict[int, Decimal]:
    found = {}
    for name, text in request.POST.items():
        item = whole(name.removeprefix("hang-")) if name.startswith("hang-") else 0
        if item:
            value = read_quantity(str(text)) if str(text).strip() else Decimal(0)
            if value is None:
                raise Refusal(_("“%(text)s” is not a quantity.") % {"text": text})
            found[item] = value
    return found


def _context(actor: Actor, found: Order, lines: list[OrderLine]) -> dict[str, Any]:
    is_mine = mine(actor, found)
    decides = is_mine and actor.may(Permission.SUPPLY_ORDER_DECIDE)
    writes = actor.may(Permission.SUPPLY_STOCK_WRITE)
    coming = found.state in Order.COMING
    return {
        "order": found,
        "mark": order_mark(found),
        "lines": [_line(one) for one in lines],
        "steps": [one for one in _steps() if found.state in STEPS[one[0]][0]] if decides else [],
        "may_mend": is_mine and found.state == Order.State.DRAFT and actor.may(Permission.SUPPLY_ORDER_DRAFT),
        "may_receive": is_mine and coming and writes,
        "may_send": coming and writes and found.asked_of is not None and mine(actor, found.asked_of),
        "may_write_paper": is_mine and actor.may(Permission.COMMAND_PAPER_DRAFT),
    }


def _steps() -> list[tuple[str, str, str]]:
    """The buttons: to which state, what they say, their icon."""
    return [
        (Order.State.APPROVED, _("Approve the order"), "check"),
        (Order.State.SENT, _("Note as sent"), "send"),
        (Order.State.CLOSED, pgettext("order", "Close the order"), "lock"),
        (Order.State.DROPPED, pgettext("order", "Drop the order"), "trash"),
    ]


def _line(one: OrderLine) -> dict[str, Any]:
    return {
        "line": one,
        "quantity": amount(one.quantity),
        "received": amount(one.received),
        "typed": f"{one.quantity.normalize():f}",
        "why": Why(_reason(one), small=True) if one.figures else "",
    }


def _reason(one: OrderLine) -> Reason:
    """The figures that the quantity was reckoned from."""
    figures = {name: amount(Decimal(text), one.item.unit) for name, text in one.figures.items() if name != "lead_days"}
    days = one.figures.get("lead_days", 0)
    used = _("%(used)s in %(days)d days") % {"used": figures.get("used", ""), "days": USE_DAYS}
    facts = [
        Fact(_("Least that should lie there"), figures.get("least", "")),
        Fact(_("Used"), used),
        Fact(_("Goes out until an order arrives, %(days)d days") % {"days": days}, figures.get("for_lead", "")),
        Fact(_("Planned need"), figures.get("planned", "")),
        Fact(_("In stock, may be given out"), figures.get("stock", "")),
        Fact(_("On the way or ordered"), figures.get("on_way", "")),
    ]
    outcome = _("Order %(quantity)s: the largest of the three needs, less what lies there and comes.")
    return Reason(one.item.name, outcome % {"quantity": amount(one.quantity, one.item.unit)}, figures=Facts(facts))


def _sheet(found: Order, lines: list[OrderLine]) -> HttpResponse:
    header = [
        _("Item code"), pgettext("goods", "Item"), pgettext("item", "Counted in"), _("Quantity"), pgettext("order", "Received"),
        _("Least that should lie there"), _("Used"), _("Planned need"), _("In stock, may be given out"),
        _("On the way or ordered"),
    ]  # fmt: skip
    names = ("least", "used", "planned", "stock", "on_way")
    rows = [
        [one.item.code, one.item.name, one.item.unit, one.quantity, one.received,
         *(Decimal(one.figures[name]) if name in one.figures else "" for name in names)]
        for one in lines
    ]  # fmt: skip
    return attachment(write_sheet(found.store.name, header, rows), f"don-hang-{found.pk}.xlsx")
