"""Items, stores, stock, movements and orders."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers import ChoiceFilter, Column, FlagFilter, Register
from phaodai.foundation.scope import Actor
from phaodai.people.models import Organisation
from phaodai.supply.actions.items import add_item, amend_item
from phaodai.supply.actions.stock_shared import mine
from phaodai.supply.actions.stores import amend_store, open_store
from phaodai.supply.models import Item, Movement, Order, StockLevel, Store
from phaodai.supply.pages.stock_showing import expiry_mark, order_mark, other_side, transit_mark
from phaodai.supply.rules.stock import EXPIRING_WITHIN

Rows = QuerySet[Any]


class Items(Register):
    """The catalogue of the province."""

    key = "mat-hang"
    record_route = "supply-item"
    model = Item
    title = gettext_lazy("Items")
    one = pgettext_lazy("register", "item")
    room = "supply"
    read = Permission.SUPPLY_STOCK_READ
    write = Permission.SUPPLY_STORE_MANAGE
    order = ("sort_key", "id")
    create_fields = ("code", "name", "unit", "kind", "national_code", "dated", "lead_days")
    edit_fields = ("name", "unit", "kind", "national_code", "dated", "lead_days")
    natural_key = ("code",)
    empty = gettext_lazy("The catalogue is empty. Add an item, or load a sheet of items.")
    columns = (
        Column("code", gettext_lazy("Item code"), order=("code",), on_phone=False),
        Column("name", pgettext_lazy("item", "Name"), order=("sort_key",), opens=True),
        Column("unit", pgettext_lazy("item", "Counted in")),
        Column("kind", pgettext_lazy("item", "Kind")),
        Column("lead_days", pgettext_lazy("item", "Days until an order arrives"), numeric=True, edit="lead_days"),
    )
    filters = (ChoiceFilter("loai", pgettext_lazy("item", "Kind"), field="kind", values=Item.Kind.choices),)

    def create(self, *, actor: Actor, moment: datetime, **values: Any) -> Model:
        return add_item(actor=actor, moment=moment, **values)

    def amend(self, *, actor: Actor, moment: datetime, pk: int, version: int, **values: Any) -> Model:
        return amend_item(actor=actor, moment=moment, pk=pk, version=version, **values)


def _open(rows: Rows, _actor: Actor, _moment: datetime) -> Rows:
    return rows.filter(closed_on=None)


def _kept(rows: Rows, actor: Actor, _moment: datetime) -> Rows:
    return rows.kept_by(actor)  # type: ignore[attr-defined, no-any-return]


class Stores(Register):
    """Every store of the province."""

    key = "kho"
    record_route = "supply-store"
    model = Store
    title = pgettext_lazy("register", "Stores")
    one = pgettext_lazy("register", "store")
    room = "supply"
    read = Permission.SUPPLY_STOCK_READ
    write = Permission.SUPPLY_STORE_MANAGE
    order = ("sort_key", "id")
    related = ("organisation",)
    create_fields = ("name", "tier", "organisation", "phone")
    edit_fields = ("name", "tier", "phone")
    natural_key = ("name",)
    empty = gettext_lazy("No store was opened yet. Open the first one.")
    columns = (
        Column("name", pgettext_lazy("store", "Store"), order=("sort_key",), opens=True),
        Column("tier", pgettext_lazy("store", "Tier")),
        Column("organisation", pgettext_lazy("store", "Kept by"), plain=lambda one: one.organisation.short_name),
        Column("phone", gettext_lazy("Telephone"), edit="phone"),
        Column("closed_on", pgettext_lazy("store", "Closed on"), on_phone=False),
    )
    filters = (
        ChoiceFilter("cap", pgettext_lazy("store", "Tier"), field="tier", values=Store.Tier.choices),
        FlagFilter(
            "xem",
            gettext_lazy("Show"),
            flags={
                "cua-toi": (pgettext_lazy("stores", "Kept by us"), _kept),
                "mo": (pgettext_lazy("stores", "In use"), _open),
            },
        ),
    )

    def form_class(self, fields: Sequence[str]) -> "type[forms.ModelForm[Any]]":
        """Only organisations that are open are offered."""
        form = super().form_class(fields)
        if "organisation" in form.base_fields:
            bodies = Organisation.objects.open().order_by("tier", "sort_key")
            form.base_fields["organisation"] = forms.ModelChoiceField(
                bodies, label=form.base_fields["organisation"].label, to_field_name="code"
            )
        return form

    def create(self, *, actor: Actor, moment: datetime, **values: Any) -> Model:
        return open_store(actor=actor, moment=moment, **values)

    def amend(self, *, actor: Actor, moment: datetime, pk: int, version: int, **values: Any) -> Model:
        return amend_store(actor=actor, moment=moment, pk=pk, version=version, **values)

    def may_amend(self, record: Any, actor: Actor) -> bool:
        """Whoever answers for the store mends it."""
        return self.may_write(actor) and mine(actor, record)


def _usable(rows: Rows, _actor: Actor, moment: datetime) -> Rows:
    return rows.usable_on(moment.date())  # type: ignore[attr-defined, no-any-return]


def _expiring(rows: Rows, _actor: Actor, moment: datetime) -> Rows:
    day = moment.date()
    return rows.filter(quantity__gt=0, expires_on__gte=day, expires_on__lte=day + EXPIRING_WITHIN)


def _expired(rows: Rows, _actor: Actor, moment: datetime) -> Rows:
    return rows.filter(quantity__gt=0, expires_on__lt=moment.date())


def _of_my_stores(rows: Rows, actor: Actor, _moment: datetime) -> Rows:
    return rows.filter(store__in=list(Store.objects.kept_by(actor).values_list("pk", flat=True)))


class StockLevels(Register):
    """What lies where, by batch."""

    key = "ton-kho"
    model = StockLevel
    title = gettext_lazy("Stock")
    one = pgettext_lazy("register", "batch in a store")
    room = "supply"
    read = Permission.SUPPLY_STOCK_READ
    order = ("expires_on", "id")
    empty = gettext_lazy("Nothing lies in any store yet. Receive goods, or load the opening balance of a store.")
    columns = (
        Column("item", pgettext_lazy("goods", "Item"), plain=lambda one: one.item.name, opens=True),
        Column("batch", gettext_lazy("Batch"), plain=lambda one: one.batch.number),
        Column(
            "expires_on",
            gettext_lazy("Expires on"),
            order=("expires_on",),
            shown=lambda one, moment: expiry_mark(one.expires_on, moment.date()),
        ),
        Column("quantity", gettext_lazy("In stock"), numeric=True, plain=lambda one: one.quantity),
        Column("unit", pgettext_lazy("item", "Counted in"), plain=lambda one: one.item.unit),
        Column("store", gettext_lazy("Store"), plain=lambda one: one.store.name),
    )
    filters = (
        FlagFilter(
            "xem",
            gettext_lazy("Show"),
            flags={
                "kho-toi": (pgettext_lazy("stock", "In our stores"), _of_my_stores),
                "con-han": (pgettext_lazy("stock", "May be given out"), _usable),
                "sap-het-han": (pgettext_lazy("stock", "Expires within 30 days"), _expiring),
                "het-han": (pgettext_lazy("stock", "Expired"), _expired),
            },
        ),
    )

    def rows(self, actor: Actor) -> Rows:
        """Batches of which something is left; their names are fetched for the page alone, after it was cut."""
        return StockLevel.objects.visible_to(actor).there().prefetch_related("store", "item", "batch")

    def heading(self, record: StockLevel) -> str:
        """The item, its batch and the store."""
        return f"{record.item.name}, {record.batch} · {record.store.name}"


def _in(rows: Rows, _actor: Actor, _moment: datetime) -> Rows:
    return rows.filter(kind__in=["receipt", "arrival", "return"])


def _out(rows: Rows, _actor: Actor, _moment: datetime) -> Rows:
    return rows.filter(kind__in=["issue", "transfer", "sent_back"])


def _settled(rows: Rows, _actor: Actor, _moment: datetime) -> Rows:
    return rows.filter(kind__in=["count", "loss", "reversal"])


def _this_week(rows: Rows, _actor: Actor, moment: datetime) -> Rows:
    return rows.filter(at__gt=moment - timedelta(days=7))


class Movements(Register):
    """Everything that was done with goods in the officer's stores."""

    key = "phieu-kho"
    record_route = "supply-movement"
    model = Movement
    title = gettext_lazy("Movements")
    one = pgettext_lazy("register", "movement")
    room = "supply"
    read = Permission.SUPPLY_STOCK_READ
    order = ("-at", "-id")
    empty = gettext_lazy("Nothing was moved here yet.")
    columns = (
        Column("at", pgettext_lazy("movement", "When"), order=("at", "id")),
        Column("kind", pgettext_lazy("movement", "What was done"), opens=True),
        Column("summary", pgettext_lazy("movement", "Goods")),
        Column("store", gettext_lazy("Store"), plain=lambda one: one.store.name),
        Column("about", pgettext_lazy("movement", "From whom, for what, why"), plain=other_side),
        Column("paper", pgettext_lazy("movement", "Paper"), on_phone=False),
        Column(
            "way",
            gettext_lazy("On the way"),
            plain=lambda one: one.kind == "transfer" and one.answered_at is None,
            shown=lambda one, _moment: transit_mark(one),
            on_phone=False,
        ),
        Column("officer_name", pgettext_lazy("movement", "Written by"), on_phone=False),
    )
    filters = (
        FlagFilter(
            "xem",
            gettext_lazy("Show"),
            flags={
                "tuan": (pgettext_lazy("movements", "The last 7 days"), _this_week),
                "nhap": (pgettext_lazy("movements", "In"), _in),
                "xuat": (pgettext_lazy("movements", "Out"), _out),
                "chinh": (pgettext_lazy("movements", "Counts, losses, corrections"), _settled),
            },
        ),
    )

    def rows(self, actor: Actor) -> Rows:
        """The names of stores are fetched for the page alone: joined, they would be sorted with two million rows."""
        return Movement.objects.visible_to(actor).prefetch_related("store", "to_store")


def _still_coming(rows: Rows, _actor: Actor, _moment: datetime) -> Rows:
    return rows.filter(state__in=Order.COMING)


def _late(rows: Rows, _actor: Actor, moment: datetime) -> Rows:
    return rows.filter(state__in=Order.OPEN, wanted_on__lt=moment.date())


class Orders(Register):
    """What stores asked for, and how far it has come."""

    key = "don-hang"
    record_route = "supply-order"
    model = Order
    title = pgettext_lazy("register", "Orders")
    one = pgettext_lazy("register", "order")
    room = "supply"
    read = Permission.SUPPLY_STOCK_READ
    order = ("-drafted_at", "-id")
    related = ("store", "asked_of")
    empty = gettext_lazy("No order was drafted yet. A store's page proposes one from what will be missing.")
    columns = (
        Column("number", pgettext_lazy("order", "No."), plain=lambda one: one.pk, order=("id",), opens=True),
        Column("store", gettext_lazy("Store"), plain=lambda one: one.store.name),
        Column("reason", pgettext_lazy("order", "Reason")),
        Column(
            "asked_of",
            pgettext_lazy("order", "From"),
            plain=lambda one: one.asked_of.name if one.asked_of else one.supplier,
        ),
        Column("state", gettext_lazy("State"), shown=lambda one, _moment: order_mark(one)),
        Column("wanted_on", pgettext_lazy("order", "Wanted by"), order=("wanted_on", "id")),
        Column("drafted_at", pgettext_lazy("order", "Drafted"), order=("drafted_at", "id"), on_phone=False),
    )
    filters = (
        FlagFilter(
            "xem",
            gettext_lazy("Show"),
            flags={
                "dang-cho": (pgettext_lazy("orders", "Still coming"), _still_coming),
                "tre": (pgettext_lazy("orders", "Late"), _late),
            },
        ),
        ChoiceFilter("trang-thai", gettext_lazy("State"), field="state", values=Order.State.choices),
    )

    def heading(self, record: Order) -> str:
        """Its number and store."""
        return _("Order %(number)s, %(store)s") % {"number": record.pk, "store": record.store.name}
