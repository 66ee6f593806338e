"""Screens beyond the registers: opening a masked name, and records that may be of one person."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from phaodai.foundation import clock
from phaodai.foundation.asked import whole
from phaodai.foundation.components import Masked
from phaodai.foundation.formats import day
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.registers.editing import act
from phaodai.foundation.registers.pages import record_for
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.people.actions import answer_duplicate, propose_duplicates, reveal_person, unmerge_person
from phaodai.people.duplicates import like_typed
from phaodai.people.models import Duplicate, Person, Reveal
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


@page(Permission.PEOPLE_PERSON_WRITE)
def like(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who is registered already, beside a name that is being typed: a fragment, empty where nobody is like it."""
    asked = request.GET
    name, born = asked.get("ten") or asked.get("full_name", ""), asked.get("nam") or asked.get("birth_year")
    phone = asked.get("dien-thoai") or asked.get("phone", "")
    found = like_typed(actor, name, birth_year=whole(born) or None, phone=phone)
    return render(request, "people/like.html", {"people": found})


@page(Permission.PEOPLE_PERSON_MERGE)
def duplicates(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The likeliest pair that waits, both records side by side, with what speaks for and against."""
    waiting = Duplicate.objects.visible_to(actor).waiting()
    pair = waiting.select_related("one__household__hamlet", "other__household__hamlet").first()
    joined = Person.objects.visible_to(actor).exclude(merged_into=None).select_related("merged_into")
    shown = {
        "pair": pair,
        "waiting": waiting.count(),
        "rows": _side_by_side(pair) if pair else [],
        "joined": joined.order_by("-updated_at")[:20],
    }
    return render(request, "people/duplicates.html", shown)


def _side_by_side(pair: Duplicate) -> list[tuple[str, str, str, str]]:
    """Field, both values with identities closed, and whether they agree: for, against or nothing."""
    one, other = pair.one, pair.other
    evidence = pair.evidence
    fields = (
        (_("Name"), "full_name", one.masked, other.masked),
        (_("Sex"), "sex", one.get_sex_display(), other.get_sex_display()),
        (_("Born"), "birth", _born(one), _born(other)),
        (_("Telephone"), "phone", _end_of(one.phone), _end_of(other.phone)),
        (_("ID card number"), "identity_number", _end_of(one.identity_number), _end_of(other.identity_number)),
        (_("Hamlet"), "commune", _hamlet(one), _hamlet(other)),
    )
    return [
        (str(label), left, right, _side(evidence.get(name, 0)) if left and right else "")
        for label, name, left, right in fields
    ]


def _side(weight: float) -> str:
    return "for" if weight > 0 else "against" if weight < 0 else ""


def _born(person: Person) -> str:
    return day(person.birth_date, language()) if person.birth_date else str(person.birth_year or "")


def _end_of(number: str) -> str:
    """The last four digits: enough to compare by."""
    return f"{'•' * max(len(number) - 4, 0)}{number[-4:]}"


def _hamlet(person: Person) -> str:
    return person.household.hamlet.name if person.household else person.address


class AnswerForm(forms.Form):
    """One person, two, or asked later; of one person, the record that stays."""

    verdict = forms.ChoiceField(choices=[("same", ""), ("different", ""), ("later", "")])
    kept = forms.IntegerField(required=False)


@page(Permission.PEOPLE_PERSON_MERGE, deed=True)
def answer(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Answer a pair, and show the next."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise Refusal(gettext("Say whether this is one person or two."), field="verdict")
    told = form.cleaned_data
    answer_duplicate(actor=actor, moment=clock.now(), duplicate_id=pk, verdict=told["verdict"], kept_id=told["kept"])
    return redirect("people-duplicates")


@page(Permission.PEOPLE_PERSON_MERGE, deed=True)
def part(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Part two records that were joined."""
    del request
    unmerge_person(actor=actor, moment=clock.now(), person_id=pk)
    return redirect("people-duplicates")


@page(Permission.PEOPLE_PERSON_MERGE, deed=True)
def look_for_duplicates(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Look through the officer's area now, not only at night."""
    found = propose_duplicates(actor=actor, moment=clock.now())
    messages.success(request, gettext("%(count)d new pairs found.") % {"count": found})
    return redirect("people-duplicates")
