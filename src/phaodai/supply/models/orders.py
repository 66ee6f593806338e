"""Orders: what a store asks for, why that much, and what of it has come."""

from decimal import Decimal
from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q, Sum
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.supply.models.items import Item
from phaodai.supply.models.stores import Store


class OrderQuerySet(models.QuerySet["Order"]):
    """Orders by officer and by what is still owed."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the stores in the officer's area, of the own organisation, or asked of it."""
        if actor.reach == "all":
            return self
        mine = Q(organisation_id=actor.organisation) | Q(asked_of_organisation_id=actor.organisation)
        return self.filter(mine | Q(**actor.area.narrowing)) if actor.reach == "area" else self.filter(mine)

    def open(self) -> Self:
        """Orders of which something may still come."""
        return self.filter(state__in=Order.OPEN)


@pghistory.track(*audited())
class Order(Record, AreaColumns):
    """A list of goods for one store, drafted from its need, approved, sent, and received in one part or several."""

    class State(models.TextChoices):
        """How far it has come."""

        DRAFT = "draft", pgettext_lazy("order", "Drafted")
        APPROVED = "approved", pgettext_lazy("order", "Approved")
        SENT = "sent", pgettext_lazy("order", "Sent")
        PART = "part", pgettext_lazy("order", "Received in part")
        CLOSED = "closed", pgettext_lazy("order", "Closed")
        DROPPED = "dropped", pgettext_lazy("order", "Dropped")

    OPEN = (State.DRAFT, State.APPROVED, State.SENT, State.PART)
    COMING = (State.APPROVED, State.SENT, State.PART)

    store = models.ForeignKey(Store, models.PROTECT, related_name="orders", verbose_name=_("Store"))
    organisation_id = models.IntegerField(db_comment="organisation that keeps the store")
    asked_of = models.ForeignKey(
        Store,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="asked",
        verbose_name=pgettext_lazy("order", "Asked of the store"),
    )
    asked_of_organisation_id = models.IntegerField(null=True, db_comment="organisation that keeps the asked store")
    supplier = models.CharField(pgettext_lazy("order", "Supplier"), max_length=160, blank=True)
    reason = models.CharField(pgettext_lazy("order", "Reason"), max_length=300, blank=True)
    state = models.CharField(_("State"), max_length=8, choices=State.choices, default=State.DRAFT)
    wanted_on = models.DateField(pgettext_lazy("order", "Wanted by"), null=True, blank=True)
    drafted_at = models.DateTimeField(pgettext_lazy("order", "Drafted"))
    drafted_by = models.CharField(pgettext_lazy("order", "Drafted by"), max_length=120, blank=True)
    approved_at = models.DateTimeField(pgettext_lazy("order", "Approved"), null=True, blank=True)
    approved_by = models.CharField(pgettext_lazy("order", "Approved by"), max_length=120, blank=True)
    sent_at = models.DateTimeField(pgettext_lazy("order", "Sent"), null=True, blank=True)
    closed_at = models.DateTimeField(pgettext_lazy("order", "Closed"), null=True, blank=True)
    key = models.UUIDField(unique=True, db_comment="made by the form: the same press sent twice makes one order")
    search_key = models.CharField(max_length=900, editable=False, blank=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["province_id", "drafted_at"]),
            models.Index(fields=["store", "state"]),
        ]

    def __str__(self) -> str:
        return f"{self.pk}, {self.store}"


class OrderLineQuerySet(models.QuerySet["OrderLine"]):
    """Lines by what is still to come."""

    def coming(self) -> Self:
        """Lines of orders that were approved and of which something is still to come."""
        return self.filter(order__state__in=Order.COMING, received__lt=F("quantity"))

    def still_coming(self, stores: list[int]) -> dict[tuple[int, int], Decimal]:
        """How much is still to come, by store and item."""
        rows = self.coming().filter(order__store__in=stores).values_list("order__store_id", "item_id")
        return {(store, item): left for store, item, left in rows.annotate(left=Sum(F("quantity") - F("received")))}


@pghistory.track(*audited())
class OrderLine(models.Model):
    """One item of an order, and the figures that it was reckoned from. A line that was taken out again asks for 0."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")
    item = models.ForeignKey(
        Item, models.PROTECT, related_name="order_lines", verbose_name=pgettext_lazy("goods", "Item")
    )
    quantity = models.DecimalField(_("Quantity"), max_digits=14, decimal_places=2)
    received = models.DecimalField(
        pgettext_lazy("order", "Received"), max_digits=14, decimal_places=2, default=0, db_default=0
    )
    figures = models.JSONField(default=dict, db_comment="what the quantity was reckoned from: need, stock, on the way")

    objects = OrderLineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "item"], name="order_names_an_item_once"),
            models.CheckConstraint(
                condition=Q(quantity__gte=0),
                name="order_line_not_negative",
                violation_error_message=_("The quantity is less than zero. Write how much."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.quantity}"
