"""What care knows of a unit's readiness: beds out of bed books and bed reports, health staff out of the day's rosters,
ambulances out of the board of transfers."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from phaodai.care.models import Ambulance, Facility
from phaodai.care.models.facilities_counts import facilities_now
from phaodai.care.rules.facilities import Counted, joined
from phaodai.foundation.clock import VIETNAM, local_day
from phaodai.supply.actions.readiness_equipment import Machines, items_of, machines_of
from phaodai.supply.actions.readiness_figures import Provided, provide_figures
from phaodai.supply.models import Figure
from phaodai.territory.models import Unit

FIGURE_OF_KIND = {"plain": Figure.BEDS_1, "oxygen": Figure.BEDS_2, "icu": Figure.BEDS_3}
# Each person counts once in each unit of every tier, however many shifts or communes they stand in that day.
ON_DUTY = """
select coalesce(shift.commune_id, shift.district_id, shift.province_id), count(distinct shift.worker_id)
from care_shift shift join care_worker worker on worker.id = shift.worker_id and worker.kind in ('staff', 'private')
where shift.province_id = %s and shift.called_off_at is null and shift.starts_at < %s and shift.ends_at > %s
group by grouping sets ((shift.province_id), (shift.district_id), (shift.commune_id))
"""

# A drive shows that an ambulance is there, as a change of its entry does; each body is as old as its last of either.
AMBULANCES = """
select car.province_id, car.district_id, car.commune_id, count(*),
       max(greatest(car.updated_at, (select max(way.updated_at) from care_transfer way where way.ambulance_id = car.id)))
from care_ambulance car where car.province_id = %s and car.closed_on is null
group by car.province_id, car.district_id, car.commune_id, car.organisation_id
"""


@provide_figures
def figures_of_care(units: Sequence[Unit], moment: datetime) -> dict[int, dict[Figure, Provided]]:
    """Beds set up and not closed, by kind, health staff with a shift on the day, ambulances in service. A kind without a
    bed is not known, nor are ambulances where none is written down.
    """
    found: dict[int, dict[Figure, Provided]] = defaultdict(dict)
    for unit, counted in _beds(units, moment):
        for kind, figure in FIGURE_OF_KIND.items():
            if beds := counted.of(kind).beds:
                found[unit][figure] = Provided(Decimal(beds), counted.counted_at, _("bed books and bed reports"))
    for unit, people in _on_duty(units, moment):
        found[unit][Figure.STAFF] = Provided(Decimal(people), moment, _("rosters of the day"))
    for unit, cars in _ambulances(units).items():
        found[unit][Figure.AMBULANCES] = Provided(
            Decimal(cars.working), cars.as_of, _("ambulances of the transfer board")
        )
    return found


def _beds(units: Sequence[Unit], moment: datetime) -> Iterator[tuple[int, Counted]]:
    """The beds of every facility in each unit, as old as the oldest of their figures."""
    asked = {one.pk for one in units}
    inside = Q(province_id__in=asked) | Q(district_id__in=asked) | Q(commune_id__in=asked)
    parts: dict[int, list[Counted]] = defaultdict(list)
    for one in facilities_now(Facility.objects.open().filter(inside), moment):
        place = one.facility
        for unit in asked & {place.province_id, place.district_id, place.commune_id}:
            if one.counted.all.beds:
                parts[unit].append(one.counted)
    for unit, counted in parts.items():
        yield unit, joined(counted)


def _ambulances(units: Sequence[Unit]) -> dict[int, Machines]:
    """Those of the board, and vehicles of the equipment book whose serial number is no plate of the board."""
    asked = {one.pk for one in units}
    found: dict[int, Machines] = defaultdict(Machines)
    with connection.cursor() as cursor:
        cursor.execute(AMBULANCES, [units[0].province_id or units[0].pk])
        for *places, cars, last in cursor.fetchall():
            for unit in asked.intersection(places):
                found[unit] += Machines(cars, as_of=last)
    items = items_of(units).get(Figure.AMBULANCES, ())
    on_board = Ambulance.objects.values_list("plate", flat=True)
    for unit, by_item in machines_of(units, items, without=on_board).items() if items else ():
        found[unit] = sum(by_item.values(), found[unit])
    return found


def _on_duty(units: Sequence[Unit], moment: datetime) -> Iterable[tuple[int, int]]:
    asked = {one.pk for one in units}
    begins = datetime.combine(local_day(moment), time.min, VIETNAM)
    province = units[0].province_id or units[0].pk
    with connection.cursor() as cursor:
        cursor.execute(ON_DUTY, [province, begins + timedelta(days=1), begins])
        return [(unit, people) for unit, people in cursor.fetchall() if unit in asked]
