"""Forms of a fund: opening it, gifts of money and goods, what is spent, handed over and published."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation.fields import DayField
from phaodai.foundation.scope import Actor
from phaodai.supply.actions.donations import MOST_MONEY
from phaodai.supply.actions.funds import SPENT_ON
from phaodai.supply.models import Donation, Store
from phaodai.territory.models import Unit

GOODS_ROWS = 3


class AmountField(forms.IntegerField):
    """Whole đồng as people type them: 5.000.000, 5 000 000 or 5000000."""

    widget = forms.TextInput({"inputmode": "numeric"})

    def to_python(self, value: Any) -> int | None:
        """The number without the signs that separate its thousands."""
        text = str(value or "").replace(".", "").replace(",", "").replace(" ", "")
        return super().to_python(text)


class QuantityField(forms.DecimalField):
    """A quantity as people type it, with a comma or a point before its hundredths."""

    widget = forms.TextInput({"inputmode": "decimal"})

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_digits": 14, "decimal_places": 2, "min_value": 0, **options})

    def to_python(self, value: Any) -> Any:
        """The number; a comma counts as the point."""
        return super().to_python(str(value or "").strip().replace(",", "."))


def day_field(label: Any, **options: Any) -> forms.DateField:
    """A day from the calendar of the browser."""
    return DayField(label=label, **options)


class KeyForm(forms.Form):
    """A form that is kept once, however often it is sent."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class FundForm(forms.Form):
    """A new fund of the officer's organisation."""

    name = forms.CharField(label=pgettext_lazy("fund", "Name of the fund"), max_length=160)
    opened_on = day_field(pgettext_lazy("fund", "Opened"))
    decision = forms.CharField(label=_("By which decision"), max_length=160, required=False)


class DonationForm(KeyForm):
    """Who gives, when and how much money; the goods stand in rows of their own."""

    giver_kind = forms.ChoiceField(
        label=pgettext_lazy("donation", "Who gives"), choices=Donation.Giver.choices, widget=forms.RadioSelect,
        initial=Donation.Giver.PERSON,
    )  # fmt: skip
    giver_name = forms.CharField(
        label=pgettext_lazy("donation", "Name of the giver"), max_length=200, required=False,
        help_text=_("Leave it empty where the giver is not named."),
    )  # fmt: skip
    giver_address = forms.CharField(label=_("Address"), max_length=200, required=False)
    giver_contact = forms.CharField(label=_("Telephone"), max_length=60, required=False)
    agrees_named = forms.BooleanField(
        label=_("Agrees to be named in public"), required=False,
        help_text=_("Without a yes the public statement counts the gift and does not name the giver."),
    )  # fmt: skip
    received_on = day_field(pgettext_lazy("donation", "Received on"))
    money = AmountField(label=_("Money (đồng)"), required=False, min_value=0, max_value=MOST_MONEY)
    wish = forms.CharField(label=_("What the giver wishes it to be used for"), max_length=300, required=False)


class GoodsForm(forms.Form):
    """One sort of goods."""

    name = forms.CharField(label=pgettext_lazy("donation", "What"), max_length=160, required=False)
    quantity = QuantityField(label=_("Quantity"), required=False)
    unit = forms.CharField(label=pgettext_lazy("donation", "Counted in"), max_length=40, required=False)
    value = AmountField(label=_("Stated value of the goods (đồng)"), required=False, min_value=0, max_value=MOST_MONEY)
    code = forms.CharField(label=_("Code in the catalogue, if it goes to a store"), max_length=40, required=False)


GoodsRows = forms.formset_factory(GoodsForm, extra=GOODS_ROWS)


class SpendForm(KeyForm):
    """Money that goes out."""

    quantity = AmountField(label=_("Money (đồng)"), min_value=0, max_value=MOST_MONEY)
    purpose = forms.ChoiceField(label=_("Purpose"), choices=[(one.value, one.label) for one in SPENT_ON])
    words = forms.CharField(label=pgettext_lazy("fund", "On what"), max_length=300)
    decision = forms.CharField(
        label=_("By which decision"), max_length=160, help_text=_("Number and date of the paper.")
    )
    on = day_field(pgettext_lazy("fund", "Day"))
    unit_id = forms.TypedChoiceField(
        label=pgettext_lazy("fund", "For which unit"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit_id"].choices = [("", "–"), *_units(actor)]  # type: ignore[attr-defined]


def _units(actor: Actor) -> list[tuple[int, str]]:
    inside = Unit.objects.filter(tier__lte=3, **actor.area.narrowing)
    return list(inside.order_by("tier", "sort_key").values_list("pk", "name"))


class AllotForm(KeyForm):
    """Money that comes from the budget or another fund."""

    quantity = AmountField(label=_("Money (đồng)"), min_value=0, max_value=MOST_MONEY)
    words = forms.CharField(label=_("From where"), max_length=300)
    decision = forms.CharField(label=_("By which decision"), max_length=160, required=False)
    on = day_field(pgettext_lazy("fund", "Day"))


class HandOverForm(KeyForm):
    """Goods that go into a store."""

    holding_id = forms.TypedChoiceField(label=pgettext_lazy("donation", "What"), coerce=int)
    quantity = QuantityField(label=_("Quantity"))
    store_id = forms.TypedChoiceField(label=pgettext_lazy("fund", "To the store"), coerce=int)
    decision = forms.CharField(label=_("By which decision"), max_length=160, required=False)

    def __init__(self, actor: Actor, holdings: list[tuple[int, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["holding_id"].choices = holdings  # type: ignore[attr-defined]
        self.fields["store_id"].choices = stores_of(actor)  # type: ignore[attr-defined]


def stores_of(actor: Actor) -> list[tuple[int, str]]:
    """The stores of the province that are in use, as choices."""
    return list(Store.objects.visible_to(actor).open().order_by("sort_key", "pk").values_list("pk", "name"))


class PublishForm(forms.Form):
    """The period of a statement."""

    first_day = day_field(pgettext_lazy("statement", "From"))
    last_day = day_field(pgettext_lazy("statement", "Until"))


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)
