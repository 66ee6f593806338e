"""One step that followed, or should follow, from something that happened."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from phaodai.foundation.models import AreaColumns, Fact, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer


class StepQuerySet(models.QuerySet["Step"]):
    """Steps by what became of them."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's area."""
        if actor.reach == "all":
            return self
        return self.filter(**actor.area.narrowing)

    def waiting(self) -> Self:
        """Proposals that nobody has answered."""
        return self.filter(state=Step.State.PROPOSED)

    def of(self, subject_kind: str, subject_id: int) -> Self:
        """Everything that followed from one record, such as ("surveillance:case", 7)."""
        return self.filter(subject_kind=subject_kind, subject_id=subject_id).order_by("id")


@pghistory.track(*audited())
class Step(Record, AreaColumns):
    """A consequence of one fact: done by itself, refused by a rule, or proposed and answered by an officer."""

    class State(models.TextChoices):
        """What became of it."""

        PROPOSED = "proposed", _("Waits for an answer")
        DONE = "done", _("Done")
        DECLINED = "declined", _("Declined")
        REFUSED = "refused", _("Not possible")

    consequence = models.CharField(_("What follows"), max_length=40, db_comment="key of the playbook's table")
    subject_kind = models.CharField(max_length=60, db_comment="context:thing of the fact")
    subject_id = models.BigIntegerField(db_comment="row id of the thing")
    fact = models.ForeignKey(Fact, models.PROTECT, related_name="+")
    about = models.CharField(_("About"), max_length=200, db_comment="a number or a name of a place; no person")
    state = models.CharField(_("State"), max_length=10, choices=State.choices)
    words = models.TextField(_("What came of it"), blank=True, db_comment="why a rule refused, or what was made")
    made_id = models.BigIntegerField(null=True, blank=True, db_comment="row id of what the step made")
    reason = models.CharField(_("Why declined"), max_length=300, blank=True)
    answered_by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(_("Answered"), null=True, blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consequence", "subject_id"],
                condition=Q(state="proposed"),
                name="step_proposed_once",
                violation_error_message=_("This step is proposed already. Answer that proposal."),
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""),
                name="step_declined_with_reason",
                violation_error_message=_("Say why this step is not taken."),
            ),
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"]),
            models.Index(fields=["province_id", "-id"]),
            models.Index(fields=["district_id"], condition=Q(state="proposed"), name="step_waiting_district"),
        ]

    def __str__(self) -> str:
        return f"{self.consequence}: {self.about}"
