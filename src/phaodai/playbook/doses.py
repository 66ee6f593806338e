"""What follows for doses, sessions and certificates: records joined and parted, a session off, a certificate withdrawn."""

from datetime import datetime

from phaodai.foundation.models import Fact
from phaodai.foundation.scope import Actor
from phaodai.vaccination.actions.identities import follow_merge, follow_parting
from phaodai.vaccination.models import Certificate, Invitation, Session


def move_joined(*, actor: Actor, moment: datetime, subject_id: int) -> int:
    """Doses of a record that was joined with another belong to the one that stays."""
    return follow_merge(actor=actor, moment=moment, kept_id=subject_id)


def move_parted(*, actor: Actor, moment: datetime, subject_id: int) -> int:
    """A record that was parted from this one takes its doses back."""
    told = Fact.objects.filter(kind="people:person:parted", subject_id=subject_id).order_by("-pk").first()
    return follow_parting(actor=actor, moment=moment, person_id=told.payload["other"]) if told else 0


def off_untold(subject_id: int) -> Session | None:
    """The session that was called off, while somebody who was invited to it has not been told."""
    session = Session.objects.filter(pk=subject_id, state=Session.State.CANCELLED).first()
    return session if session and Invitation.objects.untold(session).exists() else None


def withdrawn(subject_id: int) -> Certificate | None:
    """The certificate that was withdrawn after it had been handed out."""
    return Certificate.objects.filter(pk=subject_id, state=Certificate.State.REVOKED).exclude(text="").first()


def go_to_session(*, actor: Actor, moment: datetime, subject_id: int) -> Session | None:
    """The officer goes on to the page with whom to ring; saying yes tells nobody by itself."""
    del moment
    return Session.objects.visible_to(actor).filter(pk=subject_id).first()


def go_to_certificate(*, actor: Actor, moment: datetime, subject_id: int) -> Certificate | None:
    """The officer goes on to the page of the certificate; saying yes tells nobody by itself."""
    del moment
    return Certificate.objects.visible_to(actor).filter(pk=subject_id).first()
