"""Samples of those inside: taken, answered, taken over from the laboratory; a positive one begins what follows."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.containment.actions.stays_positive import positive_inside
from phaodai.containment.actions.stays_shared import note, require_write, stay_for
from phaodai.containment.models import Stay, StayStep, StayTest
from phaodai.foundation.clock import local_day
from phaodai.foundation.constraints import worded
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.models import Fact
from phaodai.foundation.refusals import Refusal, not_to_come
from phaodai.foundation.scope import Actor
from phaodai.surveillance.models import LabTest

Result = StayTest.Result
EARLY = timedelta(days=1)
"""A sample taken so long before its day still counts for it; the result then comes on the day itself."""


@transaction.atomic
def take_sample(*, actor: Actor, moment: datetime, stay_id: int, taken_at: datetime | None = None) -> StayTest:
    """Note that a sample was taken; the result is not known yet. Noting it twice changes nothing."""
    require_write(actor)
    stay, at = stay_for(actor, stay_id), taken_at or moment
    not_to_come(moment, at, "taken_at")
    test = _test_at(stay, at)
    if test.taken_at is None:
        test.taken_at = at
        with worded():
            test.save()
    return test


@transaction.atomic
def record_result(
    *,
    actor: Actor,
    moment: datetime,
    stay_id: int,
    result: str,
    taken_at: datetime | None = None,
    lab_test_id: int | None = None,
) -> StayTest:
    """Write the result of the sample of a day. Refuses another result for a sample that has one.

    Positive: the room-mates begin again by the rule of today, and the site is alerted.
    """
    require_write(actor)
    stay, at = stay_for(actor, stay_id), taken_at or moment
    not_to_come(moment, at, "taken_at")
    if result not in (Result.POSITIVE, Result.NEGATIVE, Result.UNCLEAR):
        raise Refusal(_("Choose negative, positive or unclear."), field="result")
    test = _test_at(stay, at, answered=True)
    if test.result and test.result != result:
        about = {"day": day_words(test.due_on), "result": test.get_result_display()}
        words = _("The sample of %(day)s has a result: %(result)s. Take another sample instead of a second result.")
        raise Refusal(words % about, field="result")
    if test.result == result:
        return test
    _answer(test, result, at, moment, lab_test_id)
    note([stay], StayStep.What.TESTED, actor=actor, moment=moment, words=str(test.get_result_display()), result=result)
    Fact.tell("containment:stay:tested", subject=stay, moment=moment, officer=actor.officer, result=result)
    if result == Result.POSITIVE:
        positive_inside(stay, actor=actor, moment=moment, sampled_at=at)
    return test


def _answer(test: StayTest, result: str, at: datetime, moment: datetime, lab_test_id: int | None) -> None:
    test.taken_at, test.result, test.result_at = test.taken_at or at, result, moment
    test.lab_test_id = lab_test_id
    with worded():
        test.save()


def _test_at(stay: Stay, at: datetime, *, answered: bool = False) -> StayTest:
    """The sample that a day is about: one of that very day, else the first owed by then, else one beyond the rule's days."""
    day, live = local_day(at), StayTest.objects.select_for_update().filter(stay=stay, dropped=False).order_by("due_on")
    same = [one for one in live if one.due_on == day or (one.taken_at and local_day(one.taken_at) == day)]
    owed = [one for one in live if one.taken_at is None and one.due_on <= day + EARLY]
    waiting = [one for one in live if one.taken_at is not None and not one.result] if answered else []
    found = next(iter([*same, *waiting, *owed]), None)
    if found is None:
        return StayTest(stay=stay, day_number=0, due_on=day)
    if found.result == Result.UNCLEAR:
        return _instead_of(found, at)
    return found


def _instead_of(unclear: StayTest, at: datetime) -> StayTest:
    """A second sample for one that said nothing: the day is the same, the first stays in the record."""
    unclear.dropped = True
    unclear.save()
    return StayTest(stay=unclear.stay, day_number=unclear.day_number, due_on=local_day(at))


@transaction.atomic
def take_laboratory_results(*, actor: Actor, moment: datetime, stay_ids: Sequence[int]) -> int:
    """Take over what laboratories answered about those inside since each sample fell due; returns how many."""
    require_write(actor)
    stays = [stay_for(actor, pk) for pk in sorted(set(stay_ids))]
    taken = 0
    for stay in stays:
        test = StayTest.objects.filter(stay=stay, dropped=False, result="").order_by("due_on").first()
        found = _laboratory(stay, test) if test else None
        if found is not None:
            at, pk = found.sampled_at, found.pk
            record_result(actor=actor, moment=moment, stay_id=stay.pk, result=found.result, taken_at=at, lab_test_id=pk)
            taken += 1
    return taken


def _laboratory(stay: Stay, test: StayTest) -> LabTest | None:
    begin = test.due_on - EARLY
    rows = LabTest.objects.filter(person=stay.person_id, sampled_at__date__gte=begin).exclude(result="")
    known = StayTest.objects.filter(stay=stay, lab_test__isnull=False).values("lab_test")
    return rows.exclude(pk__in=known).order_by("sampled_at").first()
