"""Mobile health stations: where they stand, who is on the telephone, how many people against the plan; oxygen on its way."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.care.actions.mobile import (
    HAMLET_TIER,
    Station,
    amend_mobile_station,
    close_mobile_station,
    open_mobile_station,
)
from phaodai.care.models import HomeCare, MobileStation, OxygenRequest, Team
from phaodai.foundation import clock
from phaodai.foundation.asked import whole
from phaodai.foundation.fields import HourField
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.editing import act
from phaodai.foundation.scope import Actor
from phaodai.people.models import Organisation
from phaodai.supply.models import Store
from phaodai.territory.models import Unit

UNREADABLE = 422
OXYGEN_SHOWN = 30


class StationForm(forms.Form):
    """What a mobile station is."""

    name = forms.CharField(label=pgettext_lazy("mobile station", "Name"), max_length=120)
    phone = forms.CharField(label=gettext_lazy("Telephone"), max_length=30)
    opens = HourField(label=pgettext_lazy("mobile station", "Opens"))
    closes = HourField(label=pgettext_lazy("mobile station", "Closes"))
    capacity = forms.IntegerField(
        label=pgettext_lazy("mobile station", "People it can look after"), min_value=1, max_value=5000
    )
    team = forms.ModelChoiceField(Team.objects.none(), label=pgettext_lazy("mobile station", "Team"), required=False)
    store = forms.ModelChoiceField(Store.objects.none(), label=gettext_lazy("Store"), required=False)

    def __init__(self, data: Any = None, *, actor: Actor, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["team"].queryset = Team.objects.visible_to(actor).standing().order_by("sort_key")  # type: ignore[attr-defined]
        self.fields["store"].queryset = Store.objects.kept_by(actor).open().order_by("sort_key")  # type: ignore[attr-defined]

    def station(self) -> Station:
        """The values of the form."""
        values = self.cleaned_data
        team, store = values["team"], values["store"]
        return Station(
            values["name"],
            values["phone"],
            values["opens"],
            values["closes"],
            values["capacity"],
            team.pk if team else None,
            store.pk if store else None,
        )


class NewStationForm(StationForm):
    """The same, with who runs it and which hamlets it looks after."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=pgettext_lazy("mobile station", "Run by"))
    hamlets = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label=gettext_lazy("Hamlets"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, actor: Actor, **options: Any) -> None:
        super().__init__(data, actor=actor, **options)
        bodies = Organisation.objects.open().filter(kind__in=("health_station", "health_centre", "hospital"))
        mine = Q(pk=actor.organisation)
        inside = Q(**actor.area.narrowing) if actor.reach != "own" else Q(pk=None)
        self.fields["organisation"].queryset = bodies.filter(mine | inside).order_by("sort_key")  # type: ignore[attr-defined]
        commune = whole(data.get("commune")) if data else 0
        hamlets = Unit.objects.filter(tier=HAMLET_TIER, **actor.area.narrowing)
        hamlets = hamlets.filter(commune_id=commune) if commune else hamlets
        self.fields["hamlets"].queryset = hamlets.order_by("sort_key")  # type: ignore[attr-defined]


@dataclass
class Standing:
    """One station with its load."""

    station: MobileStation
    people: int
    alarms: int
    hamlets: int
    open_now: bool

    @property
    def over(self) -> bool:
        """Whether it looks after more people than the plan says."""
        return self.people > self.station.capacity


@page(Permission.CARE_BED_READ)
def stations(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every station of the officer's area with its load, and the form that opens one."""
    may_open = actor.may(Permission.CARE_ROSTER_MANAGE)
    form = NewStationForm(request.POST if request.method == "POST" else None, actor=actor)
    if request.method == "POST":
        actor.require(Permission.CARE_ROSTER_MANAGE)
        made = act(form, lambda: _open(actor, form)) if form.is_valid() else None
        if made is not None:
            messages.success(request, _("%(station)s is open.") % {"station": made.name})
            return redirect("mobile-station", pk=made.pk)
    context = {
        "stations": _standing(actor),
        "form": form if may_open else None,
        "oxygen": _oxygen(actor) if actor.may(Permission.CARE_HOME_READ) else None,
        "now": clock.now(),
    }
    return render(request, "care/mobile.html", context, status=UNREADABLE if form.errors else 200)


def _open(actor: Actor, form: NewStationForm) -> MobileStation:
    hamlets = [one.pk for one in form.cleaned_data["hamlets"]]
    organisation = form.cleaned_data["organisation"]
    return open_mobile_station(
        actor=actor, moment=clock.now(), organisation=organisation, station=form.station(), hamlets=hamlets
    )


def _standing(actor: Actor) -> list[Standing]:
    rows: Any = MobileStation.objects.visible_to(actor).open().filter(**_inside(actor))
    going_on = Q(home_cares__state=HomeCare.State.AT_HOME)
    counted = rows.select_related("organisation", "store", "team").annotate(
        people=Count("home_cares", filter=going_on, distinct=True),
        alarms=Count("home_cares", filter=going_on & Q(home_cares__door__alarm_at__isnull=False), distinct=True),
        covered=Count("grounds", filter=Q(grounds__until=None), distinct=True),
    )
    now, ordered = clock.now(), counted.order_by("sort_key")
    return [Standing(one, one.people, one.alarms, one.covered, one.is_open_at(now)) for one in ordered]


def _inside(actor: Actor) -> dict[str, int]:
    return actor.area.narrowing if actor.reach != "own" else {}


def _oxygen(actor: Actor) -> Any:
    rows = OxygenRequest.objects.visible_to(actor).awaited().select_related("home_care")
    return rows.order_by("due_at")[:OXYGEN_SHOWN]


@page(Permission.CARE_BED_READ)
def station(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """One station: amend it, or close it with `viec=dong`."""
    found = (
        MobileStation.objects.visible_to(actor).select_related("organisation", "team", "store").filter(pk=pk).first()
    )
    if found is None:
        raise NotHere(_("There is no such mobile station that your post may see."))
    if request.method == "POST" and request.POST.get("viec") == "dong":
        close_mobile_station(actor=actor, moment=clock.now(), pk=pk)
        messages.success(
            request, _("%(station)s is closed. Its people go back to the commune's station.") % {"station": found}
        )
        return redirect("mobile-stations")
    form = StationForm(request.POST if request.method == "POST" else None, actor=actor, initial=_initial(found))
    if request.method == "POST" and form.is_valid() and act(form, lambda: _amend(actor, found, request, form)):
        messages.success(request, _("Saved."))
        return redirect("mobile-station", pk=pk)
    context = {
        "station": found,
        "hamlets": Unit.objects.filter(pk__in=found.grounds.filter(until=None).values("hamlet")).order_by("sort_key"),
        "people": HomeCare.objects.visible_to(actor).going_on().filter(mobile_station=found).count(),
        "form": form if actor.may(Permission.CARE_ROSTER_MANAGE) and found.closed_on is None else None,
    }
    return render(request, "care/mobile_station.html", context, status=UNREADABLE if form.errors else 200)


def _initial(found: MobileStation) -> dict[str, Any]:
    names = ("name", "phone", "opens", "closes", "capacity", "team", "store")
    return {name: getattr(found, name) for name in names}


def _amend(actor: Actor, found: MobileStation, request: HttpRequest, form: StationForm) -> MobileStation:
    version = whole(request.POST.get("version")) or found.version
    return amend_mobile_station(actor=actor, moment=clock.now(), pk=found.pk, version=version, **form.cleaned_data)
