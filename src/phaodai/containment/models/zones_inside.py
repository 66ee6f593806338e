"""Which households a lockdown zone holds, day by day: derived from its parts, set-wise, and kept as history."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.containment.models.zones import Zone
from phaodai.foundation.models import AreaColumns
from phaodai.foundation.scope import Actor
from phaodai.people.models import Household


class ZoneHouseholdQuerySet(models.QuerySet["ZoneHousehold"]):
    """Households inside by day and by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Households of the officer's area; the database refuses the rest as well."""
        return self.filter(**actor.area.narrowing)

    def on(self, day: date) -> Self:
        """Who is inside on a day."""
        return self.filter(Q(until_on=None) | Q(until_on__gt=day), from_on__lte=day)


class ZoneHousehold(AreaColumns):
    """A household inside a zone from a day until another; the area is the household's own."""

    zone = models.ForeignKey(Zone, models.CASCADE, related_name="inside", verbose_name=_("Lockdown zone"))
    household = models.ForeignKey(Household, models.PROTECT, related_name="zones", verbose_name=_("Household"))
    from_on = models.DateField(pgettext_lazy("zone", "First day inside"))
    until_on = models.DateField(pgettext_lazy("zone", "First day outside"), null=True, blank=True)
    people = models.PositiveSmallIntegerField(_("People"), default=0, db_comment="members when it was last reckoned")

    objects = ZoneHouseholdQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["zone", "household"], condition=Q(until_on__isnull=True), name="household_once_inside"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="household_inside_in_order"
            ),
        ]
