"""The page of a case: who, since when, what the tests say, whom it met, where it stands in its chain, what to do next."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from phaodai.foundation import clock
from phaodai.foundation.components import Fact, Facts, Masked, Queue
from phaodai.foundation.fields import DayField
from phaodai.foundation.formats import moment as moment_words
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.editing import act
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.surveillance.actions import cases
from phaodai.surveillance.models import Case
from phaodai.surveillance.pages import case_steps, chains, laboratory
from phaodai.surveillance.pages.case_parts import parts_of, steps_of
from phaodai.surveillance.pages.seeing import UNREADABLE, may_change, seen_case
from phaodai.territory.models import Unit


class CloseForm(forms.Form):
    """How it ended."""

    prefix = "ket-thuc"
    outcome = forms.ChoiceField(label=gettext_lazy("Outcome"), choices=Case.Outcome.choices[1:])
    outcome_on = DayField(label=gettext_lazy("Outcome on"))


@page(Permission.SURVEILLANCE_CASE_READ)
def case(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Everything about one case."""
    return render(request, "surveillance/case.html", context_of(seen_case(actor, pk), actor))


def context_of(case: Case, actor: Actor, **forms_of_page: Any) -> dict[str, Any]:
    """What the page shows; a refused form of the caller takes the place of a fresh one."""
    moment = clock.now()
    steps = [*case_steps.own_steps(case, actor), *steps_of(case, actor, moment)]
    shown: dict[str, Any] = {
        "case": case,
        "masked": _masked(case, actor),
        "age": age_words(case),
        "home": _home(case),
        "may_change": may_change(actor, case),
        "clock_parts": parts_of("clock", case, actor, moment),
        "contact_parts": parts_of("contacts", case, actor, moment),
        "steps": Queue(steps) if steps else None,
        "facts": _facts(case),
        "close_form": CloseForm(initial={"outcome_on": moment.date()}),
    }
    return shown | laboratory.panel_of(case) | chains.panel_of(case, actor) | forms_of_page


def _home(case: Case) -> str:
    """Hamlet and commune, as far as they are known."""
    household, unit = case.person.household, case.commune_id or case.district_id or case.province_id
    names = [household.hamlet.name] if household else []
    names += Unit.objects.filter(pk=unit).values_list("name", flat=True)
    return ", ".join(names)


def _masked(case: Case, actor: Actor) -> Masked:
    may_open = actor.may(Permission.PEOPLE_PERSON_REVEAL)
    url = reverse("people-reveal", args=[case.person_id]) if may_open else ""
    return Masked(case.person.masked, case.person.get_sex_display(), reveal_url=url)


def _facts(case: Case) -> Facts:
    """What the header does not say."""
    said = {
        _("Found by"): case.get_detected_by_display(),
        _("Symptoms"): case.symptoms,
        _("Infected at"): case.place.name if case.place else case.get_setting_display(),
        _("Isolated"): moment_words(case.isolated_at, language()) if case.isolated_at else _("not yet"),
        _("Facility as reported"): case.facility,
        _("Residence as reported"): case.residence,
        _("Variant"): case.variant,
        _("Notes"): case.notes,
    }
    return Facts([Fact(label, value, wide=len(str(value)) > 40) for label, value in said.items() if value])


@page(Permission.SURVEILLANCE_CASE_WRITE, deed=True)
def isolate(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The case is isolated from now on."""
    seen_case(actor, pk)
    done = cases.isolate_case(actor=actor, moment=clock.now(), pk=pk)
    messages.success(request, _("%(case)s: isolated.") % {"case": done.code})
    return redirect("surveillance-case", pk=pk)


@page(Permission.SURVEILLANCE_CASE_WRITE, deed=True)
def close(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The episode is over."""
    case, form = seen_case(actor, pk), CloseForm(request.POST)
    if form.is_valid():
        done = act(form, lambda: cases.close_case(actor=actor, moment=clock.now(), pk=pk, **form.cleaned_data))
        if done is not None:
            messages.success(
                request, _("%(case)s: %(outcome)s.") % {"case": done.code, "outcome": done.get_outcome_display()}
            )
            return redirect("surveillance-case", pk=pk)
    return render(request, "surveillance/case.html", context_of(case, actor, close_form=form), status=UNREADABLE)


def age_words(case: Case) -> str:
    """34 years, or nothing where nobody knows."""
    return _("%(age)d years") % {"age": int(case.age)} if case.age is not None else ""
