"""One transfer, for the desk and for the crew's telephone: where to, how long yet, and the next step in two taps."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from phaodai.care.actions import transfers
from phaodai.care.actions.transfers import drives, sends, takes
from phaodai.care.models import Transfer
from phaodai.care.pages.patients_forms import AssignForm, ReasonForm, TapForm
from phaodai.care.pages.patients_words import clock_of
from phaodai.care.rules.transfers import may_follow
from phaodai.foundation import clock, later
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.editing import act
from phaodai.foundation.scope import Actor

UNREADABLE = 422
State = Transfer.State
TAPS = ("len-duong", "den-noi")
"""The crew's steps, which may come hours after they were tapped."""


def seen_transfer(actor: Actor, pk: int) -> Transfer:
    """The transfer of an address, as far as this officer may see it."""
    parts = (
        "to_facility__organisation",
        "to_facility__place",
        "from_facility__organisation",
        "ambulance__organisation",
    )
    found = Transfer.objects.visible_to(actor).select_related(*parts).filter(pk=pk).first()
    if found is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    return found


@page(Permission.CARE_PATIENT_READ)
def transfer(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Where it stands, and what this officer may do next."""
    return render(request, "care/transfer.html", context_of(seen_transfer(actor, pk), actor))


def context_of(way: Transfer, actor: Actor, **refused: Any) -> dict[str, Any]:
    """What the page shows; a refused form of the caller takes the place of a fresh one."""
    decides, writes = actor.may(Permission.CARE_TRANSFER_DECIDE), actor.may(Permission.CARE_PATIENT_WRITE)
    yes, mine, drive = takes(actor, way), sends(actor, way), drives(actor, way)
    live = way.is_live
    return {
        "way": way,
        "clock": clock_of(way, clock.now()),
        "steps": way.steps.select_related("officer").order_by("at", "pk"),
        "key": uuid4(),
        "may_approve": live and decides and yes and may_follow(way.state, State.APPROVED),
        "may_refuse": live and decides and yes and may_follow(way.state, State.REFUSED),
        "may_assign": live and decides and (yes or mine or drive) and may_follow(way.state, State.ASSIGNED),
        "may_depart": live and writes and drive and may_follow(way.state, State.ON_THE_WAY),
        "may_arrive": live and writes and drive and may_follow(way.state, State.ARRIVED),
        "may_cancel": live and writes and (yes or mine) and may_follow(way.state, State.CANCELLED),
        "may_receive": live and writes and yes and way.state in (State.ON_THE_WAY, State.ARRIVED),
        "assign_form": AssignForm(actor=actor, way=way, initial={"crew": way.crew}),
        "reason_form": ReasonForm(),
        "tap_form": TapForm(),
    } | refused


@page(Permission.CARE_PATIENT_WRITE, deed=True)
def deed(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Do what the form names in `viec`. A tap that comes twice with one `key` counts once."""
    way, key = seen_transfer(actor, pk), _key(request.POST.get("key", ""))
    what = request.POST.get("viec", "")
    if what not in DEEDS:
        raise NotHere(_("There is nothing at this address that your post may see."))
    form, shown = _form(what, request.POST, actor, way)
    asked = {"actor": actor, "moment": clock.now(), "transfer_id": way.pk, "key": key}
    done = form.is_valid() and act(form, lambda: DEEDS[what](**asked, **_values(what, form.cleaned_data)))
    if later.waited(request):
        return later.told(form, done=bool(done))
    if done:
        about = {"who": done.initials, "state": done.get_state_display()}
        messages.success(request, _("%(who)s: %(state)s.") % about)
        return redirect("care-transfer", pk=pk)
    return render(request, "care/transfer.html", context_of(way, actor, **{shown: form}), status=UNREADABLE)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _form(what: str, sent: Any, actor: Actor, way: Transfer) -> tuple[Any, str]:
    if what == "xe":
        return AssignForm(sent, actor=actor, way=way), "assign_form"
    return (TapForm(sent), "tap_form") if what in TAPS else (ReasonForm(sent), "reason_form")


def _values(what: str, values: dict[str, Any]) -> dict[str, Any]:
    if what == "xe":
        return {"ambulance_id": values["ambulance"].pk, "crew": values["crew"]}
    if what in TAPS:
        return {"at": clock.inside(values["at"]) if values["at"] else None}
    return {"reason": values["reason"]} if what in ("tu-choi", "huy") else {}


DEEDS: dict[str, Any] = {
    "dong-y": transfers.approve,
    "tu-choi": transfers.refuse,
    "xe": transfers.assign,
    "len-duong": transfers.depart,
    "den-noi": transfers.arrive,
    "huy": transfers.cancel,
}
