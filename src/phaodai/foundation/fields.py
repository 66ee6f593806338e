"""Fields of forms that every context asks alike: a day, an hour, a moment, chosen from the calendar of the device."""

from django import forms


class DayField(forms.DateField):
    """A day."""

    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class HourField(forms.TimeField):
    """An hour of the clock."""

    widget = forms.TimeInput({"type": "time"}, format="%H:%M")


class MomentField(forms.DateTimeField):
    """A day and an hour, in the installation's time zone."""

    widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
