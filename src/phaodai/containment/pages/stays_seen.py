"""The form of one look at somebody inside."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from phaodai.containment.models import StayCheck
from phaodai.surveillance.pages.symptom_words import CHOICES
from phaodai.surveillance.rules.symptoms import FEVER_FROM


class LookForm(forms.Form):
    """What was seen today. A decimal comma is a decimal point; a fever is a symptom."""

    state = forms.ChoiceField(label=gettext_lazy("State"), choices=StayCheck.State.choices)
    temperature = forms.DecimalField(
        label=gettext_lazy("Temperature"), required=False, max_digits=4, decimal_places=1, localize=True
    )
    symptoms = forms.MultipleChoiceField(label=gettext_lazy("Symptoms"), choices=CHOICES, required=False)

    def clean(self) -> dict[str, Any]:
        """Somebody "well" with a fever has symptoms."""
        values = dict(super().clean() or {})
        warmth: Decimal | None = values.get("temperature")
        if values.get("state") == StayCheck.State.WELL and warmth is not None and warmth >= Decimal(str(FEVER_FROM)):
            values["state"] = StayCheck.State.SYMPTOMS
        return values
