"""What the verbs of the plan share: whose session it is, its lock, and the database's refusals in words."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.supply.actions.stock_shared import mine
from phaodai.vaccination.models import (
    Allotment,
    ColdChainLog,
    ColdPlace,
    Excursion,
    GroupTurn,
    Invitation,
    ListEntry,
    LotHold,
    PriorityList,
    Session,
    SessionLot,
    VaccineLot,
)

_GUARDED = (
    GroupTurn, PriorityList, ListEntry, VaccineLot, LotHold, Allotment, ColdPlace, ColdChainLog, Excursion, Session,
    SessionLot, Invitation,
)  # fmt: skip


@contextmanager
def worded(field: str | None = None) -> Iterator[None]:
    """Turn the database's refusal into the sentence that the named constraint carries, about `field`."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Refusal(_sentence(error), field=field) from error


def _sentence(error: IntegrityError) -> str:
    diagnosis = getattr(error.__cause__, "diag", None)
    name = diagnosis.constraint_name if diagnosis is not None else ""
    for model in _GUARDED:
        for constraint in model._meta.constraints:
            if constraint.name == name and constraint.violation_error_message:
                return str(constraint.violation_error_message)
    return _("These values do not fit together. Open the page again and repeat it.")


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
