"""The ledger of a fund: opened, written line by line, answered by counter-entries, never changed."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.formats import fold, number
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor, Area
from phaodai.people.models import Organisation
from phaodai.supply.models import Fund, FundEntry, FundHolding, GoodsHandover
from phaodai.supply.models.donations import DONG
from phaodai.supply.rules.fund_sums import trimmed
from phaodai.territory.models import Unit

WRITE = Permission.SUPPLY_DONATION_WRITE
Purpose = FundEntry.Purpose
SPENT_ON = tuple(one for one in Purpose if one not in (Purpose.GIVEN, Purpose.BUDGET, Purpose.STORE))
"""What money is spent on; goods that go to a store have an action of their own."""


@transaction.atomic
def open_fund(*, actor: Actor, moment: datetime, name: str, opened_on: date, decision: str = "") -> Fund:
    """Open a fund of the actor's organisation. Refuses a day still to come and a name that is taken."""
    actor.require(WRITE)
    if opened_on > moment.date():
        raise Refusal(_("That day is still to come."), field="opened_on")
    organisation = Organisation.objects.get(pk=actor.organisation)
    fund = Fund(
        organisation=organisation, name=name.strip(), opened_on=opened_on, decision=decision.strip(),
        **Area.of(organisation).columns,
    )  # fmt: skip
    fund.full_clean()
    fund.save()
    Fact.tell("supply:fund:opened", subject=fund, moment=moment, officer=actor.officer)
    return fund


def own_fund(actor: Actor, fund_id: int) -> Fund:
    """The fund, when it is the actor's own organisation's to write in."""
    fund = seen_fund(actor, fund_id)
    if fund.organisation_id != actor.organisation:
        about = {"fund": fund.name, "who": fund.organisation.name}
        raise NotAllowed(_("%(fund)s is kept by %(who)s. Only they write in its book.") % about)
    return fund


def seen_fund(actor: Actor, fund_id: int) -> Fund:
    """The fund, when the actor may see it."""
    fund: Fund | None = Fund.objects.visible_to(actor).select_related("organisation").filter(pk=fund_id).first()
    if fund is None:
        raise NotHere(_("There is no such fund that your post may see."))
    return fund


def holding_of(fund: Fund, kind: str, name: str, unit: str, item_id: int | None = None) -> FundHolding:
    """Where the fund counts one thing, opened at nothing when it is the first of its sort. Locked until the end."""
    known = {"kind": kind, "name": name.strip(), "unit": unit.strip()}
    FundHolding.objects.get_or_create(
        fund=fund, **known, defaults={"item_id": item_id, **Area.of(fund.organisation).columns}
    )
    holding: FundHolding = FundHolding.objects.select_for_update(of=("self",)).get(fund=fund, **known)
    return holding


def money_of(fund: Fund) -> FundHolding:
    """Where the fund counts its money."""
    return holding_of(fund, FundHolding.Kind.MONEY, "Tiền", DONG)


def enter(
    holding: FundHolding, quantity: Decimal, *, actor: Actor, moment: datetime, on: date, key: UUID, **values: Any
) -> FundEntry:
    """Write one line and carry the balance along. Refuses what the fund does not have; `holding` is locked."""
    if quantity == 0:
        raise Refusal(_("The quantity must be more than 0."), field="quantity")
    if on > moment.date():
        raise Refusal(_("That day is still to come."), field="on")
    if holding.balance + quantity < 0:
        raise _overdrawn(holding, -quantity)
    entry: FundEntry = FundEntry.objects.create(
        holding=holding, quantity=quantity, on=on, key=key, officer_id=actor.officer, recorded_at=moment,
        search_key=fold(f"{values.get('words', '')} {values.get('decision', '')} {holding.name}")[:500],
        **Area.of(holding).columns, **values,
    )  # fmt: skip
    holding.balance += quantity
    holding.save(update_fields=["balance"])
    return entry


def _overdrawn(holding: FundHolding, asked: Decimal) -> Refusal:
    about = {
        "left": number(trimmed(holding.balance), None, language()),
        "asked": number(trimmed(asked), None, language()),
        "unit": holding.unit,
        "what": holding.name,
    }
    words = _("%(what)s: the fund has %(left)s %(unit)s left, and %(asked)s are asked for. Write a smaller number.")
    return Refusal(words % about, field="quantity")


def known_entry(key: UUID) -> FundEntry | None:
    """What was written under this key already: a form sent twice counts once."""
    known: FundEntry | None = FundEntry.objects.filter(key=key).first()
    return known


@transaction.atomic
def spend(
    *,
    actor: Actor,
    moment: datetime,
    key: UUID,
    fund_id: int,
    quantity: Decimal,
    purpose: str,
    words: str,
    decision: str,
    on: date,
    holding_id: int | None = None,
    unit_id: int | None = None,
) -> FundEntry:
    """Pay money out, or give goods out, for a purpose, by a decision. Sent twice under one key it is written once."""
    actor.require(WRITE)
    fund = own_fund(actor, fund_id)
    if (known := known_entry(key)) is not None:
        return known
    if quantity <= 0:
        raise Refusal(_("The quantity must be more than 0."), field="quantity")
    if purpose not in SPENT_ON:
        raise Refusal(_("Say what it is spent on."), field="purpose")
    if not decision.strip():
        raise Refusal(_("Name the decision by which it is spent: number and date."), field="decision")
    holding = _locked(fund, holding_id)
    entry = enter(
        holding, -quantity, actor=actor, moment=moment, on=on, key=key, purpose=purpose, words=words.strip(),
        decision=decision.strip(), unit=Unit.objects.filter(pk=unit_id).first() if unit_id else None,
        value=-int(quantity) if holding.kind == FundHolding.Kind.MONEY else 0,
    )  # fmt: skip
    Fact.tell("supply:fund:spent", subject=entry, moment=moment, officer=actor.officer, purpose=purpose)
    return entry


def _locked(fund: Fund, holding_id: int | None) -> FundHolding:
    if holding_id is None:
        return money_of(fund)
    rows = FundHolding.objects.select_for_update(of=("self",))
    holding: FundHolding | None = rows.filter(pk=holding_id, fund=fund).first()
    if holding is None:
        raise Refusal(_("The fund holds no such thing."), field="holding_id")
    return holding


@transaction.atomic
def allot(
    *, actor: Actor, moment: datetime, key: UUID, fund_id: int, quantity: Decimal, words: str, decision: str, on: date
) -> FundEntry:
    """Enter money that comes from the budget or another fund: no gift, so no giver and no receipt."""
    actor.require(WRITE)
    fund = own_fund(actor, fund_id)
    if (known := known_entry(key)) is not None:
        return known
    if quantity <= 0:
        raise Refusal(_("The quantity must be more than 0."), field="quantity")
    entry = enter(
        money_of(fund), quantity, actor=actor, moment=moment, on=on, key=key, purpose=Purpose.BUDGET,
        words=words.strip(), decision=decision.strip(), value=int(quantity),
    )  # fmt: skip
    Fact.tell("supply:fund:allotted", subject=entry, moment=moment, officer=actor.officer)
    return entry


@transaction.atomic
def reverse_entry(*, actor: Actor, moment: datetime, entry_id: int, reason: str) -> FundEntry:
    """Answer a wrong line by its counter-entry, of the same day's purpose and the turned sign. Each line once."""
    actor.require(WRITE)
    found = FundEntry.objects.visible_to(actor).select_related("holding__fund__organisation")
    entry = found.filter(pk=entry_id).first()
    if entry is None:
        raise NotHere(_("There is no such line that your post may see."))
    own_fund(actor, entry.holding.fund_id)
    if entry.donation_id:
        raise Refusal(_("This line belongs to a gift. Take the whole gift back instead."))
    if GoodsHandover.objects.filter(entry=entry).exclude(state=GoodsHandover.State.RETURNED).exists():
        raise Refusal(_("These goods are with a store. Its keeper sends them back first."))
    return counter(entry, actor=actor, moment=moment, reason=reason)


def counter(entry: FundEntry, *, actor: Actor, moment: datetime, reason: str) -> FundEntry:
    """The counter-entry of a line; refused when it has one, or is one, or no reason is given."""
    if not reason.strip():
        raise Refusal(_("Say why it was wrong."), field="reason")
    if entry.reverses_id or FundEntry.objects.filter(reverses=entry).exists():
        raise Refusal(_("This line was answered by a counter-entry already."))
    holding = FundHolding.objects.select_for_update(of=("self",)).get(pk=entry.holding_id)
    written = enter(
        holding, -entry.quantity, actor=actor, moment=moment, on=moment.date(), key=uuid5(entry.key, "counter"),
        purpose=entry.purpose, words=reason.strip(), decision=entry.decision, unit=entry.unit, reverses=entry,
        value=-entry.value, donation=entry.donation,
    )  # fmt: skip
    Fact.tell("supply:entry:reversed", subject=entry, moment=moment, officer=actor.officer, counter=written.pk)
    return written
