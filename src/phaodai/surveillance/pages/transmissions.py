"""The source of a case: said, and withdrawn when it was wrong."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from phaodai.foundation import clock
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.editing import act
from phaodai.foundation.scope import Actor
from phaodai.surveillance.actions.transmissions import link_cases, withdraw_link
from phaodai.surveillance.pages.cases import context_of
from phaodai.surveillance.pages.chains import LinkForm
from phaodai.surveillance.pages.seeing import UNREADABLE, seen_case


@page(Permission.SURVEILLANCE_CASE_WRITE, deed=True)
def link(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Say who infected a case."""
    case, form = seen_case(actor, pk), LinkForm(request.POST)
    if form.is_valid():
        done = act(form, lambda: link_cases(actor=actor, moment=clock.now(), target_id=pk, **form.cleaned_data))
        if done is not None:
            messages.success(request, _("The source of %(case)s is written down.") % {"case": case.code})
            return redirect("surveillance-case", pk=pk)
    shown = context_of(case, actor, link_form=form)
    return render(request, "surveillance/case.html", shown, status=UNREADABLE)


@page(Permission.SURVEILLANCE_CASE_WRITE, deed=True)
def unlink(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """A source turned out to be wrong."""
    done = withdraw_link(actor=actor, moment=clock.now(), link_id=pk)
    messages.success(request, _("The link is withdrawn; it stays in the history."))
    return redirect("surveillance-case", pk=done.target_id)
