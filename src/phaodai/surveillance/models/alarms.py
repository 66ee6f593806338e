"""Alarms of early detection: a commune whose syndromic counts rose above what its last days let expect."""

from datetime import date, datetime
from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer
from phaodai.surveillance.models.outbreaks import Outbreak
from phaodai.surveillance.models.signal_counts import SignalSource
from phaodai.surveillance.rules.early_detection import THRESHOLD
from phaodai.territory.models import Unit


class AlarmQuerySet(models.QuerySet["Alarm"]):
    """Alarms by officer and by state."""

    def visible_to(self, actor: Actor) -> Self:
        """Every alarm of the officer's province: an alarm names no person, and the neighbour wants to know."""
        return self.filter(**actor.in_province)

    def waiting(self) -> Self:
        """Alarms that nobody has closed, the newest first."""
        return self.exclude(state=Alarm.State.CLOSED).order_by("-raised_at", "pk")

    def closed_since(self, moment: datetime) -> Self:
        """Alarms closed after a moment."""
        return self.filter(state=Alarm.State.CLOSED, closed_at__gt=moment)


@pghistory.track(*audited())
class Alarm(Record, AreaColumns):
    """One episode of one unit: raised once, looked at, and closed with a reason; later days of it are added to it."""

    class State(models.TextChoices):
        """How far it has come."""

        OPEN = "open", pgettext_lazy("alarm", "Open")
        LOOKED_AT = "looked_at", pgettext_lazy("alarm", "Being looked at")
        CLOSED = "closed", pgettext_lazy("alarm", "Closed")

    class Reason(models.TextChoices):
        """What it was."""

        CLUSTER = "cluster", _("A real cluster: propose an outbreak")
        KNOWN = "known", _("Cases that are followed already")
        OTHER_ILLNESS = "other", _("Another illness")
        NOTHING = "nothing", _("Looked into, nothing found")
        FESTIVAL = "festival", _("Festival, market day or holiday")
        REPORTING = "reporting", _("Error or change in reporting")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="alarms", verbose_name=_("Unit"))
    first_day = models.DateField(_("Since"))
    last_day = models.DateField(_("Last day above"))
    state = models.CharField(_("State"), max_length=9, choices=State.choices, default=State.OPEN)
    raised_at = models.DateTimeField(_("Raised"))
    looked_at = models.DateTimeField(_("Taken up"), null=True, blank=True)
    looked_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Taken up by")
    )
    reason = models.CharField(_("Reason"), max_length=9, choices=Reason.choices, blank=True)
    notes = models.CharField(_("Notes"), max_length=500, blank=True)
    closed_at = models.DateTimeField(pgettext_lazy("alarm", "Closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Closed by")
    )
    outbreak = models.ForeignKey(
        Outbreak, models.PROTECT, null=True, blank=True, related_name="alarms", verbose_name=_("Outbreak")
    )

    objects = AlarmQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "first_day"], name="one_alarm_an_episode"),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="alarm_ends_after_it_began"),
            models.CheckConstraint(
                condition=~Q(state="closed") | (~Q(reason="") & Q(closed_at__isnull=False)),
                name="alarm_closed_with_a_reason",
                violation_error_message=_("Say what the alarm was."),
            ),
        ]
        indexes = [
            models.Index(fields=["province_id", "state", "-raised_at"]),
            models.Index(fields=["unit", "-last_day"]),
        ]

    def __str__(self) -> str:
        return f"{self.unit}, {self.first_day:%d/%m/%Y}"


FALSE_REASONS = (Alarm.Reason.NOTHING, Alarm.Reason.FESTIVAL, Alarm.Reason.REPORTING)
"""What makes an alarm a false one in the figures of early detection."""


class ExceedanceQuerySet(models.QuerySet["Exceedance"]):
    """Days above, by the alarms that they belong to."""

    def since(self, day: date) -> Self:
        """Those from a day on."""
        return self.filter(day__gte=day)


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Exceedance(models.Model):
    """One day of one source above its limit: what was counted, what was expected, and by which method."""

    alarm = models.ForeignKey(Alarm, models.CASCADE, related_name="exceedances")
    source = models.CharField(_("Source"), max_length=12, choices=SignalSource.choices)
    day = models.DateField(_("Day"))
    count = models.PositiveIntegerField(_("With the sign"))
    expected = models.FloatField(_("Expected"))
    limit = models.FloatField(_("Limit"))
    statistic = models.FloatField(_("Statistic"), db_comment="standard deviations above what was expected")
    method = models.CharField(_("Method"), max_length=12)

    objects = ExceedanceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["alarm", "source", "day"], name="exceedance_once_a_day")]

    def __str__(self) -> str:
        return f"{self.alarm}: {self.get_source_display()}, {self.day:%d/%m/%Y}"

    @property
    def usual(self) -> tuple[int, int]:
        """What was usual, as most days lie: one standard deviation on both sides of what was expected."""
        spread = (self.limit - self.expected) / THRESHOLD
        return max(round(self.expected - spread), 0), round(self.expected + spread)
