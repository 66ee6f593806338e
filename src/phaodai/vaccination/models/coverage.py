"""Doses counted by day, so that the coverage of a province is read in one look and not from millions of rows."""

from datetime import date
from typing import Self

from django.db import models

from phaodai.foundation.models import AreaColumns
from phaodai.foundation.scope import Actor
from phaodai.vaccination.rules.coverage import Population


class CoverageCountQuerySet(models.QuerySet["CoverageCount"]):
    """Counts by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's whole province: they carry no person, and communes are compared."""
        return self.filter(**actor.in_province)

    def of(self, population: Population, until: date) -> Self:
        """Doses of people of that population, given by the end of a day."""
        found = self.filter(on__lte=until)
        if population.bands:
            found = found.filter(band__in=population.bands)
        if population.grades:
            found = found.filter(grades=population.grades)
        return found.filter(group=population.group) if population.group else found


class CoverageCount(AreaColumns):
    """How many doses of one number people of one commune, age band and group were given on one day.

    Derived from the doses alone and made again from them (`actions.coverage`); nobody edits it. Doses struck out as never
    given do not count; a dose that is only doubted does, until somebody has decided.
    """

    on = models.DateField(db_comment="day in Vietnam on which the dose was given")
    number = models.PositiveSmallIntegerField(db_comment="first, second, third dose of the person")
    band = models.PositiveSmallIntegerField(null=True, db_comment="least age of the age band; null: age not known")
    grades = models.CharField(max_length=4, blank=True, db_comment="school grades by year of birth: 6-8, 9-12 or empty")
    group = models.CharField(max_length=40, blank=True, db_comment="priority group; empty: none written")
    doses = models.PositiveIntegerField()

    objects = CoverageCountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["province_id", "commune_id", "district_id", "on", "number", "band", "grades", "group"],
                name="coverage_counted_once",
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(
                fields=["province_id", "number", "band", "on"],
                include=["commune_id", "doses"],
                name="coverage_of_bands",
            )
        ]


class CoverageMark(AreaColumns):
    """Doses of a commune and day changed and wait to be counted again; put here by a trigger, whoever changed them."""

    on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["province_id"])]
