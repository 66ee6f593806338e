"""What a zone owes to those inside, and the visits that show that it is tight inside as well."""

from datetime import date
from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.containment.models.zones import Zone
from phaodai.containment.models.zones_gates import OfAreaQuerySet
from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.people.models import Household, Officer


class NeedQuerySet(OfAreaQuerySet):
    """Needs by what is owed."""

    def owed(self) -> Self:
        """What has not been brought yet."""
        return self.filter(delivered_at=None)

    def late(self, day: date) -> Self:
        """What should have been brought before a day."""
        return self.owed().filter(due_on__lt=day)


@pghistory.track(*audited())
class Need(Record, AreaColumns):
    """Something a household inside is owed, until it was brought to the door."""

    class Kind(models.TextChoices):
        """What sort of thing."""

        FOOD = "food", pgettext_lazy("need", "Food")
        MEDICINE = "medicine", pgettext_lazy("need", "Medicine")
        OTHER = "other", pgettext_lazy("need", "Other goods")

    zone = models.ForeignKey(Zone, models.PROTECT, related_name="needs", verbose_name=_("Lockdown zone"))
    household = models.ForeignKey(Household, models.PROTECT, related_name="needs", verbose_name=_("Household"))
    kind = models.CharField(_("Kind"), max_length=8, choices=Kind.choices)
    what = models.CharField(pgettext_lazy("need", "What"), max_length=160)
    quantity = models.PositiveIntegerField(pgettext_lazy("need", "How many"), default=1)
    due_on = models.DateField(pgettext_lazy("need", "To be brought by"))
    asked_at = models.DateTimeField(_("Asked"))
    delivered_at = models.DateTimeField(pgettext_lazy("need", "Brought"), null=True, blank=True)
    delivered_by = models.ForeignKey(
        Officer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("need", "Brought by"),
    )

    objects = NeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0),
                name="need_of_something",
                violation_error_message=_("Somebody who needs something needs at least one of it."),
            ),
            models.UniqueConstraint(
                fields=["zone", "household", "kind", "what", "due_on"],
                name="need_asked_once",
                violation_error_message=_("This need of the household is on the list already."),
            ),
        ]
        indexes = [models.Index(fields=["zone", "delivered_at", "due_on"])]

    def __str__(self) -> str:
        return self.what


@pghistory.track(*audited())
class HouseCheck(AreaColumns):
    """One visit to a household inside: were its people at home. Written once, known again by the telephone's key."""

    class Found(models.TextChoices):
        """What the visit found."""

        PRESENT = "present", pgettext_lazy("house check", "All at home")
        ABSENT = "absent", pgettext_lazy("house check", "Somebody was away")
        CLOSED = "closed", pgettext_lazy("house check", "Nobody opened")

    zone = models.ForeignKey(Zone, models.PROTECT, related_name="checks", verbose_name=_("Lockdown zone"))
    household = models.ForeignKey(Household, models.PROTECT, related_name="checks", verbose_name=_("Household"))
    key = models.UUIDField(unique=True, editable=False)
    found = models.CharField(pgettext_lazy("house check", "Found"), max_length=8, choices=Found.choices)
    note = models.CharField(_("Note"), max_length=200, blank=True)
    at = models.DateTimeField(_("When"))
    recorded_at = models.DateTimeField(pgettext_lazy("log", "Received"))
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+", verbose_name=_("Recorded by"))

    objects = OfAreaQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["zone", "household", "-at"])]
