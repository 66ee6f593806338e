"""What a unit counts in a week: the figures that the criteria of risk levels ask for, as people and not as shares."""

from datetime import date, timedelta
from typing import Any, Self

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.territory.models import Unit

YES_NO = ((True, _("yes")), (False, _("no")))
ELDERLY_AGES = ((65, _("65 and over")), (50, _("50 and over")))
"""Whom criterion 2b of decision 4800 counts: until 31/10/2021, and from then on."""


class WeeklyIndicatorQuerySet(models.QuerySet["WeeklyIndicator"]):
    """Indicators by week and by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """The figures of the officer's whole province: they carry no person, and neighbours need them."""
        return self.filter(**actor.in_province)

    def serving(self, on: date, weeks: int, serve: timedelta) -> Self:
        """The weeks that a level of `on` may rest on: the last one that still serves, and those averaged with it.

        A week serves from the day after it ended.
        """
        first = on - serve - timedelta(weeks=weeks - 1)
        return self.filter(week_ending__gte=first, week_ending__lt=on)


def _no_more_than(part: str, whole: str, words: Any) -> models.CheckConstraint:
    fits = Q(**{f"{part}__isnull": True}) | Q(**{f"{whole}__isnull": True}) | Q(**{f"{part}__lte": F(whole)})
    return models.CheckConstraint(condition=fits, name=f"indicator_{part}_fits", violation_error_message=words)


@pghistory.track(*audited())
class WeeklyIndicator(Record, AreaColumns):
    """One unit's figures of one week. What nobody counted stays empty; no share is typed, so that none hides its people."""

    class Capacity(models.TextChoices):
        """The capacity to respond, as assessed under decision 218."""

        HIGH = "high", _("high")
        MEDIUM = "medium", _("medium")
        LOW = "low", _("low")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="weekly_indicators", verbose_name=_("Unit"))
    code = models.CharField(_("Unit code"), max_length=12)
    week_ending = models.DateField(_("Week ending"))
    community_cases = models.PositiveIntegerField(_("New community cases in the week"), null=True, blank=True)
    population = models.PositiveIntegerField(_("Population"), null=True, blank=True)
    population_on = models.DateField(_("Population as of"), null=True, blank=True)
    adults = models.PositiveIntegerField(_("People aged 18 and over"), null=True, blank=True)
    adults_one_dose = models.PositiveIntegerField(_("Of them with one dose or more"), null=True, blank=True)
    elderly_from = models.PositiveSmallIntegerField(
        _("Older people counted are"), choices=ELDERLY_AGES, null=True, blank=True
    )
    elderly = models.PositiveIntegerField(_("Older people"), null=True, blank=True)
    elderly_full = models.PositiveIntegerField(_("Older people fully vaccinated"), null=True, blank=True)
    residents_full = models.PositiveIntegerField(_("Residents fully vaccinated"), null=True, blank=True)
    high_risk = models.PositiveIntegerField(_("People at high risk"), null=True, blank=True)
    high_risk_full = models.PositiveIntegerField(_("People at high risk fully vaccinated"), null=True, blank=True)
    treatment_plan = models.BooleanField(_("Treatment plan in place"), choices=YES_NO, null=True, blank=True)
    transmission_level = models.PositiveSmallIntegerField(
        _("Transmission level assessed"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(4)],
    )
    response_capacity = models.CharField(_("Capacity to respond"), max_length=6, choices=Capacity.choices, blank=True)
    unknown_source_cases = models.PositiveIntegerField(_("Cases of unknown source"), null=True, blank=True)
    known_source_cases = models.PositiveIntegerField(_("Community cases of known source"), null=True, blank=True)
    community_contacts = models.PositiveIntegerField(_("Close contacts in the community"), null=True, blank=True)
    clustered = models.BooleanField(_("Cases form a cluster"), choices=YES_NO, null=True, blank=True)
    uncontrolled_place = models.BooleanField(
        _("Source in a place that is hard to control"), choices=YES_NO, null=True, blank=True
    )
    exposed_to_arrivals = models.BooleanField(_("Exposed to arrivals"), choices=YES_NO, null=True, blank=True)
    scattered = models.BooleanField(_("Red or orange communes are scattered"), choices=YES_NO, null=True, blank=True)
    spreading_to = models.PositiveSmallIntegerField(
        _("Units below that a source may reach fast"), null=True, blank=True
    )
    protected_site_exposed = models.BooleanField(
        _("A key site borders a source"), choices=YES_NO, null=True, blank=True
    )

    objects = WeeklyIndicatorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "week_ending"],
                name="indicator_once_a_week",
                violation_error_message=_("This unit already has figures for that week."),
            ),
            _no_more_than(
                "adults_one_dose", "adults", _("More people aged 18 and over have a dose than there are. Mend one.")
            ),
            _no_more_than(
                "elderly_full", "elderly", _("More older people are fully vaccinated than there are. Mend one.")
            ),
            _no_more_than(
                "residents_full", "population", _("More residents are fully vaccinated than there are. Mend one.")
            ),
            _no_more_than(
                "high_risk_full", "high_risk", _("More people at high risk are vaccinated than there are. Mend one.")
            ),
        ]
        indexes = [models.Index(fields=["province_id", "week_ending"])]

    def __str__(self) -> str:
        return f"{self.unit}, {self.week_ending:%d/%m/%Y}"
