"""Where vaccine is kept cold, what the thermometers wrote, and each time it was not cold enough, or too cold."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer, Organisation
from phaodai.supply.models import Store


class ColdPlaceQuerySet(models.QuerySet["ColdPlace"]):
    """Fridges by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's area, or of the own organisation."""
        return self.filter(actor.in_area_or_body)


@pghistory.track(*audited())
class ColdPlace(Record, AreaColumns):
    """A fridge, a freezer or a cold box with a thermometer that keeps a log."""

    class Kind(models.TextChoices):
        """What it is."""

        FRIDGE = "fridge", pgettext_lazy("cold chain", "Fridge")
        FREEZER = "freezer", pgettext_lazy("cold chain", "Freezer")
        ULTRA_COLD = "ultra", pgettext_lazy("cold chain", "Ultra-low freezer")
        BOX = "box", pgettext_lazy("cold chain", "Cold box")
        VEHICLE = "vehicle", pgettext_lazy("cold chain", "Refrigerated vehicle")

    name = models.CharField(pgettext_lazy("cold chain", "Name"), max_length=120)
    kind = models.CharField(pgettext_lazy("cold chain", "Kind"), max_length=8, choices=Kind.choices)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("cold chain", "Kept by")
    )
    store = models.ForeignKey(Store, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Store"))
    serial = models.CharField(pgettext_lazy("cold chain", "Serial number"), max_length=60, blank=True)
    low = models.DecimalField(pgettext_lazy("cold chain", "Lowest °C"), max_digits=4, decimal_places=1)
    high = models.DecimalField(pgettext_lazy("cold chain", "Highest °C"), max_digits=4, decimal_places=1)
    last_read_at = models.DateTimeField(pgettext_lazy("cold chain", "Read until"), null=True)
    last_celsius = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    sort_key = models.CharField(max_length=200, editable=False, db_collation="C")
    search_key = models.CharField(max_length=200, editable=False)

    objects = ColdPlaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="cold_place_once",
                violation_error_message=_("The organisation has a fridge of that name already."),
            ),
            models.CheckConstraint(
                condition=Q(low__lt=F("high")),
                name="cold_range_in_order",
                violation_error_message=_("The lowest temperature must be below the highest."),
            ),
        ]
        indexes = [models.Index(fields=["province_id", "sort_key"])]

    def __str__(self) -> str:
        return self.name


class ColdChainLog(AreaColumns):
    """One file of a thermometer that was taken in."""

    place = models.ForeignKey(ColdPlace, models.PROTECT, related_name="logs")
    name = models.CharField(_("File name"), max_length=255)
    sha256 = models.CharField(max_length=64)
    since = models.DateTimeField()
    until = models.DateTimeField()
    readings = models.PositiveIntegerField()
    parked = models.PositiveIntegerField(default=0)
    taken_in_at = models.DateTimeField()
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "sha256"], name="cold_log_once")]


class ColdReading(AreaColumns):
    """What a thermometer wrote at one moment; the same moment twice is one reading."""

    place = models.ForeignKey(ColdPlace, models.PROTECT, related_name="readings")
    at = models.DateTimeField()
    celsius = models.DecimalField(max_digits=4, decimal_places=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "at"], name="cold_reading_once")]


class ExcursionQuerySet(models.QuerySet["Excursion"]):
    """Excursions by officer and state."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of fridges that the officer sees; the database shows no others."""
        del actor
        return self

    def open(self) -> Self:
        """Those that nobody has decided."""
        return self.filter(decided_at=None)


@pghistory.track(*audited())
class Excursion(Record, AreaColumns):
    """A stretch outside the range that lasted too long, or a gap in the log; open until a person decides."""

    class Kind(models.TextChoices):
        """What happened."""

        WARM = "warm", pgettext_lazy("cold chain", "Too warm")
        COLD = "cold", pgettext_lazy("cold chain", "Too cold")
        GAP = "gap", pgettext_lazy("cold chain", "No readings")

    class Decision(models.TextChoices):
        """What becomes of the vaccine."""

        USE = "use", pgettext_lazy("cold chain", "The vaccine may be used")
        DISCARD = "discard", pgettext_lazy("cold chain", "The vaccine is thrown away")

    place = models.ForeignKey(ColdPlace, models.PROTECT, related_name="excursions")
    kind = models.CharField(max_length=4, choices=Kind.choices)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(db_comment="last reading outside; for a gap the next reading")
    worst = models.DecimalField(max_digits=4, decimal_places=1, null=True, db_comment="°C")
    low = models.DecimalField(max_digits=4, decimal_places=1)
    high = models.DecimalField(max_digits=4, decimal_places=1)
    found_at = models.DateTimeField()
    decision = models.CharField(max_length=7, choices=Decision.choices, blank=True)
    reason = models.CharField(_("Reason"), max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    objects = ExcursionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "kind", "began_at"], name="excursion_once"),
            models.CheckConstraint(
                condition=Q(decided_at=None) | (~Q(decision="") & ~Q(reason="")),
                name="excursion_decided_with_a_reason",
                violation_error_message=_("Say what becomes of the vaccine, and why."),
            ),
        ]
        indexes = [models.Index(fields=["province_id"], condition=Q(decided_at=None), name="open_excursion")]

    @property
    def minutes(self) -> int:
        """How long it lasted."""
        return int((self.ended_at - self.began_at).total_seconds() // 60)
