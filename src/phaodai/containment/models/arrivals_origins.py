"""The level of places outside the province, as their own authorities published it: what arrivals are judged by."""

from collections.abc import Iterable
from datetime import date
from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer
from phaodai.territory.models import Unit


class OriginLevelQuerySet(models.QuerySet["OriginLevel"]):
    """Published levels by day and unit."""

    def visible_to(self, actor: Actor) -> Self:
        """Those that the officer's province keeps."""
        return self.filter(**actor.in_province)

    def on(self, day: date, units: Iterable[int]) -> "dict[int, OriginLevel]":
        """What was published of some units for a day: the last that had begun."""
        begun = self.filter(unit_id__in=units, since__lte=day).filter(Q(until=None) | Q(until__gte=day))
        return {one.unit_id: one for one in begun.order_by("unit_id", "-since", "-id").distinct("unit_id")}


@pghistory.track(*audited())
class OriginLevel(Record, AreaColumns):
    """What the authorities of another place published. The area columns say whose register it stands in."""

    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="origin_levels", verbose_name=pgettext_lazy("arrival", "Place of origin")
    )
    level = models.PositiveSmallIntegerField(_("Level"), choices=[(number, str(number)) for number in range(1, 5)])
    locked_down = models.BooleanField(pgettext_lazy("arrival", "Under lockdown"), default=False)
    since = models.DateField(pgettext_lazy("arrival", "From"))
    until = models.DateField(pgettext_lazy("arrival", "Until"), null=True, blank=True)
    source = models.CharField(pgettext_lazy("arrival", "Published in"), max_length=160)
    recorded_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+", verbose_name=_("Recorded by"))

    objects = OriginLevelQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["province_id", "unit", "since"],
                name="origin_level_once_a_day",
                violation_error_message=_("A level of this place is recorded from this day already. Correct that row."),
            ),
            models.CheckConstraint(condition=Q(level__range=(1, 4)), name="origin_level_known"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="origin_level_ends_after_it_begins",
                violation_error_message=_("The last day lies before the first. Correct one of the two."),
            ),
        ]
        indexes = [models.Index(fields=["unit", "-since"])]

    def __str__(self) -> str:
        return f"{self.unit}: {self.level}"
