"""Fields of forms that every context asks alike: a day, an hour, a moment, chosen from the calendar of the device."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

EARLIEST, LATEST = 1900, 2100


def of_these_times(value: date) -> None:
    """Refuse a year that is a slip of the hand: whoever is alive was born after it, and no deadline lies beyond it."""
    if not EARLIEST <= value.year <= LATEST:
        words = _("The year %(year)s cannot be right. Write a day between %(earliest)s and %(latest)s.")
        raise ValidationError(words % {"year": value.year, "earliest": EARLIEST, "latest": LATEST})


class DayField(forms.DateField):
    """A day of these times."""

    default_validators = [of_these_times]
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class HourField(forms.TimeField):
    """An hour of the clock."""

    widget = forms.TimeInput({"type": "time"}, format="%H:%M")


class MomentField(forms.DateTimeField):
    """A day and an hour of these times, in the installation's time zone."""

    default_validators = [of_these_times]
    widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
