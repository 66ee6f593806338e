"""Today at one site, for a telephone: whom to look in on, whose sample is due, who goes home, how many eat."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from phaodai.containment.actions.releases import hindrance_words
from phaodai.containment.actions.stays_shared import mine
from phaodai.containment.models import Placement, Site, SiteAlert, Stay, StayCheck, StayTest
from phaodai.containment.pages.sites import seen_site
from phaodai.containment.pages.sites_meals import MealsForm
from phaodai.containment.rules.stays import Sample
from phaodai.foundation import clock
from phaodai.foundation.asked import whole
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import Actor
from phaodai.surveillance.models import FollowUpDay
from phaodai.surveillance.pages.symptom_words import CHOICES

SHOWN = 60
PARTS = ("tham", "mau", "ra")


@dataclass
class Inside:
    """One person of today's list."""

    stay: Stay
    room: str
    day: int
    seen: str
    sample_due: bool
    waiting: bool
    hindrance: str


@page(Permission.CONTAINMENT_STAY_READ)
def today(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The round of the day. `?phan=` is tham (look in), mau (samples) or ra (releases); `?nha=` narrows to a building."""
    site, day = seen_site(actor, pk), clock.today()
    part = request.GET.get("phan", "tham")
    part = part if part in PARTS else "tham"
    everybody = people_of(site, day)
    chosen = _of_part(everybody, part, day)
    start = whole(request.GET.get("tu"))
    shown = chosen[start : start + SHOWN]
    context: dict[str, Any] = {
        "site": site,
        "today": day,
        "now_local": clock.now(),
        "part": part,
        "people": shown,
        "next_start": start + SHOWN if start + SHOWN < len(chosen) else 0,
        "counts": _counts(everybody, day),
        "inside": len(everybody),
        "symptoms": CHOICES,
        "alerts": SiteAlert.objects.filter(site=site).open().select_related("room"),
        "may_write": mine(actor, site) and actor.may(Permission.CONTAINMENT_STAY_WRITE),
        "may_release": mine(actor, site) and actor.may(Permission.CONTAINMENT_STAY_RELEASE),
        "meals_form": MealsForm(initial={"day": day, "served": len(everybody)}),
    }
    return render(request, "containment/site_today.html", context)


def people_of(site: Site, day: date) -> list[Inside]:
    """Everybody inside with what today asks, in five queries."""
    rows = Placement.objects.now().filter(site=site).select_related("stay", "room__building")
    rows = rows.defer("stay__decision", "stay__home", "stay__facts").order_by(
        "room__building__name", "room__name", "place"
    )
    placed = list(rows)
    samples = _samples([one.stay_id for one in placed])
    seen = _seen([one.stay for one in placed], day)
    return [_inside(one, samples.get(one.stay_id, []), seen, day) for one in placed]


def _inside(placement: Placement, samples: list[Sample], seen: dict[int, str], day: date) -> Inside:
    stay = placement.stay
    return Inside(
        stay,
        f"{placement.room.building.name} · {placement.room.name}",
        (day - stay.day_zero).days + 1,
        seen.get(stay.pk, ""),
        any(not one.taken and one.due_on <= day for one in samples),
        any(one.taken and not one.result for one in samples),
        hindrance_words(stay, day, samples),
    )


def _samples(stays: list[int]) -> dict[int, list[Sample]]:
    found: dict[int, list[Sample]] = {}
    rows = StayTest.objects.filter(stay__in=stays, dropped=False).order_by("due_on")
    for stay, due, taken, result in rows.values_list("stay_id", "due_on", "taken_at", "result"):
        found.setdefault(stay, []).append(Sample(due, taken is not None, result))
    return found


def _seen(stays: list[Stay], day: date) -> dict[int, str]:
    """What was written today: in the grid of contacts, or in the site's own log."""
    log = dict(StayCheck.objects.filter(stay__in=stays, day=day).values_list("stay_id", "state"))
    contacts = {one.contact_id: one.pk for one in stays if one.contact_id}
    grid = FollowUpDay.objects.filter(contact__in=list(contacts), day=day).values_list("contact_id", "state")
    return {contacts[contact]: state for contact, state in grid} | log


def _of_part(everybody: list[Inside], part: str, day: date) -> list[Inside]:
    if part == "mau":
        return [one for one in everybody if one.sample_due or one.waiting]
    if part == "ra":
        return [one for one in everybody if one.stay.release_on is not None and one.stay.release_on <= day]
    return sorted(everybody, key=lambda one: bool(one.seen))


def _counts(everybody: list[Inside], day: date) -> dict[str, Any]:
    return {
        "tham": (_("Look in"), sum(not one.seen for one in everybody)),
        "mau": (_("Samples"), sum(one.sample_due or one.waiting for one in everybody)),
        "ra": (_("Releases"), len(_of_part(everybody, "ra", day))),
    }
