"""What a fund tells the public: sums of a period, and the givers who agreed, as they stood on the day."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, Refusal
from phaodai.foundation.scope import Actor, Area
from phaodai.supply.actions.funds import seen_fund
from phaodai.supply.models import Donation, Fund, FundEntry, FundStatement, StatementGiver
from phaodai.supply.rules.fund_sums import Line, statement_of


def lines_of(fund: Fund, until: date) -> Iterator[Line]:
    """The ledger of a fund up to a day, as the sums read it."""
    rows = FundEntry.objects.filter(holding__fund=fund, on__lte=until).select_related("holding").order_by("pk")
    for row in rows:
        holding = row.holding
        yield Line(
            holding.name, holding.unit, holding.kind, row.on, row.quantity, row.value, row.purpose,
            row.reverses_id is not None,
        )  # fmt: skip


@transaction.atomic
def publish_statement(
    *, actor: Actor, moment: datetime, fund_id: int, first_day: date, last_day: date
) -> FundStatement:
    """Publish the sums of a period, dated. What was published stays; a later statement stands beside it.

    Refuses a period that ends in the future, or before it begins. Only givers who agreed are named.
    """
    actor.require(Permission.SUPPLY_DONATION_PUBLISH)
    fund = seen_fund(actor, fund_id)
    if not actor.area.holds(fund):
        raise NotAllowed(_("This fund is another area's. Its own committee publishes."))
    if last_day > moment.date():
        raise Refusal(_("That day is still to come."), field="last_day")
    if first_day > last_day:
        raise Refusal(_("The last day is before the first."), field="last_day")
    statement: FundStatement = FundStatement.objects.create(
        fund=fund, fund_name=fund.name, organisation_name=fund.organisation.name, first_day=first_day,
        last_day=last_day, content=statement_of(lines_of(fund, last_day), first_day, last_day), published_at=moment,
        officer_id=actor.officer, officer_name=actor.name, officer_title=actor.title, **Area.of(fund).columns,
    )  # fmt: skip
    _name(statement)
    Fact.tell("supply:statement:published", subject=statement, moment=moment, officer=actor.officer)
    return statement


def _name(statement: FundStatement) -> None:
    gifts = Donation.objects.filter(
        fund=statement.fund_id, agrees_named=True, state=Donation.State.KEPT,
        received_on__range=(statement.first_day, statement.last_day),
    ).order_by("received_on", "pk")  # fmt: skip
    StatementGiver.objects.bulk_create(
        StatementGiver(
            statement=statement, donation=gift, name=gift.giver_name, received_on=gift.received_on, money=gift.money,
            goods=gift.goods,
        )
        for gift in gifts
    )  # fmt: skip
