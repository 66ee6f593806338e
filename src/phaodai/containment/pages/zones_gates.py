"""The gates of a zone: set up and manned at the desk; and one gate on a telephone, where passages are logged in two taps."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phaodai.containment.actions import gates
from phaodai.containment.actions.zones_found import gate_for, require_sees_homes
from phaodai.containment.models import Gate, GateDuty, GatePassage, Permit, Purpose, Zone
from phaodai.containment.pages.zones_forms import DutyForm, GateForm, GatePeopleForm, PassageForm, PermitForm
from phaodai.containment.pages.zones_one import zone_of
from phaodai.containment.pages.zones_sending import by_script, first_problem, refused_json
from phaodai.foundation import clock
from phaodai.foundation.asked import whole
from phaodai.foundation.formats import fold
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.registers.editing import act
from phaodai.foundation.scope import Actor

UNREADABLE, SHOWN_PASSAGES, SHOWN_PERMITS = 422, 12, 200
SHIFT = timedelta(hours=8)


@page(Permission.CONTAINMENT_ZONE_READ)
def arrange(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Gates, roster and permits of a zone; `lam` says which of the forms was sent."""
    zone = zone_of(actor, pk)
    if request.method == "POST":
        actor.require(Permission.CONTAINMENT_ZONE_PROPOSE)
        actor.require_area(zone)
        return _arranged(request, actor, zone)
    return render(request, "containment/zone_gates.html", _shown(actor, zone))


def _arranged(request: HttpRequest, actor: Actor, zone: Zone) -> HttpResponse:
    asked: dict[str, Any] = {"actor": actor, "moment": clock.now()}
    what = request.POST.get("lam", "")
    if what == "thu-hoi":
        gates.withdraw_permit(**asked, permit_id=whole(request.POST.get("permit")))
        return _back(request, zone, _("The permit is withdrawn."))
    if what == "dong-chot":
        gates.close_gate(**asked, gate_id=whole(request.POST.get("gate")))
        return _back(request, zone, _("The gate is closed; its log stays."))
    forms = _forms(zone, request.POST)
    if what not in forms:
        raise Refusal(_("Choose one of the steps on this page."))
    form, deed, said = forms[what]
    if form.is_valid():
        given = form.cleaned_data if what in ("ca", "sua-chot") else {**form.cleaned_data, "zone_id": zone.pk}
        if act(form, lambda: deed(**asked, **given)) is not None:
            return _back(request, zone, said)
    shown = _shown(actor, zone, form) | {f"{_NAMES[what]}_form": form}
    return render(request, "containment/zone_gates.html", shown, status=UNREADABLE)


_NAMES = {"chot": "gate", "sua-chot": "people", "ca": "duty", "giay": "permit"}


def _forms(zone: Zone, sent: Any) -> dict[str, Any]:
    open_gates = list(Gate.objects.filter(zone=zone, closed_on=None).order_by("name"))
    return {
        "chot": (GateForm(sent), gates.add_gate, _("The gate is set up.")),
        "sua-chot": (GatePeopleForm(sent), gates.amend_gate, _("Whoever stands at the gate sees it.")),
        "ca": (DutyForm(sent, gates=open_gates), gates.add_duty, _("The shift is on the roster.")),
        "giay": (PermitForm(sent), gates.issue_permit, _("The permit is issued.")),
    }


def _back(request: HttpRequest, zone: Zone, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("containment-zone-gates", pk=zone.pk)


def _shown(actor: Actor, zone: Zone, refused: Any = None) -> dict[str, Any]:
    moment = clock.now()
    found = list(Gate.objects.filter(zone=zone).order_by("closed_on", "name"))
    standing = [gate for gate in found if gate.closed_on is None]
    duties = GateDuty.objects.filter(gate__in=found, ends_at__gt=moment).order_by("gate__name", "starts_at", "name")
    permits = Permit.objects.filter(zone=zone, valid_until__gt=moment, withdrawn_at=None).order_by("holder", "plate")
    starts = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return {
        "zone": zone,
        "gates": [(gate, _people_form(gate, refused)) for gate in found],
        "duties": duties.select_related("gate"),
        "permits": permits[:SHOWN_PERMITS],
        "now": moment,
        "gate_form": GateForm(),
        "duty_form": DutyForm(gates=standing, initial={"starts_at": starts, "ends_at": starts + SHIFT}),
        "permit_form": PermitForm(initial={"valid_from": moment, "valid_until": moment + timedelta(days=3)}),
        "may_arrange": actor.may(Permission.CONTAINMENT_ZONE_PROPOSE) and actor.area.holds(zone),
        "may_permit": actor.reach != "own",
        "may_serve": actor.may(Permission.CONTAINMENT_ZONE_SERVE) and actor.reach != "own",
    }


def _people_form(gate: Gate, refused: Any) -> GatePeopleForm:
    """Who answers for a gate as it stands; of the gate whose form was refused, the form with its reason."""
    if isinstance(refused, GatePeopleForm) and refused["gate_id"].value() == str(gate.pk):
        return refused
    names = ("place", "in_charge", "phone", "opens_at", "shuts_at")
    known = {name: getattr(gate, name) for name in names}
    return GatePeopleForm(initial={**known, "gate_id": gate.pk}, auto_id=f"sua-{gate.pk}-%s")


@page(Permission.CONTAINMENT_ZONE_SERVE)
def gate(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """One gate on a telephone: who passes, in two taps; a permit is found by plate or name (`?tim=`)."""
    found = gate_for(actor, pk)
    require_sees_homes(actor)
    if request.method == "POST":
        return _logged(request, actor, found)
    return render(request, "containment/zone_gate.html", _gate_shown(request, found))


def _logged(request: HttpRequest, actor: Actor, found: Gate) -> HttpResponse:
    form = PassageForm(request.POST)
    try:
        if not form.is_valid():
            raise Refusal(first_problem(form))
        done = gates.log_passage(actor=actor, moment=clock.now(), gate_id=found.pk, passing=_passing(form.cleaned_data))
    except Refusal as refusal:
        if by_script(request):
            return refused_json(refusal)
        raise
    said = _said(done)
    if by_script(request):
        return JsonResponse({"message": said, "warning": _clock_words(done)})
    messages.success(request, said)
    return redirect("containment-gate", pk=found.pk)


def _passing(values: dict[str, Any]) -> gates.Passing:
    """A plate holds a figure, a name does not."""
    who = values["who"].strip()
    plate = who if any(sign.isdigit() for sign in who) else ""
    return gates.Passing(
        key=values["key"], direction=values["direction"], purpose=values["purpose"], name="" if plate else who, plate=plate,
        permit_id=values["permit_id"], note=values["note"], at=values["at"],
    )  # fmt: skip


def _said(done: GatePassage) -> str:
    who = done.plate or done.name
    words = _("%(way)s: %(who)s.") if done.permit_id else _("%(way)s: %(who)s, without a permit.")
    return words % {"way": done.get_direction_display(), "who": who}


def _clock_words(done: GatePassage) -> str:
    """Where the telephone's clock was not believed."""
    if "giờ trên máy" not in done.note:
        return ""
    return _("The telephone's clock is wrong, so the time of receipt was kept. Nothing is lost; set the clock.")


def _gate_shown(request: HttpRequest, found: Gate) -> dict[str, Any]:
    words, moment = request.GET.get("tim", "").strip(), clock.now()
    passages = GatePassage.objects.filter(gate=found).select_related("permit").order_by("-at")
    today = passages.filter(at__date=clock.today()).count()
    return {
        "gate": found,
        "zone": found.zone,
        "duties": GateDuty.objects.at(moment).filter(gate=found).order_by("name"),
        "permits": _permits(found, words),
        "words": words,
        "passages": passages[:SHOWN_PASSAGES],
        "today": ngettext("%(count)d passage today", "%(count)d passages today", today) % {"count": today},
        "purposes": Purpose.choices,
        "key": uuid4(),
        "open": found.closed_on is None and found.zone.is_closed_off,
        "in_hours": found.lets_through_at(moment),
    }


def _permits(found: Gate, words: str) -> list[Permit]:
    """Permits that let through now, and fit the words."""
    rows = Permit.objects.filter(zone=found.zone_id).valid_at(clock.now())
    for word in fold(words).split():
        rows = rows.filter(search_key__contains=gates.bare_plate(word) or word)
    return list(rows.order_by("search_key")[:SHOWN_PERMITS])
