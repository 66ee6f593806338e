"""Coverage as figures: doses counted by day against the people of each unit, in a handful of queries for a province."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Q, Sum

from phaodai.foundation.scope import Area
from phaodai.territory.models import Tier, Unit
from phaodai.vaccination.models.coverage import CoverageCount
from phaodai.vaccination.models.denominators import Denominator
from phaodai.vaccination.rules.coverage import Covered, People, Population, added

_COLUMN = {Tier.PROVINCE: "province_id", Tier.DISTRICT: "district_id", Tier.COMMUNE: "commune_id"}
Doses = Mapping[int, Mapping[int, int]]
"""Unit, dose number, doses."""


def doses_of_tier(area: Area, tier: Tier, population: Population, until: date) -> Doses:
    """Doses by unit and number, for all units of a tier inside an area."""
    column = _COLUMN[tier]
    rows = CoverageCount.objects.of(population, until).filter(**area.narrowing)
    found: dict[int, dict[int, int]] = defaultdict(dict)
    summed = rows.values_list(column, "number").annotate(doses=Sum("doses")).order_by()
    for unit, number, doses in summed:
        if unit is not None:
            found[unit][number] = doses
    return found


def doses_by_day(area: Area, population: Population, until: date) -> list[tuple[date, int, int]]:
    """Day, dose number and doses of the day, in order: what a curve over time is summed from."""
    rows = CoverageCount.objects.of(population, until).filter(**area.narrowing)
    summed = rows.values_list("on", "number").annotate(doses=Sum("doses")).order_by("on", "number")
    return [(on, number, doses) for on, number, doses in summed]


def people_of(units: Sequence[Unit], population: Population, on: date) -> dict[int, People]:
    """How many people each unit has: its own newest count, else the counts of all its communes added."""
    lower = _communes_below([unit for unit in units if unit.tier != Tier.COMMUNE], on)
    ids = {unit.pk for unit in units} | {commune for below in lower.values() for commune in below}
    counted = Denominator.objects.standing(ids, on).filter(population=population.key)
    own = {row.unit_id: People(row.people, row.source, row.counted_on) for row in counted}
    return {unit.pk: own.get(unit.pk) or _added(unit, lower, own) for unit in units}


def _added(unit: Unit, lower: Mapping[int, list[int]], own: Mapping[int, People]) -> People:
    below = lower.get(unit.pk, [])
    return added(own.get(commune) for commune in below) if below else People(None, missing=1)


def _communes_below(units: Sequence[Unit], on: date) -> dict[int, list[int]]:
    if not units:
        return {}
    ids = [unit.pk for unit in units]
    rows = Unit.objects.as_of(on).tier(Tier.COMMUNE).filter(Q(province_id__in=ids) | Q(district_id__in=ids))
    found: dict[int, list[int]] = defaultdict(list)
    for pk, district, province in rows.values_list("pk", "district_id", "province_id"):
        for above in (district, province):
            if above in ids:
                found[above].append(pk)
    return found


def coverage_of(
    units: Sequence[Unit], population: Population, on: date, numbers: Sequence[int] = (1, 2, 3)
) -> dict[int, dict[int, Covered]]:
    """Unit, dose number, coverage; all units of one tier and province."""
    if not units:
        return {}
    tier = Tier(units[0].tier)
    area = Area(province=units[0].province_id) if len(units) > 1 else units[0].area
    doses = doses_of_tier(area, tier, population, on)
    people = people_of(units, population, on)
    return {
        unit.pk: {number: Covered(doses.get(unit.pk, {}).get(number, 0), people[unit.pk]) for number in numbers}
        for unit in units
    }
