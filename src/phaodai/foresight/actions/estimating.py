"""Estimates of a province's units on a day: made by the clock after new counts, kept, and held against what came."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db import transaction
from django.db.models import Max

from phaodai.foresight.actions.warning import raise_warnings
from phaodai.foresight.models import DailyCount, Estimate
from phaodai.foresight.models.series import series_of, units_with_counts
from phaodai.foresight.rules.estimating import ENGINE, Findings, estimate
from phaodai.foresight.rules.series import DailySeries
from phaodai.foundation.models import Fact
from phaodai.foundation.scope import Actor
from phaodai.surveillance.models import Case
from phaodai.territory.models import Tier, Unit

WEEK = timedelta(weeks=1)


def estimate_what_changed(*, actor: Actor, moment: datetime) -> list[Unit]:
    """Estimate every province that has counts, where today's estimates are missing or older than the counts."""
    provinces = Unit.objects.as_of(moment.date()).filter(tier=Tier.PROVINCE).order_by("sort_key", "code")
    due = [province for province in provinces if _is_due(province, moment)]
    for province in due:
        estimate_province(actor=actor, moment=moment, province=province)
    return due


def _is_due(province: Unit, moment: datetime) -> bool:
    """Whether counts came since the last estimates of the day; what was written after `moment` is not looked at."""
    within = {"province_id": province.pk}
    kinds = (DailyCount.objects.filter(**within), Case.objects.filter(**within))
    changed = [rows.filter(updated_at__lte=moment).aggregate(last=Max("updated_at"))["last"] for rows in kinds]
    newest = max((one for one in changed if one), default=None)
    if newest is None:
        return False
    made = Estimate.objects.filter(**within, on=moment.date()).aggregate(last=Max("as_of"))["last"]
    return made is None or made < newest


@transaction.atomic
def estimate_province(*, actor: Actor, moment: datetime, province: Unit) -> list[Estimate]:
    """Estimate every unit of a province that has counts, keep it, and warn where one left its band.

    The forecast of a week ago is made now where none was kept, with nothing that was reported after that day.
    """
    on = moment.date()
    estimates = _keep(list(_estimates(province, on, moment)))
    _make_up_for(province, on - WEEK, moment)
    raise_warnings(actor=actor, moment=moment, estimates=estimates)
    if estimates:
        Fact.tell("foresight:estimates:made", subject=province, moment=moment, officer=actor.officer)
    return estimates


def _make_up_for(province: Unit, on: date, moment: datetime) -> None:
    """Estimate a past day for the units that were not estimated on it; what was kept stays as it was then."""
    kept = set(Estimate.objects.filter(province_id=province.pk, on=on).values_list("unit_id", flat=True))
    if {unit.pk for unit in units_with_counts(province.pk, on)} - kept:
        _keep([one for one in _estimates(province, on, moment) if one.unit_id not in kept])


def _estimates(province: Unit, on: date, moment: datetime) -> Iterator[Estimate]:
    """One estimate for each unit with counts; the units of a tier are estimated together."""
    units = units_with_counts(province.pk, on)
    for _tier, same in groupby(units, key=lambda unit: unit.tier):
        pairs = [(unit, series) for unit in same if (series := series_of(unit, on)) is not None]
        if pairs:
            yield from _rows(pairs, on, moment)


def _rows(pairs: Sequence[tuple[Unit, DailySeries]], on: date, moment: datetime) -> Iterator[Estimate]:
    findings = estimate([series for _unit, series in pairs])
    for (unit, series), found in zip(pairs, findings, strict=True):
        yield _row(unit, series, found, on, moment)


def _row(unit: Unit, series: DailySeries, found: Findings, on: date, moment: datetime) -> Estimate:
    low, median, high = found.reproduction or (None, None, None)
    return Estimate(
        unit=unit,
        on=on,
        as_of=moment,
        source=series.source.value,
        engine=ENGINE,
        reproduction_low=low,
        reproduction=median,
        reproduction_high=high,
        figures=found.figures,
        lacks=found.lacks,
        **unit.area.columns,
    )


def _keep(rows: list[Estimate]) -> list[Estimate]:
    """Write estimates; one of the same unit and day is replaced, its history keeps the one before."""
    named = {"unit", "on", "province_id", "district_id", "commune_id", "id"}
    changing = [field.name for field in Estimate._meta.concrete_fields if field.name not in named]
    return Estimate.objects.bulk_create(
        rows, batch_size=500, update_conflicts=True, unique_fields=["unit", "on"], update_fields=changing
    )
