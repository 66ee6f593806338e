"""How many vials of a lot lie in which fridge of a store, how many in none, and how many of them are held."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Sum

from phaodai.supply.models import StockLevel
from phaodai.vaccination.models import ColdLevel, ColdPlace, LotHold, VaccineLot


@dataclass(frozen=True)
class Spot:
    """One fridge of a store, or its shelf (`place` None): vials of a lot there, and those of them that are held."""

    place: ColdPlace | None
    vials: int
    held: int

    @property
    def free(self) -> int:
        """What may be given out."""
        return self.vials - self.held


def spots_of(store_id: int, lot: VaccineLot) -> list[Spot]:
    """Where the vials of a lot lie in a store: its shelf first, then its fridges by name; none that holds nothing."""
    held = _held(store_id, lot)
    levels = (
        ColdLevel.objects.there().filter(store=store_id, lot=lot).select_related("place").order_by("place__sort_key")
    )
    fridges = [Spot(one.place, one.vials, min(one.vials, held.get(one.place_id, 0))) for one in levels]
    loose = in_stock(store_id, lot) - sum(one.vials for one in fridges)
    shelf = Spot(None, loose, min(loose, held.get(None, 0)))
    return [one for one in (shelf, *fridges) if one.vials > 0]


def spot_of(store_id: int, lot: VaccineLot, place_id: int | None) -> Spot:
    """One fridge of a store, or its shelf."""
    found = (one for one in spots_of(store_id, lot) if (one.place.pk if one.place else None) == place_id)
    return next(found, Spot(None, 0, 0))


def in_stock(store_id: int, lot: VaccineLot) -> int:
    """Vials of a lot by the books of a store."""
    level = StockLevel.objects.filter(store=store_id, batch=lot.batch_id).first()
    return int(level.quantity) if level else 0


def free_in(store_id: int, lot: VaccineLot) -> int:
    """Vials of a lot in a store that nothing forbids to give out."""
    if LotHold.objects.of_lot(lot.pk, store_id).exists():
        return 0
    return sum(one.free for one in spots_of(store_id, lot))


def _held(store_id: int, lot: VaccineLot) -> Mapping[int | None, int]:
    """Vials held by fridge, None for the shelf; a fridge may hold fewer by now."""
    rows = LotHold.objects.standing().some().filter(lot=lot, store=store_id)
    return dict(rows.values_list("place").annotate(vials=Sum("vials")))
