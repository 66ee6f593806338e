"""Plans for more beds: what is opened or converted, by when, with which staff and oxygen, and who answers for it."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.care.models.facilities import BedKind, Facility
from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Organisation


class UpgradePlanQuerySet(models.QuerySet["UpgradePlan"]):
    """Plans by officer and by state."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's province, as the facilities that they change."""
        return self.filter(**actor.in_province)

    def ahead(self) -> Self:
        """Those that are still to bring beds."""
        return self.filter(state__in=(UpgradePlan.State.PLANNED, UpgradePlan.State.UNDER_WAY))


@pghistory.track(*audited())
class UpgradePlan(Record, AreaColumns):
    """Beds that a facility is to have by a day."""

    class Way(models.TextChoices):
        """How the beds come about."""

        OPEN = "open", pgettext_lazy("upgrade", "Open new beds")
        CONVERT = "convert", pgettext_lazy("upgrade", "Convert beds that it has")

    class State(models.TextChoices):
        """How far it is."""

        PLANNED = "planned", pgettext_lazy("upgrade", "Planned")
        UNDER_WAY = "under_way", pgettext_lazy("upgrade", "Under way")
        DONE = "done", pgettext_lazy("upgrade", "Done")
        DROPPED = "dropped", pgettext_lazy("upgrade", "Dropped")

    facility = models.ForeignKey(
        Facility, models.PROTECT, related_name="upgrades", verbose_name=pgettext_lazy("care", "Facility")
    )
    way = models.CharField(pgettext_lazy("upgrade", "How"), max_length=7, choices=Way.choices, default=Way.OPEN)
    from_kind = models.CharField(
        pgettext_lazy("upgrade", "From beds of the kind"), max_length=6, choices=BedKind.choices, blank=True
    )
    kind = models.CharField(pgettext_lazy("upgrade", "Beds of the kind"), max_length=6, choices=BedKind.choices)
    beds = models.PositiveSmallIntegerField(pgettext_lazy("upgrade", "Beds"))
    ready_on = models.DateField(pgettext_lazy("upgrade", "Ready on"))
    doctors = models.PositiveSmallIntegerField(pgettext_lazy("upgrade", "Doctors needed"), default=0)
    nurses = models.PositiveSmallIntegerField(pgettext_lazy("upgrade", "Nurses needed"), default=0)
    oxygen_flow = models.PositiveIntegerField(
        pgettext_lazy("upgrade", "Oxygen needed, litres a minute"), default=0, db_comment="litres of gas a minute"
    )
    answers = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("upgrade", "Who answers for it")
    )
    order_reference = models.CharField(pgettext_lazy("facility", "By order"), max_length=160)
    state = models.CharField(_("State"), max_length=9, choices=State.choices, default=State.PLANNED)
    done_on = models.DateField(pgettext_lazy("upgrade", "Done on"), null=True, blank=True)
    reason = models.CharField(pgettext_lazy("upgrade", "Why dropped"), max_length=300, blank=True)

    objects = UpgradePlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(beds__gt=0),
                name="upgrade_has_beds",
                violation_error_message=_("A plan brings at least one bed."),
            ),
            models.CheckConstraint(
                condition=Q(way="open", from_kind="")
                | (Q(way="convert") & ~Q(from_kind="") & ~Q(from_kind=models.F("kind"))),
                name="upgrade_says_from_what",
                violation_error_message=_("Say which beds are converted; they must be of another kind."),
            ),
        ]
        indexes = [models.Index(fields=["province_id", "ready_on"])]

    def __str__(self) -> str:
        return f"{self.facility.name} · {self.beds} · {self.ready_on:%d/%m/%Y}"
