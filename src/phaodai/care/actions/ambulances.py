"""Ambulances: written down, mended, taken out of service."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.care.actions.facilities_shared import require_body
from phaodai.care.models import Ambulance, Transfer
from phaodai.foundation.constraints import worded
from phaodai.foundation.formats import fold
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor, Area
from phaodai.foundation.versions import guard_version
from phaodai.people.models import Organisation

FIELDS = ("plate", "organisation", "equipment", "crew", "phone")


@transaction.atomic
def add_ambulance(
    *,
    actor: Actor,
    moment: datetime,
    plate: str,
    organisation: Organisation,
    equipment: str = Ambulance.Equipment.PLAIN,
    crew: str = "",
    phone: str = "",
) -> Ambulance:
    """Write down an ambulance of a body that the officer answers for."""
    actor.require(Permission.CARE_TRANSFER_DECIDE)
    require_body(actor, organisation)
    if not plate.strip():
        raise Refusal(_("Write the number plate."), field="plate")
    car = Ambulance(
        plate=plate.strip().upper()[:20], organisation=organisation, equipment=equipment, crew=crew, phone=phone,
        **Area.of(organisation).columns,
    )  # fmt: skip
    return _save(car, actor, moment, "added")


@transaction.atomic
def amend_ambulance(*, actor: Actor, moment: datetime, pk: int, version: int, **changes: Any) -> Ambulance:
    """Mend what is written of an ambulance, or take it out of service (`closed_on`); not while it is under way."""
    actor.require(Permission.CARE_TRANSFER_DECIDE)
    rows = Ambulance.objects.visible_to(actor).select_for_update(of=("self",)).select_related("organisation")
    car = rows.filter(pk=pk).first()
    if car is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    require_body(actor, car.organisation)
    for name, value in guard_version(car, version, changes).items():
        setattr(car, name, value)
    if car.closed_on is not None and Transfer.objects.live().filter(ambulance=car).exists():
        raise Refusal(_("%(plate)s has a transfer under way.") % {"plate": car.plate}, field="closed_on")
    car.version += 1
    return _save(car, actor, moment, "amended")


def _save(car: Ambulance, actor: Actor, moment: datetime, deed: str) -> Ambulance:
    car.search_key = fold(f"{car.plate} {car.organisation.name} {car.crew}")[:300]
    car.full_clean(exclude=["organisation"], validate_constraints=False)
    with worded():
        car.save()
    Fact.tell(f"care:ambulance:{deed}", subject=car, moment=moment, officer=actor.officer)
    return car
