"""The administrative units as the law drew them on each day, and what became of each."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models.constraints import Deferrable
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from phaodai.foundation.formats import fold
from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import Actor, Area

# The official lists of the country. An invented province has a series of its own, which no official list closes.
NATIONAL = "national"


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

    def tier(self, tier: Tier) -> Self:
        """Units of one tier."""
        return self.filter(tier=tier)

    def under(self, unit: "Unit", day: date) -> Self:
        """Units directly below `unit` on `day`, in the order of their names."""
        return self.filter(parent=unit).as_of(day).order_by("tier", "sort_key", "code")

    def named(self, words: str) -> Self:
        """Units whose name or English name holds every word, accents or not; or whose code is that."""
        found = self
        for word in fold(words).split():
            found = found.filter(models.Q(search_key__contains=word) | models.Q(code=word))
        return found

    def coded(self, code: str, day: date) -> Self:
        """The unit of that code on `day`; where two tiers share it, the lowest first."""
        return self.filter(code=code).as_of(day).order_by("-tier")

    def of_code(self, code: str, day: date) -> "Unit":
        """The province, district, commune or hamlet that an officer names by its code; refused in words where none has it."""
        unit = self.coded(code.strip(), day).first()
        if unit is None:
            words = gettext("No unit has the code %(code)s on %(day)s.") % {"code": code, "day": f"{day:%d/%m/%Y}"}
            raise Refusal(words, field="code")
        return unit

    def visible_to(self, actor: Actor) -> Self:
        """The territory is public: every officer sees every unit, and works inside the own area."""
        del actor
        return self

    def inside(self, area: Area) -> Self:
        """Units of an officer's area."""
        narrowed = area.narrowing
        return self.filter(**narrowed)


class Unit(AreaColumns):
    """One administrative unit as it stood over one period.

    A merger, a change of name, type or parent closes the row and opens another: "Bắc Kạn in 2021" and its communes
    under Thái Nguyên in 2026 are different rows, joined by `Succession`. Codes are the General Statistics Office's and
    are used again over time (24 was Bắc Giang and is now Bắc Ninh), so a code alone names nothing: code and day do.
    """

    gazetteer = models.CharField(max_length=20, default=NATIONAL, db_comment="the series of lists that states it")
    tier = models.PositiveSmallIntegerField(_("Tier"), choices=Tier.choices)
    code = models.CharField(_("Code"), max_length=12)
    name = models.CharField(_("Name"), max_length=120, db_comment="with its type: Xã Tân Lộc")
    type = models.CharField(_("Type"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("Parent")
    )
    province_id = models.IntegerField(  # type: ignore[assignment]
        _("Province"), null=True, db_comment="this row or the province it lies in"
    )
    in_force = DateRangeField(_("In force"))
    population = models.PositiveIntegerField(_("Population"), null=True, blank=True)
    area_km2 = models.FloatField(_("Area"), null=True, blank=True, db_comment="square kilometres")
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    sort_key = models.CharField(max_length=200, editable=False, db_collation="C")
    search_key = models.CharField(max_length=250, editable=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="unit_code_once_a_day",
                expressions=[
                    ("tier", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    ("in_force", RangeOperators.OVERLAPS),
                ],
                deferrable=Deferrable.DEFERRED,
                violation_error_message=_("Two units have the same code on the same day."),
            ),
            models.CheckConstraint(condition=models.Q(tier__in=[1, 2, 3, 4]), name="unit_tier_known"),
        ]
        indexes = [
            models.Index(fields=["province_id", "tier"]),
            models.Index(fields=["district_id", "tier"]),
            models.Index(fields=["commune_id", "tier"]),
            models.Index(fields=["tier", "sort_key"]),
            models.Index(fields=["code"]),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def area(self) -> Area:
        """The columns that a row lying in this unit carries."""
        return Area(self.province_id, self.district_id, self.commune_id)

    @property
    def since(self) -> date:
        """The first day on which it is in force."""
        first: date = self.in_force.lower
        return first

    @property
    def until(self) -> date | None:
        """The first day on which it is in force no more; None while it is."""
        end: date | None = self.in_force.upper
        return end

    @property
    def last_day(self) -> date | None:
        """The last day on which it was in force; None while it is."""
        return self.until - timedelta(days=1) if self.until else None

    def nearest(self, day: date) -> date:
        """`day` where it is in force then, else its first or last day."""
        return max(self.since, min(day, self.last_day or day))

    def stands_on(self, day: date) -> bool:
        """Whether it is in force on `day`."""
        return self.since <= day and (self.until is None or day < self.until)

    def became(self, day: date) -> "list[Heir]":
        """The units in force on `day` that this one went into, or, for an earlier day, that it came from.

        The unit itself where it is in force; nothing where no list or map says what became of it. `whole` is true
        where each step of the way took a unit as a whole.
        """
        forward = day >= self.since
        reached = {self.pk: Heir(self, whole=True)}
        step = dict(reached)
        while ahead := {pk: heir for pk, heir in step.items() if not heir.unit.stands_on(day)}:
            step = {}
            for succession in Succession.objects.steps(list(ahead), forward=forward):
                past, unit = succession.ends(forward=forward)
                heir = Heir(unit, whole=ahead[past.pk].whole and succession.coverage == Succession.Coverage.FULL)
                if unit.pk not in reached or (heir.whole and not reached[unit.pk].whole):
                    step[unit.pk] = reached[unit.pk] = heir
        found = [heir for heir in reached.values() if heir.unit.stands_on(day)]
        return sorted(found, key=lambda heir: (not heir.whole, heir.unit.sort_key))

    @property
    def bare_name(self) -> str:
        """The name without its type: Tân Lộc."""
        return self.name.removeprefix(self.type).strip() or self.name


@dataclass(frozen=True, slots=True)
class Heir:
    """A unit that another one went into or came from; `whole` when no part of the way was in part."""

    unit: Unit
    whole: bool


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


class SuccessionQuerySet(models.QuerySet["Succession"]):
    """Successions by the units that they join."""

    def steps(self, units: list[int], *, forward: bool) -> Self:
        """What the units of these row ids went into, or came from."""
        joined = self.filter(old_id__isnull=False, new_id__isnull=False)
        if forward:
            return joined.filter(old_id__in=units).select_related("old", "new").order_by("new__sort_key")
        return joined.filter(new_id__in=units).select_related("old", "new").order_by("old__sort_key")


class Succession(models.Model):
    """What became of a unit when the map changed. A `partial` one never moves a record by itself.

    What a map states is kept by code and day, and joined to the rows of those codes again after each list, so that maps
    and lists can be loaded in any order; `old` and `new` are empty while a list that names the unit is missing.
    """

    class Coverage(models.TextChoices):
        """How much of the old unit went into the new one."""

        FULL = "full", _("Whole")
        PARTIAL = "partial", _("In part")

    class Basis(models.TextChoices):
        """Where it is known from."""

        MAP = "map", _("Map of old units to new ones")
        CODE = "code", _("Same code, confirmed by no map")

    gazetteer = models.CharField(max_length=20, default=NATIONAL)
    on = models.DateField(db_comment="first day of the new unit")
    old_code = models.CharField(max_length=12)
    new_code = models.CharField(max_length=12)
    coverage = models.CharField(max_length=8, choices=Coverage.choices)
    basis = models.CharField(max_length=4, choices=Basis.choices)
    old = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="successions")
    new = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="origins")

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="succession_once"),
            models.UniqueConstraint(
                fields=["gazetteer", "on", "old_code", "new_code"],
                condition=models.Q(basis="map"),
                name="succession_stated_once",
            ),
        ]

    def ends(self, *, forward: bool) -> tuple[Unit, Unit]:
        """The joined units in the direction of a walk: from which, to which."""
        assert self.old is not None, "only joined successions are walked"
        assert self.new is not None, "only joined successions are walked"
        return (self.old, self.new) if forward else (self.new, self.old)


class TerritoryList(models.Model):
    """One list that was loaded: every unit of its series, as it stood on a day and until the next list."""

    gazetteer = models.CharField(max_length=20, default=NATIONAL)
    on = models.DateField()
    source = models.CharField(max_length=200)
    tiers = models.PositiveSmallIntegerField()
    units = models.PositiveIntegerField()
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gazetteer", "on"], name="one_list_a_day")]


class PlaceQuerySet(models.QuerySet["Place"]):
    """Places by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's province: people cross communes, and an exposure site is named to all who trace."""
        return self.filter(**actor.in_province)

    def open(self) -> Self:
        """Places that people go to today."""
        return self.filter(closed_on=None)


@pghistory.track(*audited())
class Place(Record, AreaColumns):
    """Where people meet, work, learn, are treated or are quarantined: one row, whatever is recorded of it elsewhere."""

    class Kind(models.TextChoices):
        """What sort of place it is."""

        MARKET = "market", _("Market")
        SHOP = "shop", _("Shop or restaurant")
        SCHOOL = "school", _("School")
        WORKPLACE = "workplace", _("Workplace")
        INDUSTRIAL_PARK = "park", _("Industrial park")
        HEALTH = "health", _("Health facility")
        QUARANTINE = "quarantine", _("Quarantine site")
        WORSHIP = "worship", _("Place of worship")
        TRANSPORT = "transport", _("Vehicle or station")
        GATHERING = "gathering", _("Hall or event")
        OFFICE = "office", _("Office")
        HOME = "home", _("Home")
        OTHER = "other", _("Other place")

    code = models.CharField(_("Code"), max_length=40, db_comment="printed on its QR poster")
    name = models.CharField(_("Name"), max_length=160)
    kind = models.CharField(_("Kind"), max_length=12, choices=Kind.choices, default=Kind.OTHER)
    hamlet = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="places", verbose_name=_("Hamlet")
    )
    address = models.CharField(_("Address"), max_length=200, blank=True)
    longitude = models.FloatField(_("Longitude"), null=True, blank=True)
    latitude = models.FloatField(_("Latitude"), null=True, blank=True)
    closed_on = models.DateField(pgettext_lazy("site", "Closed on"), null=True, blank=True)
    sort_key = models.CharField(max_length=200, editable=False, db_collation="C")
    search_key = models.CharField(max_length=300, editable=False)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["province_id", "code"],
                name="place_code_once",
                violation_error_message=_("Another place has this code. Choose another."),
            ),
        ]
        indexes = [models.Index(fields=["province_id", "sort_key"]), models.Index(fields=["commune_id", "sort_key"])]

    def __str__(self) -> str:
        return self.name
