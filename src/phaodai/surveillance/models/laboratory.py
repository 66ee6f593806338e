"""Samples and their results."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Person


class LabTestQuerySet(models.QuerySet["LabTest"]):
    """Tests by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's area."""
        return self.filter(**actor.area.narrowing)


@pghistory.track(*audited())
class LabTest(Record, AreaColumns):
    """One sample of one person: asked for, taken, answered."""

    class Method(models.TextChoices):
        """How it is examined."""

        PCR = "pcr", _("PCR")
        ANTIGEN = "antigen", _("Rapid antigen")

    class Result(models.TextChoices):
        """What the laboratory said."""

        WAITING = "", _("Not yet known")
        POSITIVE = "positive", _("Positive")
        NEGATIVE = "negative", _("Negative")
        UNCLEAR = "unclear", _("Unclear: take another sample")

    person = models.ForeignKey(Person, models.PROTECT, related_name="lab_tests", verbose_name=_("Person"))
    method = models.CharField(_("Method"), max_length=8, choices=Method.choices, default=Method.PCR)
    sampled_at = models.DateTimeField(_("Sample taken"))
    result = models.CharField(_("Result"), max_length=8, choices=Result.choices, blank=True, default="")
    result_at = models.DateTimeField(_("Result known"), null=True, blank=True)
    cycle_threshold = models.DecimalField(_("Ct value"), max_digits=4, decimal_places=1, null=True, blank=True)
    laboratory = models.CharField(_("Laboratory"), max_length=160, blank=True)
    barcode = models.CharField(_("Barcode"), max_length=40, blank=True)

    objects = LabTestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["barcode"], condition=~Q(barcode=""), name="lab_barcode_once"),
            models.CheckConstraint(
                condition=Q(result_at__isnull=True) | Q(result_at__gte=F("sampled_at")),
                name="lab_result_after_sample",
                violation_error_message=_("The result is known before the sample was taken. Correct one of the two."),
            ),
            models.CheckConstraint(
                condition=Q(result="") | Q(result_at__isnull=False),
                name="lab_result_has_a_moment",
                violation_error_message=_("Say when the result was known."),
            ),
        ]
        indexes = [models.Index(fields=["person", "-sampled_at"]), models.Index(fields=["province_id", "-sampled_at"])]

    def __str__(self) -> str:
        return f"{self.get_method_display()} {self.sampled_at:%d/%m/%Y}"
