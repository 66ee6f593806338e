"""What each bed was from when to when: its kind, whether it served, and who said so. Written by the database alone."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from phaodai.care.models.facilities import Bed, BedKind, Facility, Ward
from phaodai.foundation.models import AreaColumns
from phaodai.foundation.scope import Actor


class BedPeriodQuerySet(models.QuerySet["BedPeriod"]):
    """Periods of beds by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's province, as the beds themselves."""
        return self.filter(**actor.in_province)


class BedPeriod(AreaColumns):
    """One bed while nothing about it changed. A bed of a closed ward is closed, whatever its own state.

    Triggers on beds and wards keep it (`care_keep_beds`), so that whatever changes a bed, an action, a sheet or plain
    SQL, leaves its day and hour; `since` is the moment that the bed or the ward names, not the clock of the database.
    """

    bed = models.ForeignKey(Bed, models.PROTECT, related_name="periods", verbose_name=pgettext_lazy("bed", "Bed"))
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    ward = models.ForeignKey(Ward, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=BedKind.choices)
    state = models.CharField(max_length=8, choices=Bed.State.choices)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    officer_id = models.IntegerField(null=True)

    objects = BedPeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bed"], condition=Q(until=None), name="bed_is_one_thing_now"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="bed_period_ends_after_it_began"
            ),
        ]
        indexes = [
            models.Index(fields=["facility", "until"], name="bed_periods_until"),
            models.Index(fields=["bed", "since"], name="bed_periods_of_bed"),
        ]
