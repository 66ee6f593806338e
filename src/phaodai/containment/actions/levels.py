"""The levels of an area on a day: assessed by the law in force, kept with their reasons, proposed where they change."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.containment.actions.areas import require_inside
from phaodai.containment.actions.proposing import propose
from phaodai.containment.law import value_on
from phaodai.containment.models import Level, LevelDecision, WeeklyIndicator
from phaodai.containment.models.figures import SERVE, Figures, Units, figures_on, units_of
from phaodai.containment.rules.assessing import assess
from phaodai.containment.rules.figures import Criteria
from phaodai.containment.rules.records import records_of
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import Actor
from phaodai.rulebook import Findings, Rulebook
from phaodai.rulebook import Refusal as NoSuchLaw
from phaodai.rulebook.provincial import rulebook_for
from phaodai.territory.models import Tier, Unit

WEEKS_WITHOUT_RULE = 1
"""Decisions 2686 and 218 speak of cases per week and say nothing of a mean: the last week alone."""
BY_COLOURS = "colours"


@dataclass(frozen=True)
class Assessment:
    """What the law concludes about the units of an area on a day, and what it rests on."""

    units: Units
    figures: Figures
    findings: Findings
    in_force: dict[int, int]

    def records(self) -> Iterator[tuple[int | None, dict[str, Any]]]:
        """Level and record of each unit, in the order of the units."""
        return records_of(self.findings)


@dataclass(frozen=True)
class Computed:
    """What a computation wrote."""

    units: int
    written: int
    proposed: int
    levels: dict[int | None, int]


def assess_area(unit: Unit, on: date) -> Assessment:
    """Assess `unit` and every unit below it; writes nothing.

    Raises `Refusal` where no version of the rule is in force on the day.
    """
    book = rulebook_for(unit.province_id)
    units = units_of(unit, on)
    criteria = criteria_on(book, on)
    figures = figures_on(units, on, criteria.weeks)
    in_force = LevelDecision.objects.levels_on(on, units.ids)
    facts = figures.facts(criteria) | {"previous_level": [in_force.get(pk) for pk in units.ids]}
    land = units.land() if method_on(book, on) == BY_COLOURS else None
    if land is not None:
        facts["spread_share"] = figures.spread(units)
    try:
        findings = assess(book, on, units.tiers, _as_columns(facts), land)
    except NoSuchLaw as problem:
        words = _("No document of %(day)s says how risk levels are assessed.") % {"day": f"{on:%d/%m/%Y}"}
        raise Refusal(words, field="on") from problem
    return Assessment(units, figures, findings, in_force)


def criteria_on(book: Rulebook, on: date) -> Criteria:
    """What the law of a day says about the figures themselves."""
    weeks = value_on(book, "risk-level.time-base", on)
    return Criteria(int(weeks or WEEKS_WITHOUT_RULE), value_on(book, "risk-level.elderly-age", on))


def method_on(book: Rulebook, on: date) -> str | None:
    """How levels are assessed on a day: by colours, coverage or capacity."""
    method = value_on(book, "risk-level.regime", on, "method")
    return str(method) if method else None


def _as_columns(facts: dict[str, Any]) -> dict[str, Any]:
    previous = [np.nan if level is None else float(level) for level in facts["previous_level"]]
    return facts | {"previous_level": np.array(previous)}


@transaction.atomic
def compute_levels(*, actor: Actor, moment: datetime, unit: Unit, on: date) -> Computed:
    """Assess an area, keep what changed since the last computation of the day, and propose the levels that turn."""
    actor.require(Permission.CONTAINMENT_LEVEL_ASSESS)
    require_inside(actor, unit)
    if on > moment.date():
        raise Refusal(_("There are no figures for %(day)s yet.") % {"day": f"{on:%d/%m/%Y}"}, field="on")
    assessment = assess_area(unit, on)
    levels = list(_levels(assessment, on, moment))
    written = _keep(levels)
    proposed = propose(actor=actor, moment=moment, unit=unit, levels=levels) if on == moment.date() else 0
    counts = Counter(level.level for level in levels)
    if written:
        Fact.tell("containment:levels:computed", subject=unit, moment=moment, officer=actor.officer, on=on.isoformat())
    return Computed(len(levels), written, proposed, dict(counts))


def _levels(assessment: Assessment, on: date, moment: datetime) -> Iterator[Level]:
    units, endings = assessment.units, assessment.figures.week_ending
    for place, (level, record) in enumerate(assessment.records()):
        province, district, commune = units.areas[place]
        yield Level(
            unit_id=units.ids[place],
            on=on,
            level=level,
            status=record["status"],
            week_ending=endings[place],
            record=record,
            computed_at=moment,
            province_id=province,
            district_id=district,
            commune_id=commune,
        )


def _keep(levels: list[Level]) -> int:
    """Write the levels that are new or differ; a level that stays keeps the moment when it was first found."""
    if not levels:
        return 0
    kept = Level.objects.filter(province_id=levels[0].province_id, on=levels[0].on)
    known = dict(kept.values_list("unit_id", "record"))
    fresh = [level for level in levels if known.get(level.unit_id) != level.record]
    Level.objects.bulk_create(
        fresh,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["unit", "on"],
        update_fields=["level", "status", "week_ending", "record", "computed_at"],
    )
    return len(fresh)


def compute_every_province(*, actor: Actor, moment: datetime) -> list[Computed]:
    """The nightly computation: every province that sent figures which still serve."""
    on = moment.date()
    rows = WeeklyIndicator.objects.serving(on, 1, SERVE)
    provinces = Unit.objects.as_of(on).filter(tier=Tier.PROVINCE, pk__in=rows.values("province_id"))
    return [compute_levels(actor=actor, moment=moment, unit=province, on=on) for province in provinces]
