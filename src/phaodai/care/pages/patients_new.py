"""Somebody comes under treatment: a case, from its page, or whoever stands at the door of a facility."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from phaodai.care.actions.patients import WalkIn, register_walk_in, treat_case
from phaodai.care.actions.patients_shared import runs
from phaodai.care.models import Facility, Patient
from phaodai.care.pages.patients_forms import BackgroundForm, WalkInForm
from phaodai.foundation import clock
from phaodai.foundation.asked import whole
from phaodai.foundation.components import Action, QueueItem
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.editing import act
from phaodai.foundation.scope import Actor
from phaodai.surveillance.models import Case
from phaodai.surveillance.pages.case_parts import add_next_steps

UNREADABLE = 422


@page(Permission.CARE_PATIENT_WRITE)
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """With `ca` in the address the case of that row id; without, somebody at the door."""
    case_id = whole(request.GET.get("ca") or request.POST.get("ca"))
    case = _case(actor, case_id) if case_id else None
    form = _form(actor, request.POST if request.method == "POST" else None, case)
    if request.method == "POST" and form.is_valid():
        done = act(form, lambda: _register(actor, form.cleaned_data, case))
        if done is not None:
            messages.success(
                request, _("%(who)s is under treatment. Assess the severity now.") % {"who": done.initials}
            )
            return redirect("care-patient", pk=done.pk)
    shown = {"form": form, "case": case}
    return render(request, "care/patient_new.html", shown, status=UNREADABLE if form.errors else 200)


def _case(actor: Actor, case_id: int) -> Case:
    case = Case.objects.visible_to(actor).select_related("person").filter(pk=case_id).first()
    if case is None:
        raise NotHere(_("There is no such case that your post may see."))
    return case


def _form(actor: Actor, sent: Any, case: Case | None) -> Any:
    if case is not None:
        return BackgroundForm(sent)
    rows = Facility.objects.visible_to(actor).open().select_related("organisation").order_by("sort_key")
    mine = [one.pk for one in rows if runs(actor, one)]
    first = mine[0] if len(mine) == 1 else None
    return WalkInForm(
        sent, facilities=rows.filter(pk__in=mine), province=actor.area.province, initial={"facility": first}
    )


def _register(actor: Actor, values: dict[str, Any], case: Case | None) -> Patient:
    moment = clock.now()
    if case is not None:
        return treat_case(actor=actor, moment=moment, case_id=case.pk, **values)
    told = {name: values.pop(name) for name in ("full_name", "birth_year", "sex", "phone")}
    commune, facility = values.pop("commune"), values.pop("facility")
    who = WalkIn(**told, commune=commune.pk if commune else None)
    return register_walk_in(actor=actor, moment=moment, facility_id=facility.pk, who=who, **values)


@add_next_steps
def bring_under_treatment(case: Case, actor: Actor, _moment: Any) -> list[QueueItem]:
    """On the page of a case: the door into treatment, or to the patient's record."""
    if not actor.may(Permission.CARE_PATIENT_READ):
        return []
    known = Patient.objects.visible_to(actor).filter(case=case).order_by("-registered_at").first()
    if known is not None:
        where = known.facility.name if known.facility else ""
        url = reverse("care-patient", args=[known.pk])
        opens = Action(_("Open the record"), url, "chevron-right", small=True)
        words = f"{known.get_state_display()} {where} {known.get_severity_display()}"
        return [QueueItem(_("Treatment"), reason=words.strip(), actions=[opens])]
    treatable = not case.outcome and case.classification != Case.Classification.DISCARDED
    if not treatable or not actor.may(Permission.CARE_PATIENT_WRITE) or not actor.area.holds(case):
        return []
    url = f"{reverse('care-patient-new')}?ca={case.pk}"
    door = Action(_("Bring under treatment"), url, "care", small=True)
    return [QueueItem(_("Assess the severity and find a place"), reason=_("Not under treatment yet."), actions=[door])]
