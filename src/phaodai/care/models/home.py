"""Care at home: one case in treatment at home, and the family's door to its station."""

from datetime import datetime
from typing import Any, Self, TypeVar

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.care.models.mobile import MobileStation
from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Household, Organisation, Person
from phaodai.surveillance.models import Case


class HomeCareQuerySet(models.QuerySet["HomeCare"]):
    """People at home by officer and by what they are owed."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's area, or those whom the officer's station or health centre looks after."""
        if actor.reach == "all":
            return self
        if actor.reach == "own":
            return self.filter(Q(organisation_id=actor.organisation) | Q(centre_id=actor.organisation))
        return self.filter(**actor.area.narrowing)

    def going_on(self) -> Self:
        """Those who are in treatment at home."""
        return self.filter(state=HomeCare.State.AT_HOME)

    def with_case_code(self) -> Self:
        """With the case's number as `case_code`, empty for whoever may not see the case: no join, which would hide the care."""
        code = Case.objects.filter(pk=models.OuterRef("case")).values("code")
        return self.annotate(case_code=models.Subquery(code))

    def by_need(self) -> Self:
        """Alarms first, the oldest first; then whoever was not heard of for longest."""
        return self.order_by(F("door__alarm_at").asc(nulls_last=True), "door__due_at", "pk")

    def missing(self, moment: datetime) -> Self:
        """Those whose next reading was due before a moment."""
        return self.filter(door__due_at__lt=moment)


@pghistory.track(*audited())
class HomeCare(Record, AreaColumns):
    """One case in treatment at home, from the decision to recovery or the way to a facility. The area is that of the home.

    `decision` is the record of the rule `home-care` on `started_at`, `facts` what it was asked; where it said no, or nothing
    that was verified, `reason` says why an officer decided so. Whoever looks after them from outside the commune reads
    initials: the register of residents stays with the person's own area.
    """

    class State(models.TextChoices):
        """How far it has come."""

        AT_HOME = "at_home", pgettext_lazy("home care", "In treatment at home")
        RECOVERED = "recovered", pgettext_lazy("home care", "Recovered")
        FACILITY = "facility", pgettext_lazy("home care", "Taken to a facility")
        DIED = "died", pgettext_lazy("home care", "Died")
        STOPPED = "stopped", pgettext_lazy("home care", "Ended otherwise")

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="home_cares", verbose_name=pgettext_lazy("home care", "Case")
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="home_cares", verbose_name=_("Person"))
    household = models.ForeignKey(Household, models.PROTECT, null=True, blank=True, related_name="+")
    initials = models.CharField(pgettext_lazy("home care", "Initials"), max_length=40)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("home care", "Looked after by")
    )
    centre = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Health centre")
    )
    mobile_station = models.ForeignKey(
        MobileStation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="home_cares",
        verbose_name=_("Mobile station"),
    )
    state = models.CharField(_("State"), max_length=9, choices=State.choices, default=State.AT_HOME)
    address = models.CharField(_("Address"), max_length=200, blank=True)
    phone = models.CharField(_("Telephone"), max_length=20, blank=True)
    carer = models.CharField(_("Who cares for them"), max_length=120, blank=True)
    carer_phone = models.CharField(_("Telephone of the carer"), max_length=20, blank=True)
    home = models.JSONField(default=dict, blank=True, db_comment="conditions of the home as checked, yes or no each")
    facts = models.JSONField(default=dict, blank=True, db_comment="what the rule was asked: symptoms, spo2, doses …")
    decision = models.JSONField(default=dict, blank=True, db_comment="what the rule said: outcome, version, document")
    allowed = models.BooleanField(null=True, blank=True, db_comment="the rule's answer; null: it concluded nothing")
    reason = models.CharField(_("Reason"), max_length=300, blank=True)
    day_zero = models.DateField(pgettext_lazy("home care", "Isolated since"), db_comment="day 0 of isolation-release")
    started_at = models.DateTimeField(pgettext_lazy("home care", "Began"))
    ended_at = models.DateTimeField(pgettext_lazy("home care", "Ended"), null=True, blank=True)
    release = models.JSONField(default=dict, blank=True, db_comment="what isolation-release said at the end")
    search_key = models.CharField(max_length=240, editable=False, default="", db_default="")

    case_code: str | None
    """Number of the case, where `with_case_code` was asked."""

    objects = HomeCareQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state="at_home"),
                name="home_care_once_at_a_time",
                violation_error_message=_("This person is in treatment at home already. Open that page."),
            ),
            models.CheckConstraint(
                condition=Q(state="at_home", ended_at__isnull=True) | (~Q(state="at_home") & Q(ended_at__isnull=False)),
                name="home_care_state_and_end_agree",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
                name="home_care_ends_after_it_began",
                violation_error_message=_("The care ends before it began. Correct one of the two times."),
            ),
        ]
        indexes = [
            models.Index(fields=["province_id", "-started_at", "-id"], name="home_care_of_province"),
            models.Index(fields=["district_id", "-started_at", "-id"], name="home_care_of_district"),
            models.Index(fields=["commune_id", "-started_at", "-id"], name="home_care_of_commune"),
            models.Index(fields=["organisation"], condition=Q(state="at_home"), name="home_care_of_station"),
            models.Index(fields=["centre"], condition=Q(state="at_home"), name="home_care_of_centre"),
            GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="home_care_words"),
        ]

    def __str__(self) -> str:
        return self.initials

    @property
    def is_open(self) -> bool:
        """Whether it goes on."""
        return self.state == HomeCare.State.AT_HOME


Rows = TypeVar("Rows", bound=models.QuerySet[Any])


def of_seen_people(rows: Rows, actor: Actor) -> Rows:
    """Rows that belong to people in treatment at home (`home_care`), as far as the officer sees those."""
    if actor.reach == "own":
        return rows.filter(home_care__in=HomeCare.objects.visible_to(actor))
    return rows.filter(**actor.area.narrowing)


class HomeDoorQuerySet(models.QuerySet["HomeDoor"]):
    """Doors that can still be used."""

    def usable(self) -> Self:
        """Doors whose care goes on."""
        return self.filter(closed_at=None)


class HomeDoor(AreaColumns):
    """All that the family's link opens: who looks after them, when the next reading is due, whether an alarm is open.

    Apart from the care itself, so that a stranger's transaction never sees who is ill: the row holds no name, no case, no
    finding. It is also what lists are sorted by.
    """

    home_care = models.OneToOneField(HomeCare, models.CASCADE, related_name="door")
    reference = models.CharField(max_length=10, unique=True, db_comment="the secret of the link")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    times_a_day = models.PositiveSmallIntegerField(default=2)
    last_reading_at = models.DateTimeField(_("Last reading"), null=True, blank=True)
    due_at = models.DateTimeField(_("Next reading due"))
    alarm_at = models.DateTimeField(null=True, blank=True, db_comment="latest alarming reading of the open alarm")
    alarm_urgent = models.BooleanField(default=False, db_comment="whether the latest alarming reading was urgent")
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = HomeDoorQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["commune_id", "alarm_at", "due_at"], condition=Q(closed_at=None), name="home_door_of_commune"
            ),
            models.Index(
                fields=["district_id", "alarm_at", "due_at"], condition=Q(closed_at=None), name="home_door_of_district"
            ),
            models.Index(fields=["province_id"], condition=Q(closed_at=None), name="home_door_of_province"),
        ]
