"""What a province's officers have verified of the law: signed entries, never edited, at most withdrawn."""

from datetime import datetime
from typing import Self

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from phaodai.foundation.models import KeptFile, audited
from phaodai.foundation.scope import Actor


class VerificationQuerySet(models.QuerySet["Verification"]):
    """Signed entries by province, by moment and by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """The database's own policy decides (`protect` in the migrations); nothing narrower holds."""
        del actor
        return self

    def of(self, province_id: int, disease: str) -> Self:
        """What one province has signed about one disease."""
        return self.filter(province_id=province_id, disease=disease)

    def standing(self, moment: datetime | None = None) -> Self:
        """Entries that count: signed and not withdrawn, now or at a moment gone by."""
        if moment is None:
            return self.filter(withdrawn_at=None)
        return self.filter(signed_at__lte=moment).exclude(withdrawn_at__lte=moment)


@pghistory.track(*audited())
class Verification(models.Model):
    """One value of the national packs, entered from the text of its document by an officer who signs for it.

    It counts in the officer's province from the moment of signing until it is withdrawn. A correction is a withdrawal
    and a new entry, so that every decision of the time between can be told again.
    """

    province_id = models.IntegerField(_("Province"), db_comment="territory unit of tier 1")
    disease = models.CharField(_("Disease"), max_length=40)
    value_name = models.CharField(_("Value"), max_length=160, db_comment="table/row@first day, as the packs name it")
    first_day = models.DateField(_("From"))
    last_day = models.DateField(_("To"), null=True, blank=True)
    abolished = models.BooleanField(default=False, db_comment="the text says that nothing applies any more")
    value = models.JSONField(_("Value"), null=True, db_comment="in the form of its table")
    document = models.CharField(_("Document"), max_length=120, db_comment="number, as the packs name it")
    clause = models.CharField(_("Clause"), max_length=200)
    official_text = models.TextField(_("Text of the clause"), blank=True)
    note = models.CharField(_("Note"), max_length=500, blank=True)
    officer_id = models.IntegerField(_("Signed by"))
    officer_name = models.CharField(_("Signed by"), max_length=120)
    officer_post = models.CharField(_("Post"), max_length=300, db_comment="title and organisation when it was signed")
    signed_at = models.DateTimeField(_("Signed"))
    withdrawn_at = models.DateTimeField(_("Withdrawn"), null=True, blank=True)
    withdrawn_by_id = models.IntegerField(null=True, blank=True)
    withdrawn_by_name = models.CharField(_("Withdrawn by"), max_length=120, blank=True)
    withdrawn_because = models.CharField(_("Reason"), max_length=500, blank=True)

    objects = VerificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["province_id", "disease", "value_name"],
                condition=models.Q(withdrawn_at=None),
                name="one_standing_verification",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None) | ~models.Q(withdrawn_because=""), name="withdrawn_with_a_reason"
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="signed_stays_as_signed",
                exclude=["withdrawn_at", "withdrawn_by_id", "withdrawn_by_name", "withdrawn_because"],
            ),
            pgtrigger.Protect(
                name="withdrawn_stays_withdrawn",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__withdrawn_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.value_name

    @property
    def table_and_row(self) -> tuple[str, str]:
        """The names of the table and of the row in it."""
        table, _sign, row = self.value_name.partition("@")[0].partition("/")
        return table, row


class VerificationFile(KeptFile):
    """The document itself, as the officer held it."""

    verification = models.OneToOneField(Verification, models.CASCADE, primary_key=True, related_name="file")
