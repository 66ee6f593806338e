"""One facility: its beds as a board of wards, how old the figures are, its oxygen, the weeks ahead, and its history."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from phaodai.care.actions import facilities
from phaodai.care.actions.facilities_shared import mine
from phaodai.care.law import reserve_on
from phaodai.care.models import Bed, BedKind, BedStay, Facility, Patient, UpgradePlan, Ward
from phaodai.care.models.facilities_changed import bed_changes
from phaodai.care.models.facilities_counts import FacilityNow, breathing_at, facilities_now
from phaodai.care.models.facilities_past import taken_by_day
from phaodai.care.pages.facilities_board import kind_names
from phaodai.care.pages.facilities_filling import Outlook, assumption_words, filling_chart, outlook_of
from phaodai.care.pages.facilities_forms import (
    BedsForm,
    CloseForm,
    FacilityForm,
    OxygenForm,
    PlanForm,
    TierForm,
    WardForm,
)
from phaodai.care.pages.facilities_past import ChangeShown
from phaodai.care.pages.facilities_words import age_of, filling_words, oxygen_words, share_words
from phaodai.care.rules.facilities import Reserve
from phaodai.care.rules.oxygen import ALARM_HOURS
from phaodai.foundation import clock
from phaodai.foundation.formats import percent
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.editing import act
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.rulebook.provincial import rulebook_for

UNREADABLE = 422
STEPS_SHOWN = 12
BEDS_AT_ONCE = 40
CHANGES_BACK, CHANGES_SHOWN = timedelta(days=30), 12


@dataclass
class BedShown:
    """A bed of the board: what it is, and since when somebody lies in it; who, for those who may know."""

    bed: Bed
    since: datetime | None = None
    patient: Patient | None = None

    @property
    def mark(self) -> str:
        """Taken, or its state."""
        return "taken" if self.since else self.bed.state


@dataclass
class WardShown:
    """A ward of the board."""

    ward: Ward
    beds: list[BedShown] = field(default_factory=list)

    @property
    def free(self) -> int:
        """Beds in which somebody can be laid now."""
        return sum(one.mark == Bed.State.USABLE for one in self.beds) if self.ward.state == Ward.State.OPEN else 0

    @property
    def is_short(self) -> bool:
        """Whether its beds are shown at once; a longer ward opens at a tap, so that the page can be overlooked."""
        return len(self.beds) <= BEDS_AT_ONCE

    @property
    def taken(self) -> int:
        return sum(one.since is not None for one in self.beds)


def seen_facility(actor: Actor, pk: int) -> Facility:
    """The facility of an address, as far as this officer may see it."""
    found = Facility.objects.visible_to(actor).select_related("organisation", "place").filter(pk=pk).first()
    if found is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    return found


def wards_of(facility: Facility, actor: Actor) -> list[WardShown]:
    """Every bed with who lies in it, by ward, in four queries whatever the size."""
    wards = {one.pk: WardShown(one) for one in facility.wards.order_by("state", "name")}
    stays = {one.bed_id: one for one in BedStay.objects.now().filter(facility=facility)}
    known: dict[int, Patient] = {}
    if actor.may(Permission.CARE_PATIENT_READ):
        known = Patient.objects.visible_to(actor).in_bulk([one.patient_id for one in stays.values()])
    for bed in facility.beds.order_by("sort_key", "pk"):
        stay = stays.get(bed.pk)
        shown = BedShown(bed, stay.since if stay else None, known.get(stay.patient_id) if stay else None)
        wards[bed.ward_id].beds.append(shown)
    return list(wards.values())


@page(Permission.CARE_BED_READ)
def facility(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Wards and beds of one facility, and what waits there."""
    return render(request, "care/facility.html", context_of(seen_facility(actor, pk), actor))


def context_of(one: Facility, actor: Actor, **forms_of_page: Any) -> dict[str, Any]:
    """What the page shows; a refused form of the caller takes the place of a fresh one."""
    moment = clock.now()
    now = facilities_now([one], moment)[0]
    outlook, past = outlook_of([now], moment), taken_by_day(one, moment)
    return {
        "facility": one,
        "now": now,
        "moment": moment,
        "age": age_of(now.counted.counted_at, moment),
        "share": share_words(now),
        "kinds": [(kind, name, now.counted.of(kind)) for kind, name in kind_names().items()],
        "wards": wards_of(one, actor) if one.keeps_bed_book else [],
        "states": Bed.State.choices,
        "bed_kinds": BedKind.choices,
        "past": past,
        "changes": [ChangeShown(found) for found in bed_changes([one], moment - CHANGES_BACK, moment)][:CHANGES_SHOWN],
        "past_reported": any(day.reported is not None for day in past),
        "steps": one.steps.order_by("-at", "-pk")[:STEPS_SHOWN],
        "plans": one.upgrades.ahead().select_related("answers").order_by("ready_on"),
        "plan_states": [UpgradePlan.State.UNDER_WAY, UpgradePlan.State.DONE, UpgradePlan.State.DROPPED],
        "may_manage": actor.may(Permission.CARE_BED_MANAGE) and mine(actor, one) and one.closed_on is None,
        **_oxygen_of(one, now),
        **_reserve_of(one, now, moment),
        **_ahead_of(now, outlook, moment),
        **_forms_of(one, actor),
    } | forms_of_page


def _oxygen_of(one: Facility, now: FacilityNow) -> dict[str, Any]:
    return {
        "oxygen": now.oxygen,
        "oxygen_said": oxygen_words(now.oxygen),
        "breathing": breathing_at(one, now.counted),
        "sources": one.oxygen.in_use().order_by("kind", "name"),
        "alarm_hours": ALARM_HOURS,
    }


def _reserve_of(one: Facility, now: FacilityNow, moment: datetime) -> dict[str, Any]:
    law = reserve_on(rulebook_for(one.province_id), moment.date())
    counted = now.counted.all
    share = law.share if law else None
    return {
        "law": law,
        "law_share": "" if share is None else percent(share, 0, language()),
        "reserve": Reserve(share, counted.beds, counted.held),
    }


def _ahead_of(now: FacilityNow, outlook: Outlook, moment: datetime) -> dict[str, Any]:
    filling = outlook.filling([now], moment)
    said = filling_words(filling)
    title = _("Beds full: %(when)s") % {"when": said.words}
    chart = filling_chart(filling, title, assumption_words(outlook)) if filling is not None else None
    return {"fills": said, "chart": chart}


def _forms_of(one: Facility, actor: Actor) -> dict[str, Any]:
    return {
        "ward_form": WardForm(),
        "beds_form": BedsForm(facility=one),
        "oxygen_form": OxygenForm(),
        "tier_form": TierForm(initial={"tier": one.tier}),
        "close_form": CloseForm(),
        "plan_form": PlanForm(actor=actor, initial={"answers": one.organisation_id}),
    }


@page(Permission.CARE_BED_MANAGE)
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Open a facility by an order."""
    form = FacilityForm(request.POST if request.method == "POST" else None, actor=actor)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        place = values.pop("place")
        ground = facilities.Ground(
            place_id=place.pk if place else None,
            **{name: values.pop(name) for name in ("commune", "address", "longitude", "latitude")},
        )
        done = act(form, lambda: facilities.open_facility(actor=actor, moment=clock.now(), ground=ground, **values))
        if done is not None:
            messages.success(request, _("%(facility)s is open. Add its wards and beds.") % {"facility": done.name})
            return redirect("care-facility", pk=done.pk)
    return render(request, "care/facility_new.html", {"form": form}, status=UNREADABLE if form.errors else 200)
