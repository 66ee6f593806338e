"""Infections that began inside a facility, and reviews of deaths."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.care.models.facilities import Facility, Ward
from phaodai.care.models.patients import Patient
from phaodai.command.models import Task
from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer


class InsideInfectionQuerySet(models.QuerySet["InsideInfection"]):
    """Suspicions by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Those in facilities of the officer's area, or run by the officer's organisation."""
        if actor.reach == "all":
            return self
        run_here = Q(facility__organisation_id=actor.organisation)
        return self.filter(run_here if actor.reach == "own" else Q(**actor.area.narrowing) | run_here)


@pghistory.track(*audited())
class InsideInfection(Record, AreaColumns):
    """Somebody who perhaps caught the disease in the facility. The area is that of the facility."""

    class State(models.TextChoices):
        """What was made of it."""

        SUSPECTED = "suspected", pgettext_lazy("inside", "Suspected")
        CONFIRMED = "confirmed", pgettext_lazy("inside", "Confirmed")
        DISMISSED = "dismissed", pgettext_lazy("inside", "Dismissed")

    patient = models.OneToOneField(Patient, models.PROTECT, related_name="inside_infection")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+", verbose_name=_("Facility"))
    ward = models.ForeignKey(Ward, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Ward"))
    initials = models.CharField(pgettext_lazy("patient", "Initials"), max_length=40)
    admitted_on = models.DateField(pgettext_lazy("patient", "Admitted"))
    began_on = models.DateField(_("First sign"))
    began_by = models.CharField(max_length=8, db_comment="onset or positive: which day counts as the first sign")
    days_inside = models.PositiveSmallIntegerField(_("Days after admission"))
    grounds = models.JSONField(default=dict, db_comment="window in days, its document, and which of the two signs held")
    state = models.CharField(_("State"), max_length=9, choices=State.choices, default=State.SUSPECTED)
    raised_at = models.DateTimeField(pgettext_lazy("inside", "Raised"))
    decided_at = models.DateTimeField(_("Decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Decided by")
    )
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    search_key = models.CharField(max_length=300, editable=False, default="", db_default="")

    objects = InsideInfectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="suspected", decided_at__isnull=True)
                | (~Q(state="suspected") & Q(decided_at__isnull=False) & ~Q(reason="")),
                name="inside_decision_has_reason",
                violation_error_message=_("Say why, in a few words."),
            ),
        ]
        indexes = [models.Index(fields=["facility", "ward", "-began_on"], name="inside_of_ward")]

    def __str__(self) -> str:
        return self.initials


class DeathReviewQuerySet(models.QuerySet["DeathReview"]):
    """Reviews by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the facilities that the officer's organisation runs; and for a district or the province, of its area."""
        if actor.reach == "all":
            return self
        run_here = Q(facility__organisation_id=actor.organisation)
        if actor.reach == "own" or actor.area.commune is not None:
            return self.filter(run_here)
        return self.filter(Q(**actor.area.narrowing) | run_here)

    def owed(self) -> Self:
        """Those not yet done."""
        return self.filter(done_at=None)


@pghistory.track(*audited())
class DeathReview(Record, AreaColumns):
    """What a death teaches: confidential, never in a sheet, a search or the JSON interface."""

    class Avoidable(models.TextChoices):
        """Whether it could have been avoided, as the reviewers see it."""

        NO = "no", pgettext_lazy("death", "Could not have been avoided")
        PERHAPS = "perhaps", pgettext_lazy("death", "Perhaps avoidable")
        YES = "yes", pgettext_lazy("death", "Could have been avoided")

    patient = models.OneToOneField(Patient, models.PROTECT, related_name="death_review")
    facility = models.ForeignKey(
        Facility, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Facility")
    )
    died_at = models.DateTimeField(pgettext_lazy("death", "Died at"))
    due_on = models.DateField(pgettext_lazy("death", "Review due"))
    direct_cause = models.CharField(pgettext_lazy("death", "Direct cause"), max_length=200, blank=True)
    underlying_cause = models.CharField(pgettext_lazy("death", "Underlying cause"), max_length=200, blank=True)
    contributing = models.CharField(pgettext_lazy("death", "Other conditions"), max_length=300, blank=True)
    timeline = models.TextField(pgettext_lazy("death", "Timeline"), blank=True)
    lessons = models.TextField(pgettext_lazy("death", "What could have been done"), blank=True)
    avoidable = models.CharField(
        pgettext_lazy("death", "Avoidable"), max_length=7, choices=Avoidable.choices, blank=True
    )
    done_at = models.DateTimeField(pgettext_lazy("death", "Review done"), null=True, blank=True)
    done_by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, related_name="+")
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="+")

    objects = DeathReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | (~Q(underlying_cause="") & ~Q(lessons="") & ~Q(avoidable="")),
                name="death_review_done_is_whole",
                violation_error_message=_(
                    "Write the underlying cause, what could have been done, and whether it was avoidable."
                ),
            ),
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(done_at=None), name="death_review_owed")]

    def __str__(self) -> str:
        return f"{self.patient_id}"
