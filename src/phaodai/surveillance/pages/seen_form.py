"""What the grid, the phone list and the contact's page send about one day of one contact."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from phaodai.foundation.fields import DayField
from phaodai.surveillance.actions.follow_up import Seen
from phaodai.surveillance.models import FollowUpDay
from phaodai.surveillance.pages.symptom_words import CHOICES


class SeenForm(forms.Form):
    """One day of one contact."""

    contact = forms.IntegerField(widget=forms.HiddenInput)
    day = DayField(label=_("Day"))
    state = forms.ChoiceField(label=_("State"), choices=FollowUpDay.State.choices)
    symptoms = forms.MultipleChoiceField(
        label=_("Symptoms"), choices=CHOICES, required=False, widget=forms.CheckboxSelectMultiple
    )
    temperature = forms.DecimalField(
        label=_("Temperature"), required=False, localize=True, max_digits=3, decimal_places=1
    )
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def seen(self) -> Seen:
        """What was found at the door."""
        values: dict[str, Any] = self.cleaned_data
        warmth: Decimal | None = values["temperature"]
        return Seen(values["state"], tuple(values["symptoms"]), warmth)

    def first_problem(self) -> str:
        """The first sentence about what does not fit."""
        return next(str(sentence) for sentences in self.errors.values() for sentence in sentences)
