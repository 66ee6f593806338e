"""Quarantine sites are opened, fitted with rooms, fed and closed by whoever manages them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from phaodai.containment.actions.areas import columns_of_area, require_inside
from phaodai.containment.actions.stays_shared import area_of, require_write, site_for
from phaodai.containment.models import Building, MealDay, Placement, Room, Site, SiteAlert, Stay
from phaodai.foundation.clock import local_day
from phaodai.foundation.constraints import worded
from phaodai.foundation.formats import fold, sort_key
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.foundation.versions import guard_version
from phaodai.people.models import Organisation
from phaodai.territory.models import Place, Unit

ROOMS_AT_ONCE = 200


@transaction.atomic
def open_site(
    *,
    actor: Actor,
    moment: datetime,
    commune: Unit,
    name: str,
    address: str = "",
    organisation: Organisation | None = None,
    contact_name: str = "",
    phone: str = "",
    opened_on: date | None = None,
) -> Site:
    """Open a site in a commune; its place is registered with it, so that tracing and the map know it."""
    actor.require(Permission.CONTAINMENT_SITE_MANAGE)
    if actor.reach == "own":
        raise NotAllowed(_("Your post does not open quarantine sites. You can send a request."))
    require_inside(actor, commune)
    if not name.strip():
        raise Refusal(_("Give the site a name."), field="name")
    place = _place_of(commune, name.strip(), address.strip())
    site = Site(
        place=place,
        name=name.strip(),
        organisation=organisation,
        contact_name=contact_name.strip(),
        phone=phone.strip(),
        opened_on=opened_on or local_day(moment),
        **area_of(place),
    )
    _keep(site)
    Fact.tell("containment:site:opened", subject=site, moment=moment, officer=actor.officer)
    return site


def _place_of(commune: Unit, name: str, address: str) -> Place:
    area = columns_of_area(commune)
    number = Place.objects.filter(kind=Place.Kind.QUARANTINE, commune_id=commune.pk).count() + 1
    return Place.objects.create(
        code=f"KCL-{commune.code}-{number}",
        name=name,
        kind=Place.Kind.QUARANTINE,
        address=address,
        sort_key=sort_key(name),
        search_key=fold(f"{name} {address}"),
        **area,
    )


def _keep(site: Site) -> None:
    site.sort_key, site.search_key = sort_key(site.name), fold(f"{site.name} {site.contact_name} {site.phone}")
    site.full_clean(exclude=["place", "organisation"])
    with worded():
        site.save()


@transaction.atomic
def amend_site(*, actor: Actor, moment: datetime, pk: int, version: int, **changes: Any) -> Site:
    """Mend the name, who runs it, the contact or the telephone."""
    actor.require(Permission.CONTAINMENT_SITE_MANAGE)
    site = site_for(actor, pk, open_only=False)
    for name, value in guard_version(site, version, changes).items():
        setattr(site, name, value)
    site.version += 1
    _keep(site)
    Fact.tell("containment:site:amended", subject=site, moment=moment, officer=actor.officer)
    return site


@transaction.atomic
def add_rooms(
    *, actor: Actor, moment: datetime, site_id: int, building: str, names: Sequence[str], places: int
) -> list[Room]:
    """Add rooms of one size to a building, which is made where it is new."""
    actor.require(Permission.CONTAINMENT_SITE_MANAGE)
    site = site_for(actor, site_id)
    listed = [name.strip() for name in names if name.strip()]
    if not listed or not building.strip():
        raise Refusal(_("Name the building and at least one room."), field="names")
    if len(listed) > ROOMS_AT_ONCE:
        raise Refusal(_("At most %(most)d rooms at once.") % {"most": ROOMS_AT_ONCE}, field="names")
    house = Building.objects.get_or_create(site=site, name=building.strip())[0]
    with worded():
        rooms = Room.objects.bulk_create(
            Room(site=site, building=house, name=name[:40], places=places, **area_of(site)) for name in listed
        )
    Fact.tell("containment:site:rooms", subject=site, moment=moment, officer=actor.officer, rooms=len(rooms))
    return rooms


@transaction.atomic
def set_room(*, actor: Actor, moment: datetime, room_id: int, state: str = "", places: int | None = None) -> Room:
    """Open, close or disinfect a room, or change its places. Refuses while people lie where places would go."""
    require_write(actor)
    room = Room.objects.select_for_update(of=("self",)).select_related("site").filter(pk=room_id).first()
    if room is None:
        raise NotHere(_("There is no such room that your post may see."))
    site_for(actor, room.site_id)
    lying = Placement.objects.now().filter(room=room)
    if state and state != Room.State.OPEN and lying.exists():
        raise Refusal(_("People lie in room %(room)s. Move them first.") % {"room": room.name}, field="state")
    highest = lying.aggregate(Max("place"))["place__max"] or 0
    if places is not None and places < highest:
        about = {"room": room.name, "place": highest}
        raise Refusal(_("Place %(place)d of room %(room)s is taken. Move that person first.") % about, field="places")
    room.state, room.places = state or room.state, places or room.places
    room.full_clean(exclude=["site", "building"])
    with worded():
        room.save()
    Fact.tell("containment:site:room", subject=room.site, moment=moment, officer=actor.officer, room=room.pk)
    return room


@transaction.atomic
def close_site(*, actor: Actor, moment: datetime, site_id: int) -> Site:
    """Close a site once nobody is inside."""
    actor.require(Permission.CONTAINMENT_SITE_MANAGE)
    site = site_for(actor, site_id)
    inside = Stay.objects.inside().filter(site=site).count()
    if inside:
        words = _("%(count)d people are inside. Release or transfer them first.")
        raise Refusal(words % {"count": inside})
    site.closed_on = local_day(moment)
    site.version += 1
    _keep(site)
    Fact.tell("containment:site:closed", subject=site, moment=moment, officer=actor.officer)
    return site


@transaction.atomic
def count_meals(*, actor: Actor, moment: datetime, site_id: int, day: date, served: int) -> MealDay:
    """Write how many people were fed on a day; writing it again corrects it."""
    require_write(actor)
    site = site_for(actor, site_id, open_only=False)
    if day > local_day(moment):
        raise Refusal(_("This day has not come yet."), field="day")
    values = {"served": served, "officer_id": actor.officer, "written_at": moment}
    return MealDay.objects.update_or_create(site=site, day=day, defaults=values)[0]


@transaction.atomic
def close_alert(*, actor: Actor, moment: datetime, alert_id: int, what_followed: str) -> SiteAlert:
    """Close an alert with what was done: who was taken where, what was disinfected, who was told."""
    require_write(actor)
    alert = SiteAlert.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=alert_id).first()
    if alert is None:
        raise NotHere(_("There is no such alert that your post may see."))
    site_for(actor, alert.site_id, open_only=False)
    if alert.closed_at is not None:
        raise Refusal(_("This alert was closed already."))
    if not what_followed.strip():
        raise Refusal(_("Say what followed: who was taken where, what was disinfected."), field="what_followed")
    alert.closed_at, alert.closed_by, alert.what_followed = moment, actor.officer, what_followed.strip()
    alert.save()
    Fact.tell("containment:site:alert-closed", subject=alert.site, moment=moment, officer=actor.officer)
    return alert
