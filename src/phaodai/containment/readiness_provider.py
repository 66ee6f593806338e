"""What containment knows of a unit's readiness: places of quarantine sites, and how many of them are free."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from phaodai.containment.models import Site
from phaodai.containment.models.sites_free import capacities_of
from phaodai.containment.rules.cohorts import Capacity
from phaodai.supply.actions.readiness_figures import Provided, provide_figures
from phaodai.supply.models import Figure
from phaodai.territory.models import Unit

# A site's figure is of the last time that somebody came, left, or its entry was changed.
WRITTEN = """
select site.id, greatest(site.updated_at, max(place.since), max(place.until))
from containment_site site left join containment_placement place on place.site_id = site.id
where site.id = any(%s) group by site.id
"""


@provide_figures
def figures_of_containment(units: Sequence[Unit], moment: datetime) -> dict[int, dict[Figure, Provided]]:
    """Places of open rooms, taken ones too: beds are counted in the same way. A unit without a site is not known."""
    del moment
    asked = {one.pk for one in units}
    inside = Q(province_id__in=asked) | Q(district_id__in=asked) | Q(commune_id__in=asked)
    sites = list(Site.objects.open().filter(inside))
    capacities, written = capacities_of(one.pk for one in sites), _written(sites)
    parts: dict[int, list[int]] = defaultdict(list)
    for site in sites:
        for unit in asked & {site.province_id, site.district_id, site.commune_id}:
            parts[unit].append(site.pk)
    return {
        unit: {
            Figure.PLACES: _provided([capacities.get(one, Capacity()) for one in mine], [written[one] for one in mine])
        }
        for unit, mine in parts.items()
    }


def _provided(capacities: Sequence[Capacity], written: Sequence[datetime]) -> Provided:
    together = sum(capacities, Capacity())
    source = _("quarantine sites; %(free)d places free") % {"free": together.free}
    return Provided(Decimal(together.places), min(written), source)


def _written(sites: Sequence[Site]) -> dict[int, datetime]:
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN, [[one.pk for one in sites]])
        return dict(cursor.fetchall())
