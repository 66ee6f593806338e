"""Contacts (F1, F2): who met a case, why that counts, and each day of their follow-up."""

from datetime import date
from typing import Self

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer, Person
from phaodai.surveillance.models.cases import Case
from phaodai.territory.models import Place


class Via(models.TextChoices):
    """How a contact was found; the words of `phaodai trace`."""

    HOUSEHOLD = "household", _("Household")
    VISIT = "visit", _("Same place")
    DECLARED = "declared", _("Named in interview")
    PROXIMITY = "proximity", _("Proximity log")
    WORKPLACE = "workplace", _("Workplace, class or ward")


@pghistory.track(*audited())
class Team(Record, AreaColumns):
    """A community team that follows contacts from door to door."""

    name = models.CharField(_("Name"), max_length=80)
    leader = models.CharField(_("Leader"), max_length=120, blank=True)
    phone = models.CharField(_("Telephone"), max_length=20, blank=True)
    closed_on = models.DateField(_("Closed on"), null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["province_id", "district_id", "commune_id", "name"],
                name="team_name_once",
                nulls_distinct=False,
                violation_error_message=_("There is a team of that name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ContactQuerySet(models.QuerySet["Contact"]):
    """Contacts by officer, by day and by what is owed."""

    def visible_to(self, actor: Actor) -> Self:
        """The database shows contacts of the officer's area and of the cases that the officer sees."""
        del actor
        return self

    def followed(self, on: date) -> Self:
        """Contacts whose follow-up covers a day."""
        return self.filter(follow_from__lte=on, follow_until__gte=on).exclude(
            state__in=[Contact.State.NOT_CONTACT, Contact.State.BECAME_CASE]
        )


@pghistory.track(*audited())
class Contact(Record, AreaColumns):
    """One person who met one case, or met a contact of it. The area is the contact's own: its commune follows up."""

    class State(models.TextChoices):
        """How far the contact has come."""

        LISTED = "listed", _("Not reached yet")
        TOLD = "told", _("Told")
        FOLLOWED = "followed", _("Followed at home or in quarantine")
        FINISHED = "finished", _("Follow-up finished")
        BECAME_CASE = "case", _("Became a case")
        LOST = "lost", _("Lost")
        NOT_CONTACT = "none", _("Not a contact")

    case = models.ForeignKey(Case, models.CASCADE, related_name="contacts", verbose_name=_("Case"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="contacts", verbose_name=_("Person"))
    degree = models.PositiveSmallIntegerField(_("Degree"), default=1, db_comment="1: F1; 2: F2")
    through = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="onward", verbose_name=_("Through")
    )
    via = models.CharField(_("Found through"), max_length=10, choices=Via.choices)
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=pgettext_lazy("site", "Place")
    )
    place_words = models.CharField(_("Place as told"), max_length=200, blank=True)
    first_at = models.DateTimeField(_("First met"), null=True, blank=True)
    last_at = models.DateTimeField(_("Last met"), null=True, blank=True)
    minutes = models.PositiveIntegerField(_("Minutes together"), null=True, blank=True)
    exposure = models.JSONField(
        default=dict, blank=True, db_comment="facts of the rule contact-class: distance_m, masked …"
    )
    decision = models.JSONField(
        default=dict, blank=True, db_comment="what the rule said of it: outcome, rule, document, why"
    )
    state = models.CharField(_("State"), max_length=8, choices=State.choices, default=State.LISTED)
    listed_at = models.DateTimeField(_("Listed"))
    told_at = models.DateTimeField(_("Told"), null=True, blank=True)
    quarantined_at = models.DateTimeField(_("In quarantine since"), null=True, blank=True)
    follow_from = models.DateField(_("Followed from"), null=True, blank=True)
    follow_until = models.DateField(_("Followed until"), null=True, blank=True)
    test_days = models.JSONField(_("Sample days"), default=list, blank=True, db_comment="ISO dates of the samples due")
    follow_rule = models.JSONField(default=dict, blank=True, db_comment="what the rule quarantine said of it")
    team = models.ForeignKey(
        Team, models.SET_NULL, null=True, blank=True, related_name="contacts", verbose_name=_("Team")
    )
    became = models.ForeignKey(
        Case, models.SET_NULL, null=True, blank=True, related_name="was_contacts", verbose_name=_("Became case")
    )
    notes = models.TextField(_("Notes"), blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person"],
                name="contact_once_a_case",
                violation_error_message=_("This person is on the list of that case already."),
            ),
            models.CheckConstraint(condition=Q(degree__in=[1, 2]), name="contact_degree_known"),
            models.CheckConstraint(
                condition=Q(first_at__isnull=True) | Q(last_at__isnull=True) | Q(last_at__gte=F("first_at")),
                name="contact_ends_after_it_began",
                violation_error_message=_("The contact ends before it began. Correct one of the two times."),
            ),
            models.CheckConstraint(
                condition=Q(follow_from__isnull=True)
                | Q(follow_until__isnull=True)
                | Q(follow_until__gte=F("follow_from")),
                name="follow_up_ends_after_it_began",
                violation_error_message=_("The follow-up ends before it begins. Correct one of the two days."),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "degree"]),
            models.Index(fields=["person"]),
            models.Index(fields=["commune_id", "follow_until"]),
            models.Index(fields=["district_id", "follow_until"]),
            models.Index(fields=["province_id", "follow_until"]),
        ]

    def __str__(self) -> str:
        return f"{self.person} ← {self.case}"


@pghistory.track(*audited())
class FollowUpDay(Record):
    """What was seen of a contact on one day. A day after the period may still be written down."""

    class State(models.TextChoices):
        """The three keys of the grid."""

        WELL = "well", _("Well")
        SYMPTOMS = "symptoms", _("Has symptoms")
        NOT_SEEN = "not_seen", _("Not met")

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="days", verbose_name=_("Contact"))
    day = models.DateField(_("Day"))
    state = models.CharField(_("State"), max_length=8, choices=State.choices)
    symptoms = models.CharField(_("Symptoms"), max_length=300, blank=True)
    temperature = models.DecimalField(_("Temperature"), max_digits=3, decimal_places=1, null=True, blank=True)
    seen_at = models.DateTimeField(_("Written down"))
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+", verbose_name=_("By"))
    answered_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Answered by")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contact", "day"], name="follow_up_once_a_day"),
            models.CheckConstraint(
                condition=Q(temperature__isnull=True) | Q(temperature__range=(30, 45)),
                name="follow_up_temperature_possible",
                violation_error_message=_("A body temperature lies between 30 and 45 degrees."),
            ),
        ]
        indexes = [models.Index(fields=["day"])]

    def __str__(self) -> str:
        return f"{self.contact} {self.day:%d/%m}"


class TraceRun(models.Model):
    """One answer of the tracing index that was kept: when the list of a case's contacts was made, and how fast."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="traces")
    at = models.DateTimeField(_("Traced"))
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    window_from = models.DateTimeField()
    window_to = models.DateTimeField()
    first_degree = models.PositiveIntegerField()
    second_degree = models.PositiveIntegerField()
    visits_searched = models.BigIntegerField()
    milliseconds = models.FloatField()

    class Meta:
        indexes = [models.Index(fields=["case", "at"])]


class Membership(AreaColumns):
    """A person in a workplace, class, ward or congregation over a period: a roster's row."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    group = models.CharField(_("Group"), max_length=80, blank=True, db_comment="line, class, ward, shift")
    during = DateRangeField(_("During"))

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="member_once_at_a_time",
                expressions=[
                    ("place", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    ("group", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["person"])]


class Meeting(models.Model):
    """Two persons near each other: a proximity log's row, or a meeting that one of them told of."""

    class Origin(models.TextChoices):
        """Who says so."""

        PROXIMITY = "proximity", _("Proximity log")
        DECLARED = "declared", _("Named in interview")

    province_id = models.IntegerField()
    origin = models.CharField(max_length=10, choices=Origin.choices)
    one = models.ForeignKey(Person, models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, models.CASCADE, related_name="+")
    started_at = models.DateTimeField()
    minutes = models.PositiveIntegerField(null=True, blank=True)
    distance_m = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    place_words = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["origin", "one", "other", "started_at"], name="meeting_once"),
            models.CheckConstraint(condition=~Q(one=F("other")), name="nobody_meets_oneself"),
        ]
        indexes = [models.Index(fields=["one", "started_at"]), models.Index(fields=["other", "started_at"])]
