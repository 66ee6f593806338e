"""What people tell of themselves after a dose: the link of a slip, the claim behind it, what a health worker makes of it."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.public import LENGTH, SIGNS
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor, Area
from phaodai.people.rules.identities import phone_number
from phaodai.rulebook.provincial import rulebook_for
from phaodai.vaccination.actions.events import Report, report_event
from phaodai.vaccination.law.events import duties_on
from phaodai.vaccination.models import Dose, Invitation, ReactionClaim, ReactionDoor, Session
from phaodai.vaccination.rules import claims

CLAIMED, ALARMING = "vaccination:claim:sent", "vaccination:claim:alarming"


def _door(row: Dose | Invitation, organisation: int, given_on: date, days: int | None) -> ReactionDoor:
    reference = "".join(secrets.choice(SIGNS) for _sign in range(LENGTH))
    closes_on = claims.last_day(given_on, days)
    return ReactionDoor(
        reference=reference, organisation_id=organisation, given_on=given_on, closes_on=closes_on,
        dose=row if isinstance(row, Dose) else None, invitation=row if isinstance(row, Invitation) else None,
        **Area.of(row).columns,
    )  # fmt: skip


def _monitor_days(session: Session) -> int | None:
    return duties_on(rulebook_for(session.province_id), session.day).monitor_days


@transaction.atomic
def open_doors(*, actor: Actor, moment: datetime, session_id: int) -> dict[int, ReactionDoor]:
    """Give everybody expected at a session the link of their slip; returns the links by invitation.

    Asked again it makes links for those alone who have none.
    """
    del moment
    actor.require(Permission.VACCINATION_SESSION_RUN)
    session = _session(actor, session_id)
    expected = Invitation.objects.filter(session=session, state__in=["invited", "came"])
    days = _monitor_days(session)
    fresh = expected.filter(door=None).select_for_update(of=("self",))
    ReactionDoor.objects.bulk_create([_door(one, session.organisation_id, session.day, days) for one in fresh])
    doors = ReactionDoor.objects.filter(invitation__in=expected)
    return {door.invitation_id: door for door in doors if door.invitation_id}


@transaction.atomic
def open_slips(*, actor: Actor, moment: datetime, session_id: int) -> list[ReactionDoor]:
    """Give everybody who had a dose at a session the link of their slip; returns the links, the latest dose first."""
    del moment
    actor.require(Permission.VACCINATION_DOSE_RECORD)
    session = _session(actor, session_id)
    doses = Dose.objects.counted().filter(session=session)
    days = _monitor_days(session)
    fresh = doses.filter(door=None).select_for_update(of=("self",))
    ReactionDoor.objects.bulk_create([_door(one, session.organisation_id, one.given_on, days) for one in fresh])
    doors = ReactionDoor.objects.filter(dose__in=doses).select_related("dose", "organisation")
    return list(doors.order_by("-dose__given_at", "-pk"))


def _session(actor: Actor, session_id: int) -> Session:
    session = Session.objects.run_by(actor).filter(pk=session_id).first()
    if session is None:
        raise NotHere(_("There is no such session of your unit."))
    return session


def join_doors(found: Iterable[tuple[int, int, int, date]]) -> None:
    """The link of an invitation goes on with the dose: session, entry, dose and its day each."""
    told = {(session, entry): (dose, on) for session, entry, dose, on in found}
    if not told:
        return
    doors = ReactionDoor.objects.filter(
        dose=None,
        invitation__session__in={session for session, _entry in told},
        invitation__entry__in={entry for _session, entry in told},
    ).select_related("invitation")
    for door in doors:
        invitation = door.invitation
        dose = told.get((invitation.session_id, invitation.entry_id)) if invitation else None
        if dose is not None:
            days = door.closes_on - door.given_on
            door.dose_id, door.given_on, door.closes_on = dose[0], dose[1], dose[1] + days
            door.save(update_fields=["dose_id", "given_on", "closes_on"])


@transaction.atomic
def send_claim(
    *,
    actor: Actor,
    moment: datetime,
    reference: str,
    key: UUID,
    signs: Sequence[str],
    words: str = "",
    phone: str = "",
    at: datetime | None = None,
) -> ReactionClaim:
    """Keep what somebody sends behind the link of their slip; `at` is the hour at which they wrote it down.

    The same key again is the same claim. Raises `NotHere` for a link that was never given or whose days are over.
    """
    door = ReactionDoor.objects.usable(moment.date()).filter(reference=reference).first()
    if door is None:
        raise NotHere(_("This link opens nothing any more. Ring your health station, or 115 if you are in danger."))
    known = ReactionClaim.objects.filter(key=key).first()
    if known is not None:
        return known
    began_at = min(at or moment, moment).astimezone(VIETNAM)
    _refuse_unfit(signs, words, began_at, door, moment)
    stranger = actor.reach == "public"
    claim = ReactionClaim.objects.create(
        door=door, key=key, organisation_id=door.organisation_id, signs=[one for one in claims.SIGNS if one in signs],
        words=words.strip()[:300], phone=_phone(phone), alarming=claims.is_alarming(signs), began_at=began_at,
        received_at=moment, told_at=None if stranger else moment, **Area.of(door).columns,
    )  # fmt: skip
    if not stranger:
        _tell(claim, actor, moment)
    return claim


def _refuse_unfit(signs: Sequence[str], words: str, began_at: datetime, door: ReactionDoor, moment: datetime) -> None:
    if not signs:
        raise Refusal(_("Tick at least one thing that you feel."), field="signs")
    if set(signs) == {"other"} and not words.strip():
        raise Refusal(_("Write what you feel, in your own words."), field="words")
    if moment.date() < door.given_on:
        raise Refusal(_("Your dose is not written down yet. Tell the people at the vaccination site."))
    if began_at.date() < door.given_on:
        raise Refusal(_("This was before the dose. Look at the clock of your phone."), field="at")


def _phone(text: str) -> str:
    number = phone_number(text)
    if text.strip() and not number:
        raise Refusal(_("This telephone number cannot be. Correct it or leave it empty."), field="phone")
    return number


def _tell(claim: ReactionClaim, actor: Actor, moment: datetime) -> None:
    Fact.tell(ALARMING if claim.alarming else CLAIMED, subject=claim, moment=moment, officer=actor.officer)


@transaction.atomic
def tell_claims(*, actor: Actor, moment: datetime) -> int:
    """Journal what strangers sent since the last minute: they tell no facts themselves. Returns how many."""
    waiting = list(
        ReactionClaim.objects.filter(told_at=None).select_for_update(skip_locked=True).order_by("pk")[:1_000]
    )
    for claim in waiting:
        _tell(claim, actor, moment)
    ReactionClaim.objects.filter(pk__in=[one.pk for one in waiting]).update(told_at=moment, updated_at=moment)
    return len(waiting)


@transaction.atomic
def confirm_claim(*, actor: Actor, moment: datetime, claim_id: int, report: Report) -> ReactionClaim:
    """A health worker asked and found a reaction: it is written down as one, with the duties that a serious one brings."""
    claim = _waiting(actor, claim_id)
    dose = claim.door.dose_id
    if dose is None:
        raise Refusal(
            _("The dose behind this link is not in the books yet. Wait until the phone of the table has sent it.")
        )
    claim.reaction = report_event(actor=actor, moment=moment, dose_id=dose, report=report)
    return _answered(claim, ReactionClaim.Verdict.CONFIRMED, actor, moment)


@transaction.atomic
def dismiss_claim(*, actor: Actor, moment: datetime, claim_id: int, verdict: str) -> ReactionClaim:
    """A health worker asked and found no reaction to the dose, or reached nobody."""
    claim = _waiting(actor, claim_id)
    if verdict not in (ReactionClaim.Verdict.ORDINARY, ReactionClaim.Verdict.UNREACHED):
        raise Refusal(_("Say what became of the report before it is closed."), field="verdict")
    if verdict == ReactionClaim.Verdict.UNREACHED and moment - claim.received_at < _TRY_FOR and claim.alarming:
        raise Refusal(_("A danger sign: try for an hour, go there or send 115 before you close this."), field="verdict")
    return _answered(claim, verdict, actor, moment)


_TRY_FOR = timedelta(hours=1)
"""How long somebody with a danger sign is looked for at least. A working value of ours."""


def _waiting(actor: Actor, claim_id: int) -> ReactionClaim:
    actor.require(Permission.VACCINATION_EVENT_WRITE)
    seen = ReactionClaim.objects.visible_to(actor).select_related("door").select_for_update(of=("self",))
    claim = seen.filter(pk=claim_id).first()
    if claim is None:
        raise NotHere(_("There is no such report, or not in your area."))
    if claim.answered_at is not None:
        raise Refusal(_("Somebody answered this already."))
    return claim


def _answered(claim: ReactionClaim, verdict: str, actor: Actor, moment: datetime) -> ReactionClaim:
    claim.verdict, claim.answered_at, claim.answered_by_id = verdict, moment, actor.officer
    claim.version += 1
    claim.save()
    Fact.tell("vaccination:claim:answered", subject=claim, moment=moment, officer=actor.officer, verdict=verdict)
    return claim
