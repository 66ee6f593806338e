"""Checks of places against the checklist of their kind: the visit, what it found, and whether that was put right."""

from datetime import date
from typing import Any, Self

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.command.models import Task
from phaodai.foundation.models import AreaColumns, KeptFile, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer, Organisation
from phaodai.territory.models import Place


class CheckQuerySet(models.QuerySet["Check"]):
    """Visits by officer and by day."""

    def visible_to(self, actor: Actor) -> Self:
        """Those in the officer's area."""
        return self.filter(**actor.in_province)

    def last_of_places(self) -> Self:
        """The last visit to each place."""
        return self.order_by("place_id", "-visited_at", "-id").distinct("place_id")


@pghistory.track(*audited())
class Check(AreaColumns):
    """One visit to one place, answered item by item. It is not edited: what was put right is seen by a second visit.

    `answers` holds for each item its id, its words as they were asked, the answer (ok, not, na) and a note.
    """

    place = models.ForeignKey(
        Place, models.PROTECT, related_name="checks", verbose_name=pgettext_lazy("check", "Place")
    )
    checklist = models.CharField(_("Checklist"), max_length=12)
    checklist_version = models.PositiveSmallIntegerField(_("Version of the checklist"))
    visited_at = models.DateTimeField(pgettext_lazy("check", "Visited"))
    received_at = models.DateTimeField(pgettext_lazy("check", "Received"))
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+", verbose_name=_("Visited by"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("Unit"))
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name=_("Second visit after")
    )
    answers = models.JSONField(_("Answers"))
    asked = models.PositiveSmallIntegerField(_("Items that apply"))
    failed = models.PositiveSmallIntegerField(_("Items not met"))
    complies = models.BooleanField(_("Complies"), db_comment="nothing of this place is left open after this visit")
    note = models.CharField(_("Note"), max_length=500, blank=True)
    key = models.UUIDField(unique=True, editable=False, db_comment="made by the phone, so that a repetition is known")

    objects = CheckQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(failed__lte=models.F("asked")), name="check_failed_were_asked")
        ]
        indexes = [
            models.Index(fields=["place", "-visited_at"]),
            models.Index(fields=["province_id", "-visited_at"]),
            models.Index(fields=["commune_id", "-visited_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.place}, {self.visited_at:%d/%m/%Y}"

    def answer_to(self, item: str) -> dict[str, Any] | None:
        """What was answered to one item."""
        return next((one for one in self.answers if one["item"] == item), None)


class CheckPhoto(KeptFile):
    """A picture that shows what was found, or that it was put right."""

    check_made = models.ForeignKey(Check, models.CASCADE, related_name="photos")
    item = models.CharField(max_length=20, blank=True)


class CheckFindingQuerySet(models.QuerySet["CheckFinding"]):
    """Findings by officer, state and deadline."""

    def visible_to(self, actor: Actor) -> Self:
        """Those in the officer's area."""
        return self.filter(**actor.in_province)

    def open(self) -> Self:
        """What was not put right yet."""
        return self.filter(state=CheckFinding.State.OPEN)

    def overdue(self, on: date) -> Self:
        """Open past the deadline."""
        return self.open().filter(deadline__lt=on)


@pghistory.track(*audited())
class CheckFinding(Record, AreaColumns):
    """One item that a place did not meet, what it must do, and by when."""

    class State(models.TextChoices):
        """Whether it was put right."""

        OPEN = "open", pgettext_lazy("finding", "To be put right")
        REMEDIED = "remedied", pgettext_lazy("finding", "Put right")

    check_made = models.ForeignKey(Check, models.PROTECT, related_name="findings", verbose_name=_("Visit"))
    place = models.ForeignKey(
        Place, models.PROTECT, related_name="findings", verbose_name=pgettext_lazy("check", "Place")
    )
    item = models.CharField(_("Item"), max_length=20)
    words = models.JSONField(_("What was asked"), db_comment="vi and en, as asked")
    remedy = models.JSONField(_("What to do"), db_comment="vi and en")
    note = models.CharField(_("Note"), max_length=300, blank=True)
    deadline = models.DateField(_("Deadline"))
    state = models.CharField(_("State"), max_length=8, choices=State.choices, default=State.OPEN)
    remedied_at = models.DateTimeField(_("Put right"), null=True, blank=True)
    seen_by = models.ForeignKey(
        Check, models.PROTECT, null=True, blank=True, related_name="remedied", verbose_name=_("Seen put right on")
    )
    told_at = models.DateTimeField(_("Told that it is late"), null=True, blank=True)
    task = models.ForeignKey(
        Task, models.PROTECT, null=True, blank=True, related_name="findings", verbose_name=_("Task")
    )

    objects = CheckFindingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["check_made", "item"], name="check_finding_once_a_visit"),
            models.UniqueConstraint(
                fields=["place", "item"], condition=Q(state="open"), name="check_finding_open_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="remedied") | Q(remedied_at__isnull=False), name="check_finding_remedy_dated"
            ),
        ]
        indexes = [
            models.Index(fields=["province_id", "state", "deadline"]),
            models.Index(fields=["commune_id", "state", "deadline"]),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.words['vi']}"
