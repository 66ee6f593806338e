"""Screens beyond the registers: opening a masked name."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from phaodai.foundation import clock
from phaodai.foundation.components import Masked
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.editing import act
from phaodai.foundation.registers.pages import record_for
from phaodai.foundation.scope import Actor
from phaodai.people.actions import reveal_person
from phaodai.people.models import Reveal
from phaodai.people.registers import Persons


class PurposeForm(forms.Form):
    """Why a name is opened."""

    purpose = forms.ChoiceField(label=_("What is the name needed for?"), choices=Reveal.Purpose.choices)


@page(Permission.PEOPLE_PERSON_REVEAL)
def reveal(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Ask the purpose, then show the full name once."""
    person = record_for(Persons(), actor, pk)
    form = PurposeForm(request.POST or None)
    opened = None
    if request.method == "POST" and form.is_valid():
        opened = act(
            form,
            lambda: reveal_person(actor=actor, moment=clock.now(), person_id=pk, purpose=form.cleaned_data["purpose"]),
        )
    shown = {
        "person": person,
        "form": form,
        "opened": opened,
        "masked": Masked(person.masked, person.get_sex_display()),
    }
    return render(request, "people/reveal.html", shown, status=422 if form.errors else 200)
