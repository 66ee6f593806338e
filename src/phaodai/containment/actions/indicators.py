"""Weekly figures of a unit: sent once a week, mended while they serve."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.containment.actions.amending import mend_row
from phaodai.containment.actions.areas import columns_of_area, require_inside
from phaodai.containment.models import WeeklyIndicator
from phaodai.foundation.constraints import check_row
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import Actor
from phaodai.territory.models import Unit

FIGURES = tuple(
    field.name
    for field in WeeklyIndicator._meta.concrete_fields
    if field.editable
    and field.name
    not in {"id", "version", "created_at", "updated_at", "province_id", "district_id", "commune_id"}
    | {"unit", "code", "week_ending"}
)
"""What may be counted and mended; unit and week name the row and stay."""


@transaction.atomic
def record_indicator(
    *, actor: Actor, moment: datetime, code: str, week_ending: date, **figures: Any
) -> WeeklyIndicator:
    """Keep the figures of one unit for one week."""
    actor.require(Permission.CONTAINMENT_INDICATOR_WRITE)
    if week_ending >= moment.date():
        raise Refusal(
            _("The week of %(day)s is not over yet.") % {"day": f"{week_ending:%d/%m/%Y}"}, field="week_ending"
        )
    unit = Unit.objects.of_code(code, week_ending)
    require_inside(actor, unit)
    row = WeeklyIndicator(unit=unit, code=unit.code, week_ending=week_ending, **columns_of_area(unit), **figures)
    check_row(row)
    row.save()
    Fact.tell("containment:indicator:recorded", subject=row, moment=moment, officer=actor.officer)
    return row


@transaction.atomic
def amend_indicator(*, actor: Actor, moment: datetime, pk: int, version: int, **changes: Any) -> WeeklyIndicator:
    """Mend figures; levels that were computed from them stay as they were until they are computed again."""
    actor.require(Permission.CONTAINMENT_INDICATOR_WRITE)
    rows = WeeklyIndicator.objects.visible_to(actor)
    row, changed = mend_row(rows, actor, pk, version=version, changes=changes, figures=FIGURES)
    Fact.tell("containment:indicator:amended", subject=row, moment=moment, officer=actor.officer, fields=changed)
    return row
