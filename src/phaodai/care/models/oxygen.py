"""Oxygen of a facility: cylinders, tanks, and lines or generators that make it as it is used."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.care.models.facilities import Facility
from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor


class OxygenSourceQuerySet(models.QuerySet["OxygenSource"]):
    """Oxygen sources by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's province, as the beds that live on them."""
        return self.filter(**actor.in_province)

    def in_use(self) -> Self:
        """Sources that still feed the facility."""
        return self.filter(removed_on=None)


@pghistory.track(*audited())
class OxygenSource(Record, AreaColumns):
    """A store of oxygen (cylinders, tank), or a flow (line, generator) that does not run out by itself.

    Litres are litres of gas at normal pressure: a 40-litre cylinder at 150 bar holds about 6,000.
    """

    class Kind(models.TextChoices):
        """How it is kept."""

        CYLINDER = "cylinder", pgettext_lazy("oxygen", "Cylinders")
        TANK = "tank", pgettext_lazy("oxygen", "Liquid oxygen tank")
        LINE = "line", pgettext_lazy("oxygen", "Generator or line")

    facility = models.ForeignKey(
        Facility, models.PROTECT, related_name="oxygen", verbose_name=pgettext_lazy("care", "Facility")
    )
    kind = models.CharField(pgettext_lazy("oxygen", "Kind"), max_length=8, choices=Kind.choices)
    name = models.CharField(_("Name"), max_length=80)
    count = models.PositiveIntegerField(pgettext_lazy("oxygen", "Full ones"), default=1)
    litres = models.PositiveIntegerField(
        pgettext_lazy("oxygen", "Litres of gas in each"), default=0, db_comment="litres of gas at normal pressure"
    )
    flow = models.PositiveIntegerField(
        pgettext_lazy("oxygen", "Litres a minute"), default=0, db_comment="litres of gas a minute; lines only"
    )
    counted_at = models.DateTimeField(pgettext_lazy("oxygen", "Counted at"))
    officer_id = models.IntegerField(null=True, blank=True)
    removed_on = models.DateField(pgettext_lazy("oxygen", "Removed on"), null=True, blank=True)

    objects = OxygenSourceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "name"],
                name="oxygen_source_once",
                violation_error_message=_("The facility has an oxygen source of that name already."),
            ),
            models.CheckConstraint(
                condition=Q(kind="line", flow__gt=0) | Q(kind__in=["cylinder", "tank"], litres__gt=0),
                name="oxygen_source_has_a_measure",
                violation_error_message=_(
                    "Cylinders and tanks need the litres of gas in each; a line needs its litres a minute."
                ),
            ),
        ]
        indexes = [models.Index(fields=["province_id"])]

    def __str__(self) -> str:
        return self.name
