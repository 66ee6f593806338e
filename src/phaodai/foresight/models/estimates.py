"""What was estimated of a unit on a day, kept so that no page computes and every forecast can be judged later."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Self

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from phaodai.foundation.models import AreaColumns
from phaodai.foundation.scope import Actor
from phaodai.territory.models import Unit


class EstimateQuerySet(models.QuerySet["Estimate"]):
    """Estimates by day and by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Every estimate of the officer's province."""
        return self.filter(**actor.in_province)

    def newest(self, on: date) -> Self:
        """Of each unit the last estimate up to a day."""
        return self.filter(on__lte=on).order_by("unit_id", "-on").distinct("unit_id")

    def made_on(self, on: date, units: Iterable[int]) -> "dict[int, Estimate]":
        """The estimates of some units that were made on a day."""
        return {one.unit_id: one for one in self.filter(on=on, unit_id__in=units)}


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Estimate(AreaColumns):
    """Nowcast, reproduction number, growth and forecast of one unit with what was known on the morning of `on`.

    `figures` holds plain lists (`rules.estimating`): counts from `first` up to the day before `on`; nowcast, the 2.5, 50
    and 97.5% of the last days; reproduction, the same by day; forecast, the 2.5, 25, 50, 75 and 97.5% of each coming
    day; weeks, the 23 quantiles of each coming week; evaluation, scores by weeks ahead. `lacks` names what could not be
    estimated.
    """

    class Source(models.TextChoices):
        """Where the counts came from."""

        SHEET = "sheet", _("sheet of daily counts")
        LINE_LIST = "line-list", _("line list, by day of onset")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="estimates", verbose_name=_("Unit"))
    on = models.DateField(_("Day"))
    as_of = models.DateTimeField(_("Computed"))
    source = models.CharField(_("Source"), max_length=9, choices=Source.choices)
    engine = models.CharField(_("Version of the method"), max_length=8)
    reproduction_low = models.FloatField(null=True)
    reproduction = models.FloatField(_("Reproduction number"), null=True)
    reproduction_high = models.FloatField(null=True)
    figures = models.JSONField()
    lacks = models.JSONField(default=list)

    objects = EstimateQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "on"], name="one_estimate_a_day")]
        indexes = [models.Index(fields=["province_id", "-on"])]

    def __str__(self) -> str:
        return f"{self.unit}, {self.on:%d/%m/%Y}"

    @property
    def last(self) -> date:
        """The last day that was counted, whether or not a report came."""
        return self.on - timedelta(days=1)

    @property
    def first(self) -> date:
        """The first day whose count is kept."""
        return date.fromisoformat(self.figures["first"])

    def upper(self, day: date) -> tuple[float, float] | None:
        """Median and 97.5% of what was forecast for a coming day; None where nothing was."""
        forecast, ahead = self.figures["forecast"], (day - self.on).days
        if forecast is None or not 0 <= ahead < len(forecast):
            return None
        return forecast[ahead][2], forecast[ahead][4]
