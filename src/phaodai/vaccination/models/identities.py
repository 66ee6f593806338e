"""Whose dose it is, where the identity as written fits no person or several: asked once for all doses of that identity."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation.models import AreaColumns, Record
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer, Organisation, Person
from phaodai.vaccination.models.doses import Dose, seen_by


class IdentityQuestionQuerySet(models.QuerySet["IdentityQuestion"]):
    """Questions by officer and state."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's area or organisation."""
        return self.filter(seen_by(actor))

    def waiting(self) -> Self:
        """Questions without an answer; those put off come last, the likeliest first."""
        return self.filter(verdict__in=["", "later"]).order_by("verdict", "-score", "id")


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class IdentityQuestion(Record, AreaColumns):
    """An identity as written at one or more doses, and the person who is most like it; somebody decides."""

    class Verdict(models.TextChoices):
        """What was decided."""

        WAITING = "", _("Waiting")
        SAME = "same", pgettext_lazy("identity", "The same person")
        NEW = "new", pgettext_lazy("identity", "A new person")
        LATER = "later", pgettext_lazy("identity", "Not now")

    identity_key = models.UUIDField()
    dose = models.ForeignKey(Dose, models.CASCADE, related_name="+", db_comment="one of the doses, with the identity")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    candidate = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+", verbose_name=_("Most like"))
    score = models.FloatField(default=0, db_comment="0 to 1; 0 where nobody is like it")
    evidence = models.JSONField(default=dict, db_comment="field to how far it agrees")
    verdict = models.CharField(_("Answer"), max_length=5, choices=Verdict.choices, blank=True, default="")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("Decided"))
    reason = models.CharField(_("Reason"), max_length=200, blank=True)
    answered_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(_("Asked"))

    objects = IdentityQuestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["province_id", "identity_key"], name="identity_question_once"),
        ]
        indexes = [
            *(
                models.Index(
                    fields=[f"{tier}_id", "verdict", "-score", "id"],
                    condition=Q(verdict__in=["", "later"]),
                    name=f"identity_{tier}",
                )
                for tier in ("province", "district", "commune")
            )
        ]

    def __str__(self) -> str:
        return str(self.identity_key)
