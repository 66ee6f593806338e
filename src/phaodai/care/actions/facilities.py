"""Facilities are opened, given another tier and closed by an order; a facility with patients does not close."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.care.actions.facilities_shared import bed_words, facility_for, require_body, require_words
from phaodai.care.models import Bed, BedStay, Facility, FacilityStep, TreatmentTier
from phaodai.foundation.clock import local_day
from phaodai.foundation.constraints import worded
from phaodai.foundation.formats import fold, sort_key
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor, Area
from phaodai.foundation.versions import guard_version
from phaodai.people.models import Organisation
from phaodai.territory.models import Place, Unit

MANAGE = Permission.CARE_BED_MANAGE
AMENDED = ("name", "contact_name", "phone", "keeps_bed_book", "oxygen_bed_flow", "icu_bed_flow")


@dataclass(frozen=True)
class Ground:
    """Where a facility stands: at a known place, or at a new one in a commune. Degrees are WGS 84."""

    place_id: int | None = None
    commune: Unit | None = None
    address: str = ""
    longitude: float | None = None
    latitude: float | None = None


@transaction.atomic
def open_facility(
    *,
    actor: Actor,
    moment: datetime,
    ground: Ground,
    name: str,
    kind: str,
    tier: int,
    organisation: Organisation,
    order_reference: str,
    code: str = "",
    keeps_bed_book: bool = True,
    contact_name: str = "",
    phone: str = "",
    opened_on: date | None = None,
) -> Facility:
    """Open a facility by an order. Its place is registered with it unless it stands at a known one.

    Tells `care:facility:opened`.
    """
    actor.require(MANAGE)
    require_body(actor, organisation)
    name = require_words(name, "name", _("Give the facility a name."))
    order = _cited(order_reference)
    place = _place_of(actor, ground, name)
    facility = Facility(
        place=place,
        code=code.strip() or place.code,
        name=name,
        kind=kind,
        tier=tier,
        organisation=organisation,
        keeps_bed_book=keeps_bed_book,
        contact_name=contact_name.strip(),
        phone=phone.strip(),
        opened_on=opened_on or local_day(moment),
        **Area.of(place).columns,
    )
    _keep(facility)
    return _told(facility, FacilityStep.What.OPENED, actor=actor, moment=moment, order=order)


def _cited(order_reference: str) -> str:
    return require_words(order_reference, "order_reference", _("Cite the order: its number and day."))


def _place_of(actor: Actor, ground: Ground, name: str) -> Place:
    if ground.place_id is not None:
        known = Place.objects.visible_to(actor).open().filter(pk=ground.place_id).first()
        if known is None:
            raise NotHere(_("There is no such place that your post may see."))
        return known
    if ground.commune is None:
        raise Refusal(_("Choose the commune in which it stands, or a known place."), field="commune")
    if actor.reach == "own":
        raise NotAllowed(_("Your post registers no new place. Choose the known place of your organisation."))
    if not actor.area.holds(ground.commune):
        raise NotAllowed(_("%(unit)s lies outside your area. You can send a request.") % {"unit": ground.commune.name})
    number = Place.objects.filter(kind=Place.Kind.HEALTH, commune_id=ground.commune.pk).count() + 1
    return Place.objects.create(
        code=f"CSDT-{ground.commune.code}-{number}",
        name=name,
        kind=Place.Kind.HEALTH,
        address=ground.address.strip(),
        longitude=ground.longitude,
        latitude=ground.latitude,
        sort_key=sort_key(name),
        search_key=fold(f"{name} {ground.address}"),
        **ground.commune.area.columns,
    )


def _keep(facility: Facility) -> None:
    facility.sort_key = sort_key(facility.name)
    facility.search_key = fold(f"{facility.name} {facility.code} {facility.contact_name} {facility.phone}")
    facility.full_clean(exclude=["place", "organisation"])
    with worded():
        facility.save()
    _find_beds(facility)


def _find_beds(facility: Facility) -> None:
    """Its beds are found by the words that it is found by now."""
    outdated = list(Bed.objects.filter(facility=facility).exclude(search_key__startswith=f"{facility.search_key} "))
    for one in outdated:
        one.search_key = bed_words(facility, one.label)
    Bed.objects.bulk_update(outdated, ["search_key"])


def _told(
    facility: Facility, what: str, *, actor: Actor, moment: datetime, order: str = "", words: str = ""
) -> Facility:
    note_step(facility, what, actor=actor, moment=moment, order=order, words=words)
    Fact.tell(f"care:facility:{what}", subject=facility, moment=moment, officer=actor.officer)
    return facility


def note_step(
    facility: Facility, what: str, *, actor: Actor, moment: datetime, order: str = "", words: str = ""
) -> None:
    """Write one step of a facility's history."""
    FacilityStep.objects.create(
        facility=facility,
        what=what,
        order_reference=order[:160],
        words=words[:300],
        at=moment,
        officer_id=actor.officer,
    )


@transaction.atomic
def amend_facility(*, actor: Actor, moment: datetime, pk: int, version: int, **changes: Any) -> Facility:
    """Mend the name, the contact, whether it keeps a bed book, or the oxygen that a patient uses there."""
    actor.require(MANAGE)
    facility = facility_for(actor, pk, open_only=False)
    unknown = set(changes) - set(AMENDED)
    if unknown:
        raise Refusal(_("Tier, place and closing are changed by an order, on the page of the facility."))
    for name, value in guard_version(facility, version, changes).items():
        setattr(facility, name, value)
    facility.version += 1
    _keep(facility)
    Fact.tell("care:facility:amended", subject=facility, moment=moment, officer=actor.officer)
    return facility


@transaction.atomic
def set_tier(*, actor: Actor, moment: datetime, facility_id: int, tier: int, order_reference: str) -> Facility:
    """Upgrade a facility to another tier, or set it down, by an order. Tells `care:facility:tier`."""
    actor.require(MANAGE)
    facility = facility_for(actor, facility_id)
    order, before = _cited(order_reference), facility.get_tier_display()
    if tier == facility.tier:
        raise Refusal(_("%(facility)s is of that tier already.") % {"facility": facility.name}, field="tier")
    facility.tier, facility.version = TreatmentTier(tier), facility.version + 1
    _keep(facility)
    words = f"{before} → {facility.get_tier_display()}"
    return _told(facility, FacilityStep.What.TIER, actor=actor, moment=moment, order=order, words=words)


@transaction.atomic
def close_facility(*, actor: Actor, moment: datetime, facility_id: int, order_reference: str) -> Facility:
    """Close a facility by an order once nobody lies in it.

    Its beds are locked and closed first: whoever admits somebody meanwhile locks the bed, so that one of the two waits
    and is refused. Tells `care:facility:closed`.
    """
    actor.require(MANAGE)
    facility = facility_for(actor, facility_id)
    order = _cited(order_reference)
    beds = list(Bed.objects.select_for_update(of=("self",)).filter(facility=facility).values_list("pk", flat=True))
    lying = BedStay.objects.now().filter(facility=facility).count()
    if lying:
        about = {"facility": facility.name, "count": lying}
        raise Refusal(_("%(count)d patients lie in %(facility)s. Discharge or transfer them first.") % about)
    Bed.objects.filter(pk__in=beds).exclude(state=Bed.State.CLOSED).update(state=Bed.State.CLOSED, state_since=moment)
    facility.closed_on, facility.version = local_day(moment), facility.version + 1
    _keep(facility)
    return _told(facility, FacilityStep.What.CLOSED, actor=actor, moment=moment, order=order)
