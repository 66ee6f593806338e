"""Counts of people to be vaccinated: sent by unit, population and day, mended while they serve."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.containment.actions.amending import mend_row
from phaodai.containment.actions.areas import columns_of_area, require_inside
from phaodai.foundation.constraints import check_row
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import Actor
from phaodai.rulebook import load
from phaodai.territory.models import Unit
from phaodai.vaccination.law.vocabulary import GROUP
from phaodai.vaccination.models import Denominator
from phaodai.vaccination.rules.coverage import population_of

FIGURES = ("people", "source", "note")
PERMISSION = Permission.VACCINATION_DOSE_IMPORT
"""Whoever sends the doses of an area, a health centre or a station, also sends what they are counted against."""


@transaction.atomic
def record_denominator(
    *,
    actor: Actor,
    moment: datetime,
    code: str,
    population: str,
    counted_on: date,
    people: int,
    source: str,
    note: str = "",
) -> Denominator:
    """Keep how many people of a population one unit has on a day, and who counted them."""
    actor.require(PERMISSION)
    if counted_on > moment.date():
        raise Refusal(_("The day of the count lies in the future. Correct it."), field="counted_on")
    if population_of(population, load().vocabularies[GROUP].terms) is None:
        raise Refusal(
            _("“%(word)s” is no population that is counted. Choose one.") % {"word": population}, field="population"
        )
    unit = Unit.objects.of_code(code, counted_on)
    require_inside(actor, unit)
    row = Denominator(
        unit=unit, code=unit.code, population=population, counted_on=counted_on, people=people,
        source=source.strip(), note=note.strip(), **columns_of_area(unit),
    )  # fmt: skip
    check_row(row)
    row.save()
    Fact.tell("vaccination:denominator:recorded", subject=row, moment=moment, officer=actor.officer)
    return row


@transaction.atomic
def amend_denominator(*, actor: Actor, moment: datetime, pk: int, version: int, **changes: Any) -> Denominator:
    """Mend a count; coverage follows at the next look."""
    actor.require(PERMISSION)
    rows = Denominator.objects.visible_to(actor)
    row, changed = mend_row(rows, actor, pk, version=version, changes=changes, figures=FIGURES)
    Fact.tell("vaccination:denominator:amended", subject=row, moment=moment, officer=actor.officer, fields=changed)
    return row
