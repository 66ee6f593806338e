"""Checks that several verbs share."""

from django.utils.translation import gettext as _

from phaodai.foundation.refusals import NotAllowed
from phaodai.foundation.scope import Actor
from phaodai.territory.models import Unit


def require_inside(actor: Actor, unit: Unit) -> None:
    """The database refuses as well; this says it in words."""
    if not actor.area.holds(unit):
        raise NotAllowed(_("%(unit)s lies outside your area. You can send a request.") % {"unit": unit.name})


def columns_of_area(unit: Unit) -> dict[str, int | None]:
    """The area columns of a row about a unit."""
    return unit.area.columns
