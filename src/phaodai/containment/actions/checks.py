"""Visits to places: keeping one once, opening what was found, seeing that it was put right, telling what is late."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.command.actions.documents import Upload
from phaodai.containment.actions.photos import keep_photos
from phaodai.containment.models import Check, CheckFinding, CheckPhoto
from phaodai.containment.rules.checklists import Checklist, Item, checklist_for
from phaodai.containment.rules.checks import Judged, deadline_of, items_again, judge
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.foundation.versions import guard_version
from phaodai.territory.models import Place

State = CheckFinding.State
LONGEST_WAIT = timedelta(days=7)
"""How long a visit may wait on a phone without a network and keep the hour that the phone says. A rule of this program."""


@dataclass(frozen=True)
class Seen:
    """What an officer brings from a place: for each item its answer (ok, not, na), a note where needed, photos."""

    answers: Mapping[str, str]
    notes: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    photos: Sequence[tuple[str, Upload]] = ()
    visited_at: datetime | None = None


@transaction.atomic
def record_check(*, actor: Actor, moment: datetime, place_id: int, seen: Seen, key: UUID, again: bool = False) -> Check:
    """Keep one visit and what it found. The same `key` sent twice is one visit.

    `again`: a second visit, which looks at the open findings alone. Refuses an item without an answer.
    """
    actor.require(Permission.CONTAINMENT_INSPECTION_WRITE)
    place = place_of(actor, place_id)
    twin = Check.objects.filter(key=key).first()
    if twin is not None:
        return twin
    checklist = checklist_of(place)
    waiting = {one.item: one for one in CheckFinding.objects.select_for_update().filter(place=place).open()}
    items = items_again(checklist, waiting) if again else checklist.items
    judged = _judged(items, seen)
    check = _keep(actor, moment, place, checklist, items, judged, seen, key)
    if again:
        check.follows = next(iter(waiting.values())).check_made
    check.complies = not judged.failed and set(waiting) <= {one.id for one in items}
    check.save()
    keep_photos(
        [CheckPhoto(check_made=check, item=item) for item, _upload in seen.photos], [u for _i, u in seen.photos]
    )
    _settle(check, judged, waiting, seen)
    Fact.tell("containment:check:made", subject=check, moment=moment, officer=actor.officer, failed=check.failed)
    return check


def place_of(actor: Actor, place_id: int) -> Place:
    """A place of the actor's area that is not closed."""
    place = Place.objects.visible_to(actor).select_related("hamlet").filter(pk=place_id).first()
    if place is None:
        raise NotHere(_("There is no such place, or not in your province."))
    if actor.reach == "own" or not _in_area(actor, place):
        raise NotAllowed(_("%(place)s lies outside your area. You can send a request.") % {"place": place.name})
    if place.closed_on is not None:
        raise Refusal(_("%(place)s is closed. Choose another place.") % {"place": place.name})
    return place


def _in_area(actor: Actor, place: Place) -> bool:
    """A place that nobody has put into a commune yet belongs to whoever stands in front of it."""
    return actor.area.meets(place)


def checklist_of(place: Place) -> Checklist:
    """The checklist of a place's kind."""
    found = checklist_for(place.kind)
    if found is None:
        kind = place.get_kind_display()
        raise Refusal(_("There is no checklist for this kind of place: %(kind)s.") % {"kind": kind})
    return found


def _judged(items: Sequence[Item], seen: Seen) -> Judged:
    if not items:
        raise Refusal(_("Nothing of this place waits to be put right. Begin a new visit."))
    judged = judge(items, seen.answers)
    if judged.unanswered:
        missing = judged.unanswered[0]
        count = len(judged.unanswered)
        words = _("%(count)d items have no answer yet, the first: %(item)s") % {
            "count": count,
            "item": missing.words.vi,
        }
        raise Refusal(words, field=missing.id)
    return judged


def _keep(
    actor: Actor,
    moment: datetime,
    place: Place,
    checklist: Checklist,
    items: Sequence[Item],
    judged: Judged,
    seen: Seen,
    key: UUID,
) -> Check:
    return Check(
        place=place,
        checklist=checklist.id,
        checklist_version=checklist.version,
        visited_at=hour_of(seen.visited_at, moment),
        received_at=moment,
        officer_id=actor.officer,
        organisation_id=actor.organisation or None,
        answers=[_answer(one, seen) for one in items],
        asked=judged.asked,
        failed=len(judged.failed),
        note=seen.note.strip()[:500],
        key=key,
        **{f"{tier}_id": getattr(place, f"{tier}_id") or own for tier, own in vars(actor.area).items()},
    )


def hour_of(said: datetime | None, moment: datetime) -> datetime:
    """When a visit was: as the phone says, unless its clock cannot be right; then when it came in."""
    return said if said is not None and moment - LONGEST_WAIT <= said <= moment else moment


def _answer(item: Item, seen: Seen) -> dict[str, Any]:
    note = seen.notes.get(item.id, "").strip()[:300]
    return {"item": item.id, **item.words._asdict(), "answer": seen.answers[item.id], "note": note}


def _settle(check: Check, judged: Judged, waiting: Mapping[str, CheckFinding], seen: Seen) -> None:
    """What was met closes its finding; what was not opens one, or stays open with its first deadline."""
    failed = {one.id for one in judged.failed}
    for answer in check.answers:
        finding = waiting.get(answer["item"])
        if finding is not None and answer["item"] not in failed:
            finding.state, finding.remedied_at, finding.seen_by = State.REMEDIED, check.visited_at, check
            finding.version += 1
            finding.save()
    for item in judged.failed:
        if item.id not in waiting:
            _open(check, item, seen)


def _open(check: Check, item: Item, seen: Seen) -> None:
    on = check.visited_at.astimezone(VIETNAM).date()
    CheckFinding.objects.create(
        check_made=check, place=check.place, item=item.id, words=item.words._asdict(), remedy=item.remedy._asdict(),
        note=seen.notes.get(item.id, "").strip()[:300], deadline=deadline_of(item, on),
        province_id=check.province_id, district_id=check.district_id, commune_id=check.commune_id,
    )  # fmt: skip


@transaction.atomic
def give_more_time(*, actor: Actor, moment: datetime, pk: int, version: int, **changes: Any) -> CheckFinding:
    """Move the deadline of an open finding, or mend its note."""
    actor.require(Permission.CONTAINMENT_INSPECTION_WRITE)
    finding = CheckFinding.objects.visible_to(actor).select_for_update().filter(pk=pk).first()
    if finding is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    changes = guard_version(finding, version, changes)
    if finding.state != State.OPEN:
        raise Refusal(_("This was put right already."))
    finding.deadline = changes.get("deadline", finding.deadline)
    finding.note = changes.get("note", finding.note)
    finding.version += 1
    finding.full_clean(exclude=["told_at"])
    finding.save()
    Fact.tell("containment:finding:amended", subject=finding, moment=moment, officer=actor.officer)
    return finding


@transaction.atomic
def tell_overdue(*, actor: Actor, moment: datetime) -> list[CheckFinding]:
    """By the clock: what was not put right by its deadline is told once, so that work can follow."""
    today = moment.astimezone(VIETNAM).date()
    late = list(CheckFinding.objects.overdue(today).filter(told_at=None).select_for_update(skip_locked=True))
    for finding in late:
        finding.told_at = moment
        finding.version += 1
        finding.save()
        Fact.tell("containment:finding:overdue", subject=finding, moment=moment, officer=actor.officer)
    return late
