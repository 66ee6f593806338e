"""Laboratories: where samples are examined, how many a day, and in what time an answer is promised."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Organisation
from phaodai.territory.models import Place


class LaboratoryQuerySet(models.QuerySet["Laboratory"]):
    """Laboratories by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's province: a commune sends its samples wherever there is room."""
        return self.filter(**actor.in_province)

    def open(self) -> Self:
        """Those that take samples in today."""
        return self.filter(closed_on=None)

    def worked_by(self, actor: Actor) -> Self:
        """Those whose results this officer enters: the own organisation's, and those of the officer's area."""
        if actor.reach == "all":
            return self
        inside = Q(**actor.area.narrowing)
        own = Q(organisation=actor.organisation)
        return self.filter(own if actor.reach == "own" else inside | own)


@pghistory.track(*audited())
class Laboratory(Record, AreaColumns):
    """A place that examines samples. Its staff see the tubes that were sent to it, by barcode, and no name."""

    code = models.CharField(_("Code"), max_length=40)
    name = models.CharField(_("Name"), max_length=160)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="laboratories", verbose_name=_("Run by")
    )
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=pgettext_lazy("site", "Place")
    )
    methods = models.JSONField(_("Methods"), default=list, db_comment="values of LabTest.Method")
    capacity = models.PositiveIntegerField(_("Tubes a day"), db_comment="tubes a day, pools counted once")
    turnaround_hours = models.PositiveSmallIntegerField(
        _("Answer promised within"), default=24, db_comment="hours from receipt to result"
    )
    closed_on = models.DateField(pgettext_lazy("site", "Closed on"), null=True, blank=True)
    sort_key = models.CharField(max_length=200, editable=False, db_collation="C")
    search_key = models.CharField(max_length=250, editable=False)

    objects = LaboratoryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["province_id", "code"],
                name="laboratory_code_once",
                violation_error_message=_("Another laboratory has this code. Choose another."),
            ),
            models.CheckConstraint(
                condition=Q(capacity__gt=0) & Q(turnaround_hours__gt=0),
                name="laboratory_works",
                violation_error_message=_("A laboratory examines at least one tube a day, and promises its answer."),
            ),
        ]
        indexes = [models.Index(fields=["organisation"])]

    def __str__(self) -> str:
        return self.name
