"""Gates of a lockdown zone: who stands there, who went in and out, and who may."""

from datetime import datetime
from typing import Any, Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.containment.models.zones import Zone
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer


class OfAreaQuerySet(models.QuerySet[Any]):
    """Rows by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Rows of the officer's area; the database refuses the rest as well."""
        return self.filter(**actor.area.narrowing)


class Purpose(models.TextChoices):
    """Why somebody goes in or out."""

    CARE = "care", _("Medical care")
    TEST = "test", _("Testing, vaccination")
    FOOD = "food", _("Food and goods")
    DUTY = "duty", _("On duty")
    WORK = "work", _("Work that must go on")
    FUNERAL = "funeral", _("Funeral")
    OTHER = "other", pgettext_lazy("purpose", "Something else")


@pghistory.track(*audited())
class Gate(Record, AreaColumns):
    """A way in and out that is guarded; every other way is closed."""

    zone = models.ForeignKey(Zone, models.PROTECT, related_name="gates", verbose_name=_("Lockdown zone"))
    name = models.CharField(_("Name"), max_length=80)
    place = models.CharField(pgettext_lazy("gate", "Where it stands"), max_length=160, blank=True)
    in_charge = models.CharField(
        pgettext_lazy("gate", "Person in charge"), max_length=120, blank=True, db_default="", default=""
    )
    phone = models.CharField(_("Telephone"), max_length=20, blank=True)
    opens_at = models.TimeField(pgettext_lazy("gate", "Lets through from"), null=True, blank=True)
    shuts_at = models.TimeField(pgettext_lazy("gate", "Lets through until"), null=True, blank=True)
    closed_on = models.DateField(pgettext_lazy("gate", "Closed on"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at=None, shuts_at=None)
                | Q(opens_at__isnull=False, shuts_at__isnull=False) & ~Q(opens_at=F("shuts_at")),
                name="gate_hours_both_or_none",
                violation_error_message=_("Give both hours of the gate, or none where it is open day and night."),
            ),
            models.UniqueConstraint(
                fields=["zone", "name"],
                name="gate_name_once",
                violation_error_message=_("The zone has a gate of that name already. Choose another name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def lets_through_at(self, moment: datetime) -> bool:
        """Whether a moment lies in the gate's hours, which may go over midnight; without hours it is open day and night."""
        if self.opens_at is None or self.shuts_at is None:
            return True
        now = moment.astimezone(VIETNAM).time()
        if self.opens_at < self.shuts_at:
            return self.opens_at <= now < self.shuts_at
        return now >= self.opens_at or now < self.shuts_at


class GateDutyQuerySet(models.QuerySet["GateDuty"]):
    """Shifts by moment."""

    def at(self, moment: datetime) -> Self:
        """Who stands at the gate at a moment."""
        return self.filter(starts_at__lte=moment, ends_at__gt=moment)


@pghistory.track(*audited())
class GateDuty(Record, AreaColumns):
    """One person's shift at a gate."""

    gate = models.ForeignKey(Gate, models.CASCADE, related_name="duties", verbose_name=_("Gate"))
    officer = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Officer")
    )
    name = models.CharField(_("Name"), max_length=120)
    phone = models.CharField(_("Telephone"), max_length=20, blank=True)
    force = models.CharField(pgettext_lazy("gate", "Comes from"), max_length=80, blank=True)
    starts_at = models.DateTimeField(_("Shift begins"))
    ends_at = models.DateTimeField(_("Shift ends"))

    objects = GateDutyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="shift_ends_after_it_begins",
                violation_error_message=_("The shift ends before it begins. Correct one of the two times."),
            ),
            models.UniqueConstraint(
                fields=["gate", "name", "starts_at"],
                name="shift_once",
                violation_error_message=_("This person has this shift at the gate already."),
            ),
        ]
        indexes = [models.Index(fields=["gate", "starts_at"])]

    def __str__(self) -> str:
        return self.name


class PermitQuerySet(OfAreaQuerySet):
    """Permits by moment and by words."""

    def valid_at(self, moment: datetime) -> Self:
        """Permits that let through at a moment."""
        return self.filter(valid_from__lte=moment, valid_until__gt=moment, withdrawn_at=None)


@pghistory.track(*audited())
class Permit(Record, AreaColumns):
    """Leave for a person or a vehicle to pass the gates of one zone."""

    zone = models.ForeignKey(Zone, models.PROTECT, related_name="permits", verbose_name=_("Lockdown zone"))
    holder = models.CharField(_("Full name"), max_length=120, blank=True)
    plate = models.CharField(_("Number plate"), max_length=20, blank=True)
    phone = models.CharField(_("Telephone"), max_length=20, blank=True)
    purpose = models.CharField(_("Purpose"), max_length=8, choices=Purpose.choices)
    note = models.CharField(_("Note"), max_length=200, blank=True)
    valid_from = models.DateTimeField(_("Valid from"))
    valid_until = models.DateTimeField(_("Valid until"))
    issued_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+", verbose_name=_("Issued by"))
    withdrawn_at = models.DateTimeField(pgettext_lazy("permit", "Withdrawn"), null=True, blank=True)
    search_key = models.CharField(max_length=200, editable=False)

    objects = PermitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("valid_from")),
                name="permit_ends_after_it_begins",
                violation_error_message=_("The permit ends before it begins. Correct one of the two times."),
            ),
            models.CheckConstraint(
                condition=~Q(holder="") | ~Q(plate=""),
                name="permit_names_somebody",
                violation_error_message=_("A permit names a person or a number plate. Fill in one of them."),
            ),
        ]
        indexes = [models.Index(fields=["zone", "valid_until"])]

    def __str__(self) -> str:
        return self.holder or self.plate


@pghistory.track(*audited())
class GatePassage(AreaColumns):
    """Somebody or a vehicle went in or out. Written once; the telephone's key keeps a repetition from counting twice."""

    class Direction(models.TextChoices):
        """Which way."""

        IN = "in", pgettext_lazy("gate", "In")
        OUT = "out", pgettext_lazy("gate", "Out")

    gate = models.ForeignKey(Gate, models.PROTECT, related_name="passages", verbose_name=_("Gate"))
    key = models.UUIDField(unique=True, editable=False)
    direction = models.CharField(_("Direction"), max_length=3, choices=Direction.choices)
    name = models.CharField(_("Full name"), max_length=120, blank=True)
    plate = models.CharField(_("Number plate"), max_length=20, blank=True)
    purpose = models.CharField(_("Purpose"), max_length=8, choices=Purpose.choices)
    permit = models.ForeignKey(
        Permit, models.PROTECT, null=True, blank=True, related_name="passages", verbose_name=_("Permit")
    )
    note = models.CharField(_("Note"), max_length=200, blank=True)
    at = models.DateTimeField(_("When"))
    recorded_at = models.DateTimeField(pgettext_lazy("log", "Received"))
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+", verbose_name=_("Recorded by"))

    objects = OfAreaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") | ~Q(plate=""),
                name="passage_names_somebody",
                violation_error_message=_("Write the name or the number plate of who passes."),
            ),
        ]
        indexes = [models.Index(fields=["gate", "-at"])]
