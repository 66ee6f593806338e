"""Patients: one person's treatment from the first assessment to its end, with every assessment between."""

from typing import Self

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.care.models.facilities import BedKind, Facility, TreatmentTier
from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer, Person
from phaodai.surveillance.models import Case


class Support(models.TextChoices):
    """What helps somebody breathe, the least first."""

    NONE = "none", pgettext_lazy("support", "No oxygen")
    OXYGEN = "oxygen", pgettext_lazy("support", "Oxygen by mask or cannula")
    HIGH_FLOW = "high_flow", pgettext_lazy("support", "High-flow oxygen")
    MASK = "mask", pgettext_lazy("support", "Ventilation by mask")
    VENTILATOR = "ventilator", pgettext_lazy("support", "Ventilator")
    ECMO = "ecmo", pgettext_lazy("support", "ECMO")


class PatientQuerySet(models.QuerySet["Patient"]):
    """Patients by officer and by where they are in their treatment."""

    def visible_to(self, actor: Actor) -> Self:
        """Those who live in the officer's area, whom the officer's organisation treats, or who are on their way to it.

        The database shows no others; asking the same again would cost a join in each of the register's twenty counts.
        """
        whole_province = actor.reach == "area" and actor.area.district is None
        return self.filter(province_id=actor.area.province) if whole_province else self

    def open(self) -> Self:
        """Those whose treatment goes on."""
        return self.filter(ended_at=None)

    def inside(self) -> Self:
        """Those who lie in a facility."""
        return self.filter(state=Patient.State.INSIDE)


@pghistory.track(*audited())
class Patient(Record, AreaColumns):
    """One course of treatment of one person. The area is that of the home, or of the facility where no home is known.

    `severity`, `tier`, `need` and `support` repeat the last assessment, so that lists, boards and figures need no other
    table. What a facility may know of somebody stands here: whoever treats sees neither the register of residents nor
    the case; `full_name` is shown on request, and every look is kept (`PatientLook`).
    """

    class Reason(models.TextChoices):
        """Why somebody is treated."""

        DISEASE = "disease", pgettext_lazy("patient", "The epidemic disease")
        OTHER = "other", pgettext_lazy("patient", "Another reason")

    class State(models.TextChoices):
        """How far the treatment has come."""

        WAITING = "waiting", pgettext_lazy("patient", "Waiting for a place")
        INSIDE = "inside", pgettext_lazy("patient", "In a facility")
        DISCHARGED = "discharged", pgettext_lazy("patient", "Discharged")
        DIED = "died", pgettext_lazy("patient", "Died")
        AWAY = "away", pgettext_lazy("patient", "Transferred out")
        LEFT = "left", pgettext_lazy("patient", "Left without discharge")

    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="patients", verbose_name=_("Person")
    )
    case = models.ForeignKey(
        Case,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="patients",
        verbose_name=pgettext_lazy("patient", "Case"),
    )
    case_code = models.CharField(_("Case number"), max_length=60, blank=True)
    full_name = models.CharField(_("Full name"), max_length=120, blank=True)
    initials = models.CharField(pgettext_lazy("patient", "Initials"), max_length=40)
    sex = models.CharField(_("Sex"), max_length=1, choices=Person.Sex.choices, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("Year of birth"), null=True, blank=True)
    phone = models.CharField(_("Telephone of a relative"), max_length=20, blank=True)
    reason = models.CharField(
        pgettext_lazy("patient", "Treated for"), max_length=7, choices=Reason.choices, default=Reason.DISEASE
    )
    state = models.CharField(_("State"), max_length=10, choices=State.choices, default=State.WAITING)
    severity = models.CharField(_("Severity"), max_length=12, choices=Case.Severity.choices, blank=True)
    tier = models.PositiveSmallIntegerField(_("Treatment tier"), choices=TreatmentTier.choices, null=True, blank=True)
    need = models.CharField(_("Bed needed"), max_length=6, choices=BedKind.choices, default=BedKind.PLAIN)
    support = models.CharField(_("Breathing support"), max_length=10, choices=Support.choices, default=Support.NONE)
    comorbidity = models.BooleanField(_("Underlying disease"), null=True, blank=True)
    conditions = models.CharField(_("Which underlying diseases"), max_length=200, blank=True)
    pregnant = models.BooleanField(_("Pregnant or just given birth"), null=True, blank=True)
    fully_vaccinated = models.BooleanField(_("Fully vaccinated"), null=True, blank=True)
    facility = models.ForeignKey(
        Facility, models.PROTECT, null=True, blank=True, related_name="patients", verbose_name=_("Facility")
    )
    negative_at_admission = models.BooleanField(_("Negative on admission"), null=True, blank=True)
    onset_on = models.DateField(_("Onset"), null=True, blank=True)
    symptoms_end_on = models.DateField(_("Symptoms ended on"), null=True, blank=True)
    positive_on = models.DateField(_("First positive sample"), null=True, blank=True)
    negative_on = models.DateField(_("Last negative sample"), null=True, blank=True)
    registered_at = models.DateTimeField(pgettext_lazy("patient", "Registered"))
    admitted_at = models.DateTimeField(pgettext_lazy("patient", "Admitted"), null=True, blank=True)
    assessed_at = models.DateTimeField(pgettext_lazy("patient", "Last assessed"), null=True, blank=True)
    ended_at = models.DateTimeField(pgettext_lazy("patient", "Ended"), null=True, blank=True)
    ending = models.JSONField(default=dict, blank=True, db_comment="the rule's record and the reason of the end")
    search_key = models.CharField(max_length=300, editable=False, default="", db_default="")

    objects = PatientQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ended_at=None),
                name="patient_treated_once",
                violation_error_message=_("This person is under treatment already. Open that record."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, state__in=["waiting", "inside"])
                | Q(ended_at__isnull=False, state__in=["discharged", "died", "away", "left"]),
                name="patient_state_and_end_agree",
            ),
            models.CheckConstraint(
                condition=~Q(state="inside") | Q(facility__isnull=False, admitted_at__isnull=False),
                name="patient_inside_is_somewhere",
            ),
            models.CheckConstraint(condition=Q(tier__isnull=True) | Q(tier__in=[1, 2, 3]), name="patient_tier_known"),
        ]
        indexes = [
            models.Index(fields=["facility", "state"], include=["severity", "tier", "support"], name="patient_at"),
            models.Index(fields=["province_id", "-registered_at", "-id"], name="patient_of_province"),
            models.Index(fields=["district_id", "-registered_at", "-id"], name="patient_of_district"),
            models.Index(fields=["commune_id", "-registered_at", "-id"], name="patient_of_commune"),
            models.Index(fields=["case"], name="patient_of_case"),
            GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="patient_words"),
        ]

    def __str__(self) -> str:
        return self.initials

    @property
    def code(self) -> str:
        """The number by which a facility calls somebody: BN-00012."""
        return f"BN-{self.pk:05}"

    @property
    def is_open(self) -> bool:
        """Whether the treatment goes on."""
        return self.ended_at is None

    @property
    def is_severe(self) -> bool:
        """Severe or critical."""
        return self.severity in (Case.Severity.SEVERE, Case.Severity.CRITICAL)


@pghistory.track(*audited())
class Assessment(models.Model):
    """How somebody was at one moment, the severity and tier drawn from it, and by which rule or for which reason."""

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="assessments")
    at = models.DateTimeField(pgettext_lazy("patient", "Assessed"))
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    symptoms = models.JSONField(default=list, blank=True, db_comment="keys of the list of symptoms")
    spo2 = models.PositiveSmallIntegerField(_("SpO2"), null=True, blank=True, db_comment="per cent, breathing air")
    respiratory_rate = models.PositiveSmallIntegerField(_("Breaths a minute"), null=True, blank=True)
    lesion_share = models.FloatField(_("Share of the lungs with lesions"), null=True, blank=True, db_comment="0 to 1")
    critical = models.BooleanField(_("Shock or failing organs"), default=False)
    support = models.CharField(_("Breathing support"), max_length=10, choices=Support.choices, default=Support.NONE)
    severity = models.CharField(_("Severity"), max_length=12, choices=Case.Severity.choices)
    tier = models.PositiveSmallIntegerField(_("Treatment tier"), choices=TreatmentTier.choices, null=True, blank=True)
    need = models.CharField(_("Bed needed"), max_length=6, choices=BedKind.choices)
    decision = models.JSONField(
        default=dict, blank=True, db_comment="what the rule of severity and tier said, or did not"
    )
    risk = models.JSONField(default=dict, blank=True, db_comment="what the rule of risk groups said, or did not")
    chosen = models.BooleanField(default=False, db_comment="the severity was written by a doctor, not by a rule")
    reason = models.CharField(_("Reason"), max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(spo2__isnull=True) | Q(spo2__range=(30, 100)),
                name="assessment_spo2_possible",
                violation_error_message=_("SpO2 lies between 30 and 100 per cent. Look at the device again."),
            ),
            models.CheckConstraint(
                condition=Q(respiratory_rate__isnull=True) | Q(respiratory_rate__range=(4, 90)),
                name="assessment_breaths_possible",
                violation_error_message=_("A breathing rate lies between 4 and 90 a minute. Count again."),
            ),
            models.CheckConstraint(
                condition=Q(chosen=False) | ~Q(reason=""),
                name="assessment_choice_has_reason",
                violation_error_message=_("Say why this severity was chosen; the reason stays with the patient."),
            ),
        ]
        indexes = [models.Index(fields=["patient", "-at", "-id"], name="assessment_latest")]


class PatientStep(models.Model):
    """What happened to a patient, in words; never changed."""

    class What(models.TextChoices):
        """The steps."""

        REGISTERED = "registered", pgettext_lazy("patient", "Registered")
        ASSESSED = "assessed", pgettext_lazy("patient", "Assessed")
        ADMITTED = "admitted", pgettext_lazy("patient", "Admitted to a facility")
        MOVED = "moved", pgettext_lazy("patient", "Moved to another bed")
        TESTED = "tested", pgettext_lazy("patient", "Sample noted")
        TRANSFER = "transfer", pgettext_lazy("patient", "Transfer")
        LINKED = "linked", pgettext_lazy("patient", "Linked to a case")
        DISCHARGED = "discharged", pgettext_lazy("patient", "Discharged")
        DIED = "died", pgettext_lazy("patient", "Died")
        AWAY = "away", pgettext_lazy("patient", "Transferred out")
        LEFT = "left", pgettext_lazy("patient", "Left without discharge")
        INFECTED = "infected", pgettext_lazy("patient", "Perhaps infected in the facility")

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="steps")
    what = models.CharField(max_length=10, choices=What.choices)
    at = models.DateTimeField()
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["patient", "at"])]


class PatientLook(models.Model):
    """One look at a patient's full name: who, when and why; never changed."""

    class Purpose(models.TextChoices):
        """Why the name is opened."""

        TREATMENT = "treatment", pgettext_lazy("patient", "Treatment")
        TRANSFER = "transfer", pgettext_lazy("patient", "Transfer")
        RELATIVES = "relatives", pgettext_lazy("patient", "Telling the relatives")
        PAPERS = "papers", pgettext_lazy("patient", "Papers of the patient")

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="looks")
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    purpose = models.CharField(_("Purpose"), max_length=10, choices=Purpose.choices)
    at = models.DateTimeField()
