"""Today inside a zone, on a telephone: what is owed and brought, and the doors to check, in walking order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from itertools import groupby
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from phaodai.containment.actions import zones_care
from phaodai.containment.actions.zones_found import served_zone_for
from phaodai.containment.models import HouseCheck, Need, Zone, ZoneHousehold
from phaodai.containment.pages.zones_forms import NeedForm, VisitForm
from phaodai.containment.pages.zones_one import zone_of
from phaodai.containment.pages.zones_sending import by_script, first_problem, refused_json
from phaodai.foundation import clock
from phaodai.foundation.asked import row_ids, whole
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.registers.editing import act
from phaodai.foundation.scope import Actor
from phaodai.people.models import Household

DOORS_AT_MOST, OWED_AT_MOST = 400, 300
UNREADABLE = 422


@dataclass(frozen=True)
class Door:
    """One household with what was found there today, and the key of the next entry."""

    home: Household
    people: int
    found: str
    key: Any


@dataclass(frozen=True)
class Lane:
    """The doors of one hamlet, in the order of their addresses."""

    name: str
    doors: Sequence[Door]


def walking(address: str) -> list[tuple[int, str]]:
    """House by house: "Số 9" stands before "Số 12"."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in address.replace(",", " ").split()]


@page(Permission.CONTAINMENT_ZONE_SERVE)
def checks(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Every door of a zone today, the next one open."""
    zone = served_zone_for(actor, zone_of(actor, pk).pk)
    if request.method == "POST":
        return _checked(request, actor, zone)
    lanes = _lanes(zone)
    doors = [door for lane in lanes for door in lane.doors]
    shown = {
        "zone": zone,
        "lanes": lanes,
        "done": sum(bool(door.found) for door in doors),
        "all": len(doors),
        "next": next((door.home.pk for door in doors if not door.found), None),
        "findings": HouseCheck.Found.choices,
        "today": clock.today(),
    }
    return render(request, "containment/zone_checks.html", shown)


def _lanes(zone: Zone) -> list[Lane]:
    today = clock.today()
    inside = ZoneHousehold.objects.on(today).filter(zone=zone).select_related("household__hamlet")[:DOORS_AT_MOST]
    since = datetime.combine(today, time(0), tzinfo=VIETNAM)
    seen = dict(HouseCheck.objects.filter(zone=zone, at__gte=since).order_by("at").values_list("household_id", "found"))
    labels = dict(HouseCheck.Found.choices)
    rows = sorted(inside, key=lambda one: (one.household.hamlet.sort_key, walking(one.household.address), one.pk))
    doors = [(one.household.hamlet.name, _door(one, seen, labels)) for one in rows]
    return [Lane(name, [door for _name, door in found]) for name, found in groupby(doors, key=lambda pair: pair[0])]


def _door(one: ZoneHousehold, seen: dict[int, str], labels: dict[str, Any]) -> Door:
    return Door(one.household, one.people, str(labels.get(seen.get(one.household_id, ""), "")), uuid4())


def _checked(request: HttpRequest, actor: Actor, zone: Zone) -> HttpResponse:
    form = VisitForm(request.POST)
    try:
        if not form.is_valid():
            raise Refusal(first_problem(form))
        values: dict[str, Any] = form.cleaned_data
        visit = zones_care.Visit(values["key"], values["household"], values["found"], values["note"], values["at"])
        done = zones_care.check_house(actor=actor, moment=clock.now(), zone_id=zone.pk, visit=visit)
    except Refusal as refusal:
        if by_script(request):
            return refused_json(refusal)
        raise
    return _answer(request, "containment-zone-checks", zone, done.get_found_display())


def _answer(request: HttpRequest, page_name: str, zone: Zone, said: Any) -> HttpResponse:
    if by_script(request):
        return JsonResponse({"message": str(said), "warning": ""})
    messages.success(request, _("Written down: %(what)s.") % {"what": said})
    return redirect(page_name, pk=zone.pk)


@page(Permission.CONTAINMENT_ZONE_SERVE)
def needs(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """What is owed to whom, in walking order; ticked when it was brought, and asked for."""
    zone = served_zone_for(actor, zone_of(actor, pk).pk)
    if request.method == "POST" and request.POST.get("lam") == "giao":
        return _delivered(request, actor, zone)
    form = NeedForm(request.POST or None, initial={"due_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        done = act(form, lambda: _ask(request, actor, zone, form.cleaned_data))
        if done is not None:
            messages.success(request, _("On the list: %(count)d households.") % {"count": len(done)})
            return redirect("containment-zone-needs", pk=zone.pk)
    status = UNREADABLE if form.errors else 200
    return render(request, "containment/zone_needs.html", _needs_shown(zone, form), status=status)


def _ask(request: HttpRequest, actor: Actor, zone: Zone, values: dict[str, Any]) -> list[Need]:
    homes = row_ids(request.POST.getlist("household"))
    if not homes and "all" not in request.POST:
        raise Refusal(_("Choose at least one household, or all of them."))
    return zones_care.ask_needs(
        actor=actor, moment=clock.now(), zone_id=zone.pk, household_ids=homes, wanted=zones_care.Wanted(**values)
    )


def _delivered(request: HttpRequest, actor: Actor, zone: Zone) -> HttpResponse:
    try:
        done = zones_care.deliver_need(actor=actor, moment=clock.now(), need_id=whole(request.POST.get("need")))
    except Refusal as refusal:
        if by_script(request):
            return refused_json(refusal)
        raise
    return _answer(request, "containment-zone-needs", zone, _("brought: %(what)s") % {"what": done.what})


def _needs_shown(zone: Zone, form: NeedForm) -> dict[str, Any]:
    today = clock.today()
    owed = Need.objects.filter(zone=zone).owed().select_related("household__hamlet").order_by("due_on")[:OWED_AT_MOST]
    inside = ZoneHousehold.objects.on(today).filter(zone=zone).select_related("household__hamlet")[:DOORS_AT_MOST]
    homes = sorted((one.household for one in inside), key=_place)
    return {
        "zone": zone,
        "form": form,
        "lanes": _owed(owed),
        "late": sum(need.due_on < today for need in owed),
        "brought": Need.objects.filter(zone=zone, delivered_at__date=today).count(),
        "owed": len(owed),
        "homes": homes,
        "today": today,
    }


def _place(home: Household) -> tuple[str, list[tuple[int, str]], int]:
    return (home.hamlet.sort_key, walking(home.address), home.pk)


def _owed(needs: Iterable[Need]) -> list[tuple[str, list[tuple[Household, list[Need]]]]]:
    """By hamlet and household."""
    rows = sorted(needs, key=lambda need: _place(need.household))
    lanes = []
    for name, found in groupby(rows, key=lambda need: need.household.hamlet.name):
        homes = [(home, list(items)) for home, items in groupby(found, key=lambda need: need.household)]
        lanes.append((name, homes))
    return lanes
