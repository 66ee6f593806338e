"""The form that begins quarantine or isolation at home: the conditions, and what the rule says of them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.containment.actions.stays import Newcomer
from phaodai.containment.actions.stays_home import stay_at_home
from phaodai.containment.models import Stay
from phaodai.containment.pages.stays_admit import FactsForm, contacts_behind, offered
from phaodai.foundation import clock
from phaodai.foundation.asked import whole
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.editing import act
from phaodai.foundation.scope import Actor
from phaodai.people.models import Person
from phaodai.surveillance.models import Case

UNREADABLE = 422
KINDS = [choice for choice in Stay.Kind.choices if choice[0] != Stay.Kind.STAFF]
SYMPTOMS = (
    ("none", gettext_lazy("none")),
    ("mild", gettext_lazy("mild")),
    ("moderate", gettext_lazy("moderate")),
    ("severe", gettext_lazy("severe")),
)
CONDITIONS = ("symptoms", "spo2", "respiratory_rate", "comorbidity", "comorbidity_stable", "carer")


class HomeForm(FactsForm):
    """Who stays at home, as what, and how it stands with the home and the person."""

    kind = forms.ChoiceField(label=pgettext_lazy("stay", "Kept apart as"), choices=KINDS)
    address = forms.CharField(label=gettext_lazy("Address of the home"), required=False, max_length=200)
    own_room = forms.BooleanField(
        label=gettext_lazy("A room of their own with a toilet, aired, apart from the others"), required=False
    )
    symptoms = forms.ChoiceField(label=gettext_lazy("Symptoms"), choices=SYMPTOMS, required=False)
    spo2 = forms.IntegerField(label=gettext_lazy("SpO2 (%)"), required=False, min_value=50, max_value=100)
    respiratory_rate = forms.IntegerField(
        label=gettext_lazy("Breaths a minute"), required=False, min_value=5, max_value=80
    )
    comorbidity = forms.BooleanField(label=gettext_lazy("Underlying disease"), required=False)
    comorbidity_stable = forms.BooleanField(label=gettext_lazy("It is stable under treatment"), required=False)
    carer = forms.BooleanField(label=gettext_lazy("Cares for themselves, or somebody does"), required=False)
    days = forms.IntegerField(
        label=gettext_lazy("Days"),
        required=False,
        min_value=1,
        max_value=60,
        help_text=gettext_lazy("Leave empty: the rule in force sets them."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason, where you decide otherwise than the rule"), required=False, max_length=300
    )

    def conditions(self) -> dict[str, Any]:
        """The facts that `home-care` asks of a case."""
        return {name: self.cleaned_data[name] for name in CONDITIONS if self.cleaned_data.get(name) not in (None, "")}


@page(Permission.CONTAINMENT_STAY_WRITE)
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Begin a stay at home for the person of `?nguoi=`, or find one first."""
    asked = request.POST if request.method == "POST" else request.GET
    person = Person.objects.visible_to(actor).current().filter(pk=whole(asked.get("nguoi"))).first()
    words = asked.get("q", "").strip()
    form = HomeForm(request.POST if request.method == "POST" else None, initial=_initial(person))
    if request.method == "POST" and person is not None and form.is_valid():
        done = act(form, lambda: _begin(actor, person, form))
        if done is not None:
            messages.success(request, _("The stay at home began. Print the door sign and give the telephone number."))
            return redirect("quarantine-stay", pk=done.pk)
    shown = {"person": person, "form": form, "words": words, "people": [] if person else offered(actor, words, [])}
    return render(request, "containment/stay_home.html", shown, status=UNREADABLE if form.errors else 200)


def _initial(person: Person | None) -> dict[str, Any]:
    if person is None:
        return {}
    home = person.household.address if person.household else ""
    return {"address": person.address or home, "carer": True}


def _begin(actor: Actor, person: Person, form: HomeForm) -> Stay:
    values = form.cleaned_data
    case = Case.objects.visible_to(actor).live().filter(person=person, outcome="").order_by("-episode").first()
    is_case = values["kind"] == Stay.Kind.CASE
    conditions = form.conditions() | ({"age": clock.today().year - person.birth_year} if person.birth_year else {})
    contact = contacts_behind(actor, [person.pk]).get(person.pk)
    newcomer = Newcomer(
        person.pk, contact if not is_case else None, case.pk if case and is_case else None, form.facts()
    )
    return stay_at_home(
        actor=actor,
        moment=clock.now(),
        newcomer=newcomer,
        kind=values["kind"],
        address=values["address"],
        own_room=values["own_room"],
        conditions=conditions if is_case else None,
        days=values["days"],
        reason=values["reason"],
    )
