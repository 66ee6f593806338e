"""Tubes on their way: asked for, taken, sent, received, examined, answered; of one person or of a pool."""

from datetime import datetime, timedelta
from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer, Person
from phaodai.surveillance.models.laboratories import Laboratory
from phaodai.surveillance.models.laboratory import LabTest
from phaodai.surveillance.models.testing import Campaign


@pghistory.track(*audited())
class Pool(Record, AreaColumns):
    """Several people's swabs in one tube. A positive one opens its members for single tests."""

    size = models.PositiveSmallIntegerField(_("People a tube"), db_comment="how many it may hold, by the rule or order")
    decision = models.JSONField(default=dict, blank=True, db_comment="what the size rests on")
    opened_at = models.DateTimeField(_("Opened"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(size__range=(2, 50)), name="pool_size_possible"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


@pghistory.track(*audited())
class PoolMember(Record):
    """One person in a pool, with the test that keeps the person's outcome."""

    pool = models.ForeignKey(Pool, models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("Person"))
    test = models.OneToOneField(LabTest, models.PROTECT, related_name="pool_member")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pool", "person"],
                name="once_in_a_pool",
                violation_error_message=_("This person is in the tube already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}"


class SampleQuerySet(models.QuerySet["Sample"]):
    """Samples by officer and by how far they have come."""

    def visible_to(self, actor: Actor) -> Self:
        """The database shows those of the officer's area and those at the officer's laboratory."""
        del actor
        return self

    def of_area(self, actor: Actor) -> Self:
        """Those whose people the officer's own area answers for."""
        return self.filter(**actor.area.narrowing)

    def due(self) -> Self:
        """Asked for and not taken yet."""
        return self.filter(state=Sample.State.DUE)

    def on_the_way(self) -> Self:
        """Taken and not answered."""
        return self.filter(state__in=ON_THE_WAY)

    def unfollowed(self) -> Self:
        """Answered, and nobody has drawn the consequences yet."""
        return self.filter(state=Sample.State.RESULTED, followed_at=None)


@pghistory.track(*audited())
class Sample(Record, AreaColumns):
    """One tube: of one person, or of a pool. One that is only asked for has no barcode yet."""

    class State(models.TextChoices):
        """How far it has come."""

        DUE = "due", _("To be taken")
        TAKEN = "taken", _("Taken")
        SENT = "sent", pgettext_lazy("tube", "Sent")
        RECEIVED = "received", _("At the laboratory")
        RUNNING = "running", _("Being examined")
        RESULTED = "resulted", pgettext_lazy("tube", "Answered")
        REJECTED = "rejected", _("Rejected")
        DROPPED = "dropped", _("No longer needed")

    class Rejection(models.TextChoices):
        """Why a laboratory does not examine a tube."""

        LEAKED = "leaked", _("Leaked or broken")
        UNLABELLED = "unlabelled", _("Label missing or unreadable")
        TOO_OLD = "too_old", _("Too old")
        WARM = "warm", _("Cold chain broken")
        TOO_LITTLE = "too_little", _("Too little material")
        WRONG = "wrong", _("Wrong tube or medium")

    barcode = models.CharField(_("Barcode"), max_length=40, blank=True)
    method = models.CharField(_("Method"), max_length=8, choices=LabTest.Method.choices, default=LabTest.Method.PCR)
    state = models.CharField(_("State"), max_length=8, choices=State.choices, default=State.DUE)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="samples", verbose_name=_("Person")
    )
    pool = models.OneToOneField(Pool, models.PROTECT, null=True, blank=True, related_name="tube")
    opens = models.ForeignKey(
        PoolMember,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="singles",
        verbose_name=_("Opened from the pool"),
    )
    instead_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="again", verbose_name=_("Taken again for")
    )
    test = models.OneToOneField(LabTest, models.PROTECT, null=True, blank=True, related_name="sample")
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="samples", verbose_name=_("Campaign")
    )
    reason = models.CharField(_("Reason"), max_length=200, blank=True)
    asked_at = models.DateTimeField(_("Asked for"))
    asked_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Asked by")
    )
    taken_at = models.DateTimeField(_("Sample taken"), null=True, blank=True)
    taken_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Taken by")
    )
    taken_where = models.CharField(pgettext_lazy("sample", "Taken at"), max_length=120, blank=True)
    laboratory = models.ForeignKey(
        Laboratory, models.PROTECT, null=True, blank=True, related_name="samples", verbose_name=_("Laboratory")
    )
    sent_at = models.DateTimeField(pgettext_lazy("tube", "Sent"), null=True, blank=True)
    received_at = models.DateTimeField(pgettext_lazy("tube", "Received"), null=True, blank=True)
    started_at = models.DateTimeField(_("Begun"), null=True, blank=True)
    result = models.CharField(_("Result"), max_length=8, choices=LabTest.Result.choices, blank=True, default="")
    result_at = models.DateTimeField(_("Result known"), null=True, blank=True)
    cycle_threshold = models.DecimalField(_("Ct value"), max_digits=4, decimal_places=1, null=True, blank=True)
    rejected_for = models.CharField(_("Rejected because"), max_length=10, choices=Rejection.choices, blank=True)
    followed_at = models.DateTimeField(null=True, blank=True, db_comment="when cases were made and classified from it")
    seen_at = models.DateTimeField(_("Seen by the unit"), null=True, blank=True)

    objects = SampleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["barcode"],
                condition=~Q(barcode=""),
                name="sample_barcode_once",
                violation_error_message=_("This tube was scanned before."),
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, pool__isnull=True) | Q(person__isnull=True, pool__isnull=False),
                name="sample_of_one_or_of_a_pool",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["due", "dropped"]) | (~Q(barcode="") & Q(taken_at__isnull=False)),
                name="taken_sample_has_a_barcode",
                violation_error_message=_("A sample that was taken has a barcode and a time."),
            ),
            models.CheckConstraint(
                condition=Q(state="resulted", result_at__isnull=False) & ~Q(result="")
                | ~Q(state="resulted") & Q(result="", result_at__isnull=True),
                name="sample_answered_once",
                violation_error_message=_("A sample has one result, with its time."),
            ),
            models.CheckConstraint(
                condition=Q(result_at__isnull=True) | Q(result_at__gte=F("taken_at")),
                name="sample_result_after_it_was_taken",
                violation_error_message=_("The result is known before the sample was taken. Correct one of the two."),
            ),
            models.CheckConstraint(
                condition=Q(state="rejected") & ~Q(rejected_for="") | ~Q(state="rejected") & Q(rejected_for=""),
                name="sample_rejected_for_a_reason",
                violation_error_message=_("Say why the tube is rejected."),
            ),
        ]
        indexes = [
            models.Index(fields=["commune_id", "state"]),
            models.Index(fields=["district_id", "state"]),
            models.Index(fields=["province_id", "state"]),
            models.Index(fields=["laboratory", "state", "received_at"]),
            models.Index(fields=["campaign", "state"]),
            models.Index(fields=["person"]),
            models.Index(fields=["id"], condition=Q(state="resulted", followed_at=None), name="sample_unfollowed"),
        ]

    def __str__(self) -> str:
        return self.barcode or self.get_state_display()

    def promised_by(self) -> datetime | None:
        """Until when the laboratory promised its answer; None before it has the tube."""
        if self.received_at is None or self.laboratory is None:
            return None
        return self.received_at + timedelta(hours=self.laboratory.turnaround_hours)


ON_THE_WAY = (Sample.State.TAKEN, Sample.State.SENT, Sample.State.RECEIVED, Sample.State.RUNNING)
"""The states between the swab and the answer."""
