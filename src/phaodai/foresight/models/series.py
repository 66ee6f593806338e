"""The daily series of a unit as known on a day: from the sheet of daily counts, else from the line list."""

from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from phaodai.foresight.models.counts import DailyCount
from phaodai.foresight.rules.series import DailySeries, Found, Told, from_line_list, from_sheet
from phaodai.surveillance.models import Case
from phaodai.territory.models import Tier, Unit

BACK = timedelta(days=400)
"""How far back counts are read: forecasts look back on 60 weeks at most."""
FRESH = timedelta(weeks=4)
"""A sheet that tells of no day of the last four weeks has been given up: then the line list speaks."""
_COLUMNS = {Tier.PROVINCE: "province_id", Tier.DISTRICT: "district_id", Tier.COMMUNE: "commune_id"}


def series_of(unit: Unit, on: date) -> DailySeries | None:
    """Counts of `unit` up to the day before `on`, with what had been reported by `on`; None where nobody counted.

    The sheet goes before the line list, so that no case is counted twice.
    """
    return _sheet(unit, on) or _line_list(unit, on)


def units_with_counts(province_id: int, on: date) -> list[Unit]:
    """Every unit of a province that a series can be made of, provinces first."""
    fresh = DailyCount.objects.filter(province_id=province_id, day__gte=on - FRESH, day__lt=on, reported_on__lte=on)
    counted = Case.objects.counted().filter(province_id=province_id, reported_on__gt=on - BACK, reported_on__lte=on)
    ids = [Q(pk__in=fresh.values("unit"))]
    ids += [Q(pk__in=counted.values(column), tier=tier) for tier, column in _COLUMNS.items()]
    rows = Unit.objects.as_of(on).filter(reduce(or_, ids), province_id=province_id)
    return list(rows.order_by("tier", "sort_key", "code"))


def _sheet(unit: Unit, on: date) -> DailySeries | None:
    rows = DailyCount.objects.filter(unit=unit).known_on(on, on - BACK)
    told = [
        Told(day, reported_on, cases, imported or 0)
        for day, reported_on, cases, imported in rows.values_list("day", "reported_on", "cases", "imported")
    ]
    return from_sheet(told, on) if told and told[-1].day >= on - FRESH else None


def _line_list(unit: Unit, on: date) -> DailySeries | None:
    column = _COLUMNS.get(Tier(unit.tier))
    if column is None:
        return None
    cases = Case.objects.counted().filter(**{column: unit.pk})
    dated = cases.filter(reported_on__lte=on).annotate(counts_on=Coalesce("onset_on", "sampled_on", "reported_on"))
    usable = dated.filter(counts_on__gte=on - BACK, counts_on__lte=F("reported_on")).order_by("counts_on")
    found = [
        Found(day, reported_on, bool(imported))
        for day, reported_on, imported in usable.values_list("counts_on", "reported_on", "imported")
        if reported_on is not None
    ]
    left_out = cases.filter(Q(reported_on=None) | Q(reported_on__lte=on)).count() - len(found)
    return from_line_list(found, on, left_out) if found and found[0].day < on else None
