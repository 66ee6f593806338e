"""Proposing a zone, and giving one another ground: on the map, by hamlets, by street or by a list of households."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from phaodai.containment.actions import zones
from phaodai.containment.models import Zone
from phaodai.containment.pages.zones_forms import GroundFields, ProposeForm, ReshapeForm
from phaodai.containment.pages.zones_one import zone_of
from phaodai.containment.pages.zones_words import count
from phaodai.foundation import clock
from phaodai.foundation.asked import row_ids, whole
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.editing import act, status_of
from phaodai.foundation.scope import Actor
from phaodai.surveillance.models import Outbreak
from phaodai.territory.models import Tier, Unit

MOST_OUTBREAKS = 50


@page(Permission.CONTAINMENT_ZONE_PROPOSE)
def propose(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A new zone; what was drawn and typed comes back with the reason when it is refused."""
    form = ProposeForm(request.POST or None)
    outbreaks = Outbreak.objects.visible_to(actor).open().order_by("sort_key")[:MOST_OUTBREAKS]
    form.fields["outbreak_id"].choices = [("", "–"), *((one.pk, one.name) for one in outbreaks)]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("name", "reason", "outbreak_id", "planned_until")}
        ground = form.ground(request)
        done = act(form, lambda: zones.propose_zone(actor=actor, moment=clock.now(), ground=ground, **values))
        if done is not None:
            told = {"households": count(done.households), "people": count(done.people)}
            messages.success(request, _("Proposed: %(households)s households with %(people)s people.") % told)
            return redirect("containment-zone", pk=done.pk)
    return render(request, "containment/zone_new.html", _shown(request, actor, form), status=status_of(form))


@page(Permission.CONTAINMENT_ZONE_DECIDE)
def reshape(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Another ground for a zone in lockdown."""
    zone = zone_of(actor, pk)
    actor.require_area(zone)
    form = ReshapeForm(request.POST or None, initial=_present(zone))
    if request.method == "POST" and form.is_valid():
        deed = zones.shrink_zone if form.cleaned_data["step"] == "shrink" else zones.grow_zone
        asked = {
            "zone_id": pk,
            "reason": form.cleaned_data["reason"],
            "order": form.order(),
            "ground": form.ground(request),
        }
        done = act(form, lambda: deed(actor=actor, moment=clock.now(), **asked))
        if done is not None:
            told = {"households": count(done.households), "people": count(done.people)}
            messages.success(
                request, _("Changed: %(households)s households with %(people)s people are inside now.") % told
            )
            return redirect("containment-zone", pk=pk)
    shown = _shown(request, actor, form, zone)
    return render(request, "containment/zone_new.html", shown, status=status_of(form))


def _present(zone: Zone) -> dict[str, str]:
    """The ground as it is now, to be changed."""
    parts = list(zone.parts.filter(until_on=None))
    drawn = next((part for part in parts if part.geometry), None)
    homes = [str(home) for part in parts for home in part.household_ids]
    return {
        "outline": json.dumps(drawn.geometry) if drawn else "",
        "streets": "\n".join(part.street for part in parts if part.street),
        "households": "\n".join(homes),
    }


def _shown(request: HttpRequest, actor: Actor, form: GroundFields, zone: Zone | None = None) -> dict[str, Any]:
    commune = _commune(request, actor, zone)
    ticked = row_ids(request.POST.getlist("hamlets")) if request.method == "POST" else _ticked(zone)
    return {
        "form": form,
        "zone": zone,
        "commune": commune,
        "communes": [] if actor.area.commune else _communes(actor),
        "hamlets": [(one, one.pk in ticked) for one in _hamlets(commune)],
        "base_url": reverse("territory-unit-map", args=[commune.pk]) if commune else "",
    }


def _ticked(zone: Zone | None) -> list[int]:
    return [part.hamlet_id for part in zone.parts.filter(until_on=None) if part.hamlet_id] if zone else []


def _commune(request: HttpRequest, actor: Actor, zone: Zone | None) -> Unit | None:
    """Whose hamlets are offered: the officer's own commune, the zone's, or the one that was chosen."""
    asked = whole(request.POST.get("commune") or request.GET.get("xa"))
    pk = actor.area.commune or asked or (zone.commune_id if zone else None)
    units = Unit.objects.as_of(clock.today()).inside(actor.area).tier(Tier.COMMUNE)
    return units.filter(pk=pk).first() if pk else units.order_by("sort_key").first()


def _communes(actor: Actor) -> list[Unit]:
    units = Unit.objects.as_of(clock.today()).inside(actor.area).tier(Tier.COMMUNE)
    return list(units.select_related("parent").order_by("sort_key"))


def _hamlets(commune: Unit | None) -> list[Unit]:
    if commune is None:
        return []
    return list(Unit.objects.under(commune, clock.today()).filter(tier=Tier.HAMLET))
