"""Lots of vaccine: received, registered, held and let go, each by a named person with a reason."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.constraints import worded
from phaodai.foundation.formats import fold, sort_key
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.foundation.versions import guard_version
from phaodai.supply.actions.movements import Goods, receive
from phaodai.supply.models import Batch, Movement
from phaodai.vaccination.actions.cold_lines import put_with
from phaodai.vaccination.law.vocabulary import product_choices, product_label
from phaodai.vaccination.models import LotHold, VaccineLot

USE, DISCARD = "use", "discard"


@transaction.atomic
def receive_lot(
    *,
    actor: Actor,
    moment: datetime,
    store_id: int,
    item_id: int,
    product: str,
    number: str,
    expires_on: date,
    vials: int,
    doses_per_vial: int,
    key: UUID,
    open_hours: int = 6,
    certificate: str = "",
    paper: str = "",
    place_id: int | None = None,
) -> VaccineLot:
    """Take vials of a lot into a store, into one of its fridges where one is named, and register the lot where it is new."""
    actor.require(Permission.VACCINATION_SESSION_RUN)
    if vials < 1:
        raise Refusal(_("Write how many vials came."), field="vials")
    goods = Goods(item_id, Decimal(vials), number=number.strip(), expires_on=expires_on)
    receive(
        actor=actor, moment=moment, store_id=store_id, goods=[goods], key=key, origin=Movement.Origin.ABOVE,
        about=product_label(product), paper=paper,
    )  # fmt: skip
    batch = Batch.objects.get(item_id=item_id, number=number.strip(), expires_on=expires_on)
    lot = register_lot(
        actor=actor, moment=moment, batch_id=batch.pk, product=product, doses_per_vial=doses_per_vial,
        open_hours=open_hours, certificate=certificate,
    )  # fmt: skip
    put_with(actor=actor, moment=moment, store_id=store_id, lot=lot, place_id=place_id, vials=vials, movement_key=key)
    return lot


@transaction.atomic
def register_lot(
    *,
    actor: Actor,
    moment: datetime,
    batch_id: int,
    product: str,
    doses_per_vial: int,
    open_hours: int = 6,
    certificate: str = "",
) -> VaccineLot:
    """Say which product a batch of the store is, and how many doses a vial gives; a lot known already stays as it is."""
    actor.require(Permission.VACCINATION_SESSION_RUN)
    batch = Batch.objects.visible_to(actor).filter(pk=batch_id).first()
    if batch is None:
        raise NotHere(_("There is no such batch in the stores of your province."))
    known = VaccineLot.objects.filter(batch=batch).first()
    if known is not None:
        return known
    if product not in dict(product_choices()):
        raise Refusal(_("The rulebook knows no product “%(product)s”.") % {"product": product}, field="product")
    if not batch.number or batch.expires_on is None:
        raise Refusal(_("A lot of vaccine has a number and an expiry date. Receive it with both."), field="number")
    lot = VaccineLot(
        province_id=batch.province_id, batch=batch, product=product, number=batch.number, expires_on=batch.expires_on,
        doses_per_vial=doses_per_vial, open_hours=open_hours, certificate=certificate.strip(),
    )  # fmt: skip
    label = f"{product_label(product)} {lot.number}"
    lot.sort_key, lot.search_key = sort_key(label), fold(label)
    with worded("number"):
        lot.save()
    Fact.tell("vaccination:lot:registered", subject=lot, moment=moment, officer=actor.officer)
    return lot


@transaction.atomic
def amend_lot(*, actor: Actor, moment: datetime, pk: int, version: int, **changes: int | str) -> VaccineLot:
    """Correct doses a vial, hours after opening or the release certificate."""
    actor.require(Permission.VACCINATION_PLAN_WRITE)
    lot = lot_for(actor, pk)
    for name, value in guard_version(lot, version, changes).items():
        setattr(lot, name, value)
    lot.version += 1
    with worded():
        lot.save()
    Fact.tell("vaccination:lot:amended", subject=lot, moment=moment, officer=actor.officer)
    return lot


def lot_for(actor: Actor, lot_id: int) -> VaccineLot:
    """A lot that the officer may see, locked."""
    lot = VaccineLot.objects.visible_to(actor).select_for_update(of=("self",), no_key=True).filter(pk=lot_id).first()
    if lot is None:
        raise NotHere(_("There is no such lot that your post may see."))
    return lot


@transaction.atomic
def hold_lot(
    *,
    actor: Actor,
    moment: datetime,
    lot_id: int,
    reason: str,
    store_id: int | None = None,
    place_id: int | None = None,
    vials: int | None = None,
    session_id: int | None = None,
    excursion_id: int | None = None,
    more: bool = False,
) -> LotHold:
    """Forbid a lot everywhere, at one store, at a session, or `vials` of it in a fridge (on the shelf without `place_id`).

    It stays so until somebody decides. Holding what is held already changes nothing; of some vials the larger number
    stands, or the sum where `more` of them come.
    """
    actor.require(Permission.VACCINATION_SESSION_RUN)
    lot = lot_for(actor, lot_id)
    if not reason.strip():
        raise Refusal(_("Say why the lot must not be used."), field="reason")
    same: dict[str, Any] = {
        "lot": lot, "store_id": store_id, "place_id": place_id, "session_id": session_id, "excursion_id": excursion_id,
        "vials__isnull": vials is None,
    }  # fmt: skip
    standing = LotHold.objects.standing().filter(**same).first()
    if standing is not None:
        return _hold_more(standing, vials, more=more)
    del same["vials__isnull"]
    hold = LotHold.objects.create(
        province_id=lot.province_id, **same, vials=vials, reason=reason.strip()[:300], held_at=moment,
        held_by_id=actor.officer,
    )  # fmt: skip
    Fact.tell("vaccination:lot:held", subject=lot, moment=moment, officer=actor.officer, hold=hold.pk)
    return hold


def _hold_more(hold: LotHold, vials: int | None, *, more: bool) -> LotHold:
    if vials is not None and hold.vials is not None:
        most = hold.vials + vials if more else max(hold.vials, vials)
        if most != hold.vials:
            hold.vials, hold.version = most, hold.version + 1
            hold.save()
    return hold


@transaction.atomic
def release_hold(*, actor: Actor, moment: datetime, hold_id: int, outcome: str, reason: str) -> LotHold:
    """Decide that a held lot may be used again, or is thrown away; who decides and why stays with the lot."""
    actor.require(Permission.VACCINATION_PLAN_WRITE)
    hold = LotHold.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=hold_id).first()
    if hold is None:
        raise NotHere(_("There is no such hold that your post may see."))
    if hold.released_at is not None or hold.outcome:
        raise Refusal(_("Somebody decided about this lot already."))
    if outcome not in (USE, DISCARD):
        raise Refusal(_("Say whether the lot may be used or is thrown away."), field="outcome")
    if not reason.strip():
        raise Refusal(_("Say why the lot may be used again, or why it is thrown away."), field="reason")
    # What is thrown away stays forbidden: the hold stands, and the store writes the vials off.
    hold.outcome, hold.release_reason, hold.released_by_id = outcome, reason.strip()[:300], actor.officer
    hold.released_at = moment if outcome == USE else None
    hold.version += 1
    with worded():
        hold.save()
    Fact.tell("vaccination:lot:decided", subject=hold.lot, moment=moment, officer=actor.officer, outcome=outcome)
    return hold
