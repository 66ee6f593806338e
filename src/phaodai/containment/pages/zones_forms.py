"""The forms about zones: their ground, the steps with their orders, gates, shifts, permits, needs and visits."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.containment.actions.zones_ground import Ground
from phaodai.containment.actions.zones_signing import Order
from phaodai.containment.models import Gate, HouseCheck, Need, Purpose
from phaodai.foundation.asked import row_ids, whole
from phaodai.foundation.fields import DayField, MomentField


class OrderFields(forms.Form):
    """The paper behind a step; without a number it is signed here."""

    order_number = forms.CharField(
        label=_("Number of the order, if it was signed elsewhere"), required=False, max_length=60,
        help_text=_("Left empty, a decision is drafted, numbered and signed in your outgoing book."),
    )  # fmt: skip
    order_on = DayField(label=_("Date of the order"), required=False)
    issuer = forms.CharField(label=_("Issued by"), required=False, max_length=200)

    def order(self) -> Order:
        """What was typed of the paper."""
        values: dict[str, Any] = self.cleaned_data
        return Order(values["order_number"], values["order_on"], values["issuer"])


class GroundFields(forms.Form):
    """Which houses: drawn, ticked, a street or a list. Hamlets are boxes of the page itself."""

    outline = forms.CharField(
        label=_("Drawing"), required=False, widget=forms.Textarea({"rows": 2, "data-outline": ""})
    )
    streets = forms.CharField(
        label=_("Streets or lanes, one on each line"), required=False, widget=forms.Textarea({"rows": 2})
    )
    households = forms.CharField(
        label=_("Households, one on each line: number or address"), required=False, widget=forms.Textarea({"rows": 3})
    )

    def ground(self, request: HttpRequest) -> Ground:
        """The ground that was asked for."""
        values: dict[str, Any] = self.cleaned_data
        return Ground(
            outline=values["outline"],
            hamlets=row_ids(request.POST.getlist("hamlets")),
            commune=whole(request.POST.get("commune")) or None,
            streets=values["streets"],
            households=values["households"],
        )


class ProposeForm(GroundFields):
    """A zone to propose."""

    name = forms.CharField(label=pgettext_lazy("zone", "Name of the zone"), max_length=160)
    reason = forms.CharField(label=_("Reason"), required=False, max_length=500, widget=forms.Textarea({"rows": 2}))
    outbreak_id = forms.TypedChoiceField(label=_("Outbreak"), required=False, coerce=int, empty_value=None)
    planned_until = DayField(label=_("Planned end"), required=False)
    field_order = ("name", "outbreak_id", "reason", "planned_until")


class ReshapeForm(GroundFields, OrderFields):
    """Another ground for a zone in lockdown."""

    step = forms.ChoiceField(
        label=pgettext_lazy("zone step", "What changes"),
        choices=[
            ("shrink", pgettext_lazy("zone step", "Shrink: let houses go")),
            ("grow", pgettext_lazy("zone step", "Widen: take houses in")),
        ],
    )
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 2}))


class StepForm(OrderFields):
    """One step in the life of a zone."""

    step = forms.CharField(widget=forms.HiddenInput)
    planned_until = DayField(label=_("Planned end"), required=False)
    reason = forms.CharField(label=_("Reason"), required=False, max_length=500, widget=forms.Textarea({"rows": 2}))
    field_order = ("step", "planned_until", "reason", "order_number", "order_on", "issuer")


def _hour_field(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label, required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        help_text=_("Empty: day and night"),
    )  # fmt: skip


class GateForm(forms.Form):
    """A new gate."""

    prefix = "chot"
    name = forms.CharField(label=_("Name"), max_length=80)
    place = forms.CharField(label=pgettext_lazy("gate", "Where it stands"), max_length=160, required=False)
    in_charge = forms.CharField(label=pgettext_lazy("gate", "Person in charge"), max_length=120, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=20, required=False)
    opens_at = _hour_field(pgettext_lazy("gate", "Lets through from"))
    shuts_at = _hour_field(pgettext_lazy("gate", "Lets through until"))


class GatePeopleForm(GateForm):
    """Who answers for a gate that stands, and its hours."""

    prefix = "sua"
    name = None  # type: ignore[assignment]  # so Django drops an inherited field: the name stays
    gate_id = forms.IntegerField(widget=forms.HiddenInput)


class DutyForm(forms.Form):
    """A shift at one of the gates."""

    prefix = "ca"
    gate_id = forms.TypedChoiceField(label=_("Gate"), coerce=int)
    name = forms.CharField(label=_("Full name"), max_length=120)
    phone = forms.CharField(label=_("Telephone"), max_length=20, required=False)
    force = forms.CharField(label=pgettext_lazy("gate", "Comes from"), max_length=80, required=False)
    starts_at = MomentField(label=_("Shift begins"))
    ends_at = MomentField(label=_("Shift ends"))

    def __init__(self, *args: Any, gates: list[Gate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gate_id"].choices = [(gate.pk, gate.name) for gate in gates]  # type: ignore[attr-defined]  # a choice field


class PermitForm(forms.Form):
    """A permit to pass."""

    prefix = "giay"
    holder = forms.CharField(label=_("Full name"), max_length=120, required=False)
    plate = forms.CharField(label=_("Number plate"), max_length=20, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=20, required=False)
    purpose = forms.ChoiceField(label=_("Purpose"), choices=Purpose.choices)
    valid_from = MomentField(label=_("Valid from"))
    valid_until = MomentField(label=_("Valid until"))
    note = forms.CharField(label=_("Note"), max_length=200, required=False)


class KeyField(forms.UUIDField):
    """The key of an entry: the telephone's own, or a new one where a page without scripts sends none."""

    def clean(self, value: Any) -> UUID:
        """The key, made here where there is none."""
        return super().clean(value) or uuid4()


class PassageForm(forms.Form):
    """Who passes a gate."""

    key = KeyField(required=False)
    at = MomentField(required=False)
    direction = forms.ChoiceField(choices=[("in", ""), ("out", "")])
    purpose = forms.ChoiceField(label=_("Purpose"), choices=Purpose.choices)
    who = forms.CharField(label=_("Number plate or name"), max_length=120, required=False)
    permit_id = forms.IntegerField(required=False)
    note = forms.CharField(max_length=200, required=False)


class NeedForm(forms.Form):
    """What households need."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Need.Kind.choices)
    what = forms.CharField(label=pgettext_lazy("need", "What"), max_length=160)
    quantity = forms.IntegerField(label=pgettext_lazy("need", "How many"), min_value=1, max_value=10_000, initial=1)
    due_on = DayField(label=pgettext_lazy("need", "To be brought by"))


class VisitForm(forms.Form):
    """What was found at a door."""

    key = KeyField(required=False)
    at = MomentField(required=False)
    household = forms.IntegerField()
    found = forms.ChoiceField(choices=HouseCheck.Found.choices)
    note = forms.CharField(max_length=200, required=False)
