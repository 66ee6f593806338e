"""Who is asked to come: chosen from the lists by the rule, with an hour each; what became of it."""

from collections.abc import Sequence
from datetime import datetime
from itertools import chain, repeat

from django.db import transaction
from django.db.models import Count, F, Max, Q, QuerySet
from django.utils.translation import gettext as _

from phaodai.foundation.constraints import worded
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor, Area
from phaodai.rulebook.provincial import rulebook_for
from phaodai.vaccination.actions.plan_shared import session_for
from phaodai.vaccination.law.plan import least_age_on
from phaodai.vaccination.models import GroupTurn, Invitation, ListEntry, Session
from phaodai.vaccination.rules.invitations import slots

AT_ONCE = 20_000


def open_turns(session: Session) -> list[GroupTurn]:
    """The groups that are open on the day of a session in its area, above it and below it."""
    turns = GroupTurn.objects.filter(province_id=session.province_id).open_on(session.day)
    area = Area.of(session)
    wanted = set(session.groups)
    return [one for one in turns if area.meets(one) and (not wanted or one.group in wanted)]


def whose_turn(session: Session) -> QuerySet[ListEntry]:
    """Whoever waits in the area of a session and may have a dose on its day, in the order of the rule.

    Second doses that are due come first, of the planned product; then the groups that are open where each person lives,
    in the order in force; within a group whoever was due, then listed, first.
    """
    book, area = rulebook_for(session.province_id), Area.of(session)
    least = least_age_on(book, session.day).years
    waiting = ListEntry.objects.waiting().filter(**area.narrowing)
    if least is not None:
        waiting = waiting.of_age(session.day, least)
    due = Q(next_number__gt=1, due_from__lte=session.day)
    if session.product:
        due &= Q(last_product=session.product)
    first = Q(pk__in=[])
    for turn in open_turns(session):
        first |= Q(next_number=1, group=turn.group, **Area.of(turn).narrowing)
    return waiting.filter(due | first).order_by("-next_number", "rank", F("due_from").asc(), "pk")


@transaction.atomic
def choose_invitations(
    *, actor: Actor, moment: datetime, session_id: int, people: int | None = None, reserve: int = 0
) -> int:
    """Invite whose turn it is, up to the places that are left, and some in reserve; returns how many were invited.

    Nobody is invited who holds another standing invitation: the database refuses a second one.
    """
    actor.require(Permission.VACCINATION_SESSION_RUN)
    session = session_for(actor, session_id, Session.State.PLANNED, Session.State.OPEN)
    taken = Invitation.objects.filter(session=session).exclude(state__in=["withdrawn", "reserve"]).count()
    left = session.capacity - taken
    wanted = left if people is None else people
    if not 0 < wanted <= min(left, AT_ONCE):
        words = _("The session has %(left)d places left of %(capacity)d. Invite between 1 and that many.")
        raise Refusal(words % {"left": max(0, left), "capacity": session.capacity}, field="people")
    chosen = list(
        whose_turn(session).exclude(invitations__session=session)[: wanted + max(0, min(reserve, AT_ONCE))]
        .select_for_update(of=("self",), skip_locked=True)
    )  # fmt: skip
    if not chosen:
        raise Refusal(_("Nobody waits whose turn it is. Look at the open groups and the lists."), field="people")
    invited = _invite(session, chosen, min(wanted, len(chosen)), actor, moment)
    Fact.tell(
        "vaccination:invitation:sent", subject=session, moment=moment, officer=actor.officer, invited=invited,
        reserve=len(chosen) - invited,
    )  # fmt: skip
    return invited


def _invite(session: Session, chosen: list[ListEntry], wanted: int, actor: Actor, moment: datetime) -> int:
    asked = Invitation.objects.filter(session=session, slot__isnull=False).exclude(state=Invitation.State.WITHDRAWN)
    there = dict(asked.order_by().values_list("slot").annotate(count=Count("pk")))
    hours = list(slots(session.starts_at, session.ends_at, session.per_hour * session.teams, wanted, there))
    first = (session.invitations.aggregate(last=Max("position"))["last"] or 0) + 1
    state = Invitation.State
    rows = [
        Invitation(
            session=session, entry=entry, dose_number=entry.next_number, slot=slot, position=first + place,
            state=state.RESERVE if slot is None else state.INVITED, invited_at=moment, officer_id=actor.officer,
            created_at=moment, updated_at=moment, **Area.of(entry).columns,
        )
        for place, (entry, slot) in enumerate(zip(chosen, chain(hours, repeat(None)), strict=False))
    ]  # fmt: skip
    with worded():
        Invitation.objects.bulk_create(rows, batch_size=2000)
    ListEntry.objects.filter(pk__in=[entry.pk for entry in chosen]).update(
        state=ListEntry.State.INVITED, state_at=moment, state_by=actor.officer, updated_at=moment
    )
    return sum(1 for row in rows if row.state == state.INVITED)


_BACK = {Invitation.State.ABSENT, Invitation.State.WITHDRAWN}
_ANSWERS = {Invitation.State.CAME, *_BACK}


@transaction.atomic
def answer_invitations(
    *, actor: Actor, moment: datetime, session_id: int, invitation_ids: Sequence[int], state: str
) -> int:
    """Write that people came, did not come, or are asked no more. Whoever does not come waits again."""
    actor.require(Permission.VACCINATION_SESSION_RUN)
    session = session_for(actor, session_id, Session.State.PLANNED, Session.State.OPEN)
    if state not in _ANSWERS:
        raise Refusal(_("Say whether they came."), field="state")
    rows = Invitation.objects.filter(session=session, pk__in=invitation_ids, state__in=["invited", "reserve", "absent"])
    entries = list(rows.values_list("entry_id", flat=True))
    if not entries:
        raise NotHere(_("Nobody among them is expected here."))
    with worded():
        rows.update(state=state, answered_at=moment, officer_id=actor.officer, updated_at=moment)
    if state in _BACK:
        ListEntry.objects.filter(pk__in=entries, state=ListEntry.State.INVITED).update(
            state=ListEntry.State.WAITING, state_at=moment, updated_at=moment
        )
    return len(entries)


@transaction.atomic
def call_reserve(*, actor: Actor, moment: datetime, session_id: int, people: int) -> int:
    """Ask those in reserve to come, in their order, for places that became free."""
    actor.require(Permission.VACCINATION_SESSION_RUN)
    session = session_for(actor, session_id, Session.State.PLANNED, Session.State.OPEN)
    waiting = Invitation.objects.filter(session=session, state=Invitation.State.RESERVE).order_by("position")
    chosen = list(waiting.values_list("pk", flat=True)[: max(0, people)])
    if not chosen:
        raise Refusal(_("Nobody is in reserve."), field="people")
    called = Invitation.objects.filter(pk__in=chosen)
    called.update(state=Invitation.State.INVITED, slot=session.starts_at, invited_at=moment, updated_at=moment)
    return len(chosen)


@transaction.atomic
def write_told(*, actor: Actor, moment: datetime, session_id: int, invitation_ids: Sequence[int]) -> int:
    """Write that people were told that their session was called off; returns how many."""
    actor.require(Permission.VACCINATION_SESSION_RUN)
    session = session_for(actor, session_id, Session.State.CANCELLED)
    told = Invitation.objects.untold(session).filter(pk__in=invitation_ids).update(told_at=moment, updated_at=moment)
    if not told:
        raise NotHere(_("Nobody among them is still to be told."))
    return told
