"""Mutual aid with other provinces and units: goods and teams, in both directions, from the request to the thanks."""

from datetime import date, datetime
from decimal import Decimal
from typing import Self

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.command.models import OutgoingPaper
from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.people.models import Officer, Organisation
from phaodai.supply.models.donations import OfAreaQuerySet, quantity_field
from phaodai.supply.models.readiness import ReadinessPlan
from phaodai.territory.models import Unit


class AidQuerySet(OfAreaQuerySet):
    """Aid by where it stands."""

    def live(self) -> Self:
        """What still moves."""
        return self.filter(state__in=AidRequest.MOVING)

    def overdue(self, moment: datetime) -> Self:
        """On the way past the time it was expected."""
        return self.filter(state=AidRequest.State.ON_WAY, expected_at__lt=moment)

    def unthanked(self) -> Self:
        """Help that reached us and was not thanked for."""
        return self.filter(state=AidRequest.State.RECEIVED, direction=AidRequest.Direction.TO_US)


@pghistory.track(*audited())
class AidRequest(Record, AreaColumns):
    """One piece of mutual aid: asked for or offered, to us or by us."""

    class Kind(models.TextChoices):
        """Who spoke first."""

        REQUEST = "request", pgettext_lazy("aid", "Request")
        OFFER = "offer", pgettext_lazy("aid", "Offer")

    class Direction(models.TextChoices):
        """Whom it helps."""

        TO_US = "in", pgettext_lazy("aid", "To us")
        FROM_US = "out", pgettext_lazy("aid", "From us")

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", pgettext_lazy("aid", "Waits for an answer")
        AGREED = "agreed", pgettext_lazy("aid", "Agreed")
        REFUSED = "refused", pgettext_lazy("aid", "Declined")
        ON_WAY = "on_way", pgettext_lazy("aid", "On the way")
        RECEIVED = "received", pgettext_lazy("aid", "Arrived")
        THANKED = "thanked", pgettext_lazy("aid", "Thanked")
        WITHDRAWN = "withdrawn", pgettext_lazy("aid", "Withdrawn")

    MOVING = (State.OPEN, State.AGREED, State.ON_WAY)

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("Unit"))
    kind = models.CharField(_("Kind"), max_length=7, choices=Kind.choices)
    direction = models.CharField(pgettext_lazy("aid", "Direction"), max_length=3, choices=Direction.choices)
    partner = models.CharField(pgettext_lazy("aid", "With whom"), max_length=200)
    partner_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    subject = models.CharField(pgettext_lazy("aid", "About"), max_length=300)
    paper_number = models.CharField(_("Number of the paper"), max_length=80, blank=True)
    paper_on = models.DateField(_("Date of the paper"), null=True, blank=True)
    needed_from = models.DateField(pgettext_lazy("aid", "Needed from"), null=True, blank=True)
    needed_until = models.DateField(pgettext_lazy("aid", "Needed until"), null=True, blank=True)
    state = models.CharField(_("State"), max_length=9, choices=State.choices, default=State.OPEN)
    asked_at = models.DateTimeField(pgettext_lazy("aid", "Asked or offered"))
    dispatched_at = models.DateTimeField(pgettext_lazy("aid", "Left"), null=True, blank=True)
    expected_at = models.DateTimeField(pgettext_lazy("aid", "Expected"), null=True, blank=True)
    arrived_at = models.DateTimeField(pgettext_lazy("aid", "Arrived at"), null=True, blank=True)
    plan = models.ForeignKey(ReadinessPlan, models.PROTECT, null=True, blank=True, related_name="+")
    paper = models.ForeignKey(OutgoingPaper, models.PROTECT, null=True, blank=True, related_name="+")
    thanks = models.ForeignKey(OutgoingPaper, models.PROTECT, null=True, blank=True, related_name="+")
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+", verbose_name=_("Recorded by"))
    key = models.UUIDField(unique=True, editable=False)
    search_key = models.CharField(max_length=600, editable=False, default="")

    objects = AidQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["on_way"]) | Q(dispatched_at__isnull=False),
                name="aid_on_its_way_has_left",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["received", "thanked"]) | Q(arrived_at__isnull=False),
                name="aid_received_has_arrived",
            ),
            models.CheckConstraint(
                condition=Q(expected_at=None) | Q(expected_at__gte=F("dispatched_at")),
                name="aid_expected_after_it_left",
                violation_error_message=_("It cannot arrive before it leaves."),
            ),
        ]
        indexes = [models.Index(fields=["province_id", "state", "-asked_at"])]

    def __str__(self) -> str:
        return self.subject


class AidLine(models.Model):
    """One sort of goods: asked for, agreed, sent, received."""

    request = models.ForeignKey(AidRequest, models.PROTECT, related_name="lines")
    item = models.ForeignKey("supply.Item", models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(pgettext_lazy("donation", "What"), max_length=160)
    unit = models.CharField(pgettext_lazy("donation", "Counted in"), max_length=40)
    asked = quantity_field(pgettext_lazy("aid", "Asked"))
    agreed = quantity_field(pgettext_lazy("aid", "Agreed quantity"), null=True, blank=True)
    sent = quantity_field(pgettext_lazy("aid", "Sent"), null=True, blank=True)
    received = quantity_field(pgettext_lazy("aid", "Received quantity"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(asked__gt=0),
                name="aid_of_something",
                violation_error_message=_("The quantity must be more than 0."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def coming(self) -> Decimal:
        """What is expected of it by the last word: sent, else agreed, else nothing."""
        said = (much for much in (self.sent, self.agreed) if much is not None)
        return next(said, Decimal(0))


@pghistory.track(*audited())
class AidTeam(AreaColumns):
    """A team lent or borrowed: its skill, how many, from when until when, where it works."""

    class State(models.TextChoices):
        """Where it is."""

        PLANNED = "planned", pgettext_lazy("team", "Planned")
        WORKING = "working", pgettext_lazy("team", "At work")
        RETURNED = "returned", pgettext_lazy("team", "Gone home")

    request = models.ForeignKey(AidRequest, models.PROTECT, related_name="teams")
    skill = models.CharField(pgettext_lazy("team", "Skill"), max_length=120)
    people = models.PositiveIntegerField(pgettext_lazy("team", "People"))
    leader = models.CharField(pgettext_lazy("team", "Led by"), max_length=120, blank=True)
    from_on = models.DateField(pgettext_lazy("team", "From"))
    until_on = models.DateField(pgettext_lazy("team", "Until"))
    where = models.CharField(pgettext_lazy("team", "Works at"), max_length=200, blank=True)
    state = models.CharField(_("State"), max_length=8, choices=State.choices, default=State.PLANNED)
    returned_on = models.DateField(pgettext_lazy("team", "Went home on"), null=True, blank=True)

    objects = OfAreaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")),
                name="team_ends_after_it_begins",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                condition=Q(people__gt=0),
                name="team_of_somebody",
                violation_error_message=_("A team has at least one person."),
            ),
        ]

    def __str__(self) -> str:
        return self.skill

    def is_over(self, day: date) -> bool:
        """Whether its days are over and it has not gone home."""
        return self.state != self.State.RETURNED and self.until_on < day


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class AidStep(models.Model):
    """What happened to a piece of aid, written once."""

    request = models.ForeignKey(AidRequest, models.PROTECT, related_name="steps")
    state = models.CharField(max_length=9, choices=AidRequest.State.choices)
    at = models.DateTimeField()
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("id",)


class AidDelay(models.Model):
    """Whoever sends gave a new time for help on the way: the time before, the time now and why. Written once."""

    request = models.ForeignKey(AidRequest, models.PROTECT, related_name="delays")
    expected_before = models.DateTimeField(pgettext_lazy("aid", "Expected before"))
    expected_at = models.DateTimeField(pgettext_lazy("aid", "Expected"))
    reason = models.CharField(_("Reason"), max_length=300)
    at = models.DateTimeField()
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(expected_at=F("expected_before")),
                name="aid_delay_changes_the_time",
                violation_error_message=_("This is the time that was given before. Write the new one."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="aid_delay_has_a_reason",
                violation_error_message=_("Say why it comes at another time."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="aid_delay_stays_as_written", operation=pgtrigger.Update | pgtrigger.Delete),
        ]
