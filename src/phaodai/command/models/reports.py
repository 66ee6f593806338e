"""Outgoing reports: drafted from the data, mended by a person, signed by name."""

from typing import Self

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from phaodai.command.rules.periods import Period, day_of, week_of
from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer, Organisation


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """The database's own policy decides (`protect` in the migrations); nothing narrower holds."""
        del actor
        return self


@pghistory.track(*audited())
class Report(Record, AreaColumns):
    """The report of one organisation for a day or a week; `on` is the day, or the Monday.

    `figures` are frozen when it is signed; until then they follow the data.
    """

    class Kind(models.TextChoices):
        """How often it goes out."""

        DAILY = "daily", _("Daily report")
        WEEKLY = "weekly", _("Weekly report")

    class State(models.TextChoices):
        """Whether it can still be mended."""

        DRAFT = "draft", _("Draft")
        SIGNED = "signed", _("Signed")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="reports", verbose_name=_("Unit"))
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices, default=Kind.DAILY)
    on = models.DateField(_("Day"))
    state = models.CharField(_("State"), max_length=8, choices=State.choices, default=State.DRAFT)
    as_of = models.DateTimeField(_("Figures as of"))
    figures = models.JSONField(default=dict)
    assessment = models.TextField(_("Assessment"), blank=True)
    difficulties = models.TextField(_("Difficulties and proposals"), blank=True)
    next_steps = models.TextField(_("Next steps"), blank=True)
    number = models.PositiveIntegerField(_("Number"), null=True, blank=True)
    signer = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Signer")
    )
    signer_title = models.CharField(_("Signer's title"), max_length=120, blank=True)
    signed_at = models.DateTimeField(_("Signed"), null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "on"], name="one_report_a_day"),
            models.CheckConstraint(
                name="report_signed_by_name",
                condition=models.Q(state="draft")
                | models.Q(signer__isnull=False, signed_at__isnull=False, number__isnull=False),
                violation_error_message=_("A signed report carries its number, its signer and the moment."),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-on"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on:%d/%m/%Y}"

    @property
    def period(self) -> Period:
        """The days it speaks of."""
        return week_of(self.on) if self.kind == self.Kind.WEEKLY else day_of(self.on)


class OutgoingNumber(models.Model):
    """The last number given in an organisation's outgoing book, by year and kind of document."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "year", "kind"], name="outgoing_book_once")]
