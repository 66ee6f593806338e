"""Cases (F0): one episode of illness of one person, from suspicion to outcome."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Person
from phaodai.surveillance.models.outbreaks import Outbreak
from phaodai.territory.models import Place

UNPLACED = 0
"""The province of cases that came before any territory was loaded: no unit has this row id, so only the installation
itself sees them until a sheet that names their unit places them."""


class Setting(models.TextChoices):
    """Where somebody was infected or exposed."""

    HOUSEHOLD = "household", _("Household")
    WORKPLACE = "workplace", _("Workplace")
    SCHOOL = "school", _("School")
    HEALTH_CARE = "health_care", _("Health facility")
    MARKET = "market", _("Market or shop")
    TRANSPORT = "transport", _("Transport")
    GATHERING = "gathering", _("Gathering")
    WORSHIP = "worship", _("Place of worship")
    QUARANTINE = "quarantine", _("Quarantine site")
    COMMUNITY = "community", _("Community")
    ARRIVAL = "arrival", _("Came from elsewhere")
    OTHER = "other", _("Other")


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases by officer and by what is known of them."""

    def visible_to(self, actor: Actor) -> Self:
        """Cases of the officer's area; the database refuses the rest as well."""
        return self.filter(**actor.area.narrowing)

    def counted(self) -> Self:
        """Confirmed cases: those that every figure counts."""
        return self.filter(classification=Case.Classification.CONFIRMED)

    def live(self) -> Self:
        """All but those that turned out to be none."""
        return self.exclude(classification=Case.Classification.DISCARDED)


@pghistory.track(*audited())
class Case(Record, AreaColumns):
    """One episode of illness: a reinfection of the same person is a case of its own, with the next `episode`."""

    class Classification(models.TextChoices):
        """What the case definition in force says; the tests behind it may change it."""

        SUSPECTED = "suspected", _("Suspected")
        PROBABLE = "probable", _("Probable")
        CONFIRMED = "confirmed", pgettext_lazy("case", "Confirmed")
        DISCARDED = "discarded", _("Not a case")

    class Outcome(models.TextChoices):
        """How the illness ended."""

        NONE = "", _("In treatment or isolation")
        RECOVERED = "recovered", _("Recovered")
        DIED = "died", _("Died")
        MOVED = "moved", _("Moved elsewhere")

    class Severity(models.TextChoices):
        """The worst state reached."""

        NONE = "asymptomatic", _("No symptoms")
        MILD = "mild", _("Mild")
        MODERATE = "moderate", _("Moderate")
        SEVERE = "severe", _("Severe")
        CRITICAL = "critical", _("Critical")

    class Detection(models.TextChoices):
        """How it was found."""

        CONTACT = "contact", _("Followed contact")
        QUARANTINE = "quarantine", _("In quarantine")
        SYMPTOMS = "symptoms", _("Came with symptoms")
        SCREENING = "screening", _("Screening")
        ARRIVAL = "arrival", _("On arrival")

    code = models.CharField(_("Case number"), max_length=60)
    person = models.ForeignKey(Person, models.PROTECT, related_name="cases", verbose_name=_("Person"))
    episode = models.PositiveSmallIntegerField(_("Episode"), default=1, db_comment="2 for a first reinfection")
    disease = models.CharField(_("Disease"), max_length=20, default="covid-19", db_comment="pack of the rulebook")
    classification = models.CharField(
        _("Classification"), max_length=10, choices=Classification.choices, default=Classification.CONFIRMED
    )
    detected_by = models.CharField(_("Found by"), max_length=12, choices=Detection.choices, blank=True)
    age = models.DecimalField(
        _("Age"), max_digits=4, decimal_places=1, null=True, blank=True, db_comment="years, as reported"
    )
    occupation = models.CharField(_("Occupation"), max_length=120, blank=True)
    symptoms = models.CharField(_("Symptoms"), max_length=500, blank=True)
    onset_on = models.DateField(_("Onset"), null=True, blank=True)
    exposed_from = models.DateField(_("Exposed from"), null=True, blank=True)
    exposed_to = models.DateField(_("Exposed until"), null=True, blank=True)
    sampled_on = models.DateField(_("First positive sample"), null=True, blank=True)
    positive_at = models.DateTimeField(_("Positive result"), null=True, blank=True)
    reported_on = models.DateField(_("Reported"), null=True, blank=True)
    isolated_at = models.DateTimeField(_("Isolated"), null=True, blank=True)
    infectious_until = models.DateField(_("Infectious until"), null=True, blank=True)
    severity = models.CharField(_("Severity"), max_length=12, choices=Severity.choices, blank=True)
    variant = models.CharField(_("Variant"), max_length=40, blank=True)
    outcome = models.CharField(
        pgettext_lazy("case", "Outcome"), max_length=10, choices=Outcome.choices, blank=True, default=""
    )
    outcome_on = models.DateField(_("Outcome on"), null=True, blank=True)
    setting = models.CharField(_("Infected at"), max_length=12, choices=Setting.choices, blank=True)
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Place of infection")
    )
    source_known = models.BooleanField(_("Source known"), null=True, blank=True)
    imported = models.BooleanField(_("Infected outside the province"), null=True, blank=True)
    outbreak = models.ForeignKey(
        Outbreak, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name=_("Outbreak")
    )
    residence = models.CharField(_("Residence as reported"), max_length=200, blank=True)
    facility = models.CharField(_("Facility as reported"), max_length=200, blank=True)
    decision = models.JSONField(
        default=dict, blank=True, db_comment="what the case definition said of it: outcome, facts, document, why"
    )
    notes = models.TextField(_("Notes"), blank=True)
    given = models.JSONField(
        default=dict, blank=True, db_comment="cells of the line list that no column took, as they came"
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["province_id", "code"],
                name="case_code_once",
                violation_error_message=_(
                    "This case number is taken. Open that case, or give this one the next number."
                ),
            ),
            models.UniqueConstraint(
                fields=["person", "disease", "episode"],
                name="case_episode_once",
                violation_error_message=_("This person already has a case. A reinfection is the next episode."),
            ),
            models.CheckConstraint(
                condition=Q(onset_on__isnull=True)
                | Q(outcome_on__isnull=True)
                | ~Q(outcome="died")
                | Q(onset_on__lte=F("outcome_on")),
                name="case_onset_before_death",
                violation_error_message=_("The onset is after the death. Correct one of the two dates."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(classification__in=["suspected", "probable", "confirmed"]),
                name="case_outcome_of_a_case",
                violation_error_message=_("Somebody who turned out to be no case has no outcome. Clear it."),
            ),
            models.CheckConstraint(condition=Q(age__isnull=True) | Q(age__range=(0, 130)), name="case_age_possible"),
        ]
        indexes = [
            models.Index(fields=["province_id", "-reported_on", "-id"]),
            models.Index(fields=["district_id", "-reported_on", "-id"]),
            models.Index(fields=["commune_id", "-reported_on", "-id"]),
            models.Index(fields=["province_id", "onset_on"]),
            models.Index(fields=["outbreak"]),
        ]

    def __str__(self) -> str:
        return self.code
