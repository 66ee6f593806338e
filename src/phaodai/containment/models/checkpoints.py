"""Checkpoints: where people who arrive are met, whose they are, and who stands there when."""

from datetime import datetime
from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.care.models import Shift
from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Organisation


class CheckpointQuerySet(models.QuerySet["Checkpoint"]):
    """Checkpoints by officer and by moment."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's province: who arrives at one gate lives behind another."""
        return self.filter(**actor.in_province)

    def open_at(self, moment: datetime) -> Self:
        """Checkpoints that are manned at a moment."""
        return self.filter(opened_at__lte=moment).filter(Q(closed_at=None) | Q(closed_at__gt=moment))


@pghistory.track(*audited())
class Checkpoint(Record, AreaColumns):
    """A place on the way into the area where arrivals are registered for their health."""

    class Kind(models.TextChoices):
        """What comes through it."""

        ROAD = "road", pgettext_lazy("checkpoint", "Road")
        STATION = "station", pgettext_lazy("checkpoint", "Coach or railway station")
        AIRPORT = "airport", pgettext_lazy("checkpoint", "Airport")
        WATER = "water", pgettext_lazy("checkpoint", "River landing or port")
        BORDER = "border", pgettext_lazy("checkpoint", "Border crossing or trail")
        COMMUNE = "commune", pgettext_lazy("checkpoint", "Commune gate")

    name = models.CharField(pgettext_lazy("checkpoint", "Name"), max_length=120)
    place = models.CharField(pgettext_lazy("checkpoint", "Where it stands"), max_length=160, blank=True)
    kind = models.CharField(pgettext_lazy("checkpoint", "Kind"), max_length=8, choices=Kind.choices, default=Kind.ROAD)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="checkpoints", verbose_name=pgettext_lazy("checkpoint", "Run by")
    )
    phone = models.CharField(_("Telephone"), max_length=20, blank=True)
    opened_at = models.DateTimeField(pgettext_lazy("checkpoint", "Open from"))
    closed_at = models.DateTimeField(pgettext_lazy("checkpoint", "Open until"), null=True, blank=True)
    sort_key = models.CharField(max_length=200, editable=False, db_collation="C")
    search_key = models.CharField(max_length=300, editable=False)

    objects = CheckpointQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["province_id", "name"],
                condition=Q(closed_at=None),
                name="checkpoint_name_once",
                violation_error_message=_("An open checkpoint has this name already. Choose another name."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")),
                name="checkpoint_closes_after_it_opens",
                violation_error_message=_("The checkpoint would close before it opened. Correct one of the two times."),
            ),
        ]
        indexes = [models.Index(fields=["province_id", "sort_key"])]

    def __str__(self) -> str:
        return self.name

    def is_open_at(self, moment: datetime) -> bool:
        """Whether it is manned at a moment."""
        return self.opened_at <= moment and (self.closed_at is None or moment < self.closed_at)


class CheckpointDutyQuerySet(models.QuerySet["CheckpointDuty"]):
    """Shifts by moment."""

    def standing(self) -> Self:
        """Those that were not called off in the roster of the staff."""
        return self.exclude(shift__called_off_at__isnull=False)

    def at(self, moment: datetime) -> Self:
        """Who is on duty at a moment."""
        return self.standing().filter(starts_at__lte=moment, ends_at__gt=moment)


@pghistory.track(*audited())
class CheckpointDuty(AreaColumns):
    """One person's shift at a checkpoint.

    Of somebody on the list of staff it is a shift of theirs as well (`shift`), which counts for their limits of work and rest.
    """

    checkpoint = models.ForeignKey(Checkpoint, models.CASCADE, related_name="duties", verbose_name=_("Checkpoint"))
    name = models.CharField(_("Full name"), max_length=120)
    phone = models.CharField(_("Telephone"), max_length=20, blank=True)
    force = models.CharField(pgettext_lazy("checkpoint", "Comes from"), max_length=80, blank=True)
    shift = models.OneToOneField(
        Shift, models.PROTECT, null=True, blank=True, related_name="checkpoint_duty", verbose_name=_("Shift")
    )
    starts_at = models.DateTimeField(_("Shift begins"))
    ends_at = models.DateTimeField(_("Shift ends"))

    objects = CheckpointDutyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="checkpoint_shift_ends_after_it_begins",
                violation_error_message=_("The shift ends before it begins. Correct one of the two times."),
            ),
            models.UniqueConstraint(
                fields=["checkpoint", "name", "starts_at"],
                name="checkpoint_shift_once",
                violation_error_message=_("This person has this shift at the checkpoint already."),
            ),
        ]
        indexes = [models.Index(fields=["checkpoint", "starts_at"])]

    def __str__(self) -> str:
        return self.name
