"""The follow-up grid of contacts shows who is in quarantine: a stay and its contact go on and end together."""

from collections.abc import Sequence
from datetime import datetime, time

from phaodai.containment.models import Stay
from phaodai.containment.rules.stays import plain_facts
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import Actor
from phaodai.surveillance.actions.contacts import LIVE, finish_contact, quarantine_contact
from phaodai.surveillance.models import Contact

KNOWN_FACTS = ("doses", "last_dose_on", "recovered_on", "at_home")


def contact_of(stay: Stay, actor: Actor) -> Contact | None:
    """The contact behind a stay where this officer may write it; staff of a site write in the site's own log."""
    if stay.contact_id is None or not actor.may(Permission.SURVEILLANCE_CONTACT_FOLLOW):
        return None
    return Contact.objects.visible_to(actor).filter(pk=stay.contact_id).first()


def follow_contacts(stays: Sequence[Stay], *, actor: Actor, moment: datetime) -> None:
    """Put the contacts behind stays into the grid from the day of the stay: by the same rule, or for the days chosen."""
    for stay in stays:
        contact = contact_of(stay, actor)
        if contact is None or contact.state not in LIVE:
            continue
        chosen, why = stay.decision.get("chosen_days"), stay.decision.get("chosen_because", "")
        quarantine_contact(
            actor=actor,
            moment=moment,
            contact_id=contact.pk,
            since=max(stay.admitted_at, datetime.combine(stay.day_zero, time(0), VIETNAM)),
            facts=plain_facts({name: stay.facts[name] for name in KNOWN_FACTS if name in stay.facts}),
            days=chosen,
            reason=str(why),
        )


def finish_contact_of(stay: Stay, *, actor: Actor, moment: datetime, reason: str) -> None:
    """End the follow-up with the stay."""
    contact = contact_of(stay, actor)
    if contact is not None and contact.state in (Contact.State.FOLLOWED, Contact.State.LOST):
        finish_contact(actor=actor, moment=moment, contact_id=contact.pk, reason=reason)
