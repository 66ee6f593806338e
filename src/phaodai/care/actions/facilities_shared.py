"""What the verbs of facilities, staff and rosters share: who answers for what, finding and locking."""

from django.utils.translation import gettext as _

from phaodai.care.models import Facility
from phaodai.foundation.formats import fold
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.people.models import Organisation
from phaodai.territory.models import Tier


def mine(actor: Actor, facility: Facility) -> bool:
    """Whether the officer answers for a facility: their organisation runs it, or it lies in their area.

    A district does not answer for what the province runs on its ground.
    """
    if facility.organisation_id is not None and facility.organisation_id == actor.organisation:
        return True
    if actor.reach == "own" or not actor.area.holds(facility):
        return False
    return facility.organisation is None or facility.organisation.tier >= level_of(actor)


def level_of(actor: Actor) -> Tier:
    """The tier of government whose area the officer's post has."""
    if actor.area.commune is not None:
        return Tier.COMMUNE
    return Tier.DISTRICT if actor.area.district is not None else Tier.PROVINCE


def facility_for(actor: Actor, facility_id: int, *, open_only: bool = True) -> Facility:
    """A facility that the officer answers for, locked until the transaction ends."""
    facility = Facility.objects.visible_to(actor).select_related("organisation", "place").filter(pk=facility_id).first()
    if facility is None:
        raise NotHere(_("There is no such facility that your post may see."))
    if not mine(actor, facility):
        raise NotAllowed(_("This facility belongs to another unit. You can send a request."))
    # The database locks only what the officer may write, so that it is looked at first.
    facility = (
        Facility.objects.select_for_update(of=("self",)).select_related("organisation", "place").get(pk=facility.pk)
    )
    if open_only and facility.closed_on is not None:
        raise Refusal(_("%(facility)s is closed.") % {"facility": facility.name})
    return facility


def require_body(actor: Actor, body: Organisation) -> None:
    """Refuse to speak for the people of an organisation that the officer does not answer for."""
    if body.pk != actor.organisation and (actor.reach == "own" or not actor.area.holds(body)):
        raise NotAllowed(_("%(body)s lies outside your area. You can send a request.") % {"body": body.short_name})


def require_words(text: str, field: str, sentence: str) -> str:
    """The text without blanks around it; refuses where nothing was written."""
    if not text.strip():
        raise Refusal(sentence, field=field)
    return text.strip()


def bed_words(facility: Facility, label: str) -> str:
    """What a bed is found by: the words of its facility, and its number."""
    return fold(f"{facility.search_key} {label}")
