"""Oxygen is counted: full cylinders, what a tank holds, what a line makes; a facility that runs short is told of."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.care.actions.facilities_shared import facility_for, require_words
from phaodai.care.models import Facility, OxygenSource
from phaodai.care.models.facilities_counts import facilities_now
from phaodai.foundation.clock import local_day
from phaodai.foundation.constraints import worded
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.scope import Actor, Area

MANAGE = Permission.CARE_BED_MANAGE


@transaction.atomic
def count_oxygen(
    *,
    actor: Actor,
    moment: datetime,
    facility_id: int,
    name: str,
    kind: str,
    count: int = 1,
    litres: int = 0,
    flow: int = 0,
) -> OxygenSource:
    """Write down what a source holds now; a source is known by its name. `litres` of gas in each, `flow` a minute.

    Tells `care:oxygen:counted`, and `care:oxygen:low` where the facility's oxygen ends within the limit.
    """
    actor.require(MANAGE)
    facility = facility_for(actor, facility_id)
    name = require_words(name, "name", _("Give the source a name, such as “40-litre cylinders”."))
    source = OxygenSource.objects.select_for_update().filter(facility=facility, name=name).first()
    if source is None:
        source = OxygenSource(facility=facility, name=name, **Area.of(facility).columns)
    else:
        source.version += 1
    source.kind, source.count, source.litres, source.flow = OxygenSource.Kind(kind), count, litres, flow
    source.counted_at, source.officer_id, source.removed_on = moment, actor.officer, None
    source.full_clean(exclude=["facility"])
    with worded():
        source.save()
    Fact.tell("care:oxygen:counted", subject=facility, moment=moment, officer=actor.officer, source=source.pk)
    tell_when_low(facility, actor=actor, moment=moment)
    return source


def tell_when_low(facility: Facility, *, actor: Actor, moment: datetime) -> None:
    """Tell `care:oxygen:low` where the facility's oxygen ends within the limit."""
    left = facilities_now([facility], moment)[0].oxygen
    if left is not None and left.alarm:
        hours = {"hours": round(left.hours or 0, 1)}
        Fact.tell("care:oxygen:low", subject=facility, moment=moment, officer=actor.officer, **hours)


@transaction.atomic
def remove_oxygen(*, actor: Actor, moment: datetime, source_id: int) -> OxygenSource:
    """Take a source out of use."""
    actor.require(MANAGE)
    source = OxygenSource.objects.visible_to(actor).in_use().filter(pk=source_id).first()
    if source is None:
        raise NotHere(_("There is no such oxygen source that your post may see."))
    facility = facility_for(actor, source.facility_id)
    source.removed_on, source.version = local_day(moment), source.version + 1
    source.save()
    Fact.tell("care:oxygen:removed", subject=facility, moment=moment, officer=actor.officer, source=source.pk)
    tell_when_low(facility, actor=actor, moment=moment)
    return source
