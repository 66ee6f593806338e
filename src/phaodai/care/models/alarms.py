"""Alarms of people at home: raised by a reading, passed on by the clock until somebody answers, closed with a result."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.care.models.home import HomeCare, of_seen_people
from phaodai.care.models.readings import Reading
from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer, Organisation


class HomeAlarmQuerySet(models.QuerySet["HomeAlarm"]):
    """Alarms by officer and by whether somebody answered."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the people whom the officer sees."""
        return of_seen_people(self, actor)

    def waiting(self) -> Self:
        """Alarms that are not closed."""
        return self.filter(closed_at=None)


@pghistory.track(*audited())
class HomeAlarm(Record, AreaColumns):
    """One alarm, from the reading that raised it to its result. One is open for a person at a time."""

    class Reached(models.IntegerChoices):
        """How far up it was passed."""

        STATION = 0, pgettext_lazy("alarm", "Station")
        CENTRE = 1, pgettext_lazy("alarm", "Health centre")
        DOCTOR = 2, pgettext_lazy("alarm", "Doctor on call")

    class Result(models.TextChoices):
        """What became of it."""

        STAYED = "stayed", pgettext_lazy("alarm", "Stays at home, looked at")
        OXYGEN = "oxygen", pgettext_lazy("alarm", "Stays at home with oxygen")
        TAKEN = "taken", pgettext_lazy("alarm", "Taken to a facility")
        MISTAKEN = "mistaken", pgettext_lazy("alarm", "Measured wrongly")
        DIED = "died", pgettext_lazy("alarm", "Died")

    home_care = models.ForeignKey(HomeCare, models.PROTECT, related_name="alarms")
    reading = models.ForeignKey(Reading, models.PROTECT, related_name="+")
    urgent = models.BooleanField(db_comment="call 115 at once; else a call back soon")
    raised_at = models.DateTimeField(pgettext_lazy("alarm", "Raised"))
    reached = models.PositiveSmallIntegerField(choices=Reached.choices, default=Reached.STATION)
    reached_at = models.DateTimeField(db_comment="when it reached that step")
    told_at = models.DateTimeField(null=True, blank=True, db_comment="when the fact was told to the playbook")
    acknowledged_at = models.DateTimeField(pgettext_lazy("alarm", "Answered"), null=True, blank=True)
    acknowledged_by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(pgettext_lazy("alarm", "Closed"), null=True, blank=True)
    result = models.CharField(pgettext_lazy("alarm", "Result"), max_length=8, choices=Result.choices, blank=True)

    objects = HomeAlarmQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["home_care"], condition=Q(closed_at=None), name="home_alarm_one_open"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, result="") | (Q(closed_at__isnull=False) & ~Q(result="")),
                name="home_alarm_closed_with_result",
                violation_error_message=_("Say what became of the alarm before it is closed."),
            ),
        ]
        indexes = [
            models.Index(fields=["reached", "reached_at"], condition=Q(closed_at=None), name="home_alarm_open"),
            models.Index(fields=["province_id", "-raised_at", "-id"], name="home_alarm_of_province"),
            models.Index(fields=["commune_id", "-raised_at", "-id"], name="home_alarm_of_commune"),
        ]

    def __str__(self) -> str:
        return self.home_care.initials


class AlarmStep(models.Model):
    """What happened to an alarm; never changed."""

    class What(models.TextChoices):
        """The steps."""

        PASSED_ON = "passed_on", pgettext_lazy("alarm", "Passed on, unanswered")
        ANSWERED = "answered", pgettext_lazy("alarm", "Answered")
        CALLED = "called", pgettext_lazy("alarm", "Called the family")
        VISITED = "visited", pgettext_lazy("alarm", "Went there")
        AMBULANCE = "ambulance", pgettext_lazy("alarm", "Called 115")
        OXYGEN = "oxygen", pgettext_lazy("alarm", "Asked for oxygen")
        TRANSFER = "transfer", pgettext_lazy("alarm", "Asked for a transfer")
        CLOSED = "closed", pgettext_lazy("alarm", "Closed")

    alarm = models.ForeignKey(HomeAlarm, models.PROTECT, related_name="steps")
    what = models.CharField(max_length=9, choices=What.choices)
    at = models.DateTimeField()
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["alarm", "at"], name="alarm_step_of_alarm")]
