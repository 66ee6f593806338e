"""Days on which a unit left the band of its own forecast upwards."""

from datetime import date, timedelta
from typing import Self

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from phaodai.foundation.models import AreaColumns
from phaodai.foundation.scope import Actor
from phaodai.territory.models import Unit


class EarlyWarningQuerySet(models.QuerySet["EarlyWarning"]):
    """Warnings by officer and by day."""

    def visible_to(self, actor: Actor) -> Self:
        """Every warning of the officer's province."""
        return self.filter(**actor.in_province)

    def since(self, day: date, back: timedelta) -> Self:
        """Warnings about the days of a span that ends with `day`."""
        return self.filter(day__gt=day - back, day__lte=day)


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class EarlyWarning(AreaColumns):
    """A day's count above the 97.5% quantile of what had been forecast a week before; raised once."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="early_warnings", verbose_name=_("Unit"))
    day = models.DateField(_("Day"))
    cases = models.PositiveIntegerField(_("New community cases"))
    median = models.FloatField(_("Forecast"))
    upper = models.FloatField(_("Upper end of the 95% band"))
    forecast_on = models.DateField(_("Forecast on"))
    raised_at = models.DateTimeField(_("Raised"))

    objects = EarlyWarningQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "day"], name="one_warning_a_day")]
        indexes = [models.Index(fields=["province_id", "-day"])]

    def __str__(self) -> str:
        return f"{self.unit}, {self.day:%d/%m/%Y}"
