"""What was measured of somebody at home: by the family, in a call or on a visit. Written once."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.care.models.home import HomeCare, of_seen_people
from phaodai.foundation.models import AreaColumns
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer


class ReadingQuerySet(models.QuerySet["Reading"]):
    """Readings by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the people whom the officer sees."""
        return of_seen_people(self, actor)


class Reading(AreaColumns):
    """One reading; `key` is made by whoever sends it, so that a repetition is known again."""

    class Source(models.TextChoices):
        """Who measured."""

        FAMILY = "family", pgettext_lazy("reading", "Family")
        CALL = "call", pgettext_lazy("reading", "Telephone call")
        VISIT = "visit", pgettext_lazy("reading", "Visit")

    class Feeling(models.TextChoices):
        """How the person feels against the reading before."""

        BETTER = "better", pgettext_lazy("reading", "Better")
        SAME = "same", pgettext_lazy("reading", "The same")
        WORSE = "worse", pgettext_lazy("reading", "Worse")

    home_care = models.ForeignKey(HomeCare, models.PROTECT, related_name="readings")
    key = models.UUIDField(unique=True)
    at = models.DateTimeField(_("Measured"))
    received_at = models.DateTimeField(pgettext_lazy("reading", "Received"))
    source = models.CharField(_("From"), max_length=6, choices=Source.choices)
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    spo2 = models.PositiveSmallIntegerField(_("SpO2 (%)"), null=True, blank=True)
    temperature = models.DecimalField(_("Temperature"), max_digits=3, decimal_places=1, null=True, blank=True)
    respiratory_rate = models.PositiveSmallIntegerField(_("Breaths a minute"), null=True, blank=True)
    pulse = models.PositiveSmallIntegerField(_("Pulse"), null=True, blank=True)
    feeling = models.CharField(
        pgettext_lazy("reading", "Feels"), max_length=6, choices=Feeling.choices, blank=True, default=""
    )
    signs = models.JSONField(default=list, blank=True, db_comment="warning signs that were ticked")
    words = models.CharField(_("Note"), max_length=300, blank=True)
    alarm = models.JSONField(default=list, blank=True, db_comment="findings of the alarm rule, each with its source")

    objects = ReadingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(spo2__isnull=True) | Q(spo2__range=(40, 100)),
                name="reading_spo2_possible",
                violation_error_message=_("SpO2 lies between 40 and 100 percent. Look at the device again."),
            ),
            models.CheckConstraint(
                condition=Q(temperature__isnull=True) | Q(temperature__range=(30, 45)),
                name="reading_temperature_possible",
                violation_error_message=_("A body temperature lies between 30 and 45 degrees."),
            ),
        ]
        indexes = [models.Index(fields=["home_care", "-at"], name="reading_of_home_care")]
