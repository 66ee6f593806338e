"""Readings: of the family, behind their link, and of the station, in a call or on a visit. An alarm is raised with them."""

from dataclasses import asdict
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.care.actions.alarms_raising import raise_alarm
from phaodai.care.actions.home_finding import home_for, require_follow
from phaodai.care.models import HomeDoor, Reading
from phaodai.care.rules.alarms import SIGNS, Finding, Taken, findings_of
from phaodai.care.rules.readings import due_after
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor, Area
from phaodai.rulebook.provincial import rulebook_for

LIMITS = {"spo2": (40, 100), "temperature": (30, 45), "respiratory_rate": (5, 120), "pulse": (20, 250)}
OLDEST = timedelta(days=14)
"""A reading that waited in a phone for longer is no reading of this illness."""


@transaction.atomic
def write_reading(
    *,
    actor: Actor,
    moment: datetime,
    home_care_id: int,
    taken: Taken,
    key: UUID,
    source: str = Reading.Source.CALL,
    at: datetime | None = None,
) -> Reading:
    """Write what the station heard in a call or measured on a visit; the same key again is the same reading.

    An alarm is raised in the same transaction (`care:reading:alarm`).
    """
    require_follow(actor)
    if source not in (Reading.Source.CALL, Reading.Source.VISIT):
        raise Refusal(_("Choose a call or a visit."), field="source")
    care = home_for(actor, home_care_id)
    door = HomeDoor.objects.select_for_update().get(home_care=care)
    return _keep(door, taken, key, source, at or moment, actor, moment)


@transaction.atomic
def send_reading(
    *, actor: Actor, moment: datetime, reference: str, taken: Taken, key: UUID, at: datetime | None = None
) -> Reading:
    """Keep what a family sends behind its link; `at` is the hour of its phone, which may have waited for a network.

    The same key again is the same reading. A link that was never given, or whose care has ended, opens nothing.
    """
    door = HomeDoor.objects.usable().select_for_update().filter(reference=reference).first()
    if door is None:
        raise NotHere(_("This link opens nothing any more. Ring your health station for a new one, or 115."))
    return _keep(door, taken, key, Reading.Source.FAMILY, min(at or moment, moment), actor, moment)


def _keep(
    door: HomeDoor, taken: Taken, key: UUID, source: str, at: datetime, actor: Actor, moment: datetime
) -> Reading:
    known = Reading.objects.filter(key=key).first()
    if known is not None:
        return known
    _refuse_unfit(taken, at, moment)
    book, local = rulebook_for(door.province_id), at.astimezone(VIETNAM)
    findings = findings_of(book, local.date(), taken)
    reading = _write(door, taken, key, source, at, findings, actor, moment)
    newest = door.last_reading_at is None or at >= door.last_reading_at
    if newest:
        door.last_reading_at, door.due_at = at, due_after(local, door.times_a_day)
        door.save(update_fields=["last_reading_at", "due_at"])
    if findings and newest:
        raise_alarm(reading, door, urgent=findings[0].urgent, actor=actor, moment=moment)
    return reading


def _refuse_unfit(taken: Taken, at: datetime, moment: datetime) -> None:
    if taken.is_empty:
        raise Refusal(_("Write at least one value, tick a sign, or say how the person feels."), field="spo2")
    if at > moment:
        raise Refusal(_("This time has not come yet. Look at the clock of your phone."), field="at")
    if moment - at > OLDEST:
        raise Refusal(_("This reading is older than 14 days and says nothing of today."), field="at")
    for name, (low, high) in LIMITS.items():
        value = getattr(taken, name)
        if value is not None and not low <= value <= high:
            words = _("This value cannot be right: it lies between %(low)d and %(high)d. Measure again.")
            raise Refusal(words % {"low": low, "high": high}, field=name)
    if taken.feeling and taken.feeling not in Reading.Feeling.values:
        raise Refusal(_("Choose better, the same or worse."), field="feeling")


def _write(
    door: HomeDoor,
    taken: Taken,
    key: UUID,
    source: str,
    at: datetime,
    findings: tuple[Finding, ...],
    actor: Actor,
    moment: datetime,
) -> Reading:
    values = asdict(taken) | {
        "signs": [sign for sign in SIGNS if sign in taken.signs],
        "temperature": None if taken.temperature is None else Decimal(str(round(taken.temperature, 1))),
        "words": taken.words.strip()[:300],
    }
    return Reading.objects.create(
        home_care_id=door.home_care_id,
        key=key,
        at=at,
        received_at=moment,
        source=source,
        officer_id=actor.officer,
        alarm=[one.as_data() for one in findings],
        **values,
        **Area.of(door).columns,
    )
