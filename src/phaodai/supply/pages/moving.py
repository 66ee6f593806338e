"""The forms by which goods move: one page for each deed, made for one hand and a telephone."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.foundation import clock
from phaodai.foundation.asked import whole
from phaodai.foundation.formats import fold
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.registers.editing import act
from phaodai.foundation.scope import Actor
from phaodai.supply.actions import movements, stores
from phaodai.supply.actions.stock_shared import mine, seen_store
from phaodai.supply.models import Item, Movement, Order, StockLevel, Store
from phaodai.supply.pages.moving_lines import (
    SIGN,
    Line,
    counted_of,
    fill_batches,
    goods_of,
    limits_of,
    lines_of,
)
from phaodai.supply.pages.stock_showing import amount

UNREADABLE = 422
SUGGESTED = 12
COUNTED_AT_MOST = 400


class HeadForm(forms.Form):
    """What a whole slip says; each deed shows the fields it needs."""

    key = forms.UUIDField(widget=forms.HiddenInput())
    don = forms.IntegerField(widget=forms.HiddenInput(), required=False)
    origin = forms.ChoiceField(label=pgettext_lazy("movement", "Came in as"), choices=Movement.Origin.choices[:3])
    to_store = forms.ModelChoiceField(Store.objects.none(), label=pgettext_lazy("movement", "To store"))
    about = forms.CharField(label=pgettext_lazy("movement", "From whom, for what, why"), max_length=300, required=False)
    paper = forms.CharField(label=pgettext_lazy("movement", "Paper"), max_length=60, required=False)

    def __init__(self, *arguments: Any, deed: "Deed", store: Store, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["about"].label, self.fields["about"].required = str(deed.about), deed.told
        rows = Store.objects.open().filter(province_id=store.province_id).exclude(pk=store.pk)
        self.fields["to_store"].queryset = rows.order_by("tier", "sort_key")  # type: ignore[attr-defined]
        for name in {"origin", "to_store"} - set(deed.fields):
            del self.fields[name]


@dataclass(frozen=True)
class Deed:
    """One way in which goods move: its words, its fields, what each line asks, and the action behind it.

    `usable` keeps to batches that have not expired; `told` asks for a word about it.
    """

    title: Promise
    about: Promise
    do: Callable[..., Any]
    button: Promise
    fields: tuple[str, ...] = ()
    line: str = "take"
    usable: bool = True
    told: bool = False


def _goods(name: str) -> Callable[..., Any]:
    """An action that takes goods and says what they are about under `name`."""

    def do(action: Callable[..., Any]) -> Callable[..., Any]:
        def done(actor: Actor, store: Store, head: dict[str, Any], lines: list[Line], _request: HttpRequest) -> Any:
            given = {name: head["about"], "paper": head["paper"], "key": head["key"], "goods": goods_of(lines, store)}
            return action(actor=actor, moment=clock.now(), store_id=store.pk, **given)

        return done

    return do


def _receive(actor: Actor, store: Store, head: dict[str, Any], lines: list[Line], _request: HttpRequest) -> Any:
    return movements.receive(
        actor=actor, moment=clock.now(), store_id=store.pk, goods=goods_of(lines, store), key=head["key"],
        origin=head["origin"], about=head["about"], paper=head["paper"], order_id=head["don"],
    )  # fmt: skip


def _transfer(actor: Actor, store: Store, head: dict[str, Any], lines: list[Line], _request: HttpRequest) -> Any:
    return movements.transfer(
        actor=actor, moment=clock.now(), store_id=store.pk, to_store_id=head["to_store"].pk, key=head["key"],
        goods=goods_of(lines, store), about=head["about"], paper=head["paper"], order_id=head["don"],
    )  # fmt: skip


def _count(actor: Actor, store: Store, head: dict[str, Any], _lines: list[Line], request: HttpRequest) -> Any:
    return movements.count(
        actor=actor,
        moment=clock.now(),
        store_id=store.pk,
        counted=counted_of(request),
        key=head["key"],
        reason=head["about"],
    )


def _limit(actor: Actor, store: Store, _head: dict[str, Any], lines: list[Line], _request: HttpRequest) -> Any:
    limits = limits_of(lines, store)
    if not limits:
        raise Refusal(_("Write at least one item and its limits."))
    return stores.set_limits(actor=actor, moment=clock.now(), store_id=store.pk, limits=limits)


_about, _reason = _goods("about"), _goods("reason")
DEEDS: dict[str, Deed] = {
    "nhap": Deed(
        gettext_lazy("Receive goods"), gettext_lazy("From whom"), _receive, gettext_lazy("Receive"), ("origin",), "bring"
    ),
    "xuat": Deed(
        gettext_lazy("Issue goods"), gettext_lazy("To whom, for what"), _about(movements.issue), gettext_lazy("Issue"),
        told=True,
    ),
    "chuyen": Deed(
        gettext_lazy("Send to another store"), gettext_lazy("Note"), _transfer, gettext_lazy("Send"), ("to_store",)
    ),
    "dem": Deed(
        gettext_lazy("Count the store"), gettext_lazy("Why the count differs"), _count, gettext_lazy("Keep the count"),
        line="count",
    ),
    "huy": Deed(
        gettext_lazy("Write goods off"), gettext_lazy("What happened to the goods"), _reason(movements.write_off),
        gettext_lazy("Write off"), usable=False, told=True,
    ),
    "tra": Deed(
        gettext_lazy("Take goods back into the store"), gettext_lazy("Who brings them back"),
        _about(movements.return_goods), gettext_lazy("Take back"), line="bring", told=True,
    ),
    "hoan": Deed(
        gettext_lazy("Give goods back"), gettext_lazy("To whom they go back"), _about(movements.send_back),
        gettext_lazy("Give back"), usable=False, told=True,
    ),
    "muc": Deed(
        gettext_lazy("Least and most"), gettext_lazy("Note"), _limit, gettext_lazy("Keep the limits"), line="limits"
    ),
}  # fmt: skip


def _deed_of(what: str) -> Deed:
    if what not in DEEDS:
        raise NotHere(_("There is nothing at this address that your post may see."))
    return DEEDS[what]


def _own_store(actor: Actor, pk: int) -> Store:
    store = seen_store(actor, pk)
    if not mine(actor, store):
        raise NotAllowed(_("This store belongs to another unit. You can send a request."))
    return store


@page(Permission.SUPPLY_STOCK_WRITE)
def move(request: HttpRequest, actor: Actor, pk: int, what: str) -> HttpResponse:
    """Show the form of a deed, or do it."""
    deed, store = _deed_of(what), _own_store(actor, pk)
    posted = request.method == "POST"
    form = HeadForm(request.POST if posted else None, deed=deed, store=store, initial=_initial(request))
    lines = lines_of(request) if posted else _first_lines(request, store, deed)
    if posted and form.is_valid():
        done = act(form, lambda: deed.do(actor, store, form.cleaned_data, lines, request))
        if done is not None:
            return _done(request, store, done)
    if deed.line == "take":
        fill_batches(lines, store, clock.today(), usable=deed.usable)
    shown = {"deed": deed, "what": what, "store": store, "form": form, "lines": lines or [Line()]}
    shown["levels"] = _to_count(request, store) if deed.line == "count" else ()
    return render(request, "supply/move.html", shown, status=UNREADABLE if form.errors else 200)


def _initial(request: HttpRequest) -> dict[str, Any]:
    return {
        "key": uuid4(),
        "don": whole(request.GET.get("don")) or None,
        "to_store": whole(request.GET.get("den")) or None,
    }


def _first_lines(request: HttpRequest, store: Store, deed: Deed) -> list[Line]:
    """One empty line; what is left of an order (`?don=`) or one item (`?mat-hang=`) where the address names it."""
    order = Order.objects.filter(pk=whole(request.GET.get("don"))).first()
    if order is not None and deed.line in ("bring", "take"):
        left = [line for line in order.lines.select_related("item") if line.received < line.quantity]
        return [
            Line(item=item_words(one.item), quantity=f"{(one.quantity - one.received).normalize():f}") for one in left
        ]
    item = Item.objects.filter(pk=whole(request.GET.get("mat-hang")), province_id=store.province_id).first()
    return [Line(item=item_words(item) if item else "")]


def item_words(item: Item) -> str:
    """An item as the list of suggestions writes it, and `item_of` reads it back."""
    return f"{item.code}{SIGN}{item.name}"


def _to_count(request: HttpRequest, store: Store) -> list[dict[str, Any]]:
    levels = StockLevel.objects.filter(store=store).select_related("item", "batch")
    for word in fold(request.GET.get("q", "")).split():
        levels = levels.filter(item__search_key__contains=word)
    rows = levels.order_by("item__sort_key", "expires_on", "pk")[:COUNTED_AT_MOST]
    return [
        {
            "level": one,
            "booked": amount(one.quantity, one.item.unit),
            "typed": request.POST.get(f"dem-{one.batch_id}", ""),
        }
        for one in rows
    ]


def _done(request: HttpRequest, store: Store, done: Any) -> HttpResponse:
    if isinstance(done, Movement):
        messages.success(request, _("Written: %(what)s.") % {"what": done.summary or done.get_kind_display()})
        return redirect("supply-movement", pk=done.pk)
    messages.success(request, _("The limits are kept."))
    return redirect("supply-store", pk=store.pk)


@page(Permission.SUPPLY_STOCK_WRITE)
def part(request: HttpRequest, actor: Actor, pk: int, what: str) -> HttpResponse:
    """A piece of a form: suggestions for what is being typed, the batches of the chosen item, one more line."""
    deed, store = _deed_of(what), _own_store(actor, pk)
    asked, text = request.GET.get("phan", "dong"), request.GET.get("mat-hang", "").strip()
    if asked == "goi-y":
        return render(request, "supply/part_items.html", {"items": _suggested(text, store, deed)})
    line = Line(item=text)
    if text:
        fill_batches([line], store, clock.today(), usable=deed.usable)
    name = "supply/part_batches.html" if asked == "lo" else "supply/part_line.html"
    return render(request, name, {"deed": deed, "what": what, "store": store, "line": line})


def _suggested(text: str, store: Store, deed: Deed) -> list[dict[str, str]]:
    """Items that fit what is typed; of what goes out, only those that lie there, with how much."""
    if len(text) < 2:
        return []
    items = Item.objects.filter(province_id=store.province_id).order_by("sort_key")
    if deed.line != "limits":
        items = items.stored()
    for word in fold(text.partition(SIGN)[0]).split():
        items = items.filter(search_key__contains=word)
    if deed.line == "take":
        items = items.filter(holdings__store=store, holdings__quantity__gt=0)
    return [{"value": item_words(one), "unit": one.unit} for one in items[:SUGGESTED]]
