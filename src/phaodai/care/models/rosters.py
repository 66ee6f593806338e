"""Who stands where, from when to when, and whom each place needs."""

from collections.abc import Collection
from datetime import timedelta
from typing import Self

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.care.models.people import Skill, Team, Worker
from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Organisation
from phaodai.territory.models import Place

LONGEST = timedelta(hours=48)


class MomentRange(Func):
    """The moments of a shift: two that touch do not overlap."""

    function = "tstzrange"
    output_field = DateTimeRangeField()


class ShiftQuerySet(models.QuerySet["Shift"]):
    """Shifts by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's area, and those of the people of the officer's organisation."""
        return self.filter(actor.in_area_or_body)

    def standing(self) -> Self:
        """Those that were not called off."""
        return self.filter(called_off_at=None)


@pghistory.track(*audited())
class Shift(Record, AreaColumns):
    """One person at one place from a moment to a moment. Nobody stands in two shifts at once."""

    worker = models.ForeignKey(
        Worker, models.PROTECT, related_name="shifts", verbose_name=pgettext_lazy("shift", "Person")
    )
    team = models.ForeignKey(
        Team,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="shifts",
        verbose_name=pgettext_lazy("team", "Team"),
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("worker", "Organisation")
    )
    place = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="care_shifts",
        verbose_name=pgettext_lazy("shift", "Place"),
    )
    where = models.CharField(
        pgettext_lazy("shift", "Where"), max_length=160, db_comment="name of the facility, site, checkpoint or session"
    )
    starts_at = models.DateTimeField(pgettext_lazy("shift", "From"))
    ends_at = models.DateTimeField(pgettext_lazy("shift", "Until"))
    override_reason = models.CharField(pgettext_lazy("shift", "Why in spite of the limits"), max_length=300, blank=True)
    breaches = models.JSONField(default=list, blank=True, db_comment="keys of the limits that it breaks")
    called_off_at = models.DateTimeField(pgettext_lazy("shift", "Called off"), null=True, blank=True)

    objects = ShiftQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_shift_at_a_time",
                expressions=[
                    ("worker", RangeOperators.EQUAL),
                    (MomentRange(F("starts_at"), F("ends_at"), RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=Q(called_off_at=None),
                violation_error_message=_("This person has another shift at that time."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")) & Q(ends_at__lte=F("starts_at") + LONGEST),
                name="shift_ends_after_it_starts",
                violation_error_message=_("A shift ends after it starts, and within 48 hours."),
            ),
            models.CheckConstraint(
                condition=Q(breaches=[]) | ~Q(override_reason=""),
                name="shift_over_limits_has_a_reason",
                violation_error_message=_("This shift breaks the limits of work and rest. Give the reason."),
            ),
        ]
        indexes = [
            models.Index(fields=["province_id", "starts_at"]),
            models.Index(fields=["organisation", "starts_at"]),
            models.Index(fields=["place", "starts_at"]),
            models.Index(fields=["worker", "starts_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.where} · {self.starts_at:%d/%m %H:%M}"

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Only where every column is known: a form with a part of them leaves it to the database."""
        if not exclude:
            super().validate_constraints()


class StaffNeedQuerySet(models.QuerySet["StaffNeed"]):
    """Needs by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's province: a gap is what every unit may help to fill."""
        return self.filter(**actor.in_province)


@pghistory.track(*audited())
class StaffNeed(Record, AreaColumns):
    """How many people of a skill a place needs each day, from an hour for some hours."""

    place = models.ForeignKey(
        Place, models.PROTECT, related_name="staff_needs", verbose_name=pgettext_lazy("shift", "Place")
    )
    skill = models.CharField(pgettext_lazy("worker", "Skill"), max_length=20, choices=Skill.choices)
    people = models.PositiveSmallIntegerField(pgettext_lazy("need", "People needed"))
    starts = models.TimeField(pgettext_lazy("need", "From"))
    hours = models.PositiveSmallIntegerField(pgettext_lazy("need", "For how many hours"))
    since = models.DateField(pgettext_lazy("need", "First day"))
    until = models.DateField(pgettext_lazy("need", "Last day"), null=True, blank=True)

    objects = StaffNeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(people__gt=0) & Q(hours__range=(1, 24)),
                name="need_is_of_somebody",
                violation_error_message=_("A need is of at least one person, for 1 to 24 hours."),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="need_ends_after_it_begins",
                violation_error_message=_("The last day comes before the first. Correct one of the two."),
            ),
        ]
        indexes = [models.Index(fields=["province_id", "since"])]

    def __str__(self) -> str:
        return f"{self.place.name} · {self.get_skill_display()}"
