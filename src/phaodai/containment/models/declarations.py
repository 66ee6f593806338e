"""Declarations before travel: what somebody says of a journey, on a public form, before it begins."""

from typing import Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation.formats import masked
from phaodai.foundation.models import AreaColumns, audited
from phaodai.foundation.public import spaced_reference
from phaodai.foundation.scope import Actor
from phaodai.territory.models import Unit


class Sign(models.TextChoices):
    """What somebody feels: the list of the national health declaration."""

    FEVER = "fever", pgettext_lazy("symptom", "Fever")
    COUGH = "cough", pgettext_lazy("symptom", "Cough")
    THROAT = "throat", pgettext_lazy("symptom", "Sore throat")
    BREATH = "breath", pgettext_lazy("symptom", "Short of breath")
    SMELL = "smell", pgettext_lazy("symptom", "No smell or taste")


class FromSomewhere:
    """What says where it comes from: a unit, words, or abroad."""

    abroad: bool
    origin: Unit | None
    origin_words: str

    @property
    def origin_said(self) -> str:
        """Where from, in words."""
        if self.abroad:
            return self.origin_words or str(pgettext_lazy("arrival", "abroad"))
        return ", ".join(part for part in (self.origin_words, self.origin.name if self.origin else "") if part)


class Traveller(FromSomewhere, AreaColumns):
    """What is known of somebody who travels: declared at home, or asked at a checkpoint. Nothing here serves to punish."""

    full_name = models.CharField(_("Full name"), max_length=120)
    birth_year = models.PositiveSmallIntegerField(_("Year of birth"), null=True, blank=True)
    identity_number = models.CharField(_("ID card number"), max_length=12, blank=True)
    phone = models.CharField(_("Telephone"), max_length=20, blank=True)
    abroad = models.BooleanField(pgettext_lazy("arrival", "Comes from abroad"), default=False)
    origin = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("arrival", "Comes from"),
    )
    origin_words = models.CharField(pgettext_lazy("arrival", "Commune, district, country"), max_length=160, blank=True)
    destination = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("arrival", "Commune of destination")
    )
    address = models.CharField(pgettext_lazy("arrival", "Address there"), max_length=160, blank=True)
    plate = models.CharField(_("Number plate"), max_length=20, blank=True, db_comment="capitals and digits alone")
    symptoms = ArrayField(
        models.CharField(max_length=8, choices=Sign.choices),
        default=list,
        blank=True,
        verbose_name=pgettext_lazy("arrival", "Feels now"),
    )
    met_case = models.BooleanField(_("Met somebody with COVID-19 in the last 14 days"), default=False)
    doses = models.PositiveSmallIntegerField(_("Vaccine doses"), null=True, blank=True)
    last_dose_on = models.DateField(_("Day of the last dose"), null=True, blank=True)
    recovered_on = models.DateField(_("Recovered on"), null=True, blank=True)
    sort_key = models.CharField(max_length=200, editable=False, db_collation="C")
    search_key = models.CharField(max_length=300, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.masked

    @property
    def masked(self) -> str:
        """Initials and birth year; lists show no more."""
        return masked(self.full_name, self.birth_year)


class DeclarationQuerySet(models.QuerySet["Declaration"]):
    """Declarations by officer and by bus."""

    def visible_to(self, actor: Actor) -> Self:
        """The database shows those bound for the officer's area, and those of a bus that the own checkpoint expects."""
        del actor
        return self


@pghistory.track(*audited())
class Declaration(Traveller):
    """A journey declared before it begins. Its sender alone knows the reference, and shows it at the gate."""

    reference = models.CharField(pgettext_lazy("arrival", "Code"), max_length=10, unique=True, editable=False)
    travelling_on = models.DateField(pgettext_lazy("arrival", "Travels on"))
    vehicle = models.CharField(pgettext_lazy("arrival", "Travels by"), max_length=40, blank=True)
    sent_at = models.DateTimeField(pgettext_lazy("arrival", "Sent"))

    objects = DeclarationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["province_id", "travelling_on"]),
            models.Index(fields=["commune_id", "travelling_on"]),
            models.Index(fields=["plate", "travelling_on"]),
        ]

    @property
    def spoken(self) -> str:
        """The code as people read it."""
        return spaced_reference(self.reference)
