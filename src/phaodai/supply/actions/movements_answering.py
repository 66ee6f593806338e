"""What answers a movement: a transfer that arrived, and the correction that turns a wrong movement round."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import Actor
from phaodai.supply.actions.movements import movement_for
from phaodai.supply.actions.movements_writing import Step, done_before, plain, write
from phaodai.supply.actions.orders_receiving import note_received, take_back_received
from phaodai.supply.actions.stock_shared import store_for
from phaodai.supply.models import Account, Movement, MovementLine

FINAL = (Movement.Kind.REVERSAL, Movement.Kind.ARRIVAL)


@transaction.atomic
def take_in(
    *,
    actor: Actor,
    moment: datetime,
    movement_id: int,
    key: UUID,
    arrived: Mapping[int, Decimal] | None = None,
    about: str = "",
) -> Movement:
    """Take a transfer into the store it was sent to.

    `arrived` is what came of each line (by its row id; a line that is not named came whole). What is missing is booked
    as lost on the way, and needs a word; more than was sent is refused: it is counted afterwards.
    """
    actor.require(Permission.SUPPLY_STOCK_WRITE)
    sent = movement_for(actor, movement_id)
    if sent.kind != Movement.Kind.TRANSFER or sent.to_store_id is None:
        raise Refusal(_("Only a transfer is taken in."))
    store = store_for(actor, sent.to_store_id)
    if done := done_before(key):
        return done
    _require_open(sent)
    steps = [one for line in _lines(sent) for one in _arrival(line, (arrived or {}).get(line.pk, line.quantity))]
    if any(one.put_into == Account.LOST for one in steps) and not about.strip():
        raise Refusal(_("Less came than was sent. Say what is known of the rest."), field="about")
    movement = write(
        actor=actor, moment=moment, kind=Movement.Kind.ARRIVAL, store=store, steps=steps, key=key, about=about,
        answers=sent, order=sent.order,
    )  # fmt: skip
    _close(sent, moment)
    note_received(sent.order, [one for one in steps if one.put_into == Account.STORE], moment)
    return movement


def _require_open(movement: Movement) -> None:
    # Under the lock of the store: read again, because another officer may have been faster.
    movement.refresh_from_db(fields=["answered_at"])
    if movement.answered_at is not None:
        raise Refusal(_("This was received or corrected already."))


def _lines(movement: Movement) -> list[MovementLine]:
    return list(movement.lines.select_related("item", "batch").order_by("pk"))


def _arrival(line: MovementLine, came: Decimal) -> list[Step]:
    if not 0 <= came <= line.quantity:
        about = {"sent": plain(line.quantity), "unit": line.item.unit, "item": line.item.name}
        words = _("%(sent)s %(unit)s of %(item)s were sent. Write what came of it; count the store for more.")
        raise Refusal(words % about, field=f"line-{line.pk}")
    parts = ((came, Account.STORE), (line.quantity - came, Account.LOST))
    return [Step(line.item, line.batch, some, Account.ON_WAY, into) for some, into in parts if some > 0]


def _close(movement: Movement, moment: datetime) -> None:
    movement.answered_at = moment
    movement.save(update_fields=["answered_at"])


@transaction.atomic
def reverse(*, actor: Actor, moment: datetime, movement_id: int, key: UUID, reason: str) -> Movement:
    """Turn a wrong movement round by its mirror. Refuses where the goods are gone, or the transfer has arrived."""
    actor.require(Permission.SUPPLY_STOCK_WRITE)
    wrong = movement_for(actor, movement_id)
    store = store_for(actor, wrong.store_id)
    if done := done_before(key):
        return done
    if wrong.kind in FINAL:
        raise Refusal(_("This is not turned round. Count the store, or write a new movement."))
    if not reason.strip():
        raise Refusal(_("Say what was wrong."), field="about")
    _require_open(wrong)
    steps = [Step(one.item, one.batch, one.quantity, *_turned(one)) for one in _lines(wrong)]
    movement = write(
        actor=actor, moment=moment, kind=Movement.Kind.REVERSAL, store=store, steps=steps, key=key, about=reason,
        answers=wrong,
    )  # fmt: skip
    _close(wrong, moment)
    if wrong.kind == Movement.Kind.RECEIPT:
        take_back_received(wrong.order, steps)
    return movement


def _turned(line: MovementLine) -> tuple[Account, Account]:
    return Account(line.put_into), Account(line.taken_from)
