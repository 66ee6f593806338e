"""Who works in the response: health staff, volunteers and private doctors with their skills; teams, and teams lent."""

from typing import Self

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeBoundary, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Organisation


class Skill(models.TextChoices):
    """What somebody can do."""

    DOCTOR = "doctor", pgettext_lazy("skill", "Doctor")
    ICU_DOCTOR = "icu_doctor", pgettext_lazy("skill", "Intensive-care doctor")
    NURSE = "nurse", pgettext_lazy("skill", "Nurse")
    ICU_NURSE = "icu_nurse", pgettext_lazy("skill", "Intensive-care nurse")
    MIDWIFE = "midwife", pgettext_lazy("skill", "Midwife")
    PHARMACIST = "pharmacist", pgettext_lazy("skill", "Pharmacist")
    LABORATORY = "laboratory", pgettext_lazy("skill", "Laboratory technician")
    RADIOLOGY = "radiology", pgettext_lazy("skill", "Radiology technician")
    EPIDEMIOLOGY = "epidemiology", pgettext_lazy("skill", "Tracing and epidemiology")
    INFECTION_CONTROL = "infection_control", pgettext_lazy("skill", "Infection control")
    SAMPLING = "sampling", pgettext_lazy("skill", "Taking samples")
    VACCINATION = "vaccination", pgettext_lazy("skill", "Giving vaccine")
    AMBULANCE = "ambulance", pgettext_lazy("skill", "Ambulance crew")
    DRIVER = "driver", pgettext_lazy("skill", "Driver")
    DATA = "data", pgettext_lazy("skill", "Data entry")
    LOGISTICS = "logistics", pgettext_lazy("skill", "Logistics, meals and cleaning")
    LANGUAGE = "language", pgettext_lazy("skill", "Speaks an ethnic language")


class WorkerQuerySet(models.QuerySet["Worker"]):
    """Workers by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's area, and those of the officer's own organisation."""
        return self.filter(actor.in_area_or_body)

    def working(self) -> Self:
        """Those who can be put on a roster."""
        return self.filter(left_on=None)


@pghistory.track(*audited())
class Worker(Record, AreaColumns):
    """Somebody who can be put on a roster."""

    class Kind(models.TextChoices):
        """In what capacity they work."""

        STAFF = "staff", pgettext_lazy("worker", "Health staff")
        PRIVATE = "private", pgettext_lazy("worker", "Private practitioner")
        VOLUNTEER = "volunteer", pgettext_lazy("worker", "Volunteer")
        OTHER = "other", pgettext_lazy("worker", "Other")

    code = models.CharField(
        pgettext_lazy("worker", "Code"), max_length=40, db_comment="staff number within the province"
    )
    name = models.CharField(pgettext_lazy("worker", "Name"), max_length=120)
    kind = models.CharField(pgettext_lazy("worker", "Works as"), max_length=9, choices=Kind.choices, default=Kind.STAFF)
    skills = ArrayField(
        models.CharField(max_length=20, choices=Skill.choices),
        default=list,
        verbose_name=pgettext_lazy("worker", "Skills"),
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("worker", "Organisation")
    )
    phone = models.CharField(_("Telephone"), max_length=20, blank=True)
    left_on = models.DateField(pgettext_lazy("worker", "Left on"), null=True, blank=True)
    sort_key = models.CharField(max_length=200, editable=False, db_collation="C")
    search_key = models.CharField(max_length=300, editable=False)

    objects = WorkerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["province_id", "code"],
                name="worker_code_once",
                violation_error_message=_("Somebody else has this staff code. Choose another."),
            ),
        ]
        indexes = [
            models.Index(fields=["province_id", "sort_key"]),
            models.Index(fields=["district_id", "sort_key"]),
            models.Index(fields=["organisation", "sort_key"]),
            GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="worker_words"),
        ]

    def __str__(self) -> str:
        return self.name


class TeamQuerySet(models.QuerySet["Team"]):
    """Teams by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's province: a team is a means that every unit may ask for."""
        return self.filter(**actor.in_province)

    def standing(self) -> Self:
        """Those that were not dissolved."""
        return self.filter(dissolved_on=None)


@pghistory.track(*audited())
class Team(Record, AreaColumns):
    """People who work together: at a ward, a session, a mobile station, in homes."""

    name = models.CharField(pgettext_lazy("team", "Team"), max_length=120)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("team", "Organisation")
    )
    leader = models.ForeignKey(
        Worker, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=pgettext_lazy("team", "Leader")
    )
    members = models.ManyToManyField(Worker, through="TeamMember", related_name="teams")
    dissolved_on = models.DateField(pgettext_lazy("team", "Dissolved on"), null=True, blank=True)
    sort_key = models.CharField(max_length=200, editable=False, db_collation="C")
    search_key = models.CharField(max_length=300, editable=False)

    objects = TeamQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                condition=Q(dissolved_on=None),
                name="care_team_name_once",
                violation_error_message=_("The organisation has a team of that name already."),
            ),
        ]
        indexes = [models.Index(fields=["province_id", "sort_key"])]

    def __str__(self) -> str:
        return self.name


@pghistory.track(*audited())
class TeamMember(models.Model):
    """Somebody in a team, from a day to a day."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="memberships")
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="memberships")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team", "worker"],
                condition=Q(until=None),
                name="member_of_a_team_once",
                violation_error_message=_("This person is in the team already."),
            ),
        ]


class DayRange(Func):
    """The days of a loan, both ends included."""

    function = "daterange"
    output_field = DateRangeField()


class TeamLoanQuerySet(models.QuerySet["TeamLoan"]):
    """Loans by officer and by state."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's province, as the teams are."""
        return self.filter(**actor.in_province)

    def running(self) -> Self:
        """Those that are asked for, agreed or out."""
        return self.exclude(state__in=(TeamLoan.State.BACK, TeamLoan.State.REFUSED))


@pghistory.track(*audited())
class TeamLoan(Record, AreaColumns):
    """A team that works for another unit or province for some days."""

    class State(models.TextChoices):
        """How far it is."""

        ASKED = "asked", pgettext_lazy("loan", "Asked for")
        AGREED = "agreed", pgettext_lazy("loan", "Agreed")
        OUT = "out", pgettext_lazy("loan", "Out")
        BACK = "back", pgettext_lazy("loan", "Back")
        REFUSED = "refused", pgettext_lazy("loan", "Refused")

    team = models.ForeignKey(Team, models.PROTECT, related_name="loans", verbose_name=pgettext_lazy("team", "Team"))
    to_organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=pgettext_lazy("loan", "To")
    )
    to_province = models.CharField(
        pgettext_lazy("loan", "To another province"), max_length=120, blank=True, db_comment="name of a province"
    )
    task = models.CharField(pgettext_lazy("loan", "To do what"), max_length=200)
    people = models.PositiveSmallIntegerField(pgettext_lazy("loan", "People"))
    since = models.DateField(pgettext_lazy("loan", "From"))
    until = models.DateField(pgettext_lazy("loan", "Until"))
    state = models.CharField(_("State"), max_length=7, choices=State.choices, default=State.ASKED)
    order_reference = models.CharField(pgettext_lazy("facility", "By order"), max_length=160, blank=True)
    reason = models.CharField(pgettext_lazy("loan", "Why refused"), max_length=300, blank=True)
    back_on = models.DateField(pgettext_lazy("loan", "Back on"), null=True, blank=True)

    objects = TeamLoanQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="team_lent_once_at_a_time",
                expressions=[
                    ("team", RangeOperators.EQUAL),
                    (DayRange(F("since"), F("until"), RangeBoundary(inclusive_upper=True)), RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=["agreed", "out"]),
                violation_error_message=_("This team is lent elsewhere on some of these days."),
            ),
            models.CheckConstraint(
                condition=Q(until__gte=F("since")),
                name="loan_ends_after_it_begins",
                violation_error_message=_("The loan ends before it begins. Correct one of the two days."),
            ),
            models.CheckConstraint(
                condition=Q(to_organisation__isnull=False, to_province="")
                | (Q(to_organisation=None) & ~Q(to_province="")),
                name="loan_goes_somewhere",
                violation_error_message=_("Say to whom the team goes: a unit of the province, or another province."),
            ),
        ]
        indexes = [models.Index(fields=["province_id", "-since"])]

    def __str__(self) -> str:
        return f"{self.team.name} · {self.to_organisation or self.to_province}"
