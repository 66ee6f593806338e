"""How needs are met, and what units say of their readiness."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.components import Action, Content
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers import ChoiceFilter, Column, FlagFilter, Register
from phaodai.foundation.scope import Actor
from phaodai.supply.actions import readiness
from phaodai.supply.models import Figure, Item, NeedMapping, Pillar, ReadinessFigure
from phaodai.supply.pages.readiness_words import age_mark, counted_name, quantity_name
from phaodai.supply.rules.readiness import FIGURE_KEPT
from phaodai.territory.models import Tier, Unit


def _by_code(field: Any, queryset: Any, *, required: bool) -> forms.ModelChoiceField:  # type: ignore[type-arg]
    """A row that is named by its code, on the form as in a sheet."""
    return forms.ModelChoiceField(
        queryset, to_field_name="code", required=required, label=field.label, widget=forms.TextInput,
        help_text=gettext_lazy("Its code."),
    )  # fmt: skip


class ItemByCode(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """An item of the catalogue, named by its code; its whole name does as well."""

    widget = forms.TextInput

    @property
    def items(self) -> Any:
        """The catalogue that it chooses from."""
        return self.queryset

    def prepare_value(self, value: Any) -> Any:
        """The code of the item that is set."""
        known = self.items.filter(pk=value).first() if isinstance(value, int) else None
        return known.code if known else super().prepare_value(value)

    def to_python(self, value: Any) -> Any:
        """The item behind what was typed."""
        if value in self.empty_values:
            return None
        found = self.items.filter(Q(code=value) | Q(name=value)).order_by("pk").first()
        if found is None:
            raise ValidationError(_("The catalogue has no item with the code “%(code)s”.") % {"code": value})
        return found


class NeedMappings(Register):
    """How the quantities of scenarios are met; set once for the province, and mended by people."""

    key = "quy-doi"
    model = NeedMapping
    title = gettext_lazy("How needs are met")
    one = pgettext_lazy("record kind", "way to meet a need")
    room = "supply"
    read = Permission.SUPPLY_READINESS_READ
    write = Permission.SUPPLY_READINESS_WRITE
    search_field = "key"
    order = ("key", "id")
    related = ("item",)
    create_fields = ("key", "pillar", "item", "figure", "factor", "down_to", "note")
    edit_fields = ("pillar", "item", "figure", "factor", "down_to", "note")
    empty = gettext_lazy("Nothing is set yet: no need of a scenario can be compared.")
    columns = (
        Column("name", pgettext_lazy("need", "Asked for"), plain=lambda row: quantity_name(row.key), opens=True),
        Column("key", pgettext_lazy("need", "Quantity of the scenario"), order=("key",), on_phone=False),
        Column("pillar", gettext_lazy("Of the four on the spot")),
        Column(
            "met", gettext_lazy("Met by"),
            plain=lambda row: row.item.name if row.item else counted_name(row.figure),
        ),
        Column("factor", gettext_lazy("How many for one"), numeric=True, edit="factor"),
        Column("down_to", pgettext_lazy("need", "Asked down to")),
        Column("note", gettext_lazy("Where the number comes from"), edit="note"),
    )  # fmt: skip

    def heading(self, record: Any) -> str:
        """The need in words; scenarios and sheets know it by its key."""
        return str(quantity_name(record.key))

    def form_class(self, fields: Sequence[str]) -> "type[forms.ModelForm[Any]]":
        """Items are named by their code."""
        made = super().form_class(fields)
        if "item" in made.base_fields:
            label = made.base_fields["item"].label
            code = gettext_lazy("Its code.")
            made.base_fields["item"] = ItemByCode(Item.objects.all(), required=False, label=label, help_text=code)
        return made

    def create(self, *, actor: Actor, moment: datetime, **values: Any) -> Model:
        return readiness.map_need(actor=actor, moment=moment, **values)

    def amend(self, *, actor: Actor, moment: datetime, pk: int, version: int, **values: Any) -> Model:
        return readiness.amend_mapping(actor=actor, moment=moment, pk=pk, version=version, **values)

    def may_write(self, actor: Actor) -> bool:
        """By the province's officers alone."""
        return super().may_write(actor) and actor.area.district is None

    def may_amend(self, record: Any, actor: Actor) -> bool:
        """Of the own province."""
        return self.may_write(actor) and actor.area.province == record.province_id


def _old(rows: Any, _actor: Actor, moment: datetime) -> Any:
    return rows.filter(as_of__lt=moment - FIGURE_KEPT - timedelta(days=1))


class ReadinessFigures(Register):
    """What units say of themselves: typed on their pages, or sent as a sheet."""

    key = "so-san-sang"
    model = ReadinessFigure
    title = gettext_lazy("Figures of readiness")
    one = pgettext_lazy("record kind", "figure of a unit")
    room = "supply"
    read = Permission.SUPPLY_READINESS_READ
    write = Permission.SUPPLY_READINESS_WRITE
    order = ("unit__tier", "unit__sort_key", "key", "id")
    related = ("unit", "officer")
    create_fields = ("unit", "key", "quantity", "words")
    edit_fields = ("quantity", "words")
    natural_key = ("unit", "key")
    empty = gettext_lazy("No unit has said anything of its readiness yet.")
    columns = (
        Column("unit", gettext_lazy("Unit"), plain=lambda row: row.unit.name, order=("unit__sort_key",), opens=True),
        Column("figure", gettext_lazy("Figure"), plain=lambda row: counted_name(row.key)),
        Column("pillar", gettext_lazy("Of the four on the spot")),
        Column("quantity", gettext_lazy("Quantity"), numeric=True, edit="quantity", order=("quantity",)),
        Column("words", pgettext_lazy("readiness", "In words"), edit="words"),
        Column(
            "as_of", pgettext_lazy("readiness", "As of"), order=("as_of",),
            shown=lambda row, moment: age_mark(row.as_of.astimezone(VIETNAM).date(), moment.date()),
        ),
        Column("officer", gettext_lazy("Recorded by"), plain=lambda row: row.officer.full_name if row.officer else ""),
    )  # fmt: skip
    filters = (
        ChoiceFilter("cap", gettext_lazy("Tier"), field="unit__tier", values=Tier.choices[:3]),
        ChoiceFilter("tru", gettext_lazy("Of the four on the spot"), field="pillar", values=Pillar.choices),
        FlagFilter("xem", gettext_lazy("Show"), flags={"cu": (gettext_lazy("Older than a week"), _old)}),
    )

    def form_class(self, fields: Sequence[str]) -> "type[forms.ModelForm[Any]]":
        """Units are named by their code, figures chosen from the list."""
        made = super().form_class(fields)
        if "unit" in made.base_fields:
            units = Unit.objects.filter(tier__lte=Tier.COMMUNE, in_force__endswith=None)
            made.base_fields["unit"] = _by_code(made.base_fields["unit"], units, required=True)
        if "key" in made.base_fields:
            label = made.base_fields["key"].label
            made.base_fields["key"] = forms.ChoiceField(label=label, choices=Figure.choices)
        return made

    def create(self, *, actor: Actor, moment: datetime, **values: Any) -> Model:
        return readiness.tell_figure(actor=actor, moment=moment, **values)

    def amend(self, *, actor: Actor, moment: datetime, pk: int, version: int, **values: Any) -> Model:
        return readiness.amend_figure(actor=actor, moment=moment, pk=pk, version=version, **values)

    def may_amend(self, record: Any, actor: Actor) -> bool:
        """Of the own area."""
        return self.may_write(actor) and (actor.reach == "all" or actor.area.holds(record.unit))

    def buttons(self, actor: Actor) -> list[Content]:
        """Back to the board."""
        del actor
        return [Action(_("Readiness"), reverse("supply-readiness"), "table")]

    def panels(self, record: Any, actor: Actor, moment: datetime) -> list[Content]:
        """The unit it speaks of."""
        del actor, moment
        url = reverse("supply-readiness-unit", args=[record.unit_id])
        return [Action(_("Readiness of this unit"), url, "table")]
