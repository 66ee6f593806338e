"""What the verbs of the plan share: whose session or fridge it is, and its lock."""

from django.utils.translation import gettext as _

from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.supply.actions.stock_shared import mine
from phaodai.vaccination.models import ColdPlace, Session


def session_for(actor: Actor, session_id: int, *states: str) -> Session:
    """A session that the officer runs, locked; refuses in words where it is in none of `states`."""
    seen = Session.objects.visible_to(actor).filter(pk=session_id).first()
    if seen is None:
        raise NotHere(_("There is no such session that your post may see."))
    if not mine(actor, seen):
        raise NotAllowed(_("This session is run by another unit. You can send a request."))
    session = Session.objects.select_for_update(of=("self",), no_key=True).get(pk=session_id)
    if states and session.state not in states:
        about = {"session": session, "state": session.get_state_display().lower()}
        raise Refusal(_("%(session)s: the session is %(state)s.") % about)
    return session


def cold_place_for(actor: Actor, pk: int) -> ColdPlace:
    """A fridge that the officer's unit keeps, locked."""
    seen = ColdPlace.objects.visible_to(actor).filter(pk=pk).first()
    if seen is None:
        raise NotHere(_("There is no such fridge that your post may see."))
    if not mine(actor, seen):
        raise NotAllowed(_("This fridge belongs to another unit. You can send a request."))
    return ColdPlace.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
