"""Sheets of doses that come in: how far each was read, and the rows that wait."""

from typing import Self

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer


class DoseSheetQuerySet(models.QuerySet["DoseSheet"]):
    """Sheets by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's area."""
        return self.filter(**actor.area.narrowing)


@pghistory.track(*audited(), exclude=["content"])
class DoseSheet(Record, AreaColumns):
    """One sheet of doses. Its rows are written in steps, each in one transaction with the place reached."""

    class State(models.TextChoices):
        """How far it has come."""

        RUNNING = "running", pgettext_lazy("sheet", "Being read")
        FINISHED = "finished", pgettext_lazy("sheet", "Read")

    name = models.CharField(_("File name"), max_length=255)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    state = models.CharField(_("State"), max_length=8, choices=State.choices, default=State.RUNNING)
    rows = models.PositiveIntegerField(_("Rows"), default=0)
    reached = models.PositiveIntegerField(_("Rows read"), default=0)
    inserted = models.PositiveIntegerField(pgettext_lazy("doses", "New"), default=0)
    had = models.PositiveIntegerField(pgettext_lazy("doses", "In the books already"), default=0)
    parked = models.PositiveIntegerField(_("Set aside"), default=0)
    matched = models.PositiveIntegerField(pgettext_lazy("doses", "Matched to a person"), default=0)
    doubted = models.PositiveIntegerField(pgettext_lazy("doses", "Doubted"), default=0)
    taken_in_at = models.DateTimeField(_("Taken in"))
    finished_at = models.DateTimeField(_("Finished"), null=True)
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    objects = DoseSheetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["province_id", "sha256"], condition=models.Q(state="running"), name="dose_sheet_running_once"
            )
        ]
        indexes = [models.Index(fields=["province_id", "-taken_in_at"], name="dose_sheet_province")]

    def __str__(self) -> str:
        return self.name


class ParkedDoseQuerySet(models.QuerySet["ParkedDose"]):
    """Rows that were set aside, by state."""

    def waiting(self) -> Self:
        """Those that nobody has mended or given up."""
        return self.exclude(code__in=(ParkedDose.MENDED, ParkedDose.GIVEN_UP))


class ParkedDose(models.Model):
    """A row that was set aside: kept as it came, with the reason in words, until it is mended or given up."""

    MENDED, GIVEN_UP = "mended", "given-up"

    sheet = models.ForeignKey(DoseSheet, models.CASCADE, related_name="parked_rows")
    row_number = models.PositiveIntegerField(_("Row"))
    cells = models.JSONField()
    code = models.CharField(max_length=20, db_comment="groups rows that one deed may mend")
    reason = models.CharField(_("Reason"), max_length=300)

    objects = ParkedDoseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "row_number"], name="parked_dose_once")]
