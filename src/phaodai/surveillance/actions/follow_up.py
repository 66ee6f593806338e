"""Writing down what was seen of contacts: one cell, a whole household, samples that are due."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.foundation.versions import guard_version
from phaodai.surveillance.actions.areas import require_mine
from phaodai.surveillance.actions.contacts import contact_for, keep
from phaodai.surveillance.models import Contact, FollowUpDay, LabTest
from phaodai.surveillance.rules.follow_up import MET
from phaodai.surveillance.rules.symptoms import with_fever

COOLEST, WARMEST = 30, 45
SAMPLES_FROM = time(8)
"""The hour at which a booked sample is expected to be taken."""


@dataclass(frozen=True)
class Seen:
    """What a team found at a door."""

    state: str
    symptoms: Sequence[str] = ()
    temperature: Decimal | None = None
    answered_by: int | None = None

    def values(self) -> dict[str, Any]:
        """The columns that it fills. Well people have no symptoms; nobody measured those who were not met."""
        ill = self.state == FollowUpDay.State.SYMPTOMS
        warmth = float(self.temperature) if self.temperature is not None else None
        return {
            "state": self.state,
            "symptoms": ", ".join(sorted(with_fever(self.symptoms, warmth))) if ill else "",
            "temperature": self.temperature if self.state in MET else None,
            "answered_by_id": self.answered_by,
        }


@transaction.atomic
def write_day(
    *, actor: Actor, moment: datetime, contact_id: int, day: date, seen: Seen, version: int = 0
) -> FollowUpDay:
    """Write one cell of the grid, also a past one or one after the period; the value before stays in the history.

    `version` is that of the cell the officer had before their eyes (0: it was empty). Raises `Clash` where somebody else wrote
    otherwise meanwhile.
    """
    contact = contact_for(actor, contact_id)
    _refuse_unfit(contact, day, seen, moment)
    known = FollowUpDay.objects.select_for_update(of=("self",)).filter(contact=contact, day=day).first()
    written = _change(known, seen, version, actor, moment) if known else _add(contact, day, seen, actor, moment)
    if contact.state == Contact.State.LOST and seen.state in MET:
        contact.state = Contact.State.FOLLOWED
        keep(contact, "found", actor=actor, moment=moment)
    return written


def _refuse_unfit(contact: Contact, day: date, seen: Seen, moment: datetime) -> None:
    if contact.follow_from is None:
        raise Refusal(_("This contact is not followed yet. Put it into quarantine first."))
    if contact.state == Contact.State.NOT_CONTACT:
        raise Refusal(_("This contact is closed: %(state)s.") % {"state": contact.get_state_display()})
    if day > moment.astimezone(VIETNAM).date():
        raise Refusal(_("This day has not come yet."), field="day")
    if day < contact.follow_from:
        words = _("The follow-up began on %(day)s. Choose that day or a later one.")
        raise Refusal(words % {"day": f"{contact.follow_from:%d/%m/%Y}"}, field="day")
    if seen.state not in FollowUpDay.State.values:
        raise Refusal(_("Choose 1 well, 2 symptoms or 3 not met."), field="state")
    if seen.temperature is not None and not COOLEST <= seen.temperature <= WARMEST:
        raise Refusal(_("A body temperature lies between 30 and 45 degrees."), field="temperature")


def _add(contact: Contact, day: date, seen: Seen, actor: Actor, moment: datetime) -> FollowUpDay:
    written = FollowUpDay.objects.create(
        contact=contact, day=day, seen_at=moment, officer_id=actor.officer, **seen.values()
    )
    _tell(written, actor, moment)
    return written


def _change(known: FollowUpDay, seen: Seen, version: int, actor: Actor, moment: datetime) -> FollowUpDay:
    changes = guard_version(known, version, seen.values())
    if all(getattr(known, name) == value for name, value in changes.items()):
        return known
    for name, value in changes.items():
        setattr(known, name, value)
    known.seen_at, known.officer_id = moment, actor.officer
    known.version += 1
    known.save()
    _tell(known, actor, moment)
    return known


def _tell(written: FollowUpDay, actor: Actor, moment: datetime) -> None:
    """Only what somebody may have to act on is told: a healthy day is no news."""
    if written.state == FollowUpDay.State.SYMPTOMS:
        contact = written.contact
        Fact.tell("surveillance:contact:symptoms", subject=contact, moment=moment, officer=actor.officer)


@transaction.atomic
def write_household(
    *, actor: Actor, moment: datetime, contact_ids: Sequence[int], day: date, answered_by: int | None = None
) -> list[FollowUpDay]:
    """One member answers for all: everybody of these contacts who has no answer for the day is well.

    Those with symptoms, or already met that day, stay as they are. `answered_by` is the row id of the person who spoke.
    """
    contacts = contacts_for(actor, contact_ids)
    seen = Seen(FollowUpDay.State.WELL, answered_by=answered_by)
    for contact in contacts:
        _refuse_unfit(contact, day, seen, moment)
    known = {
        one.contact_id: one for one in FollowUpDay.objects.select_for_update().filter(contact__in=contacts, day=day)
    }
    fresh = [one for one in contacts if one.pk not in known]
    written = FollowUpDay.objects.bulk_create(
        FollowUpDay(contact=one, day=day, seen_at=moment, officer_id=actor.officer, **seen.values()) for one in fresh
    )
    missed = [one for one in known.values() if one.state == FollowUpDay.State.NOT_SEEN]
    return written + [_change(one, seen, one.version, actor, moment) for one in missed]


def contacts_for(actor: Actor, contact_ids: Iterable[int]) -> list[Contact]:
    """Several contacts that the officer may follow, locked in one order; refuses when one of them is not there."""
    actor.require(Permission.SURVEILLANCE_CONTACT_FOLLOW)
    asked = sorted(set(contact_ids))
    if not asked:
        raise Refusal(_("Choose at least one person."))
    found = Contact.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk__in=asked).order_by("pk")
    contacts = list(found)
    if len(contacts) != len(asked):
        raise NotHere(_("There is no such contact, or your post may not see it."))
    return contacts


@transaction.atomic
def book_samples(
    *, actor: Actor, moment: datetime, contact_ids: Sequence[int], on: date, method: str = LabTest.Method.PCR
) -> list[LabTest]:
    """Ask for a sample of each contact on a day; whoever has one that day already is passed over."""
    contacts = contacts_for(actor, contact_ids)
    for contact in contacts:
        require_mine(actor, contact)
    if on < moment.astimezone(VIETNAM).date():
        raise Refusal(_("This day has passed. Choose today or a later one."), field="on")
    if method not in LabTest.Method.values:
        raise Refusal(_("Choose PCR or a rapid antigen test."), field="method")
    at = datetime.combine(on, SAMPLES_FROM, VIETNAM)
    taken = LabTest.objects.filter(person__in=[one.person_id for one in contacts], sampled_at__date=on)
    known = set(taken.values_list("person_id", flat=True))
    persons = {one.person_id: one for one in contacts if one.person_id not in known}
    return LabTest.objects.bulk_create(
        LabTest(
            person_id=person,
            method=method,
            sampled_at=at,
            province_id=contact.province_id,
            district_id=contact.district_id,
            commune_id=contact.commune_id,
        )
        for person, contact in persons.items()
    )
