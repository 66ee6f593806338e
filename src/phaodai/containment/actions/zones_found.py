"""Finding the zone, gate or need that an officer means, and the checks that every verb about zones shares."""

from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from phaodai.containment.models import Gate, Zone
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor, Area

Row = TypeVar("Row", bound=Model)


def require_sees_homes(actor: Actor) -> None:
    """Who lives where is shown to committees and stations alone, whose posts see an area."""
    if actor.reach == "own":
        raise NotAllowed(
            _("Households are shown to the commune's and district's committees and stations. Ask one of them.")
        )


def zone_for(actor: Actor, pk: int) -> Zone:
    """A zone of the officer's own area, held until the transaction ends."""
    zone = Zone.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=pk).first()
    if zone is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    actor.require_area(zone)
    return zone


def served_zone_for(actor: Actor, pk: int) -> Zone:
    """A zone in lockdown that reaches into the officer's area: a district's zone is served by each of its communes."""
    zone = Zone.objects.visible_to(actor).filter(pk=pk).first()
    if zone is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    if not reaches_into(actor, zone):
        raise NotAllowed(_("This belongs to another unit. You can send a request."))
    require_sees_homes(actor)
    if not zone.is_closed_off:
        raise Refusal(
            _("%(zone)s is not in lockdown: %(state)s.") % {"zone": zone.name, "state": zone.get_state_display()}
        )
    return zone


def reaches_into(actor: Actor, row: Any) -> bool:
    """Whether a row's area and the officer's have ground in common."""
    return actor.area.meets(row)


def gate_for(actor: Actor, pk: int) -> Gate:
    """A gate of the officer's own area. The zone may be a district's that reaches over several communes."""
    gate = Gate.objects.select_related("zone").filter(pk=pk).first()
    if gate is None or (actor.reach != "all" and gate.province_id != actor.area.province):
        raise NotHere(_("There is nothing at this address that your post may see."))
    actor.require_area(gate)
    return gate


def area_of(row: Any) -> dict[str, int | None]:
    """The area columns of a row that lies where `row` lies."""
    return Area.of(row).columns


def kept(row: Row) -> Row:
    """Write a row after the model's own limits were asked, in words."""
    try:
        row.full_clean(exclude=["sort_key", "search_key"])
    except ValidationError as problem:
        raise _as_refusal(problem) from problem
    row.save()
    return row


def _as_refusal(problem: ValidationError) -> Refusal:
    fields = problem.message_dict if hasattr(problem, "error_dict") else {}
    named = next((name for name in fields if name != "__all__"), None)
    return Refusal(" ".join(problem.messages), field=named)
