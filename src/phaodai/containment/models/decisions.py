"""A level proposed, decided and announced: which level a unit really is at."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from phaodai.command.models import OutgoingPaper
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer, Organisation
from phaodai.territory.models import Unit


class LevelDecisionQuerySet(models.QuerySet["LevelDecision"]):
    """Proposals and decisions."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's province."""
        return self.filter(**actor.in_province)

    def waiting(self) -> Self:
        """Proposals that nobody has answered."""
        return self.filter(state=LevelDecision.State.PROPOSED)

    def to_announce(self) -> Self:
        """Decisions that the people have not been told."""
        return self.filter(state=LevelDecision.State.DECIDED, announced_at=None)

    def in_force(self) -> Self:
        """Decisions that count, or will from their moment on: decided and announced."""
        return self.filter(state=LevelDecision.State.DECIDED, announced_at__isnull=False)

    def last_decided(self, units: Iterable[int] | None = None) -> "dict[int, LevelDecision]":
        """The last decision of each unit, whether or not it has begun."""
        rows = self.filter(state=LevelDecision.State.DECIDED)
        rows = rows if units is None else rows.filter(unit_id__in=units)
        return {one.unit_id: one for one in rows.order_by("unit_id", "-decided_at", "-id").distinct("unit_id")}

    def levels_on(self, on: date, units: Iterable[int] | None = None) -> dict[int, int]:
        """The level at which each unit is by the end of a day."""
        end = datetime.combine(on + timedelta(days=1), time(0), tzinfo=VIETNAM)
        rows = self.in_force().filter(takes_effect_at__lt=end)
        rows = rows if units is None else rows.filter(unit_id__in=units)
        last = rows.order_by("unit_id", "-takes_effect_at", "-id").distinct("unit_id")
        return dict(last.values_list("unit_id", "to_level"))


@pghistory.track(*audited())
class LevelDecision(Record, AreaColumns):
    """From one level to another: what the rule proposed, what a person decided, from when it counts.

    The machine's proposal stays beside a decision that differs from it, with the reason.
    """

    class State(models.TextChoices):
        """How far it has come."""

        PROPOSED = "proposed", _("Waits for a decision")
        DECIDED = "decided", _("Decided")
        REFUSED = "refused", _("Sent back")
        LAPSED = "lapsed", _("Lapsed: the figures changed")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="level_decisions", verbose_name=_("Unit"))
    state = models.CharField(_("State"), max_length=8, choices=State.choices, default=State.PROPOSED)
    from_level = models.PositiveSmallIntegerField(_("From level"), null=True)
    proposed_level = models.PositiveSmallIntegerField(_("Level proposed"))
    to_level = models.PositiveSmallIntegerField(_("To level"))
    assessed_on = models.DateField(_("Assessed on"))
    week_ending = models.DateField(_("Week ending"), null=True)
    proposed_at = models.DateTimeField(_("Proposed"))
    takes_effect_at = models.DateTimeField(_("Takes effect"))
    notice_hours = models.PositiveSmallIntegerField(_("Hours of notice"))
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("Deciding body")
    )
    decided_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+", verbose_name=_("Decided by"))
    decided_title = models.CharField(_("Title"), max_length=120, blank=True)
    decided_at = models.DateTimeField(_("Decided at"), null=True)
    number = models.PositiveIntegerField(_("Number"), null=True)
    paper = models.ForeignKey(
        OutgoingPaper, models.PROTECT, null=True, related_name="level_decisions", verbose_name=_("Signed paper")
    )
    announced_at = models.DateTimeField(_("Announced"), null=True)
    duties = ArrayField(
        models.BigIntegerField(), default=list, editable=False, db_comment="row ids of the tasks that followed"
    )

    objects = LevelDecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit"], condition=Q(state="proposed"), name="one_proposal_at_a_time"),
            models.CheckConstraint(
                condition=Q(to_level__range=(1, 4), proposed_level__range=(1, 4)), name="decision_level_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="decided") | Q(decided_at__isnull=False, number__isnull=False),
                name="decision_is_signed",
            ),
        ]
        indexes = [
            models.Index(fields=["province_id", "state", "-proposed_at"]),
            models.Index(fields=["unit", "-takes_effect_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.from_level or '–'} → {self.to_level}"

    @property
    def rises(self) -> bool:
        """Whether the unit goes up; its first level ever is no rise."""
        return self.from_level is not None and self.to_level > self.from_level
