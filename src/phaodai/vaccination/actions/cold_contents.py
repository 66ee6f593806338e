"""Which lot lies in which fridge: put in, moved, taken out; and which lots an excursion may have harmed."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from phaodai.foundation.constraints import worded
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor, Area
from phaodai.vaccination.actions.plan_shared import cold_place_for
from phaodai.vaccination.models import ColdPlace, Excursion, Keeping, VaccineLot

MOVED = "vaccination:coldchain:moved"


def lots_in_stock(place: ColdPlace) -> QuerySet[VaccineLot]:
    """The lots of which the store of a fridge holds vials; none for a fridge without a store."""
    if place.store_id is None:
        return VaccineLot.objects.none()
    return VaccineLot.objects.filter(batch__levels__store_id=place.store_id, batch__levels__quantity__gt=0).distinct()


def lots_harmed(excursion: Excursion) -> QuerySet[VaccineLot]:
    """The lots in the store that lay in the fridge at some moment of an excursion, or of which nobody knows where they lay.

    Left out is only what was in another fridge of that store from its beginning to its end.
    """
    place = excursion.place
    here = Keeping.objects.filter(place=place).during(excursion.began_at, excursion.ended_at)
    throughout = Keeping.objects.filter(place__store=place.store_id, since__lte=excursion.began_at).exclude(
        until__lt=excursion.ended_at
    )
    safe = throughout.exclude(place=place).exclude(lot__in=here.values("lot"))
    return lots_in_stock(place).exclude(pk__in=safe.values("lot"))


@transaction.atomic
def put_lot(*, actor: Actor, moment: datetime, place_id: int, lot_id: int) -> Keeping:
    """Write that a lot lies in a fridge from now on."""
    actor.require(Permission.VACCINATION_SESSION_RUN)
    place = cold_place_for(actor, place_id)
    if place.store_id is None:
        raise Refusal(_("Say first which store this fridge belongs to."), field="store")
    lot = lots_in_stock(place).filter(pk=lot_id).first()
    if lot is None:
        raise Refusal(_("The store of this fridge has no vials of that lot."), field="lot")
    keeping = _keep(place, lot.pk, actor, moment)
    Fact.tell(MOVED, subject=place, moment=moment, officer=actor.officer, lot=lot.pk, into=place.pk)
    return keeping


@transaction.atomic
def move_lot(*, actor: Actor, moment: datetime, keeping_id: int, to_id: int | None) -> Keeping:
    """Write that a lot went from one fridge to another of the same store, or out of the cold (`to_id` None)."""
    actor.require(Permission.VACCINATION_SESSION_RUN)
    keeping = (
        Keeping.objects.standing().select_related("place").select_for_update(of=("self",)).filter(pk=keeping_id).first()
    )
    if keeping is None:
        raise NotHere(_("This lot is not in that fridge any more."))
    place = cold_place_for(actor, keeping.place_id)
    target = cold_place_for(actor, to_id) if to_id else None
    if target is not None and (target.pk == place.pk or target.store_id != place.store_id):
        raise Refusal(_("Choose another fridge of the same store."), field="to")
    keeping.until, keeping.moved_to, keeping.taken_by_id = moment, target, actor.officer
    keeping.version += 1
    keeping.save()
    if target is not None and not target.keepings.standing().filter(lot=keeping.lot_id).exists():
        _keep(target, keeping.lot_id, actor, moment)
    Fact.tell(
        MOVED, subject=place, moment=moment, officer=actor.officer, lot=keeping.lot_id,
        into=target.pk if target else None,
    )  # fmt: skip
    return keeping


def _keep(place: ColdPlace, lot_id: int, actor: Actor, moment: datetime) -> Keeping:
    keeping = Keeping(place=place, lot_id=lot_id, since=moment, put_by_id=actor.officer, **Area.of(place).columns)
    with worded("lot"):
        keeping.save()
    return keeping
