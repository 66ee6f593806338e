"""What is done at a site: rooms added, opened and closed, meals counted, results taken over, alerts closed, papers signed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from phaodai.containment.actions import sites
from phaodai.containment.actions.releases_papers import sign_certificate
from phaodai.containment.actions.stays_tests import take_laboratory_results
from phaodai.containment.models import Room, Site, SiteAlert, Stay
from phaodai.containment.pages.sites import UNREADABLE, AlertForm, RoomForm, RoomsForm, context_of, seen_site
from phaodai.containment.pages.sites_meals import MealsForm
from phaodai.foundation import clock
from phaodai.foundation.asked import row_ids, whole
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.editing import act
from phaodai.foundation.scope import Actor


@page(Permission.CONTAINMENT_STAY_READ, deed=True)
def deed(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Do at a site what the form names in `viec`; a refused form comes back with its reason."""
    site = seen_site(actor, pk)
    found = DEEDS.get(request.POST.get("viec", ""))
    if found is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    shown, form_class, do = found
    form = form_class(request.POST) if form_class else None
    if form is None or form.is_valid():
        words = act(form, lambda: do(site, actor, request, form)) if form else do(site, actor, request, form)
        if words is not None:
            messages.success(request, words)
            return _back(request, site)
    return render(request, "containment/site.html", context_of(site, actor, **{shown: form}), status=UNREADABLE)


def _back(request: HttpRequest, site: Site) -> HttpResponse:
    if site.closed_on is not None:
        return redirect("quarantine")
    return redirect("quarantine-today" if request.POST.get("here") == "today" else "quarantine-site", pk=site.pk)


def _add_rooms(site: Site, actor: Actor, _request: HttpRequest, form: Any) -> str:
    values = dict(form.cleaned_data)
    values["names"] = values["names"].replace("\n", ",").split(",")
    done = sites.add_rooms(actor=actor, moment=clock.now(), site_id=site.pk, **values)
    return _("%(count)d rooms added.") % {"count": len(done)}


def _set_room(site: Site, actor: Actor, request: HttpRequest, form: Any) -> str:
    room = Room.objects.filter(site=site, pk=whole(request.POST.get("room"))).first()
    if room is None:
        raise NotHere(_("There is no such room that your post may see."))
    done = sites.set_room(actor=actor, moment=clock.now(), room_id=room.pk, **form.cleaned_data)
    return _("Room %(room)s: %(state)s.") % {"room": done.name, "state": done.get_state_display()}


def _close(site: Site, actor: Actor, _request: HttpRequest, _form: Any) -> str:
    done = sites.close_site(actor=actor, moment=clock.now(), site_id=site.pk)
    site.closed_on = done.closed_on
    return _("%(site)s is closed.") % {"site": done.name}


def _close_alert(site: Site, actor: Actor, request: HttpRequest, form: Any) -> str:
    alert = SiteAlert.objects.filter(site=site, pk=whole(request.POST.get("alert"))).first()
    if alert is None:
        raise NotHere(_("There is no such alert that your post may see."))
    sites.close_alert(actor=actor, moment=clock.now(), alert_id=alert.pk, **form.cleaned_data)
    return _("The alert is closed.")


def _count_meals(site: Site, actor: Actor, _request: HttpRequest, form: Any) -> str:
    done = sites.count_meals(actor=actor, moment=clock.now(), site_id=site.pk, **form.cleaned_data)
    return _("%(count)d meal days noted.") % {"count": done.served}


def _take_results(site: Site, actor: Actor, _request: HttpRequest, _form: Any) -> str:
    waiting = Stay.objects.inside().filter(site=site, tests__dropped=False, tests__result="")
    ids = list(waiting.values_list("pk", flat=True).distinct())
    count = take_laboratory_results(actor=actor, moment=clock.now(), stay_ids=ids)
    return _("%(count)d results taken over from laboratories.") % {"count": count}


Deed = tuple[str, Any, Callable[[Site, Actor, HttpRequest, Any], str]]
DEEDS: dict[str, Deed] = {
    "them-phong": ("rooms_form", RoomsForm, _add_rooms),
    "phong": ("room_form", RoomForm, _set_room),
    "dong": ("close_form", None, _close),
    "bao-dong": ("alert_form", AlertForm, _close_alert),
    "suat-an": ("meals_form", MealsForm, _count_meals),
    "ket-qua": ("results_form", None, _take_results),
}


@page(Permission.COMMAND_PAPER_SIGN, deed=True)
def certify(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Sign one certificate for everybody chosen."""
    paper = sign_certificate(actor=actor, moment=clock.now(), stay_ids=row_ids(request.POST.getlist("row")))
    messages.success(request, _("Signed: %(reference)s.") % {"reference": paper.reference})
    return redirect("van-ban-di-record", pk=paper.pk)
