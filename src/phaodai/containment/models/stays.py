"""Stays: one person's quarantine or isolation at a site or at home, from admission to release."""

from datetime import date
from typing import Any, Self

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.command.models import OutgoingPaper
from phaodai.containment.models.sites import Site, columns_narrowed
from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Household, Officer, Person
from phaodai.surveillance.models import Case, Contact, LabTest


class TimeRange(models.Func):
    """The period between two moments, the first included; an empty second leaves it open."""

    function = "tstzrange"
    output_field = DateTimeRangeField()


def period(begin: str, end: str) -> TimeRange:
    """`[begin, end)` of two columns."""
    return TimeRange(F(begin), F(end), Value("[)"))


class StayQuerySet(models.QuerySet["Stay"]):
    """Stays by officer and by what is owed."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's area and of the sites that the officer's organisation runs."""
        if actor.reach == "all":
            return self
        run_here = Q(site__organisation_id=actor.organisation)
        if actor.reach == "own":
            return self.filter(run_here)
        return self.filter(Q(**columns_narrowed(actor)) | run_here)

    def inside(self) -> Self:
        """Those that go on."""
        return self.filter(state=Stay.State.INSIDE)

    def at_home(self) -> Self:
        """Home quarantine and home isolation."""
        return self.filter(site=None)

    def free_on(self, day: date) -> Self:
        """Stays whose planned end has come by a day."""
        return self.inside().filter(release_on__lte=day)


@pghistory.track(*audited())
class Stay(Record, AreaColumns):
    """One person's quarantine or isolation. The area is that of the site, or of the home.

    The rule in force on `day_zero` set the days; `decision` is its record (`rulebook.record`) and `facts` what it was asked.
    Whoever runs the site reads initials, not names: the register of residents stays with the person's own commune.
    """

    class Kind(models.TextChoices):
        """Why somebody is kept apart."""

        CONTACT = "contact", pgettext_lazy("stay", "Contact (F1)")
        ARRIVAL = "arrival", pgettext_lazy("stay", "Arrival")
        CASE = "case", pgettext_lazy("stay", "Case in isolation (F0)")
        STAFF = "staff", pgettext_lazy("stay", "Staff of the site")

    class State(models.TextChoices):
        """How far it has come."""

        INSIDE = "inside", pgettext_lazy("stay", "In quarantine")
        RELEASED = "released", pgettext_lazy("stay", "Released")
        HOSPITAL = "hospital", pgettext_lazy("stay", "Taken to treatment")
        LEFT = "left", pgettext_lazy("stay", "Left without release")

    person = models.ForeignKey(Person, models.PROTECT, related_name="stays", verbose_name=_("Person"))
    initials = models.CharField(pgettext_lazy("stay", "Initials"), max_length=40)
    kind = models.CharField(pgettext_lazy("stay", "Kept apart as"), max_length=8, choices=Kind.choices)
    state = models.CharField(_("State"), max_length=8, choices=State.choices, default=State.INSIDE)
    site = models.ForeignKey(
        Site, models.PROTECT, null=True, blank=True, related_name="stays", verbose_name=_("Quarantine site")
    )
    household = models.ForeignKey(Household, models.PROTECT, null=True, blank=True, related_name="+")
    address = models.CharField(_("Address"), max_length=200, blank=True)
    home = models.JSONField(
        default=dict, blank=True, db_comment="conditions of the home as checked, and the rule's answer"
    )
    contact = models.ForeignKey(
        Contact,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stays",
        verbose_name=pgettext_lazy("stay", "Contact"),
    )
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="stays", verbose_name=pgettext_lazy("stay", "Case")
    )
    admitted_at = models.DateTimeField(pgettext_lazy("stay", "Admitted"))
    ended_at = models.DateTimeField(pgettext_lazy("stay", "Ended"), null=True, blank=True)
    day_zero = models.DateField(pgettext_lazy("stay", "Counted from"))
    release_on = models.DateField(pgettext_lazy("stay", "Release planned"), null=True, blank=True)
    monitor_until = models.DateField(pgettext_lazy("stay", "Watched at home until"), null=True, blank=True)
    facts = models.JSONField(
        default=dict, blank=True, db_comment="what the rule was asked: doses, last_dose_on, origin …"
    )
    decision = models.JSONField(
        default=dict, blank=True, db_comment="what the rule said: outcome, version, document, why"
    )
    certificate = models.ForeignKey(
        OutgoingPaper, models.PROTECT, null=True, blank=True, related_name="stays", verbose_name=_("Certificate")
    )
    search_key = models.CharField(max_length=240, editable=False, default="", db_default="")

    objects = StayQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="stay_once_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (period("admitted_at", "ended_at"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This person is in quarantine already. End or transfer that stay first."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("admitted_at")),
                name="stay_ends_after_it_began",
                violation_error_message=_("The stay ends before it began. Correct one of the two times."),
            ),
            models.CheckConstraint(
                condition=Q(state="inside", ended_at__isnull=True) | (~Q(state="inside") & Q(ended_at__isnull=False)),
                name="stay_state_and_end_agree",
            ),
            models.CheckConstraint(
                condition=Q(site__isnull=False) | ~Q(address=""),
                name="stay_is_somewhere",
                violation_error_message=_("Choose a site, or write the address of the home."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["site", "release_on"],
                include=["province_id", "district_id", "commune_id", "kind"],
                condition=Q(state="inside"),
                name="stay_inside",
            ),
            models.Index(fields=["province_id", "-admitted_at", "-id"], name="stay_of_province"),
            models.Index(fields=["district_id", "-admitted_at", "-id"], name="stay_of_district"),
            models.Index(fields=["commune_id", "-admitted_at", "-id"], name="stay_of_commune"),
        ]

    def __str__(self) -> str:
        return self.initials

    @property
    def is_open(self) -> bool:
        """Whether it goes on."""
        return self.state == Stay.State.INSIDE

    @property
    def law(self) -> dict[str, Any]:
        """The record of the decision as plain data."""
        return dict(self.decision)


@pghistory.track(*audited())
class StayTest(models.Model):
    """A sample that the rule asks for on one day of a stay, and what came of it."""

    class Result(models.TextChoices):
        """What the laboratory said."""

        WAITING = "", _("Not yet known")
        POSITIVE = "positive", _("Positive")
        NEGATIVE = "negative", _("Negative")
        UNCLEAR = "unclear", _("Unclear: take another sample")

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="tests")
    day_number = models.PositiveSmallIntegerField(db_comment="day n of the stay; 0: beyond the rule's days")
    due_on = models.DateField(pgettext_lazy("stay", "Sample due"))
    taken_at = models.DateTimeField(_("Sample taken"), null=True, blank=True)
    result = models.CharField(_("Result"), max_length=8, choices=Result.choices, blank=True, default="")
    result_at = models.DateTimeField(_("Result known"), null=True, blank=True)
    lab_test = models.ForeignKey(LabTest, models.SET_NULL, null=True, blank=True, related_name="+")
    dropped = models.BooleanField(default=False, db_comment="no longer due: the count began again or the rule changed")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stay", "due_on"], condition=Q(dropped=False), name="stay_test_once_a_day"),
            models.CheckConstraint(
                condition=Q(result="") | Q(taken_at__isnull=False, result_at__gte=F("taken_at")),
                name="stay_result_after_sample",
                violation_error_message=_("The result is known before the sample was taken. Correct one of the two."),
            ),
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(dropped=False, result=""), name="stay_test_due")]


class StayStep(models.Model):
    """What happened to a stay, in words and figures; never changed."""

    class What(models.TextChoices):
        """The steps."""

        ADMITTED = "admitted", pgettext_lazy("stay", "Admitted")
        MOVED = "moved", pgettext_lazy("stay", "Moved to another room")
        TRANSFERRED = "transferred", pgettext_lazy("stay", "Transferred to another site")
        TESTED = "tested", pgettext_lazy("stay", "Test result")
        POSITIVE = "positive", pgettext_lazy("stay", "Positive inside")
        RESET = "reset", pgettext_lazy("stay", "Count began again")
        RULE = "rule", pgettext_lazy("stay", "Another rule applied")
        ALARM = "alarm", pgettext_lazy("stay", "Alarm signs")
        RELEASED = "released", pgettext_lazy("stay", "Released")
        CERTIFIED = "certified", pgettext_lazy("stay", "Certificate signed")
        TREATED = "treated", pgettext_lazy("stay", "Taken to treatment")
        LEFT = "left", pgettext_lazy("stay", "Left without release")

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="steps")
    what = models.CharField(max_length=11, choices=What.choices)
    at = models.DateTimeField()
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    words = models.CharField(max_length=500, blank=True)
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = [models.Index(fields=["stay", "at"])]


@pghistory.track(*audited())
class StayCheck(Record):
    """What was seen of somebody inside on one day, for stays that no row of the follow-up grid covers."""

    class State(models.TextChoices):
        """The same answers as in the follow-up grid."""

        WELL = "well", _("Well")
        SYMPTOMS = "symptoms", _("Symptoms")
        NOT_SEEN = "not_seen", _("Not met")

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="checks")
    day = models.DateField(_("Day"))
    state = models.CharField(_("State"), max_length=8, choices=State.choices)
    temperature = models.DecimalField(_("Temperature"), max_digits=3, decimal_places=1, null=True, blank=True)
    symptoms = models.CharField(_("Symptoms"), max_length=300, blank=True)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stay", "day"], name="stay_check_once_a_day"),
            models.CheckConstraint(
                condition=Q(temperature__isnull=True) | Q(temperature__range=(30, 45)),
                name="stay_temperature_possible",
                violation_error_message=_("A body temperature lies between 30 and 45 degrees."),
            ),
        ]


class StayRuleChangeQuerySet(models.QuerySet["StayRuleChange"]):
    """Choices by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's area."""
        return self if actor.reach == "all" else self.filter(**columns_narrowed(actor))


@pghistory.track(*audited())
class StayRuleChange(Record, AreaColumns):
    """A decider's choice of what a change of rule does to those inside: before and after of each stay, with its reason."""

    class Choice(models.TextChoices):
        """What the decider may choose."""

        NEW = "new", pgettext_lazy("stay", "The new rule for all")
        SHORTER = "shorter", pgettext_lazy("stay", "The new rule for those whom it frees earlier")
        OLD = "old", pgettext_lazy("stay", "The rule of their admission stays")

    on = models.DateField(_("Day"), db_comment="the day whose rule was compared")
    choice = models.CharField(_("Choice"), max_length=7, choices=Choice.choices)
    basis = models.CharField(pgettext_lazy("stay", "Document relied on"), max_length=200)
    reason = models.CharField(_("Reason"), max_length=500)
    decided_at = models.DateTimeField(_("Decided at"))
    decided_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+", verbose_name=_("Decided by"))
    rows = models.JSONField(default=list, db_comment="each stay: before, after, versions of the rules, taken or left")

    objects = StayRuleChangeQuerySet.as_manager()
