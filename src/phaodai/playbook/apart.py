"""What follows for people kept apart: quarantine, arrivals and those who are watched after it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from phaodai.containment.actions.arrivals_deciding import ask_again
from phaodai.containment.actions.arrivals_handing import end_quarantine
from phaodai.containment.actions.stays_tests import EARLY, take_laboratory_results
from phaodai.containment.models import Arrival, Monitoring, OriginLevel, Stay, StayTest
from phaodai.foundation.models import Fact
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import Actor
from phaodai.surveillance.actions.becoming import become_case
from phaodai.surveillance.actions.cases import create_case
from phaodai.surveillance.actions.samples import request_test
from phaodai.surveillance.models import Case, LabTest, Sample
from phaodai.territory.models import Unit

AT_ONCE = 500


def positive_without_case(subject_id: int) -> Stay | None:
    """A stay of somebody positive inside for whom no case is open."""
    stay = Stay.objects.select_related("person").filter(pk=subject_id, case=None).exclude(kind=Stay.Kind.CASE).first()
    if stay is None or Case.objects.live().filter(person=stay.person_id, outcome="").exists():
        return None
    return stay


def report_case(*, actor: Actor, moment: datetime, subject_id: int) -> Case:
    """Open a suspected case for somebody positive inside; its tests are read and it is classified on its own page."""
    stay = positive_without_case(subject_id)
    if stay is None:
        raise Refusal(_("A case of this person is open already."))
    known = StayTest.objects.filter(stay=stay, result=StayTest.Result.POSITIVE, dropped=False).order_by("result_at")
    positive_at = known.values_list("result_at", flat=True).first() or moment
    if stay.contact_id is not None:
        return become_case(actor=actor, moment=moment, contact_id=stay.contact_id, positive_at=positive_at)
    commune = Unit.objects.filter(pk=stay.person.commune_id or 0).first()
    if commune is None:
        raise Refusal(_("The commune of this person is not known. Report the case by hand."))
    facts: dict[str, Any] = {"detected_by": Case.Detection.QUARANTINE, "positive_at": positive_at}
    suspected = Case.Classification.SUSPECTED
    return create_case(
        actor=actor, moment=moment, person=stay.person, commune=commune, classification=suspected, **facts
    )


def watch_released(*, actor: Actor, moment: datetime, subject_id: int) -> list[Arrival]:
    """Whoever was released from quarantine as an arrival begins the days of monitoring that their decision asked for."""
    person = Stay.objects.filter(pk=subject_id).values("person")
    waiting = Arrival.objects.filter(person__in=person, step=Arrival.Step.IN_QUARANTINE).order_by("pk")
    found = list(waiting.values_list("pk", flat=True))
    return [end_quarantine(actor=actor, moment=moment, arrival_id=pk) for pk in found]


def unwell_untested(subject_id: int) -> Monitoring | None:
    """Somebody unwell while watched, for whom no sample is asked for yet."""
    unwell = Monitoring.objects.filter(pk=subject_id, last_word=Monitoring.Word.UNWELL).select_related("arrival")
    found = unwell.filter(arrival__person__isnull=False).first()
    if found is None or Sample.objects.due().filter(person=found.arrival.person_id).exists():
        return None
    return found


def ask_test(*, actor: Actor, moment: datetime, subject_id: int) -> Sample:
    """Ask for a sample of somebody who is unwell while watched after quarantine."""
    found = unwell_untested(subject_id)
    if found is None or found.arrival.person_id is None:
        raise Refusal(_("A sample of this person is asked for already."))
    reason = _("Unwell while watched after arriving")
    return request_test(actor=actor, moment=moment, person_id=found.arrival.person_id, reason=reason)


def ask_arrivals_again(*, actor: Actor, moment: datetime, subject_id: int) -> list[Arrival]:
    """The level of a place of origin became known: whoever came from there and waits for a decision is asked again."""
    level = OriginLevel.objects.filter(pk=subject_id).first()
    if level is None:
        return []
    places = Q(origin=level.unit_id) | Q(origin__parent=level.unit_id)
    waiting = Arrival.objects.filter(places, province_id=level.province_id, step=Arrival.Step.TO_DECIDE)
    found = list(waiting.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    return [ask_again(actor=actor, moment=moment, arrival_id=pk) for pk in found]


def take_results(*, actor: Actor, moment: datetime, subject_id: int) -> int:
    """Whatever laboratories answered about people in quarantine stands in their stays; a list of tubes tells one fact."""
    del subject_id
    earliest = OuterRef("due_on") - EARLY
    answered = LabTest.objects.filter(person=OuterRef("stay__person"), sampled_at__date__gte=earliest)
    owed = StayTest.objects.filter(Exists(answered.exclude(result="")), dropped=False, result="")
    waiting = Stay.objects.inside().filter(pk__in=owed.values("stay")).order_by("pk")[:AT_ONCE]
    return sum(_take(stay, actor, moment) for stay in waiting)


def _take(stay: Stay, actor: Actor, moment: datetime) -> int:
    """The results of one stay; what is refused undoes itself alone and leaves its words."""
    try:
        with transaction.atomic():
            return take_laboratory_results(actor=actor, moment=moment, stay_ids=[stay.pk])
    except Refusal as refusal:
        told = {"refused": str(refusal)}
        Fact.tell("containment:stay:untold", subject=stay, moment=moment, officer=actor.officer, **told)
        return 0
