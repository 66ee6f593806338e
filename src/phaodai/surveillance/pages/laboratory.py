"""The tests on the page of a case: samples, results, and what the case definition makes of them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from phaodai.foundation import clock
from phaodai.foundation.components import Reason, State, Why
from phaodai.foundation.fields import MomentField
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.surveillance.actions.laboratory import answer_test, take_sample
from phaodai.surveillance.models import Case, LabTest
from phaodai.surveillance.pages.seeing import seen_case


def moment_input() -> forms.DateTimeInput:
    """Day and time as phones and browsers offer them."""
    return forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class SampleForm(forms.Form):
    """A sample that was taken."""

    prefix = "mau"
    method = forms.ChoiceField(label=gettext_lazy("Method"), choices=LabTest.Method.choices)
    sampled_at = MomentField(label=gettext_lazy("Sample taken"), widget=moment_input())
    laboratory = forms.CharField(label=gettext_lazy("Laboratory"), required=False, max_length=160)


class AnswerForm(forms.Form):
    """What the laboratory said."""

    result = forms.ChoiceField(label=gettext_lazy("Result"), choices=LabTest.Result.choices[1:])
    cycle_threshold = forms.DecimalField(
        label=gettext_lazy("Ct value"), required=False, max_digits=4, decimal_places=1, localize=True
    )


def panel_of(case: Case) -> dict[str, Any]:
    """What `surveillance/case_tests.html` shows."""
    tests = list(LabTest.objects.filter(person=case.person).order_by("-sampled_at", "-id"))
    values = [one.cycle_threshold for one in tests if one.result == "positive" and one.cycle_threshold is not None]
    return {
        "tests": tests,
        "sample_form": SampleForm(initial={"sampled_at": clock.now()}),
        "answer_form": AnswerForm(),
        "cycle_threshold": min(values, default=None),
        "verdict": _verdict(case),
    }


def _verdict(case: Case) -> Why | None:
    """Why the case is classified as it is; nothing where no test was answered yet."""
    record = case.decision
    if not record:
        return None
    concluded = record["outcome"] is not None
    outcome = case.get_classification_display() if concluded else State(_("cannot conclude"), "late", "warning")
    awaited = ", ".join(one["value"].partition("@")[0] for one in record["awaiting_verification"])
    unverified = _("not verified: %(values)s") % {"values": awaited} if awaited else ""
    if record.get("provisional"):
        meanwhile = _("Meanwhile as the definition of %(document)s has it.") % {"document": record["provisional"]}
        unverified = f"{unverified} {meanwhile}".strip()
    reason = Reason(
        _("Why %(case)s is classified so") % {"case": case.code}, outcome, record["why"][language()],
        record["clause"], record["document"] or "", "", unverified,
    )  # fmt: skip
    return Why(reason, word=case.get_classification_display())


@page(Permission.SURVEILLANCE_CASE_WRITE, deed=True)
def add_sample(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """A sample was taken of the person of a case."""
    case, form = seen_case(actor, pk), SampleForm(request.POST)
    told = _told(form)
    take_sample(actor=actor, moment=clock.now(), person_id=case.person_id, **told)
    messages.success(request, _("The sample is written down."))
    return redirect("surveillance-case", pk=pk)


@page(Permission.SURVEILLANCE_CASE_WRITE, deed=True)
def answer(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The result of one sample; on to the case of its person, which it may have made."""
    if not LabTest.objects.visible_to(actor).filter(pk=pk).exists():
        raise NotHere(_("There is nothing at this address that your post may see."))
    done = answer_test(actor=actor, moment=clock.now(), test_id=pk, **_told(AnswerForm(request.POST)))
    messages.success(request, _("Result: %(result)s.") % {"result": done.get_result_display()})
    case = Case.objects.visible_to(actor).filter(person=done.person).order_by("-episode").first()
    return redirect("surveillance-case", pk=case.pk) if case else redirect("ca-benh-list")


def _told(form: forms.Form) -> dict[str, Any]:
    """The values of a short form; what is wrong with them as a sentence."""
    if not form.is_valid():
        label, errors = next(iter(form.errors.items()))
        raise Refusal(f"{form.fields[label].label}: {' '.join(map(str, errors))}")
    return form.cleaned_data
