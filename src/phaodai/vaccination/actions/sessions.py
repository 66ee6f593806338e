"""Sessions: planned, supplied from a store, opened, closed with the account of every vial, or cancelled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.constraints import worded
from phaodai.foundation.formats import fold, sort_key
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, Refusal
from phaodai.foundation.scope import Actor
from phaodai.foundation.versions import guard_version
from phaodai.people.models import Organisation
from phaodai.supply.actions.movements import Goods, issue, return_goods
from phaodai.supply.actions.stock_shared import mine, seen_store
from phaodai.supply.models import Movement, Store
from phaodai.territory.models import Unit
from phaodai.vaccination.actions.cold_contents import hold_on
from phaodai.vaccination.actions.cold_lines import put_with, take_with
from phaodai.vaccination.actions.lots import lot_for
from phaodai.vaccination.actions.plan_shared import session_for
from phaodai.vaccination.models import ColdLine, Invitation, ListEntry, LotHold, Session, SessionLot
from phaodai.vaccination.models.invitations import InvitationQuerySet
from phaodai.vaccination.rules.sessions_account import WASTE, VialAccount

_NAMESPACE = UUID("0d9ad4d0-5a1f-4a43-8b0e-3a4d1f4a9c61")


@transaction.atomic
def plan_session(
    *,
    actor: Actor,
    moment: datetime,
    unit: Unit,
    name: str,
    day: date,
    starts_at: time,
    ends_at: time,
    teams: int = 1,
    per_hour: int = 20,
    address: str = "",
    team: str = "",
    groups: Sequence[str] = (),
    product: str = "",
    store_id: int | None = None,
) -> Session:
    """Plan a day of vaccinating in a unit, run by the officer's organisation."""
    actor.require(Permission.VACCINATION_SESSION_RUN)
    if not actor.area.holds(unit):
        raise NotAllowed(_("%(unit)s lies outside your area. You can send a request.") % {"unit": unit.name})
    if not name.strip():
        raise Refusal(_("Say where people are vaccinated."), field="name")
    if day < moment.date():
        raise Refusal(_("This day is over. Choose today or a later day."), field="day")
    session = Session(
        name=name.strip(), organisation=Organisation.objects.get(pk=actor.organisation), day=day, starts_at=starts_at,
        ends_at=ends_at, teams=teams, per_hour=per_hour, address=address.strip(), team=team.strip(), groups=list(groups),
        product=product, store=_store(actor, store_id), **unit.area.columns,
    )  # fmt: skip
    _keep(session)
    Fact.tell("vaccination:session:planned", subject=session, moment=moment, officer=actor.officer)
    return session


def _store(actor: Actor, store_id: int | None) -> Store | None:
    if store_id is None:
        return None
    store = seen_store(actor, store_id)
    if not mine(actor, store):
        raise NotAllowed(_("This store belongs to another unit. You can send a request."))
    return store


def _keep(session: Session) -> None:
    session.sort_key = sort_key(session.name)
    session.search_key = fold(f"{session.name} {session.address} {session.organisation.short_name}")
    with worded():
        session.save()


@transaction.atomic
def amend_session(*, actor: Actor, moment: datetime, pk: int, version: int, **changes: Any) -> Session:
    """Change a session that is not closed: hours, tables, team, place, groups."""
    actor.require(Permission.VACCINATION_SESSION_RUN)
    session = session_for(actor, pk, Session.State.PLANNED, Session.State.OPEN)
    for name, value in guard_version(session, version, changes).items():
        setattr(session, name, value)
    session.version += 1
    _keep(session)
    Fact.tell("vaccination:session:amended", subject=session, moment=moment, officer=actor.officer)
    return session


@transaction.atomic
def bring_lot(
    *, actor: Actor, moment: datetime, session_id: int, lot_id: int, vials: int, place_id: int | None = None
) -> SessionLot:
    """Take vials of a lot out of the session's store, from the fridge `place_id` where several hold the lot.

    Refuses a held or an expired lot, and held vials, in words and in the database.
    """
    actor.require(Permission.VACCINATION_SESSION_RUN)
    session = session_for(actor, session_id, Session.State.PLANNED, Session.State.OPEN)
    lot = lot_for(actor, lot_id)
    if session.store_id is None:
        raise Refusal(_("Say from which store the vaccine comes, first."), field="store")
    if vials < 1:
        raise Refusal(_("Write how many vials are brought."), field="vials")
    if lot.expires_on < session.day:
        about = {"lot": lot.number, "day": f"{lot.expires_on:%d/%m/%Y}"}
        raise Refusal(_("Lot %(lot)s expires on %(day)s, before the session.") % about, field="lot")
    if LotHold.objects.of_lot(lot.pk, session.store_id).exists():
        raise Refusal(_("Lot %(lot)s is held here until somebody decides about it.") % {"lot": lot.number}, field="lot")
    row = SessionLot.objects.select_for_update().filter(session=session, lot=lot).first()
    row = row or SessionLot(session=session, lot=lot, brought=0)
    key = uuid5(_NAMESPACE, f"bring-{session.pk}-{lot.pk}-{row.brought}")
    take_with(
        actor=actor, moment=moment, store_id=session.store_id, lot=lot, place_id=place_id, vials=vials, movement_key=key
    )
    movement = issue(
        actor=actor, moment=moment, store_id=session.store_id, about=str(session), key=key,
        goods=[Goods(lot.batch.item_id, Decimal(vials), batch_id=lot.batch_id)],
    )  # fmt: skip
    row.brought, row.brought_by, row.version = row.brought + vials, movement.pk, row.version + 1
    row.save()
    return row


@transaction.atomic
def open_session(*, actor: Actor, moment: datetime, session_id: int) -> Session:
    """Open a session on its day; doses are recorded from then on."""
    actor.require(Permission.VACCINATION_SESSION_RUN)
    session = session_for(actor, session_id, Session.State.PLANNED)
    if moment.date() < session.day:
        raise Refusal(
            _("The session is on %(day)s. Change its day to open it now.") % {"day": f"{session.day:%d/%m/%Y}"}
        )
    session.state, session.opened_at, session.version = Session.State.OPEN, moment, session.version + 1
    session.save()
    Fact.tell("vaccination:session:opened", subject=session, moment=moment, officer=actor.officer)
    return session


@dataclass(frozen=True)
class Closing:
    """What the table says of one lot at the end: vials taken back unopened, doses given, doses wasted by reason."""

    lot_id: int
    returned: int
    given: int
    wasted: Mapping[str, int] = field(default_factory=dict)
    explanation: str = ""


@transaction.atomic
def close_session(
    *, actor: Actor, moment: datetime, session_id: int, closings: Sequence[Closing], note: str = ""
) -> Session:
    """Close a session: every vial brought is found again as doses given, wasted or taken back, or explained.

    Unopened vials go back into the store; whoever was expected and did not come waits again.
    """
    actor.require(Permission.VACCINATION_SESSION_RUN)
    session = session_for(actor, session_id, Session.State.OPEN)
    told = {one.lot_id: one for one in closings}
    rows = list(session.lots.select_related("lot__batch").order_by("pk"))
    missing = [row.lot.number for row in rows if row.lot_id not in told]
    if missing:
        raise Refusal(_("Lot %(lot)s is missing from the account.") % {"lot": ", ".join(missing)})
    for row in rows:
        _settle(row, told[row.lot_id])
    for row in rows:
        _take_back(session, row, actor, moment)
    absent = _absent(session, moment)
    session.state, session.closed_at, session.closed_by = Session.State.CLOSED, moment, actor.officer
    session.note, session.version = note.strip()[:300], session.version + 1
    session.save()
    given, wasted = sum(row.given or 0 for row in rows), sum(sum(row.wasted.values()) for row in rows)
    Fact.tell(
        "vaccination:session:closed", subject=session, moment=moment, officer=actor.officer, given=given, wasted=wasted,
        absent=absent,
    )  # fmt: skip
    return session


def _settle(row: SessionLot, told: Closing) -> None:
    wasted = {reason: count for reason, count in told.wasted.items() if reason in WASTE and count}
    account = VialAccount(row.brought, told.returned, row.lot.doses_per_vial, told.given, wasted)
    if account.returned > account.brought:
        raise Refusal(_("More vials come back than were brought."), field=f"returned-{row.lot_id}")
    if not account.balanced and not told.explanation.strip():
        about = {"lot": row.lot.number, "drawn": account.drawn, "count": abs(account.difference)}
        words = (
            _("Lot %(lot)s: %(drawn)d doses were drawn, and %(count)d of them are in no column. Find them or explain.")
            if account.difference > 0
            else _("Lot %(lot)s: %(drawn)d doses were drawn, and %(count)d more are accounted for. Correct or explain.")
        )
        raise Refusal(words % about, field=f"explanation-{row.lot_id}")
    row.returned, row.given, row.wasted = told.returned, told.given, wasted
    row.difference, row.explanation, row.version = account.difference, told.explanation.strip()[:300], row.version + 1
    with worded(f"explanation-{row.lot_id}"):
        row.save()


def _take_back(session: Session, row: SessionLot, actor: Actor, moment: datetime) -> None:
    """Unopened vials return to the store and the fridge that gave them out; held ones to its shelf, where they stay held."""
    if not row.returned or session.store_id is None:
        return
    batch, key = row.lot.batch, uuid5(_NAMESPACE, f"back-{session.pk}-{row.lot_id}")
    goods = Goods(batch.item_id, Decimal(row.returned), batch.pk, batch.number, batch.expires_on)
    movement = return_goods(
        actor=actor, moment=moment, store_id=session.store_id, goods=[goods], about=str(session), key=key
    )
    row.returned_by = movement.pk
    row.save(update_fields=["returned_by"])
    holds = list(LotHold.objects.standing().filter(lot=row.lot_id, session=session))
    for hold in holds:
        hold_on(actor=actor, moment=moment, hold=hold, store_id=session.store_id, place_id=None, vials=row.returned)
    if not holds:
        put_with(
            actor=actor, moment=moment, store_id=session.store_id, lot=row.lot, place_id=_fridge_of(row),
            vials=row.returned, movement_key=key,
        )  # fmt: skip


def _fridge_of(row: SessionLot) -> int | None:
    """The fridge from which the vials of a session were taken last; None where they lay in none."""
    brought = Movement.objects.filter(pk=row.brought_by or 0).values("key")
    line = ColdLine.objects.filter(movement_key__in=brought, taken_from__store=row.session.store_id).first()
    return line.taken_from_id if line else None


def _absent(session: Session, moment: datetime) -> int:
    """Whoever was expected and did not come, and whoever was in reserve, waits again; returns how many did not come."""
    standing = _let_wait_again(session, moment)
    standing.filter(state=Invitation.State.RESERVE).update(state=Invitation.State.WITHDRAWN, answered_at=moment)
    return standing.filter(state=Invitation.State.INVITED).update(state=Invitation.State.ABSENT, answered_at=moment)


def _let_wait_again(session: Session, moment: datetime) -> InvitationQuerySet:
    """The invitations of a session that nobody answered; whom they name waits again."""
    standing = Invitation.objects.filter(session=session, state__in=["invited", "reserve"])
    ListEntry.objects.filter(pk__in=standing.values("entry"), state=ListEntry.State.INVITED).update(
        state=ListEntry.State.WAITING, state_at=moment, updated_at=moment
    )
    return standing


@transaction.atomic
def cancel_session(*, actor: Actor, moment: datetime, session_id: int, reason: str) -> Session:
    """Call a planned session off: its vials go back, whoever was invited waits again."""
    actor.require(Permission.VACCINATION_SESSION_RUN)
    session = session_for(actor, session_id, Session.State.PLANNED)
    if not reason.strip():
        raise Refusal(_("Say why the session is called off."), field="note")
    for row in session.lots.select_related("lot__batch").order_by("pk"):
        row.returned, row.given = row.brought, 0
        row.save()
        _take_back(session, row, actor, moment)
    _let_wait_again(session, moment).update(state=Invitation.State.WITHDRAWN, answered_at=moment, updated_at=moment)
    session.state, session.note, session.version = Session.State.CANCELLED, reason.strip()[:300], session.version + 1
    session.closed_at, session.closed_by = moment, actor.officer
    session.save()
    Fact.tell(
        "vaccination:session:cancelled", subject=session, moment=moment, officer=actor.officer,
        untold=Invitation.objects.untold(session).count(),
    )  # fmt: skip
    return session
