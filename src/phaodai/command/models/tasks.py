"""Tasks: what a clause asks of a unit, passed down tier by tier, and what the units answered."""

from datetime import datetime
from typing import Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.command.models.documents import Clause, Document
from phaodai.command.models.proposals import Proposal, Recurrence
from phaodai.foundation.models import AreaColumns, KeptFile, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer, Organisation


class TaskQuerySet(models.QuerySet["Task"]):
    """Tasks by state, by debtor and by clock."""

    def visible_to(self, actor: Actor) -> Self:
        """The database's own policy decides (`protect` in the migrations); nothing narrower holds."""
        del actor
        return self

    def live(self) -> Self:
        """Tasks that somebody still owes."""
        return self.filter(state__in=Task.LIVE)

    def owed_by(self, organisation_id: int | None) -> Self:
        """Tasks that this organisation answers for."""
        return self.filter(organisation_id=organisation_id)

    def given_by(self, organisation_id: int | None) -> Self:
        """Tasks whose result this organisation waits for."""
        return self.filter(giver_id=organisation_id)

    def late(self, moment: datetime) -> Self:
        """Live tasks past their deadline."""
        return self.live().filter(deadline__lt=moment)

    def silent_since(self, moment: datetime) -> Self:
        """Live tasks without a word from the unit since `moment`."""
        return self.live().filter(last_word_at__lt=moment)

    def to_review(self) -> Self:
        """Tasks reported as done that wait for the giver's answer."""
        return self.filter(state=Task.State.REPORTED)

    def leaves(self) -> Self:
        """The smallest tasks: those that nobody has split further."""
        return self.filter(is_split=False)

    def tops(self) -> Self:
        """Tasks whose parent does not exist or is not shown to this officer: where the officer's own tree begins."""
        shown = Task.objects.filter(pk=OuterRef("parent_id"))
        return self.filter(Q(parent=None) | ~Exists(shown))

    def below(self, task: "Task") -> Self:
        """Every task that grew out of `task`."""
        return self.filter(lineage__contains=[task.pk]).exclude(pk=task.pk)


@pghistory.track(*audited())
class Task(Record, AreaColumns):
    """A piece of work with an accountable unit and head, a deadline and a measure.

    `lineage` holds the row ids from the root task down to this one. The area columns are those of the accountable
    organisation. A task without a deadline says why; a recurring one holds its next due moment.
    """

    class State(models.TextChoices):
        """Its way from the giver's desk to the door and back."""

        SENT = "sent", _("Sent")
        TAKEN = "taken", _("Taken on")
        REPORTED = "reported", _("Reported done")
        DONE = "done", _("Done")
        CANCELLED = "cancelled", _("Withdrawn")

    LIVE = (State.SENT, State.TAKEN, State.REPORTED)

    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name=_("Document")
    )
    clause = models.ForeignKey(
        Clause, models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name=_("Section")
    )
    also_clauses = models.ManyToManyField(
        Clause, related_name="also_tasks", blank=True, verbose_name=_("Other sections")
    )
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, blank=True, related_name="tasks", editable=False)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("Part of")
    )
    lineage = ArrayField(models.BigIntegerField(), default=list, editable=False)
    is_split = models.BooleanField(default=False, editable=False)
    title = models.CharField(_("Task"), max_length=300)
    measure = models.CharField(_("Measured by"), max_length=300, blank=True)
    target = models.DecimalField(_("Target"), max_digits=14, decimal_places=2, null=True, blank=True)
    achieved = models.DecimalField(_("Achieved"), max_digits=14, decimal_places=2, null=True, blank=True)
    measure_unit = models.CharField(_("Unit of measure"), max_length=30, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="tasks", verbose_name=_("Accountable unit")
    )
    head = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Head"))
    giver = models.ForeignKey(Organisation, models.PROTECT, related_name="given_tasks", verbose_name=_("Owed to"))
    coordinating = models.ManyToManyField(
        Organisation, related_name="+", blank=True, verbose_name=_("In co-ordination with")
    )
    deadline = models.DateTimeField(_("Deadline"), null=True, blank=True)
    recurrence = models.CharField(_("Recurs"), max_length=10, choices=Recurrence.choices, default=Recurrence.ONCE)
    no_deadline_reason = models.CharField(_("Why no deadline"), max_length=200, blank=True)
    state = models.CharField(_("State"), max_length=10, choices=State.choices, default=State.SENT)
    sent_at = models.DateTimeField(_("Sent"))
    read_at = models.DateTimeField(_("Read"), null=True, blank=True)
    last_word_at = models.DateTimeField(_("Last word"), db_comment="or the sending, until the unit says a first word")
    done_at = models.DateTimeField(_("Done"), null=True, blank=True)
    escalated_at = models.DateTimeField(_("Escalated"), null=True, blank=True)
    escalated_to = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Escalated to")
    )
    reminders = models.PositiveSmallIntegerField(_("Reminders"), default=0)

    search_key = models.TextField(editable=False, default="")

    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="task_deadline_or_reason",
                condition=Q(deadline__isnull=False) | ~Q(no_deadline_reason="") | Q(recurrence="every_case"),
                violation_error_message=_("Give the task a deadline, or say why it has none."),
            ),
            models.CheckConstraint(
                name="task_done_has_moment",
                condition=~Q(state="done") | Q(done_at__isnull=False),
                violation_error_message=_("A finished task carries the moment it was finished."),
            ),
            models.CheckConstraint(
                name="task_target_positive",
                condition=Q(target__isnull=True) | Q(target__gt=0),
                violation_error_message=_("The target is a number above zero."),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "state", "deadline"]),
            models.Index(fields=["giver", "state"]),
            models.Index(fields=["document", "parent"]),
            models.Index(fields=["parent"]),
            GinIndex(fields=["lineage"], name="task_lineage"),
            models.Index(fields=["district_id", "state"]),
            models.Index(fields=["commune_id", "state"]),
            models.Index(fields=["province_id", "state", "deadline"]),
        ]

    def __str__(self) -> str:
        return self.title


class TaskReach(models.Model):
    """An organisation on the chain above a task, or co-ordinating: it sees the task wherever it lies."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="reached")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "task"], name="task_reach_once")]


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Progress(models.Model):
    """One line in the log of a task; never changed, never deleted by the program."""

    class Kind(models.TextChoices):
        """What the line says."""

        SENT = "sent", _("Sent")
        READ = "read", _("Read and taken on")
        SPLIT = "split", _("Passed on")
        WORD = "word", _("Progress")
        DIFFICULTY = "difficulty", _("Difficulty")
        REPORTED = "reported", _("Reported done")
        ACCEPTED = "accepted", pgettext_lazy("log", "Accepted")
        RETURNED = "returned", _("Returned")
        REMINDED = "reminded", _("Reminded")
        EXTENDED = "extended", _("Deadline moved")
        EXPLAIN = "explain", _("Explanation asked")
        MOVED = "moved", _("Handed over")
        ESCALATED = "escalated", _("Escalated")
        CHANGED = "changed", _("Changed")
        CANCELLED = "cancelled", _("Withdrawn")

    OF_THE_UNIT = (Kind.READ, Kind.SPLIT, Kind.WORD, Kind.DIFFICULTY, Kind.REPORTED)

    task = models.ForeignKey(Task, models.CASCADE, related_name="log")
    kind = models.CharField(_("What"), max_length=10, choices=Kind.choices)
    at = models.DateTimeField(_("When"))
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+", verbose_name=_("Who"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("Unit"))
    text = models.TextField(_("Words"), blank=True)
    achieved = models.DecimalField(_("Achieved"), max_digits=14, decimal_places=2, null=True, blank=True)
    key = models.UUIDField(
        null=True, unique=True, db_comment="idempotency key of the sender: the same line sent twice is one line"
    )

    class Meta:
        indexes = [models.Index(fields=["task", "-at"])]


class Evidence(KeptFile):
    """A file that shows the work done."""

    progress = models.ForeignKey(Progress, models.CASCADE, related_name="evidence")
