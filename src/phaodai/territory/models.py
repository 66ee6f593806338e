"""The administrative units as the law drew them on each day, and what became of each."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from phaodai.foundation.models import AreaColumns
from phaodai.foundation.scope import Actor, Area


class Tier(models.IntegerChoices):
    """The tiers of government, from the province down."""

    PROVINCE = 1, _("Province")
    DISTRICT = 2, _("District")
    COMMUNE = 3, _("Commune")
    HAMLET = 4, _("Hamlet")


class UnitQuerySet(models.QuerySet["Unit"]):
    """Units by day, by area and by officer."""

    def as_of(self, day: date) -> Self:
        """Units in force on `day`."""
        return self.filter(in_force__contains=day)

    def within(self, unit: "Unit") -> Self:
        """`unit` and every unit below it."""
        column = {Tier.PROVINCE: "province_id", Tier.DISTRICT: "district_id", Tier.COMMUNE: "commune_id"}
        if unit.tier == Tier.HAMLET:
            return self.filter(pk=unit.pk)
        return self.filter(**{column[Tier(unit.tier)]: unit.pk})

    def visible_to(self, actor: Actor) -> Self:
        """The territory is public: every officer sees every unit, and works inside the own area."""
        del actor
        return self

    def inside(self, area: Area) -> Self:
        """Units of an officer's area."""
        narrowed = {f"{tier}_id": value for tier, value in vars(area).items() if value is not None}
        return self.filter(**narrowed)


class Unit(AreaColumns):
    """One administrative unit as it stood over one period.

    A merger, a change of name, type or parent closes the row and opens another: "Bắc Kạn in 2021" and its communes
    under Thái Nguyên in 2026 are different rows, joined by `Succession`. Codes are the General Statistics Office's and
    are used again over time (24 was Bắc Giang and is now Bắc Ninh), so a code alone names nothing: code and day do.
    """

    tier = models.PositiveSmallIntegerField(_("Tier"), choices=Tier.choices)
    code = models.CharField(_("Code"), max_length=12)
    name = models.CharField(_("Name"), max_length=120, db_comment="with its type: Xã Tân Lộc")
    type = models.CharField(_("Type"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("Parent"))
    province_id = models.IntegerField(_("Province"), null=True, db_comment="this row or the province it lies in")
    in_force = DateRangeField(_("In force"))
    population = models.PositiveIntegerField(_("Population"), null=True, blank=True)
    area_km2 = models.FloatField(_("Area"), null=True, blank=True, db_comment="square kilometres")
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    sort_key = models.CharField(max_length=200, editable=False, db_collation="C")
    search_key = models.CharField(max_length=160, editable=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="unit_code_once_a_day",
                expressions=[("tier", RangeOperators.EQUAL), ("code", RangeOperators.EQUAL), ("in_force", RangeOperators.OVERLAPS)],
                violation_error_message=_("Two units have the same code on the same day."),
            ),
            models.CheckConstraint(condition=models.Q(tier__in=[1, 2, 3, 4]), name="unit_tier_known"),
        ]
        indexes = [
            models.Index(fields=["province_id", "tier"]),
            models.Index(fields=["district_id", "tier"]),
            models.Index(fields=["commune_id", "tier"]),
            models.Index(fields=["tier", "sort_key"]),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def area(self) -> Area:
        """The columns that a row lying in this unit carries."""
        return Area(self.province_id, self.district_id, self.commune_id)

    @property
    def bare_name(self) -> str:
        """The name without its type: Tân Lộc."""
        return self.name.removeprefix(self.type).strip() or self.name


class UnitOutline(models.Model):
    """The outline of a unit, apart from its row because it is a hundred times larger and rarely read."""

    unit = models.OneToOneField(Unit, models.CASCADE, primary_key=True, related_name="outline")
    geometry = models.JSONField(db_comment="GeoJSON geometry, WGS 84, outer rings counter-clockwise")
    source = models.CharField(max_length=120)


class Neighbour(models.Model):
    """Two units of one tier that share a border; kept both ways."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="neighbourhood")
    neighbour = models.ForeignKey(Unit, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "neighbour"], name="neighbour_once")]


class Succession(models.Model):
    """What became of a unit when the map changed. A `partial` one never moves a record by itself."""

    class Coverage(models.TextChoices):
        """How much of the old unit went into the new one."""

        FULL = "full", _("Whole")
        PARTIAL = "partial", _("In part")

    old = models.ForeignKey(Unit, models.CASCADE, related_name="successions")
    new = models.ForeignKey(Unit, models.CASCADE, related_name="origins")
    coverage = models.CharField(max_length=8, choices=Coverage.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["old", "new"], name="succession_once")]


class TerritoryList(models.Model):
    """One official list that was loaded: the whole country, or a province, as it stood on a day."""

    on = models.DateField(unique=True)
    source = models.CharField(max_length=200)
    tiers = models.PositiveSmallIntegerField()
    units = models.PositiveIntegerField()
    loaded_at = models.DateTimeField()
