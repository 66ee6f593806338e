"""Places that a sheet names for the first time: a QR poster hangs there before anybody has registered it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from phaodai.foundation.formats import fold, sort_key
from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import Actor
from phaodai.surveillance.actions.areas import require_province
from phaodai.territory.models import Place


@transaction.atomic
def record_places(*, actor: Actor, moment: datetime, province_id: int, names: Mapping[str, str]) -> dict[str, int]:
    """Register places by the code of each; returns their row ids by code. A code that is known keeps its place."""
    del moment
    actor.require(Permission.TERRITORY_PLACE_WRITE)
    require_province(actor, province_id)
    area = {"province_id": province_id, "district_id": actor.area.district, "commune_id": actor.area.commune}
    known = dict(Place.objects.filter(province_id=province_id, code__in=names).values_list("code", "pk"))
    new = [
        Place(code=code[:40], name=name[:160], sort_key=sort_key(name), search_key=fold(f"{name} {code}"), **area)
        for code, name in names.items()
        if code not in known
    ]
    Place.objects.bulk_create(new)
    return known | {place.code: place.pk for place in new}
