"""Who comes to a session uninvited: checked by the rule, let in out of turn only with a reason, put on the lists if on none."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from phaodai.foundation.constraints import worded
from phaodai.foundation.formats import fold, sort_key
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor, Area
from phaodai.people.rules.identities import NotAnIdentity, identity_number, phone_number
from phaodai.rulebook.provincial import rulebook_for
from phaodai.vaccination.actions.invitations import open_turns
from phaodai.vaccination.actions.plan_shared import session_for
from phaodai.vaccination.law.plan import LAST, least_age_on, ranks_on
from phaodai.vaccination.models import Invitation, ListEntry, Session
from phaodai.vaccination.rules.invitations import Comer, Finding, findings_on


def findings_of(session: Session, entry: ListEntry, day: date) -> list[Finding]:
    """What the rule says against somebody who comes to a session without invitation."""
    elsewhere = Invitation.objects.standing().filter(entry=entry).exclude(session=session).exists()
    taken = Invitation.objects.filter(session=session).exclude(state__in=["withdrawn", "absent", "reserve"]).count()
    comer = Comer(
        entry.group, entry.birth_date, entry.birth_year, entry.next_number, entry.due_from,
        entry.state == ListEntry.State.VACCINATED, elsewhere,
    )  # fmt: skip
    open_groups = [turn.group for turn in open_turns(session) if Area.of(turn).holds(entry)]
    least = least_age_on(rulebook_for(session.province_id), day).years
    return findings_on(comer, day=day, open_groups=open_groups, least_age=least, places_left=session.capacity - taken)


@transaction.atomic
def take_walk_in(*, actor: Actor, moment: datetime, session_id: int, entry_id: int, reason: str = "") -> Invitation:
    """Let somebody on the lists in who comes uninvited. Out of turn only with a reason, which is kept and told."""
    actor.require(Permission.VACCINATION_SESSION_RUN)
    session = session_for(actor, session_id, Session.State.OPEN)
    entry = ListEntry.objects.select_for_update(of=("self",)).filter(pk=entry_id).first()
    if entry is None:
        raise NotHere(_("There is nobody like that on the lists of your area."))
    findings = findings_of(session, entry, moment.date())
    if findings and not reason.strip():
        raise Refusal(_("This person comes out of turn. Say why."), field="reason")
    Invitation.objects.standing().filter(entry=entry).exclude(session=session).update(
        state=Invitation.State.WITHDRAWN, answered_at=moment, updated_at=moment
    )
    last = session.invitations.aggregate(last=Max("position"))["last"] or 0
    row = Invitation(
        session=session, entry=entry, dose_number=entry.next_number, position=last + 1, state=Invitation.State.CAME,
        walk_in=True, findings=[str(one) for one in findings], reason=reason.strip()[:300], invited_at=moment,
        answered_at=moment, officer_id=actor.officer, **Area.of(entry).columns,
    )  # fmt: skip
    with worded():
        row.save()
    entry.state, entry.state_at, entry.version = ListEntry.State.INVITED, moment, entry.version + 1
    entry.save()
    if findings:
        Fact.tell(
            "vaccination:invitation:out-of-turn", subject=row, moment=moment, officer=actor.officer,
            findings=row.findings, reason=row.reason,
        )  # fmt: skip
    return row


@transaction.atomic
def list_walk_in(
    *,
    actor: Actor,
    moment: datetime,
    session_id: int,
    full_name: str,
    birth_date: date,
    group: str,
    sex: str = "",
    number: str = "",
    phone: str = "",
    reason: str = "",
) -> Invitation:
    """Put somebody on the lists who stands at the table and is on none, and let them in."""
    actor.require(Permission.VACCINATION_SESSION_RUN)
    session = session_for(actor, session_id, Session.State.OPEN)
    entry = _listed(session, full_name, birth_date, sex, number, actor)
    entry.group, entry.phone = group, phone_number(phone)
    entry.rank = ranks_on(rulebook_for(session.province_id), moment.date()).get(group, LAST)
    if not entry.full_name:
        raise Refusal(_("Write the full name."), field="full_name")
    if birth_date > moment.date():
        raise Refusal(_("The date of birth lies in the future."), field="birth_date")
    with worded("number"):
        entry.save()
    return take_walk_in(actor=actor, moment=moment, session_id=session_id, entry_id=entry.pk, reason=reason)


def _listed(session: Session, full_name: str, birth_date: date, sex: str, number: str, actor: Actor) -> ListEntry:
    name = " ".join(full_name.split())
    try:
        plain = identity_number(number, sex=sex, birth_year=birth_date.year) if number.strip() else ""
    except NotAnIdentity as problem:
        raise Refusal(_("This ID card number cannot be. Compare it with the card."), field="number") from problem
    columns: dict[str, Any] = Area.of(session).columns
    return ListEntry(
        full_name=name[:120], birth_date=birth_date, birth_year=birth_date.year, sex=sex, identity_number=plain,
        organisation_id=actor.organisation or None, same_key=f"{fold(name)}|{sex}|{birth_date}"[:200],
        sort_key=sort_key(name)[:200], search_key=fold(name)[:160], **columns,
    )  # fmt: skip
