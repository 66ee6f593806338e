"""After the dose: half an hour on site, and what people felt in the weeks that follow."""

from datetime import datetime
from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer, Organisation
from phaodai.vaccination.models.doses import Dose, seen_by
from phaodai.vaccination.models.sessions import Session


class ObservationQuerySet(models.QuerySet["Observation"]):
    """Who is being watched."""

    def visible_to(self, actor: Actor) -> Self:
        """Those whose dose the officer may see."""
        return self.filter(seen_by(actor))

    def watched(self) -> Self:
        """Those who have not been released."""
        return self.filter(released_at=None)

    def due(self, moment: datetime) -> Self:
        """Those whose time is over and who have not been released."""
        return self.watched().filter(due_at__lte=moment)


class Observation(AreaColumns):
    """Somebody on the chairs after a dose: until when, and who let them go."""

    dose = models.OneToOneField(Dose, models.CASCADE, related_name="observation")
    session = models.ForeignKey(Session, models.PROTECT, null=True, related_name="observations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField(_("Watched until"))
    released_at = models.DateTimeField(_("Released"), null=True)
    released_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    objects = ObservationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["session", "due_at"], condition=Q(released_at=None), name="observation_watched")
        ]


class AdverseReactionQuerySet(models.QuerySet["AdverseReaction"]):
    """Events by officer, severity and duty."""

    def visible_to(self, actor: Actor) -> Self:
        """Events of people of the officer's area, and those that the officer's organisation gave or reported."""
        return self.filter(seen_by(actor))

    def serious(self) -> Self:
        """Those that the province must investigate."""
        return self.filter(severity=AdverseReaction.Severity.SERIOUS)

    def to_investigate(self) -> Self:
        """Serious ones without a report of investigation."""
        return self.serious().filter(investigated_at=None)


@pghistory.track(*audited())
class AdverseReaction(Record, AreaColumns):
    """Something felt or seen after a dose (phản ứng sau tiêm); a serious one sets clocks of the law running."""

    class Severity(models.TextChoices):
        """How bad it was."""

        MILD = "mild", pgettext_lazy("event", "Mild")
        MODERATE = "moderate", pgettext_lazy("event", "Moderate")
        SERIOUS = "serious", pgettext_lazy("event", "Serious")

    class Where(models.TextChoices):
        """Where it was found."""

        SITE = "site", pgettext_lazy("event", "During the watch on site")
        HOME = "home", pgettext_lazy("event", "At home, told by the person or family")
        FACILITY = "facility", pgettext_lazy("event", "At a facility")

    class Outcome(models.TextChoices):
        """How it ended, as far as known."""

        GOING_ON = "", pgettext_lazy("event", "Going on")
        RECOVERED = "recovered", pgettext_lazy("event", "Recovered")
        DISABLED = "disabled", pgettext_lazy("event", "Recovered with lasting harm")
        DIED = "died", pgettext_lazy("event", "Died")

    dose = models.ForeignKey(Dose, models.PROTECT, related_name="reactions", verbose_name=_("Dose"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    severity = models.CharField(_("Severity"), max_length=8, choices=Severity.choices)
    found = models.CharField(pgettext_lazy("event", "Where it was found"), max_length=8, choices=Where.choices)
    symptoms = models.CharField(_("Symptoms"), max_length=300)
    began_at = models.DateTimeField(pgettext_lazy("event", "Began"))
    reported_at = models.DateTimeField(pgettext_lazy("event", "Reported"))
    reported_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+", verbose_name=_("By"))
    treatment = models.CharField(pgettext_lazy("event", "What was done"), max_length=300, blank=True)
    outcome = models.CharField(_("Outcome"), max_length=9, choices=Outcome.choices, blank=True, default="")
    investigate_by = models.DateTimeField(_("Investigation due"), null=True, blank=True)
    investigated_at = models.DateTimeField(_("Investigated"), null=True, blank=True)
    council_by = models.DateField(_("Council due"), null=True, blank=True)
    council_at = models.DateTimeField(_("Council met"), null=True, blank=True)
    conclusion = models.CharField(_("Conclusion"), max_length=300, blank=True)

    objects = AdverseReactionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(council_at=None) | Q(investigated_at__isnull=False),
                name="event_council_after_investigation",
                violation_error_message=_("The council meets on the report of the investigation. Write that first."),
            )
        ]
        indexes = [
            models.Index(fields=["province_id", "-reported_at", "-id"], name="adverse_province"),
            models.Index(fields=["district_id", "-reported_at", "-id"], name="adverse_district"),
            models.Index(fields=["commune_id", "-reported_at", "-id"], name="adverse_commune"),
            models.Index(fields=["organisation", "-reported_at", "-id"], name="adverse_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.get_severity_display()} {self.began_at:%d/%m}"
