"""What is done at a facility: wards and beds, oxygen, tier, planned beds, closing."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from phaodai.care.actions import beds, facilities, oxygen, upgrades
from phaodai.care.models import Facility
from phaodai.care.pages.facilities import UNREADABLE, context_of, seen_facility
from phaodai.care.pages.facilities_forms import (
    BedsForm,
    CloseForm,
    OxygenForm,
    PlanForm,
    PlanStepForm,
    TierForm,
    WardForm,
)
from phaodai.foundation import clock
from phaodai.foundation.asked import row_ids, whole
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.editing import act
from phaodai.foundation.scope import Actor


@page(Permission.CARE_BED_MANAGE, deed=True)
def deed(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Do at a facility what the form names in `viec`; a refused form comes back with its reason."""
    facility = seen_facility(actor, pk)
    found = DEEDS.get(request.POST.get("viec", ""))
    if found is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    shown, make, do = found
    form = make(request, facility, actor) if make else None
    if form is None or form.is_valid():
        words = act(form, lambda: do(facility, actor, request, form)) if form else do(facility, actor, request, form)
        if words is not None:
            messages.success(request, words)
            return redirect("care-facility", pk=facility.pk)
    return render(request, "care/facility.html", context_of(facility, actor, **{shown: form}), status=UNREADABLE)


def _about(facility: Facility, actor: Actor) -> dict[str, Any]:
    return {"actor": actor, "moment": clock.now(), "facility_id": facility.pk}


def _add_ward(facility: Facility, actor: Actor, _request: HttpRequest, form: Any) -> str:
    done = beds.add_ward(**_about(facility, actor), **form.cleaned_data)
    return _("Ward %(ward)s is there. Add its beds.") % {"ward": done.name}


def _set_ward(facility: Facility, actor: Actor, request: HttpRequest, _form: Any) -> str:
    ward = facility.wards.filter(pk=whole(request.POST.get("ward"))).first()
    if ward is None:
        raise NotHere(_("There is no such ward that your post may see."))
    done = beds.set_ward(actor=actor, moment=clock.now(), ward_id=ward.pk, state=request.POST.get("state", ""))
    return f"{done.name}: {done.get_state_display()}"


def _add_beds(facility: Facility, actor: Actor, _request: HttpRequest, form: Any) -> str:
    del facility
    values = dict(form.cleaned_data)
    ward, labels = values.pop("ward"), beds.labels_of(values.pop("labels"))
    done = beds.add_beds(actor=actor, moment=clock.now(), ward_id=ward.pk, labels=labels, **values)
    return _("%(count)d beds added.") % {"count": len(done)}


def _set_beds(facility: Facility, actor: Actor, request: HttpRequest, _form: Any) -> str:
    about, chosen = _about(facility, actor), row_ids(request.POST.getlist("bed"))
    if request.POST.get("kind"):
        done = beds.convert_beds(bed_ids=chosen, kind=request.POST["kind"], **about)
    else:
        done = beds.set_beds(bed_ids=chosen, state=request.POST.get("state", ""), **about)
    return _("%(count)d beds changed.") % {"count": len(done)}


def _check(facility: Facility, actor: Actor, _request: HttpRequest, _form: Any) -> str:
    beds.check_book(**_about(facility, actor))
    return _("The figures are of this moment.")


def _count_oxygen(facility: Facility, actor: Actor, _request: HttpRequest, form: Any) -> str:
    values: dict[str, Any] = dict(form.cleaned_data)
    values |= {name: values[name] or 0 for name in ("litres", "flow")}
    done = oxygen.count_oxygen(**_about(facility, actor), **values)
    return _("%(source)s counted.") % {"source": done.name}


def _remove_oxygen(facility: Facility, actor: Actor, request: HttpRequest, _form: Any) -> str:
    source = facility.oxygen.in_use().filter(pk=whole(request.POST.get("source"))).first()
    if source is None:
        raise NotHere(_("There is no such oxygen source that your post may see."))
    done = oxygen.remove_oxygen(actor=actor, moment=clock.now(), source_id=source.pk)
    return _("%(source)s is not counted any more.") % {"source": done.name}


def _set_tier(facility: Facility, actor: Actor, _request: HttpRequest, form: Any) -> str:
    done = facilities.set_tier(**_about(facility, actor), **form.cleaned_data)
    return f"{done.name}: {done.get_tier_display()}"


def _close(facility: Facility, actor: Actor, _request: HttpRequest, form: Any) -> str:
    done = facilities.close_facility(**_about(facility, actor), **form.cleaned_data)
    return _("%(facility)s is closed.") % {"facility": done.name}


def _plan(facility: Facility, actor: Actor, _request: HttpRequest, form: Any) -> str:
    values = dict(form.cleaned_data)
    parts = ("kind", "number", "from_kind", "doctors", "nurses", "oxygen_flow")
    brought = upgrades.Beds(**{name: values.pop(name) for name in parts})
    done = upgrades.plan_upgrade(**_about(facility, actor), beds=brought, **values)
    return _("%(count)d beds planned.") % {"count": done.beds}


def _step_plan(facility: Facility, actor: Actor, _request: HttpRequest, form: Any) -> str:
    del facility
    values = dict(form.cleaned_data)
    plan, ward = values.pop("plan"), values.pop("ward")
    done = upgrades.step_upgrade(
        actor=actor, moment=clock.now(), plan_id=plan.pk, ward_id=ward.pk if ward else None, **values
    )
    return f"{done}: {done.get_state_display()}"


Make = Callable[[HttpRequest, Facility, Actor], Any]
Deed = tuple[str, Make | None, Callable[[Facility, Actor, HttpRequest, Any], str]]
DEEDS: dict[str, Deed] = {
    "them-khoa": ("ward_form", lambda request, _one, _actor: WardForm(request.POST), _add_ward),
    "khoa": ("ward_state", None, _set_ward),
    "them-giuong": ("beds_form", lambda request, one, _actor: BedsForm(request.POST, facility=one), _add_beds),
    "giuong": ("bed_state", None, _set_beds),
    "doi-chieu": ("check", None, _check),
    "oxy": ("oxygen_form", lambda request, _one, _actor: OxygenForm(request.POST), _count_oxygen),
    "bo-oxy": ("oxygen_state", None, _remove_oxygen),
    "tang": ("tier_form", lambda request, _one, _actor: TierForm(request.POST), _set_tier),
    "dong": ("close_form", lambda request, _one, _actor: CloseForm(request.POST), _close),
    "ke-hoach": ("plan_form", lambda request, _one, actor: PlanForm(request.POST, actor=actor), _plan),
    "buoc": ("step_form", lambda request, one, _actor: PlanStepForm(request.POST, facility=one), _step_plan),
}
