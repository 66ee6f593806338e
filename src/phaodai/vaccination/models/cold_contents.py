"""Which lot was kept in which fridge from when to when, so that an excursion holds what lay there and nothing else."""

from datetime import datetime
from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.people.models import Officer
from phaodai.vaccination.models.cold_chain import ColdPlace
from phaodai.vaccination.models.lots import VaccineLot


class KeepingQuerySet(models.QuerySet["Keeping"]):
    """Lots in fridges by time."""

    def standing(self) -> Self:
        """Those that are there now."""
        return self.filter(until=None)

    def during(self, began: datetime, ended: datetime) -> Self:
        """Those that were there at some moment of a stretch of time."""
        return self.filter(Q(until=None) | Q(until__gt=began), since__lt=ended)


@pghistory.track(*audited())
class Keeping(Record, AreaColumns):
    """A lot that was kept in a fridge for some time. Which vials of it nobody counts: a lot in two fridges has two rows."""

    place = models.ForeignKey(ColdPlace, models.PROTECT, related_name="keepings")
    lot = models.ForeignKey(VaccineLot, models.PROTECT, related_name="keepings")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, db_comment="empty: it is there")
    moved_to = models.ForeignKey(
        ColdPlace, models.PROTECT, null=True, related_name="+", db_comment="where it went; empty: out of the cold"
    )
    put_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    taken_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    objects = KeepingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "lot"],
                condition=Q(until=None),
                name="lot_kept_once_in_a_fridge",
                violation_error_message=_("This lot is in this fridge already."),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="keeping_ends_after_it_begins",
                violation_error_message=_("The lot left the fridge before it came in. Correct one of the two times."),
            ),
            models.CheckConstraint(
                condition=Q(moved_to=None) | ~Q(moved_to=F("place")), name="moved_to_another_fridge"
            ),
        ]
        indexes = [models.Index(fields=["lot", "since"], name="keeping_of_lot")]
