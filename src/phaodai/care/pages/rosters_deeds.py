"""What is done with people: needs stated and ended, teams made and lent, shifts called off."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from phaodai.care.actions import people, people_loans, rosters
from phaodai.care.pages.rosters import UNREADABLE, context_of
from phaodai.care.pages.rosters_forms import EndNeedForm, LoanForm, LoanStepForm, MembersForm, NeedForm, TeamForm
from phaodai.foundation import clock
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.editing import act
from phaodai.foundation.scope import Actor


@page(Permission.CARE_ROSTER_MANAGE, deed=True)
def deed(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Do what the form names in `viec`; a refused form comes back with its reason."""
    found = DEEDS.get(request.POST.get("viec", ""))
    if found is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    shown, form_class, do = found
    form = form_class(request.POST, actor=actor)
    if form.is_valid():
        words = act(form, lambda: do(actor, form.cleaned_data))
        if words is not None:
            messages.success(request, words)
            return redirect("care-people")
    return render(request, "care/rosters.html", context_of(actor, **{shown: form}), status=UNREADABLE)


def _need(actor: Actor, values: dict[str, Any]) -> str:
    place = values.pop("place")
    done = rosters.state_need(actor=actor, moment=clock.now(), place_id=place.pk, **values)
    return f"{done}: {done.people}"


def _end_need(actor: Actor, values: dict[str, Any]) -> str:
    now = clock.now()
    done = rosters.end_need(actor=actor, moment=now, need_id=values["need"].pk, last_day=now.date())
    return _("%(need)s ends today.") % {"need": done}


def _team(actor: Actor, values: dict[str, Any]) -> str:
    leader, members = values.pop("leader"), values.pop("members")
    done = people.make_team(
        actor=actor,
        moment=clock.now(),
        leader_id=leader.pk if leader else None,
        worker_ids=[one.pk for one in members],
        **values,
    )
    return _("%(team)s is made.") % {"team": done.name}


def _members(actor: Actor, values: dict[str, Any]) -> str:
    join, leave = ([one.pk for one in values[name]] for name in ("join", "leave"))
    done = people.change_team(actor=actor, moment=clock.now(), team_id=values["team"].pk, join=join, leave=leave)
    return _("%(team)s is changed.") % {"team": done.name}


def _loan(actor: Actor, values: dict[str, Any]) -> str:
    team, order = values.pop("team"), values.pop("order_reference")
    wish = people_loans.Wish(**values)
    done = people_loans.ask_loan(actor=actor, moment=clock.now(), team_id=team.pk, wish=wish, order_reference=order)
    return f"{done}: {done.get_state_display()}"


def _step(actor: Actor, values: dict[str, Any]) -> str:
    loan = values.pop("loan")
    done = people_loans.step_loan(actor=actor, moment=clock.now(), loan_id=loan.pk, **values)
    return f"{loan}: {done.get_state_display()}"


Deed = tuple[str, Any, Callable[[Actor, dict[str, Any]], str]]
DEEDS: dict[str, Deed] = {
    "nhu-cau": ("need_form", NeedForm, _need),
    "het-nhu-cau": ("end_form", EndNeedForm, _end_need),
    "lap-doi": ("team_form", TeamForm, _team),
    "thanh-vien": ("members_form", MembersForm, _members),
    "muon-doi": ("loan_form", LoanForm, _loan),
    "buoc-muon": ("step_form", LoanStepForm, _step),
}
