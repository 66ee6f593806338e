"""What follows for doses when records of one person are joined and parted."""

from datetime import datetime

from phaodai.foundation.models import Fact
from phaodai.foundation.scope import Actor
from phaodai.vaccination.actions.identities import follow_merge, follow_parting


def move_joined(*, actor: Actor, moment: datetime, subject_id: int) -> int:
    """Doses of a record that was joined with another belong to the one that stays."""
    return follow_merge(actor=actor, moment=moment, kept_id=subject_id)


def move_parted(*, actor: Actor, moment: datetime, subject_id: int) -> int:
    """A record that was parted from this one takes its doses back."""
    told = Fact.objects.filter(kind="people:person:parted", subject_id=subject_id).order_by("-pk").first()
    return follow_parting(actor=actor, moment=moment, person_id=told.payload["other"]) if told else 0
