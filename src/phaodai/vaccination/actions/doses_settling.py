"""A supervisor looks at a doubt: the dose stands, or it was never given and is struck out with a reason."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.vaccination.models import Dose, DoseDoubt


@transaction.atomic
def settle_doubt(*, actor: Actor, moment: datetime, doubt_id: int, settled: str, reason: str) -> DoseDoubt:
    """Answer a doubt. Whoever gave the dose against the rule does not answer for it themselves."""
    actor.require(Permission.VACCINATION_IDENTITY_DECIDE)
    seen = DoseDoubt.objects.visible_to(actor).select_related("dose").select_for_update(of=("self",))
    doubt = seen.filter(pk=doubt_id).first()
    if doubt is None:
        raise NotHere(_("There is no such doubt, or not in your area."))
    if doubt.settled_at is not None:
        raise Refusal(_("This was decided already. Load the page again."))
    if settled not in (DoseDoubt.Settled.STANDS, DoseDoubt.Settled.STRUCK):
        raise Refusal(_("Say whether the dose stands or was never given."), field="settled")
    if not reason.strip():
        raise Refusal(_("Say why, in a few words."), field="reason")
    if doubt.overridden and doubt.officer_id == actor.officer:
        raise NotAllowed(_("You gave this dose yourself. Somebody else looks at it."))
    doubt.settled, doubt.settled_reason = settled, reason.strip()[:200]
    doubt.settled_at, doubt.settled_by_id, doubt.version = moment, actor.officer, doubt.version + 1
    doubt.save()
    _follow(doubt, actor, moment)
    return doubt


def _follow(doubt: DoseDoubt, actor: Actor, moment: datetime) -> None:
    """A dose without open doubts is doubted no more; one that was never given counts nowhere."""
    dose = Dose.objects.select_for_update().get(pk=doubt.dose_id)
    if doubt.settled == DoseDoubt.Settled.STRUCK:
        dose.struck_at, dose.struck_reason = moment, doubt.settled_reason
        others = DoseDoubt.objects.filter(dose=dose).open()
        others.update(
            settled=doubt.settled, settled_at=moment, settled_by_id=actor.officer, settled_reason=doubt.settled_reason
        )
        Fact.tell("vaccination:dose:struck", subject=dose, moment=moment, officer=actor.officer, person=dose.person_id)
    dose.doubted = DoseDoubt.objects.filter(dose=dose).open().exists()
    dose.version += 1
    dose.save(update_fields=["struck_at", "struck_reason", "doubted", "version", "updated_at"])
