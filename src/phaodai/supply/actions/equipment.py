"""Equipment is registered, mended, moved and handed over; every step is kept."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.constraints import worded
from phaodai.foundation.formats import fold, sort_key
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor, Area
from phaodai.foundation.versions import guard_version
from phaodai.people.models import Organisation
from phaodai.supply.actions.stock_shared import mine, seen_store
from phaodai.supply.models import Equipment, EquipmentStep, Item, Store
from phaodai.territory.models import Place


@transaction.atomic
def register_equipment(
    *,
    actor: Actor,
    moment: datetime,
    item: Item,
    serial: str,
    organisation: Organisation,
    store: Store | None = None,
    place: Place | None = None,
    where: str = "",
    name: str = "",
    origin: str = Equipment.Origin.BOUGHT,
    given_by: str = "",
    acquired_on: date | None = None,
) -> Equipment:
    """Register one thing by its serial number: what it is, whence it came, who holds it, where it stands."""
    actor.require(Permission.SUPPLY_EQUIPMENT_WRITE)
    if item.kind != Item.Kind.EQUIPMENT:
        words = _("%(item)s is counted, not registered by serial number. Receive it into a store.")
        raise Refusal(words % {"item": item.name}, field="item")
    if item.province_id != organisation.province_id:
        raise Refusal(_("This item is not in the catalogue. Choose one from the list."), field="item")
    thing = Equipment(
        item=item, serial=serial.strip(), organisation=organisation, store=store, place=place, where=where.strip(),
        name=name.strip(), origin=origin, given_by=given_by.strip(), acquired_on=acquired_on,
        **Area.of(place or store or organisation).columns,
    )  # fmt: skip
    if not mine(actor, thing):
        raise NotAllowed(_("This organisation is outside the area of your post. You can send a request."))
    _keep(thing)
    _note(thing, "registered", actor, moment, standing(thing))
    return thing


def standing(thing: Equipment) -> str:
    """Where a thing stands, in words."""
    parts = [thing.where, thing.place.name if thing.place else "", thing.store.name if thing.store else ""]
    return next((one for one in parts if one), "") or thing.organisation.short_name


def _keep(thing: Equipment) -> None:
    thing.sort_key = sort_key(f"{thing.item.name} {thing.serial}")
    words = [
        thing.item.search_key,
        thing.serial,
        thing.name,
        thing.where,
        thing.given_by,
        thing.organisation.short_name,
    ]
    thing.search_key = fold(" ".join([*words, standing(thing)]))[:900]
    thing.full_clean(exclude=["item", "organisation", "to_organisation_id", "store", "place"])
    with worded():
        thing.save()


def _note(thing: Equipment, what: str, actor: Actor, moment: datetime, words: str) -> None:
    EquipmentStep.objects.create(
        equipment=thing, at=moment, what=what, words=words[:300], officer_id=actor.officer, officer_name=actor.name
    )
    Fact.tell(f"supply:equipment:{what}", subject=thing, moment=moment, officer=actor.officer)


def equipment_for(actor: Actor, equipment_id: int) -> Equipment:
    """A thing that the officer answers for, locked."""
    found = seen_equipment(actor, equipment_id)
    if not mine(actor, found):
        raise NotAllowed(_("This equipment belongs to another unit. You can send a request."))
    return _locked(found)


def seen_equipment(actor: Actor, equipment_id: int) -> Equipment:
    """A thing that the officer may see."""
    seen = Equipment.objects.visible_to(actor).select_related("item", "organisation", "store", "place")
    found = seen.filter(pk=equipment_id).first()
    if found is None:
        raise NotHere(_("There is no such equipment that your post may see."))
    return found


def _locked(found: Equipment) -> Equipment:
    rows = Equipment.objects.select_related("item", "organisation", "store", "place")
    return rows.select_for_update(of=("self",)).get(pk=found.pk)


@transaction.atomic
def amend_equipment(*, actor: Actor, moment: datetime, pk: int, version: int, **changes: Any) -> Equipment:
    """Mend the serial number, the model, whence it came, or where it stands at its holder's."""
    actor.require(Permission.SUPPLY_EQUIPMENT_WRITE)
    thing = equipment_for(actor, pk)
    before = standing(thing)
    for name, value in guard_version(thing, version, changes).items():
        setattr(thing, name, value)
    thing.version += 1
    _keep(thing)
    _note(thing, "placed" if standing(thing) != before else "amended", actor, moment, standing(thing))
    return thing


@transaction.atomic
def set_equipment_state(*, actor: Actor, moment: datetime, equipment_id: int, state: str, words: str = "") -> Equipment:
    """Say that a thing works, is in repair, broken or written off; the last two need a reason."""
    actor.require(Permission.SUPPLY_EQUIPMENT_WRITE)
    thing = equipment_for(actor, equipment_id)
    if state not in Equipment.State.values:
        raise Refusal(_("There is no such state."), field="state")
    if thing.state == Equipment.State.WRITTEN_OFF:
        raise Refusal(_("%(thing)s was written off.") % {"thing": thing})
    if state in (Equipment.State.BROKEN, Equipment.State.WRITTEN_OFF) and not words.strip():
        raise Refusal(_("Say what happened to it."), field="words")
    thing.state = state
    thing.version += 1
    _keep(thing)
    _note(thing, state, actor, moment, words.strip())
    return thing


@transaction.atomic
def hand_over(*, actor: Actor, moment: datetime, equipment_id: int, to_store_id: int, words: str = "") -> Equipment:
    """Send a thing to a store of another unit; it stays with its holder until that unit takes it over."""
    actor.require(Permission.SUPPLY_EQUIPMENT_WRITE)
    thing = equipment_for(actor, equipment_id)
    return send_thing(thing, seen_store(actor, to_store_id), actor=actor, moment=moment, words=words)


def send_thing(thing: Equipment, store: Store, *, actor: Actor, moment: datetime, words: str) -> Equipment:
    """Put a thing on the way to a store, under the check of the verb above."""
    if thing.state == Equipment.State.WRITTEN_OFF:
        raise Refusal(_("%(thing)s was written off.") % {"thing": thing})
    if thing.store_id == store.pk:
        raise Refusal(_("It stands there already. Choose another store."), field="to_store")
    thing.to_organisation_id = store.organisation_id
    thing.version += 1
    _keep(thing)
    _note(thing, "sent", actor, moment, " · ".join(filter(None, [store.name, words.strip()])))
    return thing


@transaction.atomic
def take_over(*, actor: Actor, moment: datetime, equipment_id: int, store_id: int, where: str = "") -> Equipment:
    """Take over a thing that was sent to the officer's unit, into one of its stores."""
    actor.require(Permission.SUPPLY_EQUIPMENT_WRITE)
    thing, store = seen_equipment(actor, equipment_id), seen_store(actor, store_id)
    if not mine(actor, store):
        raise NotAllowed(_("This store belongs to another unit. You can send a request."))
    if thing.to_organisation_id is None:
        raise Refusal(_("This equipment was sent to nobody."))
    if thing.to_organisation_id != store.organisation_id:
        raise NotAllowed(_("This equipment was sent to another unit."))
    thing = _locked(thing)
    thing.organisation, thing.store, thing.place, thing.where = store.organisation, store, None, where.strip()[:160]
    for column, value in Area.of(store).columns.items():
        setattr(thing, column, value)
    thing.to_organisation_id = None
    thing.version += 1
    _keep(thing)
    _note(thing, "taken", actor, moment, standing(thing))
    return thing
