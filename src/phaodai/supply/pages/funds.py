"""Funds: what came in, what went out, what is left; and what is done with them."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from phaodai.foundation import clock
from phaodai.foundation.asked import whole
from phaodai.foundation.components import Cell, Column, KeyFigure, KeyFigures, Row, Table
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.formats import number
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.editing import act, status_of
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.supply.actions import funds
from phaodai.supply.actions.funds_publishing import lines_of, publish_statement
from phaodai.supply.actions.handovers import hand_over
from phaodai.supply.models import Fund, FundHolding, GoodsHandover
from phaodai.supply.pages.funds_drawing import goods_table, months_chart, purposes_table
from phaodai.supply.pages.funds_forms import (
    AllotForm,
    FundForm,
    HandOverForm,
    PublishForm,
    ReasonForm,
    SpendForm,
)
from phaodai.supply.rules.fund_sums import statement_of, trimmed

READ, WRITE = Permission.SUPPLY_DONATION_READ, Permission.SUPPLY_DONATION_WRITE
PUBLISH = Permission.SUPPLY_DONATION_PUBLISH
UNREADABLE = 422
Money = FundHolding.Kind.MONEY


@page(READ)
def overview(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The funds that the officer sees, with what is left in each; POST opens one."""
    may = actor.may(WRITE)
    if request.method == "POST":
        actor.require(WRITE)
    form = FundForm(request.POST or None, initial={"opened_on": clock.today()}) if may else None
    if request.method == "POST" and form is not None and form.is_valid():
        made = act(form, lambda: funds.open_fund(actor=actor, moment=clock.now(), **form.cleaned_data))
        if made is not None:
            messages.success(request, _("The fund is open. Record the first gift."))
            return redirect("supply-fund", pk=made.pk)
    shown = {"table": _funds_table(actor), "form": form, "waiting": _waiting(actor)}
    return render(request, "supply/funds.html", shown, status=status_of(form) if form else 200)


def _waiting(actor: Actor) -> int:
    return GoodsHandover.objects.visible_to(actor).filter(state=GoodsHandover.State.WAITING).count()


def _funds_table(actor: Actor) -> Table:
    rows = Fund.objects.visible_to(actor).select_related("organisation").order_by("organisation__tier", "name", "pk")
    left = dict(FundHolding.objects.visible_to(actor).filter(kind=Money).values_list("fund_id", "balance"))
    columns = [
        Column("fund", _("Fund")),
        Column("unit", _("Unit")),
        Column("since", pgettext("fund", "Opened")),
        Column("left", _("Money left (đồng)"), numeric=True),
    ]
    lines = [
        Row(
            str(one.pk),
            [
                Cell(one.name),
                Cell(one.organisation.short_name),
                Cell(day_words(one.opened_on, language())),
                Cell(amount(left.get(one.pk, Decimal(0))), numeric=True),
            ],
            url=reverse("supply-fund", args=[one.pk]),
        )
        for one in rows
    ]
    return Table(_("Funds"), columns, lines, element="funds")


def amount(much: Decimal | int) -> str:
    """A quantity of a ledger as the page writes it."""
    return number(trimmed(Decimal(much)), None, language())


@page(READ)
def fund(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """One fund: its sums, its goods, its statements."""
    return render(request, "supply/fund.html", context_of(funds.seen_fund(actor, pk), actor))


def context_of(one: Fund, actor: Actor, **more: Any) -> dict[str, Any]:
    """What the page of a fund shows; `more` are forms that were refused."""
    today = clock.today()
    told = statement_of(lines_of(one, today), one.opened_on, today)
    own = actor.may(WRITE) and one.organisation_id == actor.organisation
    goods = _goods_choices(one)
    begin = date(today.year, today.month, 1)
    return {
        "fund": one,
        "figures": _figures(told),
        "chart": months_chart(told),
        "purposes": purposes_table(told),
        "goods": goods_table(told),
        "own": own,
        "statements": one.statements.order_by("-published_at", "-pk")[:10],
        "spend_form": SpendForm(actor, initial={"on": today}) if own else None,
        "allot_form": AllotForm(initial={"on": today}) if own else None,
        "hand_form": HandOverForm(actor, goods) if own and goods else None,
        "publish_form": PublishForm(initial={"first_day": max(begin, one.opened_on), "last_day": today})
        if actor.may(PUBLISH) and actor.area.holds(one)
        else None,
        "reason_form": ReasonForm(),
        **more,
    }


def _goods_choices(one: Fund) -> list[tuple[int, str]]:
    rows = one.holdings.filter(kind=FundHolding.Kind.GOODS, balance__gt=0).order_by("name", "pk")
    return [(row.pk, f"{row.name}: {amount(row.balance)} {row.unit}") for row in rows]


def _figures(told: dict[str, Any]) -> KeyFigures:
    return KeyFigures(
        [
            KeyFigure(_("Money in"), amount(told["came"]), detail="đồng"),
            KeyFigure(_("Money out"), amount(told["went"]), detail="đồng"),
            KeyFigure(_("Money left"), amount(told["left"]), detail="đồng"),
            KeyFigure(_("Goods, as their givers value them"), amount(told["goods_value"]), detail="đồng"),
        ],
        compact=True,
    )


Do = Callable[[Fund, Actor, dict[str, Any]], str]


@page(READ, deed=True)
def deed(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Do with a fund what the form names in `viec`; a refused form comes back with its reason."""
    one = funds.seen_fund(actor, pk)
    found = DEEDS.get(request.POST.get("viec", ""))
    if found is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    shown, form_of, do = found
    if do is _publish:
        actor.require(PUBLISH)
    else:
        actor.require(WRITE)
        funds.own_fund(actor, pk)
    form = form_of(one, actor, request)
    if form.is_valid():
        values = {**form.cleaned_data, "row": whole(request.POST.get("row"))}
        words = act(form, lambda: do(one, actor, values))
        if words is not None:
            messages.success(request, words)
            return redirect("supply-fund", pk=pk)
    return render(request, "supply/fund.html", context_of(one, actor, **{shown: form}), status=UNREADABLE)


def _spend(one: Fund, actor: Actor, values: dict[str, Any]) -> str:
    del values["row"]
    values["quantity"] = Decimal(values["quantity"])
    funds.spend(actor=actor, moment=clock.now(), fund_id=one.pk, **values)
    return _("Written into the book: %(much)s đồng out.") % {"much": amount(values["quantity"])}


def _allot(one: Fund, actor: Actor, values: dict[str, Any]) -> str:
    del values["row"]
    values["quantity"] = Decimal(values["quantity"])
    funds.allot(actor=actor, moment=clock.now(), fund_id=one.pk, **values)
    return _("Written into the book: %(much)s đồng in.") % {"much": amount(values["quantity"])}


def _hand_over(one: Fund, actor: Actor, values: dict[str, Any]) -> str:
    del values["row"], one
    made = hand_over(actor=actor, moment=clock.now(), **values)
    return _("Handed over. %(keeper)s counts it into its store.") % {"keeper": made.keeper.short_name}


def _reverse(one: Fund, actor: Actor, values: dict[str, Any]) -> str:
    del one
    funds.reverse_entry(actor=actor, moment=clock.now(), entry_id=values["row"], reason=values["reason"])
    return _("The line is answered by its counter-entry.")


def _publish(one: Fund, actor: Actor, values: dict[str, Any]) -> str:
    del values["row"]
    publish_statement(actor=actor, moment=clock.now(), fund_id=one.pk, **values)
    return _("Published. Everybody can read the statement now.")


def _plain(form: type[forms.Form]) -> Callable[[Fund, Actor, HttpRequest], forms.Form]:
    return lambda _one, _actor, request: form(request.POST)


DEEDS: dict[str, tuple[str, Callable[[Fund, Actor, HttpRequest], forms.Form], Do]] = {
    "chi": ("spend_form", lambda _one, actor, request: SpendForm(actor, request.POST), _spend),
    "cap": ("allot_form", _plain(AllotForm), _allot),
    "giao": (
        "hand_form",
        lambda one, actor, request: HandOverForm(actor, _goods_choices(one), request.POST),
        _hand_over,
    ),
    "but-toan": ("reason_form", _plain(ReasonForm), _reverse),
    "cong-bo": ("publish_form", _plain(PublishForm), _publish),
}
