"""Vials in fridges: put in, moved, counted, thrown away after a decision; what leaves the store leaves its ledger too."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.supply.actions.movements import Counted, Goods, count, write_off
from phaodai.supply.actions.stock_shared import store_for
from phaodai.supply.models import Store
from phaodai.vaccination.actions.cold_levels import in_stock, spot_of
from phaodai.vaccination.actions.cold_lines import require_there, write_line
from phaodai.vaccination.actions.lots import DISCARD, hold_lot, lot_for
from phaodai.vaccination.actions.plan_shared import cold_place_for
from phaodai.vaccination.models import ColdLine, ColdPlace, LotHold, VaccineLot

MOVED = "vaccination:coldchain:moved"


def _fridge(actor: Actor, place_id: int) -> tuple[ColdPlace, Store]:
    """A fridge of the officer's unit and its store, both locked."""
    place = cold_place_for(actor, place_id)
    if place.store_id is None:
        raise Refusal(_("Say first which store this fridge belongs to."), field="store")
    return place, store_for(actor, place.store_id)


def _tell(place: ColdPlace, lot: VaccineLot, vials: int, into: int | None, actor: Actor, moment: datetime) -> None:
    Fact.tell(MOVED, subject=place, moment=moment, officer=actor.officer, lot=lot.pk, vials=vials, into=into)


@transaction.atomic
def put_vials(*, actor: Actor, moment: datetime, place_id: int, lot_id: int, vials: int, key: UUID) -> ColdLine:
    """Put vials that lie in no fridge of the store into one; more than lie there are refused."""
    actor.require(Permission.VACCINATION_SESSION_RUN)
    place, store = _fridge(actor, place_id)
    lot = lot_for(actor, lot_id)
    if done := ColdLine.objects.filter(key=key).first():
        return done
    line = write_line(actor=actor, moment=moment, store=store, lot=lot, vials=vials, key=key, put_into_id=place.pk)
    _tell(place, lot, vials, place.pk, actor, moment)
    return line


@transaction.atomic
def move_vials(
    *,
    actor: Actor,
    moment: datetime,
    place_id: int,
    lot_id: int,
    vials: int,
    key: UUID,
    to_id: int | None = None,
    held: bool = False,
) -> ColdLine:
    """Move vials into another fridge of the store, or take them out (`to_id` None).

    Held vials are moved as held ones (`held`), for instance out of a fridge that fails: their hold goes with them.
    """
    actor.require(Permission.VACCINATION_SESSION_RUN)
    place, store = _fridge(actor, place_id)
    lot = lot_for(actor, lot_id)
    if done := ColdLine.objects.filter(key=key).first():
        return done
    target = cold_place_for(actor, to_id) if to_id else None
    if target is not None and (target.pk == place.pk or target.store_id != place.store_id):
        raise Refusal(_("Choose another fridge of the same store."), field="to")
    require_there(store, lot, place, vials, held=held)
    into = target.pk if target else None
    if held:
        _move_holds(store, lot, place, into, vials, actor, moment)
    line = write_line(
        actor=actor, moment=moment, store=store, lot=lot, vials=vials, key=key, taken_from_id=place.pk, put_into_id=into
    )
    _tell(place, lot, vials, into, actor, moment)
    return line


def _move_holds(
    store: Store, lot: VaccineLot, place: ColdPlace, into: int | None, vials: int, actor: Actor, moment: datetime
) -> None:
    """The holds of some vials go where the vials go, the oldest first."""
    for hold in LotHold.objects.standing().some().filter(lot=lot, place=place).order_by("held_at", "pk"):
        some = min(vials, hold.vials or 0)
        if some:
            _lessen(hold, some, moment, _("Moved, with their hold"))
            hold_on(actor=actor, moment=moment, hold=hold, store_id=store.pk, place_id=into, vials=some)
        vials -= some


def hold_on(*, actor: Actor, moment: datetime, hold: LotHold, store_id: int, place_id: int | None, vials: int) -> None:
    """Held vials came to another spot: they are held there, by the same alarm and with what was decided about them."""
    moved = hold_lot(
        actor=actor, moment=moment, lot_id=hold.lot_id, store_id=store_id, place_id=place_id, reason=hold.reason,
        excursion_id=hold.excursion_id, vials=vials, more=True,
    )  # fmt: skip
    if hold.outcome and not moved.outcome:
        moved.outcome, moved.release_reason, moved.released_by_id = (
            hold.outcome, hold.release_reason, hold.released_by_id,
        )  # fmt: skip
        moved.save()


def _lessen(hold: LotHold, vials: int, moment: datetime, words: str) -> None:
    """So many vials are not held here any more; a hold of none is over."""
    hold.vials = (hold.vials or 0) - vials
    hold.version += 1
    if hold.vials == 0:
        hold.released_at, hold.release_reason = moment, hold.release_reason or words
    hold.save()


@transaction.atomic
def count_fridge(
    *, actor: Actor, moment: datetime, place_id: int, lot_id: int, vials: int, key: UUID, reason: str = ""
) -> int:
    """Set a lot in a fridge to what was counted there; returns how many more (or fewer) than the books said.

    More are taken from what lies in no fridge, as far as it goes, else found by counting in the stock's ledger; fewer are
    booked there as missing. A difference needs a reason.
    """
    actor.require(Permission.VACCINATION_SESSION_RUN)
    place, store = _fridge(actor, place_id)
    lot = lot_for(actor, lot_id)
    if ColdLine.objects.filter(key=key).exists():
        return 0
    booked = spot_of(store.pk, lot, place.pk).vials
    if vials < 0:
        raise Refusal(_("Write how many vials were counted, 0 where there is none."), field="vials")
    difference = vials - booked
    if difference and not reason.strip():
        raise Refusal(_("The count differs from the books. Say why."), field="reason")
    if difference > 0:
        _found(difference, place, store, lot, key, reason, actor, moment)
    elif difference < 0:
        _missed(-difference, place, store, lot, key, reason, actor, moment)
    Fact.tell(
        "vaccination:coldchain:counted", subject=place, moment=moment, officer=actor.officer, lot=lot.pk, booked=booked,
        counted=vials,
    )  # fmt: skip
    return difference


def _found(
    more: int, place: ColdPlace, store: Store, lot: VaccineLot, key: UUID, reason: str, actor: Actor, moment: datetime
) -> None:
    new = more - spot_of(store.pk, lot, None).vials
    if new > 0:
        _set_stock(new, store, lot, key, reason, actor, moment)
    write_line(actor=actor, moment=moment, store=store, lot=lot, vials=more, key=key, put_into_id=place.pk)


def _missed(
    fewer: int, place: ColdPlace, store: Store, lot: VaccineLot, key: UUID, reason: str, actor: Actor, moment: datetime
) -> None:
    """The missing come out of the fridge, and out of the store with the hold that some of them may have had."""
    still_free = spot_of(store.pk, lot, place.pk).free
    gone = max(fewer - still_free, 0)
    for hold in LotHold.objects.standing().some().filter(lot=lot, place=place).order_by("held_at", "pk"):
        some = min(gone, hold.vials or 0)
        if some:
            _lessen(hold, some, moment, reason[:300])
        gone -= some
    movement_key = uuid5(key, "count")
    write_line(
        actor=actor, moment=moment, store=store, lot=lot, vials=fewer, key=key, taken_from_id=place.pk,
        movement_key=movement_key,
    )  # fmt: skip
    _set_stock(-fewer, store, lot, key, reason, actor, moment)


def _set_stock(
    change: int, store: Store, lot: VaccineLot, key: UUID, reason: str, actor: Actor, moment: datetime
) -> None:
    counted = Counted(lot.batch_id, Decimal(in_stock(store.pk, lot) + change))
    count(actor=actor, moment=moment, store_id=store.pk, counted=[counted], key=uuid5(key, "count"), reason=reason)


@transaction.atomic
def throw_away(*, actor: Actor, moment: datetime, hold_id: int) -> LotHold:
    """Write the vials off that somebody decided to throw away; nothing of them is held after that."""
    actor.require(Permission.VACCINATION_SESSION_RUN)
    hold = (
        LotHold.objects.visible_to(actor).standing().some().select_for_update(of=("self",)).filter(pk=hold_id).first()
    )
    if hold is None or hold.store_id is None or hold.outcome != DISCARD:
        raise NotHere(_("There is no such hold that your post may see."))
    store, lot = store_for(actor, hold.store_id), lot_for(actor, hold.lot_id)
    vials = min(hold.vials or 0, spot_of(store.pk, lot, hold.place_id).vials)
    key = uuid5(_NAMESPACE, f"thrown-{hold.pk}-{hold.version}")
    _lessen(hold, hold.vials or 0, moment, hold.reason)
    if vials and hold.place_id is not None:
        write_line(
            actor=actor, moment=moment, store=store, lot=lot, vials=vials, key=key, taken_from_id=hold.place_id,
            movement_key=key,
        )  # fmt: skip
    if vials:
        goods = Goods(lot.batch.item_id, Decimal(vials), batch_id=lot.batch_id)
        write_off(
            actor=actor, moment=moment, store_id=store.pk, goods=[goods], key=key,
            reason=f"{hold.reason}. {hold.release_reason}",
        )  # fmt: skip
    return hold


_NAMESPACE = UUID("8f0f6a52-52c1-4f0d-8f6b-8a7d6c1c5d55")
