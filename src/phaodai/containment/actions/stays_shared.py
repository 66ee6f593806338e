"""What the verbs of sites and stays share: finding and locking, steps and facts."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from phaodai.containment.models import Placement, Room, Site, Stay, StayStep
from phaodai.containment.rules.cohorts import RoomNow
from phaodai.foundation.constraints import worded
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor, Area


def mine(actor: Actor, site: Site) -> bool:
    """Whether the officer answers for a site: it lies in the area of the post, or their organisation runs it."""
    inside = actor.reach != "own" and actor.area.holds(site)
    return inside or (site.organisation_id is not None and site.organisation_id == actor.organisation)


def site_for(actor: Actor, site_id: int, *, open_only: bool = True) -> Site:
    """A site that the officer answers for, locked, so that two admissions never propose one place."""
    site = Site.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=site_id).first()
    if site is None:
        raise NotHere(_("There is no such quarantine site that your post may see."))
    if not mine(actor, site):
        raise NotAllowed(_("This site belongs to another unit. You can send a request."))
    if open_only and site.closed_on is not None:
        raise Refusal(_("%(site)s is closed. Choose another site.") % {"site": site.name}, field="site")
    return site


def stay_for(actor: Actor, stay_id: int, *, open_only: bool = True) -> Stay:
    """A stay that the officer answers for, locked."""
    rows = Stay.objects.visible_to(actor).select_for_update(of=("self",)).select_related("site")
    stay = rows.filter(pk=stay_id).first()
    if stay is None:
        raise NotHere(_("There is no such stay that your post may see."))
    if open_only and not stay.is_open:
        about = {"who": stay.initials, "state": stay.get_state_display()}
        raise Refusal(_("%(who)s: this stay has ended (%(state)s).") % about)
    return stay


def rooms_now(rooms: Iterable[Room]) -> list[RoomNow]:
    """The rooms with who lies there now."""
    listed = list(rooms)
    taken: dict[int, list[tuple[int, int]]] = {one.pk: [] for one in listed}
    lying = Placement.objects.now().filter(room__in=taken)
    for room, place, cohort in lying.values_list("room_id", "place", "cohort_id"):
        taken[room].append((place, cohort))
    return [
        RoomNow(
            one.pk,
            one.places,
            frozenset(place for place, _c in taken[one.pk]),
            next((c for _p, c in taken[one.pk]), None),
        )
        for one in listed
    ]


def note(stays: Iterable[Stay], what: str, *, actor: Actor, moment: datetime, words: str = "", **detail: Any) -> None:
    """Write one step of each stay."""
    StayStep.objects.bulk_create(
        StayStep(stay=one, what=what, at=moment, officer_id=actor.officer, words=words[:500], detail=detail)
        for one in stays
    )


def keep(stay: Stay, what: str, *, actor: Actor, moment: datetime, words: str = "", **payload: Any) -> Stay:
    """Save a stay's change, write the step and tell the fact `containment:stay:<what>`."""
    stay.version += 1
    with worded():
        stay.save()
    note([stay], what, actor=actor, moment=moment, words=words, **payload)
    Fact.tell(f"containment:stay:{what}", subject=stay, moment=moment, officer=actor.officer, **payload)
    return stay


def require_write(actor: Actor) -> None:
    """Whoever admits, moves, tests and follows those inside."""
    actor.require(Permission.CONTAINMENT_STAY_WRITE)


def area_of(row: Any) -> Mapping[str, int | None]:
    """The area columns of a row that lies where `row` lies."""
    return Area.of(row).columns
