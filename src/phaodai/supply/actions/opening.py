"""The opening balance of a store, from the sheet that its keeper has: one receipt; rows that cannot be read are parked."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.formats import fold
from phaodai.foundation.models import ParkedRow
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import Actor
from phaodai.foundation.sheets import SheetRow
from phaodai.supply.actions.movements import Goods, receive
from phaodai.supply.actions.movements_writing import LARGEST
from phaodai.supply.actions.sheet_rows import cells_by_name, park, read_day
from phaodai.supply.actions.stock_shared import store_for
from phaodai.supply.models import Item, Movement
from phaodai.supply.rules.stock import read_quantity

PARKED_AS = "ton-dau-ky"
# Column -> the heads by which it is known, folded: Vietnamese, as the template prints it, and English.
HEADS = {
    "code": ("ma mat hang", "ma hang", "item code", "code"),
    "name": ("ten mat hang", "ten hang", "item", "name"),
    "number": ("so lo", "lo", "batch number", "batch"),
    "expires_on": ("han dung", "hsd", "expires on", "expiry"),
    "quantity": ("so luong", "ton", "quantity", "in stock"),
}


@dataclass
class OpeningLoaded:
    """What became of the sheet."""

    movement: Movement | None = None
    lines: int = 0
    parked: list[ParkedRow] = field(default_factory=list)


@transaction.atomic
def load_opening_balance(
    *, actor: Actor, moment: datetime, store_id: int, rows: Sequence[SheetRow], sheet: str
) -> OpeningLoaded:
    """Receive what the rows say into a store. The same sheet again changes nothing: its rows are its key."""
    actor.require(Permission.SUPPLY_STOCK_WRITE)
    store = store_for(actor, store_id)
    items = _catalogue(store.province_id)
    loaded, goods = OpeningLoaded(), []
    ParkedRow.objects.waiting(PARKED_AS, actor.officer).update(cleared_at=moment)
    for row in rows:
        try:
            goods.append(_goods_of(row, items))
        except Refusal as refusal:
            loaded.parked.append(
                park(row, str(refusal), parked_as=PARKED_AS, officer=actor.officer, moment=moment, sheet=sheet)
            )
    if goods:
        key = uuid5(NAMESPACE_URL, f"opening:{store.pk}:{goods}")
        loaded.lines = len(goods)
        loaded.movement = receive(
            actor=actor, moment=moment, store_id=store.pk, goods=goods, key=key, origin=Movement.Origin.OPENING,
            about=sheet,
        )  # fmt: skip
    return loaded


def _catalogue(province_id: int) -> dict[str, Item]:
    """Items by folded code, national code and name; a code wins over a name."""
    listed = list(Item.objects.stored().filter(province_id=province_id))
    by_name = {fold(one.name): one for one in listed}
    by_national = {fold(one.national_code): one for one in listed if one.national_code}
    return by_name | by_national | {fold(one.code): one for one in listed}


def _goods_of(row: SheetRow, items: dict[str, Item]) -> Goods:
    read = cells_by_name(row, HEADS)
    known = (items.get(fold(read[name])) for name in ("code", "name") if read[name])
    item = next((one for one in known if one), None)
    if item is None:
        words = _("Item “%(item)s” is not in the catalogue. Add it there first, or mend the code.")
        raise Refusal(words % {"item": read["code"] or read["name"]})
    expires_on = read_day(read["expires_on"]) if read["expires_on"] else None
    if item.dated and expires_on is None:
        raise Refusal(_("%(item)s: write the expiry date of the batch.") % {"item": item})
    return Goods(item.pk, _quantity(read["quantity"]), number=read["number"], expires_on=expires_on)


def _quantity(text: str) -> Decimal:
    value = read_quantity(text)
    if value is None:
        raise Refusal(_("“%(text)s” is not a quantity.") % {"text": text})
    if not 0 < value <= LARGEST:
        raise Refusal(_("The quantity is zero or less. Write how much."))
    return value
