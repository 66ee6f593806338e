"""Gates of lockdown zones: set up, manned, closed; who passes, and who may."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.containment.actions.zones_found import (
    area_of,
    gate_for,
    kept,
    require_sees_homes,
    zone_for,
)
from phaodai.containment.models import Gate, GateDuty, GatePassage, Permit, Purpose, Zone
from phaodai.containment.rules.zones_moments import seen_at
from phaodai.foundation.formats import fold
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer
from phaodai.territory.models import Tier, Unit


@transaction.atomic
def add_gate(
    *,
    actor: Actor,
    moment: datetime,
    zone_id: int,
    name: str,
    place: str = "",
    in_charge: str = "",
    phone: str = "",
    opens_at: time | None = None,
    shuts_at: time | None = None,
    commune_id: int | None = None,
) -> Gate:
    """Guard one way in and out. A zone of several communes says in which of them the gate stands."""
    actor.require(Permission.CONTAINMENT_ZONE_PROPOSE)
    zone = _standing(zone_for(actor, zone_id))
    where = _commune(zone, commune_id)
    gate = Gate(
        zone=zone, name=name.strip(), place=place.strip(), in_charge=in_charge.strip(), phone=phone.strip(),
        opens_at=opens_at, shuts_at=shuts_at, **area_of(where),
    )  # fmt: skip
    actor.require_area(gate)
    kept(gate)
    Fact.tell("containment:gate:added", subject=gate, moment=moment, officer=actor.officer, zone=zone.pk)
    return gate


def _standing(zone: Zone) -> Zone:
    if zone.state in (Zone.State.LIFTED, Zone.State.DECLINED):
        raise Refusal(_("%(zone)s is over: %(state)s.") % {"zone": zone.name, "state": zone.get_state_display()})
    return zone


def _commune(zone: Zone, commune_id: int | None) -> Any:
    """Where the gate stands: the zone's own commune, or the one that was chosen."""
    if zone.commune_id is not None or commune_id is None:
        return zone
    found = Unit.objects.filter(pk=commune_id, tier=Tier.COMMUNE, province_id=zone.province_id).first()
    if found is None or zone.district_id not in (None, found.district_id):
        raise Refusal(_("This commune does not belong to the zone. Choose another one."), field="commune_id")
    return found


@transaction.atomic
def amend_gate(
    *,
    actor: Actor,
    moment: datetime,
    gate_id: int,
    place: str = "",
    in_charge: str = "",
    phone: str = "",
    opens_at: time | None = None,
    shuts_at: time | None = None,
) -> Gate:
    """Say who answers for a gate, how to reach them, and when it lets through (no hours: day and night)."""
    actor.require(Permission.CONTAINMENT_ZONE_PROPOSE)
    gate = gate_for(actor, gate_id)
    if gate.closed_on is not None:
        raise Refusal(_("%(gate)s is not guarded any more.") % {"gate": gate.name})
    gate.place, gate.in_charge, gate.phone = place.strip(), in_charge.strip(), phone.strip()
    gate.opens_at, gate.shuts_at = opens_at, shuts_at
    gate.version += 1
    kept(gate)
    Fact.tell("containment:gate:amended", subject=gate, moment=moment, officer=actor.officer, zone=gate.zone_id)
    return gate


@transaction.atomic
def close_gate(*, actor: Actor, moment: datetime, gate_id: int) -> Gate:
    """Take a gate away; its log stays."""
    actor.require(Permission.CONTAINMENT_ZONE_PROPOSE)
    gate = gate_for(actor, gate_id)
    if gate.closed_on is None:
        gate.closed_on = moment.date()
        gate.version += 1
        kept(gate)
        Fact.tell("containment:gate:closed", subject=gate, moment=moment, officer=actor.officer, zone=gate.zone_id)
    return gate


@transaction.atomic
def add_duty(
    *,
    actor: Actor,
    moment: datetime,
    gate_id: int,
    name: str,
    starts_at: datetime,
    ends_at: datetime,
    phone: str = "",
    force: str = "",
    officer_id: int | None = None,
) -> GateDuty:
    """Put somebody on the roster of a gate: an officer, or a neighbour by name and telephone."""
    actor.require(Permission.CONTAINMENT_ZONE_PROPOSE)
    gate = gate_for(actor, gate_id)
    officer = Officer.objects.filter(pk=officer_id).first() if officer_id else None
    if not name.strip() and officer is None:
        raise Refusal(_("Write who has the shift."), field="name")
    duty = GateDuty(
        gate=gate, officer=officer, name=name.strip() or str(officer), phone=phone.strip(), force=force.strip(),
        starts_at=starts_at, ends_at=ends_at, **area_of(gate),
    )  # fmt: skip
    kept(duty)
    Fact.tell("containment:gate:manned", subject=duty, moment=moment, officer=actor.officer, gate=gate.pk)
    return duty


@transaction.atomic
def issue_permit(
    *,
    actor: Actor,
    moment: datetime,
    zone_id: int,
    purpose: str,
    valid_from: datetime,
    valid_until: datetime,
    holder: str = "",
    plate: str = "",
    phone: str = "",
    note: str = "",
) -> Permit:
    """Leave for a person or a vehicle to pass the gates of a zone."""
    actor.require(Permission.CONTAINMENT_ZONE_PROPOSE)
    zone = _standing(zone_for(actor, zone_id))
    require_sees_homes(actor)
    permit = Permit(
        zone=zone, holder=holder.strip(), plate=plate_of(plate), phone=phone.strip(), purpose=purpose, note=note.strip(),
        valid_from=valid_from, valid_until=valid_until, issued_by_id=actor.officer, **area_of(zone),
        search_key=f"{fold(holder)} {bare_plate(plate)}".strip(),
    )  # fmt: skip
    kept(permit)
    Fact.tell("containment:permit:issued", subject=permit, moment=moment, officer=actor.officer, zone=zone.pk)
    return permit


@transaction.atomic
def withdraw_permit(*, actor: Actor, moment: datetime, permit_id: int) -> Permit:
    """The permit lets nobody through any more; passages on it stay."""
    actor.require(Permission.CONTAINMENT_ZONE_PROPOSE)
    permit: Permit | None = Permit.objects.select_for_update(of=("self",)).filter(pk=permit_id).first()
    if permit is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    actor.require_area(permit)
    if permit.withdrawn_at is None:
        permit.withdrawn_at = moment
        permit.version += 1
        permit.save()
        Fact.tell(
            "containment:permit:withdrawn", subject=permit, moment=moment, officer=actor.officer, zone=permit.zone_id
        )
    return permit


def plate_of(text: str) -> str:
    """A number plate as it is kept: capital letters, single spaces."""
    return " ".join(text.upper().split())


def bare_plate(plate: str) -> str:
    """Letters and digits alone: 98A-123.45 is found as 98a12345."""
    return "".join(sign for sign in fold(plate) if sign.isalnum())


@dataclass(frozen=True)
class Passing:
    """Who passes, as the guard wrote it down; `at` by the telephone's clock where it was offline."""

    key: UUID
    direction: str
    purpose: str
    name: str = ""
    plate: str = ""
    permit_id: int | None = None
    note: str = ""
    at: datetime | None = None


@transaction.atomic
def log_passage(*, actor: Actor, moment: datetime, gate_id: int, passing: Passing) -> GatePassage:
    """Write down who went in or out. The same key again is the same passage, however often a telephone sends it.

    Somebody without a permit is written down as well: the log says what happened, and the zone's figures count it.
    """
    actor.require(Permission.CONTAINMENT_ZONE_SERVE)
    gate = gate_for(actor, gate_id)
    require_sees_homes(actor)
    known: GatePassage | None = GatePassage.objects.filter(key=passing.key).first()
    if known is not None:
        return known
    if gate.closed_on or not gate.zone.is_closed_off:
        raise Refusal(_("%(gate)s is not guarded any more; nothing was written down.") % {"gate": gate.name})
    passage = _passage(actor, moment, gate, passing)
    kept(passage)
    if passage.permit_id is None and passage.purpose != Purpose.CARE:
        Fact.tell(
            "containment:passage:without-permit",
            subject=passage,
            moment=moment,
            officer=actor.officer,
            zone=gate.zone_id,
            gate=gate.pk,
        )
    return passage


def _passage(actor: Actor, moment: datetime, gate: Gate, passing: Passing) -> GatePassage:
    seen = seen_at(passing.at, moment)
    permit = _permit(gate, passing, seen.at)
    told = "" if seen.believed or passing.at is None else f" (giờ trên máy: {passing.at:%H:%M %d/%m/%Y})"
    return GatePassage(
        gate=gate, key=passing.key, direction=passing.direction, purpose=passing.purpose, permit=permit,
        name=passing.name.strip() or (permit.holder if permit else ""),
        plate=plate_of(passing.plate) or (permit.plate if permit else ""),
        note=f"{passing.note.strip()}{told}"[:200], at=seen.at, recorded_at=moment, officer_id=actor.officer,
        **area_of(gate),
    )  # fmt: skip


def _permit(gate: Gate, passing: Passing, at: datetime) -> Permit | None:
    """The permit that was shown, or the one that the plate names; None without a valid one."""
    valid = Permit.objects.filter(zone=gate.zone_id).valid_at(at)
    if passing.permit_id:
        return valid.filter(pk=passing.permit_id).first()
    bare = bare_plate(passing.plate)
    return next((one for one in valid.exclude(plate="") if bare_plate(one.plate) == bare), None) if bare else None
