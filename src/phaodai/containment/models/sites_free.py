"""Free places and releases of many sites at once: two statements, however many people are inside."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import connection
from django.db.models import Count, Q

from phaodai.containment.models.sites import Site
from phaodai.containment.models.stays import Stay
from phaodai.containment.rules.cohorts import Capacity

# Rooms that take nobody in have no free places; who still lies there is counted all the same.
CAPACITIES = """
select room.site_id,
       sum(room.places) filter (where room.state = 'open'),
       coalesce(sum(lying.taken), 0),
       sum(room.places - lying.taken) filter (where room.state = 'open' and lying.taken > 0),
       sum(room.places) filter (where room.state = 'open' and lying.taken is null)
from containment_room room
left join (
  select room_id, count(*) taken from containment_placement where until is null and site_id = any(%s) group by room_id
) lying on lying.room_id = room.id
where room.site_id = any(%s)
group by room.site_id
"""


@dataclass(frozen=True)
class Going:
    """Whose days end: by today (they could leave now), tomorrow; and how many are inside."""

    inside: int = 0
    by_today: int = 0
    tomorrow: int = 0

    def __add__(self, other: "Going") -> "Going":
        return Going(self.inside + other.inside, self.by_today + other.by_today, self.tomorrow + other.tomorrow)


@dataclass(frozen=True)
class SiteNow:
    """One site with its places and releases."""

    site: Site
    capacity: Capacity = field(default_factory=Capacity)
    going: Going = field(default_factory=Going)


def capacities_of(sites: Iterable[int]) -> dict[int, Capacity]:
    """The places of sites, by row id."""
    with connection.cursor() as cursor:
        ids = list(sites)
        cursor.execute(CAPACITIES, [ids, ids])
        return {row[0]: Capacity(*(int(value or 0) for value in row[1:])) for row in cursor.fetchall()}


def going_of(today: date, sites: Iterable[int] | None = None) -> dict[int | None, Going]:
    """How many are inside and whose days end, by site; those at home under None. Everything the officer sees, or some sites.

    Nothing but columns of the index `stay_inside` is counted, so that it alone answers.
    """
    rows = Stay.objects.inside() if sites is None else Stay.objects.inside().filter(site__in=list(sites))
    found = (
        rows.order_by()
        .values_list("site_id")
        .annotate(
            inside=Count("*"),
            by_today=Count("release_on", filter=Q(release_on__lte=today)),
            tomorrow=Count("release_on", filter=Q(release_on=today + timedelta(days=1))),
        )
    )
    return {site: Going(*counts) for site, *counts in found}


def sites_now(sites: Iterable[Site], today: date, going: dict[int | None, Going] | None = None) -> list[SiteNow]:
    """Sites with their places and releases, in the order given; `going` where it is known already."""
    listed = list(sites)
    ids = [one.pk for one in listed]
    capacities, known = capacities_of(ids), going_of(today, ids) if going is None else going
    return [SiteNow(one, capacities.get(one.pk, Capacity()), known.get(one.pk, Going())) for one in listed]
