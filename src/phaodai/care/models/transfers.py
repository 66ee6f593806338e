"""Transfers between tiers and facilities with their ambulance: one clock for each step."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.care.models.facilities import BedKind, Facility
from phaodai.care.models.patients import Patient
from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer, Organisation
from phaodai.surveillance.models import Case


class AmbulanceQuerySet(models.QuerySet["Ambulance"]):
    """Ambulances by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Every ambulance of the province: whoever sends a patient must know what drives."""
        return self.filter(**actor.in_province)

    def in_service(self) -> Self:
        """Those that drive."""
        return self.filter(closed_on=None)

    def free_for(self, transfer_id: int) -> Self:
        """Those that drive nobody now but, perhaps, the patient of this transfer."""
        driving = Transfer.objects.filter(state=Transfer.State.ON_THE_WAY, ambulance__isnull=False)
        return self.exclude(pk__in=driving.exclude(pk=transfer_id).values("ambulance"))

    def own_first(self, actor: Actor) -> Self:
        """Those of the officer's organisation before the others, each by number plate."""
        others = models.Case(models.When(organisation=actor.organisation, then=0), default=1)
        return self.order_by(others, "plate")


@pghistory.track(*audited())
class Ambulance(Record, AreaColumns):
    """A vehicle that carries patients, the body that runs it, and what it can keep alive on the way."""

    class Equipment(models.TextChoices):
        """What is aboard, the least first."""

        PLAIN = "plain", pgettext_lazy("ambulance", "Stretcher only")
        OXYGEN = "oxygen", pgettext_lazy("ambulance", "With oxygen")
        ICU = "icu", pgettext_lazy("ambulance", "With ventilator")

    plate = models.CharField(_("Number plate"), max_length=20)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="ambulances", verbose_name=pgettext_lazy("ambulance", "Run by")
    )
    equipment = models.CharField(
        pgettext_lazy("ambulance", "Equipment"), max_length=6, choices=Equipment.choices, default=Equipment.PLAIN
    )
    crew = models.CharField(pgettext_lazy("ambulance", "Crew"), max_length=160, blank=True)
    phone = models.CharField(_("Telephone"), max_length=20, blank=True)
    closed_on = models.DateField(pgettext_lazy("ambulance", "Out of service since"), null=True, blank=True)
    search_key = models.CharField(max_length=300, editable=False, default="", db_default="")

    objects = AmbulanceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plate"],
                name="ambulance_plate_once",
                violation_error_message=_("An ambulance with this number plate is written down already."),
            )
        ]
        indexes = [models.Index(fields=["province_id", "plate"])]

    def __str__(self) -> str:
        return self.plate


class Urgency(models.TextChoices):
    """How soon somebody must be moved; sorted by its own word."""

    EMERGENCY = "a_emergency", pgettext_lazy("transfer", "Emergency")
    URGENT = "b_urgent", pgettext_lazy("transfer", "Urgent")
    ROUTINE = "c_routine", pgettext_lazy("transfer", "Routine")


class TransferQuerySet(models.QuerySet["Transfer"]):
    """Transfers by officer and by state."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of patients of the officer's area, and those that the officer's organisation sends, takes or drives."""
        if actor.reach == "all":
            return self
        ours = self._ours(actor.organisation)
        return self.filter(ours) if actor.reach == "own" else self.filter(Q(**actor.area.narrowing) | ours)

    def live(self) -> Self:
        """Those under way: until the receiving facility has laid the patient in a bed."""
        return self.filter(state__in=LIVE, received_at=None)

    @staticmethod
    def _ours(organisation: int) -> Q:
        return (
            Q(to_facility__organisation_id=organisation)
            | Q(from_facility__organisation_id=organisation)
            | Q(ambulance__organisation_id=organisation)
        )


@pghistory.track(*audited())
class Transfer(Record, AreaColumns):
    """One patient's way to a facility. The area is the patient's.

    `since` is when the present state began and `due_at` when the next one must have: their difference is a limit of
    `TransferLimit` or the working rule of `rules.transfers`. What the patient is called stands here too, because the crew
    of an ambulance sees the transfer alone.
    """

    class State(models.TextChoices):
        """How far it has come."""

        REQUESTED = "requested", pgettext_lazy("transfer", "Requested")
        APPROVED = "approved", pgettext_lazy("transfer", "Approved")
        ASSIGNED = "assigned", pgettext_lazy("transfer", "Ambulance assigned")
        ON_THE_WAY = "on_the_way", pgettext_lazy("transfer", "On the way")
        ARRIVED = "arrived", pgettext_lazy("transfer", "Arrived")
        REFUSED = "refused", pgettext_lazy("transfer", "Refused")
        CANCELLED = "cancelled", pgettext_lazy("transfer", "Cancelled")

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="transfers", verbose_name=_("Patient"))
    initials = models.CharField(pgettext_lazy("patient", "Initials"), max_length=40)
    severity = models.CharField(_("Severity"), max_length=12, choices=Case.Severity.choices, blank=True)
    from_facility = models.ForeignKey(
        Facility, models.PROTECT, null=True, blank=True, related_name="sent", verbose_name=_("From facility")
    )
    pick_up = models.CharField(_("Where to fetch"), max_length=200, blank=True)
    to_facility = models.ForeignKey(Facility, models.PROTECT, related_name="taken", verbose_name=_("To facility"))
    need = models.CharField(_("Bed needed"), max_length=6, choices=BedKind.choices, default=BedKind.PLAIN)
    urgency = models.CharField(_("Urgency"), max_length=12, choices=Urgency.choices, default=Urgency.URGENT)
    reason = models.CharField(_("Reason"), max_length=300, blank=True)
    state = models.CharField(_("State"), max_length=10, choices=State.choices, default=State.REQUESTED)
    requested_at = models.DateTimeField(pgettext_lazy("transfer", "Requested at"))
    since = models.DateTimeField(pgettext_lazy("transfer", "Since"))
    due_at = models.DateTimeField(pgettext_lazy("transfer", "Next step due"), null=True, blank=True)
    late_told_at = models.DateTimeField(null=True, blank=True, db_comment="the present step was told to be late")
    ambulance = models.ForeignKey(
        Ambulance, models.PROTECT, null=True, blank=True, related_name="transfers", verbose_name=_("Ambulance")
    )
    crew = models.CharField(pgettext_lazy("ambulance", "Crew"), max_length=160, blank=True)
    received_at = models.DateTimeField(pgettext_lazy("transfer", "Laid in a bed"), null=True, blank=True)
    why_not = models.CharField(_("Why refused or cancelled"), max_length=300, blank=True)
    search_key = models.CharField(max_length=300, editable=False, default="", db_default="")

    objects = TransferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(received_at=None) & ~Q(state__in=["refused", "cancelled"]),
                name="transfer_one_at_a_time",
                violation_error_message=_(
                    "A transfer of this patient is under way already. Finish or cancel that one."
                ),
            ),
            models.UniqueConstraint(
                fields=["ambulance"],
                condition=Q(state="on_the_way"),
                name="ambulance_drives_one_way_at_a_time",
                violation_error_message=_("This ambulance is on the way with another patient."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["assigned", "on_the_way"]) | Q(ambulance__isnull=False),
                name="transfer_assigned_has_ambulance",
                violation_error_message=_("Choose an ambulance."),
            ),
            models.CheckConstraint(
                condition=Q(received_at=None) | Q(state="arrived"), name="transfer_received_has_arrived"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "cancelled"]) | ~Q(why_not=""),
                name="transfer_called_off_has_reason",
                violation_error_message=_("Say why, in a few words."),
            ),
        ]
        indexes = [
            models.Index(fields=["province_id", "state", "urgency", "since"], name="transfer_board"),
            models.Index(fields=["to_facility", "state"], name="transfer_to"),
            models.Index(fields=["patient", "-requested_at"], name="transfer_of_patient"),
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False, late_told_at=None), name="transfer_due"),
        ]

    def __str__(self) -> str:
        return self.initials

    @property
    def is_live(self) -> bool:
        """Whether it is under way."""
        return self.state in LIVE and self.received_at is None


LIVE = (
    Transfer.State.REQUESTED,
    Transfer.State.APPROVED,
    Transfer.State.ASSIGNED,
    Transfer.State.ON_THE_WAY,
    Transfer.State.ARRIVED,
)


class TransferStep(models.Model):
    """One step of a transfer; never changed. `key` tells a repeated tap of a telephone from a second one."""

    transfer = models.ForeignKey(Transfer, models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10, choices=Transfer.State.choices)
    at = models.DateTimeField()
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    words = models.CharField(max_length=300, blank=True)
    key = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key"], name="transfer_step_key_once")]
        indexes = [models.Index(fields=["transfer", "at"])]


class TransferLimitQuerySet(models.QuerySet["TransferLimit"]):
    """Limits by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's province."""
        return self.filter(**actor.in_province)


@pghistory.track(*audited())
class TransferLimit(Record, AreaColumns):
    """How long a state may last in one province, where it chose other limits than the working rule."""

    urgency = models.CharField(_("Urgency"), max_length=12, choices=Urgency.choices)
    state = models.CharField(_("State"), max_length=10, choices=Transfer.State.choices)
    minutes = models.PositiveSmallIntegerField(_("Minutes"))

    objects = TransferLimitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["province_id", "urgency", "state"], name="transfer_limit_once"),
            models.CheckConstraint(
                condition=Q(minutes__range=(1, 2880)),
                name="transfer_limit_possible",
                violation_error_message=_("A limit lies between 1 minute and 48 hours."),
            ),
        ]
