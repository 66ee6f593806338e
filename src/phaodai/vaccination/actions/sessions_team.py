"""Who of the roster works at a session. Somebody who stands elsewhere at those hours is warned of, not refused."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.care.models import Shift, Worker
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.constraints import worded
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.vaccination.actions.plan_shared import session_for
from phaodai.vaccination.models import Session, SessionMember

GOING_ON = (Session.State.PLANNED, Session.State.OPEN)


@dataclass(frozen=True)
class Elsewhere:
    """Where somebody stands at the same hours."""

    where: str
    starts_at: time
    ends_at: time


def elsewhere(session: Session, workers: Collection[int]) -> dict[int, list[Elsewhere]]:
    """For each of some workers the other sessions and shifts that overlap a session, as far as the officer sees them."""
    found: dict[int, list[Elsewhere]] = defaultdict(list)
    others = SessionMember.objects.standing().filter(
        worker__in=workers, session__day=session.day, session__state__in=GOING_ON,
        session__starts_at__lt=session.ends_at, session__ends_at__gt=session.starts_at,
    ).exclude(session=session).select_related("session")  # fmt: skip
    for one in others:
        found[one.worker_id].append(Elsewhere(one.session.name, one.session.starts_at, one.session.ends_at))
    ends = datetime.combine(session.day, session.ends_at, VIETNAM)
    shifts = Shift.objects.standing().filter(worker__in=workers, starts_at__lt=ends, ends_at__gt=session.starts)
    for shift in shifts:
        hours = (at.astimezone(VIETNAM).time() for at in (shift.starts_at, shift.ends_at))
        found[shift.worker_id].append(Elsewhere(shift.where, *hours))
    return found


@transaction.atomic
def join_team(*, actor: Actor, moment: datetime, session_id: int, worker_id: int, duty: str) -> SessionMember:
    """Put somebody of the roster on the team of a session that is not over."""
    actor.require(Permission.VACCINATION_SESSION_RUN)
    session = session_for(actor, session_id, *GOING_ON)
    worker = Worker.objects.visible_to(actor).working().filter(pk=worker_id).first()
    if worker is None:
        raise Refusal(_("Choose somebody of the roster."), field="worker")
    if duty not in SessionMember.Duty.values:
        raise Refusal(_("Say what the person does there."), field="duty")
    member = SessionMember(session=session, worker=worker, name=worker.name, duty=duty)
    with worded("worker"):
        member.save()
    Fact.tell(
        "vaccination:team:joined", subject=session, moment=moment, officer=actor.officer, worker=worker.pk, duty=duty
    )
    return member


@transaction.atomic
def leave_team(*, actor: Actor, moment: datetime, session_id: int, member_id: int) -> SessionMember:
    """Take somebody off the team of a session that is not over."""
    actor.require(Permission.VACCINATION_SESSION_RUN)
    session = session_for(actor, session_id, *GOING_ON)
    member = SessionMember.objects.standing().filter(session=session, pk=member_id).first()
    if member is None:
        raise NotHere(_("This person is not in the team any more."))
    member.left_at, member.version = moment, member.version + 1
    member.save()
    Fact.tell("vaccination:team:left", subject=session, moment=moment, officer=actor.officer, worker=member.worker_id)
    return member
