"""An excursion's vials followed through the ledgers of a store, and held where they are by now."""

from collections.abc import Iterator
from datetime import datetime

from phaodai.foundation.scope import Actor
from phaodai.supply.models import Account, Movement, MovementLine
from phaodai.vaccination.actions.cold_levels import spot_of
from phaodai.vaccination.actions.lots import hold_lot
from phaodai.vaccination.models import ColdLine, Excursion, Session, SessionLot, VaccineLot
from phaodai.vaccination.rules.cold_following import GIVEN_OUT, OUTSIDE, SHELF, Flow, Followed, follow

MAY_COME_BACK = (Account.USED, Account.ON_WAY, Account.COUNTED)


def followed(excursion: Excursion, lot: VaccineLot) -> Followed:
    """Where the vials of a lot may be by now that an excursion may have harmed."""
    store = excursion.place.store_id
    flows = (*_of_fridges(store, lot), *_of_stock(store, lot))
    return follow(flows, place=excursion.place_id, began_at=excursion.began_at, ended_at=excursion.ended_at)


def _of_fridges(store: int | None, lot: VaccineLot) -> Iterator[Flow]:
    lines = ColdLine.objects.filter(store=store, lot=lot)
    for at, vials, taken_from, put_into in lines.values_list("at", "vials", "taken_from", "put_into"):
        yield Flow(at, vials, taken_from or SHELF, put_into or SHELF)


def _of_stock(store: int | None, lot: VaccineLot) -> Iterator[Flow]:
    lines = MovementLine.objects.filter(store=store, batch=lot.batch_id)
    asked = ("movement__at", "quantity", "taken_from", "put_into", "movement__key")
    for at, vials, taken_from, put_into, key in lines.values_list(*asked):
        if Account.STORE in (taken_from, put_into):
            yield Flow(at, int(vials), _spot(taken_from), _spot(put_into), key)


def _spot(account: str) -> int:
    if account == Account.STORE:
        return SHELF
    return GIVEN_OUT if account in MAY_COME_BACK else OUTSIDE


def left_with(excursion: Excursion) -> list[tuple[Movement, VaccineLot, int]]:
    """With which movements vials left that the excursion may have harmed: what, of which lot, how many at most."""
    found = []
    for lot in lots_touched(excursion):
        left = followed(excursion, lot).left
        movements = Movement.objects.filter(key__in=left).select_related("store", "to_store")
        found += [(one, lot, left[one.key]) for one in movements if one.kind != Movement.Kind.COUNT]
    return sorted(found, key=lambda one: (one[0].at, one[0].pk))


def lots_touched(excursion: Excursion) -> list[VaccineLot]:
    """Lots that the store of the fridge has or had since the excursion began."""
    if excursion.place.store_id is None:
        return []
    levels = VaccineLot.objects.filter(batch__levels__store=excursion.place.store_id)
    there = levels.filter(batch__levels__quantity__gt=0)
    since = MovementLine.objects.filter(
        store=excursion.place.store_id, movement__at__gte=excursion.began_at, batch__vaccine_lot__isnull=False
    )
    gone = levels.filter(batch__in=since.values("batch"))
    return list((there | gone).distinct().select_related("batch").order_by("pk"))


def hold_harmed(excursion: Excursion, *, actor: Actor, moment: datetime) -> list[int]:
    """Hold every vial that an excursion may have harmed, where it is by now; returns the lots newly held.

    What was brought to a session that is not closed is held there; what left for another store is named on the fridge's page.
    """
    held = []
    for lot in lots_touched(excursion):
        before = lot.holds.filter(excursion=excursion).exists()
        if _hold(excursion, lot, actor, moment) and not before:
            held.append(lot.pk)
    return held


def _hold(excursion: Excursion, lot: VaccineLot, actor: Actor, moment: datetime) -> bool:
    found, store = followed(excursion, lot), excursion.place.store_id
    assert store is not None, "a fridge without a store holds nothing"
    reason = f"{excursion.place.name}: {excursion.get_kind_display().lower()}"
    any_held = False
    for spot, harmed in found.spots.items():
        place = spot if spot > 0 else None
        vials = min(harmed, spot_of(store, lot, place).vials) if spot not in (GIVEN_OUT, OUTSIDE) else 0
        if vials:
            hold_lot(
                actor=actor, moment=moment, lot_id=lot.pk, store_id=store, place_id=place, vials=vials, reason=reason,
                excursion_id=excursion.pk,
            )  # fmt: skip
            any_held = True
    for session in _sessions(excursion, lot) if found.left else ():
        hold_lot(
            actor=actor, moment=moment, lot_id=lot.pk, session_id=session, reason=reason, excursion_id=excursion.pk
        )
        any_held = True
    return any_held


def _sessions(excursion: Excursion, lot: VaccineLot) -> list[int]:
    """Sessions not closed that brought vials of the lot out of that store: there nobody tells them apart."""
    standing = (Session.State.PLANNED, Session.State.OPEN)
    rows = SessionLot.objects.filter(lot=lot, session__store=excursion.place.store_id, session__state__in=standing)
    return list(rows.values_list("session", flat=True))
