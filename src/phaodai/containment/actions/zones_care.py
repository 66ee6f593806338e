"""What a zone owes to those inside, and the visits from door to door."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.containment.actions.zones_found import (
    area_of,
    kept,
    served_zone_for,
)
from phaodai.containment.models import HouseCheck, Need, Zone, ZoneHousehold
from phaodai.containment.rules.zones_moments import seen_at
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.people.models import Household


@dataclass(frozen=True)
class Wanted:
    """What a household needs, and by which day."""

    kind: str
    what: str
    due_on: date
    quantity: int = 1


@transaction.atomic
def ask_needs(
    *, actor: Actor, moment: datetime, zone_id: int, wanted: Wanted, household_ids: Sequence[int] = ()
) -> list[Need]:
    """Write down a need of some households; without any, of every household inside. What is on the list already stays."""
    actor.require(Permission.CONTAINMENT_ZONE_SERVE)
    zone = served_zone_for(actor, zone_id)
    if not wanted.what.strip():
        raise Refusal(_("Say what is needed."), field="what")
    if wanted.due_on < moment.astimezone(VIETNAM).date():
        raise Refusal(_("This day has passed. Set the day by which it must be brought."), field="due_on")
    homes = _homes(zone, household_ids)
    asked = [_need(zone, home, wanted, moment) for home in homes]
    for need in asked[:1]:
        need.clean_fields()
    Need.objects.bulk_create(asked, ignore_conflicts=True)
    Fact.tell(
        "containment:needs:asked",
        subject=zone,
        moment=moment,
        officer=actor.officer,
        need=wanted.what,
        households=len(asked),
    )
    return asked


def _need(zone: Zone, home: Household, wanted: Wanted, moment: datetime) -> Need:
    return Need(
        zone=zone, household=home, kind=wanted.kind, what=wanted.what.strip(), quantity=wanted.quantity,
        due_on=wanted.due_on, asked_at=moment, **area_of(home),
    )  # fmt: skip


def _homes(zone: Zone, ids: Sequence[int]) -> list[Household]:
    inside = ZoneHousehold.objects.filter(zone=zone, until_on=None).select_related("household")
    homes = [one.household for one in (inside.filter(household__in=ids) if ids else inside)]
    if len(homes) < max(1, len(set(ids))):
        raise Refusal(_("This household is not inside the zone. Choose it from the list."), field="household_ids")
    return homes


@transaction.atomic
def deliver_need(*, actor: Actor, moment: datetime, need_id: int) -> Need:
    """It was brought to the door. Ticked twice, the first time counts."""
    actor.require(Permission.CONTAINMENT_ZONE_SERVE)
    need: Need | None = Need.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=need_id).first()
    if need is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    actor.require_area(need)
    if need.delivered_at is None:
        need.delivered_at, need.delivered_by_id = moment, actor.officer
        need.version += 1
        need.save()
        Fact.tell("containment:need:delivered", subject=need, moment=moment, officer=actor.officer, zone=need.zone_id)
    return need


@dataclass(frozen=True)
class Visit:
    """What somebody found at a door; `at` by the telephone's clock where it was offline."""

    key: UUID
    household_id: int
    found: str
    note: str = ""
    at: datetime | None = None


@transaction.atomic
def check_house(*, actor: Actor, moment: datetime, zone_id: int, visit: Visit) -> HouseCheck:
    """Write down a visit to a household inside. The same key again is the same visit."""
    actor.require(Permission.CONTAINMENT_ZONE_SERVE)
    zone = served_zone_for(actor, zone_id)
    known: HouseCheck | None = HouseCheck.objects.filter(key=visit.key).first()
    if known is not None:
        return known
    home = _homes(zone, [visit.household_id])[0]
    seen = seen_at(visit.at, moment)
    told = "" if seen.believed or visit.at is None else f" (giờ trên máy: {visit.at:%H:%M %d/%m/%Y})"
    check = HouseCheck(
        zone=zone, household=home, key=visit.key, found=visit.found, note=f"{visit.note.strip()}{told}"[:200], at=seen.at,
        recorded_at=moment, officer_id=actor.officer, **area_of(home),
    )  # fmt: skip
    kept(check)
    if check.found != HouseCheck.Found.PRESENT:
        Fact.tell(
            "containment:house:absent",
            subject=check,
            moment=moment,
            officer=actor.officer,
            zone=zone.pk,
            household=home.pk,
        )
    return check
