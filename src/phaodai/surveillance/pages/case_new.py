"""A new case in one short form: on a phone in the village as at the desk."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from phaodai.foundation import clock
from phaodai.foundation.fields import DayField
from phaodai.foundation.formats import fold
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.editing import act, status_of
from phaodai.foundation.scope import Actor
from phaodai.people.actions import NewPerson
from phaodai.people.models import Person
from phaodai.surveillance.actions.reporting import FirstSample, report_case
from phaodai.surveillance.models import Case, LabTest
from phaodai.territory.models import Tier, Unit

NOBODY = "0"
OFFERED = 5
TESTS = (
    ("", gettext_lazy("No sample yet")),
    ("pcr:positive", gettext_lazy("PCR positive")),
    ("antigen:positive", gettext_lazy("Rapid antigen positive")),
    ("pcr:", gettext_lazy("PCR, waiting for the result")),
)


def day_field(label: Any) -> forms.DateField:
    """A day that may be left out, chosen from the calendar of the phone."""
    return DayField(label=label, required=False)


class CaseForm(forms.Form):
    """What a nurse knows at the door; everything else follows later."""

    full_name = forms.CharField(
        label=gettext_lazy("Full name"), max_length=120, widget=forms.TextInput({"autofocus": ""})
    )
    known = forms.ChoiceField(label=gettext_lazy("Is it one of these?"), required=False, widget=forms.RadioSelect)
    again = forms.BooleanField(label=gettext_lazy("Another infection of the same person"), required=False)
    birth_year = forms.IntegerField(
        label=gettext_lazy("Year of birth"),
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "size": "4"}),
    )
    sex = forms.ChoiceField(
        label=gettext_lazy("Sex"), required=False, choices=Person.Sex.choices, widget=forms.RadioSelect
    )
    phone = forms.CharField(
        label=gettext_lazy("Telephone"), required=False, max_length=20, widget=forms.TextInput({"inputmode": "tel"})
    )
    commune = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Commune"))
    hamlet = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Hamlet"), required=False, empty_label="–")
    address = forms.CharField(label=gettext_lazy("House, street"), required=False, max_length=160)
    identity_number = forms.CharField(
        label=gettext_lazy("ID card number"), required=False, max_length=20,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )  # fmt: skip
    onset_on = day_field(gettext_lazy("First symptoms"))
    symptoms = forms.CharField(label=gettext_lazy("Symptoms"), required=False, max_length=500)
    sampled_on = day_field(gettext_lazy("Sample taken"))
    test = forms.ChoiceField(label=gettext_lazy("Test"), required=False, choices=TESTS)
    detected_by = forms.ChoiceField(
        label=gettext_lazy("Found by"), required=False, choices=[("", "–"), *Case.Detection.choices]
    )
    source_code = forms.CharField(
        label=gettext_lazy("Infected by case"), required=False, max_length=60,
        help_text=gettext_lazy("Number of the case, such as BM-00012, if it is known."),
    )  # fmt: skip

    def __init__(self, actor: Actor, moment: datetime, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self._look_while_typing()
        self._offer_units(moment)
        self.fields["known"].choices = self._offered()  # type: ignore[attr-defined]
        if len(self.fields["known"].choices) <= 1:  # type: ignore[attr-defined]
            del self.fields["known"]
        if not self.is_bound or ("again" not in self.data and not self._seems_again()):
            del self.fields["again"]

    def _look_while_typing(self) -> None:
        """Whoever is registered already is named below the name before anything is sent."""
        asks = {
            "hx-get": reverse("people-like"),
            "hx-trigger": "input changed delay:400ms",
            "hx-include": "closest form",
            "hx-target": "#giong",
            "autocomplete": "off",
        }
        for name in ("full_name", "phone"):
            self.fields[name].widget.attrs |= asks

    def _offer_units(self, moment: datetime) -> None:
        """An officer of a commune is asked for the hamlet alone, one of a wider area for the commune."""
        units = Unit.objects.as_of(moment.date()).inside(self.actor.area).order_by("sort_key")
        communes, hamlets = self.fields["commune"], self.fields["hamlet"]
        assert isinstance(communes, forms.ModelChoiceField)
        assert isinstance(hamlets, forms.ModelChoiceField)
        if self.actor.area.commune is None:
            communes.queryset = units.tier(Tier.COMMUNE)
            del self.fields["hamlet"]
        else:
            hamlets.queryset = units.tier(Tier.HAMLET)
            del self.fields["commune"]

    def _offered(self) -> list[tuple[str, str]]:
        """Residents with the typed name, and "somebody else"."""
        name = fold(self.data.get("full_name", ""))
        if not name:
            return []
        alike = Person.objects.visible_to(self.actor).current().filter(search_key=name)
        rows = alike.select_related("household__hamlet").order_by("birth_year", "id")[:OFFERED]
        return [*((str(one.pk), _described(one)) for one in rows), (NOBODY, _("Somebody else, not registered yet"))]

    def _seems_again(self) -> bool:
        known = self.data.get("known", "")
        return known.isdigit() and Case.objects.filter(person_id=int(known)).exists()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "known" in self.fields and not cleaned.get("known"):
            self.add_error("known", _("People of this name are registered. Say which of them it is, or somebody else."))
        if cleaned.get("test") and not cleaned.get("sampled_on"):
            self.add_error("sampled_on", _("Say when the sample was taken."))
        return cleaned

    def report(self) -> dict[str, Any]:
        """What the action is told."""
        told = self.cleaned_data
        method, _colon, result = told["test"].partition(":")
        sample = FirstSample(told["sampled_on"], method, result) if method else None
        named = ("symptoms", "detected_by", "onset_on", "sampled_on", "source_code")
        facts = {name: told[name] for name in named} | {"sample": sample, "again": told.get("again", False)}
        if not told["test"].endswith(LabTest.Result.POSITIVE):
            facts["sampled_on"] = None
        return facts | {"person": self._person(), "commune": told.get("commune") or self._own_commune()}

    def _person(self) -> Person | NewPerson:
        told = self.cleaned_data
        known = told.get("known") or NOBODY
        if known != NOBODY:
            return Person.objects.visible_to(self.actor).get(pk=int(known))
        names = ("full_name", "sex", "birth_year", "phone", "identity_number", "address")
        return NewPerson(**{name: told[name] for name in names}, hamlet=told.get("hamlet"))

    def _own_commune(self) -> Unit:
        assert self.actor.area.commune is not None, "officers of a wider area choose the commune"
        return Unit.objects.get(pk=self.actor.area.commune)

    def first_fields(self) -> Iterator[forms.BoundField]:
        """What is always shown; the rest waits behind one line."""
        return (self[name] for name in self.fields if name not in LATER)

    def later_fields(self) -> Iterator[forms.BoundField]:
        """What may follow later."""
        return (self[name] for name in self.fields if name in LATER)


LATER = ("identity_number", "address", "symptoms", "detected_by", "source_code")


def _described(person: Person) -> str:
    home = person.household.hamlet.name if person.household else person.address
    return ", ".join(part for part in (person.masked, str(person.get_sex_display()), home) if part)


@page(Permission.SURVEILLANCE_CASE_WRITE)
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Report a case; straight on to its page."""
    moment = clock.now()
    form = CaseForm(actor, moment, request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = act(form, lambda: report_case(actor=actor, moment=moment, **form.report()))
        if made is not None:
            messages.success(request, _("%(case)s is written down.") % {"case": made.code})
            return redirect("surveillance-case", pk=made.pk)
    return render(request, "surveillance/case_new.html", {"form": form}, status=status_of(form))
