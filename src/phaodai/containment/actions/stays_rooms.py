"""Somebody inside goes to another room, or to another site."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.containment.actions.stays import cohort_of, places_for, put_in_rooms
from phaodai.containment.actions.stays_shared import area_of, keep, require_write, site_for, stay_for
from phaodai.containment.models import Cohort, Placement, Room, Site, Stay, StayStep
from phaodai.foundation.clock import local_day
from phaodai.foundation.constraints import worded
from phaodai.foundation.formats import fold
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import Actor


def lying(stay: Stay) -> Placement | None:
    """Where somebody lies now."""
    return Placement.objects.select_related("room__building", "cohort").now().filter(stay=stay).first()


def leave_room(stay: Stay, moment: datetime) -> Placement | None:
    """End where somebody lies; returns it."""
    place = lying(stay)
    if place is not None:
        place.until = max(moment, place.since)
        place.save()
    return place


@transaction.atomic
def move(*, actor: Actor, moment: datetime, stay_id: int, room_id: int, reason: str = "") -> Stay:
    """Move somebody to another room of their cohort, or to an empty one. Refuses a full room and one of another cohort."""
    require_write(actor)
    stay = stay_for(actor, stay_id)
    if stay.site is None:
        raise Refusal(_("%(who)s is at home and lies in no room.") % {"who": stay.initials})
    site = site_for(actor, stay.site.pk)
    before = lying(stay)
    if before is not None and before.room_id == room_id:
        raise Refusal(_("%(who)s lies in this room already.") % {"who": stay.initials}, field="room")
    cohort = before.cohort if before else cohort_of(site, stay.kind, local_day(stay.admitted_at))
    room = _enter(site, cohort, stay, moment, room_id)
    words = f"{before.room.name if before else '–'} → {room.name}. {reason.strip()}".strip()
    return keep(stay, StayStep.What.MOVED, actor=actor, moment=moment, words=words, room=room.pk)


def _enter(site: Site, cohort: Cohort, stay: Stay, moment: datetime, room_id: int | None) -> Room:
    found = places_for(site, cohort, 1, room_id)
    with worded():
        leave_room(stay, moment)
        return put_in_rooms(site, cohort, [(stay, found[0])], moment)[0].room


@transaction.atomic
def transfer(
    *, actor: Actor, moment: datetime, stay_id: int, site_id: int, room_id: int | None = None, reason: str = ""
) -> Stay:
    """Take somebody to another site; the days and samples go on. Both sites must be the officer's to answer for."""
    require_write(actor)
    actor.require(Permission.CONTAINMENT_SITE_MANAGE)
    stay = stay_for(actor, stay_id)
    if stay.site_id == site_id:
        raise Refusal(_("%(who)s is at this site already. Choose another.") % {"who": stay.initials}, field="site")
    site, came_from = site_for(actor, site_id), stay.site.name if stay.site else stay.address
    # Those who come on one day from elsewhere are a cohort of that day: they were not with those already there.
    cohort = cohort_of(site, stay.kind, local_day(moment))
    leave_room(stay, moment)
    stay.site, stay.search_key = site, fold(f"{stay.initials} {site.name}")[:240]
    for name, value in area_of(site).items():
        setattr(stay, name, value)
    words = f"{came_from} → {site.name}. {reason.strip()}".strip()
    keep(stay, StayStep.What.TRANSFERRED, actor=actor, moment=moment, words=words, site=site.pk)
    _enter(site, cohort, stay, moment, room_id)
    return stay
