"""Daily counts of a unit: sent day by day or as a sheet, mended or told again when later reports come."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.containment.actions.amending import mend_row
from phaodai.containment.actions.areas import columns_of_area, require_inside
from phaodai.foresight.models import DailyCount
from phaodai.foundation.constraints import check_row
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import Actor
from phaodai.territory.models import Unit

FIGURES = ("cases", "imported", "deaths")
"""What may be mended; unit, day and day of report name the row and stay."""


@transaction.atomic
def record_count(
    *,
    actor: Actor,
    moment: datetime,
    code: str,
    day: date,
    reported_on: date,
    cases: int,
    imported: int | None = None,
    deaths: int | None = None,
) -> DailyCount:
    """Keep what a unit counted on a day, as known on the day of the report."""
    actor.require(Permission.FORESIGHT_SERIES_WRITE)
    if reported_on > moment.date():
        words = _("%(day)s has not come yet. Write the day of the report.") % {"day": f"{reported_on:%d/%m/%Y}"}
        raise Refusal(words, field="reported_on")
    unit = Unit.objects.of_code(code, day)
    require_inside(actor, unit)
    row = DailyCount(
        unit=unit, code=unit.code, day=day, reported_on=reported_on, cases=cases, imported=imported, deaths=deaths,
        **columns_of_area(unit),
    )  # fmt: skip
    check_row(row)
    row.save()
    Fact.tell("foresight:count:recorded", subject=row, moment=moment, officer=actor.officer)
    return row


@transaction.atomic
def amend_count(*, actor: Actor, moment: datetime, pk: int, version: int, **changes: Any) -> DailyCount:
    """Mend a report that was written wrongly; what became known later is a report of its own."""
    actor.require(Permission.FORESIGHT_SERIES_WRITE)
    rows = DailyCount.objects.visible_to(actor)
    row, changed = mend_row(rows, actor, pk, version=version, changes=changes, figures=FIGURES)
    Fact.tell("foresight:count:amended", subject=row, moment=moment, officer=actor.officer, fields=changed)
    return row
