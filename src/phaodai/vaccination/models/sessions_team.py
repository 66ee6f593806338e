"""Who works at a session: people of the roster, each with a duty."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.care.models import Worker
from phaodai.foundation.models import Record, audited
from phaodai.vaccination.models.sessions import Session


class SessionMemberQuerySet(models.QuerySet["SessionMember"]):
    """Members by whether they still are."""

    def standing(self) -> Self:
        """Those who were not taken off the team."""
        return self.filter(left_at=None)


@pghistory.track(*audited())
class SessionMember(Record):
    """Somebody of the roster at a session. The name stands here too: the roster is seen in its own area alone."""

    class Duty(models.TextChoices):
        """What they do there."""

        RECEIVING = "receiving", pgettext_lazy("session duty", "Receives and writes down")
        SCREENING = "screening", pgettext_lazy("session duty", "Screens before the dose")
        VACCINATING = "vaccinating", pgettext_lazy("session duty", "Vaccinates")
        WATCHING = "watching", pgettext_lazy("session duty", "Watches afterwards, treats shock")

    session = models.ForeignKey(Session, models.PROTECT, related_name="members")
    worker = models.ForeignKey(
        Worker, models.PROTECT, related_name="vaccination_sessions", verbose_name=pgettext_lazy("shift", "Person")
    )
    name = models.CharField(pgettext_lazy("worker", "Name"), max_length=120)
    duty = models.CharField(pgettext_lazy("session duty", "Duty"), max_length=11, choices=Duty.choices)
    left_at = models.DateTimeField(null=True, db_comment="when they were taken off the team")

    objects = SessionMemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "worker"],
                condition=Q(left_at=None),
                name="member_once_a_session",
                violation_error_message=_("This person is in the team already."),
            ),
        ]
        indexes = [models.Index(fields=["worker"], name="member_of_sessions")]

    def __str__(self) -> str:
        return self.name
