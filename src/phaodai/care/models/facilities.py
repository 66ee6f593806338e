"""Facilities of the three tiers: wards, beds, what was done to them and by which order, and bed reports by hand."""

from datetime import date
from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Organisation
from phaodai.territory.models import Place


class TreatmentTier(models.IntegerChoices):
    """The three tiers of treatment: light, moderate, severe and critical."""

    LIGHT = 1, pgettext_lazy("care", "Tier 1")
    MODERATE = 2, pgettext_lazy("care", "Tier 2")
    SEVERE = 3, pgettext_lazy("care", "Tier 3")


class BedKind(models.TextChoices):
    """What a bed can give a patient."""

    PLAIN = "plain", pgettext_lazy("bed", "Plain")
    OXYGEN = "oxygen", pgettext_lazy("bed", "Oxygen")
    ICU = "icu", pgettext_lazy("bed", "Intensive care")


class FacilityQuerySet(models.QuerySet["Facility"]):
    """Facilities by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's province: where a bed is free is known to everybody who treats or sends patients."""
        return self.filter(**actor.in_province)

    def open(self) -> Self:
        """Facilities that take patients."""
        return self.filter(closed_on=None)

    def open_on(self, day: date) -> Self:
        """Facilities that took patients on a day."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=day), opened_on__lte=day)


@pghistory.track(*audited())
class Facility(Record, AreaColumns):
    """A place where patients of the epidemic lie, its tier, and the organisation that runs it.

    With a bed book (`keeps_bed_book`) every figure is counted from its beds; without one, from its last bed report.
    """

    class Kind(models.TextChoices):
        """What sort of facility it is."""

        HOSPITAL = "hospital", pgettext_lazy("facility", "Hospital")
        CENTRE = "centre", pgettext_lazy("facility", "Health centre with beds")
        FIELD = "field", pgettext_lazy("facility", "Field hospital")
        ISOLATION = "isolation", pgettext_lazy("facility", "Treatment area for light cases")
        HOME_STATION = "home_station", pgettext_lazy("facility", "Home-care station")

    place = models.ForeignKey(
        Place, models.PROTECT, related_name="care_facilities", verbose_name=pgettext_lazy("facility", "Place")
    )
    code = models.CharField(pgettext_lazy("facility", "Code"), max_length=40)
    name = models.CharField(_("Name"), max_length=160)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Run by")
    )
    kind = models.CharField(pgettext_lazy("facility", "Kind"), max_length=12, choices=Kind.choices)
    tier = models.PositiveSmallIntegerField(pgettext_lazy("care", "Tier"), choices=TreatmentTier.choices)
    keeps_bed_book = models.BooleanField(pgettext_lazy("facility", "Keeps a bed book"), default=True)
    checked_at = models.DateTimeField(
        pgettext_lazy("facility", "Bed book compared with the wards"), null=True, blank=True
    )
    contact_name = models.CharField(pgettext_lazy("facility", "Contact"), max_length=120, blank=True)
    phone = models.CharField(_("Telephone"), max_length=20, blank=True)
    oxygen_bed_flow = models.PositiveSmallIntegerField(
        pgettext_lazy("oxygen", "Litres a minute for an oxygen bed"),
        null=True,
        blank=True,
        db_comment="litres of gas a minute for one patient on an oxygen bed; empty: the working figure",
    )
    icu_bed_flow = models.PositiveSmallIntegerField(
        pgettext_lazy("oxygen", "Litres a minute for an intensive-care bed"),
        null=True,
        blank=True,
        db_comment="litres of gas a minute for one patient in intensive care; empty: the working figure",
    )
    opened_on = models.DateField(_("Opened on"))
    closed_on = models.DateField(pgettext_lazy("site", "Closed on"), null=True, blank=True)
    sort_key = models.CharField(max_length=200, editable=False, db_collation="C")
    search_key = models.CharField(max_length=300, editable=False)

    objects = FacilityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place"],
                condition=Q(closed_on=None),
                name="one_open_facility_at_a_place",
                violation_error_message=_("A facility is open at this place already."),
            ),
            models.UniqueConstraint(
                fields=["province_id", "code"],
                name="facility_code_once",
                violation_error_message=_("Another facility has this code. Choose another."),
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="facility_closes_after_it_opened",
                violation_error_message=_("The facility closes before it opened. Correct one of the two days."),
            ),
            models.CheckConstraint(condition=Q(tier__in=[1, 2, 3]), name="facility_tier_known"),
        ]
        indexes = [models.Index(fields=["province_id", "sort_key"]), models.Index(fields=["organisation"])]

    def __str__(self) -> str:
        return self.name


class FacilityStep(models.Model):
    """What became of a facility: opened, upgraded, closed, and the order that said so. Written once."""

    class What(models.TextChoices):
        """Which step it was."""

        OPENED = "opened", pgettext_lazy("facility", "Opened")
        TIER = "tier", pgettext_lazy("facility", "Tier changed")
        BEDS = "beds", pgettext_lazy("facility", "Beds added")
        CONVERTED = "converted", pgettext_lazy("facility", "Beds converted")
        CLOSED = "closed", pgettext_lazy("facility", "Closed")

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="steps")
    what = models.CharField(max_length=10, choices=What.choices)
    order_reference = models.CharField(
        pgettext_lazy("facility", "By order"), max_length=160, blank=True, db_comment="number and day of the order"
    )
    words = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    officer_id = models.IntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["facility", "at"])]


class WardQuerySet(models.QuerySet["Ward"]):
    """Wards by officer and by what can be done with them."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's province, as their facilities are."""
        return self.filter(**actor.in_province)

    def open(self) -> Self:
        """Wards that take patients."""
        return self.filter(state=Ward.State.OPEN)


@pghistory.track(*audited())
class Ward(AreaColumns):
    """A ward of one cohort: those whose infection is confirmed never lie with those who only may be infected."""

    class Cohort(models.TextChoices):
        """Who may lie in it."""

        CONFIRMED = "confirmed", pgettext_lazy("ward", "Confirmed")
        SUSPECTED = "suspected", pgettext_lazy("ward", "Waiting for a result")
        RECOVERING = "recovering", pgettext_lazy("ward", "Recovering, tested negative")
        OTHER = "other", pgettext_lazy("ward", "Other diseases, not infected")

    class State(models.TextChoices):
        """Whether it takes patients in."""

        OPEN = "open", pgettext_lazy("ward", "Open")
        CLOSED = "closed", pgettext_lazy("ward", "Closed")

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="wards")
    name = models.CharField(pgettext_lazy("facility", "Ward"), max_length=80)
    cohort = models.CharField(
        pgettext_lazy("ward", "Who lies there"), max_length=10, choices=Cohort.choices, default=Cohort.CONFIRMED
    )
    state = models.CharField(_("State"), max_length=6, choices=State.choices, default=State.OPEN)
    state_since = models.DateTimeField(
        null=True, editable=False, db_comment="when it was last opened or closed; empty: open from the first"
    )

    objects = WardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "name"],
                name="ward_name_once",
                violation_error_message=_("The facility has a ward of that name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BedQuerySet(models.QuerySet["Bed"]):
    """Beds by officer and by what can be done with them."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's province; who lies in them is another table."""
        return self.filter(**actor.in_province)

    def usable(self) -> Self:
        """Beds that a patient may be laid in: of an open ward, ready, not held back."""
        return self.filter(state=Bed.State.USABLE, ward__state=Ward.State.OPEN, facility__closed_on=None)


@pghistory.track(*audited())
class Bed(AreaColumns):
    """One bed with its number. Who lies in it and since when is a stay of its own."""

    Kind = BedKind

    class State(models.TextChoices):
        """Whether a patient may be laid in it."""

        USABLE = "usable", pgettext_lazy("bed", "Ready")
        CLEANING = "cleaning", pgettext_lazy("bed", "Being cleaned")
        RESERVE = "reserve", pgettext_lazy("bed", "Held in reserve")
        UNFIT = "unfit", pgettext_lazy("bed", "Unfit for use")
        CLOSED = "closed", pgettext_lazy("bed", "Closed")

    OUT_OF_USE = (State.UNFIT, State.CLOSED)
    """States in which it is no bed that can be counted on."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="beds")
    ward = models.ForeignKey(Ward, models.PROTECT, related_name="beds", verbose_name=pgettext_lazy("facility", "Ward"))
    label = models.CharField(pgettext_lazy("bed", "Bed"), max_length=20)
    kind = models.CharField(pgettext_lazy("bed", "Kind"), max_length=6, choices=BedKind.choices, default=BedKind.PLAIN)
    state = models.CharField(_("State"), max_length=8, choices=State.choices, default=State.USABLE)
    state_since = models.DateTimeField(pgettext_lazy("bed", "State since"))
    sort_key = models.CharField(max_length=120, editable=False, db_collation="C")
    search_key = models.CharField(
        max_length=330,
        editable=False,
        default="",
        db_default="",
        db_comment="what the facility is found by, and the number",
    )

    objects = BedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "label"],
                name="bed_label_once",
                violation_error_message=_("The ward has a bed of that number already."),
            ),
        ]
        indexes = [
            models.Index(fields=["facility", "kind", "state"]),
            models.Index(fields=["province_id", "sort_key"]),
        ]

    def __str__(self) -> str:
        return self.label


class BedReportQuerySet(models.QuerySet["BedReport"]):
    """Bed reports by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's province: they count beds, not people."""
        return self.filter(**actor.in_province)


@pghistory.track(*audited())
class BedReport(Record, AreaColumns):
    """Six numbers of one day from a facility without a bed book; a later report of that day replaces them."""

    facility = models.ForeignKey(
        Facility, models.PROTECT, related_name="bed_reports", verbose_name=pgettext_lazy("care", "Facility")
    )
    day = models.DateField(_("Day"))
    plain_beds = models.PositiveIntegerField(pgettext_lazy("bed", "Plain beds"))
    plain_used = models.PositiveIntegerField(pgettext_lazy("bed", "Plain beds taken"))
    oxygen_beds = models.PositiveIntegerField(pgettext_lazy("bed", "Oxygen beds"))
    oxygen_used = models.PositiveIntegerField(pgettext_lazy("bed", "Oxygen beds taken"))
    icu_beds = models.PositiveIntegerField(pgettext_lazy("bed", "Intensive-care beds"))
    icu_used = models.PositiveIntegerField(pgettext_lazy("bed", "Intensive-care beds taken"))
    counted_at = models.DateTimeField(pgettext_lazy("bed", "Counted at"))
    officer_id = models.IntegerField(null=True, blank=True)

    objects = BedReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["facility", "day"], name="bed_report_once_a_day"),
            models.CheckConstraint(
                condition=Q(plain_used__lte=F("plain_beds"))
                & Q(oxygen_used__lte=F("oxygen_beds"))
                & Q(icu_used__lte=F("icu_beds")),
                name="bed_report_within_beds",
                violation_error_message=_("More beds are taken than there are. Count the extra beds as beds too."),
            ),
        ]
        indexes = [models.Index(fields=["province_id", "-day"])]

    def __str__(self) -> str:
        return f"{self.facility.name} · {self.day:%d/%m/%Y}"
