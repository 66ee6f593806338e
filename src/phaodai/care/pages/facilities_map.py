"""Where free beds are: the districts with the names of facilities whose place is known by its coordinates."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from phaodai.care.models.facilities_counts import FacilityNow
from phaodai.foundation.maps import MappedUnit, UnitMap
from phaodai.foundation.scope import Actor
from phaodai.territory.models import Tier, Unit


def map_of(actor: Actor, everywhere: Sequence[FacilityNow], now: datetime) -> UnitMap | None:
    """None where no outline is loaded or no place has coordinates."""
    placed = [one for one in everywhere if one.facility.place.longitude is not None]
    units = Unit.objects.as_of(now.date()).filter(tier=Tier.DISTRICT, province_id=actor.area.province)
    shapes = [
        MappedUnit(one.name, one.outline.geometry)
        for one in units.exclude(outline=None).select_related("outline").order_by("sort_key")
    ]
    if not placed or not shapes:
        return None
    names = [
        (
            f"{one.facility.name}: {one.counted.all.free}",
            (one.facility.place.longitude or 0, one.facility.place.latitude or 0),
        )
        for one in placed
    ]
    return UnitMap(_("Free beds by place"), _("Facilities whose coordinates are known"), shapes, places=names)
