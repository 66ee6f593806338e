"""Which priority group has its turn, where and from which day, by which decision."""

from datetime import date
from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer
from phaodai.territory.models import Unit
from phaodai.vaccination.law.vocabulary import group_choices


class GroupTurnQuerySet(models.QuerySet["GroupTurn"]):
    """Turns by day and officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Whose turn it is is known in the whole province."""
        return self.filter(**actor.in_province)

    def open_on(self, day: date) -> Self:
        """Groups that are open on a day."""
        return self.filter(opens_on__lte=day).filter(Q(closes_on=None) | Q(closes_on__gt=day))


@pghistory.track(*audited())
class GroupTurn(Record, AreaColumns):
    """One group of one unit in the plan: how many, by when, and from which day it is open, by which decision."""

    group = models.CharField(pgettext_lazy("vaccination", "Priority group"), max_length=20, choices=group_choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Unit"))
    target = models.PositiveIntegerField(pgettext_lazy("vaccination", "People to reach"), null=True, blank=True)
    due_on = models.DateField(pgettext_lazy("vaccination", "To be reached by"), null=True, blank=True)
    opens_on = models.DateField(pgettext_lazy("vaccination", "Open from"))
    closes_on = models.DateField(pgettext_lazy("vaccination", "Open until"), null=True, blank=True)
    document = models.CharField(pgettext_lazy("vaccination", "Decision"), max_length=160)
    rank = models.PositiveSmallIntegerField(null=True, db_comment="place in the order; empty where no order names it")
    citation = models.JSONField(default=dict, db_comment="the rulebook's decision behind the rank")
    reason = models.CharField(
        pgettext_lazy("vaccination", "Reason where the order is not verified"), max_length=300, blank=True
    )
    decided_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    objects = GroupTurnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "group"],
                condition=Q(closes_on=None),
                name="group_open_once",
                violation_error_message=_("This group is open in this unit already."),
            ),
            models.CheckConstraint(
                condition=Q(closes_on=None) | Q(closes_on__gte=F("opens_on")),
                name="group_closes_after_it_opens",
                violation_error_message=_("The group would close before it opened. Correct one of the two days."),
            ),
        ]
        indexes = [models.Index(fields=["province_id", "opens_on"])]

    def __str__(self) -> str:
        return f"{self.get_group_display()} · {self.unit}"
