"""The verbs of one contact: named, told, put into quarantine, finished, lost, found to be none."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.rulebook import DEFAULT_DISEASE
from phaodai.surveillance.law import book_of
from phaodai.surveillance.models import Case, Contact, Via
from phaodai.surveillance.models.following import case_of, whereabouts_of
from phaodai.surveillance.rules.follow_up import (
    LONGEST_COURSE,
    Course,
    ask_law,
    course_by_choice,
    course_by_law,
)

LIVE = (Contact.State.LISTED, Contact.State.TOLD, Contact.State.FOLLOWED, Contact.State.LOST)


def contact_for(actor: Actor, contact_id: int) -> Contact:
    """A contact that the officer may follow, locked; one of another area is simply not there."""
    actor.require(Permission.SURVEILLANCE_CONTACT_FOLLOW)
    contact = Contact.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=contact_id).first()
    if contact is None:
        raise NotHere(_("There is no such contact, or your post may not see it."))
    return contact


def keep(contact: Contact, what: str, *, actor: Actor, moment: datetime, **payload: Any) -> Contact:
    """Save a contact's change and tell the fact `surveillance:contact:<what>`."""
    contact.version += 1
    contact.full_clean(exclude=["person", "case", "through", "became", "team"])
    contact.save()
    Fact.tell(f"surveillance:contact:{what}", subject=contact, moment=moment, officer=actor.officer, **payload)
    return contact


def _require(contact: Contact, *states: Contact.State) -> None:
    if contact.state not in states:
        raise Refusal(_("This contact is closed: %(state)s.") % {"state": contact.get_state_display()})


@transaction.atomic
def declare_contact(
    *,
    actor: Actor,
    moment: datetime,
    case_id: int,
    person_id: int,
    first_at: datetime | None = None,
    last_at: datetime | None = None,
    minutes: int | None = None,
    place_words: str = "",
    exposure: Mapping[str, Any] | None = None,
    notes: str = "",
) -> Contact:
    """Put a person whom a case named onto its list; the commune where the person lives follows up.

    Whoever was named before is not listed twice: the contact that is there is returned as it is.
    """
    actor.require(Permission.SURVEILLANCE_CONTACT_TRACE)
    case = Case.objects.visible_to(actor).filter(pk=case_id).first()
    lives = whereabouts_of([person_id]).get(person_id)
    if case is None or lives is None:
        raise NotHere(_("There is no such case or person that your post may see."))
    _refuse_unfit(case, person_id, first_at, moment)
    known = Contact.objects.filter(case=case, person_id=person_id).first()
    if known is not None:
        return known
    contact = Contact(
        case=case,
        person_id=person_id,
        via=Via.DECLARED,
        place_words=place_words.strip(),
        first_at=first_at,
        last_at=last_at,
        minutes=minutes,
        exposure=dict(exposure or {}),
        listed_at=moment,
        notes=notes.strip(),
        **lives.area.columns,
    )
    contact.full_clean(exclude=["person"])
    contact.save()
    Fact.tell("surveillance:contact:declared", subject=contact, moment=moment, officer=actor.officer, case=case.pk)
    return contact


def _refuse_unfit(case: Case, person_id: int, first_at: datetime | None, moment: datetime) -> None:
    if person_id == case.person_id:
        raise Refusal(_("This is the case itself. Choose the person whom the case met."), field="person")
    if first_at is not None and first_at > moment:
        raise Refusal(_("They cannot have met in the future. Correct the time."), field="first_at")


@transaction.atomic
def tell_contact(*, actor: Actor, moment: datetime, contact_id: int) -> Contact:
    """The contact has been reached and told. Doing it twice changes nothing."""
    contact = contact_for(actor, contact_id)
    _require(contact, *LIVE)
    if contact.told_at is not None:
        return contact
    contact.told_at = moment
    contact.state = Contact.State.TOLD
    return keep(contact, "told", actor=actor, moment=moment)


@transaction.atomic
def quarantine_contact(
    *,
    actor: Actor,
    moment: datetime,
    contact_id: int,
    since: datetime | None = None,
    facts: Mapping[str, Any] | None = None,
    days: int | None = None,
    reason: str = "",
) -> Contact:
    """Put a contact into quarantine from `since` (now, by default), for the days that the rule of that day sets.

    Where the rule concludes nothing (no document, or a value that nobody has verified) the officer chooses `days` and says
    why. The law's record, or the choice, is kept with the contact. `facts`: doses, last_dose_on, recovered_on.
    """
    contact = contact_for(actor, contact_id)
    _require(contact, *LIVE)
    begin = since or moment
    if begin > moment:
        raise Refusal(_("Quarantine cannot begin in the future. Correct the day."), field="since")
    course = _course(contact, begin.astimezone(VIETNAM).date(), facts or {}, days, reason.strip())
    contact.told_at = contact.told_at or moment
    contact.quarantined_at = begin
    contact.follow_from, contact.follow_until = course.first, course.last
    contact.test_days = [day.isoformat() for day in course.samples]
    contact.follow_rule = dict(course.record)
    contact.state = Contact.State.FOLLOWED
    return keep(contact, "quarantined", actor=actor, moment=moment, until=course.last.isoformat())


def _course(contact: Contact, first: date, facts: Mapping[str, Any], days: int | None, reason: str) -> Course:
    decision = ask_law(book_of(contact.province_id, disease_of(contact)), first, facts)
    if days is None:
        course = course_by_law(decision, first) if decision else None
        if course is None:
            raise Refusal(_no_course(decision), field="days")
        return course
    if not 1 <= days <= LONGEST_COURSE:
        raise Refusal(_("Choose between 1 and %(most)d days.") % {"most": LONGEST_COURSE}, field="days")
    if not reason:
        raise Refusal(_("Say why this many days were chosen; the reason stays with the contact."), field="reason")
    return course_by_choice(first, days, reason, decision)


def disease_of(contact: Contact) -> str:
    """The disease of the contact's case; that of the default pack for a case of another unit, which is not shown."""
    case = case_of(contact)
    return case.disease if case else DEFAULT_DISEASE


def _no_course(decision: Any) -> str:
    if decision is not None and decision.outcome is not None:
        return _("The rule of that day asks contacts for no quarantine. Choose the days yourself and say why.")
    return _("Cannot conclude: no verified document says how long. Choose the days yourself and say why.")


@transaction.atomic
def finish_contact(*, actor: Actor, moment: datetime, contact_id: int, reason: str = "") -> Contact:
    """End the follow-up: after its last day, or earlier with a reason."""
    contact = contact_for(actor, contact_id)
    _require(contact, Contact.State.FOLLOWED, Contact.State.LOST)
    early = contact.follow_until is None or moment.astimezone(VIETNAM).date() <= contact.follow_until
    if early and not reason.strip():
        last = f"{contact.follow_until:%d/%m/%Y}" if contact.follow_until else "–"
        raise Refusal(_("The follow-up runs until %(last)s. Say why it ends earlier.") % {"last": last}, field="reason")
    contact.state = Contact.State.FINISHED
    _note(contact, reason)
    return keep(contact, "finished", actor=actor, moment=moment, reason=reason.strip())


def _note(contact: Contact, reason: str) -> None:
    if reason.strip():
        contact.notes = "\n".join(filter(None, [contact.notes, reason.strip()]))


@transaction.atomic
def lose_contact(*, actor: Actor, moment: datetime, contact_id: int, reason: str) -> Contact:
    """Nobody can find the contact any more; the reason says what was tried. Seen again, the follow-up goes on."""
    return _close(actor, moment, contact_id, Contact.State.LOST, "lost", reason)


@transaction.atomic
def clear_contact(*, actor: Actor, moment: datetime, contact_id: int, reason: str) -> Contact:
    """It turned out to be no contact; the row is kept with the reason."""
    return _close(actor, moment, contact_id, Contact.State.NOT_CONTACT, "cleared", reason)


def _close(actor: Actor, moment: datetime, contact_id: int, state: Contact.State, what: str, reason: str) -> Contact:
    contact = contact_for(actor, contact_id)
    _require(contact, *LIVE)
    if not reason.strip():
        raise Refusal(_("Say why, in a few words."), field="reason")
    contact.state = state
    _note(contact, reason)
    return keep(contact, what, actor=actor, moment=moment, reason=reason.strip())


@transaction.atomic
def reopen_contact(*, actor: Actor, moment: datetime, contact_id: int) -> Contact:
    """Take back a finish, a loss or a clearing that was wrong; the follow-up goes on where it was."""
    contact = contact_for(actor, contact_id)
    _require(contact, Contact.State.FINISHED, Contact.State.LOST, Contact.State.NOT_CONTACT)
    told = Contact.State.TOLD if contact.told_at else Contact.State.LISTED
    contact.state = Contact.State.FOLLOWED if contact.follow_from else told
    return keep(contact, "reopened", actor=actor, moment=moment)
