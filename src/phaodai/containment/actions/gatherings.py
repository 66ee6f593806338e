"""Announcing a gathering without an account, answering it for the commune, and what was seen on the day."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.command.actions.documents import Upload
from phaodai.containment.actions.areas import columns_of_area, require_inside
from phaodai.containment.actions.gatherings_answering import Cause, answer_by_rule, level_on
from phaodai.containment.actions.photos import keep_photos
from phaodai.containment.models import Gathering, GatheringAnswer, GatheringPhoto, GatheringVisit
from phaodai.containment.rules.gatherings import ALLOWED, LIMITED, STOPPED
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.formats import fold
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.territory.models import Tier, Unit

FARTHEST = timedelta(days=180)
"""Levels and law are not known farther ahead; a rule of this program."""
REPEATING = (Gathering.Kind.MARKET, Gathering.Kind.WORSHIP)


@transaction.atomic
def announce_gathering(
    *,
    actor: Actor,
    moment: datetime,
    reference: str,
    kind: str,
    organiser_name: str,
    organiser_phone: str,
    unit: Unit,
    venue: str,
    begins_at: datetime,
    ends_at: datetime,
    expected: int,
    indoors: bool,
    promises: Sequence[str] = (),
    every_days: int | None = None,
    last_day: date | None = None,
    note: str = "",
) -> Gathering:
    """Keep what an organiser announces under the reference they were given, and answer at once by the rule in force."""
    del actor
    first = begins_at.astimezone(VIETNAM).date()
    _refuse_times(moment, begins_at, ends_at)
    _refuse_repetition(kind, every_days, first, last_day)
    if unit.tier != Tier.COMMUNE or not unit.stands_on(first):
        raise Refusal(_("%(unit)s is no commune on that day. Choose the commune.") % {"unit": unit.name}, field="unit")
    gathering = Gathering(
        reference=reference, kind=kind, organiser_name=organiser_name.strip(), organiser_phone=organiser_phone.strip(),
        unit=unit, venue=venue.strip(), begins_at=begins_at, ends_at=ends_at, expected=expected, indoors=indoors,
        promises=list(promises), every_days=every_days, last_day=(every_days and last_day) or first, note=note.strip(),
        search_key=fold(f"{venue} {organiser_name} {reference}")[:300], **columns_of_area(unit),
    )  # fmt: skip
    found = answer_by_rule(gathering, first, moment, level_on(unit.pk, first))
    gathering.full_clean(exclude=["level", "ruled_at", "ruled_by"])
    gathering.save()
    found.gathering = gathering
    found.save()
    return gathering


def _refuse_times(moment: datetime, begins_at: datetime, ends_at: datetime) -> None:
    if begins_at < moment:
        raise Refusal(_("This moment has already passed. Set a later one."), field="begins_at")
    if begins_at > moment + FARTHEST:
        raise Refusal(_("This is more than six months ahead: nobody knows the rules of that day."), field="begins_at")
    if ends_at <= begins_at:
        raise Refusal(_("It ends before it begins. Check the two times."), field="ends_at")


def _refuse_repetition(kind: str, every_days: int | None, first: date, last_day: date | None) -> None:
    if not every_days:
        return
    if kind not in REPEATING:
        raise Refusal(
            _("Only markets and worship come again and again. Announce each day by itself."), field="every_days"
        )
    if last_day is None or last_day < first:
        raise Refusal(_("Say until which day it comes again."), field="last_day")
    if last_day > first + FARTHEST:
        raise Refusal(_("This is more than six months ahead: nobody knows the rules of that day."), field="last_day")


@transaction.atomic
def withdraw_gathering(*, actor: Actor, moment: datetime, reference: str) -> Gathering:
    """The organiser, who knows the reference, calls it off. Doing it twice changes nothing."""
    del actor, moment
    gathering = Gathering.objects.select_for_update().filter(reference=reference).first()
    if gathering is None:
        raise NotHere(_("There is no gathering with this code. Check the ten signs."))
    if gathering.state != Gathering.State.WITHDRAWN:
        gathering.state = Gathering.State.WITHDRAWN
        gathering.version += 1
        gathering.save()
    return gathering


def _found(actor: Actor, gathering_id: int) -> Gathering:
    rows = Gathering.objects.visible_to(actor).select_for_update(of=("self",)).select_related("unit")
    gathering = rows.filter(pk=gathering_id).first()
    if gathering is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    require_inside(actor, gathering.unit)
    if gathering.state == Gathering.State.WITHDRAWN:
        raise Refusal(_("The organiser called this gathering off."))
    return gathering


@transaction.atomic
def rule_on_gathering(
    *, actor: Actor, moment: datetime, gathering_id: int, outcome: str, most: int | None = None, reason: str = ""
) -> Gathering:
    """The commune confirms the rule's answer, sets the number, or overrules it with a reason; the organiser sees which."""
    actor.require(Permission.CONTAINMENT_GATHERING_ANSWER)
    gathering = _found(actor, gathering_id)
    most = most if outcome == LIMITED else None
    _refuse_ruling(gathering, outcome, most, reason)
    gathering.outcome, gathering.most = outcome, most
    gathering.state, gathering.ruling_reason = Gathering.State.RULED, reason.strip()
    gathering.ruled_by_id, gathering.ruled_at = actor.officer, moment
    gathering.version += 1
    gathering.save()
    GatheringAnswer.objects.create(
        gathering=gathering, at=moment, cause=Cause.COMMUNE, on=gathering.answered_for, level=gathering.level,
        outcome=outcome, most=most, reason=reason.strip(), officer_id=actor.officer,
    )  # fmt: skip
    Fact.tell("containment:gathering:ruled", subject=gathering, moment=moment, officer=actor.officer)
    return gathering


def _refuse_ruling(gathering: Gathering, outcome: str, most: int | None, reason: str) -> None:
    if outcome not in (ALLOWED, LIMITED, STOPPED):
        raise Refusal(_("Choose what the organiser may do."), field="outcome")
    if outcome == LIMITED and not most:
        raise Refusal(_("Say how many people may come."), field="most")
    by_rule = gathering.answers.exclude(cause=Cause.COMMUNE).last()
    confirms = by_rule is not None and by_rule.outcome == outcome and by_rule.most in (None, most)
    if not confirms and not reason.strip():
        raise Refusal(
            _("The rule says otherwise, or nothing. Give your reason; the organiser reads it."), field="reason"
        )


@transaction.atomic
def inspect_gathering(
    *,
    actor: Actor,
    moment: datetime,
    gathering_id: int,
    counted: int,
    found: str,
    key: UUID,
    note: str = "",
    photos: Sequence[Upload] = (),
) -> GatheringVisit:
    """What was seen on the day. The same `key` sent twice is one visit."""
    actor.require(Permission.CONTAINMENT_INSPECTION_WRITE)
    gathering = _found(actor, gathering_id)
    twin = GatheringVisit.objects.filter(key=key).first()
    if twin is not None:
        return twin
    if not gathering.held_on(moment.astimezone(VIETNAM).date()):
        raise Refusal(_("It is not held today. Look at the day on its page."))
    visit = GatheringVisit(
        gathering=gathering, at=moment, counted=counted, found=found, note=note.strip(), key=key,
        officer_id=actor.officer, **columns_of_area(gathering.unit),
    )  # fmt: skip
    visit.full_clean(exclude=["officer"])
    visit.save()
    keep_photos([GatheringPhoto(visit=visit) for _photo in photos], photos)
    Fact.tell(
        "containment:gathering:inspected", subject=gathering, moment=moment, officer=actor.officer, counted=counted
    )
    return visit


@transaction.atomic
def see_organiser(*, actor: Actor, moment: datetime, gathering_id: int) -> Gathering:
    """Whom to ring: name and telephone, for whoever may go there; that somebody looked is kept."""
    actor.require(Permission.CONTAINMENT_INSPECTION_WRITE)
    rows = Gathering.objects.visible_to(actor).select_related("unit")
    gathering = rows.filter(pk=gathering_id).first()
    if gathering is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    if actor.reach == "own":
        raise NotAllowed(_("This belongs to another unit. You can send a request."))
    require_inside(actor, gathering.unit)
    Fact.tell("containment:gathering:organiser-seen", subject=gathering, moment=moment, officer=actor.officer)
    return gathering
