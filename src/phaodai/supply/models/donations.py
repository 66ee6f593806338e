"""What people give against the epidemic, and the ledger of a fund: in, out, left, written once."""

from typing import Any, Self

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer, Organisation
from phaodai.territory.models import Unit

GIVER = ["giver_name", "giver_address", "giver_contact", "search_key"]
"""Who gave: kept out of the history, so that a name is gone when the giver asks for it."""
DONG = "đồng"
MOST_DIGITS, PLACES = 18, 2


def quantity_field(label: Any, **options: Any) -> "models.DecimalField[Any, Any]":
    """A quantity of money or goods: exact to a hundredth, never a binary fraction."""
    return models.DecimalField(label, max_digits=MOST_DIGITS, decimal_places=PLACES, **options)


class OfAreaQuerySet(models.QuerySet[Any]):
    """Rows whose own policy in the database decides who sees them."""

    def visible_to(self, actor: Actor) -> Self:
        """Narrowed to the province, which spares the policy most rows."""
        return self.filter(**actor.in_province)


@pghistory.track(*audited())
class Fund(Record, AreaColumns):
    """Where donations come together: of one organisation, under the name that the public knows."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="funds", verbose_name=_("Unit"))
    name = models.CharField(pgettext_lazy("fund", "Name of the fund"), max_length=160)
    opened_on = models.DateField(pgettext_lazy("fund", "Opened"))
    decision = models.CharField(_("By which decision"), max_length=160, blank=True)

    objects = OfAreaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="fund_named_once",
                violation_error_message=_("Your unit has a fund of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class FundHolding(AreaColumns):
    """What a fund has of one thing, money or one sort of goods: always the sum of its entries, never below nothing."""

    class Kind(models.TextChoices):
        """What sort of thing."""

        MONEY = "money", pgettext_lazy("donation", "Money")
        GOODS = "goods", pgettext_lazy("donation", "Goods")

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="holdings")
    kind = models.CharField(_("Kind"), max_length=5, choices=Kind.choices)
    name = models.CharField(pgettext_lazy("donation", "What"), max_length=160)
    unit = models.CharField(pgettext_lazy("donation", "Counted in"), max_length=40)
    item = models.ForeignKey("supply.Item", models.PROTECT, null=True, blank=True, related_name="+")
    balance = quantity_field(pgettext_lazy("fund", "Left"), default=0)

    objects = OfAreaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fund", "kind", "name", "unit"], name="fund_holding_once"),
            models.CheckConstraint(
                condition=Q(balance__gte=0),
                name="fund_never_overdrawn",
                violation_error_message=_("The fund has less than that left."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track(*audited(), exclude=GIVER)
class Donation(Record, AreaColumns):
    """One gift: who gave what on which day. What it brought stands in the ledger; the receipt is numbered once."""

    class Giver(models.TextChoices):
        """Who gives."""

        PERSON = "person", pgettext_lazy("giver", "A person")
        BODY = "body", pgettext_lazy("giver", "A body or company")
        ANONYMOUS = "anonymous", pgettext_lazy("giver", "Somebody who is not named")

    class State(models.TextChoices):
        """Whether it stands."""

        KEPT = "kept", pgettext_lazy("donation", "Received")
        REVERSED = "reversed", pgettext_lazy("donation", "Taken back")

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="donations", verbose_name=_("Fund"))
    giver_kind = models.CharField(pgettext_lazy("donation", "Who gives"), max_length=9, choices=Giver.choices)
    giver_name = models.CharField(pgettext_lazy("donation", "Name of the giver"), max_length=200, blank=True)
    giver_address = models.CharField(_("Address"), max_length=200, blank=True)
    giver_contact = models.CharField(_("Telephone"), max_length=60, blank=True)
    agrees_named = models.BooleanField(_("Agrees to be named in public"), default=False)
    received_on = models.DateField(pgettext_lazy("donation", "Received on"))
    money = models.BigIntegerField(_("Money (đồng)"), default=0)
    goods = models.CharField(pgettext_lazy("donation", "Goods"), max_length=500, blank=True)
    goods_value = models.BigIntegerField(_("Stated value of the goods (đồng)"), default=0)
    wish = models.CharField(_("What the giver wishes it to be used for"), max_length=300, blank=True)
    state = models.CharField(_("State"), max_length=8, choices=State.choices, default=State.KEPT)
    receipt_year = models.PositiveSmallIntegerField(null=True, blank=True)
    receipt_number = models.PositiveIntegerField(_("Receipt"), null=True, blank=True)
    receipt_at = models.DateTimeField(pgettext_lazy("donation", "Receipt given"), null=True, blank=True)
    receipt_by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, related_name="+")
    receipt_title = models.CharField(max_length=120, blank=True)
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+", verbose_name=_("Recorded by"))
    recorded_at = models.DateTimeField(_("Recorded"))
    key = models.UUIDField(unique=True, editable=False, db_comment="of the form that was sent")
    search_key = models.CharField(max_length=500, editable=False, default="")

    objects = OfAreaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fund", "receipt_year", "receipt_number"], name="receipt_numbered_once"),
            models.CheckConstraint(
                condition=~Q(giver_kind="anonymous") | Q(giver_name="", agrees_named=False),
                name="unnamed_giver_has_no_name",
                violation_error_message=_("A giver who is not named has no name here."),
            ),
            models.CheckConstraint(
                condition=Q(receipt_number=None, receipt_at=None) | Q(receipt_year__gt=0, receipt_at__isnull=False),
                name="receipt_is_dated",
            ),
        ]
        indexes = [models.Index(fields=["province_id", "-received_on"]), models.Index(fields=["fund", "-received_on"])]

    def __str__(self) -> str:
        return self.giver_name or str(self.Giver(self.giver_kind).label)

    @property
    def receipt(self) -> str:
        """Number and year of the receipt as printed; empty while none was given."""
        return f"{self.receipt_number:04}/{self.receipt_year}" if self.receipt_number else ""


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class FundEntry(AreaColumns):
    """One line of the ledger. It is never changed or removed: a wrong one is answered by its counter-entry."""

    class Purpose(models.TextChoices):
        """What it came from or went to; the public statement sums by it."""

        GIVEN = "given", pgettext_lazy("fund", "Donations")
        BUDGET = "budget", pgettext_lazy("fund", "From the budget or another fund")
        MEDICINE = "medicine", pgettext_lazy("fund", "Medicines, tests and protection")
        EQUIPMENT = "equipment", pgettext_lazy("fund", "Equipment")
        VACCINE = "vaccine", pgettext_lazy("fund", "Vaccination")
        QUARANTINE = "quarantine", pgettext_lazy("fund", "Quarantine and treatment sites")
        FRONTLINE = "frontline", pgettext_lazy("fund", "People on duty")
        HOUSEHOLDS = "households", pgettext_lazy("fund", "People in need")
        STORE = "store", pgettext_lazy("fund", "Handed to a store")
        OTHER = "other", pgettext_lazy("fund", "Other")

    holding = models.ForeignKey(FundHolding, models.PROTECT, related_name="entries")
    donation = models.ForeignKey(Donation, models.PROTECT, null=True, blank=True, related_name="entries")
    on = models.DateField(pgettext_lazy("fund", "Day"))
    quantity = quantity_field(_("Quantity"), db_comment="in is positive, out is negative")
    value = models.BigIntegerField(_("Value (đồng)"), default=0, db_comment="signed as the quantity; 0 unknown")
    purpose = models.CharField(_("Purpose"), max_length=10, choices=Purpose.choices)
    words = models.CharField(pgettext_lazy("fund", "On what"), max_length=300, blank=True)
    decision = models.CharField(_("By which decision"), max_length=160, blank=True)
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("fund", "For which unit"),
    )
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversed_by")
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+", verbose_name=_("Recorded by"))
    recorded_at = models.DateTimeField(_("Recorded"))
    key = models.UUIDField(unique=True, editable=False)
    search_key = models.CharField(max_length=500, editable=False, default="")

    objects = OfAreaQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(quantity=0), name="entry_of_something")]
        indexes = [models.Index(fields=["province_id", "-on"]), models.Index(fields=["holding", "on"])]

    def __str__(self) -> str:
        return self.words or str(self.Purpose(self.purpose).label)

    @property
    def is_in(self) -> bool:
        """Whether it belongs to what came in; a counter-entry belongs where the entry it answers does."""
        return bool(self.quantity > 0) != (self.reverses_id is not None)


@pghistory.track(*audited())
class GoodsHandover(Record, AreaColumns):
    """Goods on their way from a gift or from mutual aid into a store: the keeper counts them in, or sends them back."""

    class State(models.TextChoices):
        """Who has them."""

        WAITING = "waiting", pgettext_lazy("handover", "Waits for the store")
        TAKEN = "taken", pgettext_lazy("handover", "In the store")
        RETURNED = "returned", pgettext_lazy("handover", "Not taken")

    entry = models.OneToOneField(FundEntry, models.PROTECT, null=True, blank=True, related_name="handover")
    aid_line = models.OneToOneField("supply.AidLine", models.PROTECT, null=True, blank=True, related_name="handover")
    keeper = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("handover", "Unit that keeps it")
    )
    item = models.ForeignKey("supply.Item", models.PROTECT, null=True, related_name="+")
    name = models.CharField(pgettext_lazy("donation", "What"), max_length=160)
    unit = models.CharField(pgettext_lazy("donation", "Counted in"), max_length=40)
    quantity = quantity_field(_("Quantity"))
    giver = models.CharField(
        max_length=200, blank=True, db_comment="as the store's books say: fund or partner, no person"
    )
    state = models.CharField(_("State"), max_length=8, choices=State.choices, default=State.WAITING)
    store = models.ForeignKey("supply.Store", models.PROTECT, null=True, blank=True, related_name="+")
    movement = models.ForeignKey("supply.Movement", models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(pgettext_lazy("handover", "Handed over"))
    settled_at = models.DateTimeField(null=True, blank=True)
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    note = models.CharField(_("Note"), max_length=300, blank=True)

    objects = OfAreaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(entry__isnull=False, aid_line=None) | Q(entry=None, aid_line__isnull=False),
                name="handover_comes_from_one_place",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", settled_at=None) | Q(settled_at__isnull=False) & ~Q(state="waiting"),
                name="handover_settled_is_dated",
            ),
        ]
        indexes = [models.Index(fields=["keeper", "state"])]

    def __str__(self) -> str:
        return self.name


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class FundStatement(AreaColumns):
    """What was told to the public on a day: the figures as they stood, which stay as they were."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="statements", verbose_name=_("Fund"))
    fund_name = models.CharField(max_length=160)
    organisation_name = models.CharField(max_length=200)
    first_day = models.DateField(pgettext_lazy("statement", "From"))
    last_day = models.DateField(pgettext_lazy("statement", "Until"))
    content = models.JSONField(db_comment="sums of money and goods by month and purpose; no name")
    published_at = models.DateTimeField(pgettext_lazy("statement", "Published"))
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    officer_name = models.CharField(max_length=120, blank=True)
    officer_title = models.CharField(max_length=120, blank=True)

    objects = OfAreaQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["fund", "-published_at"])]

    def __str__(self) -> str:
        return f"{self.fund_name} {self.last_day:%d/%m/%Y}"


class StatementGiver(models.Model):
    """A giver who agreed to be named. Who asks for it later is named no more; the sums stay."""

    statement = models.ForeignKey(FundStatement, models.PROTECT, related_name="givers")
    donation = models.ForeignKey(Donation, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    received_on = models.DateField()
    money = models.BigIntegerField(default=0)
    goods = models.CharField(max_length=500, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "donation"], name="giver_named_once"),
            models.CheckConstraint(condition=Q(hidden_at=None) | Q(name=""), name="hidden_giver_has_no_name"),
        ]
