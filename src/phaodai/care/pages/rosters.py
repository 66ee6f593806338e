"""People and rosters: who is on duty, who is worn out, where somebody is missing, which teams are lent."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from phaodai.care.actions import rosters
from phaodai.care.actions.people_loans import NEXT
from phaodai.care.models import Shift, Skill, TeamLoan, Worker
from phaodai.care.pages.facilities_forms import bodies_of
from phaodai.care.pages.rosters_figures import missing_ahead, needs_of, on_duty_now, worn_out
from phaodai.care.pages.rosters_forms import LoanForm, MembersForm, NeedForm, ShiftForm, TeamForm
from phaodai.care.rules.rosters import (
    LEAST_REST_HOURS,
    MOST_DAYS_IN_A_ROW,
    MOST_HOURS_IN_A_DAY,
    TIRED_HOURS_IN_A_WEEK,
)
from phaodai.foundation import clock
from phaodai.foundation.asked import row_ids
from phaodai.foundation.components import KeyFigure, KeyFigures
from phaodai.foundation.formats import fold, number
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.editing import act
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor

UNREADABLE = 422
SHOWN = 30
OFFERED = 200


@page(Permission.CARE_ROSTER_READ)
def people(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What the rosters of the next days lack, and what the last ones cost."""
    return render(request, "care/rosters.html", context_of(actor))


def context_of(actor: Actor, **forms_of_page: Any) -> dict[str, Any]:
    """What the page shows; a refused form of the caller takes the place of a fresh one."""
    now = clock.now()
    missing, worn, duty = missing_ahead(actor, now), worn_out(actor, now, SHOWN), on_duty_now(actor, now)
    manages = actor.may(Permission.CARE_ROSTER_MANAGE)
    fresh = {
        "need_form": NeedForm(actor=actor, initial={"since": now.date(), "starts": "07:00"}),
        "team_form": TeamForm(actor=actor),
        "members_form": MembersForm(actor=actor),
        "loan_form": LoanForm(actor=actor, initial={"since": now.date()}),
    }
    return {
        "figures": _figures(actor, len(missing), len(worn), sum(len(one["shifts"]) for one in duty)),
        "missing": missing[:SHOWN],
        "more_missing": max(len(missing) - SHOWN, 0),
        "worn": worn,
        "duty": duty,
        "needs": sorted(needs_of(actor, now), key=lambda one: (one.place.sort_key, one.skill, one.starts))[:SHOWN],
        "loans": loans_of(actor),
        "limits": {
            "hours": MOST_HOURS_IN_A_DAY,
            "rest": LEAST_REST_HOURS,
            "days": MOST_DAYS_IN_A_ROW,
            "week": TIRED_HOURS_IN_A_WEEK,
        },
        "may_manage": manages,
        **(fresh if manages else {}),
    } | forms_of_page


def loans_of(actor: Actor) -> list[dict[str, Any]]:
    """Loans under way, with what this officer may do with each."""
    rows = TeamLoan.objects.visible_to(actor).running().select_related("team__organisation", "to_organisation")
    found = []
    for one in rows.order_by("since", "pk")[:SHOWN]:
        lender = one.team.organisation
        decides = lender.pk == actor.organisation or (actor.reach != "own" and actor.area.holds(lender))
        steps = [TeamLoan.State(state) for state in NEXT[one.state]] if decides else []
        found.append({"loan": one, "steps": steps if actor.may(Permission.CARE_ROSTER_MANAGE) else []})
    return found


def _figures(actor: Actor, missing: int, worn: int, on_duty: int) -> KeyFigures:
    working = Worker.objects.visible_to(actor).working().count()

    def said(count: int) -> str:
        return number(count, 0, language())

    return KeyFigures(
        [
            KeyFigure(_("On the list"), said(working), reverse("nhan-luc-list"), _("people")),
            KeyFigure(_("On duty now"), said(on_duty), f"{reverse('ca-truc-list')}?xem=nay", _("people")),
            KeyFigure(_("Gaps in three days"), said(missing), "#thieu", _("shifts"), late=missing > 0),
            KeyFigure(_("Need a free day"), said(worn), "#met", _("people"), late=worn > 0),
        ]
    )


@page(Permission.CARE_ROSTER_MANAGE)
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Put people on shifts; `?can=<skill>` and `?q=` narrow who is offered."""
    sent = request.method == "POST"
    initial = {"first_day": clock.today(), "starts": "07:00", "place": request.GET.get("noi"), "hours": 8}
    form = ShiftForm(request.POST if sent else None, actor=actor, initial=initial)
    chosen = row_ids(request.POST.getlist("worker"))
    if sent and form.is_valid():
        done = act(form, lambda: _add(form, actor, chosen))
        if done is not None:
            messages.success(request, _("%(count)d shifts added.") % {"count": len(done)})
            return redirect("care-people")
    context = {"form": form, "chosen": set(chosen), **_offered(request, actor)}
    return render(request, "care/roster_new.html", context, status=UNREADABLE if form.errors else 200)


def _add(form: ShiftForm, actor: Actor, chosen: list[int]) -> list[Shift]:
    values = form.cleaned_data
    place, team = values["place"], values["team"]
    post = rosters.Post(place.pk if place else None, values["where"], team.pk if team else None)
    return rosters.add_shifts(
        actor=actor,
        moment=clock.now(),
        worker_ids=chosen,
        post=post,
        spans=form.spans(),
        override_reason=values["override_reason"],
    )


def _offered(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    rows = Worker.objects.visible_to(actor).working().filter(organisation__in=bodies_of(actor))
    skill = request.GET.get("can", "")
    if skill in Skill.values:
        rows = rows.filter(skills__contains=[skill])
    for word in fold(request.GET.get("q", "")).split():
        rows = rows.filter(search_key__contains=word)
    workers = list(rows.select_related("organisation").order_by("sort_key", "pk")[:OFFERED])
    labels = dict(Skill.choices)
    offered = [(one, ", ".join(str(labels.get(skill, skill)) for skill in one.skills)) for one in workers]
    return {"offered": offered, "skills": Skill.choices, "skill": skill, "words": request.GET.get("q", "")}
