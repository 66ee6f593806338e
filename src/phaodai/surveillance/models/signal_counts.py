"""Syndromic counts: what a unit saw of fever, cough or absence in a day, before any test."""

from datetime import date
from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.territory.models import Unit


class SignalSource(models.TextChoices):
    """Who counted, and whom."""

    DECLARATIONS = "declarations", _("Health declarations with symptoms")
    SCREENING = "screening", _("Symptoms found door to door")
    SCHOOLS = "schools", _("Absent from school")
    PLANTS = "plants", _("Absent from work at plants")
    PHARMACIES = "pharmacies", _("Fever and cough medicine sold")
    CONTACTS = "contacts", _("Followed contacts with symptoms")
    CASES = "cases", _("Cases who came with symptoms")


OWN_BOOKS = (SignalSource.CONTACTS, SignalSource.CASES)
"""Counted by the program from its own records; nobody sends them."""
ABSENT_IS_ZERO = frozenset({SignalSource.CASES})
"""The book of cases is whole: a day without a row had nobody. Of every other source such a day is not known."""


class SignalCountQuerySet(models.QuerySet["SignalCount"]):
    """Counts by officer and by day."""

    def visible_to(self, actor: Actor) -> Self:
        """The counts of the officer's whole province: they carry no person, and clusters cross borders."""
        return self.filter(**actor.in_province)

    def between(self, first: date, last: date) -> Self:
        """Counts of the days from `first` to `last`, both included."""
        return self.filter(day__range=(first, last))


@pghistory.track(*audited())
class SignalCount(Record, AreaColumns):
    """How many people of one unit showed a sign on one day, by one source; out of how many asked, where that is known."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="signal_counts", verbose_name=_("Unit"))
    code = models.CharField(_("Unit code"), max_length=12)
    day = models.DateField(_("Day"))
    source = models.CharField(_("Source"), max_length=12, choices=SignalSource.choices)
    count = models.PositiveIntegerField(_("With the sign"))
    denominator = models.PositiveIntegerField(_("Out of"), null=True, blank=True)
    counted = models.BooleanField(default=False, editable=False, db_comment="by the program from its own records")

    objects = SignalCountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "day", "source"],
                name="signal_once_a_day",
                violation_error_message=_("This unit already has a count of that source for that day. Mend that row."),
            ),
            models.CheckConstraint(
                condition=Q(denominator__isnull=True) | Q(denominator__gte=F("count")),
                name="signal_count_within_its_denominator",
                violation_error_message=_("More people with the sign than were asked. Mend one of the two numbers."),
            ),
        ]
        indexes = [models.Index(fields=["province_id", "-day"]), models.Index(fields=["day", "source"])]

    def __str__(self) -> str:
        return f"{self.unit}, {self.day:%d/%m/%Y}"
