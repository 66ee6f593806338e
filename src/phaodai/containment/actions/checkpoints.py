"""Checkpoints opened, manned and closed; levels of other places noted."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.care.actions.rosters import stand_duty
from phaodai.care.models import Shift
from phaodai.containment.actions.areas import columns_of_area, require_inside
from phaodai.containment.models import Checkpoint, CheckpointDuty, OriginLevel
from phaodai.foundation.formats import fold, sort_key
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor, Area
from phaodai.foundation.versions import guard_version
from phaodai.people.models import Organisation
from phaodai.territory.models import Unit

AMENDABLE = ("name", "place", "kind", "phone", "opened_at")


@transaction.atomic
def open_checkpoint(
    *,
    actor: Actor,
    moment: datetime,
    name: str,
    organisation: Organisation,
    kind: str = Checkpoint.Kind.ROAD,
    place: str = "",
    phone: str = "",
    opened_at: datetime | None = None,
) -> Checkpoint:
    """Open a checkpoint that an organisation of the actor's area runs; it stands in that organisation's unit."""
    actor.require(Permission.CONTAINMENT_CHECKPOINT_MANAGE)
    require_inside(actor, organisation.unit)
    if actor.reach == "own" and organisation.pk != actor.organisation:
        raise NotAllowed(_("Your post opens checkpoints of its own organisation alone. You can send a request."))
    checkpoint = Checkpoint(
        name=" ".join(name.split()),
        organisation=organisation,
        kind=kind,
        place=place.strip(),
        phone=phone.strip(),
        opened_at=opened_at or moment,
        **columns_of_area(organisation.unit),
    )
    _key(checkpoint)
    checkpoint.full_clean()
    checkpoint.save()
    Fact.tell("containment:checkpoint:opened", subject=checkpoint, moment=moment, officer=actor.officer)
    return checkpoint


def _key(checkpoint: Checkpoint) -> None:
    checkpoint.sort_key = sort_key(checkpoint.name)
    checkpoint.search_key = fold(f"{checkpoint.name} {checkpoint.place} {checkpoint.organisation.short_name}")


def checkpoint_of(actor: Actor, pk: int) -> Checkpoint:
    """A checkpoint that the actor's post may see, or a refusal."""
    found = Checkpoint.objects.visible_to(actor).select_related("organisation").filter(pk=pk).first()
    if found is None:
        raise NotHere(_("There is no such checkpoint that your post may see."))
    return found


def governs(actor: Actor, checkpoint: Checkpoint) -> bool:
    """Whether the checkpoint stands in an area that the actor's body answers for."""
    return actor.reach != "own" and actor.area.holds(checkpoint)


def require_manned_by(actor: Actor, checkpoint: Checkpoint) -> None:
    """Its own organisation and the officers of its area work at a checkpoint; others may read its name."""
    if checkpoint.organisation_id != actor.organisation and not governs(actor, checkpoint):
        about = {"name": checkpoint.name, "unit": checkpoint.organisation.short_name}
        raise NotAllowed(_("%(name)s is run by %(unit)s. Your post may not register there.") % about)


@transaction.atomic
def amend_checkpoint(*, actor: Actor, moment: datetime, pk: int, version: int, **changes: Any) -> Checkpoint:
    """Change name, place, kind, telephone or the moment it opens."""
    actor.require(Permission.CONTAINMENT_CHECKPOINT_MANAGE)
    checkpoint = checkpoint_of(actor, pk)
    require_manned_by(actor, checkpoint)
    for name, value in guard_version(checkpoint, version, changes).items():
        if name not in AMENDABLE:
            raise Refusal(_("This value cannot be changed here."), field=name)
        setattr(checkpoint, name, value)
    checkpoint.version += 1
    _key(checkpoint)
    checkpoint.full_clean()
    checkpoint.save()
    Fact.tell("containment:checkpoint:amended", subject=checkpoint, moment=moment, officer=actor.officer)
    return checkpoint


@transaction.atomic
def close_checkpoint(*, actor: Actor, moment: datetime, checkpoint_id: int) -> Checkpoint:
    """Close a checkpoint now. What it registered stays, and a telephone that still holds records may send them."""
    actor.require(Permission.CONTAINMENT_CHECKPOINT_MANAGE)
    checkpoint = checkpoint_of(actor, checkpoint_id)
    require_manned_by(actor, checkpoint)
    if checkpoint.closed_at is not None:
        raise Refusal(_("%(name)s is closed already.") % {"name": checkpoint.name})
    checkpoint.closed_at = max(moment, checkpoint.opened_at)
    checkpoint.version += 1
    checkpoint.save(update_fields=["closed_at", "version", "updated_at"])
    Fact.tell("containment:checkpoint:closed", subject=checkpoint, moment=moment, officer=actor.officer)
    return checkpoint


@transaction.atomic
def put_on_duty(
    *,
    actor: Actor,
    moment: datetime,
    checkpoint_id: int,
    starts_at: datetime,
    ends_at: datetime,
    name: str = "",
    phone: str = "",
    force: str = "",
    staff_code: str = "",
    override_reason: str = "",
) -> CheckpointDuty:
    """One shift of one person at a checkpoint: by name, or by the code of the list of staff.

    Of the staff it is a shift of theirs as well, within the limits of work and rest, or beyond them with a reason.
    """
    actor.require(Permission.CONTAINMENT_ARRIVAL_LOG)
    checkpoint = checkpoint_of(actor, checkpoint_id)
    require_manned_by(actor, checkpoint)
    if not name.strip() and not staff_code.strip():
        raise Refusal(_("Write who has the shift: the staff code, or the name."), field="name")
    duty = CheckpointDuty(
        checkpoint=checkpoint,
        name=" ".join(name.split()),
        phone=phone.strip(),
        force=force.strip(),
        starts_at=starts_at,
        ends_at=ends_at,
        **Area.of(checkpoint).columns,
    )
    if staff_code.strip():
        shift = stand_duty(
            actor=actor, moment=moment, staff_code=staff_code, where=checkpoint.name, starts_at=starts_at,
            ends_at=ends_at, override_reason=override_reason,
        )  # fmt: skip
        _of_staff(duty, shift)
    duty.full_clean()
    duty.save()
    Fact.tell("containment:checkpoint:manned", subject=checkpoint, moment=moment, officer=actor.officer)
    return duty


def _of_staff(duty: CheckpointDuty, shift: Shift) -> None:
    """What is known of somebody stands on the list of staff, and was not typed again."""
    worker = shift.worker
    duty.shift, duty.name = shift, worker.name
    duty.phone = duty.phone or worker.phone
    duty.force = duty.force or worker.organisation.short_name[:80]


@transaction.atomic
def note_origin_level(
    *,
    actor: Actor,
    moment: datetime,
    unit: Unit,
    level: int,
    since: date,
    source: str,
    until: date | None = None,
    locked_down: bool = False,
) -> OriginLevel:
    """Note the level that the authorities of another place published, and where."""
    actor.require(Permission.CONTAINMENT_ARRIVAL_LOG)
    if actor.area.province is not None and unit.province_id == actor.area.province:
        words = _("%(unit)s lies in your province: its level is the one that was decided and announced here.")
        raise Refusal(words % {"unit": unit.name}, field="unit")
    if not source.strip():
        raise Refusal(_("Say in which document or on which page it was published."), field="source")
    noted = OriginLevel(
        unit=unit,
        level=level,
        since=since,
        until=until,
        locked_down=locked_down,
        source=source.strip(),
        recorded_by_id=actor.officer,
        province_id=actor.area.province or unit.province_id or unit.pk,
        district_id=actor.area.district,
        commune_id=actor.area.commune,
    )
    noted.full_clean()
    noted.save()
    Fact.tell("containment:origin-level:noted", subject=noted, moment=moment, officer=actor.officer)
    return noted
