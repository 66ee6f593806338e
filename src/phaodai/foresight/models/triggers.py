"""Scenario levels: thresholds that a province changed, and the episodes in which a unit met those of a level."""

from datetime import datetime
from typing import Self

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer
from phaodai.territory.models import Unit


class TriggerThresholdQuerySet(models.QuerySet["TriggerThreshold"]):
    """Thresholds by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's province."""
        return self.filter(**actor.in_province)

    def values_of(self, province_id: int) -> dict[str, float]:
        """What a province has set itself, by key of the threshold."""
        return dict(self.filter(province_id=province_id).values_list("key", "value"))


@pghistory.track(*audited())
class TriggerThreshold(Record, AreaColumns):
    """A threshold as the province's command set it in place of the working value; its history keeps the ones before."""

    key = models.CharField(max_length=80, db_comment="level/group/figure of packs/triggers.toml")
    value = models.FloatField(_("Threshold"), validators=[MinValueValidator(0)])
    reason = models.CharField(_("Reason"), max_length=500)
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+", verbose_name=_("Set by"))
    set_at = models.DateTimeField(_("Set"))

    objects = TriggerThresholdQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["province_id", "key"], name="threshold_once")]

    def __str__(self) -> str:
        return self.key


class TriggerEpisodeQuerySet(models.QuerySet["TriggerEpisode"]):
    """Episodes by officer and by what is to be done with them."""

    def visible_to(self, actor: Actor) -> Self:
        """Every episode of the officer's province."""
        return self.filter(**actor.in_province)

    def waiting(self) -> Self:
        """Proposals that nobody has answered."""
        return self.filter(state=TriggerEpisode.State.PROPOSED)

    def going_on(self, province_id: int) -> Self:
        """Episodes whose conditions still hold."""
        return self.filter(province_id=province_id, ended_at=None)

    def quiet_levels(self, province_id: int, since: datetime) -> dict[int, int]:
        """By unit the highest level of an episode that ended after a moment."""
        ended = self.filter(province_id=province_id, ended_at__gt=since).values("unit_id")
        return dict(ended.annotate(level=models.Max("level")).values_list("unit_id", "level"))

    def since(self, moment: datetime) -> Self:
        """Episodes that began after a moment, newest first."""
        return self.filter(begun_at__gte=moment).order_by("-begun_at", "-level")


@pghistory.track(*audited())
class TriggerEpisode(Record, AreaColumns):
    """A unit that met the thresholds of a scenario level: proposed to the head once, and not again until it has ended.

    `met` holds the figures that met their thresholds, as they stood when the episode began.
    """

    class State(models.TextChoices):
        """What the head answered."""

        PROPOSED = "proposed", _("waits for a decision")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        LAPSED = "lapsed", _("lapsed")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="trigger_episodes", verbose_name=_("Unit"))
    level = models.PositiveSmallIntegerField(
        _("Scenario level"), validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    state = models.CharField(_("State"), max_length=8, choices=State.choices, default=State.PROPOSED)
    met = models.JSONField(default=list)
    begun_at = models.DateTimeField(_("Threshold met"))
    ended_at = models.DateTimeField(_("No longer met"), null=True)
    decided_at = models.DateTimeField(_("Answered"), null=True)
    officer = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Answered by")
    )
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    tasks = models.JSONField(default=list, db_comment="row ids of the tasks that were sent")

    objects = TriggerEpisodeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "level"], condition=Q(ended_at=None), name="one_episode_at_a_time")
        ]
        indexes = [models.Index(fields=["province_id", "-begun_at"])]

    def __str__(self) -> str:
        return f"{self.unit}: {self.level}"
