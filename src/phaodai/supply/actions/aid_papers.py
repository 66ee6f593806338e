"""Papers that follow: the receipt of a gift, the letter of thanks for help, requests for what is missing."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.command.actions.papers import draft_paper
from phaodai.command.models import OutgoingPaper
from phaodai.command.outgoing import content_of
from phaodai.command.papers import symbol_of
from phaodai.foundation.clock import VIETNAM, local_day
from phaodai.foundation.formats import quantity
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.supply.actions.aid import AskedGoods, Direction, State, go_on, open_aid, seen_aid
from phaodai.supply.actions.orders import propose_order
from phaodai.supply.actions.readiness import require_area
from phaodai.supply.actions.readiness_reckoning import UnitReadiness, readiness_of_units
from phaodai.supply.models import AidRequest, Donation, Item, Order, Store
from phaodai.supply.models.needs import needs_of
from phaodai.supply.rules import aid_paper
from phaodai.supply.rules.fund_sums import trimmed
from phaodai.supply.rules.readiness import Asked, first_short, gap_of, weeks_of
from phaodai.territory.models import Unit

RECEIPT = "GBN"


def receipt_file(donation: Donation, suffix: str) -> bytes:
    """The receipt of a gift as `docx` or `pdf`, from the row alone: asked for again, it is the same paper."""
    if donation.receipt_at is None or donation.receipt_number is None:
        raise Refusal(_("No receipt was given for this gift yet."))
    organisation = donation.fund.organisation
    given = aid_paper.Given(
        giver=donation.giver_name, address=donation.giver_address, received_on=donation.received_on, money=donation.money,
        goods=donation.goods, goods_value=donation.goods_value, wish=donation.wish, fund=donation.fund.name,
        receipt=donation.receipt,
    )  # fmt: skip
    paper = OutgoingPaper(
        organisation=organisation, kind=RECEIPT, system=OutgoingPaper.System.STATE, number=donation.receipt_number,
        symbol=f"{RECEIPT}-{symbol_of(organisation).rpartition('-')[2]}", subject=aid_paper.receipt_subject(given),
        body=aid_paper.receipt_body(given, organisation.name), signed_at=donation.receipt_at, signer=donation.receipt_by,
        signer_title=donation.receipt_title, distribution=["Người ủng hộ"], annexes=[],
    )  # fmt: skip
    return content_of(paper, suffix)


@transaction.atomic
def thank_for_aid(*, actor: Actor, moment: datetime, aid_id: int) -> AidRequest:
    """Draft the letter of thanks in the outgoing book, and note that thanks were given. For help that reached us, once."""
    actor.require(Permission.SUPPLY_AID_DECIDE)
    aid = seen_aid(actor, aid_id)
    if aid.direction != Direction.TO_US:
        raise Refusal(_("We thank for help that came to us; this went from us."))
    assert aid.state != State.RECEIVED or aid.arrived_at is not None, "help that was received has arrived"
    helped = _helped(aid)
    go_on(aid, State.THANKED, actor=actor, moment=moment)
    aid.thanks = draft_paper(
        actor=actor, moment=moment, kind=OutgoingPaper.Kind.LETTER, subject=aid_paper.thanks_subject(helped),
        body=aid_paper.thanks_body(helped), recipients=[aid.partner], distribution=[aid.partner],
    )  # fmt: skip
    aid.save(update_fields=["thanks"])
    return aid


def _helped(aid: AidRequest) -> aid_paper.Helped:
    lines = aid.lines.filter(received__gt=0)
    dated = f" ngày {aid.paper_on:%d/%m/%Y}" if aid.paper_on else ""
    return aid_paper.Helped(
        partner=aid.partner,
        issuer=aid.organisation.name,
        subject=aid.subject,
        paper=f"văn bản số {aid.paper_number}{dated}" if aid.paper_number else "",
        arrived_on=(aid.arrived_at or aid.asked_at).astimezone(VIETNAM).date(),
        goods=[f"{quantity(trimmed(one.received or Decimal(0)), one.unit)} {one.name}" for one in lines],
        teams=[f"{team.skill}: {team.people} người" for team in aid.teams.order_by("pk")],
    )


def _gap_for(actor: Actor, unit: Unit, moment: datetime) -> tuple[UnitReadiness, list[Asked]]:
    """A unit's readiness, and what of it is missing. Refuses where nothing is."""
    require_area(actor, unit)
    found = readiness_of_units([unit], moment)[0]
    short = [one for one in found.asked if gap_of(one) > 0]
    if not short:
        raise Refusal(_("Nothing is missing in %(unit)s by the scenario in use.") % {"unit": unit.name})
    return found, short


def missing_rows(short: Sequence[Asked]) -> list[aid_paper.Missing]:
    """The gap as papers and tables show it."""
    return [
        aid_paper.Missing(
            one.name, one.unit, _asked(one), _asked(one) - gap_of(one), gap_of(one), first_short(one)
        )
        for one in short
    ]  # fmt: skip


def _asked(one: Asked) -> Decimal:
    needs = [week.need for week in weeks_of(one)]
    return sum(needs, Decimal(0)) if one.used_up else max(needs, default=Decimal(0))


@transaction.atomic
def order_gap(*, actor: Actor, moment: datetime, unit_id: int, store_id: int, key: UUID) -> Order:
    """Turn the gap in goods of the stores into an order of one store, with the scenario as its reason."""
    actor.require(Permission.SUPPLY_READINESS_WRITE)
    unit = _unit(unit_id)
    found, short = _gap_for(actor, unit, moment)
    gaps = {one.key.removeprefix("item:"): gap_of(one) for one in short if one.used_up}
    items = {item.pk: gaps[item.code] for item in Item.objects.filter(province_id=unit.province_id or 0, code__in=gaps)}
    store = Store.objects.visible_to(actor).filter(pk=store_id).first()
    if store is None:
        raise Refusal(_("Choose the store that orders."), field="store_id")
    # The order takes off what this one store has and expects; the gap has taken off what the whole unit has.
    there = needs_of(store, local_day(moment), items)
    planned = {item: much + there[item].stock + there[item].on_way for item, much in items.items()}
    reason = _("Scenario “%(name)s”, %(unit)s") % {
        "name": found.plan.scenario_name if found.plan else "",
        "unit": unit.name,
    }
    return propose_order(
        actor=actor, moment=moment, store_id=store_id, key=key, planned=planned, only=list(items), reason=reason
    )


@transaction.atomic
def request_purchase(*, actor: Actor, moment: datetime, unit_id: int) -> OutgoingPaper:
    """Draft the request to buy what is missing, with the table, in the outgoing book of the officer's organisation."""
    actor.require(Permission.SUPPLY_READINESS_WRITE)
    unit = _unit(unit_id)
    found, short = _gap_for(actor, unit, moment)
    rows, scenario = missing_rows(short), found.plan.scenario_name if found.plan else ""
    return draft_paper(
        actor=actor, moment=moment, kind=OutgoingPaper.Kind.LETTER, subject=aid_paper.purchase_subject(unit.name),
        body=aid_paper.purchase_body(unit.name, scenario, rows), annexes=[aid_paper.gap_annex(rows)],
    )  # fmt: skip


@transaction.atomic
def request_help(*, actor: Actor, moment: datetime, unit_id: int, partner: str, key: UUID) -> AidRequest:
    """Ask another province or unit for what is missing: a piece of mutual aid with the gap as its lines."""
    actor.require(Permission.SUPPLY_AID_DECIDE)
    unit = _unit(unit_id)
    if not partner.strip():
        raise Refusal(_("Say whom you ask."), field="partner")
    found, short = _gap_for(actor, unit, moment)
    codes = {one.key.removeprefix("item:") for one in short}
    items = {item.code: item for item in Item.objects.filter(province_id=unit.province_id or 0, code__in=codes)}
    goods = [
        AskedGoods(one.name, one.unit or _("places"), gap_of(one), items.get(one.key.removeprefix("item:")))
        for one in short
    ]
    since = [day for one in short if (day := first_short(one)) is not None]
    aid = open_aid(
        actor=actor, moment=moment, key=key, kind=AidRequest.Kind.REQUEST, direction=Direction.TO_US, partner=partner,
        subject=aid_paper.help_subject(unit.name), goods=goods, needed_from=min(since, default=None), plan=found.plan,
    )  # fmt: skip
    if aid.paper is None:
        _write_letter(aid, unit, missing_rows(short), actor, moment)
    return aid


def _write_letter(
    aid: AidRequest, unit: Unit, rows: Sequence[aid_paper.Missing], actor: Actor, moment: datetime
) -> None:
    """The letter by which help is asked for, in the outgoing book, ready to be signed."""
    scenario = aid.plan.scenario_name if aid.plan else ""
    aid.paper = draft_paper(
        actor=actor, moment=moment, kind=OutgoingPaper.Kind.LETTER, subject=aid.subject, recipients=[aid.partner],
        body=aid_paper.help_body(unit.name, scenario, aid.partner), annexes=[aid_paper.gap_annex(rows)],
    )  # fmt: skip
    aid.save(update_fields=["paper"])


def _unit(unit_id: int) -> Unit:
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None:
        raise NotHere(_("There is no such unit."))
    return unit
