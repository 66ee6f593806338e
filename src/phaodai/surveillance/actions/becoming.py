"""A contact who turns out to be ill becomes a case, with the chain kept: who infected whom stays known."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.surveillance.actions.areas import require_mine
from phaodai.surveillance.actions.cases import create_case
from phaodai.surveillance.actions.contacts import contact_for, disease_of, keep
from phaodai.surveillance.law import book_of
from phaodai.surveillance.models import Case, Contact, FollowUpDay, Setting, Transmission, Via
from phaodai.surveillance.rules.classification import SUSPECTED, Classified, Evidence, classify
from phaodai.surveillance.rules.symptoms import codes_of, proposes_case
from phaodai.territory.models import Unit

SETTINGS = {Via.HOUSEHOLD: Setting.HOUSEHOLD, Via.WORKPLACE: Setting.WORKPLACE}
NO_LAW = "unprovided"


def suspicion_of(contact: Contact, on: date, symptoms: str) -> tuple[bool, Classified]:
    """Whether the symptoms of a contact on a day propose a suspected case, and what the case definition said."""
    book = book_of(contact.province_id, disease_of(contact))
    evidence = Evidence(symptoms=symptoms, symptomatic=bool(symptoms), contact_of_case=contact.degree == 1)
    found = classify(book, on, evidence)
    in_force = found.record.get("status") != NO_LAW
    return proposes_case(found.outcome, codes_of(symptoms), law_in_force=in_force), found


@transaction.atomic
def become_case(
    *,
    actor: Actor,
    moment: datetime,
    contact_id: int,
    classification: str = SUSPECTED,
    positive_at: datetime | None = None,
    again: bool = False,
) -> Case:
    """Open a case for a contact and keep the chain: the contact points to it, the index case is its possible source.

    Symptoms and onset come from the follow-up. A case that the person has already, and that is not ended, is taken instead of a
    second one. Doing it twice changes nothing.
    """
    actor.require(Permission.SURVEILLANCE_CASE_WRITE)
    contact = contact_for(actor, contact_id)
    require_mine(actor, contact)
    if contact.became_id is not None:
        return Case.objects.get(pk=contact.became_id)
    if contact.state == Contact.State.NOT_CONTACT:
        raise Refusal(_("This contact is closed: %(state)s.") % {"state": contact.get_state_display()})
    case = _open_case(contact) or _report(contact, actor, moment, classification, positive_at, again=again)
    contact.became = case
    contact.told_at = contact.told_at or moment
    contact.quarantined_at = contact.quarantined_at or moment
    contact.state = Contact.State.BECAME_CASE
    keep(contact, "became-case", actor=actor, moment=moment, case=case.pk)
    _link(contact, case)
    return case


def _open_case(contact: Contact) -> Case | None:
    """An episode of this person that has not ended: the same illness is not reported twice."""
    known = Case.objects.live().filter(person_id=contact.person_id, outcome=Case.Outcome.NONE)
    return known.filter(disease=disease_of(contact)).order_by("-episode").first()


def _report(
    contact: Contact, actor: Actor, moment: datetime, classification: str, positive_at: datetime | None, *, again: bool
) -> Case:
    commune = Unit.objects.filter(pk=contact.commune_id or contact.district_id or contact.province_id).first()
    if commune is None:
        raise NotHere(_("There is no such contact, or your post may not see it."))
    facts: dict[str, Any] = {
        "classification": classification,
        "detected_by": Case.Detection.CONTACT,
        "positive_at": positive_at,
        "exposed_from": contact.first_at.astimezone(VIETNAM).date() if contact.first_at else None,
        "exposed_to": contact.last_at.astimezone(VIETNAM).date() if contact.last_at else None,
        "setting": SETTINGS.get(Via(contact.via), ""),
        "place": contact.place,
        "source_known": True,
    }
    facts |= _illness(contact)
    return create_case(actor=actor, moment=moment, person=contact.person, commune=commune, again=again, **facts)


def _illness(contact: Contact) -> dict[str, Any]:
    """Onset and symptoms as the team wrote them down."""
    ill = FollowUpDay.objects.filter(contact=contact, state=FollowUpDay.State.SYMPTOMS).order_by("day")
    days = list(ill)
    if not days:
        return {}
    words = dict.fromkeys(code for one in days for code in codes_of(one.symptoms))
    return {"onset_on": days[0].day, "symptoms": ", ".join(words)}


def _link(contact: Contact, case: Case) -> None:
    """The index case as a possible source, once; a person cannot be the source of the own case."""
    if contact.degree == 1 and contact.case_id != case.pk:
        Transmission.objects.get_or_create(
            source_id=contact.case_id,
            target=case,
            defaults={
                "certainty": Transmission.Certainty.POSSIBLE,
                "setting": case.setting,
                "exposure": contact.place_words or (contact.place.name if contact.place else ""),
                "on": contact.last_at.astimezone(VIETNAM).date() if contact.last_at else None,
            },
        )
