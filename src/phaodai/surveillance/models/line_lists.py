"""Line lists that come in: the sheet, its mapping, and how far it has been read."""

from typing import Self

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer


@pghistory.track(*audited())
class ColumnMapping(Record):
    """What the columns of a kind of sheet mean, confirmed once: found again by the headers alone."""

    province_id = models.IntegerField()
    signature = models.CharField(max_length=64, db_comment="SHA-256 of the folded headers in their order")
    kind = models.CharField(max_length=20, db_comment="cases, contacts, visits …")
    headers = models.JSONField()
    fields = models.JSONField(db_comment="header to field, with the form of its dates and numbers")
    confirmed_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["province_id", "kind", "signature"], name="mapping_once")]


class LineListQuerySet(models.QuerySet["LineList"]):
    """Sheets by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's area."""
        return self.filter(**actor.area.narrowing)


@pghistory.track(*audited(), exclude=["content"])
class LineList(Record, AreaColumns):
    """One sheet that was taken in. Its rows are written in steps, each in one transaction with the place reached."""

    class State(models.TextChoices):
        """How far it has come."""

        MAPPING = "mapping", _("Columns to confirm")
        RUNNING = "running", _("Being read")
        FINISHED = "finished", _("Read")
        REFUSED = "refused", _("Refused")

    name = models.CharField(_("File name"), max_length=255)
    sheet = models.CharField(_("Sheet"), max_length=120, blank=True)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    kind = models.CharField(max_length=20, default="cases")
    state = models.CharField(_("State"), max_length=8, choices=State.choices, default=State.MAPPING)
    mapping = models.ForeignKey(ColumnMapping, models.PROTECT, null=True, related_name="+")
    rows = models.PositiveIntegerField(_("Rows"), default=0)
    reached = models.PositiveIntegerField(_("Rows read"), default=0)
    inserted = models.PositiveIntegerField(_("New"), default=0)
    updated = models.PositiveIntegerField(_("Changed"), default=0)
    unchanged = models.PositiveIntegerField(_("As before"), default=0)
    parked = models.PositiveIntegerField(_("Set aside"), default=0)
    prefix = models.CharField(
        _("Put before its case numbers"), max_length=40, blank=True, default="", db_default="",
        db_comment="for a list that numbers other people 1, 2, 3 as the books do already",
    )  # fmt: skip
    problem = models.CharField(max_length=500, blank=True)
    taken_in_at = models.DateTimeField(_("Taken in"))
    finished_at = models.DateTimeField(_("Finished"), null=True)
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    objects = LineListQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["province_id", "-taken_in_at"])]

    def __str__(self) -> str:
        return self.name


class ParkedCase(models.Model):
    """A row that was set aside: kept as it came, with the field and the reason, until it is mended or dropped."""

    line_list = models.ForeignKey(LineList, models.CASCADE, related_name="parked_rows")
    row_number = models.PositiveIntegerField(_("Row"))
    cells = models.JSONField()
    field = models.CharField(max_length=60, blank=True)
    reason_code = models.CharField(max_length=60, db_comment="groups rows that one deed may mend")
    reason = models.CharField(_("Reason"), max_length=500)
    suggestion = models.CharField(_("Suggestion"), max_length=200, blank=True)
    mended_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line_list", "row_number"], name="parked_row_once")]
