"""What is kept in stores: items of the province's catalogue, and the batches they come in."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation.models import Record, audited
from phaodai.foundation.scope import Actor


class ItemQuerySet(models.QuerySet["Item"]):
    """Items by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """The catalogue is one for the whole province."""
        return self.filter(**actor.in_province)

    def stored(self) -> Self:
        """Items that stores count by quantity; a thing with a serial number is equipment."""
        return self.exclude(kind=Item.Kind.EQUIPMENT)


@pghistory.track(*audited())
class Item(Record):
    """One kind of goods: by its national code where there is one, else by the province's own."""

    class Kind(models.TextChoices):
        """What sort of goods it is."""

        MEDICINE = "medicine", pgettext_lazy("item", "Medicine")
        KIT = "kit", pgettext_lazy("item", "Test kit")
        CHEMICAL = "chemical", pgettext_lazy("item", "Chemical")
        PPE = "ppe", pgettext_lazy("item", "Protective equipment")
        VACCINE = "vaccine", pgettext_lazy("item", "Vaccine")
        FOOD = "food", pgettext_lazy("item", "Food")
        OXYGEN = "oxygen", pgettext_lazy("item", "Oxygen")
        EQUIPMENT = "equipment", pgettext_lazy("item", "Equipment")
        OTHER = "other", pgettext_lazy("item", "Other goods")

    province_id = models.IntegerField(_("Province"), db_comment="territory unit of tier 1, whose catalogue this is")
    code = models.CharField(_("Item code"), max_length=40, db_comment="national code, or the province's own")
    national_code = models.CharField(_("National code"), max_length=40, blank=True)
    name = models.CharField(pgettext_lazy("item", "Name"), max_length=160)
    unit = models.CharField(pgettext_lazy("item", "Counted in"), max_length=20)
    kind = models.CharField(pgettext_lazy("item", "Kind"), max_length=10, choices=Kind.choices, default=Kind.OTHER)
    dated = models.BooleanField(pgettext_lazy("item", "Has an expiry date"), default=True)
    lead_days = models.PositiveSmallIntegerField(
        pgettext_lazy("item", "Days until an order arrives"), default=7, db_default=7
    )
    sort_key = models.CharField(max_length=200, editable=False, db_collation="C")
    search_key = models.CharField(max_length=300, editable=False)

    objects = ItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["province_id", "code"],
                name="item_code_once",
                violation_error_message=_("Another item has this code. Choose another."),
            ),
            models.CheckConstraint(
                condition=Q(lead_days__lte=365),
                name="item_lead_within_a_year",
                violation_error_message=_("An order arrives within 365 days."),
            ),
        ]
        indexes = [models.Index(fields=["province_id", "sort_key"]), models.Index(fields=["province_id", "kind"])]

    def __str__(self) -> str:
        return self.name


class BatchQuerySet(models.QuerySet["Batch"]):
    """Batches by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the province's catalogue."""
        return self.filter(**actor.in_province)


class Batch(models.Model):
    """What came in together: one production number with one expiry date. Goods without either have the batch ``""``."""

    province_id = models.IntegerField(db_comment="territory unit of tier 1")
    item = models.ForeignKey(Item, models.PROTECT, related_name="batches", verbose_name=pgettext_lazy("goods", "Item"))
    item_id: int
    number = models.CharField(_("Batch number"), max_length=60, blank=True)
    expires_on = models.DateField(_("Expires on"), null=True, blank=True, db_comment="last day of use")

    objects = BatchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "number", "expires_on"], nulls_distinct=False, name="batch_once_an_item"
            ),
        ]
        indexes = [models.Index(fields=["province_id", "expires_on"])]

    def __str__(self) -> str:
        return self.number or "–"
