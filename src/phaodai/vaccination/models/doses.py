"""Doses as they were given, whatever is known of whom: the identity as written stays, the person is found or decided later."""

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
from phaodai.people.models.persons import masked_name
from phaodai.vaccination.models.lots import VaccineLot
from phaodai.vaccination.models.sessions import Session


def seen_by(actor: Actor) -> Q:
    """Rows of the officer's area, and those that the officer's own organisation keeps; the database says the same."""
    own = Q(organisation_id=actor.organisation)
    if actor.reach == "own":
        return own
    return Q(**actor.area.narrowing) | own if actor.area.narrowing else Q()


def listed(actor: Actor) -> Q:
    """What a long list shows: the officer's area, or for posts without one what the organisation keeps.

    Both at once would leave no index to sort by; what the own organisation gave to people of other areas is found by its
    session and its row.
    """
    return Q(organisation_id=actor.organisation) if actor.reach == "own" else Q(**actor.area.smallest)


class DoseQuerySet(models.QuerySet["Dose"]):
    """Doses by officer, person and day."""

    def visible_to(self, actor: Actor) -> Self:
        """Doses of people of the officer's area, and those that the officer's organisation gave."""
        return self.filter(seen_by(actor))

    def counted(self) -> Self:
        """Doses that count: those struck out as never given are left out."""
        return self.filter(struck_at=None)

    def unmatched(self) -> Self:
        """Doses of which nobody knows yet whose they are."""
        return self.counted().filter(person=None)


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Dose(Record, AreaColumns):
    """One dose. Never dropped: what contradicts the rule is doubted, what was never given is struck out with a reason.

    The area is where the person lives, as far as known; else where the dose was given.
    """

    class Source(models.TextChoices):
        """How the dose came into the books."""

        ONLINE = "online", pgettext_lazy("dose", "In the session")
        OFFLINE = "offline", pgettext_lazy("dose", "In the session, without network")
        SHEET = "sheet", pgettext_lazy("dose", "From a sheet")

    class Joined(models.TextChoices):
        """How the dose found its person."""

        NOT = "", pgettext_lazy("dose", "Not matched")
        NUMBER = "number", pgettext_lazy("dose", "By the ID card number")
        NAME = "name", pgettext_lazy("dose", "By name, birth, sex and commune")
        CHOSEN = "chosen", pgettext_lazy("dose", "Chosen by an officer")

    key = models.UUIDField(unique=True, db_comment="made by whoever sent the dose: sent twice, it is kept once")
    digest = models.CharField(max_length=64, blank=True, db_comment="SHA-256 of what a phone sent; empty from a sheet")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="doses", db_index=False, verbose_name=_("Person")
    )
    joined = models.CharField(_("Matched"), max_length=6, choices=Joined.choices, blank=True, default="")
    full_name = models.CharField(
        _("Full name"), max_length=120, db_comment="as written at the dose, as all of the identity"
    )
    sex = models.CharField(_("Sex"), max_length=1, choices=Person.Sex.choices, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("Year of birth"), null=True, blank=True)
    birth_date = models.DateField(_("Date of birth"), null=True, blank=True)
    identity_number = models.CharField(_("ID card number"), max_length=12, blank=True)
    phone = models.CharField(_("Telephone"), max_length=20, blank=True)
    address = models.CharField(_("Address"), max_length=200, blank=True)
    search_key = models.CharField(max_length=160, editable=False)
    identity_key = models.UUIDField(db_comment="same identity as written, same key: number, else folded name and birth")
    fingerprint = models.UUIDField(db_comment="same person as written, day, product, number and lot: the same dose")
    product = models.CharField(_("Vaccine"), max_length=20, db_comment="product of the rulebook's vocabulary")
    lot = models.ForeignKey(
        VaccineLot, models.PROTECT, null=True, blank=True, related_name="doses", verbose_name=_("Lot")
    )
    lot_number = models.CharField(_("Lot number"), max_length=60, blank=True, db_comment="as written")
    session = models.ForeignKey(
        Session,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="doses",
        db_index=False,
        verbose_name=pgettext_lazy("vaccination", "Session"),
    )
    number = models.PositiveSmallIntegerField(_("Dose number"))
    given_at = models.DateTimeField(pgettext_lazy("dose", "Given at"))
    given_on = models.DateField(pgettext_lazy("dose", "Given on"), db_comment="the day of given_at in Vietnam")
    age = models.PositiveSmallIntegerField(_("Age"), null=True, blank=True, db_comment="whole years at the dose")
    group = models.CharField(
        _("Priority group"), max_length=30, blank=True, db_comment="group of the rulebook's vocabulary"
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=pgettext_lazy("dose", "Given by"),
    )
    facility = models.CharField(_("Vaccination site"), max_length=200, blank=True, db_comment="as written in a sheet")
    officer = models.ForeignKey(
        Officer, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("By")
    )
    device = models.CharField(_("Device"), max_length=36, blank=True)
    source = models.CharField(_("Written down"), max_length=7, choices=Source.choices)
    received_at = models.DateTimeField(pgettext_lazy("dose", "Received"))
    doubted = models.BooleanField(_("Doubted"), default=False, db_comment="an open doubt stands against it")
    struck_at = models.DateTimeField(_("Struck out"), null=True, blank=True)
    struck_reason = models.CharField(_("Reason"), max_length=200, blank=True)

    objects = DoseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(number__range=(1, 9)),
                name="dose_number_possible",
                violation_error_message=_("The number of a dose lies between 1 and 9."),
            ),
            models.CheckConstraint(
                condition=Q(birth_date=None) | Q(given_on__gte=models.F("birth_date")),
                name="dose_after_birth",
                violation_error_message=_("The dose lies before the birth. Correct one of the two days."),
            ),
        ]
        indexes = [
            models.Index(fields=["province_id", "-given_at", "-id"], name="dose_province"),
            models.Index(fields=["district_id", "-given_at", "-id"], name="dose_district"),
            models.Index(fields=["commune_id", "-given_at", "-id"], name="dose_commune"),
            models.Index(fields=["organisation", "-given_at", "-id"], name="dose_organisation"),
            models.Index(fields=["person", "given_on"], name="dose_person"),
            models.Index(fields=["session", "-given_at"], name="dose_session"),
            models.Index(fields=["fingerprint"], name="dose_fingerprint"),
            models.Index(fields=["identity_key"], name="dose_identity"),
            models.Index(fields=["identity_number"], condition=~Q(identity_number=""), name="dose_number"),
            *(
                models.Index(fields=[f"{tier}_id", "product", "-given_at", "-id"], name=f"dose_product_{tier}")
                for tier in ("province", "district", "commune")
            ),
            *(
                models.Index(fields=[f"{tier}_id", "-given_at", "-id"], condition=condition, name=f"dose_{name}_{tier}")
                for tier in ("province", "district", "commune")
                for name, condition in (
                    ("doubted", Q(doubted=True)),
                    ("nobodys", Q(person=None)),
                    ("struck", Q(struck_at__isnull=False)),
                )
            ),
            *(
                models.Index(
                    fields=[f"{tier}_id", "product"], condition=Q(person=None), name=f"dose_nobodys_product_{tier}"
                )
                for tier in ("province", "district", "commune")
            ),
            GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="dose_search"),
        ]

    def __str__(self) -> str:
        return self.masked

    @property
    def masked(self) -> str:
        """Initials and birth year of the identity as written."""
        return masked_name(self.full_name, self.birth_year)


class DoseDoubtQuerySet(models.QuerySet["DoseDoubt"]):
    """Doubts by officer and state."""

    def visible_to(self, actor: Actor) -> Self:
        """Those against doses that the officer may see."""
        return self.filter(seen_by(actor))

    def open(self) -> Self:
        """Doubts that nobody has settled."""
        return self.filter(settled_at=None)


@pghistory.track(*audited())
class DoseDoubt(Record, AreaColumns):
    """What the rule says against a dose: overridden by name before it was given, or found in what came from elsewhere."""

    class Settled(models.TextChoices):
        """What a supervisor made of it."""

        WAITING = "", _("Waiting")
        STANDS = "stands", _("The dose stands")
        STRUCK = "struck", _("Struck out: never given")

    dose = models.ForeignKey(Dose, models.CASCADE, related_name="doubts", verbose_name=_("Dose"))
    code = models.CharField(_("Doubt"), max_length=20, db_comment="code of rules.checking")
    other = models.ForeignKey(Dose, models.SET_NULL, null=True, related_name="+", db_comment="the dose it contradicts")
    words_vi = models.CharField(max_length=300)
    words_en = models.CharField(max_length=300)
    citation = models.CharField(max_length=120, blank=True, db_comment="document and row of the rule")
    overridden = models.BooleanField(_("Given all the same"), default=False)
    reason = models.CharField(_("Reason"), max_length=200, blank=True, db_comment="of whoever gave it all the same")
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+", verbose_name=_("By"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    found_at = models.DateTimeField(_("Found"))
    settled = models.CharField(_("Answer"), max_length=6, choices=Settled.choices, blank=True, default="")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    settled_reason = models.CharField(_("Reason of the answer"), max_length=200, blank=True)

    objects = DoseDoubtQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dose", "code"], name="dose_doubt_once")]
        indexes = [
            *(
                models.Index(
                    fields=[f"{tier}_id", "-overridden", "-found_at", "-id"],
                    condition=Q(settled_at=None),
                    name=f"doubt_{tier}",
                )
                for tier in ("province", "district", "commune")
            ),
            models.Index(fields=["organisation", "-found_at"], name="doubt_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.dose_id}"


class RefusedDoseQuerySet(models.QuerySet["RefusedDose"]):
    """Refused doses by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's area or organisation."""
        return self.filter(seen_by(actor))

    def waiting(self) -> Self:
        """Those that neither the phone nor the desk has mended."""
        return self.filter(settled_at=None)


class RefusedDose(AreaColumns):
    """What a phone sent and the server could not take, kept as it came, so that no dose that was given is lost."""

    key = models.UUIDField(unique=True)
    content = models.JSONField()
    reason = models.CharField(_("Reason"), max_length=300)
    session = models.ForeignKey(Session, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+", verbose_name=_("By"))
    device = models.CharField(max_length=36, blank=True)
    received_at = models.DateTimeField(pgettext_lazy("dose", "Received"))
    settled_at = models.DateTimeField(null=True)

    objects = RefusedDoseQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["session"], condition=Q(settled_at=None), name="refused_dose_waiting")]
