"""How many people there are to be vaccinated: counted by somebody, on a day, and never guessed by the program."""

from collections.abc import Iterable
from datetime import date
from typing import Self

import pghistory
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.territory.models import Unit
from phaodai.vaccination.law.coverage import population_choices


class DenominatorQuerySet(models.QuerySet["Denominator"]):
    """Denominators by officer, unit and day."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's whole province: they carry no person, and a district compares its communes."""
        return self.filter(**actor.in_province)

    def standing(self, units: Iterable[int], on: date) -> Self:
        """The newest count of each unit and population that was made by `on`."""
        known = self.filter(unit_id__in=units, counted_on__lte=on)
        return known.order_by("unit_id", "population", "-counted_on", "-id").distinct("unit_id", "population")


@pghistory.track(*audited())
class Denominator(Record, AreaColumns):
    """The people of one unit who belong to one population, as a list or a census of a day counts them."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="denominators", verbose_name=_("Unit"))
    code = models.CharField(_("Unit code"), max_length=12)
    population = models.CharField(pgettext_lazy("coverage", "Who"), max_length=40, choices=population_choices)
    people = models.PositiveIntegerField(pgettext_lazy("coverage", "People"), validators=[MinValueValidator(1)])
    counted_on = models.DateField(pgettext_lazy("coverage", "Counted on"))
    source = models.CharField(
        pgettext_lazy("coverage", "Source"), max_length=160, db_comment="the list or census it was read from"
    )
    note = models.CharField(pgettext_lazy("coverage", "Note"), max_length=200, blank=True)

    objects = DenominatorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "population", "counted_on"],
                name="denominator_once_a_day",
                violation_error_message=_("This unit already has a count of these people for that day. Mend that one."),
            ),
            models.CheckConstraint(condition=models.Q(people__gte=1), name="denominator_counts_somebody"),
            models.CheckConstraint(condition=~models.Q(source=""), name="denominator_names_its_source"),
        ]
        indexes = [
            models.Index(fields=["province_id", "-counted_on"]),
            models.Index(fields=["unit", "population", "-counted_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.unit}, {self.get_population_display()}, {self.counted_on:%d/%m/%Y}"
