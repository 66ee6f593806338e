"""Daily counts into the program, and the estimates that the clock made of them on the last morning."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from demo.epidemic_days import DayReport
from phaodai.foresight.actions.estimating import estimate_province
from phaodai.foresight.models import DailyCount
from phaodai.foundation import clock
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.territory.models import Unit


def load_series(reports: Sequence[DayReport], units: Mapping[str, Unit], province: Unit, now: datetime) -> None:
    """Keep every report, then estimate the province as of `now`."""
    with clock.at(now), entering(SYSTEM, why="estimates"):
        DailyCount.objects.bulk_create(_row(report, units[report.code]) for report in reports)
        estimate_province(actor=SYSTEM, moment=now, province=province)


def _row(report: DayReport, unit: Unit) -> DailyCount:
    return DailyCount(
        unit=unit, code=report.code, day=report.day, reported_on=report.reported_on, cases=report.cases,
        imported=report.imported, deaths=report.deaths,
        **{f"{tier}_id": value for tier, value in vars(unit.area).items()},
    )  # fmt: skip
