"""The answers to a proposal: signed, signed together, sent back, announced."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from phaodai.containment.actions import deciding
from phaodai.containment.models import LevelDecision
from phaodai.containment.pages.unit import DecideForm, SendBackForm, context_of
from phaodai.containment.showing import map_url, reference_of, unit_url
from phaodai.foundation import clock
from phaodai.foundation.asked import row_ids
from phaodai.foundation.formats import moment as moment_words
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.editing import act
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor

UNREADABLE = 422


def _seen(actor: Actor, pk: int) -> LevelDecision:
    found = LevelDecision.objects.visible_to(actor).select_related("unit__parent").filter(pk=pk).first()
    if found is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    return found


def _signed(request: HttpRequest, decision: LevelDecision) -> HttpResponse:
    about = {"reference": reference_of(decision), "when": moment_words(decision.takes_effect_at, language())}
    messages.success(request, _("Signed: %(reference)s, from %(when)s. Now tell the people.") % about)
    return redirect(unit_url(decision.unit_id, decision.assessed_on))


@page(Permission.CONTAINMENT_LEVEL_DECIDE, deed=True)
def decide(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Sign one proposal."""
    decision, form = _seen(actor, pk), DecideForm(request.POST)
    if form.is_valid():
        done = act(
            form,
            lambda: deciding.decide_level(actor=actor, moment=clock.now(), decision_id=pk, **form.cleaned_data),
        )
        if done is not None:
            return _signed(request, done)
    shown = context_of(decision.unit, decision.assessed_on, actor, form=form)
    return render(request, "containment/unit.html", shown, status=UNREADABLE)


@page(Permission.CONTAINMENT_LEVEL_DECIDE, deed=True)
def send_back(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Leave the level as it is."""
    decision, form = _seen(actor, pk), SendBackForm(request.POST)
    if form.is_valid():
        done = act(
            form, lambda: deciding.send_back(actor=actor, moment=clock.now(), decision_id=pk, **form.cleaned_data)
        )
        if done is not None:
            messages.success(request, _("Sent back; the level stays."))
            return redirect(unit_url(decision.unit_id, decision.assessed_on))
    shown = context_of(decision.unit, decision.assessed_on, actor, send_back_form=form)
    return render(request, "containment/unit.html", shown, status=UNREADABLE)


@page(Permission.CONTAINMENT_LEVEL_ANNOUNCE, deed=True)
def announce(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The people were told."""
    done = deciding.announce_level(actor=actor, moment=clock.now(), decision_id=pk)
    about = {"unit": done.unit.name, "when": moment_words(done.takes_effect_at, language())}
    messages.success(request, _("%(unit)s: counts from %(when)s.") % about)
    return redirect(unit_url(done.unit_id, done.assessed_on))


@page(Permission.CONTAINMENT_LEVEL_DECIDE, deed=True)
def decide_together(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Sign every chosen proposal in one decision."""
    chosen = row_ids(request.POST.getlist("row"))
    done = deciding.decide_together(actor=actor, moment=clock.now(), decision_ids=chosen)
    about = {"reference": reference_of(done[0]), "count": len(done)}
    messages.success(request, _("Signed: %(reference)s, %(count)d units.") % about)
    return redirect(map_url(clock.today()))
