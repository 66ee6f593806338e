"""What the desk does with what the doors brought: samples asked for or declined, refused records set aside."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.surveillance.actions.areas import columns_of_area, require_mine
from phaodai.surveillance.models import RefusedVisit, ScreeningFinding, TestRequest

REQUESTED = "surveillance:screening:sample-requested"


@transaction.atomic
def request_sample(*, actor: Actor, moment: datetime, finding_id: int) -> TestRequest:
    """Ask for a sample of somebody who was found with symptoms; asked twice in a round, it stands once."""
    actor.require(Permission.SURVEILLANCE_SCREENING_RECORD)
    finding = ScreeningFinding.objects.select_related("record").filter(pk=finding_id).first()
    if finding is None:
        raise NotHere(_("There is no such visit, or your post may not see it."))
    require_mine(actor, finding)
    if finding.state != ScreeningFinding.State.SYMPTOMS:
        raise Refusal(_("A sample is asked for people with symptoms. This person had none."))
    request, new = TestRequest.objects.get_or_create(
        round_id=finding.record.round_id, person_id=finding.person_id,
        defaults={
            "record": finding.record, "symptoms": finding.symptoms, "asked_at": moment, "asked_by_id": actor.officer,
            **columns_of_area(finding),
        },
    )  # fmt: skip
    if new:
        Fact.tell(REQUESTED, subject=request, moment=moment, officer=actor.officer, person=finding.person_id)
    return request


@transaction.atomic
def decline_sample(*, actor: Actor, moment: datetime, request_id: int, reason: str) -> TestRequest:
    """Answer a request with the reason why no sample is taken."""
    actor.require(Permission.SURVEILLANCE_SCREENING_PLAN)
    request = TestRequest.objects.visible_to(actor).select_for_update().filter(pk=request_id).first()
    if request is None:
        raise NotHere(_("There is no such request, or your post may not see it."))
    require_mine(actor, request)
    if request.state != TestRequest.State.ASKED:
        raise Refusal(_("This request is answered already."))
    if not reason.strip():
        raise Refusal(_("Say why no sample is taken."), field="reason")
    request.state, request.reason, request.answered_at = TestRequest.State.DECLINED, reason.strip()[:200], moment
    request.version += 1
    request.save()
    Fact.tell("surveillance:screening:sample-declined", subject=request, moment=moment, officer=actor.officer)
    return request


@transaction.atomic
def drop_refused(*, actor: Actor, moment: datetime, refused_id: int) -> RefusedVisit:
    """Set a refused record aside: the door was visited again, or the record was never meant."""
    actor.require(Permission.SURVEILLANCE_SCREENING_PLAN)
    refused = RefusedVisit.objects.visible_to(actor).select_for_update().filter(pk=refused_id).first()
    if refused is None:
        raise NotHere(_("There is no such record, or your post may not see it."))
    require_mine(actor, refused)
    refused.settled, refused.settled_at = RefusedVisit.Settled.DROPPED, moment
    refused.save()
    Fact.tell("surveillance:screening:refused-dropped", subject=refused, moment=moment, officer=actor.officer)
    return refused
