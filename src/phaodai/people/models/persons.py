"""Residents and their households: health data, masked by default."""

from typing import Self

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from phaodai.foundation.models import AreaColumns, Record
from phaodai.foundation.scope import Actor
from phaodai.people.models.officers import Officer
from phaodai.territory.models import Unit


class Household(AreaColumns):
    """People who live under one roof."""

    hamlet = models.ForeignKey(Unit, models.PROTECT, related_name="households", verbose_name=_("Hamlet"))
    address = models.CharField(_("Address"), max_length=160)

    class Meta:
        indexes = [models.Index(fields=["commune_id", "id"]), models.Index(fields=["hamlet"])]


class PersonQuerySet(models.QuerySet["Person"]):
    """Persons by area."""

    def visible_to(self, actor: Actor) -> Self:
        """Persons of the officer's area; the database refuses the rest as well."""
        narrowed = {f"{tier}_id": value for tier, value in vars(actor.area).items() if value is not None}
        return self.filter(**narrowed)


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Person(Record, AreaColumns):
    """A resident. Lists show initials and birth year; the full name opens on request, and the look is logged."""

    class Sex(models.TextChoices):
        """As registered."""

        FEMALE = "F", _("Female")
        MALE = "M", _("Male")

    full_name = models.CharField(_("Full name"), max_length=120)
    sex = models.CharField(_("Sex"), max_length=1, choices=Sex.choices)
    birth_year = models.PositiveSmallIntegerField(_("Year of birth"))
    birth_date = models.DateField(_("Date of birth"), null=True, blank=True)
    phone = models.CharField(_("Telephone"), max_length=20, blank=True)
    household = models.ForeignKey(Household, models.PROTECT, related_name="members", verbose_name=_("Household"))
    sort_key = models.CharField(max_length=200, editable=False, db_collation="C")
    search_key = models.CharField(max_length=160, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["commune_id", "sort_key", "id"]),
            models.Index(fields=["district_id", "sort_key", "id"]),
            models.Index(fields=["province_id", "sort_key", "id"]),
        ]

    def __str__(self) -> str:
        return self.masked

    @property
    def masked(self) -> str:
        """Initials and birth year: P.T.L. 1969."""
        return "".join(f"{word[0]}." for word in self.full_name.split()) + f" {self.birth_year}"


class Reveal(AreaColumns):
    """One look at a person's full record: who, when and why."""

    class Purpose(models.TextChoices):
        """Why an identity is opened."""

        TRACING = "tracing", _("Tracing")
        CARE = "care", _("Care and treatment")
        QUARANTINE = "quarantine", _("Quarantine and follow-up")
        SUPPORT = "support", _("Support payment")
        DATA_QUALITY = "data_quality", _("Correcting data")
        REQUEST = "request", _("Request of the person")

    person = models.ForeignKey(Person, models.CASCADE, related_name="reveals")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    purpose = models.CharField(_("Purpose"), max_length=20, choices=Purpose.choices)
    at = models.DateTimeField(_("When"))
