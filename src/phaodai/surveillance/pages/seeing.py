"""Which cases an officer may open, and which are theirs to change."""

from django.utils.translation import gettext as _

from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.scope import Actor
from phaodai.surveillance.models import Case

UNREADABLE = 422


def seen_case(actor: Actor, pk: int) -> Case:
    """The case of an address, as far as this officer may see it. Raises NotHere."""
    rows = Case.objects.visible_to(actor).select_related("person__household__hamlet", "outbreak", "place")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    return found


def may_change(actor: Actor, case: Case) -> bool:
    """Whether this very case is the officer's to change."""
    mine = actor.area.holds(case) and actor.reach != "own"
    return mine and actor.may(Permission.SURVEILLANCE_CASE_WRITE)
