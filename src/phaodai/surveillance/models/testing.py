"""Test campaigns, and the tubes that were printed or registered for them."""

from typing import Self

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer
from phaodai.surveillance.models.laboratories import Laboratory
from phaodai.surveillance.models.laboratory import LabTest
from phaodai.surveillance.models.outbreaks import Outbreak
from phaodai.territory.models import Place, Unit


class CampaignQuerySet(models.QuerySet["Campaign"]):
    """Campaigns by officer and by day."""

    def visible_to(self, actor: Actor) -> Self:
        """The database shows those of the officer's area, and those of an area that holds the officer's."""
        del actor
        return self

    def open(self) -> Self:
        """Those that nobody has closed."""
        return self.filter(closed_at=None)


@pghistory.track(*audited())
class Campaign(Record, AreaColumns):
    """One round of sampling of an area, a group or a place: how many, from when to when, and by whose order."""

    class Group(models.TextChoices):
        """Who is sampled."""

        EVERYBODY = "everybody", _("Everybody")
        HOUSEHOLDS = "households", _("One person of each household")
        CONTACTS = "contacts", _("Contacts who are followed")
        SYMPTOMS = "symptoms", _("People with symptoms")
        PLACE = "place", _("People of one place")
        AT_RISK = "at_risk", _("People at higher risk")

    name = models.CharField(_("Name"), max_length=160)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="campaigns", verbose_name=pgettext_lazy("campaign", "Area")
    )
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=pgettext_lazy("site", "Place")
    )
    outbreak = models.ForeignKey(
        Outbreak, models.PROTECT, null=True, blank=True, related_name="campaigns", verbose_name=_("Outbreak")
    )
    group = models.CharField(_("Who is sampled"), max_length=10, choices=Group.choices, default=Group.EVERYBODY)
    target_people = models.PositiveIntegerField(_("People to sample"))
    round_number = models.PositiveSmallIntegerField(_("Round"), default=1)
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("Until"))
    method = models.CharField(_("Method"), max_length=8, choices=LabTest.Method.choices, default=LabTest.Method.PCR)
    pool_size = models.PositiveSmallIntegerField(
        _("People a tube"), default=1, db_comment="1: single samples; more: pooled"
    )
    pool_decision = models.JSONField(
        default=dict, blank=True, db_comment="what the size rests on: rule, document, figures, why"
    )
    laboratory = models.ForeignKey(
        Laboratory, models.PROTECT, null=True, blank=True, related_name="campaigns", verbose_name=_("Laboratory")
    )
    reason = models.CharField(_("Reason"), max_length=300)
    order_cited = models.CharField(
        _("By order of"), max_length=200, blank=True, db_comment="number and date of the paper"
    )
    closed_at = models.DateTimeField(_("Closed"), null=True, blank=True)
    sort_key = models.CharField(max_length=200, editable=False, db_collation="C")
    search_key = models.CharField(max_length=250, editable=False)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name", "round_number"],
                name="campaign_round_once",
                violation_error_message=_("This area has a campaign of that name and round already."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="campaign_ends_after_it_starts",
                violation_error_message=_("The campaign ends before it begins. Correct one of the two days."),
            ),
            models.CheckConstraint(
                condition=Q(target_people__gt=0) & Q(round_number__gt=0) & Q(pool_size__range=(1, 50)),
                name="campaign_figures_possible",
                violation_error_message=_("A campaign samples at least one person; a tube holds 1 to 50."),
            ),
        ]
        indexes = [
            models.Index(fields=["province_id", "-starts_on"]),
            models.Index(fields=["commune_id", "-starts_on"]),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def pooled(self) -> bool:
        """Whether several people share a tube."""
        return self.pool_size > 1


class LabelBatch(AreaColumns):
    """A run of barcodes: printed here, or registered as it came from the maker's roll. No two runs overlap."""

    class Origin(models.TextChoices):
        """Where the labels come from."""

        PRINTED = "printed", _("Printed here")
        PREPRINTED = "preprinted", _("On the tubes already")

    prefix = models.CharField(_("Letters before the number"), max_length=20, blank=True)
    first = models.BigIntegerField(_("First number"))
    last = models.BigIntegerField(_("Last number"))
    digits = models.PositiveSmallIntegerField(_("Digits"))
    origin = models.CharField(_("Origin"), max_length=10, choices=Origin.choices)
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="labels", verbose_name=_("Campaign")
    )
    registered_at = models.DateTimeField(_("Registered"))
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="label_once",
                expressions=[
                    ("prefix", RangeOperators.EQUAL),
                    ("digits", RangeOperators.EQUAL),
                    (Func(F("first"), F("last"), Value("[]"), function="int8range"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Some of these barcodes are registered already."),
            ),
            models.CheckConstraint(
                condition=Q(first__gte=0) & Q(last__gte=F("first")) & Q(digits__range=(1, 18)),
                name="labels_in_order",
                violation_error_message=_("The last number lies before the first."),
            ),
        ]
        indexes = [models.Index(fields=["campaign"])]

    def __str__(self) -> str:
        return f"{self.barcode(self.first)} – {self.barcode(self.last)}"

    def barcode(self, number: int) -> str:
        """The barcode of one number of the run."""
        return f"{self.prefix}{number:0{self.digits}d}"
