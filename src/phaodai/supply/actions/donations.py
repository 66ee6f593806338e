"""Gifts: received into the fund, receipted once in a yearly series without a gap, taken back by counter-entries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.command.actions.reports import next_outgoing_number
from phaodai.foundation.formats import fold, quantity
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor, Area
from phaodai.supply.actions.funds import counter, enter, holding_of, money_of, own_fund
from phaodai.supply.models import Donation, Fund, FundEntry, FundHolding, Item, StatementGiver
from phaodai.supply.rules.fund_sums import trimmed

WRITE = Permission.SUPPLY_DONATION_WRITE
SERIES = "BNUH"
"""The series of receipts in the outgoing book: biên nhận ủng hộ."""
MOST_MONEY = 10**15
"""A thousand times a province's yearly budget: what is above is a slip of the finger."""


@dataclass(frozen=True)
class Giver:
    """Who gives, and whether the public may know."""

    kind: str
    name: str = ""
    address: str = ""
    contact: str = ""
    agrees_named: bool = False


@dataclass(frozen=True)
class GivenGoods:
    """One sort of goods of a gift, an item of the stores where it is one. `value` is what the giver says, 0 unknown."""

    name: str
    unit: str
    quantity: Decimal
    value: int = 0
    item: Item | None = None


@transaction.atomic
def record_donation(
    *,
    actor: Actor,
    moment: datetime,
    key: UUID,
    fund_id: int,
    giver: Giver,
    received_on: date,
    money: int = 0,
    goods: Sequence[GivenGoods] = (),
    wish: str = "",
) -> Donation:
    """Keep a gift and write what it brought into the ledger. Sent twice under one key it is kept once."""
    actor.require(WRITE)
    fund = own_fund(actor, fund_id)
    known: Donation | None = Donation.objects.filter(key=key).first()
    if known is not None:
        return known
    _refuse(fund, giver, received_on, money, goods, moment)
    donation = _kept(fund, giver, goods, actor, moment)
    donation.key, donation.received_on, donation.money, donation.wish = key, received_on, money, wish.strip()
    donation.full_clean(exclude=["officer"])
    donation.save()
    _write(donation, goods, actor, moment)
    Fact.tell("supply:donation:recorded", subject=donation, moment=moment, officer=actor.officer, money=money)
    return donation


def _refuse(
    fund: Fund, giver: Giver, received_on: date, money: int, goods: Sequence[GivenGoods], moment: datetime
) -> None:
    if received_on > moment.date():
        raise Refusal(_("That day is still to come."), field="received_on")
    if received_on < fund.opened_on:
        raise Refusal(_("The fund was not open on that day."), field="received_on")
    if giver.kind != Donation.Giver.ANONYMOUS and not giver.name.strip():
        raise Refusal(_("Who gives? Write the name, or choose a giver who is not named."), field="giver_name")
    if money < 0 or money > MOST_MONEY:
        raise Refusal(_("Write the amount in đồng, in digits."), field="money")
    if not money and not goods:
        raise Refusal(_("A gift brings money or goods. Write one of the two."), field="money")
    if any(one.quantity <= 0 for one in goods):
        raise Refusal(_("The quantity must be more than 0."), field="goods")


def _kept(fund: Fund, giver: Giver, goods: Sequence[GivenGoods], actor: Actor, moment: datetime) -> Donation:
    named = giver.kind != Donation.Giver.ANONYMOUS
    name = giver.name.strip() if named else ""
    return Donation(
        fund=fund, giver_kind=giver.kind, giver_name=name,
        giver_address=giver.address.strip() if named else "", giver_contact=giver.contact.strip() if named else "",
        agrees_named=named and giver.agrees_named, goods=goods_words(goods)[:500],
        goods_value=sum(one.value for one in goods), officer_id=actor.officer, recorded_at=moment,
        search_key=fold(f"{name} {goods_words(goods)}")[:500], **Area.of(fund.organisation).columns,
    )  # fmt: skip


def goods_words(goods: Sequence[GivenGoods]) -> str:
    """The goods in a line: "1.000 bộ bảo hộ; 50 bình ô xy"."""
    return "; ".join(f"{quantity(trimmed(one.quantity), one.unit)} {one.name}" for one in goods)


def _write(donation: Donation, goods: Sequence[GivenGoods], actor: Actor, moment: datetime) -> None:
    lines: list[tuple[FundHolding, Decimal, int]] = []
    if donation.money:
        lines.append((money_of(donation.fund), Decimal(donation.money), donation.money))
    for one in goods:
        item = one.item.pk if one.item else None
        lines.append(
            (holding_of(donation.fund, FundHolding.Kind.GOODS, one.name, one.unit, item), one.quantity, one.value)
        )
    for place, (holding, much, value) in enumerate(lines):
        holding.refresh_from_db(fields=["balance"])
        enter(
            holding, much, actor=actor, moment=moment, on=donation.received_on, key=uuid5(donation.key, str(place)),
            purpose=FundEntry.Purpose.GIVEN, donation=donation, value=value,
        )  # fmt: skip


def seen_donation(actor: Actor, donation_id: int) -> Donation:
    """A gift of a fund that the actor's own organisation keeps, locked."""
    rows = Donation.objects.visible_to(actor).select_for_update(of=("self",)).select_related("fund__organisation")
    donation: Donation | None = rows.filter(pk=donation_id).first()
    if donation is None:
        raise NotHere(_("There is no such gift that your post may see."))
    own_fund(actor, donation.fund_id)
    return donation


@transaction.atomic
def give_receipt(*, actor: Actor, moment: datetime, donation_id: int) -> Donation:
    """Draw the next number of the year for the receipt. Asked again, the number given stays."""
    actor.require(WRITE)
    donation = seen_donation(actor, donation_id)
    if donation.state == Donation.State.REVERSED:
        raise Refusal(_("This gift was taken back. No receipt is given for it."))
    if donation.receipt_number is None:
        donation.receipt_year = moment.year
        donation.receipt_number = next_outgoing_number(donation.fund.organisation, moment.year, SERIES)
        donation.receipt_at, donation.receipt_by_id, donation.receipt_title = moment, actor.officer, actor.title
        donation.version += 1
        donation.save()
        Fact.tell("supply:donation:receipted", subject=donation, moment=moment, officer=actor.officer)
    return donation


@transaction.atomic
def take_back_donation(*, actor: Actor, moment: datetime, donation_id: int, reason: str) -> Donation:
    """Undo a gift that was recorded wrongly or went back to its giver: every line is answered by its counter-entry.

    The receipt's number stays spent, so that the series has no gap; the gift shows that it was taken back.
    """
    actor.require(WRITE)
    donation = seen_donation(actor, donation_id)
    if donation.state == Donation.State.REVERSED:
        raise Refusal(_("This gift was taken back already."))
    for entry in donation.entries.filter(reverses=None).select_related("unit").order_by("pk"):
        counter(entry, actor=actor, moment=moment, reason=reason)
    donation.state = Donation.State.REVERSED
    donation.version += 1
    donation.save()
    Fact.tell("supply:donation:reversed", subject=donation, moment=moment, officer=actor.officer)
    return donation


@transaction.atomic
def hide_giver(*, actor: Actor, moment: datetime, donation_id: int) -> Donation:
    """Name a giver in public no more, in statements of the past too. The sums that were published stay."""
    actor.require(WRITE)
    donation = seen_donation(actor, donation_id)
    donation.agrees_named = False
    donation.version += 1
    donation.save()
    StatementGiver.objects.filter(donation=donation, hidden_at=None).update(name="", hidden_at=moment)
    Fact.tell("supply:donation:hidden", subject=donation, moment=moment, officer=actor.officer)
    return donation
