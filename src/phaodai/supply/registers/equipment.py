"""Equipment by serial number."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.foundation.components import Action, Content
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers import ChoiceFilter, Column, FlagFilter, Register
from phaodai.foundation.scope import Actor
from phaodai.people.models import Organisation
from phaodai.supply.actions.equipment import amend_equipment, register_equipment, standing
from phaodai.supply.actions.stock_shared import mine
from phaodai.supply.models import Equipment, Item, Store
from phaodai.supply.pages.equipment import state_mark


def _held_by_us(rows: QuerySet[Any], actor: Actor, _moment: datetime) -> QuerySet[Any]:
    return rows.filter(organisation_id=actor.organisation)


def _coming_to_us(rows: QuerySet[Any], actor: Actor, _moment: datetime) -> QuerySet[Any]:
    return rows.filter(to_organisation_id=actor.organisation)


class Equipments(Register):
    """What has a serial number, whence it came and where it is."""

    key = "thiet-bi"
    record_route = "supply-equipment"
    model = Equipment
    title = pgettext_lazy("register", "Equipment")
    one = pgettext_lazy("register", "piece of equipment")
    room = "supply"
    read = Permission.SUPPLY_EQUIPMENT_READ
    write = Permission.SUPPLY_EQUIPMENT_WRITE
    order = ("sort_key", "id")
    related = ("item", "organisation", "store", "place")
    create_fields = (
        "item",
        "serial",
        "name",
        "organisation",
        "store",
        "where",
        "origin",
        "given_by",
        "acquired_on",
    )
    edit_fields = ("serial", "name", "where", "origin", "given_by", "acquired_on")
    natural_key = ("serial",)
    empty = gettext_lazy("No equipment was registered yet.")
    columns = (
        Column("item", pgettext_lazy("equipment", "What it is"), plain=lambda one: one.item.name, order=("sort_key",)),
        Column("serial", gettext_lazy("Serial number"), opens=True),
        Column("state", gettext_lazy("State"), shown=lambda one, _moment: state_mark(one)),
        Column("where", pgettext_lazy("equipment", "Where it stands"), plain=standing, edit="where"),
        Column("organisation", pgettext_lazy("equipment", "Held by"), plain=lambda one: one.organisation.short_name),
        Column("origin", pgettext_lazy("equipment", "Came as"), on_phone=False),
        Column("given_by", pgettext_lazy("equipment", "Bought from or given by"), on_phone=False),
    )
    filters = (
        ChoiceFilter("trang-thai", gettext_lazy("State"), field="state", values=Equipment.State.choices),
        FlagFilter(
            "xem",
            gettext_lazy("Show"),
            flags={
                "cua-toi": (pgettext_lazy("equipment", "Held by us"), _held_by_us),
                "dang-den": (pgettext_lazy("equipment", "On the way to us"), _coming_to_us),
            },
        ),
    )

    def form_class(self, fields: Sequence[str]) -> "type[forms.ModelForm[Any]]":
        """What it is comes from the catalogue's equipment; organisations are known by their code, as in sheets."""
        form = super().form_class(fields)
        choices: dict[str, tuple[QuerySet[Any], str]] = {
            "item": (Item.objects.filter(kind=Item.Kind.EQUIPMENT).order_by("sort_key"), "code"),
            "organisation": (Organisation.objects.open().order_by("tier", "sort_key"), "code"),
            "store": (Store.objects.open().order_by("sort_key"), "name"),
        }
        for name, (rows, key) in choices.items():
            if name in form.base_fields:
                old = form.base_fields[name]
                form.base_fields[name] = forms.ModelChoiceField(
                    rows, label=old.label, required=old.required, to_field_name=key
                )
        return form

    def create(self, *, actor: Actor, moment: datetime, **values: Any) -> Model:
        return register_equipment(actor=actor, moment=moment, **values)

    def amend(self, *, actor: Actor, moment: datetime, pk: int, version: int, **values: Any) -> Model:
        return amend_equipment(actor=actor, moment=moment, pk=pk, version=version, **values)

    def may_amend(self, record: Any, actor: Actor) -> bool:
        """Whoever holds it mends it."""
        return self.may_write(actor) and mine(actor, record)

    def buttons(self, actor: Actor) -> list[Content]:
        """The page of what could be moved on."""
        del actor
        return [Action(_("Move on"), reverse("supply-redeployments"), "send")]
