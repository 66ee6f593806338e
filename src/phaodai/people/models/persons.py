"""Residents and their households: health data, masked by default."""

from typing import Self

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from phaodai.foundation.formats import masked
from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models.officers import Officer
from phaodai.territory.models import Unit


class Household(AreaColumns):
    """People who live under one roof."""

    hamlet = models.ForeignKey(Unit, models.PROTECT, related_name="households", verbose_name=_("Hamlet"))
    address = models.CharField(_("Address"), max_length=160)
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["commune_id", "id"]), models.Index(fields=["hamlet"])]


class PersonQuerySet(models.QuerySet["Person"]):
    """Persons by area."""

    def visible_to(self, actor: Actor) -> Self:
        """Persons of the officer's area; the database refuses the rest as well."""
        return self.filter(**actor.area.narrowing)

    def current(self) -> Self:
        """One row a person: records found to be of the same person are behind the one that was kept."""
        return self.filter(merged_into=None)


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Person(Record, AreaColumns):
    """A resident. Lists show initials and birth year; the full name opens on request, and the look is logged."""

    class Sex(models.TextChoices):
        """As registered."""

        FEMALE = "F", _("Female")
        MALE = "M", _("Male")

    full_name = models.CharField(_("Full name"), max_length=120, blank=True)
    sex = models.CharField(_("Sex"), max_length=1, choices=Sex.choices, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("Year of birth"), null=True, blank=True)
    birth_date = models.DateField(_("Date of birth"), null=True, blank=True)
    phone = models.CharField(_("Telephone"), max_length=20, blank=True)
    identity_number = models.CharField(_("ID card number"), max_length=12, blank=True, default="", db_default="")
    address = models.CharField(_("Address"), max_length=200, blank=True, default="", db_default="")
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="members", verbose_name=_("Household")
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("Same person as")
    )
    sort_key = models.CharField(max_length=200, editable=False, db_collation="C")
    search_key = models.CharField(max_length=160, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["identity_number"],
                condition=~models.Q(identity_number="") & models.Q(merged_into=None),
                name="identity_number_once",
                violation_error_message=_("Another person is registered with this ID card number. Open that record."),
            ),
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("id")), name="nobody_is_merged_into_oneself"
            ),
        ]
        indexes = [
            models.Index(fields=["commune_id", "sort_key", "id"]),
            models.Index(fields=["district_id", "sort_key", "id"]),
            models.Index(fields=["province_id", "sort_key", "id"]),
            # By these a list of people without numbers of cards finds who is meant.
            models.Index(fields=["commune_id", "birth_date"], name="person_born"),
            models.Index(fields=["search_key", "birth_year"], name="person_named"),
            GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="person_words"),
        ]

    def __str__(self) -> str:
        return self.masked

    @property
    def masked(self) -> str:
        """Initials and birth year: P.T.L. 1969; as much of it as is known."""
        return masked_name(self.full_name, self.birth_year)


def masked_name(full_name: str, birth_year: int | None) -> str:
    """How somebody is named in lists: P.T.L. 1969, or words where nothing is known."""
    return masked(full_name, birth_year) or str(_("Name not known"))


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


class DuplicateQuerySet(models.QuerySet["Duplicate"]):
    """Pairs that may be one person."""

    def visible_to(self, actor: Actor) -> Self:
        """The database shows a pair to whoever sees both persons."""
        del actor
        return self

    def waiting(self) -> Self:
        """Pairs that nobody has answered, the likeliest first."""
        return self.filter(verdict__in=["", "later"]).order_by("verdict", "-score", "id")


@pghistory.track(*audited())
class Duplicate(Record):
    """Two records that may be of one person, with what speaks for it; the answer is remembered, also a no."""

    class Verdict(models.TextChoices):
        """What a person answered."""

        WAITING = "", _("Waiting")
        SAME = "same", _("Same person")
        DIFFERENT = "different", _("Different persons")
        LATER = "later", _("Later")

    one = models.ForeignKey(Person, models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, models.CASCADE, related_name="+")
    score = models.FloatField(db_comment="0 to 1")
    evidence = models.JSONField(default=dict, db_comment="field to how far it agrees")
    verdict = models.CharField(_("Answer"), max_length=9, choices=Verdict.choices, blank=True, default="")
    kept = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    answered_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = DuplicateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="duplicate_pair_once"),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="duplicate_pair_in_order"),
        ]
        indexes = [models.Index(fields=["verdict", "-score"])]
