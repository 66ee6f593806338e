"""Checks that several verbs share."""

from typing import Any

from django.utils.translation import gettext as _

from phaodai.foundation.refusals import NotAllowed
from phaodai.foundation.scope import Actor, Area
from phaodai.territory.models import Unit


def require_inside(actor: Actor, unit: Unit) -> None:
    """The database refuses as well; this says it in words."""
    if not actor.area.holds(unit) or actor.reach == "own":
        raise NotAllowed(_("%(unit)s lies outside your area. You can send a request.") % {"unit": unit.name})


def require_mine(actor: Actor, row: Any) -> None:
    """The same for a row that carries its area."""
    if not actor.area.holds(row) or actor.reach == "own":
        raise NotAllowed(_("This belongs to another unit. You can send a request."))


def require_province(actor: Actor, province_id: int) -> None:
    """The same for what is searched across the communes of one province: visits, meetings, links, codes of places."""
    if actor.area.province not in (None, province_id) or actor.reach == "own":
        raise NotAllowed(_("This belongs to another unit. You can send a request."))


def columns_of_area(row: Any) -> dict[str, int | None]:
    """The area columns of a row that lies where `row` lies: a unit or anything with an area."""
    return Area.of(row).columns
