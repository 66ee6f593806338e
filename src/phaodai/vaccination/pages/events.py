"""Reactions after doses: written down, graded, investigated on the clock of the law, and counted by lot."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from phaodai.foundation import clock
from phaodai.foundation.asked import whole
from phaodai.foundation.fields import MomentField
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.editing import act
from phaodai.foundation.scope import Actor
from phaodai.vaccination.actions import events as verbs
from phaodai.vaccination.actions.claims import confirm_claim, dismiss_claim
from phaodai.vaccination.actions.lots import hold_lot
from phaodai.vaccination.models import AdverseReaction, Dose, ReactionClaim
from phaodai.vaccination.models.doses import listed
from phaodai.vaccination.models.events_figures import lot_signals
from phaodai.vaccination.pages.claims_words import signs_in_words

SHOWN = 50
UNREADABLE = 422


class ReportForm(forms.Form):
    """What was felt after a dose."""

    severity = forms.ChoiceField(label=_("Severity"), choices=AdverseReaction.Severity.choices)
    found = forms.ChoiceField(label=_("Where it was found"), choices=AdverseReaction.Where.choices)
    symptoms = forms.CharField(label=_("Symptoms"), max_length=300)
    began_at = MomentField(label=_("Began at"))
    treatment = forms.CharField(label=_("What was done"), max_length=300, required=False)
    outcome = forms.ChoiceField(label=_("Outcome"), choices=AdverseReaction.Outcome.choices, required=False)


@page(Permission.VACCINATION_EVENT_READ)
def reactions(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Serious ones first with their clocks, the latest others, lots that stand out, and the form for one dose."""
    seen = AdverseReaction.objects.filter(listed(actor)).select_related("dose", "dose__lot")
    dose = _dose(actor, whole(request.GET.get("mui") or request.POST.get("mui")))
    first = {"found": "home", "began_at": clock.now().strftime("%Y-%m-%dT%H:%M")}
    form = ReportForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and dose is not None and form.is_valid() and _reported(form, actor, dose):
        messages.success(request, gettext("The reaction is written down."))
        return redirect("dose-reactions")
    shown = {
        "dose": dose if actor.may(Permission.VACCINATION_EVENT_WRITE) else None,
        "form": form,
        "serious": seen.serious().filter(council_at=None).order_by("investigate_by", "id")[:SHOWN],
        "others": seen.exclude(severity="serious", council_at=None).order_by("-reported_at", "-id")[:SHOWN],
        "claims": _claims(actor),
        "signals": lot_signals(actor),
        "now": clock.now(),
        "may_write": actor.may(Permission.VACCINATION_EVENT_WRITE),
        "may_hold": actor.may(Permission.VACCINATION_PLAN_WRITE),
    }
    return render(request, "vaccination/doses_reactions.html", shown, status=UNREADABLE if form.errors else 200)


def _claims(actor: Actor) -> list[tuple[ReactionClaim, str]]:
    """What people told of themselves and nobody asked about yet: danger signs first, then whoever waits longest."""
    waiting = ReactionClaim.objects.visible_to(actor).waiting().select_related("door__dose")
    rows = waiting.order_by("-alarming", "received_at")[:SHOWN]
    return [(one, ". ".join(filter(None, [signs_in_words(one.signs), one.words]))) for one in rows]


def _dose(actor: Actor, pk: int) -> Dose | None:
    return Dose.objects.visible_to(actor).counted().filter(pk=pk).first() if pk else None


def _reported(form: ReportForm, actor: Actor, dose: Dose) -> AdverseReaction | None:
    told = verbs.Report(**form.cleaned_data)
    done: AdverseReaction | None = act(
        form, lambda: verbs.report_event(actor=actor, moment=clock.now(), dose_id=dose.pk, report=told)
    )
    return done


@page(Permission.VACCINATION_EVENT_WRITE, deed=True)
def deed(request: HttpRequest, actor: Actor, name: str, pk: int) -> HttpResponse:
    """Grade a reaction, write the report of the investigation or of the council, hold a lot."""
    if name not in DEEDS:
        raise NotHere(gettext("There is nothing at this address that your post may see."))
    DEEDS[name](request, actor, pk, clock.now())
    messages.success(request, gettext("Kept."))
    return redirect("dose-reactions")


def _grade(request: HttpRequest, actor: Actor, pk: int, moment: datetime) -> Any:
    told = {name: request.POST.get(name, "") for name in ("severity", "outcome", "treatment")}
    return verbs.grade_event(actor=actor, moment=moment, event_id=pk, **told)


def _investigated(request: HttpRequest, actor: Actor, pk: int, moment: datetime) -> Any:
    conclusion = request.POST.get("conclusion", "")
    return verbs.investigated(actor=actor, moment=moment, event_id=pk, conclusion=conclusion)


def _council(request: HttpRequest, actor: Actor, pk: int, moment: datetime) -> Any:
    return verbs.council_met(actor=actor, moment=moment, event_id=pk, conclusion=request.POST.get("conclusion", ""))


def _confirm(request: HttpRequest, actor: Actor, pk: int, moment: datetime) -> Any:
    claim = ReactionClaim.objects.visible_to(actor).filter(pk=pk).select_related("door__dose").first()
    if claim is None or claim.door.dose is None:
        raise NotHere(gettext("The dose behind this report is not in the books yet. Ring the person meanwhile."))
    symptoms = ". ".join(filter(None, [signs_in_words(claim.signs), claim.words]))
    told = verbs.Report(
        request.POST.get("severity", ""), AdverseReaction.Where.HOME, symptoms,
        max(claim.began_at, claim.door.dose.given_at), request.POST.get("treatment", ""),
    )  # fmt: skip
    return confirm_claim(actor=actor, moment=moment, claim_id=pk, report=told)


def _dismiss(request: HttpRequest, actor: Actor, pk: int, moment: datetime) -> Any:
    return dismiss_claim(actor=actor, moment=moment, claim_id=pk, verdict=request.POST.get("verdict", ""))


def _hold(request: HttpRequest, actor: Actor, pk: int, moment: datetime) -> Any:
    return hold_lot(actor=actor, moment=moment, lot_id=pk, reason=request.POST.get("reason", ""))


DEEDS: dict[str, Callable[[HttpRequest, Actor, int, datetime], Any]] = {
    "muc-do": _grade,
    "dieu-tra": _investigated,
    "hoi-dong": _council,
    "giu-lo": _hold,
    "xac-nhan": _confirm,
    "tra-loi": _dismiss,
}
