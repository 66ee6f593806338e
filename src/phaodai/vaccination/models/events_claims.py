"""What people tell of themselves after a dose, behind the link on their slip: claims, until a health worker has asked."""

from datetime import date
from typing import Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer, Organisation
from phaodai.vaccination.models.doses import Dose, seen_by
from phaodai.vaccination.models.events import AdverseReaction
from phaodai.vaccination.models.invitations import Invitation


class ReactionDoorQuerySet(models.QuerySet["ReactionDoor"]):
    """Links by day."""

    def usable(self, day: date) -> Self:
        """Those whose weeks of self-monitoring are not over."""
        return self.filter(closes_on__gte=day)


class ReactionDoor(AreaColumns):
    """All that the link of a slip opens: the day of the dose, until when to tell, and whom to ring.

    Apart from the dose itself, so that a stranger's transaction never sees who was vaccinated: the row holds no name and no
    product. It is made with the invitation, or with the slip after a dose; a dose finds the door of its invitation.
    """

    reference = models.CharField(max_length=10, unique=True, db_comment="the secret of the link")
    invitation = models.OneToOneField(Invitation, models.PROTECT, null=True, related_name="door")
    dose = models.OneToOneField(Dose, models.PROTECT, null=True, related_name="door")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    given_on = models.DateField(db_comment="day of the dose; before it, the day of the session")
    closes_on = models.DateField(db_comment="last day of self-monitoring")

    objects = ReactionDoorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(invitation__isnull=False) | Q(dose__isnull=False), name="reaction_door_of_somebody"
            ),
            models.CheckConstraint(condition=Q(closes_on__gte=F("given_on")), name="reaction_door_days_in_order"),
        ]


class ReactionClaimQuerySet(models.QuerySet["ReactionClaim"]):
    """Claims by officer and by whether somebody asked."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of people of the officer's area, and those whose dose the officer's organisation gave."""
        return self.filter(seen_by(actor))

    def waiting(self) -> Self:
        """Those that nobody has answered."""
        return self.filter(answered_at=None)


@pghistory.track(*audited())
class ReactionClaim(Record, AreaColumns):
    """What somebody says they felt after a dose. No adverse reaction until a health worker has asked and confirmed it."""

    class Verdict(models.TextChoices):
        """What the health worker made of it."""

        WAITING = "", pgettext_lazy("claim", "Waiting")
        CONFIRMED = "confirmed", pgettext_lazy("claim", "Confirmed")
        ORDINARY = "ordinary", pgettext_lazy("claim", "No reaction to the dose")
        UNREACHED = "unreached", pgettext_lazy("claim", "Nobody could be reached")

    door = models.ForeignKey(ReactionDoor, models.PROTECT, related_name="claims")
    key = models.UUIDField(unique=True, db_comment="made by the sender's page: sent twice, it is kept once")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    signs = ArrayField(models.CharField(max_length=20), default=list, db_comment="codes of rules.claims")
    words = models.CharField(pgettext_lazy("claim", "In their words"), max_length=300, blank=True)
    phone = models.CharField(_("Telephone"), max_length=20, blank=True)
    alarming = models.BooleanField(default=False, db_comment="a sign of the list that sends people to 115")
    began_at = models.DateTimeField(pgettext_lazy("event", "Began"))
    received_at = models.DateTimeField(pgettext_lazy("event", "Reported"))
    told_at = models.DateTimeField(null=True, db_comment="when the fact was told to the playbook")
    verdict = models.CharField(
        pgettext_lazy("claim", "Answer"), max_length=9, choices=Verdict.choices, blank=True, default=""
    )
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    reaction = models.OneToOneField(AdverseReaction, models.PROTECT, null=True, related_name="claim")

    objects = ReactionClaimQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, verdict="") | (Q(answered_at__isnull=False) & ~Q(verdict="")),
                name="claim_answered_with_a_verdict",
                violation_error_message=_("Say what became of the report before it is closed."),
            ),
            models.CheckConstraint(
                condition=Q(verdict="confirmed", reaction__isnull=False)
                | (~Q(verdict="confirmed") & Q(reaction__isnull=True)),
                name="confirmed_claim_is_a_reaction",
            ),
        ]
        indexes = [
            models.Index(fields=["province_id", "-received_at"], condition=Q(answered_at=None), name="claim_waiting"),
            models.Index(fields=["received_at"], condition=Q(told_at=None), name="claim_untold"),
        ]

    def __str__(self) -> str:
        return f"{self.began_at:%d/%m %H:%M}"
