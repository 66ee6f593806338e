"""What a unit counts in a day, as it was known on the day of the report."""

from datetime import date
from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.territory.models import Unit


class DailyCountQuerySet(models.QuerySet["DailyCount"]):
    """Counts by officer and by what was known on a day."""

    def visible_to(self, actor: Actor) -> Self:
        """The counts of the officer's whole province: they carry no person."""
        return self.filter(**actor.in_province)

    def known_on(self, on: date, first: date) -> Self:
        """What had been reported by `on` of the whole days from `first` on, in the order of days and reports."""
        rows = self.filter(day__gte=first, day__lt=on, reported_on__lte=on)
        return rows.order_by("day", "reported_on")


@pghistory.track(*audited())
class DailyCount(Record, AreaColumns):
    """New cases of one unit on one day, as known on the day of the report.

    A later report of the same day is a row of its own and counts from then on, so that every estimate can be made again
    with what was known at the time, and the delay of reports can be learned.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="daily_counts", verbose_name=_("Unit"))
    code = models.CharField(_("Unit code"), max_length=12)
    day = models.DateField(_("Day"))
    reported_on = models.DateField(_("Reported on"))
    cases = models.PositiveIntegerField(_("New community cases"))
    imported = models.PositiveIntegerField(_("Cases infected elsewhere"), null=True, blank=True)
    deaths = models.PositiveIntegerField(_("Deaths"), null=True, blank=True)

    objects = DailyCountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "day", "reported_on"],
                name="count_once_a_report",
                violation_error_message=_("This unit already reported that day on this date. Mend that row instead."),
            ),
            models.CheckConstraint(
                condition=Q(reported_on__gte=F("day")),
                name="count_after_its_day",
                violation_error_message=_("The report is dated before the day that it counts. Mend one of the two."),
            ),
        ]
        indexes = [
            models.Index(fields=["province_id", "-day"]),
            models.Index(fields=["province_id", "updated_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.unit}, {self.day:%d/%m/%Y}"
