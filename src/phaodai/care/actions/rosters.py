"""People are put on shifts within the limits of work and rest, or beyond them with a reason that is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.care.actions.facilities_shared import mine, require_body
from phaodai.care.actions.people import team_for, worker_for
from phaodai.care.models import Facility, Shift, StaffNeed, Worker
from phaodai.care.rules.rosters import DAYS, HOURS, REST, Breach, Span, breaches
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.constraints import worded
from phaodai.foundation.formats import number
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor, Area
from phaodai.territory.models import Place

MANAGE = Permission.CARE_ROSTER_MANAGE
BESIDE = timedelta(days=8)
SHIFTS_AT_ONCE = 400


@dataclass(frozen=True)
class Post:
    """Where somebody stands: a registered place, or the name of one that is not (a checkpoint); and with which team."""

    place_id: int | None = None
    where: str = ""
    team_id: int | None = None


@transaction.atomic
def add_shifts(
    *,
    actor: Actor,
    moment: datetime,
    worker_ids: Sequence[int],
    post: Post,
    spans: Sequence[tuple[datetime, datetime]],
    override_reason: str = "",
) -> list[Shift]:
    """Put each of the people on each of the spans; all or none.

    A shift that breaks a limit of `rules.rosters` is refused, naming person and limit, unless `override_reason` is
    given; it is kept with the shift. Tells `care:shift:added`.
    """
    actor.require(MANAGE)
    if not worker_ids or not spans:
        raise Refusal(_("Choose at least one person and one day."), field="workers")
    if len(worker_ids) * len(spans) > SHIFTS_AT_ONCE:
        raise Refusal(_("At most %(most)d shifts at once.") % {"most": SHIFTS_AT_ONCE})
    place, where = _stands(actor, post)
    if post.team_id is not None:
        team_for(actor, post.team_id)
    made = []
    for worker_id in dict.fromkeys(worker_ids):
        worker = _working(actor, worker_id)
        for starts_at, ends_at in spans:
            shift = Shift(
                worker=worker,
                team_id=post.team_id,
                organisation=worker.organisation,
                place=place,
                where=where,
                starts_at=starts_at,
                ends_at=ends_at,
                **Area.of(worker).columns,
            )
            made.append(_kept(shift, override_reason))
    about = {"shifts": [one.pk for one in made][:50]}
    Fact.tell("care:shift:added", subject=made[0], moment=moment, officer=actor.officer, **about)
    return made


def _stands(actor: Actor, post: Post) -> tuple[Place | None, str]:
    if post.place_id is None:
        if not post.where.strip():
            raise Refusal(_("Say where they stand."), field="where")
        return None, post.where.strip()[:160]
    place = Place.objects.visible_to(actor).filter(pk=post.place_id).first()
    if place is None:
        raise NotHere(_("There is no such place that your post may see."))
    return place, post.where.strip()[:160] or place.name


def _working(actor: Actor, worker_id: int) -> Worker:
    worker = worker_for(actor, worker_id)
    if worker.left_on is not None:
        raise Refusal(_("%(name)s has left. Choose somebody else.") % {"name": worker.name}, field="workers")
    # Two officers who roster one person at once are judged one after the other.
    Worker.objects.select_for_update().get(pk=worker.pk)
    return worker


def _kept(shift: Shift, override_reason: str) -> Shift:
    if shift.ends_at <= shift.starts_at:
        raise Refusal(_("A shift ends after it starts, and within 48 hours."), field="ends")
    broken = breaches(Span(shift.starts_at, shift.ends_at), _others(shift), VIETNAM)
    if broken and not override_reason.strip():
        raise Refusal(breach_words(shift.worker.name, broken), field="override_reason")
    shift.breaches = [one.limit for one in broken]
    shift.override_reason = override_reason.strip()[:300] if broken else ""
    with worded():
        shift.save()
    return shift


def _others(shift: Shift) -> list[Span]:
    near = Shift.objects.standing().filter(worker=shift.worker, ends_at__gt=shift.starts_at - BESIDE)
    rows = near.filter(starts_at__lt=shift.ends_at + BESIDE).exclude(pk=shift.pk)
    return [Span(*one) for one in rows.values_list("starts_at", "ends_at")]


def breach_words(name: str, broken: Sequence[Breach]) -> str:
    """Each limit that would be broken, in one sentence."""
    sentences = {
        HOURS: _("%(figure)s hours within 24, at most %(allowed)d"),
        REST: _("%(figure)s hours of rest between two shifts, at least %(allowed)d"),
        DAYS: _("%(figure)s days without a free one, at most %(allowed)d"),
    }
    said = [sentences[one.limit] % {"figure": number(one.figure, 0), "allowed": one.allowed} for one in broken]
    about = {"name": name, "limits": "; ".join(said)}
    return _("%(name)s: %(limits)s. Choose somebody else, or give the reason; it stays with the shift.") % about


@transaction.atomic
def stand_duty(
    *,
    actor: Actor,
    moment: datetime,
    staff_code: str,
    where: str,
    starts_at: datetime,
    ends_at: datetime,
    override_reason: str = "",
) -> Shift:
    """The shift of somebody on the list of staff at a post that another context mans, within the same limits.

    Whether the actor may man that post, the caller has asked. Tells `care:shift:added`.
    """
    actor.require(Permission.CARE_ROSTER_READ)
    known = Worker.objects.visible_to(actor).filter(code__iexact=staff_code.strip()).first()
    if known is None:
        words = _("Nobody on your list of staff has the code %(code)s. Leave the code empty and write the name.")
        raise NotHere(words % {"code": staff_code.strip()}, field="staff_code")
    worker = _working(actor, known.pk)
    shift = Shift(
        worker=worker, organisation=worker.organisation, where=where[:160], starts_at=starts_at, ends_at=ends_at,
        **Area.of(worker).columns,
    )  # fmt: skip
    _kept(shift, override_reason)
    Fact.tell("care:shift:added", subject=shift, moment=moment, officer=actor.officer, shifts=[shift.pk])
    return shift


@transaction.atomic
def call_off_shift(*, actor: Actor, moment: datetime, shift_id: int) -> Shift:
    """Call off a shift that has not begun. Tells `care:shift:called-off`."""
    actor.require(MANAGE)
    rows = Shift.objects.visible_to(actor).standing().select_for_update(of=("self",)).select_related("organisation")
    shift = rows.filter(pk=shift_id).first()
    if shift is None:
        raise NotHere(_("There is no such shift that your post may see."))
    require_body(actor, shift.organisation)
    if shift.starts_at <= moment:
        raise Refusal(_("This shift has begun. Shifts that were worked stay as they were."))
    shift.called_off_at, shift.version = moment, shift.version + 1
    shift.save()
    Fact.tell("care:shift:called-off", subject=shift, moment=moment, officer=actor.officer)
    return shift


@transaction.atomic
def state_need(
    *,
    actor: Actor,
    moment: datetime,
    place_id: int,
    skill: str,
    people: int,
    starts: time,
    hours: int,
    since: date,
    until: date | None = None,
) -> StaffNeed:
    """Say how many people of a skill a place needs each day. Tells `care:need:stated`."""
    actor.require(MANAGE)
    place = Place.objects.visible_to(actor).filter(pk=place_id).first()
    if place is None:
        raise NotHere(_("There is no such place that your post may see."))
    _require_place(actor, place)
    need = StaffNeed(
        place=place, skill=skill, people=people, starts=starts, hours=hours, since=since, until=until,
        **Area.of(place).columns,
    )  # fmt: skip
    need.full_clean(exclude=["place"])
    with worded():
        need.save()
    Fact.tell("care:need:stated", subject=need, moment=moment, officer=actor.officer)
    return need


def _require_place(actor: Actor, place: Place) -> None:
    run_here = any(
        mine(actor, one) for one in Facility.objects.open().filter(place=place).select_related("organisation")
    )
    if not run_here and (actor.reach == "own" or not actor.area.holds(place)):
        raise NotAllowed(_("%(place)s belongs to another unit. You can send a request.") % {"place": place.name})


@transaction.atomic
def end_need(*, actor: Actor, moment: datetime, need_id: int, last_day: date) -> StaffNeed:
    """Say on which day a need ends."""
    actor.require(MANAGE)
    need = StaffNeed.objects.visible_to(actor).select_related("place").filter(pk=need_id).first()
    if need is None:
        raise NotHere(_("There is no such need that your post may see."))
    _require_place(actor, need.place)
    need.until, need.version = max(last_day, need.since), need.version + 1
    with worded():
        need.save()
    Fact.tell("care:need:ended", subject=need, moment=moment, officer=actor.officer)
    return need
