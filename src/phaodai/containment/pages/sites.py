"""One site: its rooms as a board, who is due for a sample or goes home, alerts, meals, and what its managers do."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.containment.actions import sites
from phaodai.containment.actions.stays_shared import mine
from phaodai.containment.models import Placement, Room, Site, SiteAlert, Stay, StayTest
from phaodai.containment.models.sites_free import SiteNow, sites_now
from phaodai.containment.pages.sites_meals import MealsForm, meals_of
from phaodai.foundation import clock
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.editing import act
from phaodai.foundation.scope import Actor
from phaodai.people.models import Organisation
from phaodai.territory.models import Tier, Unit

UNREADABLE = 422
CERTIFIED_WITHIN = timedelta(days=14)


class SiteForm(forms.Form):
    """A new site."""

    commune = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Commune"))
    name = forms.CharField(label=gettext_lazy("Name"), max_length=160)
    address = forms.CharField(label=gettext_lazy("Address"), required=False, max_length=200)
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=gettext_lazy("Run by"), required=False)
    contact_name = forms.CharField(label=gettext_lazy("Site contact"), required=False, max_length=120)
    phone = forms.CharField(label=gettext_lazy("Telephone"), required=False, max_length=20)

    def __init__(self, *arguments: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*arguments, **options)
        communes = Unit.objects.as_of(clock.today()).tier(Tier.COMMUNE).inside(actor.area).order_by("sort_key")
        self.fields["commune"].queryset = communes  # type: ignore[attr-defined]
        bodies = Organisation.objects.open().inside(actor.area).order_by("tier", "sort_key")
        self.fields["organisation"].queryset = bodies  # type: ignore[attr-defined]


class RoomsForm(forms.Form):
    """Rooms of one size, a line or a comma for each."""

    prefix = "phong"
    building = forms.CharField(label=pgettext_lazy("site", "Building"), max_length=60)
    names = forms.CharField(
        label=gettext_lazy("Rooms"),
        help_text=gettext_lazy("Separate them with commas: 101, 102, 103"),
        max_length=2000,
    )
    places = forms.IntegerField(label=gettext_lazy("Places in each"), min_value=1, max_value=200)


class RoomForm(forms.Form):
    """The state of one room, or its places."""

    state = forms.ChoiceField(label=gettext_lazy("State"), choices=Room.State.choices)
    places = forms.IntegerField(label=pgettext_lazy("site", "Places"), required=False, min_value=1, max_value=200)


class AlertForm(forms.Form):
    """How an alert ended."""

    prefix = "bao-dong"
    what_followed = forms.CharField(
        label=gettext_lazy("What followed"), max_length=1000, widget=forms.Textarea({"rows": 2})
    )


@dataclass
class Lying:
    """One place that is taken: who, with which cohort, and what today asks of them."""

    stay: Stay
    place: int
    sample_due: bool
    free_today: bool


@dataclass
class RoomShown:
    """A room of the board."""

    room: Room
    lying: list[Lying] = field(default_factory=list)
    cohort: str = ""

    @property
    def free(self) -> int:
        """Its free places."""
        return max(self.room.places - len(self.lying), 0) if self.room.state == Room.State.OPEN else 0


def seen_site(actor: Actor, pk: int) -> Site:
    """The site of an address, as far as this officer may see it."""
    found = Site.objects.visible_to(actor).select_related("organisation", "place").filter(pk=pk).first()
    if found is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    return found


def due_today(site: Site, today: date) -> set[int]:
    """The stays whose sample has fallen due."""
    owed = StayTest.objects.filter(stay__site=site, stay__state=Stay.State.INSIDE, dropped=False, taken_at=None)
    return set(owed.filter(due_on__lte=today).values_list("stay_id", flat=True))


def buildings_of(site: Site, today: date) -> list[tuple[str, list[RoomShown]]]:
    """Every room with who lies there, by building, in five queries whatever the size of the site."""
    rooms = {one.pk: RoomShown(one) for one in site.rooms.select_related("building").order_by("building__name", "name")}
    due = due_today(site, today)
    now = (
        Placement.objects.now().filter(site=site).select_related("stay", "cohort").defer("stay__decision", "stay__home")
    )
    for one in now.order_by("place"):
        shown, stay = rooms[one.room_id], one.stay
        free = stay.release_on is not None and stay.release_on <= today
        shown.lying.append(Lying(stay, one.place, stay.pk in due, free))
        shown.cohort = str(one.cohort)
    found: dict[str, list[RoomShown]] = defaultdict(list)
    for shown in rooms.values():
        found[shown.room.building.name].append(shown)
    return list(found.items())


def context_of(site: Site, actor: Actor, **forms_of_page: Any) -> dict[str, Any]:
    """What the page shows; a refused form of the caller takes the place of a fresh one."""
    today = clock.today()
    now: SiteNow = sites_now([site], today)[0]
    is_mine = mine(actor, site)
    going = Stay.objects.inside().filter(site=site, release_on__lte=today + timedelta(days=1)).order_by("release_on")
    fresh = Stay.objects.filter(site=site, state=Stay.State.RELEASED, certificate=None)
    return {
        "site": site,
        "now": now,
        "buildings": buildings_of(site, today),
        "going": going.defer("decision")[:60],
        "samples_due": len(due_today(site, today)),
        "alerts": SiteAlert.objects.filter(site=site).open().select_related("room", "stay"),
        "released": fresh.filter(ended_at__gte=clock.now() - CERTIFIED_WITHIN).order_by("-ended_at")[:60],
        "roomless": Stay.objects.inside().filter(site=site).exclude(placements__until=None)[:20],
        "meals": meals_of(site, today),
        "today": today,
        "states": Room.State.choices,
        "may_write": is_mine and actor.may(Permission.CONTAINMENT_STAY_WRITE),
        "may_manage": is_mine and actor.may(Permission.CONTAINMENT_SITE_MANAGE),
        "may_sign": actor.may(Permission.COMMAND_PAPER_SIGN),
        "rooms_form": RoomsForm(initial={"places": 4}),
        "alert_form": AlertForm(),
        "meals_form": MealsForm(initial={"day": today, "served": now.going.inside}),
    } | forms_of_page


@page(Permission.CONTAINMENT_STAY_READ)
def site(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The rooms of one site and what waits there."""
    return render(request, "containment/site.html", context_of(seen_site(actor, pk), actor))


@page(Permission.CONTAINMENT_SITE_MANAGE)
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Open a site."""
    form = SiteForm(request.POST if request.method == "POST" else None, actor=actor)
    if request.method == "POST" and form.is_valid():
        done = act(form, lambda: sites.open_site(actor=actor, moment=clock.now(), **form.cleaned_data))
        if done is not None:
            messages.success(request, _("%(site)s is open. Add its rooms.") % {"site": done.name})
            return redirect("quarantine-site", pk=done.pk)
    return render(request, "containment/site_new.html", {"form": form}, status=UNREADABLE if form.errors else 200)
