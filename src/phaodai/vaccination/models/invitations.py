"""Who is asked to come to which session, at which hour, and whether they came."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation.models import AreaColumns, Record
from phaodai.foundation.scope import Actor
from phaodai.vaccination.models.lists import ListEntry
from phaodai.vaccination.models.sessions import Session


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by officer and state."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's area, or to a session of the own organisation."""
        if actor.reach == "all":
            return self
        if actor.reach == "own":
            return self.filter(session__organisation_id=actor.organisation)
        return self.filter(Q(**actor.area.narrowing) | Q(session__organisation_id=actor.organisation))

    def standing(self) -> Self:
        """Those who are expected."""
        return self.filter(state=Invitation.State.INVITED)

    def untold(self, session: Session) -> Self:
        """Those whom calling the session off withdrew and whom nobody has told; the reserve had no hour and needs no word."""
        called_off = self.filter(session=session, state=Invitation.State.WITHDRAWN, answered_at=session.closed_at)
        return called_off.filter(slot__isnull=False, told_at=None)


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Invitation(Record, AreaColumns):
    """One person and one session. Nobody holds two standing invitations."""

    class State(models.TextChoices):
        """What became of it."""

        INVITED = "invited", pgettext_lazy("invitation", "Invited")
        RESERVE = "reserve", pgettext_lazy("invitation", "In reserve")
        CAME = "came", pgettext_lazy("invitation", "Came")
        ABSENT = "absent", pgettext_lazy("invitation", "Did not come")
        WITHDRAWN = "withdrawn", pgettext_lazy("invitation", "Withdrawn")

    session = models.ForeignKey(Session, models.PROTECT, related_name="invitations")
    entry = models.ForeignKey(ListEntry, models.PROTECT, related_name="invitations")
    dose_number = models.PositiveSmallIntegerField(pgettext_lazy("vaccination", "Dose"), default=1)
    slot = models.TimeField(pgettext_lazy("invitation", "Hour"), null=True, db_comment="empty for those in reserve")
    position = models.PositiveIntegerField(db_comment="place in the order in which they were chosen")
    state = models.CharField(_("State"), max_length=9, choices=State.choices, default=State.INVITED)
    walk_in = models.BooleanField(pgettext_lazy("invitation", "Came without invitation"), default=False)
    findings = models.JSONField(default=list, db_comment="what the rule said against a walk-in")
    reason = models.CharField(pgettext_lazy("invitation", "Reason"), max_length=300, blank=True)
    invited_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True, db_comment="when they were told that the session was called off")
    officer_id = models.IntegerField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "entry"],
                name="invited_once_a_session",
                violation_error_message=_("This person is invited to this session already."),
            ),
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(state__in=["invited", "reserve"]),
                name="one_standing_invitation",
                violation_error_message=_("This person is invited already, to this session or another."),
            ),
            models.CheckConstraint(
                condition=Q(walk_in=False) | Q(findings=[]) | ~Q(reason=""),
                name="out_of_turn_with_a_reason",
                violation_error_message=_("This person comes out of turn. Say why."),
            ),
        ]
        indexes = [models.Index(fields=["session", "state", "position"], name="invitation_session")]
