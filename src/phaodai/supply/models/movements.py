"""The ledger: every movement takes goods from one account and puts them into another, and is never edited."""

from typing import Self

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation.models import AreaColumns
from phaodai.foundation.scope import Actor
from phaodai.supply.models.items import Batch, Item
from phaodai.supply.models.stores import Store

# The balances follow the ledger inside the statement that writes it. Zero is put in first, because PostgreSQL checks a
# row that is to be inserted before it looks whether there is one already: a taking would be refused as negative.
KEEP_BALANCES = """
insert into supply_holding (store_id, item_id, province_id, district_id, commune_id)
  select distinct line.store_id, line.item_id, store.province_id, store.district_id, store.commune_id
  from written line join supply_store store on store.id = line.store_id
  where 'store' in (line.taken_from, line.put_into)
  on conflict (store_id, item_id) do nothing;
insert into supply_stocklevel
  (store_id, batch_id, item_id, expires_on, province_id, district_id, commune_id, search_key)
  select distinct line.store_id, line.batch_id, line.item_id, batch.expires_on,
    store.province_id, store.district_id, store.commune_id,
    item.search_key || ' ' || lower(batch.number) || ' ' || store.search_key
  from written line join supply_store store on store.id = line.store_id
  join supply_batch batch on batch.id = line.batch_id join supply_item item on item.id = line.item_id
  where 'store' in (line.taken_from, line.put_into)
  on conflict (store_id, batch_id) do nothing;
update supply_stocklevel level set quantity = level.quantity + change.quantity
  from (select store_id, batch_id, sum(case when put_into = 'store' then quantity else -quantity end) as quantity
    from written where 'store' in (taken_from, put_into) group by store_id, batch_id) change
  where level.store_id = change.store_id and level.batch_id = change.batch_id;
update supply_holding holding set quantity = holding.quantity + change.quantity
  from (select store_id, item_id, sum(case when put_into = 'store' then quantity else -quantity end) as quantity
    from written where 'store' in (taken_from, put_into) group by store_id, item_id) change
  where holding.store_id = change.store_id and holding.item_id = change.item_id;
return null;
"""


class Account(models.TextChoices):
    """Where goods are, or went, or came from."""

    OUTSIDE = "outside", pgettext_lazy("account", "Outside")
    STORE = "store", pgettext_lazy("account", "In the store")
    ON_WAY = "on_way", pgettext_lazy("account", "On the way")
    USED = "used", pgettext_lazy("account", "Used")
    LOST = "lost", pgettext_lazy("account", "Lost")
    COUNTED = "counted", pgettext_lazy("account", "Found by counting")


class MovementQuerySet(models.QuerySet["Movement"]):
    """Movements by officer and by what is still owed."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the stores in the officer's area, or of the own organisation: one equality, so that one index serves."""
        if actor.reach == "all":
            return self
        if actor.reach == "own":
            return self.filter(organisation_id=actor.organisation)
        return self.filter(**actor.area.smallest)

    def seen_by(self, actor: Actor) -> Self:
        """Those, and the transfers that are sent to the officer's own organisation."""
        if actor.reach == "all":
            return self
        inside = Q(**actor.area.smallest) if actor.reach == "area" else Q(organisation_id=actor.organisation)
        return self.filter(inside | Q(to_organisation_id=actor.organisation))

    def on_the_way(self) -> Self:
        """Transfers that have neither arrived nor been taken back."""
        return self.filter(kind=Movement.Kind.TRANSFER, answered_at=None)


class Movement(AreaColumns):
    """One deed of one store. A wrong one is never edited: a second one turns it round."""

    class Kind(models.TextChoices):
        """What was done."""

        RECEIPT = "receipt", pgettext_lazy("movement", "Receipt")
        ISSUE = "issue", pgettext_lazy("movement", "Issue")
        TRANSFER = "transfer", pgettext_lazy("movement", "Transfer sent")
        ARRIVAL = "arrival", pgettext_lazy("movement", "Transfer received")
        COUNT = "count", pgettext_lazy("movement", "Count")
        LOSS = "loss", pgettext_lazy("movement", "Loss")
        RETURN = "return", pgettext_lazy("movement", "Return to the store")
        SENT_BACK = "sent_back", pgettext_lazy("movement", "Return to the giver")
        REVERSAL = "reversal", pgettext_lazy("movement", "Correction")

    class Origin(models.TextChoices):
        """How goods came in."""

        BOUGHT = "bought", pgettext_lazy("origin", "Bought")
        GIVEN = "given", pgettext_lazy("origin", "Given")
        ABOVE = "above", pgettext_lazy("origin", "From the tier above")
        OPENING = "opening", pgettext_lazy("origin", "Opening balance")

    kind = models.CharField(pgettext_lazy("movement", "What was done"), max_length=9, choices=Kind.choices)
    store = models.ForeignKey(Store, models.PROTECT, related_name="movements", verbose_name=_("Store"))
    organisation_id = models.IntegerField(db_comment="organisation that keeps the store")
    to_store = models.ForeignKey(
        Store, models.PROTECT, null=True, related_name="+", verbose_name=pgettext_lazy("movement", "To store")
    )
    to_organisation_id = models.IntegerField(null=True, db_comment="organisation that keeps the store it is sent to")
    origin = models.CharField(pgettext_lazy("movement", "Came in as"), max_length=8, choices=Origin.choices, blank=True)
    about = models.CharField(
        pgettext_lazy("movement", "From whom, for what, why"), max_length=300, blank=True, db_default=""
    )
    paper = models.CharField(pgettext_lazy("movement", "Paper"), max_length=60, blank=True, db_default="")
    at = models.DateTimeField(pgettext_lazy("movement", "When"))
    written_at = models.DateTimeField()
    officer_id = models.IntegerField(null=True)
    officer_name = models.CharField(pgettext_lazy("movement", "Written by"), max_length=120, blank=True)
    key = models.UUIDField(unique=True, db_comment="made by the form: the same deed sent twice is done once")
    answers = models.ForeignKey("self", models.PROTECT, null=True, related_name="answered_by")
    answered_at = models.DateTimeField(null=True, db_comment="of a movement that has arrived or was turned round")
    order = models.ForeignKey("supply.Order", models.PROTECT, null=True, related_name="movements")
    summary = models.CharField(pgettext_lazy("movement", "Goods"), max_length=300, blank=True)
    detail = models.JSONField(default=list, db_default=[], db_comment="of a count: booked and counted by batch")
    search_key = models.CharField(max_length=900, editable=False, blank=True)

    objects = MovementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["answers"],
                name="movement_answered_once",
                violation_error_message=_("This was received or corrected already."),
            ),
            models.CheckConstraint(
                condition=Q(to_store=None) | ~Q(to_store=F("store")),
                name="not_transferred_to_itself",
                violation_error_message=_("A store does not send goods to itself. Choose another store."),
            ),
        ]
        indexes = [
            *(models.Index(fields=[column, "at", "id"]) for column in ("province_id", "district_id", "commune_id")),
            models.Index(fields=["organisation_id", "at", "id"]),
            models.Index(fields=["store", "at", "id"]),
            models.Index(fields=["province_id", "kind"], name="movement_province_kind"),
            models.Index(fields=["commune_id", "kind"], name="movement_commune_kind"),
            models.Index(fields=["organisation_id", "kind"], name="movement_organisation_kind"),
            models.Index(
                fields=["province_id", "to_store"],
                condition=Q(kind="transfer", answered_at=None),
                name="transfers_on_the_way",
            ),
            GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="movement_words"),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="movement_stays_as_written", exclude=["answered_at"]),
            pgtrigger.Protect(
                name="movement_answered_stays_so",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class MovementLineQuerySet(models.QuerySet["MovementLine"]):
    """Lines by officer and account."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the movements that the officer may see."""
        if actor.reach == "all":
            return self
        return self.filter(movement__in=Movement.objects.seen_by(actor))


class MovementLine(AreaColumns):
    """Some of a batch, from one account into another: double entry by shape, so that the sum over all accounts is zero."""

    movement = models.ForeignKey(Movement, models.PROTECT, related_name="lines")
    store = models.ForeignKey(Store, models.PROTECT, related_name="+", db_comment="that of the movement")
    organisation_id = models.IntegerField(db_comment="of the movement")
    to_organisation_id = models.IntegerField(null=True, db_comment="of the movement")
    item = models.ForeignKey(Item, models.PROTECT, related_name="lines", verbose_name=pgettext_lazy("goods", "Item"))
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="lines", verbose_name=_("Batch"))
    quantity = models.DecimalField(_("Quantity"), max_digits=14, decimal_places=2)
    taken_from = models.CharField(max_length=7, choices=Account.choices)
    put_into = models.CharField(max_length=7, choices=Account.choices)
    day = models.DateField(db_comment="day of the movement in Vietnam")

    objects = MovementLineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0),
                name="line_moves_something",
                violation_error_message=_("The quantity is zero or less. Write how much."),
            ),
            models.CheckConstraint(condition=~Q(taken_from=F("put_into")), name="line_between_two_accounts"),
            models.CheckConstraint(
                condition=Q(taken_from="store") | Q(put_into="store") | Q(taken_from="on_way", put_into="lost"),
                name="line_touches_the_store",
            ),
        ]
        indexes = [
            models.Index(fields=["store", "day"], condition=Q(put_into="used"), name="used_by_store_and_day"),
            models.Index(fields=["province_id", "day"], condition=Q(put_into="used"), name="used_by_province_and_day"),
            models.Index(fields=["store", "item", "id"]),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="keep_balances",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="written"),  # type: ignore[no-untyped-call]  # the library's own gap
                func=KEEP_BALANCES,
            ),
            pgtrigger.Protect(name="line_stays_as_written", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.quantity}"
