"""Who was where: visits are added, corrected, packed into blocks, and purged when their term is over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from epidemic.tracing import LateVisits, Visits
from epidemic.tracing.late import Stays
from epidemic.tracing.visits import MINUTES_A_DAY
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import Actor
from phaodai.surveillance.actions.areas import require_province
from phaodai.surveillance.models import LateVisit, Meeting, VisitBlock, VisitDay
from phaodai.surveillance.rules.retention import kept_since
from phaodai.surveillance.tracing import (
    cached_provinces,
    day_number,
    day_of,
    keep_days,
    late_visits,
    minute_at,
    rows_of_day,
    visits_of_day,
    visits_of_persons,
)

BATCH = 5_000
# Late visits are laid over each answer; beyond so many, that begins to be felt.
MOST_LATE = 20_000
# What was corrected or came late within this time still tells, in a replay, when it became known; packed, it does not.
PACK_AFTER = timedelta(hours=6)


@dataclass(frozen=True, order=True)
class Stay:
    """One person at one place, by row ids, from an aware moment for some minutes."""

    person_id: int
    place_id: int
    started_at: datetime
    minutes: int


@transaction.atomic
def record_visits(*, actor: Actor, moment: datetime, province_id: int, stays: Sequence[Stay]) -> int:
    """Add visits; those that are known already are left out. Returns how many are new: every trace counts them at once."""
    actor.require(Permission.SURVEILLANCE_VISIT_IMPORT)
    require_province(actor, province_id)
    for stay in stays:
        _refuse_impossible(stay, moment)
    new = _unknown(province_id, sorted(set(stays)))
    _write(province_id, new, moment)
    return len(new)


@transaction.atomic
def correct_visit(*, actor: Actor, moment: datetime, province_id: int, wrong: Stay, right: Stay | None) -> Stay | None:
    """Take a wrong visit away and put the right one, where there is one, in its place; returns what stands now."""
    actor.require(Permission.SURVEILLANCE_VISIT_IMPORT)
    require_province(actor, province_id)
    if _unknown(province_id, [wrong]):
        raise Refusal(_("There is no such visit. Somebody may have corrected it already."))
    _write(province_id, [wrong], moment, retracts=True)
    if right is not None:
        _refuse_impossible(right, moment)
        _write(province_id, [right], moment)
    return right


@transaction.atomic
def pack_visits(*, actor: Actor, moment: datetime, province_id: int) -> list[date]:
    """Move what has lain in the table of late visits for some hours, or is too much for it, into blocks. Returns the days."""
    actor.require(Permission.SURVEILLANCE_VISIT_IMPORT)
    require_province(actor, province_id)
    rows = LateVisit.objects.filter(province_id=province_id).order_by("recorded_at", "id").select_for_update()
    ids = list(rows.values_list("id", flat=True))
    if len(ids) <= MOST_LATE:
        ids = ids[: rows.filter(recorded_at__lte=moment - PACK_AFTER).count()]
    late = late_visits(province_id).first(len(ids))
    days = [day_of(day) for day in np.unique(late.visits.day).tolist()]
    for day in days:
        _pack_day(province_id, day, late, moment)
    LateVisit.objects.filter(pk__in=ids).delete()
    return days


def _pack_day(province_id: int, day: date, late: LateVisits, moment: datetime) -> None:
    """What was packed before and still stands, with what was added, each visit once."""
    before, added = visits_of_day(province_id, day), late.standing
    kept = before.take(late.holds_good(_as_stays(before)))
    whole = _once(Visits.concatenated([kept, added.take(added.day == day_number(day))]))
    rows, fingerprint = rows_of_day(province_id, day, whole)
    VisitBlock.objects.filter(province_id=province_id, day=day).delete()
    VisitBlock.objects.bulk_create(rows, batch_size=BATCH)
    facts = {"visits": len(whole), "fingerprint": fingerprint, "built_at": moment}
    VisitDay.objects.update_or_create(province_id=province_id, day=day, defaults=facts)


@transaction.atomic
def purge_visits(*, actor: Actor, moment: datetime) -> date:
    """Delete where people were before the term of retention, in every province; returns the first day that is kept."""
    actor.require(Permission.SURVEILLANCE_VISIT_IMPORT)
    since = kept_since(moment.astimezone(VIETNAM).date())
    begin = datetime.combine(since, time(), VIETNAM)
    VisitBlock.objects.filter(day__lt=since).delete()
    VisitDay.objects.filter(day__lt=since).delete()
    LateVisit.objects.filter(started_at__lt=begin).delete()
    Meeting.objects.filter(started_at__lt=begin).delete()
    return since


def tend_visits(*, actor: Actor, moment: datetime) -> date:
    """What is done every few minutes in every province: pack, then purge; returns the first day that is kept."""
    for province_id in LateVisit.objects.order_by().values_list("province_id", flat=True).distinct():
        pack_visits(actor=actor, moment=moment, province_id=province_id)
    return purge_visits(actor=actor, moment=moment)


def keep_every_cache(*, since: date) -> None:
    """On this machine: derive what the cache lacks and drop what was purged. Outside the transaction that packed."""
    packed = VisitDay.objects.order_by().values_list("province_id", flat=True).distinct()
    for province_id in cached_provinces() | set(packed):
        keep_days(province_id, since)


def _refuse_impossible(stay: Stay, moment: datetime) -> None:
    if stay.minutes < 0:
        raise Refusal(_("The visit ends before it starts. Correct one of the two times."), field="until")
    if stay.started_at > moment:
        raise Refusal(_("The visit lies in the future. Correct its day."), field="from")
    if stay.started_at.astimezone(VIETNAM).date() < kept_since(moment.astimezone(VIETNAM).date()):
        raise Refusal(_("The visit is older than what may be kept of visits."), field="from")
    if stay.minutes > 7 * MINUTES_A_DAY:
        raise Refusal(_("A visit lasts a week at most. Correct when it began or ended."), field="until")


def _write(province_id: int, stays: Iterable[Stay], moment: datetime, *, retracts: bool = False) -> None:
    rows = [LateVisit(province_id=province_id, retracts=retracts, recorded_at=moment, **vars(stay)) for stay in stays]
    LateVisit.objects.bulk_create(rows, batch_size=BATCH)


def _unknown(province_id: int, stays: list[Stay]) -> list[Stay]:
    """Those that stand neither in the blocks nor among the late visits."""
    columns = _columns(stays)
    late = late_visits(province_id)
    days = [day_of(day) for day in np.unique(columns.day).tolist()]
    packed = visits_of_persons(province_id, np.unique(columns.person), days)
    kept = packed.take(late.holds_good(_as_stays(packed)))
    known = set(_keys(Visits.concatenated([late.standing, kept])))
    return [stay for stay, key in zip(stays, _keys(columns), strict=True) if key not in known]


def _columns(stays: list[Stay]) -> Visits:
    begun = np.array([minute_at(stay.started_at) for stay in stays], np.int64)
    person, place, minutes = (
        np.array([getattr(stay, name) for stay in stays], np.int64) for name in ("person_id", "place_id", "minutes")
    )
    return Visits.of(
        person=person, place=place, day=begun // MINUTES_A_DAY, start=begun % MINUTES_A_DAY, duration=minutes
    )


def _keys(visits: Visits) -> Iterable[tuple[int, ...]]:
    return zip(*(column.tolist() for column in visits.columns()), strict=True)


def _once(visits: Visits) -> Visits:
    rows = np.unique(np.column_stack([column.astype(np.int64) for column in visits.columns()]), axis=0)
    person, place, day, start, duration = rows.T
    return Visits.of(person=person, place=place, day=day, start=start, duration=duration)


def _as_stays(visits: Visits) -> Stays:
    """A visit as the index finds it."""
    start = visits.day.astype(np.int64) * MINUTES_A_DAY + visits.start
    return Stays(np.arange(len(visits)), visits.person, visits.place, start, visits.duration.astype(np.int64))
