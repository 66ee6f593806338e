"""Coverage as the weekly indicators of risk levels ask for it: criterion 2a and 2b of decision 4800/QĐ-BYT.

An officer puts the counted figures into the week's rows; a figure that somebody typed is never written over, and where more
doses were given than there are people nothing is put in, for somebody has to look first.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.containment.actions.indicators import amend_indicator, record_indicator
from phaodai.containment.models import WeeklyIndicator
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import Actor
from phaodai.territory.models import Tier, Unit
from phaodai.vaccination.models.coverage_figures import coverage_of
from phaodai.vaccination.rules.coverage import POPULATIONS, Covered

FROM_50 = date(2021, 11, 1)
"""Until 31/10/2021 criterion 2b counted people from 65, from then on from 50."""
FULL = 2
"""The dose that completes a course. Of the three doses of Abdala it is one too early; the counts know no products."""


@dataclass(frozen=True)
class Proposal:
    """What the counts say about one commune; no figures where a count of people is missing or exceeded."""

    unit: Unit
    figures: dict[str, int]


def proposals(units: list[Unit], week_ending: date) -> list[Proposal]:
    """The figures of each commune at the end of a week."""
    least = 50 if week_ending >= FROM_50 else 65
    adults = coverage_of(units, POPULATIONS["adults"], week_ending, (1,))
    elderly = coverage_of(units, POPULATIONS[f"over-{least}"], week_ending, (FULL,))
    return [Proposal(unit, _figures(adults[unit.pk][1], elderly[unit.pk][FULL], least)) for unit in units]


def _figures(adults: Covered, elderly: Covered, least: int) -> dict[str, int]:
    found: dict[str, int] = {}
    if adults.people.people and not adults.over:
        found |= {"adults": adults.people.people, "adults_one_dose": adults.given}
    if elderly.people.people and not elderly.over:
        found |= {"elderly_from": least, "elderly": elderly.people.people, "elderly_full": elderly.given}
    return found


@transaction.atomic
def keep_indicators(*, actor: Actor, moment: datetime, week_ending: date) -> int:
    """Put the figures of the actor's communes into the rows of a week; in how many of them something was empty."""
    actor.require(Permission.CONTAINMENT_INDICATOR_WRITE)
    units = list(Unit.objects.as_of(week_ending).tier(Tier.COMMUNE).inside(actor.area).order_by("pk"))
    found = [one for one in proposals(units, week_ending) if one.figures]
    if not found:
        raise Refusal(_("No commune of your area has a count of people. Send that first."))
    rows = {row.unit_id: row for row in WeeklyIndicator.objects.filter(unit__in=units, week_ending=week_ending)}
    kept = [_keep(actor, moment, week_ending, one, rows.get(one.unit.pk)) for one in found]
    facts = {"week_ending": week_ending.isoformat(), "communes": sum(kept)}
    Fact.tell("vaccination:indicators:kept", subject=found[0].unit, moment=moment, officer=actor.officer, **facts)
    return sum(kept)


def _keep(actor: Actor, moment: datetime, week_ending: date, found: Proposal, row: WeeklyIndicator | None) -> bool:
    if row is None:
        record_indicator(actor=actor, moment=moment, code=found.unit.code, week_ending=week_ending, **found.figures)
        return True
    empty = _of_empty_pairs(row, found.figures)
    if empty:
        amend_indicator(actor=actor, moment=moment, pk=row.pk, version=row.version, **empty)
    return bool(empty)


_PAIRS = (("adults", "adults_one_dose"), ("elderly_from", "elderly", "elderly_full"))


def _of_empty_pairs(row: WeeklyIndicator, figures: dict[str, int]) -> dict[str, int]:
    """Part and whole belong together: a share of one count over another's people would be nobody's figure."""
    free = {name for pair in _PAIRS if all(getattr(row, name) is None for name in pair) for name in pair}
    return {name: value for name, value in figures.items() if name in free}
