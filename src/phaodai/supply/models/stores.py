"""Stores of each tier, what each holds of an item, and the balance of each batch in it."""

from datetime import date
from typing import Self

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Organisation
from phaodai.supply.models.items import Batch, Item
from phaodai.territory.models import Place


class StoreQuerySet(models.QuerySet["Store"]):
    """Stores by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the province: whoever runs short must know where something lies."""
        return self.filter(**actor.in_province)

    def kept_by(self, actor: Actor) -> Self:
        """Those that the officer answers for: of the area, or of the own organisation."""
        return self.filter(actor.in_area_or_body)

    def open(self) -> Self:
        """Stores in use."""
        return self.filter(closed_on=None)


@pghistory.track(*audited())
class Store(Record, AreaColumns):
    """A room with goods, and the organisation that answers for them."""

    class Tier(models.TextChoices):
        """At which tier it serves."""

        PROVINCE = "province", pgettext_lazy("store", "Province")
        DISTRICT = "district", pgettext_lazy("store", "District")
        COMMUNE = "commune", pgettext_lazy("store", "Commune")
        FACILITY = "facility", pgettext_lazy("store", "Facility")

    name = models.CharField(pgettext_lazy("store", "Store"), max_length=160)
    tier = models.CharField(pgettext_lazy("store", "Tier"), max_length=8, choices=Tier.choices)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="stores", verbose_name=pgettext_lazy("store", "Kept by")
    )
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=pgettext_lazy("store", "Place")
    )
    phone = models.CharField(_("Telephone"), max_length=20, blank=True)
    closed_on = models.DateField(pgettext_lazy("store", "Closed on"), null=True, blank=True)
    sort_key = models.CharField(max_length=200, editable=False, db_collation="C")
    search_key = models.CharField(max_length=400, editable=False)

    objects = StoreQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="store_name_once",
                violation_error_message=_("This organisation has a store of that name already."),
            ),
        ]
        indexes = [models.Index(fields=["province_id", "sort_key"])]

    def __str__(self) -> str:
        return self.name


class HoldingQuerySet(models.QuerySet["Holding"]):
    """Holdings by officer and by what is wrong with them."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the province."""
        return self.filter(**actor.in_province)

    def under_least(self) -> Self:
        """Below the least that the store should hold."""
        return self.filter(quantity__lt=F("least"))


@pghistory.track(pghistory.UpdateEvent(condition=pghistory.AnyChange("least", "most")))
class Holding(AreaColumns):
    """One item at one store: how much lies there, the least and the most that should.

    `quantity` is kept by the trigger of `MovementLine`, and by nothing else.
    """

    store = models.ForeignKey(Store, models.PROTECT, related_name="holdings", verbose_name=_("Store"))
    item = models.ForeignKey(Item, models.PROTECT, related_name="holdings", verbose_name=pgettext_lazy("goods", "Item"))
    quantity = models.DecimalField(_("In stock"), max_digits=14, decimal_places=2, default=0, db_default=0)
    least = models.DecimalField(_("Least"), max_digits=14, decimal_places=2, null=True, blank=True)
    most = models.DecimalField(_("Most"), max_digits=14, decimal_places=2, null=True, blank=True)

    objects = HoldingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["store", "item"], name="holding_once"),
            models.CheckConstraint(
                condition=Q(quantity__gte=0),
                name="holding_never_negative",
                violation_error_message=_("The store does not hold that much. Look at its stock again."),
            ),
            models.CheckConstraint(
                condition=Q(least=None) | Q(most=None) | Q(most__gte=F("least")),
                name="most_not_under_least",
                violation_error_message=_("The most is less than the least. Correct one of the two."),
            ),
        ]
        indexes = [
            models.Index(fields=["item", "province_id"]),
            models.Index(fields=["province_id"], condition=Q(quantity__lt=F("least")), name="holding_under_least"),
        ]

    def __str__(self) -> str:
        return f"{self.store}: {self.item}"


class StockLevelQuerySet(models.QuerySet["StockLevel"]):
    """Balances by officer and day."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the province."""
        return self.filter(**actor.in_province)

    def there(self) -> Self:
        """Batches of which something is left."""
        return self.filter(quantity__gt=0)

    def usable_on(self, day: date) -> Self:
        """Batches that may be given out on `day`."""
        return self.there().filter(Q(expires_on=None) | Q(expires_on__gte=day))

    def first_expired_first(self) -> Self:
        """In the order in which they should go out; what never expires goes last."""
        return self.order_by(F("expires_on").asc(nulls_last=True), "pk")


class StockLevel(AreaColumns):
    """How much of a batch lies in a store: always the sum of its movements, because the trigger of the lines writes it."""

    store = models.ForeignKey(Store, models.PROTECT, related_name="levels", verbose_name=_("Store"))
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="levels", verbose_name=_("Batch"))
    item = models.ForeignKey(Item, models.PROTECT, related_name="levels", verbose_name=pgettext_lazy("goods", "Item"))
    expires_on = models.DateField(
        _("Expires on"), null=True, db_comment="of the batch, beside the balance for the order"
    )
    quantity = models.DecimalField(_("In stock"), max_digits=14, decimal_places=2, default=0, db_default=0)
    search_key = models.CharField(max_length=600, editable=False, db_default="", default="")

    objects = StockLevelQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["store", "batch"], name="stock_level_once"),
            models.CheckConstraint(
                condition=Q(quantity__gte=0),
                name="stock_never_negative",
                violation_error_message=_("The store does not hold that much. Look at its stock again."),
            ),
        ]
        indexes = [
            models.Index(fields=["store", "item"]),
            models.Index(fields=["item", "province_id"]),
            models.Index(
                fields=["province_id", "expires_on", "id"], condition=Q(quantity__gt=0), name="stock_by_expiry"
            ),
            GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="stocklevel_words"),
        ]

    def __str__(self) -> str:
        return f"{self.store}: {self.item}, {self.batch}"
