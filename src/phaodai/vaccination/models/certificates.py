"""Certificates of vaccination under decision 5772/QĐ-BYT: what each one says, who stood for it, and which are withdrawn."""

from datetime import date
from typing import Self

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer, Organisation, Person
from phaodai.territory.models import Unit


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Certificates by officer and by step."""

    def visible_to(self, actor: Actor) -> Self:
        """The database shows those of the officer's area, and those that the own organisation issued."""
        del actor
        return self

    def standing(self) -> Self:
        """Those that were not withdrawn."""
        return self.exclude(state=Certificate.State.REVOKED)


@pghistory.track(*audited())
class Certificate(Record, AreaColumns):
    """One person's certificate after one dose. What it says is frozen when it is drafted and never follows the person's row.

    Drafted, checked by the unit, signed by the unit, sealed with the key (the three steps of decision 5772), or withdrawn.
    """

    class State(models.TextChoices):
        """How far it has come."""

        DRAFTED = "drafted", pgettext_lazy("certificate", "Drafted")
        CHECKED = "checked", pgettext_lazy("certificate", "Checked by the unit")
        SIGNED = "signed", pgettext_lazy("certificate", "Signed by the unit")
        SEALED = "sealed", pgettext_lazy("certificate", "Issued")
        REVOKED = "revoked", pgettext_lazy("certificate", "Withdrawn")

    person = models.ForeignKey(Person, models.PROTECT, related_name="certificates", verbose_name=_("Person"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("certificate", "Issuing unit")
    )
    state = models.CharField(pgettext_lazy("certificate", "State"), max_length=8, choices=State.choices)
    code = models.CharField(pgettext_lazy("certificate", "Certificate ID"), max_length=80, unique=True)
    full_name = models.CharField(_("Full name"), max_length=120)
    birth = models.CharField(
        pgettext_lazy("certificate", "Date of birth"), max_length=10, db_comment="ISO day, or year"
    )
    nationality = models.CharField(pgettext_lazy("certificate", "Nationality"), max_length=2, db_comment="ISO 3166-1")
    disease = models.CharField(max_length=20, db_comment="SNOMED CT code of the disease")
    doses_received = models.PositiveSmallIntegerField(pgettext_lazy("certificate", "Doses received"))
    dose_number = models.PositiveSmallIntegerField(pgettext_lazy("certificate", "Dose number"))
    vaccinated_on = models.DateField(pgettext_lazy("certificate", "Vaccinated on"))
    product = models.CharField(pgettext_lazy("certificate", "Product"), max_length=40, db_comment="key of the rulebook")
    is_test = models.BooleanField(default=False, db_comment="sealed with a key for tests: never valid")
    key_id = models.CharField(
        max_length=16, blank=True, db_comment="hexadecimal, first 8 bytes of the key's certificate"
    )
    text = models.TextField(blank=True, db_comment="what the QR code holds: HC1:...")
    drafted_at = models.DateTimeField(pgettext_lazy("certificate", "Drafted at"))
    checked_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, related_name="+", verbose_name=pgettext_lazy("certificate", "Checked by")
    )
    checked_at = models.DateTimeField(pgettext_lazy("certificate", "Checked at"), null=True)
    signed_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, related_name="+", verbose_name=pgettext_lazy("certificate", "Signed by")
    )
    signed_at = models.DateTimeField(pgettext_lazy("certificate", "Signed at"), null=True)
    sealed_at = models.DateTimeField(pgettext_lazy("certificate", "Issued at"), null=True)
    expires_at = models.DateTimeField(pgettext_lazy("certificate", "Expires"), null=True)
    revoked_at = models.DateTimeField(pgettext_lazy("certificate", "Withdrawn at"), null=True)
    revoked_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, related_name="+", verbose_name=pgettext_lazy("certificate", "Withdrawn by")
    )
    reason = models.CharField(pgettext_lazy("certificate", "Why withdrawn"), max_length=200, blank=True)
    sort_key = models.CharField(max_length=200, editable=False, db_collation="C")
    search_key = models.CharField(max_length=250, editable=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "dose_number"],
                condition=~Q(state="revoked"),
                name="certificate_once_a_dose",
                violation_error_message=_("This person already has a certificate of that dose. Open it."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=("sealed", "revoked")) | Q(text="", sealed_at=None),
                name="certificate_says_nothing_before_it_is_sealed",
            ),
            models.CheckConstraint(
                condition=~Q(state="sealed")
                | (~Q(text="") & ~Q(key_id="") & Q(sealed_at__isnull=False, expires_at__isnull=False)),
                name="certificate_sealed_with_a_key",
            ),
            models.CheckConstraint(
                condition=~Q(state="revoked") | (~Q(reason="") & Q(revoked_at__isnull=False)),
                name="certificate_withdrawn_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["province_id", "-id"]),
            models.Index(fields=["district_id", "-id"]),
            models.Index(fields=["commune_id", "-id"]),
            models.Index(fields=["organisation", "-id"]),
            models.Index(fields=["state", "province_id"], condition=~Q(state="sealed"), name="certificate_under_way"),
            *(
                models.Index(fields=[f"{tier}_id", column, "id"], name=f"certificate_{tier}_{column[:6]}")
                for tier in ("province", "district", "commune")
                for column in ("state", "vaccinated_on", "sealed_at")
            ),
            GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="certificate_search"),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.dose_number}"

    @property
    def expires_on(self) -> date | None:
        """The last day on which it is good, in Vietnam."""
        from phaodai.foundation.clock import VIETNAM

        return self.expires_at.astimezone(VIETNAM).date() if self.expires_at else None


class Revocation(models.Model):
    """A withdrawn certificate, for whoever verifies: a digest of its ID, which tells nothing about the person."""

    digest = models.CharField(max_length=32, unique=True, db_comment="first 16 bytes of SHA-256 of the ID, hexadecimal")
    revoked_at = models.DateTimeField()

    class Meta:
        ordering = ["revoked_at", "id"]


class CertificateOrderQuerySet(models.QuerySet["CertificateOrder"]):
    """Orders by officer and state."""

    def visible_to(self, actor: Actor) -> Self:
        """The database shows those of the officer's area, and those that the own organisation gave."""
        del actor
        return self

    def open(self) -> Self:
        """Orders that the worker has still to do, oldest first."""
        return self.filter(state=CertificateOrder.State.RUNNING).order_by("id")


@pghistory.track(*audited())
class CertificateOrder(Record, AreaColumns):
    """The issuing of every certificate that the people of a commune may have, done piece by piece by the worker."""

    class State(models.TextChoices):
        """How far it has come."""

        RUNNING = "running", pgettext_lazy("certificate order", "Being issued")
        FINISHED = "finished", pgettext_lazy("certificate order", "Done")
        STOPPED = "stopped", pgettext_lazy("certificate order", "Stopped")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Commune"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+", verbose_name=_("By"))
    state = models.CharField(
        pgettext_lazy("certificate order", "State"), max_length=8, choices=State.choices, default=State.RUNNING
    )
    asked_at = models.DateTimeField(pgettext_lazy("certificate order", "Asked at"))
    people = models.PositiveIntegerField(default=0, db_comment="people who waited for one when it was asked")
    reached = models.BigIntegerField(default=0, db_comment="row id of the last person looked at")
    issued = models.PositiveIntegerField(default=0)
    left_out = models.JSONField(
        default=dict, db_comment="people looked at who may have none yet, by what is in the way"
    )
    ended_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)

    objects = CertificateOrderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(state="running"),
                name="certificate_order_once",
                violation_error_message=_("Certificates of this commune are being issued already."),
            )
        ]
        indexes = [models.Index(fields=["province_id", "-id"])]

    def __str__(self) -> str:
        return str(self.unit)
