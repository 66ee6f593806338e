"""Lines of the fridges' ledger: written alone, or with the movement of the stock by which vials leave or come."""

from datetime import datetime
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from phaodai.foundation.constraints import worded
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor, Area
from phaodai.supply.actions.stock_shared import store_for
from phaodai.supply.models import Store
from phaodai.vaccination.actions.cold_levels import spot_of
from phaodai.vaccination.models import ColdLine, ColdPlace, VaccineLot


def write_line(
    *,
    actor: Actor,
    moment: datetime,
    store: Store,
    lot: VaccineLot,
    vials: int,
    key: UUID,
    taken_from_id: int | None = None,
    put_into_id: int | None = None,
    movement_key: UUID | None = None,
) -> ColdLine:
    """Write one line of the fridges' ledger; its trigger keeps the levels and refuses what is not there.

    The store is locked by whoever calls: the shelf is what its stock has more than its fridges.
    """
    if vials < 1:
        raise Refusal(_("Write how many vials."), field="vials")
    line = ColdLine(
        store=store, lot=lot, vials=vials, taken_from_id=taken_from_id, put_into_id=put_into_id, at=moment,
        officer_id=actor.officer, key=key, movement_key=movement_key, **Area.of(store).columns,
    )  # fmt: skip
    with worded("vials"):
        line.save()
    return line


def require_there(store: Store, lot: VaccineLot, place: ColdPlace, vials: int, *, held: bool) -> None:
    """Refuse more vials than lie in a fridge, of those that may be given out or of those that are held."""
    spot = spot_of(store.pk, lot, place.pk)
    fit = spot.held if held else spot.free
    if vials <= fit:
        return
    about = {"place": place.name, "count": fit, "lot": lot.number}
    words = (
        _("%(place)s holds %(count)d vials of lot %(lot)s that are held.")
        if held
        else _("%(place)s holds %(count)d vials of lot %(lot)s that are not held.")
    )
    raise Refusal(words % about, field="vials")


def take_with(
    *,
    actor: Actor,
    moment: datetime,
    store_id: int,
    lot: VaccineLot,
    place_id: int | None,
    vials: int,
    movement_key: UUID,
) -> None:
    """Take vials out of a fridge for the movement that gives them out next.

    Without a fridge the ledger takes what lies on the shelf, then what lies in the one fridge that holds the lot, and
    refuses where several do: nobody guesses from which one they went.
    """
    if place_id is None or ColdLine.objects.filter(movement_key=movement_key).exists():
        return
    store, place = store_for(actor, store_id), _fridge_in(store_id, place_id)
    require_there(store, lot, place, vials, held=False)
    write_line(
        actor=actor, moment=moment, store=store, lot=lot, vials=vials, key=uuid5(movement_key, "out"),
        taken_from_id=place.pk, movement_key=movement_key,
    )  # fmt: skip


def put_with(
    *,
    actor: Actor,
    moment: datetime,
    store_id: int,
    lot: VaccineLot,
    place_id: int | None,
    vials: int,
    movement_key: UUID,
) -> None:
    """Put vials into a fridge that a movement just brought; without a fridge they stay on the shelf."""
    key = uuid5(movement_key, "in")
    if place_id is None or ColdLine.objects.filter(key=key).exists():
        return
    store, place = store_for(actor, store_id), _fridge_in(store_id, place_id)
    write_line(
        actor=actor, moment=moment, store=store, lot=lot, vials=vials, key=key, put_into_id=place.pk,
        movement_key=movement_key,
    )  # fmt: skip


def _fridge_in(store_id: int, place_id: int) -> ColdPlace:
    place = ColdPlace.objects.filter(store=store_id, pk=place_id).first()
    if place is None:
        raise NotHere(_("There is no such fridge in this store."))
    return place
