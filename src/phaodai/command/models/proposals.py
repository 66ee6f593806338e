"""What the office means to ask for before it is sent: one proposal may become a task for each of many units."""

from typing import Self

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from phaodai.command.models.documents import Clause, Document
from phaodai.foundation.models import Record, audited
from phaodai.people.models import Organisation


class Recurrence(models.TextChoices):
    """How often the same duty falls due."""

    ONCE = "once", _("Once")
    DAILY = "daily", _("Daily")
    WEEKLY = "weekly", _("Weekly")
    EVERY_CASE = "every_case", _("For every case")


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Proposals by state."""

    def open(self) -> Self:
        """Not sent and not dropped."""
        return self.filter(state__in=[Proposal.State.PROPOSED, Proposal.State.ACCEPTED])

    def in_order(self) -> Self:
        """In the order of the clauses."""
        return self.order_by("clause__position", "position")


@pghistory.track(*audited())
class Proposal(Record):
    """A task in the making, beside the clause it comes from.

    The machine proposes; a person accepts, mends, splits or drops it; sending makes one task for each addressee.
    A deadline that the machine read stays `deadline_read` until a person sets it.
    """

    class State(models.TextChoices):
        """What the office has said of it."""

        PROPOSED = "proposed", _("Proposed")
        ACCEPTED = "accepted", _("Accepted")
        DROPPED = "dropped", _("Dropped")
        SENT = "sent", _("Sent")

    document = models.ForeignKey(Document, models.CASCADE, related_name="proposals")
    clause = models.ForeignKey(Clause, models.CASCADE, related_name="proposals", verbose_name=_("Section"))
    also_clauses = models.ManyToManyField(Clause, related_name="+", blank=True, verbose_name=_("Other sections"))
    kept_apart = models.ManyToManyField("command.Task", related_name="+", blank=True, verbose_name=_("Kept beside"))
    position = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(_("State"), max_length=10, choices=State.choices, default=State.PROPOSED)
    title = models.CharField(_("Task"), max_length=300)
    measure = models.CharField(_("Measured by"), max_length=300, blank=True)
    target = models.DecimalField(_("Target"), max_digits=14, decimal_places=2, null=True, blank=True)
    measure_unit = models.CharField(_("Unit of measure"), max_length=30, blank=True)
    addressees = models.ManyToManyField(Organisation, related_name="+", blank=True, verbose_name=_("Accountable units"))
    coordinating = models.ManyToManyField(
        Organisation, related_name="+", blank=True, verbose_name=_("In co-ordination with")
    )
    unmatched = models.JSONField(default=list, blank=True, db_comment="names in the text that fit no organisation yet")
    deadline = models.DateTimeField(_("Deadline"), null=True, blank=True)
    deadline_read = models.CharField(_("Deadline as printed"), max_length=200, blank=True)
    recurrence = models.CharField(_("Recurs"), max_length=10, choices=Recurrence.choices, default=Recurrence.ONCE)
    no_deadline_reason = models.CharField(_("Why no deadline"), max_length=200, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clause", "position"], name="proposal_position_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def label(self) -> str:
        """The number people use: 2.1 is the first task of section 2."""
        return f"{self.clause.path}.{self.position}"
