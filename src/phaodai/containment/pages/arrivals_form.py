"""The fields that describe a traveller: the same on the public form and at the checkpoint."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.containment.actions.arrivals_traveller import Said
from phaodai.containment.models import Sign
from phaodai.containment.pages.communes import communes_by_district
from phaodai.foundation.asked import whole
from phaodai.foundation.fields import DayField
from phaodai.foundation.scope import Area
from phaodai.territory.models import Tier, Unit

ABROAD, ELSEWHERE = "nuoc-ngoai", "noi-khac"
DOSES = (
    ("", "–"),
    ("0", pgettext_lazy("doses", "none")),
    ("1", "1"),
    ("2", "2"),
    ("3", pgettext_lazy("doses", "3 or more")),
)


class TravellerForm(forms.Form):
    """Who travels, from where to where, and how they are. Only name, origin and destination are asked of everybody."""

    full_name = forms.CharField(
        label=gettext_lazy("Full name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    birth_year = forms.IntegerField(
        label=gettext_lazy("Year of birth"),
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "size": "4", "autocomplete": "bday-year"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Telephone"),
        required=False,
        max_length=20,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "tel"}),
    )
    identity_number = forms.CharField(
        label=gettext_lazy("ID card number"),
        required=False,
        max_length=20,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    origin = forms.ChoiceField(label=pgettext_lazy("arrival", "Comes from"))
    origin_words = forms.CharField(
        label=pgettext_lazy("arrival", "Commune, district, country"), required=False, max_length=160
    )
    destination = forms.ChoiceField(label=pgettext_lazy("arrival", "Commune of destination"))
    address = forms.CharField(label=pgettext_lazy("arrival", "Address there"), required=False, max_length=160)
    plate = forms.CharField(
        label=gettext_lazy("Number plate"),
        required=False,
        max_length=20,
        widget=forms.TextInput({"autocapitalize": "characters", "autocomplete": "off"}),
    )
    symptoms = forms.MultipleChoiceField(
        label=pgettext_lazy("arrival", "Feels now"),
        required=False,
        choices=Sign.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    met_case = forms.BooleanField(label=gettext_lazy("Met somebody with COVID-19 in the last 14 days"), required=False)
    doses = forms.ChoiceField(label=gettext_lazy("Vaccine doses"), required=False, choices=DOSES)
    last_dose_on = DayField(label=gettext_lazy("Day of the last dose"), required=False)
    recovered_on = DayField(label=gettext_lazy("Recovered on"), required=False)

    def __init__(self, moment: datetime, *args: Any, province: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.moment = moment
        self.fields["origin"].choices = _origins(moment)  # type: ignore[attr-defined]
        self.fields["destination"].choices = communes_by_district(moment.date(), province)  # type: ignore[attr-defined]

    def said(self) -> Said:
        """What was said; the origin is the smallest unit that the words name within the province."""
        values = dict(self.cleaned_data)
        abroad = values["origin"] == ABROAD
        return Said(
            full_name=values["full_name"],
            destination=Unit.objects.get(pk=values["destination"]),
            birth_year=values["birth_year"],
            identity_number=values["identity_number"],
            phone=values["phone"],
            abroad=abroad,
            origin=None if abroad else self._origin(values["origin"], values["origin_words"]),
            origin_words=values["origin_words"],
            address=values["address"],
            plate=values["plate"],
            symptoms=values["symptoms"],
            met_case=values["met_case"],
            doses=int(values["doses"]) if values["doses"] else None,
            last_dose_on=values["last_dose_on"],
            recovered_on=values["recovered_on"],
        )

    def _origin(self, province: str, words: str) -> Unit | None:
        chosen = Unit.objects.filter(pk=whole(province)).first()
        if chosen is None or not words.strip():
            return chosen
        inside = Unit.objects.as_of(self.moment.date()).inside(Area(province=chosen.pk))
        named = list(inside.filter(tier__in=(Tier.DISTRICT, Tier.COMMUNE)).named(words)[:2])
        return named[0] if len(named) == 1 else chosen


def _origins(moment: datetime) -> list[tuple[str, Any]]:
    provinces = Unit.objects.as_of(moment.date()).tier(Tier.PROVINCE).order_by("sort_key")
    names = [(str(pk), name) for pk, name in provinces.values_list("pk", "name")]
    elsewhere = pgettext_lazy("arrival", "Another province: write it below")
    return [("", _("Choose")), (ABROAD, pgettext_lazy("arrival", "Abroad")), *names, (ELSEWHERE, elsewhere)]
